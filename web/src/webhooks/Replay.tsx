import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useWebhookTexts } from './texts.ts';

/** Goes back in the order of facts and sends from there on. */
export function Replay({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useWebhookTexts();
  const [from, setFrom] = useState<'start' | 'fact'>('fact');
  const [fact, setFact] = useState('');
  const replay = useCommand('webhook.replay', () => {
    sayDone(t('replayed'));
    onDone();
  });
  const body = from === 'start' ? { from_position: 0 } : { from_fact_id: fact.trim() };
  return (
    <StepForm
      submit={t('replay')}
      busy={replay.isPending}
      error={replay.error}
      disabled={from === 'fact' && fact.trim() === ''}
      onSubmit={() => replay.mutate({ params: { id }, body })}
    >
      <p className="muted">{t('replay_hint')}</p>
      <Choice
        label={t('replay_from')}
        hideLabel={false}
        options={[
          { value: 'fact', label: t('replay_fact') },
          { value: 'start', label: t('replay_start') },
        ]}
        value={from}
        onChange={setFrom}
      />
      {from === 'fact' && <TextField label={t('fact_id')} value={fact} onChange={setFact} />}
    </StepForm>
  );
}
