import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import type { Webhook } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { useWebhookTexts } from './texts.ts';
import { WebhookDetail } from './WebhookDetail.tsx';
import { NewWebhook } from './WebhookForm.tsx';
import { WebhookState } from './WebhookState.tsx';
import './webhooks.css';

/** Where the party has its facts sent to, and how that goes. */
export function Webhooks() {
  const t = useWebhookTexts();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const [openId, setOpenId] = useState<string>();
  const webhooks = useApi('webhook.list', { query: { limit: 50 } });
  const items = webhooks.data?.items ?? [];
  const open = items.find(({ id }) => id === openId);
  return (
    <Card
      title={t('webhooks')}
      action={
        may('kernel.webhook.create') && (
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      {webhooks.isError && <ProblemNotice error={webhooks.error} />}
      {webhooks.isPending && <Skeleton rows={3} />}
      {webhooks.isSuccess && items.length === 0 && (
        <Empty title={t('none')}>{t('none_more')}</Empty>
      )}
      <ul className="setting-rows">
        {items.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} onOpen={() => setOpenId(webhook.id)} />
        ))}
      </ul>
      <Drawer open={adding} title={t('add')} onClose={() => setAdding(false)}>
        <NewWebhook />
      </Drawer>
      <Drawer
        open={open !== undefined}
        title={open?.description ?? ''}
        onClose={() => setOpenId(undefined)}
      >
        {open && <WebhookDetail webhook={open} onGone={() => setOpenId(undefined)} />}
      </Drawer>
    </Card>
  );
}

function WebhookRow({ webhook, onOpen }: { webhook: Webhook; onOpen: () => void }) {
  const t = useWebhookTexts();
  const format = useFormat();
  const { description, url, kinds, failing_since, off_reason, created_at } = webhook;
  const said = [
    kinds.length === 0 ? t('all_kinds') : kinds.join(' '),
    `${t('made')} ${format.dateOf(created_at)}`,
    ...(off_reason ? [t(`off_${off_reason}`)] : []),
    ...(failing_since ? [t('failing_since', { date: format.instant(failing_since) })] : []),
  ];
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{description}</span>
        <span className="small webhook-url">{url}</span>
        <span className="muted small">{said.join(' · ')}</span>
      </span>
      <WebhookState webhook={webhook} />
      <span className="setting-actions">
        <Button size="small" onClick={onOpen}>
          {t('open')}
        </Button>
      </span>
    </li>
  );
}
