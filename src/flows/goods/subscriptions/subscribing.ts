import type { Tx } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { getQuery, queryIn } from '../repository/named-queries.ts';
import { refuseUnsubscribable } from './read-subscription.ts';
import {
  createSubscription,
  dropSubscription,
  getSubscription,
  type NewSubscription,
  type Subscription,
  tokenOf,
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
 * Subscribes anew where a subscription was stopped, so that nothing is missed in between: from the
 * oldest event on that may not have been sent, with the same receiver, secret and times.
 * @throws goods.subscription_unknown, goods.subscription_active
 */
export async function renewSubscription(tx: Tx, id: string): Promise<Subscription> {
  const stopped = await getSubscription(tx, null, id);
  if (stopped.state === 'active') throw fault('goods.subscription_active');
  const { query_name, dest, report_if_empty, schedule, epc_format } = stopped;
  const signature_token = await tokenOf(tx, stopped.id);
  await dropSubscription(tx, query_name, stopped.id);
  return subscribe(tx, query_name, {
    ...{ dest, report_if_empty, schedule, epc_format, signature_token },
    initial_record_time: stopped.min_record_time,
  });
}
