import { Card } from '../../controls/Card.tsx';
import { Facts } from '../../controls/Facts.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useEditionNames } from '../edition-names.ts';
import { useObservatoryTexts } from '../texts.ts';
import { useShareTexts } from './texts.ts';

type OfBasis = RevenueSplit['by_basis'][number];

/** Every parameter of the number, for who wants to work it out again. */
export function HowItWasMade({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const common = useObservatoryTexts();
  const nameOf = useEditionNames();
  const format = useFormat();
  const read = useBilingual();
  const columns = useColumns(split.currency);
  const { rule, mapping, edition, currency } = split;
  const { status, citation } = rule.provenance;
  const facts = [
    [t('rule'), read(rule.name)],
    [t('rule_version'), `${rule.id} ${rule.version}`],
    [t('source'), `${common(status)} · ${read(citation)}`],
    [t('mapping'), t('mapping_value', { name: read(mapping.name), date: mapping.valid_from })],
    [t('edition'), nameOf(edition)],
    [t('unverified'), format.money(split.unverified_minor, currency)],
    [t('self_declared'), format.money(split.self_declared_minor, currency)],
  ] as const;
  return (
    <Card title={t('how')}>
      <div className="stack">
        <Facts rows={facts} />
        <h3>{t('by_basis')}</h3>
        <Rows columns={columns} rows={split.by_basis} rowKey={({ basis }) => basis} />
      </div>
    </Card>
  );
}

function useColumns(currency: string): Column<OfBasis>[] {
  const t = useShareTexts();
  const format = useFormat();
  const read = useBilingual();
  return [
    {
      id: 'basis',
      label: t('basis'),
      card: 'title',
      cell: ({ basis, words }) => (
        <>
          <span className="code">{basis}</span> {read(words)}
        </>
      ),
    },
    {
      id: 'lines',
      label: t('lines_column'),
      figure: true,
      cell: ({ lines }) => format.count(lines),
    },
    {
      id: 'net',
      label: t('amount_column'),
      figure: true,
      cell: ({ net_minor }) => format.money(net_minor, currency),
    },
    {
      id: 'open',
      label: t('open_column'),
      figure: true,
      cell: ({ open_minor }) => format.money(open_minor, currency),
    },
  ];
}
