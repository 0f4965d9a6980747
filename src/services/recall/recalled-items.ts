import { type Selectable, sql } from 'kysely';
import { limits, type Tables, type Tx } from '../../kernel/index.ts';

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
