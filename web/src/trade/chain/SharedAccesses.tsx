import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { SharedAccess } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useChainTexts } from './texts.ts';

const ROWS = 20;
const LOOKS = {
  order: 'looked_order',
  despatch: 'looked_shipment',
  receipt: 'looked_shipment',
  invoice: 'looked_invoice',
  receivable: 'looked_invoice',
  payment: 'looked_payment',
  payment_record: 'looked_payment',
  stock: 'looked_stock',
  account: 'looked_ledger',
  balance: 'looked_ledger',
  entry: 'looked_ledger',
  chain: 'looked_chain',
  export: 'looked_export',
} as const;

/** Who looked at what the party shares, newest first. */
export function SharedAccesses() {
  const t = useChainTexts();
  const log = useInfiniteQuery({
    queryKey: ['sharing.access_log'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask('sharing.access_log', {
        query: { limit: ROWS, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const items = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('looked')} note={t('looked_hint')}>
      {log.isError && <ProblemNotice error={log.error} />}
      {log.isPending && <Skeleton rows={3} />}
      {log.isSuccess && items.length === 0 && <p className="muted">{t('none_looked')}</p>}
      <ul className="setting-rows">
        {items.map((access) => (
          <AccessRow key={access.id} access={access} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('looked_earlier')}
        </Button>
      )}
    </Card>
  );
}

function AccessRow({ access }: { access: SharedAccess }) {
  const t = useChainTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { reader_id, by, operation, record_count, looked_at } = access;
  const noun = operation.split('.')[0] as keyof typeof LOOKS;
  const what = LOOKS[noun] ? t(LOOKS[noun]) : operation;
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">
          {partyName(reader_id)} · {what}
        </span>
        <span className="muted small">
          {t('looked_records', { count: record_count })} · {t(`looked_by_${by}`)}
        </span>
      </span>
      <time className="muted small" dateTime={looked_at}>
        {format.instant(looked_at)}
      </time>
    </li>
  );
}
