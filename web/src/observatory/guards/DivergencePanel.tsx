import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { GuardDivergence } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { type Bilingual, useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { About, Findings } from './Findings.tsx';
import type { PanelProps } from './GuardsPage.tsx';
import { useGuardTexts } from './texts.ts';

/** Whether the outcome moved with the indicator from an earlier collection of the same form. */
export function DivergencePanel(props: PanelProps) {
  const { collection, collections, items, asked, ask } = props;
  const t = useGuardTexts();
  const read = useBilingual();
  const earlier = collections.filter(
    ({ id, form_id, period }) =>
      form_id === collection.form_id && id !== collection.id && period < collection.period,
  );
  const options = items.map(({ code, name }) => ({ value: code, label: read(name) }));
  const choice = (name: 'indicator' | 'outcome' | 'per') => ({
    options,
    value: asked[name] ?? '',
    onChange: (value: string) => ask({ [name]: value }),
  });
  const { earlier: earlier_id = '', indicator = '', outcome = '', per = '' } = asked;
  return (
    <Card title={t('divergence')}>
      <div className="stack">
        <div className="guard-asking">
          <SelectField
            label={t('earlier')}
            placeholder={t('choose')}
            value={earlier_id}
            options={earlier.map(({ id, period }) => ({ value: id, label: period }))}
            onChange={(value) => ask({ earlier: value })}
          />
          <SelectField label={t('indicator')} placeholder={t('choose')} {...choice('indicator')} />
          <SelectField label={t('outcome')} placeholder={t('choose')} {...choice('outcome')} />
          <SelectField
            label={t('outcome_per')}
            placeholder={t('outcome_whole')}
            {...choice('per')}
          />
        </div>
        {earlier.length === 0 && <p className="muted">{t('no_earlier')}</p>}
        {earlier_id && indicator && outcome && (
          <Found
            {...{ earlier_id, collection_id: collection.id, indicator, outcome }}
            {...(per ? { outcome_per: per } : {})}
          />
        )}
      </div>
    </Card>
  );
}

type FoundProps = {
  earlier_id: string;
  collection_id: string;
  indicator: string;
  outcome: string;
  outcome_per?: string;
};
type Shift = GuardDivergence['findings'][number]['outcome'];

function Found(query: FoundProps) {
  const t = useGuardTexts();
  const read = useBilingual();
  const format = useFormat();
  const found = useApi('guard.divergence', { query });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data) return <Skeleton rows={3} />;
  const { indicator, outcome, outcome_per: per } = found.data;
  const figure = (value: number | null) =>
    value === null ? '–' : format.decimal(String(Number(value.toPrecision(6))));
  const words = (name: Bilingual, { median_before, median_after, above }: Shift) =>
    t('figures_shift', {
      name: read(name),
      before: figure(median_before),
      after: figure(median_after),
      value: above ? format.share(above.value) : '–',
      low: above ? format.share(above.low) : '–',
      high: above ? format.share(above.high) : '–',
    });
  const outcomeName = per
    ? { zh: `${outcome.name.zh}／${per.name.zh}`, en: `${outcome.name.en} / ${per.name.en}` }
    : outcome.name;
  return (
    <>
      <Findings
        findings={found.data.findings}
        least={found.data.least}
        keyOf={({ group }) => `${group.by} ${group.code}`}
        under={(one) => (
          <>
            <p>{words(indicator.name, one.indicator)}</p>
            <p>{words(outcomeName, one.outcome)}</p>
          </>
        )}
      />
      <About about={found.data} />
    </>
  );
}
