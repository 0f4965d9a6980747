import type { Tx } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { getQuery, queryIn } from '../repository/named-queries.ts';
import { refuseUnsubscribable } from './read-subscription.ts';
import {
  createSubscription,
  getSubscription,
  type NewSubscription,
  restartFrom,
  type Subscription,
} from './subscriptions.ts';
import { nextRun } from './taking.ts';

/**
 * Has the events of a named query sent from now on, or by a schedule.
 * @throws goods.query_unknown, goods.subscription_invalid, goods.too_many_subscriptions,
 *   webhook.no_secret_key
 */
export async function subscribe(
  tx: Tx,
  query_name: string,
  given: NewSubscription,
): Promise<Subscription> {
  refuseUnsubscribable(queryIn((await getQuery(tx, query_name)).definition));
  const first = given.schedule === null ? tx.now : nextRun(tx, given.schedule);
  return createSubscription(tx, query_name, given, first);
}

/**
 * Begins again with the events that were recorded from a moment on: some may come twice, none is
 * left out. Its receiver, secret and times stay as they are.
 * @param from null goes on where the subscription was stopped
 * @throws goods.subscription_unknown; goods.subscription_active where it was not stopped and no
 *   moment is given; goods.subscription_invalid where that has not come
 */
export async function renewSubscription(
  tx: Tx,
  id: string,
  from: string | null,
): Promise<Subscription> {
  const found = await getSubscription(tx, null, id);
  if (found.dest === null) throw fault('goods.subscription_unknown');
  if (from === null && found.state === 'active') throw fault('goods.subscription_active');
  if (from !== null && from > tx.now) {
    const en = 'That moment has not come yet.';
    throw fault('goods.subscription_invalid', { count: 1 }, [
      { path: 'from', zh: '时间还没到。', en },
    ]);
  }
  const due_at = found.schedule === null ? tx.now : nextRun(tx, found.schedule);
  return restartFrom(tx, found, from ?? found.min_record_time, due_at);
}
