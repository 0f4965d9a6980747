import { type Store, withTx } from '../db/tx.ts';
import { forgetDevices } from '../identity/devices.ts';
import { atDoor, type Doorstep } from '../identity/doorstep.ts';
import { holdSeats, listPeople } from '../identity/people.ts';
import { dropFactors } from '../identity/second-factors.ts';
import { logSecurity } from '../identity/security-log.ts';
import { limits } from '../limits.ts';
import { leavesNobody } from './erasure.ts';

const nobody = { address: '', agent: '', device: null, origin: null };
type Seat = { chain: string; zone: string; party: string };

/** No person has this: it is longer than a login may be. */
const erasedLogin = (user: string) => `erased:${user}`;

async function dueAccounts(store: Store): Promise<string[]> {
  const rows = await atDoor({ store, visit: nobody }, ({ db, now }) =>
    db
      .selectFrom('account_erasure')
      .select('user_id')
      .where('erased_at', 'is', null)
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(limits.swept_rows)
      .execute(),
  );
  return rows.map((row) => row.user_id);
}

async function seatsOf(store: Store, user: string): Promise<Seat[]> {
  return atDoor({ store, visit: nobody }, ({ db }) =>
    db
      .selectFrom('user_chain as s')
      .innerJoin('chain as c', 'c.id', 's.seat_chain_id')
      .select(['c.id as chain', 'c.zone', 's.seat_party_id as party'])
      .where('s.user_id', '=', user)
      .execute(),
  );
}

/** Ends a seat where the firm can spare it; says whether it can. */
async function giveUpSeat(store: Store, user: string, seat: Seat): Promise<boolean> {
  const { chain, zone, party } = seat;
  const actor = { party, user, key: null, roles: [], permissions: [], reads: {} };
  return withTx(store, { chain, zone, actor }, async (tx) => {
    await holdSeats(tx);
    const people = await listPeople(tx);
    if (leavesNobody(people, user)) return false;
    const done = await tx.db
      .updateTable('seat')
      .set({ ended_at: tx.now })
      .where('chain_id', '=', chain)
      .where('party_id', '=', party)
      .where('user_id', '=', user)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (done.numUpdatedRows > 0n) {
      await logSecurity(tx, { kind: 'account_erased', user, at: { chain, party } });
    }
    return true;
  });
}

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
    .set({ erased_at: now, blocked_chain_id: null, blocked_party_id: null })
    .where('user_id', '=', user)
    .execute();
}

/** Erases one account, or says on its request in which firm somebody has to take over first. */
async function erase(store: Store, user: string): Promise<boolean> {
  // Each firm is a transaction of its own: cut in between, the next run goes on where this one was.
  for (const seat of await seatsOf(store, user)) {
    if (await giveUpSeat(store, user, seat)) continue;
    await atDoor({ store, visit: nobody }, ({ db }) =>
      db
        .updateTable('account_erasure')
        .set({ blocked_chain_id: seat.chain, blocked_party_id: seat.party })
        .where('user_id', '=', user)
        .execute(),
    );
    return false;
  }
  await atDoor({ store, visit: nobody }, (step) => forget(step, user));
  return true;
}

/** Erases the accounts whose time has come; returns how many. */
export async function eraseDueAccounts(store: Store): Promise<number> {
  let erased = 0;
  for (const user of await dueAccounts(store)) if (await erase(store, user)) erased++;
  return erased;
}
