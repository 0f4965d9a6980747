import { Card } from '../../controls/Card.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { IntervalBar } from '../IntervalBar.tsx';
import { useShareTexts } from './texts.ts';
import { useBoundsInWords } from './words.ts';

type Group = RevenueSplit['groups'][number];

/** Every group of the rule, from the least to the most that it can be. */
export function Groups({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const columns = useColumns(split.currency);
  return (
    <Card title={t('groups')} note={t('groups_note')}>
      <Rows columns={columns} rows={split.groups} rowKey={({ group }) => group} />
    </Card>
  );
}

function useColumns(currency: string): Column<Group>[] {
  const t = useShareTexts();
  const read = useBilingual();
  const words = useBoundsInWords();
  return [
    { id: 'group', label: t('group'), card: 'title', cell: ({ name }) => read(name) },
    {
      id: 'bar',
      label: '',
      card: 'wide',
      cell: ({ name, share }) =>
        share && <IntervalBar {...share} label={`${read(name)} ${words.share(share)}`} />,
    },
    {
      id: 'share',
      label: t('share'),
      figure: true,
      card: 'aside',
      cell: ({ share }) => (share ? words.share(share) : '–'),
    },
    {
      id: 'amount',
      label: t('amount_column'),
      figure: true,
      cell: ({ amount_minor }) => words.money(amount_minor, currency),
    },
  ];
}
