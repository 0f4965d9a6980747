import { Card } from '../../controls/Card.tsx';
import type { IndustryMatrix } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { ExportSheet } from '../../table/ExportSheet.tsx';
import { Rows } from '../../table/Rows.tsx';
import { useMatrixTexts } from './texts.ts';

type Measure = IndustryMatrix['measures'][number];

/** Every reading that the table allows, each with what it is divided by and where it comes from. */
export function Readings({ matrix }: { matrix: IndustryMatrix }) {
  const t = useMatrixTexts();
  const columns = useColumns();
  return (
    <Card
      title={t('readings')}
      note={t('readings_note')}
      action={<ExportSheet name={t('export_name')} columns={columns} rows={matrix.measures} />}
    >
      <Rows columns={columns} rows={matrix.measures} rowKey={({ measure }) => measure} />
    </Card>
  );
}

function useColumns(): Column<Measure>[] {
  const t = useMatrixTexts();
  const format = useFormat();
  const read = useBilingual();
  const formula = ({ source }: Measure) => `${source.formula} · ${source.data}`;
  return [
    {
      id: 'reading',
      label: t('reading'),
      card: 'title',
      cell: ({ name }) => read(name),
      text: ({ name }) => read(name),
    },
    {
      id: 'value',
      label: t('value'),
      figure: true,
      card: 'aside',
      cell: ({ value }) => format.share(value),
      text: ({ value }) => String(value),
    },
    {
      id: 'denominator',
      label: t('denominator'),
      cell: ({ denominator }) => read(denominator),
      text: ({ denominator }) => read(denominator),
    },
    {
      id: 'formula',
      label: t('formula'),
      card: 'wide',
      cell: (row) => <span className="muted small">{formula(row)}</span>,
      text: formula,
    },
  ];
}
