import type { z } from 'zod';
import { Fault, fault } from '../faults.ts';
import { forgive, type Spent, spend } from './budgets.ts';
import {
  askToRegister,
  type newPasskey,
  type Passkey,
  registerPasskey,
  removePasskey,
} from './passkeys.ts';
import { type Person, placeOfPerson } from './person.ts';
import {
  beginTotp,
  confirmTotp,
  countRecoveryCodes,
  dropFactors,
  makeRecoveryCodes,
  removeTotp,
  secondWaysOf,
} from './second-factors.ts';
import { logSecurity, type SecurityEvent } from './security-log.ts';

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

/** Where no factor is left, recovery codes stand in for nothing. */
async function endCodesWithLast(person: Person): Promise<void> {
  if ((await secondWaysOf(person, person.user)).length === 0) {
    await dropFactors(person, person.user);
  }
}

/** @throws identity.no_secret_key, identity.totp_set */
export async function askNewTotp(person: Person) {
  return beginTotp(person, await accountOf(person));
}

export async function addTotp(person: Person, code: string) {
  const budget: Spent = ['second', `new codes of ${person.user}`];
  await spend(person, [budget]);
  const wrong = await confirmTotp(person, person.user, code);
  if (wrong) return wrong;
  await forgive(person, [budget]);
  await note(person, 'totp_added');
  return { recovery_codes: await codesWithFirst(person) };
}

/** @throws kernel.not_found */
export async function takeAwayTotp(person: Person): Promise<void> {
  await removeTotp(person, person.user);
  await note(person, 'totp_removed');
  await endCodesWithLast(person);
}

/** @throws identity.no_factor */
export async function renewRecoveryCodes(person: Person): Promise<string[]> {
  if ((await secondWaysOf(person, person.user)).length === 0) throw fault('identity.no_factor');
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
  const added = await registerPasskey(person, person.user, input);
  if (added instanceof Fault) return added;
  await note(person, 'passkey_added', added.name);
  return { passkey: added, recovery_codes: await codesWithFirst(person) };
}

/** @throws kernel.not_found */
export async function takeAwayPasskey(person: Person, id: string): Promise<void> {
  await note(person, 'passkey_removed', await removePasskey(person, person.user, id));
  await endCodesWithLast(person);
}
