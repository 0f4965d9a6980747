import { createHash } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { Bytes } from '../clock.ts';
import { type Fault, fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { instant, shortText, uuid } from '../schema.ts';
import { after, type Doorstep } from './doorstep.ts';

/** A passkey as its owner knows it. The key itself never leaves the authenticator. */
export const passkey = z
  .object({ id: uuid, name: z.string(), created_at: instant, used_at: instant.nullable() })
  .meta({ id: 'Passkey' });
export type Passkey = z.output<typeof passkey>;

/** What the browser gives to `navigator.credentials`, as WebAuthn level 3 writes it in JSON. */
export const webauthnOptions = z.record(z.string(), z.unknown());
/** What the authenticator answered; read and checked by the library, field by field. */
export const webauthnResponse = z.looseObject({
  id: z.string().max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
});
type Response = z.output<typeof webauthnResponse>;

export const newPasskey = z.object({ name: shortText, response: webauthnResponse });

/** EdDSA, ES256 and RS256 (COSE): what authenticators make today. */
const supportedAlgorithmIDs = [-8, -7, -257];

type Purpose = 'register' | 'sign_in' | 'second_step' | 'prove';

/** A passkey is bound to a name and not to an address: an IP address has none. */
function ownPlace({ visit }: Doorstep): { origin: string; host: string } {
  if (!visit.origin) throw fault('identity.no_origin');
  return { origin: visit.origin, host: new URL(visit.origin).hostname };
}

const hashOf = (challenge: string) => createHash('sha256').update(challenge).digest() as Uint8Array;

async function challengeFor(
  step: Doorstep,
  purpose: Purpose,
  user: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = step.random(new Uint8Array(32) as Bytes);
  await step.db
    .insertInto('challenge')
    .values({
      challenge_hash: hashOf(Buffer.from(challenge).toString('base64url')),
      purpose,
      user_id: user,
      expires_at: after(step.now, limits.challenge_minutes),
    })
    .execute();
  return challenge;
}

/**
 * The challenge that an answer was made for, used up, or null where it is none of ours for this
 * purpose and person. It goes before the answer is looked at: right or wrong, it was the first.
 */
async function takeChallenge(
  { db, now }: Doorstep,
  { response }: Response,
  purpose: Purpose,
  user: string | null,
): Promise<string | null> {
  const challenge = challengeIn(response.clientDataJSON);
  if (challenge === null) return null;
  const done = await db
    .deleteFrom('challenge')
    .where('challenge_hash', '=', hashOf(challenge))
    .where('purpose', '=', purpose)
    .where('user_id', user === null ? 'is' : '=', user)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return done.numDeletedRows > 0n ? challenge : null;
}

function challengeIn(clientData: unknown): string | null {
  try {
    const text = Buffer.from(String(clientData), 'base64url').toString('utf8');
    const { challenge } = JSON.parse(text) as { challenge?: unknown };
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

export async function listPasskeys({ db }: Pick<Doorstep, 'db'>, user: string): Promise<Passkey[]> {
  return db
    .selectFrom('passkey')
    .select(['id', 'name', 'created_at', 'used_at'])
    .where('user_id', '=', user)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limits.passkeys)
    .execute();
}

function credentialsOf({ db }: Doorstep, user: string) {
  return db
    .selectFrom('passkey')
    .select(['credential_id as id', 'transports'])
    .where('user_id', '=', user)
    .limit(limits.passkeys)
    .execute();
}

/** @throws identity.no_origin, identity.too_many_passkeys */
export async function askToRegister(
  step: Doorstep,
  user: { id: string; login: string; name: string },
): Promise<Record<string, unknown>> {
  const known = await credentialsOf(step, user.id);
  const limit = limits.passkeys;
  if (known.length >= limit) throw fault('identity.too_many_passkeys', { limit });
  const options = await generateRegistrationOptions({
    rpName: '经纬 Jingwei',
    rpID: ownPlace(step).host,
    userID: Uint8Array.from(Buffer.from(user.id.replaceAll('-', ''), 'hex')),
    userName: user.login,
    userDisplayName: user.name,
    challenge: await challengeFor(step, 'register', user.id),
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known,
    // Discoverable, so that it signs in alone; verified, so that it is two factors and not one.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return options as unknown as Record<string, unknown>;
}

/**
 * @returns the passkey, or a fault where the answer is refused
 * @throws identity.no_origin
 */
export async function registerPasskey(
  step: Doorstep,
  user: string,
  { name, response }: z.output<typeof newPasskey>,
): Promise<Passkey | Fault> {
  const { origin, host } = ownPlace(step);
  const refused = fault('identity.passkey_refused');
  const challenge = await takeChallenge(step, response, 'register', user);
  if (challenge === null) return refused;
  const checked = await unlessRefused(() =>
    verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    }),
  );
  if (!checked?.registrationInfo) return refused;
  const { credential } = checked.registrationInfo;
  const row = { id: step.newId(), name, created_at: step.now, used_at: null };
  const done = await step.db
    .insertInto('passkey')
    .values({
      credential_id: credential.id,
      user_id: user,
      public_key: credential.publicKey,
      counter: BigInt(credential.counter),
      transports: credential.transports ?? [],
      ...row,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 0n ? refused : row;
}

/** @param user whose passkeys may answer, or null for whoever's: the passkey then says who it is */
export async function askForPasskey(
  step: Doorstep,
  purpose: Exclude<Purpose, 'register'>,
  user: string | null,
): Promise<Record<string, unknown>> {
  const options = await generateAuthenticationOptions({
    rpID: ownPlace(step).host,
    challenge: await challengeFor(step, purpose, user),
    userVerification: 'required',
    allowCredentials: user === null ? [] : await credentialsOf(step, user),
  });
  return options as unknown as Record<string, unknown>;
}

/**
 * Whose passkey answered, or null. A counter that does not grow is a copied key (WebAuthn level 3,
 * 6.1.1).
 * @throws identity.no_origin
 */
export async function takePasskey(
  step: Doorstep,
  purpose: Exclude<Purpose, 'register'>,
  user: string | null,
  response: Response,
): Promise<{ user: string; name: string } | null> {
  const { origin, host } = ownPlace(step);
  const challenge = await takeChallenge(step, response, purpose, user);
  if (challenge === null) return null;
  const row = await step.db
    .selectFrom('passkey')
    .select(['credential_id', 'user_id', 'name', 'public_key', 'counter', 'transports'])
    .where('credential_id', '=', response.id)
    .executeTakeFirst();
  if (!row || (user !== null && row.user_id !== user)) return null;
  const checked = await unlessRefused(() =>
    verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: host,
      credential: {
        id: row.credential_id,
        publicKey: Uint8Array.from(row.public_key),
        counter: Number(row.counter),
        transports: row.transports,
      },
      requireUserVerification: true,
    }),
  );
  if (!checked?.verified) return null;
  const done = await step.db
    .updateTable('passkey')
    .set({ counter: BigInt(checked.authenticationInfo.newCounter), used_at: step.now })
    .where('credential_id', '=', row.credential_id)
    .where('counter', '=', row.counter)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n ? { user: row.user_id, name: row.name } : null;
}

/** @returns the name of what was removed @throws kernel.not_found */
export async function removePasskey(
  { db }: Pick<Doorstep, 'db'>,
  user: string,
  id: string,
): Promise<string> {
  const row = await db
    .deleteFrom('passkey')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return row.name;
}

/** The library throws at whatever is wrong in an answer, and touches nothing but the answer. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
