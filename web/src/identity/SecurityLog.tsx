import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import type { SecurityEvent } from '../generated/api.ts';
import { ask } from '../kernel/api/ask.ts';
import { type Format, useFormat } from '../kernel/format/format.ts';
import { useMay } from '../kernel/session.ts';
import { useSecurityTexts } from './security-texts.ts';

const ROWS = 20;
const LATE = new Set<SecurityEvent['kind']>([
  'sign_in_failed',
  'second_step_failed',
  'webhook_switched_off',
]);
type Whose = 'own' | 'party';

/** What happened to the account, and for administrators to the accounts and keys of the party. */
export function SecurityLog() {
  const t = useSecurityTexts();
  const may = useMay();
  const [whose, setWhose] = useState<Whose>('own');
  const operation = whose === 'own' ? 'account.security_log' : 'security_event.list';
  const log = useInfiniteQuery({
    queryKey: [operation],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask(operation, {
        query: { limit: ROWS, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  const choice = may('identity.security_event.audit') && (
    <Choice
      label={t('whose_log')}
      options={[
        { value: 'own', label: t('own_log') },
        { value: 'party', label: t('party_log') },
      ]}
      value={whose}
      onChange={setWhose}
    />
  );
  return (
    <Card title={t('log')} action={choice}>
      {log.isError && <ProblemNotice error={log.error} />}
      {log.isPending && <Skeleton rows={4} />}
      {log.isSuccess && items.length === 0 && <Empty title={t('none_log')}>{null}</Empty>}
      <ul className="setting-rows">
        {items.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('earlier')}
        </Button>
      )}
    </Card>
  );
}

function EventRow({ event }: { event: SecurityEvent }) {
  const t = useSecurityTexts();
  const format = useFormat();
  const { kind, name, agent, address, happened_at } = event;
  const said = [name, detailOf(event, t, format), agent, address].filter(Boolean).join(' · ');
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className={LATE.has(kind) ? 'late' : undefined}>{t(`did_${kind}`)}</span>
        {said && <span className="muted small">{said}</span>}
      </span>
      <time className="muted small" dateTime={happened_at}>
        {format.instant(happened_at)}
      </time>
    </li>
  );
}

const WAYS = ['password', 'provider', 'totp', 'passkey', 'recovery_code', 'invitation'] as const;

/** Ways to sign in are said in words; a name that a person gave stays as it is. */
function detailOf(
  { kind, detail }: SecurityEvent,
  t: ReturnType<typeof useSecurityTexts>,
  format: Format,
): string {
  if (kind === 'factor_required') return t('since', { date: format.instant(detail) });
  if (kind === 'sessions_ended') return t('sessions_count', { count: detail });
  if (kind !== 'signed_in') return detail;
  return detail
    .split(', ')
    .map((part) => WAYS.find((way) => way === part))
    .flatMap((way) => (way ? [t(`way_${way}`)] : []))
    .join(' + ');
}
