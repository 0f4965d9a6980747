import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Webhook } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { Deliveries } from './Deliveries.tsx';
import { Replay } from './Replay.tsx';
import { Rotation } from './Rotation.tsx';
import { useWebhookTexts } from './texts.ts';
import { ChangeWebhook } from './WebhookForm.tsx';
import { WebhookState } from './WebhookState.tsx';

type Step = 'change' | 'rotate' | 'replay' | 'remove';
type Props = { webhook: Webhook; onGone: () => void };

/** One webhook: how it does, what can be done with it, and what was sent. */
export function WebhookDetail({ webhook, onGone }: Props) {
  const t = useWebhookTexts();
  const [step, setStep] = useState<Step>();
  const done = () => setStep(undefined);
  return (
    <div className="stack">
      <Standing webhook={webhook} />
      <Actions webhook={webhook} onStep={setStep} />
      {step === 'change' && <ChangeWebhook webhook={webhook} onDone={done} />}
      {step === 'rotate' && <Rotation id={webhook.id} />}
      {step === 'replay' && <Replay id={webhook.id} onDone={done} />}
      {step === 'remove' && <Removal id={webhook.id} onGone={onGone} />}
      <h3>{t('deliveries')}</h3>
      <Deliveries id={webhook.id} />
    </div>
  );
}

function Standing({ webhook }: { webhook: Webhook }) {
  const t = useWebhookTexts();
  const format = useFormat();
  const { id, url, off_reason, failing_since, previous_until } = webhook;
  return (
    <div className="stack-tight">
      <p className="webhook-url">{url}</p>
      <p className="muted small">
        <WebhookState webhook={webhook} />{' '}
        {failing_since && t('failing_since', { date: format.instant(failing_since) })}
      </p>
      <p className="muted small">
        {t('id')} <code>{id}</code>
      </p>
      {off_reason && <Notice tone="late">{t(`off_${off_reason}`)}</Notice>}
      {previous_until && Date.parse(previous_until) > Date.now() && (
        <p className="muted small">{t('also_old', { date: format.instant(previous_until) })}</p>
      )}
    </div>
  );
}

function Actions({ webhook, onStep }: { webhook: Webhook; onStep: (step: Step) => void }) {
  const t = useWebhookTexts();
  const may = useMay();
  const { id, state } = webhook;
  const params = { id };
  const runs = state === 'active';
  const turn = useCommand('webhook.change', () => sayDone(t(runs ? 'paused_done' : 'resumed')));
  const ping = useCommand('webhook.ping', () => sayDone(t('test_done')));
  const error = turn.error ?? ping.error;
  return (
    <>
      <div className="webhook-actions">
        {may('kernel.webhook.send') && (
          <Button size="small" busy={ping.isPending} onClick={() => ping.mutate({ params })}>
            {t('test')}
          </Button>
        )}
        {may('kernel.webhook.change') && (
          <>
            <Button
              size="small"
              busy={turn.isPending}
              onClick={() => turn.mutate({ params, body: { state: runs ? 'paused' : 'active' } })}
            >
              {t(runs ? 'pause' : 'resume')}
            </Button>
            <Button size="small" onClick={() => onStep('change')}>
              {t('change')}
            </Button>
          </>
        )}
        {may('kernel.webhook.rotate') && (
          <Button size="small" onClick={() => onStep('rotate')}>
            {t('rotate')}
          </Button>
        )}
        {may('kernel.webhook.send') && (
          <Button size="small" onClick={() => onStep('replay')}>
            {t('replay')}
          </Button>
        )}
        {may('kernel.webhook.remove') && (
          <Button size="small" onClick={() => onStep('remove')}>
            {t('remove')}
          </Button>
        )}
      </div>
      {error && <ProblemNotice error={error} />}
    </>
  );
}

function Removal({ id, onGone }: { id: string; onGone: () => void }) {
  const t = useWebhookTexts();
  const remove = useCommand('webhook.remove', () => {
    sayDone(t('removed'));
    onGone();
  });
  return (
    <StepForm
      submit={t('remove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate({ params: { id } })}
    >
      <p className="muted">{t('remove_hint')}</p>
    </StepForm>
  );
}
