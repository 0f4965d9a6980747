import { sql } from 'kysely';
import type { Tx } from '../../kernel/index.ts';

/** What went on between one seller and one buyer since an instant. */
export type TradeBetween = {
  seller_id: string;
  buyer_id: string;
  orders: number;
  ordered_minor: bigint;
  despatches: number;
  invoiced_minor: bigint;
};

type Pair = { seller_id: string; buyer_id: string };

/** Sums over the pairs that the actor may see: its own trade, and what is shared with it. */
export async function tradeBetween(tx: Tx, since: string): Promise<TradeBetween[]> {
  const ordered = await tx.db
    .selectFrom('purchase_order')
    .select(['seller_id', 'buyer_id', sql<number>`count(*)::int`.as('orders')])
    .select(sql<bigint>`sum(total_minor)::bigint`.as('ordered_minor'))
    .where('chain_id', '=', tx.chain)
    .where('placed_at', '>=', since)
    .where('state', '!=', 'cancelled')
    .groupBy(['seller_id', 'buyer_id'])
    .execute();
  const sent = await tx.db
    .selectFrom('despatch')
    .select(['seller_id', 'buyer_id', sql<number>`count(*)::int`.as('despatches')])
    .where('chain_id', '=', tx.chain)
    .where('despatched_at', '>=', since)
    .groupBy(['seller_id', 'buyer_id'])
    .execute();
  const invoiced = await tx.db
    .selectFrom('invoice')
    .select(['seller_id', 'buyer_id'])
    .select(
      sql<bigint>`sum(case kind when 'invoice' then total_minor else -total_minor end)::bigint`.as(
        'invoiced_minor',
      ),
    )
    .where('chain_id', '=', tx.chain)
    .where('recorded_at', '>=', since)
    .groupBy(['seller_id', 'buyer_id'])
    .execute();
  return merge(ordered, sent, invoiced);
}

function merge(...parts: readonly (readonly (Pair & Partial<TradeBetween>)[])[]): TradeBetween[] {
  const pairs = new Map<string, TradeBetween>();
  for (const part of parts.flat()) {
    const key = `${part.seller_id} ${part.buyer_id}`;
    const none = { orders: 0, ordered_minor: 0n, despatches: 0, invoiced_minor: 0n };
    pairs.set(key, { ...none, ...pairs.get(key), ...part });
  }
  // The database groups in the order that suits it, another one tomorrow.
  return [...pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}
