import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { ConsumerWarning } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { useConsumerTexts } from './texts.ts';
import { WarningForm } from './WarningForm.tsx';

/** What the owner has told consumers of its lots, newest first. */
export function Warnings({ product_id }: { product_id: string }) {
  const t = useConsumerTexts();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const found = useApi('consumer_warning.list', { params: { product_id }, query: { limit: 50 } });
  const items = found.data?.items ?? [];
  return (
    <Card
      title={t('warnings')}
      note={t('warnings_note')}
      action={
        may('consumer.warning.publish') && (
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            {t('warn')}
          </Button>
        )
      }
    >
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={2} />}
      {found.isSuccess && items.length === 0 && <p className="muted">{t('none_warnings')}</p>}
      <ul className="setting-rows">
        {items.map((warning) => (
          <WarningRow key={warning.id} warning={warning} />
        ))}
      </ul>
      <Drawer open={adding} title={t('warn_title')} onClose={() => setAdding(false)}>
        <WarningForm product_id={product_id} onDone={() => setAdding(false)} />
      </Drawer>
    </Card>
  );
}

function WarningRow({ warning }: { warning: ConsumerWarning }) {
  const t = useConsumerTexts();
  const read = useBilingual();
  const format = useFormat();
  const may = useMay();
  const { id, lots, published_at, withdrawn_at } = warning;
  const withdraw = useCommand('consumer_warning.withdraw', () => sayDone(t('withdrawn_done')));
  const standing = withdrawn_at === null;
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{lots.length === 0 ? t('all_lots') : lots.join(' ')}</span>
        <span>{read({ zh: warning.action_zh, en: warning.action_en })}</span>
        <span className="small">{read({ zh: warning.reason_zh, en: warning.reason_en })}</span>
        <span className="muted small">
          {standing
            ? t('published', { time: format.instant(published_at) })
            : t('withdrawn', { time: format.instant(withdrawn_at) })}
        </span>
        {withdraw.isError && <ProblemNotice error={withdraw.error} />}
      </span>
      {standing && may('consumer.warning.withdraw') && (
        <span className="setting-actions">
          <Button
            size="small"
            busy={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { id } })}
          >
            {t('withdraw')}
          </Button>
        </span>
      )}
    </li>
  );
}
