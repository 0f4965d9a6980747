import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import type { Fact } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { factRows } from './fact-rows.ts';
import { useFactTexts } from './facts/texts.ts';
import { useWeaveTexts } from './texts.ts';

/** The fact under a knot: who recorded it and when, what it says, and its number. */
export function FactEvidence({ id }: { id: string }) {
  const fact = useApi('fact.get', { params: { id } });
  if (fact.isError) return <ProblemNotice error={fact.error} />;
  if (fact.data?.id !== id) return <Skeleton rows={4} />;
  return <Evidence fact={fact.data} />;
}

function Evidence({ fact }: { fact: Fact }) {
  const t = useWeaveTexts();
  const words = useFactTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const rows = factRows(fact.body, { format, words, partyName });
  return (
    <div className="stack">
      <dl className="facts">
        <dt>{t('recorded_by')}</dt>
        <dd>{partyName(fact.party_id)}</dd>
        <dt>{t('happened_at')}</dt>
        <dd>{format.instant(fact.occurred_at)}</dd>
        <dt>{t('known_at')}</dt>
        <dd>{format.instant(fact.recorded_at)}</dd>
        {rows.map(({ name, value }) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt>{t('fact_number')}</dt>
        <dd>
          <code className="code">{fact.id}</code>
        </dd>
      </dl>
      <details>
        <summary className="muted">{t('as_recorded')}</summary>
        <pre className="fact-body">
          {JSON.stringify({ type: fact.type, ...fact.body }, null, 1)}
        </pre>
      </details>
    </div>
  );
}
