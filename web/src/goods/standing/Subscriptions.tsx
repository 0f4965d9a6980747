import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Tag } from '../../controls/Tag.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { EventSubscription } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { SubscriptionDetail } from './SubscriptionDetail.tsx';
import { useStandingTexts } from './texts.ts';
import { timingOf } from './timing.ts';

/** Who is told of which events, and how that goes. */
export function Subscriptions({ rows }: { rows: readonly EventSubscription[] }) {
  const t = useStandingTexts();
  const format = useFormat();
  const [openId, setOpenId] = useState<string | null>(null);
  const open = rows.find(({ id }) => id === openId);
  const close = () => setOpenId(null);
  const columns: Column<EventSubscription>[] = [
    {
      ...{ id: 'query', label: t('query'), card: 'title' },
      cell: ({ query_name }) => query_name,
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: (row) => <State row={row} />,
    },
    {
      ...{ id: 'dest', label: t('dest'), card: 'wide' },
      cell: ({ dest }) => <span className="standing-dest">{dest ?? t('listening')}</span>,
    },
    { id: 'when', label: t('when'), cell: ({ schedule }) => <When schedule={schedule} /> },
    {
      ...{ id: 'last', label: t('last_sent') },
      cell: ({ last_notified_at }) =>
        last_notified_at === null ? t('never') : format.instant(last_notified_at),
    },
    { id: 'steps', label: '', cell: (row) => <Steps row={row} onOpen={() => setOpenId(row.id)} /> },
  ];
  return (
    <>
      <Rows columns={columns} rows={rows} rowKey={({ id }) => id} />
      <Drawer open={open !== undefined} title={open?.query_name ?? ''} onClose={close}>
        {open && <SubscriptionDetail subscription={open} onDone={close} />}
      </Drawer>
    </>
  );
}

function When({ schedule }: Pick<EventSubscription, 'schedule'>) {
  const t = useStandingTexts();
  const said = timingOf(schedule);
  if ('fields' in said) return t('by_schedule', { fields: said.fields });
  return said.timing === 'daily' ? t('daily_at', { time: said.time }) : t(said.timing);
}

function State({ row: { state, off_reason, failing_since } }: { row: EventSubscription }) {
  const t = useStandingTexts();
  const format = useFormat();
  if (state === 'off') {
    return (
      <>
        <Tag tone="late">{t('state_off')}</Tag>
        {off_reason && <span className="muted small"> {t(`off_${off_reason}`)}</span>}
      </>
    );
  }
  if (failing_since === null) return <Tag>{t('state_active')}</Tag>;
  const since = t('failing_since', { time: format.instant(failing_since) });
  return (
    <>
      <Tag tone="late">{t('state_failing')}</Tag>
      <span className="muted small"> {since}</span>
    </>
  );
}

/** What a client listens to over its own connection ends with it. */
function Steps({ row, onOpen }: { row: EventSubscription; onOpen: () => void }) {
  const t = useStandingTexts();
  const may = useMay();
  const { id, state, dest } = row;
  const renew = useCommand('event_subscription.renew', () => sayDone(t('renewed')));
  if (dest === null) return null;
  return (
    <span className="standing-steps">
      {state === 'off' && may('goods.subscription.create') && (
        <Button
          size="small"
          busy={renew.isPending}
          onClick={() => renew.mutate({ params: { id }, body: {} })}
        >
          {t('renew')}
        </Button>
      )}
      <Button size="small" onClick={onOpen}>
        {t('open')}
      </Button>
      {renew.isError && <ProblemNotice error={renew.error} />}
    </span>
  );
}
