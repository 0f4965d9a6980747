import { createHash } from 'node:crypto';
import type { Bytes } from '../clock.ts';
import { limits } from '../limits.ts';
import { after, atDoor, type Caller, type Doorstep } from './doorstep.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest() as Uint8Array;

/** Whether this browser signed this person in before: then others' guesses do not hold it up. */
export async function isKnownDevice(
  { db, now, visit }: Doorstep,
  user: string | null,
): Promise<boolean> {
  const token = visit.device;
  const row = await db
    .selectFrom('known_device')
    .select('user_id')
    .where('token_hash', '=', hashOf(token ?? ''))
    .where('user_id', '=', user ?? '00000000-0000-0000-0000-000000000000')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Remembers the browser that somebody has just signed in with. @returns what its cookie says; a
 * browser that several people use keeps one cookie for all of them, but never one of others' making
 */
export async function rememberDevice(caller: Caller, user: string): Promise<string> {
  return atDoor(caller, async (step) => {
    const { db, now } = step;
    const token = (await ownToken(step)) ?? freshToken(step);
    const expires_at = after(now, limits.known_device_days * 24 * 60);
    await db
      .insertInto('known_device')
      .values({ token_hash: hashOf(token), user_id: user, known_since: now, expires_at })
      .onConflict((conflict) =>
        conflict.columns(['token_hash', 'user_id']).doUpdateSet({ expires_at }),
      )
      .execute();
    return token;
  });
}

const freshToken = ({ random }: Doorstep) =>
  Buffer.from(random(new Uint8Array(32) as Bytes)).toString('base64url');

async function ownToken({ db, now, visit }: Doorstep): Promise<string | null> {
  if (!visit.device) return null;
  const row = await db
    .selectFrom('known_device')
    .select('user_id')
    .where('token_hash', '=', hashOf(visit.device))
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return row ? visit.device : null;
}

export async function forgetDevices({ db }: Pick<Doorstep, 'db'>, user: string): Promise<void> {
  await db.deleteFrom('known_device').where('user_id', '=', user).execute();
}
