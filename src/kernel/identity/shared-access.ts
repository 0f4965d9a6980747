import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { limits } from '../limits.ts';
import { decodeCursor, type PageQuery, pageOf, pageQuery } from '../paging.ts';
import { instant, type Scope, uuid } from '../schema.ts';
import { after } from './doorstep.ts';

/** That a firm looked at rows which their owner shares with it. */
export const sharedAccess = z
  .object({
    id: uuid,
    reader_id: uuid,
    /** A person at a screen, or a system with an API key. */
    by: z.enum(['person', 'key']),
    /** What was asked, as the API names it: `order.list`. */
    operation: z.string(),
    /** How many records of the owner's stood in the answer. */
    record_count: z.int(),
    looked_at: instant,
  })
  .meta({ id: 'SharedAccess' });
export type SharedAccess = z.output<typeof sharedAccess>;

export const accessQuery = pageQuery.extend({ reader_id: uuid.optional() });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The ids that a record names beside its own: of parties, among others. */
function namedBy(record: Record<string, unknown>): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (typeof value === 'string') return key === 'id' ? [] : [value];
    // A party written out: { id, name }.
    return isRecord(value) && 'name' in value && typeof value.id === 'string' ? [value.id] : [];
  });
}

/**
 * Of whose records an answer shows how many, for the one reason that their owner shares them. A
 * record that names the reader is the reader's own business, and so is all that lies in it; one
 * that names no owner is looked into.
 * @param owners who shares with the reader what such answers consist of
 */
export function ownersShown(
  answer: unknown,
  reader: string,
  owners: ReadonlySet<string>,
): Map<string, number> {
  const shown = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isRecord(value)) return;
    const named = namedBy(value);
    if (named.includes(reader)) return;
    const theirs = new Set(named.filter((id) => owners.has(id)));
    for (const owner of theirs) shown.set(owner, (shown.get(owner) ?? 0) + 1);
    if (theirs.size === 0) Object.values(value).forEach(visit);
  };
  visit(answer);
  return shown;
}

/**
 * Writes down whose shared records an answer shows, in the transaction that reads them: where the
 * line cannot be kept, the answer is not given. Equal looks within a minute are one line.
 * @param shown the records of the answer; asked for only where somebody shares with the actor
 */
export async function noteSharedAccess(
  tx: Tx,
  operation: string,
  scopes: readonly Scope[],
  shown: () => unknown,
): Promise<void> {
  const { party, user, key, reads } = tx.actor;
  const owners = new Set(scopes.flatMap((scope) => reads[scope] ?? []));
  if (owners.size === 0) return;
  const rows = [...ownersShown(await shown(), party, owners)].map(([owner_id, record_count]) => ({
    chain_id: tx.chain,
    id: tx.newId(),
    owner_id,
    reader_id: party,
    user_id: user,
    key_id: key,
    operation,
    record_count,
    looked_at: tx.now,
  }));
  if (rows.length === 0) return;
  // The same look within the same minute is one line.
  const once = tx.db.insertInto('shared_access').values(rows);
  tx.write(once.onConflict((conflict) => conflict.doNothing()));
}

const cursor = z.tuple([instant, uuid]);

/** Who looked at the actor's shared records, newest first. */
export async function listSharedAccess(
  tx: Tx,
  { limit, after: from, reader_id }: PageQuery & { reader_id?: string | undefined },
): Promise<{ items: SharedAccess[]; next: string | null }> {
  let query = tx.db
    .selectFrom('shared_access')
    .select(['id', 'reader_id', 'user_id', 'operation', 'record_count', 'looked_at'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('looked_at', '>', after(tx.now, -limits.shared_access_days * 24 * 60))
    .orderBy('looked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (reader_id) query = query.where('reader_id', '=', reader_id);
  if (from) {
    const [at, id] = decodeCursor(from, cursor);
    query = query.where((eb) =>
      eb.or([eb('looked_at', '<', at), eb.and([eb('looked_at', '=', at), eb('id', '<', id)])]),
    );
  }
  const rows = await query.execute();
  const items = rows.map(({ user_id, ...row }) => ({
    ...row,
    by: user_id ? ('person' as const) : ('key' as const),
  }));
  return pageOf(items, limit, (row) => [row.looked_at, row.id]);
}
