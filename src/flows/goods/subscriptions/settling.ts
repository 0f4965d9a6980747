import {
  limits,
  nextAttempt,
  noteSharedAccess,
  type Outcome,
  readRetryAfter,
  recordFact,
  type Tx,
} from '../../../kernel/index.ts';
import { passOver } from './arrivals.ts';
import { switchOff } from './subscriptions.ts';
import { endRun, markEvents, type Taken } from './taking.ts';

const [taken200, gone, tooLarge] = [200, 410, 413];
const DAY_MS = 86_400_000;

/**
 * Writes down what became of an attempt. Whoever has lost the lease meanwhile writes it all the
 * same: it did happen; a subscription that was removed or settled meanwhile is not touched.
 */
export async function settle(tx: Tx, taken: Taken, outcome: Outcome): Promise<void> {
  if (outcome.error === null) return settleTaken(tx, taken, outcome.status);
  if (outcome.status === tooLarge && taken.kind === 'events') return shrink(tx, taken);
  const since = await noteFailure(tx, taken, outcome);
  if (since === null) return;
  const long_ago = Date.parse(tx.now) - limits.webhook_failing_days * DAY_MS;
  if (outcome.status === gone) await switchOff(tx, taken.reach.id, 'gone');
  else if (Date.parse(since) <= long_ago) await switchOff(tx, taken.reach.id, 'failing');
}

const ofTaken = (tx: Tx, { reach, attempts }: Taken) =>
  tx.db
    .updateTable('query_subscription')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', reach.id)
    // Begun again meanwhile it has another one: what was sent before moves it no further.
    .where('initial_record_time', '=', reach.initial_record_time)
    .where('attempts', '=', attempts);

/** `lastNotifiedAt` is when the receiver last "responded with a 200 OK" (REST binding). */
async function settleTaken(tx: Tx, taken: Taken, status: number | null): Promise<void> {
  const { kind, reach, event_ids, next_run_at } = taken;
  const most = limits.epcis_subscription_events;
  const row = await ofTaken(tx, taken)
    .set(({ eb, fn, val }) => ({
      attempts: 0,
      failing_since: null,
      run_documents: eb('run_documents', '+', 1),
      // One more each time: a receiver whose limit was met is not asked beyond it at every turn.
      ...(kind === 'events'
        ? { batch_events: fn<number>('least', [val(most), eb('batch_events', '+', 1)]) }
        : {}),
      ...(status === taken200 ? { last_notified_at: tx.now } : {}),
    }))
    .returning('id')
    .executeTakeFirst();
  if (!row) return;
  if (kind === 'events') {
    markEvents(tx, reach.id, event_ids, 'sent');
    await noteSharedAccess(tx, 'epcis.subscription', ['shipments'], () => taken.shows);
    return;
  }
  if (taken.is_too_large) await passOver(tx, reach, taken.taken_at);
  endRun(tx, reach.id, next_run_at);
}

/** Half as many the next time; one event that is too large by itself is set aside, and said. */
async function shrink(tx: Tx, taken: Taken): Promise<void> {
  const { reach, event_ids } = taken;
  const half = Math.max(1, Math.floor(event_ids.length / 2));
  const row = await ofTaken(tx, taken)
    .set({ batch_events: half, attempts: 0, failing_since: null })
    .returning('query_name')
    .executeTakeFirst();
  if (!row || event_ids.length > 1) return;
  markEvents(tx, reach.id, event_ids, 'too_large');
  await recordFact(tx, {
    type: 'goods.subscription.event_set_aside',
    subject: reach.id,
    parties: [tx.actor.party],
    body: { event_id: event_ids[0], query_name: row.query_name },
  });
}

/** Since when it has failed; null where it is not there any more. */
async function noteFailure(tx: Tx, taken: Taken, outcome: Outcome): Promise<string | null> {
  const clock = { now: () => new Date(tx.now), random: tx.random };
  const asked_s = readRetryAfter(outcome.retry_after, clock.now());
  const attempts = taken.attempts + 1;
  // Behind the last one once a day: nothing is set aside for a receiver's fault.
  const again = nextAttempt(clock, attempts, asked_s) ?? new Date(Date.parse(tx.now) + DAY_MS);
  const row = await ofTaken(tx, taken)
    .set(({ fn, ref, val }) => ({
      attempts,
      failing_since: fn.coalesce(ref('failing_since'), val(tx.now)),
      due_at: again.toISOString(),
    }))
    .where('state', '=', 'active')
    .returning('failing_since')
    .executeTakeFirst();
  return row ? (row.failing_since ?? tx.now) : null;
}
