import { sql } from 'kysely';
import { kernelFault, limits, type Tx } from '../../kernel/index.ts';

/** Lines of the actor's recalls that have gone out and are not over: a draft counts for nothing. */
const liveLines = (tx: Tx) =>
  tx.db
    .selectFrom('recall_line as l')
    .innerJoin('recall as r', (join) =>
      join.onRef('r.chain_id', '=', 'l.chain_id').onRef('r.id', '=', 'l.recall_id'),
    )
    .where('l.chain_id', '=', tx.chain)
    .where('l.owner_id', '=', tx.actor.party)
    .where('r.chain_id', '=', tx.chain)
    .where('r.owner_id', '=', tx.actor.party)
    .where('r.first_sent_at', 'is not', null)
    .where('r.closed_at', 'is', null);

/** Recalls that have gone out: when the newest did, and since when the newest danger is known. */
export type SentRecall = { first_sent_at: string; known_at: string };

/**
 * What the actor's recalls of some items come to; null where none lists one of them.
 * @param items in canonical form
 */
export async function recallOfItems(tx: Tx, items: readonly string[]): Promise<SentRecall | null> {
  const row = await liveLines(tx)
    .select(({ fn }) => [
      fn.max('r.first_sent_at').as('first_sent_at'),
      fn.max('r.known_at').as('known_at'),
    ])
    .where(sql<boolean>`l.item = any(${items}::text[])`)
    .executeTakeFirst();
  if (!row?.first_sent_at || !row.known_at) return null;
  return { first_sent_at: row.first_sent_at, known_at: row.known_at };
}

/** What consumers were told of and when; no lots is all of them. */
export type Telling = { readonly lots: readonly string[]; readonly published_at: string };

/** Whether it can be about a danger: what was said before one was known is about another. */
export const isSince = ({ published_at }: Telling, { known_at }: Pick<SentRecall, 'known_at'>) =>
  published_at >= known_at;

/** Of a line: no warning tells of it that was published since its danger is known. */
const untold = (told: readonly Telling[]) => sql<boolean>`not exists (
  select from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
    as t (lots jsonb, published_at timestamptz)
  where r.known_at <= t.published_at and (t.lots = '[]' or jsonb_exists(t.lots, l.lot)))`;

/**
 * Lots of a GTIN that the actor recalls, as its lines name them, but for those that consumers were
 * told of since: as many as one warning may name, and whether there are more.
 */
export async function recalledLots(
  tx: Tx,
  gtin: string,
  told: readonly Telling[],
): Promise<{ lots: string[]; has_more: boolean }> {
  const most = limits.consumer_warning_lots;
  const rows = await liveLines(tx)
    .select('l.lot')
    .distinct()
    .where('l.lot', 'is not', null)
    .where(sql<boolean>`starts_with(l.item, ${`https://id.gs1.org/01/${gtin}/10/`})`)
    .where(untold(told))
    .orderBy('l.lot')
    .limit(most + 1)
    .execute();
  const lots = rows.flatMap(({ lot }) => lot ?? []);
  return { lots: lots.slice(0, most), has_more: lots.length > most };
}

/**
 * Whether the actor recalls goods of a GTIN of which a code cannot tell whether it stands on one of
 * them: goods without a lot, and things by their serial numbers, of which nobody was told since.
 * @param scanned what the code says; null where it does not
 */
export async function recallsUntold(
  tx: Tx,
  gtin: string,
  { lot, serial }: { lot: string | null; serial: string | null },
  told: readonly Telling[],
): Promise<boolean> {
  const whole = `https://id.gs1.org/01/${gtin}`;
  const row = await liveLines(tx)
    .select('l.item')
    .where(sql<boolean>`starts_with(l.item, ${whole})`)
    .where(sql<boolean>`(l.item = ${whole} or (${serial}::text is null and l.item ~ '/21/'
      and (${lot}::text is null or l.lot is null or l.lot = ${lot}::text)))`)
    .where(untold(told))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * What one of the actor's recalls lists under codes that consumers scan. A thing that is named by
 * its serial number has no lot.
 * @throws kernel.not_found where the actor has no such recall
 */
export async function gtinLotsOf(
  tx: Tx,
  recall_id: string,
): Promise<{ known_at: string; goods: { gtin: string; lot: string | null }[] }> {
  const recall = await tx.db
    .selectFrom('recall')
    .select('known_at')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', recall_id)
    .executeTakeFirst();
  if (!recall) throw kernelFault('kernel.not_found');
  const goods = await tx.db
    .selectFrom('recall_line')
    .select([sql<string>`substring(item from ${GTIN_OF_ITEM})`.as('gtin'), 'lot'])
    .distinct()
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('recall_id', '=', recall_id)
    .where(sql<boolean>`item ~ ${GTIN_OF_ITEM}`)
    .orderBy('lot')
    .limit(limits.recall_lines)
    .execute();
  return { known_at: recall.known_at, goods };
}

const GTIN_OF_ITEM = '^https://id\\.gs1\\.org/01/([0-9]{14})';
