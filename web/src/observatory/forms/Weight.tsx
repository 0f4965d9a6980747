import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Facts } from '../../controls/Facts.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { FormWeight } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useFormTexts } from './texts.ts';

type Elsewhere = FormWeight['asked_elsewhere'][number];

type Props = {
  /** Of a form that is being written, or of one that there is. */
  of: 'draft' | 'form';
  id: string;
  /** What the reader calls the items of this form. */
  nameOf: (code: string) => string;
  /** Whether any item says what it is the same as. */
  isComparable: boolean;
};

/** What a form costs whoever answers it, and what of it they have been asked already. */
export function Weight({ of, id, ...words }: Props) {
  const params = { id };
  const draft = useApi('form_draft.weight', { params }, of === 'draft');
  const form = useApi('statistical_form.weight', { params }, of === 'form');
  const found = of === 'draft' ? draft : form;
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data) return <Skeleton rows={6} />;
  return (
    <>
      <Time weight={found.data} />
      <AskedElsewhere weight={found.data} {...words} />
    </>
  );
}

function Time({ weight }: { weight: FormWeight }) {
  const t = useFormTexts();
  const format = useFormat();
  const { items, filled_in, asks_per_year: times, noted, expected } = weight;
  const once = noted?.median_minutes ?? expected?.minutes;
  return (
    <Card title={t('tab_weight')}>
      <Facts
        rows={[
          [t('weight_items'), format.count(items)],
          [t('weight_filled'), format.count(filled_in)],
          [t('weight_written'), format.count(items - filled_in)],
          ...(noted
            ? [
                [
                  t('weight_noted'),
                  t('minutes_median', { minutes: noted.median_minutes, reports: noted.reports }),
                ] as const,
              ]
            : []),
          [
            t('weight_expected'),
            expected ? (
              <>
                {t('weight_expected_value', { minutes: expected.minutes })}{' '}
                <span className="muted small">
                  {t('weight_expected_basis', {
                    count: expected.reports,
                    seconds: expected.seconds_per_item,
                  })}
                </span>
              </>
            ) : (
              t('weight_unknown')
            ),
          ],
          [
            t('weight_year'),
            once === undefined
              ? t('weight_times', { count: times })
              : t('weight_year_value', { count: times, minutes: times * once }),
          ],
        ]}
      />
    </Card>
  );
}

type ElsewhereProps = { weight: FormWeight } & Pick<Props, 'nameOf' | 'isComparable'>;

function AskedElsewhere({ weight, nameOf, isComparable }: ElsewhereProps) {
  const t = useFormTexts();
  const { asked_elsewhere: rows, is_cut } = weight;
  const columns = useColumns(nameOf);
  const count = new Set(rows.map(({ item }) => item)).size;
  const words = !isComparable
    ? t('elsewhere_no_source')
    : count === 0
      ? t('elsewhere_none')
      : t('elsewhere_says', { count });
  return (
    <Card title={t('elsewhere')} note={t('elsewhere_note')}>
      <div className="stack">
        <p>{words}</p>
        {rows.length > 0 && (
          <Rows
            columns={columns}
            rows={rows}
            rowKey={({ item, form_id, their_item }) => `${item} ${form_id} ${their_item}`}
          />
        )}
        {is_cut && <p className="muted">{t('elsewhere_cut')}</p>}
      </div>
    </Card>
  );
}

function useColumns(nameOf: (code: string) => string): Column<Elsewhere>[] {
  const t = useFormTexts();
  const read = useBilingual();
  const partyName = usePartyName();
  return [
    {
      ...{ id: 'item', label: t('elsewhere_item'), card: 'title' },
      cell: ({ item }) => nameOf(item),
    },
    {
      ...{ id: 'form', label: t('elsewhere_form') },
      cell: ({ form_id, form, owner_id }) => (
        <>
          <Link to={`/observatory/forms/${form_id}`}>{read(form)}</Link>{' '}
          <span className="muted small">{partyName(owner_id)}</span>
        </>
      ),
    },
    {
      ...{ id: 'their_name', label: t('elsewhere_their') },
      cell: ({ their_name, period_kind }) => (
        <>
          {read(their_name)} <span className="muted small">{t(`period_${period_kind}`)}</span>
        </>
      ),
    },
    {
      ...{ id: 'asked', label: t('elsewhere_firms') },
      cell: ({ asked, reported, last_period }) =>
        asked === 0 ? (
          <span className="muted">{t('never_asked')}</span>
        ) : (
          [t('asked_firms', { count: asked, reported }), last_period].filter(Boolean).join(' · ')
        ),
    },
  ];
}
