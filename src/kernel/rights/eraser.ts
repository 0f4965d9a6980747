import { asSealer } from '../db/as-sealer.ts';
import { isLost } from '../db/lost.ts';
import { type Store, type Tx, withTx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { forgetDevices } from '../identity/devices.ts';
import { atDoor, type Doorstep } from '../identity/doorstep.ts';
import { leavesNobody } from '../identity/people.ts';
import { dropFactors } from '../identity/second-factors.ts';
import { logSecurity } from '../identity/security-log.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';

const nobody = { address: '', agent: '', device: null, origin: null };
type Seat = { chain: string; zone: string; party: string };

/** No person has this: a login has no colon. */
const erasedLogin = (user: string) => `erased:${user}`;
const outside = <T>(store: Store, work: (step: Doorstep) => Promise<T>) =>
  atDoor({ store, visit: nobody }, work);

/** Whose time has come; those that nothing holds up go first. */
async function dueAccounts(store: Store): Promise<string[]> {
  const rows = await outside(store, ({ db, now }) =>
    db
      .selectFrom('account_erasure')
      .select('user_id')
      .where('erased_at', 'is', null)
      .where('due_at', '<=', now)
      .orderBy('blocked_party_id', (order) => order.asc().nullsFirst())
      .orderBy('due_at')
      .orderBy('user_id')
      .limit(limits.erasures_at_once)
      .execute(),
  );
  return rows.map((row) => row.user_id);
}

async function seatsOf(store: Store, user: string): Promise<Seat[]> {
  return outside(store, ({ db }) =>
    db
      .selectFrom('user_chain as s')
      .innerJoin('chain as c', 'c.id', 's.seat_chain_id')
      .select(['c.id as chain', 'c.zone', 's.seat_party_id as party'])
      .where('s.user_id', '=', user)
      .execute(),
  );
}

function atSeat<T>(store: Store, user: string, seat: Seat, work: (tx: Tx) => Promise<T>) {
  const { chain, zone, party } = seat;
  const actor = { party, user, key: null, roles: [], permissions: [], reads: {} };
  return withTx(store, { chain, zone, actor }, work);
}

/** Ends a seat, unless the firm would have people and nobody to lead them; says whether it did. */
const giveUpSeat = (store: Store, user: string, seat: Seat) =>
  atSeat(store, user, seat, async (tx) => {
    if (await leavesNobody(tx, user)) return false;
    const done = await tx.db
      .updateTable('seat')
      .set({ ended_at: tx.now })
      .where('chain_id', '=', seat.chain)
      .where('party_id', '=', seat.party)
      .where('user_id', '=', user)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (done.numUpdatedRows > 0n) {
      await logSecurity(tx, { kind: 'account_erased', user, at: seat });
    }
    return true;
  });

async function firstThatNeedsThem(store: Store, user: string, seats: readonly Seat[]) {
  for (const seat of seats) {
    if (await atSeat(store, user, seat, (tx) => leavesNobody(tx, user))) return seat;
  }
  return undefined;
}

const block = (store: Store, user: string, { chain, party }: Seat) =>
  outside(store, ({ db }) =>
    db
      .updateTable('account_erasure')
      .set({ blocked_chain_id: chain, blocked_party_id: party })
      .where('user_id', '=', user)
      .execute(),
  );

/** From here on it is not taken back; says whether it still stood. */
async function begin(store: Store, user: string): Promise<boolean> {
  const done = await outside(store, ({ db, now }) =>
    db
      .updateTable('account_erasure')
      .set({ begun_at: now, blocked_chain_id: null, blocked_party_id: null })
      .where('user_id', '=', user)
      .where('erased_at', 'is', null)
      .executeTakeFirst(),
  );
  return done.numUpdatedRows > 0n;
}

/** Names that the person gave to things stand in the log of their ways in. */
const clearNames = (store: Store, user: string) =>
  asSealer(store.database, null, (db) =>
    db
      .updateTable('security_event')
      .set({ detail: '' })
      .where('user_id', '=', user)
      .where('kind', 'in', [
        'passkey_added',
        'passkey_removed',
        'provider_added',
        'provider_removed',
      ])
      .execute(),
  );

/** Every row that says who it was, in one transaction. The number alone stays, in facts. */
async function forget({ db, now }: Doorstep, user: string): Promise<void> {
  await dropFactors({ db }, user);
  await forgetDevices({ db }, user);
  for (const table of ['oidc_link', 'session', 'half_session', 'challenge'] as const) {
    await db.deleteFrom(table).where('user_id', '=', user).execute();
  }
  await db.deleteFrom('user_chain').where('user_id', '=', user).execute();
  await db
    .updateTable('user_account')
    .set({ login: erasedLogin(user), name: '', password_hash: '', disabled_at: now })
    .where('id', '=', user)
    .execute();
  await db
    .updateTable('account_erasure')
    .set({ erased_at: now })
    .where('user_id', '=', user)
    .execute();
}

/**
 * Erases one account, or says on its request in which firm somebody has to take over first. Each
 * firm is a transaction of its own: cut in between, the next run goes on where this one was.
 */
async function erase(store: Store, user: string): Promise<boolean> {
  const seats = await seatsOf(store, user);
  const needy = await firstThatNeedsThem(store, user, seats);
  if (needy) {
    await block(store, user, needy);
    return false;
  }
  if (!(await begin(store, user))) return false;
  for (const seat of seats) {
    if (await giveUpSeat(store, user, seat)) continue;
    await block(store, user, seat);
    return false;
  }
  await clearNames(store, user);
  await outside(store, (step) => forget(step, user));
  return true;
}

/** Erases the accounts whose time has come, each for itself; returns how many. */
export async function eraseDueAccounts(store: Store, log?: Logger): Promise<number> {
  let erased = 0;
  for (const user of await dueAccounts(store)) {
    try {
      if (await erase(store, user)) erased++;
    } catch (error) {
      if (isLost(error) || !log) throw error;
      log.error({ error, user }, 'an account could not be erased; it is tried again');
    }
  }
  return erased;
}

/**
 * Erases a person at once, by the hand of whoever runs the installation: who was let go by a firm
 * cannot sign in to ask for it, and a restored backup brings back who was erased since.
 * @returns whether it is done; false where a firm has nobody else to lead it
 * @throws identity.login_unknown
 */
export async function eraseByHand(store: Store, login: string): Promise<boolean> {
  const user = await outside(store, async ({ db, now }) => {
    const account = await db
      .selectFrom('user_account')
      .select('id')
      .where('login', '=', login.trim().toLowerCase())
      .executeTakeFirst();
    if (!account) throw fault('identity.login_unknown', { login });
    await db
      .insertInto('account_erasure')
      .values({ user_id: account.id, asked_at: now, due_at: now })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ due_at: now }))
      .execute();
    return account.id;
  });
  return erase(store, user);
}
