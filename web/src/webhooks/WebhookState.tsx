import { Tag } from '../controls/Tag.tsx';
import type { Webhook } from '../generated/api.ts';
import { useWebhookTexts } from './texts.ts';

/** How a webhook does, in one word. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useWebhookTexts();
  const { state, failing_since } = webhook;
  if (state === 'off') return <Tag tone="late">{t('state_off')}</Tag>;
  if (state === 'paused') return <Tag>{t('state_paused')}</Tag>;
  if (failing_since) return <Tag tone="late">{t('state_failing')}</Tag>;
  return <Tag>{t('state_active')}</Tag>;
}
