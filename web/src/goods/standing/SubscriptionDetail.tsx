import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DateField } from '../../controls/DateInput.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { EventSubscription } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { instantIn } from '../../kernel/format/instant-in.ts';
import { useMay } from '../../kernel/session.ts';
import { useStandingTexts } from './texts.ts';

type Props = { subscription: EventSubscription; onDone: () => void };

/** One subscription: what its receiver did not take, sending again, and its end. */
export function SubscriptionDetail({ subscription, onDone }: Props) {
  const t = useStandingTexts();
  const may = useMay();
  const { id, dest } = subscription;
  return (
    <div className="stack">
      <p className="standing-dest">{dest}</p>
      <h3>{t('set_aside')}</h3>
      <SetAside id={id} />
      {may('goods.subscription.create') && <Replay id={id} onDone={onDone} />}
      {may('goods.subscription.drop') && <Ending id={id} onDone={onDone} />}
    </div>
  );
}

/** Events that are too large for the receiver even one by one: they are told by facts. */
function SetAside({ id }: { id: string }) {
  const t = useStandingTexts();
  const format = useFormat();
  const facts = useApi('fact.list', { query: { subject: id, limit: 200 } });
  const events = (facts.data?.items ?? []).filter(
    ({ type }) => type === 'goods.subscription.event_set_aside',
  );
  if (facts.isError) return <ProblemNotice error={facts.error} />;
  if (events.length === 0) return <p className="muted">{t('none_set_aside')}</p>;
  return (
    <ul>
      {events.map((fact) => (
        <li key={fact.id}>
          <Link to={`/events/${(fact.body as { event_id: string }).event_id}`}>
            {format.instant(fact.recorded_at)}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Replay({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useStandingTexts();
  const { today, zone } = useFormat();
  const [date, setDate] = useState(today);
  const renew = useCommand('event_subscription.renew', () => {
    sayDone(t('replayed'));
    onDone();
  });
  return (
    <StepForm
      submit={t('replay')}
      busy={renew.isPending}
      error={renew.error}
      disabled={date === ''}
      onSubmit={() =>
        renew.mutate({ params: { id }, body: { from: instantIn(zone, date, '00:00') } })
      }
    >
      <DateField label={t('replay_from')} hint={t('replay_hint')} value={date} onChange={setDate} />
    </StepForm>
  );
}

function Ending({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useStandingTexts();
  const drop = useCommand('event_subscription.drop', () => {
    sayDone(t('unsubscribed'));
    onDone();
  });
  return (
    <StepForm
      submit={t('unsubscribe')}
      danger
      busy={drop.isPending}
      error={drop.error}
      onSubmit={() => drop.mutate({ params: { id } })}
    >
      <p className="muted">{t('unsubscribe_hint')}</p>
    </StepForm>
  );
}
