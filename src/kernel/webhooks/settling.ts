import type { Clock } from '../clock.ts';
import type { Tx } from '../db/tx.ts';
import { after } from '../identity/doorstep.ts';
import { limits } from '../limits.ts';
import { recordFact } from '../trust/facts.ts';
import type { SendError } from './messages.ts';
import { nextAttempt, readRetryAfter } from './schedule.ts';
import type { Lease, Taken } from './taking.ts';
import { logWebhook, type Webhook } from './webhooks.ts';

/** What became of one attempt; `error` is null where it was taken. */
export type Outcome = {
  error: SendError | null;
  status: number | null;
  excerpt: string | null;
  /** What the header of that name said. */
  retry_after: string | null;
};

const gone = 410;

/**
 * Writes down what became of an attempt. Whoever has lost the lease meanwhile writes it all the
 * same: it did happen; a message that was queued anew or removed meanwhile is not touched.
 */
export async function settle(tx: Tx, lease: Lease, taken: Taken, outcome: Outcome): Promise<void> {
  const fails = outcome.error !== null;
  const since = await noteHealth(tx, lease, taken, fails);
  if (since === null) return;
  const { id, kind, attempts } = taken.message;
  const clock: Clock = { now: () => new Date(tx.now), random: tx.random };
  const asked_s = readRetryAfter(outcome.retry_after, clock.now());
  const again = fails && kind === 'fact' ? nextAttempt(clock, attempts + 1, asked_s) : null;
  const state = !fails ? 'delivered' : again ? 'waiting' : 'dead';
  tx.write(
    tx.db
      .updateTable('webhook_message')
      .set({
        state,
        attempts: attempts + 1,
        last_at: tx.now,
        last_status: outcome.status,
        last_error: outcome.error,
        last_excerpt: outcome.excerpt,
        done_at: again ? null : tx.now,
        ...(again ? { next_at: again.toISOString() } : {}),
      })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('attempts', '=', attempts),
  );
  if (!fails || kind !== 'fact') return;
  if (outcome.status === gone) await switchOff(tx, lease.webhook, 'gone');
  else if (since <= after(tx.now, -limits.webhook_failing_days * 24 * 60)) {
    await switchOff(tx, lease.webhook, 'failing');
  }
}

/** Since when the webhook has failed; null where it was removed. */
async function noteHealth(
  tx: Tx,
  lease: Lease,
  { message }: Taken,
  fails: boolean,
): Promise<string | null> {
  const isFact = message.kind === 'fact';
  const row = await tx.db
    .updateTable('webhook')
    .set(({ fn, ref, val }) => ({
      // A test that fails is no news about what facts come to.
      failing_since: !fails
        ? null
        : isFact
          ? fn.coalesce(ref('failing_since'), val(tx.now))
          : ref('failing_since'),
    }))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', lease.webhook)
    .returning('failing_since')
    .executeTakeFirst();
  return row ? (row.failing_since ?? tx.now) : null;
}

/**
 * Stops a webhook and tells its owner: in the party's security log, and by a fact that the party's
 * other webhooks, its stream and its list show. What waits stays, for when it is switched on again.
 */
export async function switchOff(
  tx: Tx,
  id: string,
  off_reason: NonNullable<Webhook['off_reason']>,
): Promise<void> {
  const row = await tx.db
    .updateTable('webhook')
    .set({ state: 'off', off_reason })
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .where('state', '=', 'active')
    .returning('url')
    .executeTakeFirst();
  if (!row) return;
  await recordFact(tx, {
    type: 'kernel.webhook.switched_off',
    subject: id,
    parties: [tx.actor.party],
    body: { reason: off_reason },
  });
  await logWebhook(tx, 'webhook_switched_off', row.url);
}
