import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import type { BytesBody, BytesReply } from '../http/route.ts';
import { limits } from '../limits.ts';
import { uuid } from '../schema.ts';
import { recordFact } from '../trust/facts.ts';

/** Bytes that prove something: a photo of damage, a signed note. Never changed. */
export const file = z
  .object({ id: uuid, name: z.string(), media_type: z.string(), size_bytes: z.int() })
  .meta({ id: 'File' });
export type File = z.output<typeof file>;

export const fileTypes = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;

const signatures: Record<(typeof fileTypes)[number], RegExp> = {
  'image/jpeg': /^ffd8ff/,
  'image/png': /^89504e470d0a1a0a/,
  'image/webp': /^52494646.{8}57454250/,
  'application/pdf': /^255044462d/,
};

/**
 * Keeps a file for the parties named.
 * @throws kernel.too_large, kernel.media_type when the bytes are not of the type that they claim
 */
export async function keepFile(
  tx: Tx,
  given: BytesBody,
  parties: readonly string[],
): Promise<File> {
  if (given.bytes.length > limits.file_bytes) {
    throw fault('kernel.too_large', { limit: limits.file_bytes });
  }
  const signature = signatures[given.media_type as keyof typeof signatures];
  const start = Buffer.from(given.bytes.subarray(0, 16)).toString('hex');
  if (!signature?.test(start)) {
    throw fault('kernel.media_type', { type: given.media_type, allowed: fileTypes.join(', ') });
  }
  const row = {
    id: tx.newId(),
    name: given.file_name ?? '',
    media_type: given.media_type,
    size_bytes: given.bytes.length,
  };
  tx.append('file', [
    {
      ...row,
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      parties: [...new Set([tx.actor.party, ...parties])],
      sha256: createHash('sha256').update(given.bytes).digest(),
      bytes: given.bytes,
      recorded_at: tx.now,
      erased_at: null,
    },
  ]);
  return row;
}

/** @throws kernel.not_found, kernel.file_erased */
export async function getFile(tx: Tx, id: string): Promise<BytesReply> {
  const row = await tx.db
    .selectFrom('file')
    .select(['bytes', 'media_type', 'name', 'erased_at'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  if (row.erased_at) throw fault('kernel.file_erased');
  return { bytes: row.bytes, media_type: row.media_type, file_name: row.name || id };
}

/** @throws kernel.not_found */
export async function isErased(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('file')
    .select('erased_at')
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return row.erased_at !== null;
}

/**
 * Takes away what a file of the actor's own shows, and tells all who could see it. Its number, its
 * hash and the facts that name it stay: whoever has a copy can still show that it is the one.
 * @throws kernel.not_found, kernel.file_erased
 */
export async function eraseFile(tx: Tx, id: string): Promise<void> {
  const row = await tx.db
    .updateTable('file')
    .set({ bytes: Buffer.alloc(0), name: '', size_bytes: 0, erased_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .where('erased_at', 'is', null)
    .returning(['parties', 'sha256'])
    .executeTakeFirst();
  if (!row)
    throw (await isErased(tx, id)) ? fault('kernel.file_erased') : fault('kernel.not_found');
  const sha256 = Buffer.from(row.sha256).toString('hex');
  await recordFact(tx, {
    type: 'kernel.file.erased',
    subject: id,
    parties: row.parties,
    body: { sha256 },
  });
}
