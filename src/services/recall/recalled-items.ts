import { type Selectable, sql } from 'kysely';
import { kernelFault, limits, type Tables, type Tx } from '../../kernel/index.ts';

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

/**
 * Since when the actor recalls one of these items, by the newest of its recalls; null where it does
 * not.
 * @param items in canonical form
 */
export async function recalledSince(
  tx: Tx,
  items: readonly string[],
): Promise<Selectable<Tables['recall']>['first_sent_at']> {
  if (items.length === 0) return null;
  const row = await liveLines(tx)
    .select(({ fn }) => fn.max('r.first_sent_at').as('since'))
    .where('l.item', 'in', items)
    .executeTakeFirst();
  return row?.since ?? null;
}

/** Lots of a GTIN that the actor recalls, as its lines name them. */
export async function recalledLots(tx: Tx, gtin: string): Promise<string[]> {
  const rows = await liveLines(tx)
    .select('l.lot')
    .distinct()
    .where('l.lot', 'is not', null)
    .where(sql<boolean>`starts_with(l.item, ${`https://id.gs1.org/01/${gtin}/10/`})`)
    .orderBy('l.lot')
    .limit(limits.consumer_warning_lots)
    .execute();
  return rows.flatMap(({ lot }) => lot ?? []);
}

/**
 * What one of the actor's recalls lists under codes that consumers scan. A thing that is named by
 * its serial number has no lot.
 * @throws kernel.not_found where the actor has no such recall
 */
export async function gtinLotsOf(
  tx: Tx,
  recall_id: string,
): Promise<{ gtin: string; lot: string | null }[]> {
  const recall = await tx.db
    .selectFrom('recall')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', recall_id)
    .executeTakeFirst();
  if (!recall) throw kernelFault('kernel.not_found');
  return tx.db
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
}

const GTIN_OF_ITEM = '^https://id\\.gs1\\.org/01/([0-9]{14})';
