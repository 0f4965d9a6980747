import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { shortText, uuid } from '../schema.ts';
import { refuseGuessable } from './guessable.ts';
import { ownNames } from './parties.ts';
import { type SeatRole, seatRoles } from './permissions.ts';

export const password = z.string().min(limits.password_chars_min).max(limits.password_chars_max);
export const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._@+-]{2,99}$/,
    '登录名用小写字母、数字或邮箱|use letters, digits or an e-mail address',
  );
export const seatRole = z.enum(seatRoles);

export const person = z
  .object({
    id: uuid,
    login: z.string(),
    name: z.string(),
    role: seatRole,
    ended: z.boolean(),
  })
  .meta({ id: 'Person' });
export type Person = z.output<typeof person>;

export const newPerson = z.object({ login, name: shortText, password, role: seatRole });
export type NewPerson = z.input<typeof newPerson>;

/** argon2id with 19 MiB, 2 passes, 1 lane: the first choice of OWASP's password storage sheet. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords are hashed before a transaction opens: the hash takes as long as fifty statements. */
export async function hashPassword(text: string): Promise<string> {
  return hash(text, argon);
}

/** Gives a person a seat in the actor's party. @throws identity.login_taken */
export async function seatPerson(
  tx: Tx,
  input: {
    login: string;
    name: string;
    password_hash: string;
    role: SeatRole;
    /** Somebody else chose the password: the first sign-in asks for another. */
    password_due?: boolean;
  },
): Promise<Person> {
  const id = tx.newId();
  const { role, password_due = false, ...account } = input;
  const done = await tx.db
    .insertInto('user_account')
    .values({ id, ...account, password_due, locale: 'zh', created_at: tx.now, disabled_at: null })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) {
    throw fault('identity.login_taken', { login: input.login });
  }
  await addSeat(tx, id, role);
  return { id, login: input.login, name: input.name, role, ended: false };
}

/**
 * Gives a person a seat with a password that whoever adds them chose, good until the first sign-in
 * has changed it.
 * @throws identity.login_taken, identity.password_guessable
 */
export async function addPerson(
  tx: Tx,
  { password: text, ...account }: z.output<typeof newPerson>,
): Promise<Person> {
  const { login, name } = account;
  await refuseGuessable(text, [login, name, ...(await ownNames(tx))]);
  const password_hash = await hashPassword(text);
  return seatPerson(tx, { ...account, password_hash, password_due: true });
}

async function addSeat(tx: Tx, user: string, role: SeatRole): Promise<void> {
  const party = tx.actor.party;
  tx.append('seat', [
    {
      chain_id: tx.chain,
      user_id: user,
      party_id: party,
      role,
      given_at: tx.now,
      ended_at: null,
    },
  ]);
  tx.append('user_chain', [{ user_id: user, seat_chain_id: tx.chain, seat_party_id: party }]);
}

/** Gives somebody who has an account already a seat in the actor's party too. */
export async function seatKnownPerson(tx: Tx, knownLogin: string, role: SeatRole): Promise<void> {
  const user = await tx.db
    .selectFrom('user_account')
    .select('id')
    .where('login', '=', knownLogin)
    .executeTakeFirst();
  if (!user) throw fault('kernel.not_found');
  await addSeat(tx, user.id, role);
}

/** The people with a seat in the actor's party. */
export async function listPeople(tx: Tx): Promise<Person[]> {
  const rows = await tx.db
    .selectFrom('seat')
    .innerJoin('user_account as u', 'u.id', 'seat.user_id')
    .select(['u.id', 'u.login', 'u.name', 'seat.role', 'seat.ended_at'])
    .select('u.disabled_at')
    .where('seat.chain_id', '=', tx.chain)
    .where('seat.party_id', '=', tx.actor.party)
    .orderBy('u.login')
    .limit(limits.page_rows)
    .execute();
  return rows.map(({ ended_at, role, disabled_at, ...row }) => ({
    ...row,
    // Of who was erased no login is left, only what keeps it unlike any other.
    login: disabled_at === null ? row.login : '',
    role: role as SeatRole,
    ended: ended_at !== null,
  }));
}

/** Holds the party's seats until the transaction ends: of two who leave, one sees the other go. */
async function holdSeats(tx: Tx): Promise<void> {
  await tx.db
    .selectFrom('seat')
    .select('user_id')
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .orderBy('user_id')
    .forUpdate()
    .execute();
}

/**
 * Whether a party would be left with people and nobody to lead them. The party's seats are held
 * until the transaction ends.
 */
export async function leavesNobody(tx: Tx, leaving: string): Promise<boolean> {
  await holdSeats(tx);
  const { people, admins } = await tx.db
    .selectFrom('seat')
    .select(({ fn }) => [
      fn.countAll<bigint>().as('people'),
      fn.countAll<bigint>().filterWhere('role', '=', 'admin').as('admins'),
    ])
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('user_id', '<>', leaving)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return people > 0n && admins === 0n;
}

/** Ends a seat at once. @throws kernel.not_found, identity.last_admin */
export async function endSeat(tx: Tx, user: string): Promise<void> {
  await holdSeats(tx);
  const seat = await tx.db
    .selectFrom('seat')
    .select('role')
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  if (!seat) throw fault('kernel.not_found');
  if (seat.role === 'admin' && !(await hasOtherAdmin(tx, user))) throw fault('identity.last_admin');
  tx.write(
    tx.db
      .updateTable('seat')
      .set({ ended_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('party_id', '=', tx.actor.party)
      .where('user_id', '=', user),
  );
}

async function hasOtherAdmin(tx: Tx, user: string): Promise<boolean> {
  const other = await tx.db
    .selectFrom('seat')
    .select('user_id')
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('user_id', '<>', user)
    .where('role', '=', 'admin')
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

let decoy: Promise<string> | undefined;

/**
 * Whether a password is the one that was hashed. Where there is no account (null), it takes as long
 * as a wrong password: an answer's time tells nobody which logins there are.
 */
export async function verifyPassword(hashed: string | null, text: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const right = await verify(hashed ?? (await decoy), text);
  return right && hashed !== null;
}
