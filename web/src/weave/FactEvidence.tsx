import { useQuery } from '@tanstack/react-query';
import { Icon } from '../controls/Icon.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import type { Fact } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { apiQuery } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { FactObjections } from '../rights/FactObjections.tsx';
import { factRows } from './fact-rows.ts';
import { useFactTexts } from './facts/texts.ts';
import { useWeaveTexts } from './texts.ts';
import './weave.css';

// A fact is sealed within seconds: whoever looks at it meanwhile sees that it has been.
const SEAL_LOOK_MS = 3_000;

/** The fact under a knot: who recorded it and when, what it says, and its number. */
export function FactEvidence({ id }: { id: string }) {
  const fact = useQuery({
    ...apiQuery('fact.get', { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.sealed_at === null ? SEAL_LOOK_MS : false),
  });
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
      <FactObjections fact={fact} />
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
        <dt>{t('seal')}</dt>
        <dd>
          <Seal fact={fact} />
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

/** Whether the fact is sealed, and the proof of it to take away. */
function Seal({ fact: { id, sealed_at } }: { fact: Fact }) {
  const t = useWeaveTexts();
  const format = useFormat();
  if (sealed_at === null) return <span className="muted">{t('seal_pending')}</span>;
  return (
    <span className="seal">
      {t('sealed', { time: format.instant(sealed_at) })}
      <a
        href={addressOf('fact.prove', { id })}
        download={`${id}.proof.json`}
        className="seal-proof"
      >
        <Icon name="download" size={14} />
        {t('proof')}
      </a>
    </span>
  );
}
