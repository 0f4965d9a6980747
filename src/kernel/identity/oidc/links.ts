import { z } from 'zod';
import { fault } from '../../faults.ts';
import { limits } from '../../limits.ts';
import { instant, uuid } from '../../schema.ts';
import type { Doorstep } from '../doorstep.ts';
import { type Person, placeOfPerson } from '../person.ts';
import { logSecurity } from '../security-log.ts';
import type { Shown } from './providers.ts';

/** An account at an identity provider, as its owner knows it. */
export const oidcLink = z
  .object({
    id: uuid,
    issuer: z.string(),
    label: z.string(),
    created_at: instant,
    used_at: instant.nullable(),
  })
  .meta({ id: 'IdentityLink' });
export type OidcLink = z.output<typeof oidcLink>;

const columns = ['id', 'issuer', 'label', 'created_at', 'used_at'] as const;

export async function listLinks({ db }: Pick<Doorstep, 'db'>, user: string): Promise<OidcLink[]> {
  return db
    .selectFrom('oidc_link')
    .select(columns)
    .where('user_id', '=', user)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limits.oidc_links)
    .execute();
}

/**
 * Adds the account that was just shown to a person's own.
 * @throws identity.provider_account_taken, identity.too_many_links
 */
export async function addLink(step: Doorstep, user: string, shown: Shown): Promise<OidcLink> {
  const known = await listLinks(step, user);
  const limit = limits.oidc_links;
  if (known.length >= limit) throw fault('identity.too_many_links', { limit });
  const { issuer, subject, label } = shown;
  const row = { id: step.newId(), issuer, label, created_at: step.now, used_at: null };
  const done = await step.db
    .insertInto('oidc_link')
    .values({ ...row, subject, user_id: user })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) throw fault('identity.provider_account_taken');
  await logSecurity(step, { kind: 'provider_added', user, detail: label });
  return row;
}

/** Whose account this is, or null; a link is looked up by what the provider cannot change. */
export async function findLinked(step: Doorstep, shown: Shown): Promise<string | null> {
  const row = await step.db
    .updateTable('oidc_link as l')
    .from('user_account as u')
    .set({ used_at: step.now, label: shown.label })
    .whereRef('u.id', '=', 'l.user_id')
    .where('u.disabled_at', 'is', null)
    .where('l.issuer', '=', shown.issuer)
    .where('l.subject', '=', shown.subject)
    .returning('l.user_id')
    .executeTakeFirst();
  return row?.user_id ?? null;
}

/** @throws kernel.not_found */
export async function removeLink(person: Person, id: string): Promise<void> {
  const { db, user } = person;
  const row = await db
    .deleteFrom('oidc_link')
    .where('user_id', '=', user)
    .where('id', '=', id)
    .returning('label')
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  const at = placeOfPerson(person);
  await logSecurity(person, { kind: 'provider_removed', user, at, detail: row.label });
}
