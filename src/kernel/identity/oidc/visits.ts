import { createHash } from 'node:crypto';
import type { Bytes } from '../../clock.ts';
import { fault } from '../../faults.ts';
import { limits } from '../../limits.ts';
import { after, type Doorstep } from '../doorstep.ts';

/** A browser's way to a provider and back: to sign in, or to add the account there to one here. */
export type OidcVisit = { provider: string; user: string | null };

const hashOf = (ticket: string) => createHash('sha256').update(ticket).digest() as Uint8Array;

/**
 * @param user whose account here the one there is added to; null where somebody signs in
 * @returns the ticket, which only this browser has
 */
export async function beginVisit(
  step: Pick<Doorstep, 'db' | 'now' | 'random'>,
  provider: string,
  user: string | null,
): Promise<{ ticket: string }> {
  const ticket = Buffer.from(step.random(new Uint8Array(32) as Bytes)).toString('base64url');
  await step.db
    .insertInto('oidc_visit')
    .values({
      ticket_hash: hashOf(ticket),
      provider,
      user_id: user,
      expires_at: after(step.now, limits.oidc_visit_minutes),
    })
    .execute();
  return { ticket };
}

/** @throws identity.ticket_over */
export async function findVisit({ db, now }: Doorstep, ticket: string): Promise<OidcVisit> {
  const row = await db
    .selectFrom('oidc_visit')
    .select(['provider', 'user_id as user'])
    .where('ticket_hash', '=', hashOf(ticket))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (!row) throw fault('identity.ticket_over');
  return row;
}

/** Ends a visit: whatever its answer is worth, it was the first. @throws identity.ticket_over */
export async function endVisit({ db, now }: Doorstep, ticket: string): Promise<OidcVisit> {
  const row = await db
    .deleteFrom('oidc_visit')
    .where('ticket_hash', '=', hashOf(ticket))
    .where('expires_at', '>', now)
    .returning(['provider', 'user_id as user'])
    .executeTakeFirst();
  if (!row) throw fault('identity.ticket_over');
  return row;
}
