import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { givenInstant, instant, longText, scope, uuid } from '../schema.ts';
import { recordFact } from '../trust/facts.ts';
import { getParty } from './parties.ts';

/** Who may read what of whom, for what purpose, until when. */
export const sharingAgreement = z
  .object({
    id: uuid,
    owner_id: uuid,
    reader_id: uuid,
    scope,
    purpose: z.string(),
    valid_from: instant,
    valid_until: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'SharingAgreement' });
export type SharingAgreement = z.output<typeof sharingAgreement>;

export const newSharingAgreement = z.object({
  reader_id: uuid,
  scope,
  purpose: longText,
  valid_until: givenInstant.optional(),
});
export type NewSharingAgreement = z.input<typeof newSharingAgreement>;

const columns = [
  'id',
  'owner_id',
  'reader_id',
  'scope',
  'purpose',
  'valid_from',
  'valid_until',
  'revoked_at',
] as const;

/** Lets another member read the actor's rows of one scope. Only the owner of data can share it. */
export async function shareWith(tx: Tx, input: NewSharingAgreement): Promise<SharingAgreement> {
  const given = newSharingAgreement.parse(input);
  if (given.reader_id === tx.actor.party) throw fault('identity.shares_with_itself');
  await getParty(tx, given.reader_id);
  const row = {
    id: tx.newId(),
    owner_id: tx.actor.party,
    reader_id: given.reader_id,
    scope: given.scope,
    purpose: given.purpose,
    valid_from: tx.now,
    valid_until: given.valid_until ?? null,
    revoked_at: null,
  };
  tx.append('sharing_agreement', [{ chain_id: tx.chain, created_by: tx.actor.user, ...row }]);
  await recordFact(tx, {
    type: 'identity.sharing_agreement.made',
    subject: row.id,
    parties: [row.owner_id, row.reader_id],
    // The purpose may name people, and a fact is for good: its hash holds the agreement to it.
    body: {
      scope: row.scope,
      purpose_sha256: createHash('sha256').update(row.purpose).digest('hex'),
      valid_until: row.valid_until,
    },
  });
  return row;
}

/** The agreements in which the actor shares or reads. */
export async function listSharing(tx: Tx): Promise<SharingAgreement[]> {
  const rows = await tx.db
    .selectFrom('sharing_agreement')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .limit(limits.page_rows)
    .execute();
  return rows as SharingAgreement[];
}

/** Ends an agreement; the reader's next request sees nothing more. @throws kernel.not_found */
export async function endSharing(tx: Tx, id: string): Promise<void> {
  const row = await tx.db
    .updateTable('sharing_agreement')
    .set({ revoked_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .where('revoked_at', 'is', null)
    .returning(['reader_id', 'scope'])
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  await recordFact(tx, {
    type: 'identity.sharing_agreement.ended',
    subject: id,
    parties: [tx.actor.party, row.reader_id],
    body: { scope: row.scope },
  });
}
