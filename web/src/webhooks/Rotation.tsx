import { RotationForm } from '../identity/RotationForm.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useWebhookTexts } from './texts.ts';
import { WebhookSecret } from './WebhookSecret.tsx';

/** A new secret; the old one signs too while the receiver is moved. */
export function Rotation({ id }: { id: string }) {
  const t = useWebhookTexts();
  const rotate = useCommand('webhook.rotate');
  if (rotate.data) return <WebhookSecret secret={rotate.data.secret} />;
  return (
    <RotationForm
      t={t}
      busy={rotate.isPending}
      error={rotate.error}
      onRotate={(overlap_hours) => rotate.mutate({ params: { id }, body: { overlap_hours } })}
    />
  );
}
