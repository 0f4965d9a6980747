import { createHash } from 'node:crypto';
import type { Bytes } from '../clock.ts';
import { type Fault, fault } from '../faults.ts';
import { limits } from '../limits.ts';
import type { Doorstep } from './doorstep.ts';
import { logSecurity } from './security-log.ts';
import { base32, secretBytes, stepOf, totpUri } from './totp.ts';

export const secondWays = ['totp', 'passkey', 'recovery_code'] as const;
export type SecondWay = (typeof secondWays)[number];

/** The ways in which this person's second step can be gone; none where no factor is set. */
export async function secondWaysOf(
  { db }: Pick<Doorstep, 'db'>,
  user: string,
): Promise<SecondWay[]> {
  const totp = await db
    .selectFrom('totp')
    .select('user_id')
    .where('user_id', '=', user)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  const passkey = await db
    .selectFrom('passkey')
    .select('id')
    .where('user_id', '=', user)
    .limit(1)
    .executeTakeFirst();
  const ways: SecondWay[] = [];
  if (totp) ways.push('totp');
  if (passkey) ways.push('passkey');
  if (ways.length > 0 && (await countRecoveryCodes({ db }, user)) > 0) ways.push('recovery_code');
  return ways;
}

/** Whether a person has a factor, asked inside of another statement. @param user who, in SQL */
export const hasFactorSql = (user: string) =>
  `(exists (select 1 from totp where totp.user_id = ${user} and totp.confirmed_at is not null)
      or exists (select 1 from passkey where passkey.user_id = ${user}))`;

export const hasFactor = async (step: Pick<Doorstep, 'db'>, user: string) =>
  (await secondWaysOf(step, user)).length > 0;

/** Keeps a person's factors as they are for the others who count them, until all is done. */
export async function holdAccount({ db }: Doorstep, user: string): Promise<void> {
  await db
    .selectFrom('user_account')
    .select('id')
    .where('id', '=', user)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

const sealedFor = (user: string) => `totp of ${user}`;

/**
 * Begins with codes: a fresh secret, given here once, worth nothing until a code confirms it.
 * @throws identity.no_secret_key, identity.totp_set
 */
export async function beginTotp(
  step: Doorstep,
  user: { id: string; login: string },
): Promise<{ secret: string; uri: string }> {
  if (!step.vault) throw fault('identity.no_secret_key');
  const secret = step.random(new Uint8Array(secretBytes) as Bytes);
  const row = {
    sealed_secret: step.vault.seal(secret, sealedFor(user.id)),
    created_at: step.now,
    confirmed_at: null,
    last_step: 0n,
  };
  const done = await step.db
    .insertInto('totp')
    .values({ user_id: user.id, ...row })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet(row).where('totp.confirmed_at', 'is', null),
    )
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) throw fault('identity.totp_set');
  return { secret: base32(secret), uri: totpUri(secret, user.login) };
}

/**
 * Takes a code once: its step, and every step before it, is worth nothing from then on (RFC 6238,
 * 5.2). @throws identity.no_secret_key
 */
async function takeTotp(
  step: Doorstep,
  user: string,
  code: string,
  state: 'begun' | 'confirmed',
): Promise<boolean> {
  const row = await step.db
    .selectFrom('totp')
    .select('sealed_secret')
    .where('user_id', '=', user)
    .where('confirmed_at', state === 'begun' ? 'is' : 'is not', null)
    .executeTakeFirst();
  if (!row) return false;
  const at = stepOf(unsealed(step, row.sealed_secret, user), code, new Date(step.now));
  if (at === null) return false;
  const done = await step.db
    .updateTable('totp')
    .set({ last_step: at, ...(state === 'begun' ? { confirmed_at: step.now } : {}) })
    .where('user_id', '=', user)
    .where('last_step', '<', at)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

function unsealed({ vault }: Doorstep, sealed: Uint8Array, user: string): Uint8Array {
  try {
    if (vault) return vault.open(sealed, sealedFor(user));
  } catch {
    // Sealed under another key: the other ways in still stand.
  }
  throw fault('identity.no_secret_key');
}

export const takeCode = (step: Doorstep, user: string, code: string) =>
  takeTotp(step, user, code, 'confirmed');

/** The first code shows that the app has the secret. @returns a fault where it is wrong */
export async function confirmTotp(
  step: Doorstep,
  user: string,
  code: string,
): Promise<Fault | null> {
  const begun = await step.db
    .selectFrom('totp')
    .select('user_id')
    .where('user_id', '=', user)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  if (!begun) return fault('identity.totp_absent');
  return (await takeTotp(step, user, code, 'begun')) ? null : fault('identity.wrong_code');
}

/** @throws kernel.not_found */
export async function removeTotp({ db }: Doorstep, user: string): Promise<void> {
  const done = await db.deleteFrom('totp').where('user_id', '=', user).executeTakeFirst();
  if (done.numDeletedRows === 0n) throw fault('kernel.not_found');
}

/** 120 random bits need no slow hash, and a dash or a small letter makes no other code. */
const hashCode = (code: string) =>
  createHash('sha256')
    .update(code.toUpperCase().replaceAll(/[^A-Z2-7]/g, ''))
    .digest() as Uint8Array;

/** Past 112 bits a plain hash may keep a secret (OWASP ASVS 5.0, 6.5.2); 24 letters to type. */
const recoveryBytes = 15;

/** Makes codes for the day on which phone and passkeys are gone; those before are void. */
export async function makeRecoveryCodes(step: Doorstep, user: string): Promise<string[]> {
  const codes = Array.from({ length: limits.recovery_codes }, () => {
    const text = base32(step.random(new Uint8Array(recoveryBytes) as Bytes));
    return (text.match(/.{4}/g) ?? []).join('-');
  });
  await step.db.deleteFrom('recovery_code').where('user_id', '=', user).execute();
  await step.db
    .insertInto('recovery_code')
    .values(
      codes.map((code) => ({
        user_id: user,
        code_hash: hashCode(code),
        made_at: step.now,
        used_at: null,
      })),
    )
    .execute();
  return codes;
}

export async function countRecoveryCodes(
  { db }: Pick<Doorstep, 'db'>,
  user: string,
): Promise<number> {
  const rows = await db
    .selectFrom('recovery_code')
    .select('code_hash')
    .where('user_id', '=', user)
    .where('used_at', 'is', null)
    .limit(limits.recovery_codes)
    .execute();
  return rows.length;
}

/** Uses one up. */
export async function takeRecoveryCode(
  step: Doorstep,
  user: string,
  code: string,
): Promise<boolean> {
  const done = await step.db
    .updateTable('recovery_code')
    .set({ used_at: step.now })
    .where('user_id', '=', user)
    .where('code_hash', '=', hashCode(code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) return false;
  await logSecurity(step, { kind: 'recovery_code_used', user });
  return true;
}

/** Takes every factor away; without one, recovery codes stand for nothing and go too. */
export async function dropFactors({ db }: Pick<Doorstep, 'db'>, user: string): Promise<void> {
  for (const table of ['totp', 'passkey', 'recovery_code'] as const) {
    await db.deleteFrom(table).where('user_id', '=', user).execute();
  }
}
