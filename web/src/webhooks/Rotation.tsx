import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useWebhookTexts } from './texts.ts';
import { WebhookSecret } from './WebhookSecret.tsx';

const OVERLAPS = ['0', '24', '168'] as const;

/** A new secret; the old one signs too while the receiver is moved. */
export function Rotation({ id }: { id: string }) {
  const t = useWebhookTexts();
  const [hours, setHours] = useState<(typeof OVERLAPS)[number]>('24');
  const rotate = useCommand('webhook.rotate');
  if (rotate.data) return <WebhookSecret secret={rotate.data.secret} />;
  return (
    <StepForm
      submit={t('rotate')}
      busy={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate({ params: { id }, body: { overlap_hours: Number(hours) } })}
    >
      <p className="muted">{t('rotate_hint')}</p>
      <Choice
        label={t('overlap')}
        hideLabel={false}
        options={OVERLAPS.map((value) => ({ value, label: t(`overlap_${value}`) }))}
        value={hours}
        onChange={setHours}
      />
    </StepForm>
  );
}
