import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import type { Doorstep } from './doorstep.ts';
import { after } from './doorstep.ts';

/**
 * Tries that may be wrong (docs/decisions/0010-lock-out.md). Past the free ones of an hour each try
 * costs twice the waiting of the one before, up to the longest.
 */
type Budget = { free: number; longest_s: number };

const budgets = {
  pair: { free: limits.sign_in_pair_tries, longest_s: 900 },
  place: { free: limits.sign_in_place_tries, longest_s: 300 },
  login: { free: limits.sign_in_login_tries, longest_s: 60 },
  device: { free: limits.sign_in_device_tries, longest_s: 60 },
  second: { free: limits.second_step_tries, longest_s: 900 },
} as const satisfies Record<string, Budget>;

/** One thing that tries count against: which budget, and whose. */
export type Spent = readonly [kind: keyof typeof budgets, whose: string];

const windowMinutes = 60;

const hashOf = ([kind, whose]: Spent) =>
  createHash('sha256').update(`${kind} ${whose}`).digest() as Uint8Array;

/** Seconds until the next try, after so many in this hour. */
export function waitAfter({ free, longest_s }: Budget, tries: number): number {
  return tries <= free ? 0 : Math.min(longest_s, 2 ** Math.min(tries - free, 20));
}

/**
 * Counts one try against each, before it is known to be wrong: a thousand at once are a thousand.
 * Always in the order of pair, place, login, so that no two sign-ins wait for each other.
 * @throws identity.slow_down, with `retry_after_s`; then none of them was counted
 */
export async function spend(step: Doorstep, against: readonly Spent[]): Promise<void> {
  for (const spent of against) {
    const hash = hashOf(spent);
    const row = await countTry(step, hash);
    if (!row) throw await heldUntil(step, hash);
    const wait = waitAfter(budgets[spent[0]], row.tries);
    if (wait === 0) continue;
    await step.db
      .updateTable('sign_in_budget')
      .set({ next_at: after(step.now, wait / 60) })
      .where('budget_hash', '=', hash)
      .execute();
  }
}

/** One more try, unless the waiting is not over: then no row. */
function countTry({ db, now }: Doorstep, budget_hash: Uint8Array) {
  const forget_at = after(now, windowMinutes);
  return db
    .insertInto('sign_in_budget')
    .values({ budget_hash, tries: 1, next_at: now, forget_at })
    .onConflict((conflict) =>
      conflict
        .column('budget_hash')
        .doUpdateSet({
          tries: sql<number>`case when sign_in_budget.forget_at <= ${now}
            then 1 else sign_in_budget.tries + 1 end`,
          forget_at: sql<string>`case when sign_in_budget.forget_at <= ${now}
            then ${forget_at} else sign_in_budget.forget_at end`,
        })
        .where('sign_in_budget.next_at', '<=', now),
    )
    .returning('tries')
    .executeTakeFirst();
}

async function heldUntil({ db, now }: Doorstep, hash: Uint8Array) {
  const row = await db
    .selectFrom('sign_in_budget')
    .select('next_at')
    .where('budget_hash', '=', hash)
    .executeTakeFirst();
  const left_ms = Date.parse(row?.next_at ?? now) - Date.parse(now);
  const seconds = Math.max(1, Math.ceil(left_ms / 1_000));
  const held = fault('identity.slow_down', { seconds });
  held.retry_after_s = seconds;
  return held;
}

/**
 * Takes a try back that was right: only wrong ones count. What this client had wrong for this login
 * is forgotten; what a place had wrong is not, or a guesser would sign in to an own account between
 * two guesses.
 */
export async function forgive({ db }: Doorstep, against: readonly Spent[]): Promise<void> {
  for (const spent of against) {
    const [kind] = spent;
    if (kind === 'pair' || kind === 'device' || kind === 'second') {
      await db.deleteFrom('sign_in_budget').where('budget_hash', '=', hashOf(spent)).execute();
      continue;
    }
    await db
      .updateTable('sign_in_budget')
      .set({ tries: sql<number>`greatest(0, tries - 1)` })
      .where('budget_hash', '=', hashOf(spent))
      .execute();
  }
}

/** Clears away what has had its time, a little at each sign-in; what is in use is left alone. */
export async function sweep({ db, now }: Doorstep): Promise<void> {
  const past = sql.lit(limits.swept_rows);
  for (const [table, key, over] of [
    ['sign_in_budget', 'budget_hash', 'forget_at'],
    ['half_session', 'token_hash', 'expires_at'],
    ['challenge', 'challenge_hash', 'expires_at'],
    ['oidc_visit', 'ticket_hash', 'expires_at'],
    ['session', 'token_hash', 'expires_at'],
  ] as const) {
    await sql`delete from ${sql.table(table)} where ${sql.ref(key)} in (
      select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref(over)} < ${now}
      limit ${past} for update skip locked)`.execute(db);
  }
}
