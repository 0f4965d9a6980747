import { useState } from 'react';
import { Choice } from '../../controls/Choice.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { SavedEventQuery } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useStandingTexts } from './texts.ts';
import { DAY_TIME, scheduleOf, type Timing } from './timing.ts';

const TIMINGS = ['stream', 'hourly', 'daily'] as const;

type Props = { queries: readonly SavedEventQuery[]; onDone: () => void };

/** Who is to be told of the events of a saved query, and when. */
export function SubscribeForm({ queries, onDone }: Props) {
  const t = useStandingTexts();
  const [query, setQuery] = useState(queries[0]?.name ?? '');
  const [dest, setDest] = useState('https://');
  const [token, setToken] = useState('');
  const [timing, setTiming] = useState<Timing>('stream');
  const [time, setTime] = useState('08:00');
  const subscribe = useCommand('event_subscription.create', () => {
    sayDone(t('subscribed'));
    onDone();
  });
  const schedule = scheduleOf(timing, time);
  const body = {
    query_name: query,
    dest,
    ...(token.trim() ? { signature_token: token.trim() } : {}),
    ...(schedule ? { schedule } : {}),
  };
  const isTimed = timing !== 'daily' || DAY_TIME.test(time);
  return (
    <StepForm
      submit={t('subscribe')}
      busy={subscribe.isPending}
      error={subscribe.error}
      disabled={!query || !URL.canParse(dest) || !isTimed}
      onSubmit={() => subscribe.mutate({ body })}
    >
      <SelectField
        label={t('query')}
        options={queries.map(({ name }) => ({ value: name, label: name }))}
        value={query}
        onChange={setQuery}
      />
      <TextField
        label={t('dest')}
        hint={t('dest_hint')}
        type="url"
        inputMode="url"
        value={dest}
        onChange={setDest}
      />
      <TextField
        label={t('token')}
        hint={t('token_hint')}
        optional
        autoComplete="off"
        value={token}
        onChange={setToken}
      />
      <Choice
        label={t('when')}
        hideLabel={false}
        options={TIMINGS.map((value) => ({ value, label: t(value) }))}
        value={timing}
        onChange={setTiming}
      />
      {timing === 'daily' && (
        <TextField
          label={t('at')}
          fault={isTimed ? undefined : t('at_fault')}
          value={time}
          onChange={setTime}
        />
      )}
    </StepForm>
  );
}
