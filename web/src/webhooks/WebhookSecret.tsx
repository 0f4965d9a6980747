import { Notice } from '../controls/Notice.tsx';
import { CopyText } from '../identity/CopyText.tsx';
import { useWebhookTexts } from './texts.ts';

const EXAMPLE = `import { Webhook } from 'standardwebhooks';
const webhook = new Webhook(SECRET);
// the body as it came, not parsed
const { type, data } =
  webhook.verify(body, headers); // throws`;

/** A secret that is shown once, and what its taker does with it. */
export function WebhookSecret({ secret }: { secret: string }) {
  const t = useWebhookTexts();
  return (
    <div className="stack">
      <Notice tone="caution">{t('secret_once')}</Notice>
      <CopyText text={secret} />
      <section className="stack-tight">
        <h3>{t('verify')}</h3>
        <pre className="code webhook-example">{EXAMPLE}</pre>
        <p className="muted small">{t('verify_more')}</p>
      </section>
    </div>
  );
}
