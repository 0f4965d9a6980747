import type { z } from 'zod';
import { Fault, fault } from '../faults.ts';
import { forgive, type Spent, spend } from './budgets.ts';
import { faultOfHold } from './holds.ts';
import {
  askToRegister,
  type newPasskey,
  type Passkey,
  registerPasskey,
  removePasskey,
} from './passkeys.ts';
import { noteFactor, type Person, placeOfPerson } from './person.ts';
import {
  beginTotp,
  confirmTotp,
  countRecoveryCodes,
  dropFactors,
  hasFactor,
  holdAccount,
  makeRecoveryCodes,
  removeTotp,
} from './second-factors.ts';
import { logSecurity, type SecurityEvent } from './security-log.ts';
import { isFactorRequired } from './sign-in-policy.ts';

const note = (person: Person, kind: SecurityEvent['kind'], detail = '') =>
  logSecurity(person, { kind, user: person.user, at: placeOfPerson(person), detail });

const accountOf = (person: Person) =>
  person.db
    .selectFrom('user_account')
    .select(['id', 'login', 'name'])
    .where('id', '=', person.user)
    .executeTakeFirstOrThrow();

/** With the first factor come the codes for the day on which it is lost. */
async function codesWithFirst(person: Person): Promise<string[] | null> {
  if ((await countRecoveryCodes(person, person.user)) > 0) return null;
  await note(person, 'recovery_codes_made');
  return makeRecoveryCodes(person, person.user);
}

/**
 * Where no factor is left, recovery codes stand in for nothing.
 * @throws identity.last_factor where the party wants its people to have one
 */
async function endCodesWithLast(person: Person): Promise<void> {
  if (await hasFactor(person, person.user)) return;
  if (await isFactorRequired(person)) throw fault('identity.last_factor');
  await dropFactors(person, person.user);
}

/**
 * A session that is held for want of a factor sets up the first one: of two browsers that do so at
 * once the second has to show what the first has set up.
 * @throws identity.factor_unshown
 */
async function assertFirst(person: Person): Promise<void> {
  if (person.session.held !== 'no_factor') return;
  await holdAccount(person, person.user);
  if (await hasFactor(person, person.user)) throw faultOfHold('factor_not_shown');
}

/** @throws identity.no_secret_key, identity.totp_set */
export async function askNewTotp(person: Person) {
  return beginTotp(person, await accountOf(person));
}

export async function addTotp(person: Person, code: string) {
  await assertFirst(person);
  const budget: Spent = ['second', `new codes of ${person.user}`];
  await spend(person, [budget]);
  const wrong = await confirmTotp(person, person.user, code);
  if (wrong) return wrong;
  await forgive(person, [budget]);
  await noteFactor(person);
  await note(person, 'totp_added');
  return { recovery_codes: await codesWithFirst(person) };
}

/** @throws kernel.not_found, identity.last_factor */
export async function takeAwayTotp(person: Person): Promise<void> {
  await holdAccount(person, person.user);
  await removeTotp(person, person.user);
  await note(person, 'totp_removed');
  await endCodesWithLast(person);
}

/** @throws identity.no_factor */
export async function renewRecoveryCodes(person: Person): Promise<string[]> {
  if (!(await hasFactor(person, person.user))) throw fault('identity.no_factor');
  await note(person, 'recovery_codes_made');
  return makeRecoveryCodes(person, person.user);
}

/** @throws identity.no_origin, identity.too_many_passkeys */
export async function askNewPasskey(person: Person) {
  return askToRegister(person, await accountOf(person));
}

export async function addPasskey(
  person: Person,
  input: z.output<typeof newPasskey>,
): Promise<{ passkey: Passkey; recovery_codes: string[] | null } | Fault> {
  await assertFirst(person);
  const added = await registerPasskey(person, person.user, input);
  if (added instanceof Fault) return added;
  await noteFactor(person);
  await note(person, 'passkey_added', added.name);
  return { passkey: added, recovery_codes: await codesWithFirst(person) };
}

/** @throws kernel.not_found, identity.last_factor */
export async function takeAwayPasskey(person: Person, id: string): Promise<void> {
  await holdAccount(person, person.user);
  await note(person, 'passkey_removed', await removePasskey(person, person.user, id));
  await endCodesWithLast(person);
}
