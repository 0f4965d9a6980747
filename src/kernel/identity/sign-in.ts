import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Bytes } from '../clock.ts';
import { type Fault, fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { forgive, type Spent, spend } from './budgets.ts';
import { isKnownDevice } from './devices.ts';
import { after, atDoor, type Caller, type Doorstep } from './doorstep.ts';
import { askForPasskey, takePasskey, webauthnResponse } from './passkeys.ts';
import { verifyPassword } from './people.ts';
import { type SecondWay, secondWaysOf, takeCode, takeRecoveryCode } from './second-factors.ts';
import { logSecurity } from './security-log.ts';
import { openSession } from './sessions.ts';
import { placeOf } from './visit.ts';

/** Signed in, or half way there: a ticket that is worth nothing but the second step. */
export type Entered =
  | { user: string; token: string }
  | { user: string; ticket: string; ways: SecondWay[] };

/** One of the things that a second step, or a proof, can be shown with. */
export const shownFactor = z.union([
  z.object({ code: z.string().min(6).max(20) }).strict(),
  z.object({ recovery_code: z.string().min(16).max(40) }).strict(),
  z.object({ passkey: webauthnResponse }).strict(),
]);
export type ShownFactor = z.output<typeof shownFactor>;

const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest() as Uint8Array;

/** Against whom a try at a password counts: a browser that was here before counts for itself. */
function passwordBudgets({ visit }: Caller, login: string, known: boolean): Spent[] {
  if (known) return [['device', `${login} ${visit.device}`]];
  const place = placeOf(visit.address);
  return [
    ['pair', `${login} ${place}`],
    ['place', place],
    ['login', login],
  ];
}

/**
 * The first step. Known or not, a login costs the same work and gets the same answers.
 * @throws kernel.wrong_password, identity.slow_down, identity.no_seat
 */
export async function signIn(caller: Caller, name: string, password: string): Promise<Entered> {
  const login = name.trim().toLowerCase();
  const { account, budgets } = await atDoor(caller, async (step) => {
    const found = await step.db
      .selectFrom('user_account')
      .select(['id', 'password_hash'])
      .where('login', '=', login)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    const against = passwordBudgets(caller, login, await isKnownDevice(step, found?.id ?? null));
    await spend(step, against);
    return { account: found, budgets: against };
  });
  const right = await verifyPassword(account?.password_hash ?? null, password);
  if (!account || !right) {
    await atDoor(caller, (step) => noteFailure(step, account?.id ?? null, 'sign_in_failed'));
    throw fault('kernel.wrong_password');
  }
  const half = await atDoor(caller, async (step) => {
    await forgive(step, budgets);
    const ways = await secondWaysOf(step, account.id);
    return ways.length === 0
      ? null
      : { ways, ticket: await openHalf(step, account.id, 'password') };
  });
  if (half) return { user: account.id, ...half };
  return { user: account.id, token: await openSession(caller, account.id, { way: 'password' }) };
}

/** A failure of nobody is written too, to nobody: both answers take the same work. */
async function noteFailure(
  step: Doorstep,
  user: string | null,
  kind: 'sign_in_failed' | 'second_step_failed',
): Promise<void> {
  if (user) return logSecurity(step, { kind, user });
  await step.db
    .selectFrom('security_event')
    .select('id')
    .where('user_id', '=', step.newId())
    .execute();
}

/** @param first what the first step was shown with, for the log */
export async function openHalf(
  step: Doorstep,
  user: string,
  first: 'password' | 'provider',
): Promise<string> {
  const bytes = step.random(new Uint8Array(32) as Bytes);
  const ticket = Buffer.from(bytes).toString('base64url');
  await step.db
    .insertInto('half_session')
    .values({
      token_hash: hashOf(ticket),
      user_id: user,
      first,
      tries_left: limits.half_session_tries,
      expires_at: after(step.now, limits.half_session_minutes),
    })
    .execute();
  return ticket;
}

/** Uses one of a ticket's tries. @throws identity.ticket_over */
async function useTicket(step: Doorstep, ticket: string): Promise<{ user: string; first: string }> {
  const row = await step.db
    .updateTable('half_session')
    .set((eb) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('token_hash', '=', hashOf(ticket))
    .where('tries_left', '>', 0)
    .where('expires_at', '>', step.now)
    .returning(['user_id as user', 'first'])
    .executeTakeFirst();
  if (!row) throw fault('identity.ticket_over');
  return row;
}

/**
 * Shows a factor. Tries count against the person (or the browser that they used before), whichever
 * ticket they come with: whoever has the password has no more of them.
 * @returns how it was shown, or a fault: then what was used up stays used up
 * @throws identity.slow_down
 */
export async function showFactor(
  step: Doorstep,
  user: string,
  shown: ShownFactor,
  purpose: 'second_step' | 'prove',
): Promise<SecondWay | Fault> {
  const known = await isKnownDevice(step, user);
  const budget: Spent = ['second', known ? `${user} ${step.visit.device}` : user];
  // A passkey cannot be guessed: nobody who has one waits for somebody else's guesses.
  if (!('passkey' in shown)) await spend(step, [budget]);
  const way = await wayShown(step, user, shown, purpose);
  if (way) {
    await forgive(step, [budget]);
    return way;
  }
  await logSecurity(step, { kind: 'second_step_failed', user });
  return fault('passkey' in shown ? 'identity.passkey_refused' : 'identity.wrong_code');
}

async function wayShown(
  step: Doorstep,
  user: string,
  shown: ShownFactor,
  purpose: 'second_step' | 'prove',
): Promise<SecondWay | null> {
  if ('code' in shown) return (await takeCode(step, user, shown.code)) ? 'totp' : null;
  if ('recovery_code' in shown) {
    const taken = await takeRecoveryCode(step, user, shown.recovery_code);
    return taken ? 'recovery_code' : null;
  }
  return (await takePasskey(step, purpose, user, shown.passkey)) ? 'passkey' : null;
}

/**
 * The second step. @throws identity.ticket_over, identity.wrong_code, identity.passkey_refused,
 * identity.slow_down, identity.no_seat
 */
export async function goOn(caller: Caller, ticket: string, shown: ShownFactor) {
  const { user, first, way } = await atDoor(caller, async (step) => {
    const known = await useTicket(step, ticket);
    const found = await showFactor(step, known.user, shown, 'second_step');
    if (typeof found === 'string') {
      await step.db.deleteFrom('half_session').where('token_hash', '=', hashOf(ticket)).execute();
    }
    return { ...known, way: found };
  });
  if (typeof way !== 'string') throw way;
  const opened = { way: `${first}, ${way}`, factor: true };
  return { user, token: await openSession(caller, user, opened) };
}

/** @throws identity.ticket_over, identity.no_origin */
export async function askSecondPasskey(caller: Caller, ticket: string) {
  return atDoor(caller, async (step) => {
    const row = await step.db
      .selectFrom('half_session')
      .select('user_id')
      .where('token_hash', '=', hashOf(ticket))
      .where('tries_left', '>', 0)
      .where('expires_at', '>', step.now)
      .executeTakeFirst();
    if (!row) throw fault('identity.ticket_over');
    return askForPasskey(step, 'second_step', row.user_id);
  });
}

/** @throws identity.no_origin */
export const askPasskey = (caller: Caller) =>
  atDoor(caller, (step) => askForPasskey(step, 'sign_in', null));

/**
 * A passkey alone: it is something that one has, opened by something that one is or knows.
 * @throws identity.passkey_refused, identity.no_origin, identity.no_seat
 */
export async function signInByPasskey(caller: Caller, response: z.output<typeof webauthnResponse>) {
  const user = await atDoor(caller, async (step) => {
    const found = await takePasskey(step, 'sign_in', null, response);
    if (!found) return null;
    const live = await step.db
      .selectFrom('user_account')
      .select('id')
      .where('id', '=', found.user)
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    return live?.id ?? null;
  });
  if (!user) throw fault('identity.passkey_refused');
  const opened = { way: 'passkey', factor: true };
  return { user, token: await openSession(caller, user, opened) };
}
