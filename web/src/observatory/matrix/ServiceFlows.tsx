import { lazy, Suspense } from 'react';
import { Card } from '../../controls/Card.tsx';
import type { IndustryMatrix } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { ExportSheet } from '../../table/ExportSheet.tsx';
import { Table } from '../../table/Table.tsx';
import { type Ribbon, serviceRibbons } from './shares.ts';
import { useMatrixTexts } from './texts.ts';
import '../../table/table.css';
import '../../trade/chain/chain.css';

const Chart = lazy(() => import('../../trade/chain/Chart.tsx'));

/** More ribbons than this are a carpet. */
const MOST_RIBBONS = 36;

/** Services and the industries that use them, as ribbons, with the same figures as a table. */
export function ServiceFlows({ matrix }: { matrix: IndustryMatrix }) {
  const t = useMatrixTexts();
  const format = useFormat();
  const read = useBilingual();
  const ribbons = serviceRibbons(matrix, MOST_RIBBONS);
  const columns = useColumns();
  const ends = new Map(ribbons.flatMap(({ from, to }) => [from, to].map((one) => [one.code, one])));
  if (ribbons.length === 0) {
    return (
      <Card title={t('flows')}>
        <p className="muted">{t('none_flows')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('flows')} note={t('flows_note', { count: format.count(ribbons.length) })}>
      <Suspense fallback={<div className="chain-chart" />}>
        <Chart
          kind="sankey"
          label={t('flows')}
          colour="--tie"
          nodes={[...ends.values()].map(({ code, name }) => ({ id: code, name: read(name) }))}
          edges={ribbons.map(({ from, to, value }) => ({
            source: from.code,
            target: to.code,
            value,
            text: format.count(Math.round(value)),
          }))}
        />
      </Suspense>
      <details>
        <summary className="muted">{t('as_table')}</summary>
        <ExportSheet name={t('export_name')} columns={columns} rows={ribbons} />
        <Table
          columns={columns}
          rows={ribbons}
          rowKey={({ from, to }) => `${from.code} ${to.code}`}
        />
      </details>
    </Card>
  );
}

function useColumns(): Column<Ribbon>[] {
  const t = useMatrixTexts();
  const format = useFormat();
  const read = useBilingual();
  return [
    {
      id: 'from',
      label: t('from'),
      cell: ({ from }) => read(from.name),
      text: ({ from }) => read(from.name),
    },
    { id: 'to', label: t('to'), cell: ({ to }) => read(to.name), text: ({ to }) => read(to.name) },
    {
      id: 'amount',
      label: t('amount'),
      figure: true,
      cell: ({ value }) => format.count(Math.round(value)),
      text: ({ value }) => String(value),
    },
  ];
}
