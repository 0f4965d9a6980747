import { type Listening, limits, type Tx } from '../../../kernel/index.ts';
import { settle } from './settling.ts';
import { createSubscription, dropListening, type NewSubscription } from './subscriptions.ts';
import { type Lease, nextRun, takeNext } from './taking.ts';

/**
 * A subscription that lasts as long as its client's connection, which holds the lease and renews it
 * with every look. What was sent counts as taken when the client's side has answered; one that was
 * cut off comes again with the `initialRecordTime` that the opening answer has named.
 *
 * @throws goods.query_unknown, goods.too_many_subscriptions
 */
export async function listenTo(
  tx: Tx,
  query_name: string,
  given: NewSubscription,
): Promise<Listening> {
  const first = given.schedule === null ? tx.now : nextRun(tx, given.schedule);
  const lease_id = tx.newId();
  const { id, min_record_time } = await createSubscription(tx, query_name, given, first, lease_id);
  const lease: Lease = { subscription: id, id: lease_id, is_kept: true };
  return {
    headers: { 'GS1-Query-Min-Record-Time': min_record_time },
    next: (turn) => nextOf(turn, lease, given),
    leave: (turn) => dropListening(turn, id),
  };
}

async function nextOf(
  tx: Tx,
  lease: Lease,
  { schedule }: NewSubscription,
): ReturnType<Listening['next']> {
  const taken = await takeNext(tx, lease);
  if (taken === 'again') return 'again';
  if (taken === 'not_held') return 'ended';
  if (taken === null) {
    const until = Date.parse(nextRun(tx, schedule)) - Date.parse(tx.now);
    return { wait_ms: Math.min(until, limits.epcis_listening_ms) };
  }
  const outcome = { error: null, status: 200, excerpt: null, retry_after: null };
  return { text: taken.body, taken: (turn) => settle(turn, taken, outcome) };
}
