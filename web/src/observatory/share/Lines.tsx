import { Empty } from '../../controls/Empty.tsx';
import type { RevenueEvidence, RevenueSplit } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { useClassNames } from '../class-names.ts';
import { useShareTexts } from './texts.ts';
import { useBoundsInWords } from './words.ts';

const SHOWN = '20';

/** The invoice lines that the number is made of, each with the rule that read it. */
export function Lines({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const { period, rule } = split;
  return (
    <section className="stack-tight">
      <h2 className="list-title">
        {t('lines')} <span className="muted small">{t('lines_note')}</span>
      </h2>
      <DataList<RevenueEvidence>
        path="/api/v1/observatory/revenue-split/lines"
        fixed={{ from: period.from, to: period.to, rule: rule.id, limit: SHOWN }}
        columns={useColumns(split.currency)}
        rowKey={({ invoice_id, line_no }) => `${invoice_id} ${line_no}`}
        rowLink={({ invoice_id }) => `/invoices/${invoice_id}`}
        name={t('export_lines')}
        empty={<Empty title={t('none_lines')} />}
      />
    </section>
  );
}

/** A line of more candidates is one of which nothing is known. */
const FEW = 6;

const classesOf = ({ candidates }: RevenueEvidence) => {
  const codes = [...new Set(candidates.flat())];
  return codes.length > FEW ? `${codes.slice(0, FEW).join(', ')} …` : codes.join(', ');
};

/** A class that is certain is called by its name; several by their codes alone. */
function Classes({ line }: { line: RevenueEvidence }) {
  const codes = [...new Set(line.candidates.flat())];
  const name = useClassNames(codes.length === 1 ? codes : NONE);
  const [only] = codes;
  return codes.length === 1 && only !== undefined ? name(only) : classesOf(line);
}

const NONE: readonly string[] = [];

function useColumns(currency: string): Column<RevenueEvidence>[] {
  const t = useShareTexts();
  const format = useFormat();
  const read = useBilingual();
  const words = useBoundsInWords();
  return [
    {
      id: 'date',
      label: t('date'),
      cell: ({ issued_on }) => format.date(issued_on),
      text: ({ issued_on }) => issued_on,
    },
    {
      id: 'sold',
      label: t('sold'),
      card: 'title',
      cell: ({ name }) => name,
      text: ({ name }) => name,
    },
    {
      id: 'net',
      label: t('net'),
      figure: true,
      card: 'aside',
      cell: ({ net_minor }) => format.money(net_minor, currency),
      text: ({ net_minor }) => format.minor(net_minor, currency),
    },
    {
      id: 'service',
      label: t('service'),
      figure: true,
      cell: ({ is_revenue, service_minor }) =>
        is_revenue ? words.money(service_minor, currency) : t('no_revenue_line'),
      text: ({ service_minor: { low, high } }) =>
        `${format.minor(low, currency)} – ${format.minor(high, currency)}`,
    },
    {
      id: 'classes',
      label: t('classes_of'),
      cell: (line) => <Classes line={line} />,
      text: classesOf,
    },
    {
      id: 'basis',
      label: t('read_by'),
      card: 'wide',
      cell: ({ basis, words: said, remarks }) => (
        <>
          <span className="code">{basis}</span> {read(said)}
          {remarks.map((one) => (
            <span key={one.en} className="question-remark">
              {read(one)}
            </span>
          ))}
        </>
      ),
      text: ({ basis, words: said }) => `${basis} ${read(said)}`,
    },
  ];
}
