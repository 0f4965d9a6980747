import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { WebhookMessage } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { useWebhookTexts } from './texts.ts';

const ROWS = 20;
/** Sending happens beside the page: it is looked at again while it is open. */
const AGAIN_MS = 3_000;
const STATES = ['all', 'waiting', 'dead', 'delivered'] as const;
type Shown = (typeof STATES)[number];

/** What was sent to a webhook, waits, or did not arrive. */
export function Deliveries({ id }: { id: string }) {
  const t = useWebhookTexts();
  const [shown, setShown] = useState<Shown>('all');
  const messages = useInfiniteQuery({
    queryKey: ['webhook_message.list', id, shown],
    initialPageParam: undefined as string | undefined,
    refetchInterval: AGAIN_MS,
    queryFn: ({ pageParam, signal }) =>
      ask('webhook_message.list', {
        params: { id },
        query: {
          limit: ROWS,
          ...(shown === 'all' ? {} : { state: shown }),
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const items = messages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack-tight">
      <Choice
        label={t('shown')}
        options={STATES.map((value) => ({ value, label: t(`show_${value}`) }))}
        value={shown}
        onChange={setShown}
      />
      {messages.isError && <ProblemNotice error={messages.error} />}
      {messages.isPending && <Skeleton rows={3} />}
      {messages.isSuccess && items.length === 0 && (
        <Empty title={t('none_deliveries')}>{t('none_deliveries_more')}</Empty>
      )}
      <ul className="setting-rows">
        {items.map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </ul>
      {messages.hasNextPage && (
        <Button busy={messages.isFetchingNextPage} onClick={() => void messages.fetchNextPage()}>
          {t('earlier')}
        </Button>
      )}
    </div>
  );
}

function MessageRow({ message }: { message: WebhookMessage }) {
  const t = useWebhookTexts();
  const format = useFormat();
  const { kind, type, position, state, attempts, queued_at, last_at, next_at } = message;
  const { last_error, last_status, last_excerpt, fact_id } = message;
  const said = [
    format.instant(last_at ?? queued_at),
    ...(kind === 'fact' ? [t('place', { position })] : []),
    ...(attempts > 1 ? [t('attempts', { count: attempts })] : []),
    ...(last_error && last_error !== 'status' ? [t(`error_${last_error}`)] : []),
    ...(last_status ? [t('answered', { status: last_status })] : []),
    ...(next_at && attempts > 0 ? [t('next', { date: format.instant(next_at) })] : []),
  ];
  return (
    <li className="setting-row webhook-message">
      <span className="stack-tight is-close">
        <span className="strong webhook-url">{kind === 'ping' ? t('ping') : type}</span>
        <span className="muted small">{said.join(' · ')}</span>
        {fact_id && <code className="muted small">{fact_id}</code>}
        {last_excerpt && state !== 'delivered' && (
          <span className="small webhook-url">“{last_excerpt}”</span>
        )}
        <MessageActions message={message} />
      </span>
      <MessageState message={message} />
    </li>
  );
}

function MessageState({ message: { state, attempts } }: { message: WebhookMessage }) {
  const t = useWebhookTexts();
  if (state === 'waiting' && attempts > 0) return <Tag tone="late">{t('message_retrying')}</Tag>;
  return <Tag tone={state === 'dead' ? 'late' : 'plain'}>{t(`message_${state}`)}</Tag>;
}

function MessageActions({ message }: { message: WebhookMessage }) {
  const t = useWebhookTexts();
  const may = useMay();
  const { id: message_id, webhook_id: id, state, fact_id } = message;
  const resend = useCommand('webhook_message.resend', () => sayDone(t('resent')));
  const setAside = useCommand('webhook_message.set_aside', () => sayDone(t('set_aside_done')));
  const replay = useCommand('webhook.replay', () => sayDone(t('replayed')));
  if (!may('kernel.webhook.send')) return null;
  const params = { id, message_id };
  const error = resend.error ?? setAside.error ?? replay.error;
  return (
    <>
      <span className="webhook-actions">
        <Button
          size="small"
          kind="quiet"
          busy={resend.isPending}
          onClick={() => resend.mutate({ params })}
        >
          {t('resend')}
        </Button>
        {fact_id && (
          <Button
            size="small"
            kind="quiet"
            busy={replay.isPending}
            onClick={() => replay.mutate({ params: { id }, body: { from_fact_id: fact_id } })}
          >
            {t('replay_here')}
          </Button>
        )}
        {state === 'waiting' && (
          <Button
            size="small"
            kind="quiet"
            busy={setAside.isPending}
            onClick={() => setAside.mutate({ params })}
          >
            {t('set_aside')}
          </Button>
        )}
      </span>
      {error && <ProblemNotice error={error} />}
    </>
  );
}
