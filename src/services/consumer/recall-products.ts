import { type Product, productsNamed } from '../../flows/commerce/index.ts';
import { limits, type Tx } from '../../kernel/index.ts';
import { gtinLotsOf, isSince, type Telling } from '../recall/index.ts';
import type { RecallProduct } from './schema.ts';

/**
 * Own products that a recall of the actor's lists, and how far their warnings cover its lots: from
 * the page of a recall consumers are told what to do. Goods of others are theirs to warn of.
 * @throws kernel.not_found where the actor has no such recall
 */
export async function productsOfRecall(
  tx: Tx,
  recall_id: string,
): Promise<{ items: RecallProduct[] }> {
  const recall = await gtinLotsOf(tx, recall_id);
  const lots = Map.groupBy(recall.goods, ({ gtin }) => gtin);
  const named = await productsNamed(tx, { gtins: [...lots.keys()] });
  const own = named.filter(({ owner_id }) => owner_id === tx.actor.party);
  const ids = own.map(({ id }) => id);
  const shared = await sharedAmong(tx, ids);
  const warned = await warningsOf(tx, ids);
  const items = scanned(own, shared).map((product): RecallProduct => {
    const listed = lots.get(product.gtin ?? '') ?? [];
    const of_lots = listed.flatMap(({ lot }) => lot ?? []);
    const told = (warned.get(product.id) ?? []).filter((one) => isSince(one, recall));
    const is_all_told = told.some((one) => one.lots.length === 0);
    const said = new Set(told.flatMap((one) => one.lots));
    const untold = is_all_told ? [] : of_lots.filter((lot) => !said.has(lot));
    const has_unnamed = of_lots.length < listed.length;
    return {
      ...{ product_id: product.id, name_zh: product.name_zh, name_en: product.name_en },
      ...{ lot_count: of_lots.length, has_unnamed, is_shared: shared.has(product.id) },
      untold: untold.slice(0, limits.consumer_warning_lots),
      untold_count: untold.length,
      is_told: is_all_told || (untold.length === 0 && !has_unnamed),
    };
  });
  return { items: items.toSorted((one, other) => (one.product_id < other.product_id ? -1 : 1)) };
}

/** Two articles may bear one GTIN: its code leads to the one that is shared. */
function scanned(own: readonly Product[], shared: ReadonlySet<string>): readonly Product[] {
  const led = new Set(own.filter(({ id }) => shared.has(id)).map(({ gtin }) => gtin));
  return own.filter(({ id, gtin }) => shared.has(id) || !led.has(gtin));
}

async function sharedAmong(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('consumer_page')
    .select('product_id')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('product_id', 'in', ids)
    .where('is_shared', '=', true)
    .execute();
  return new Set(rows.map(({ product_id }) => product_id));
}

/** The warnings of each product that stand. */
async function warningsOf(
  tx: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Telling[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('consumer_warning')
    .select(['product_id', 'lots', 'published_at'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('product_id', 'in', ids)
    .where('withdrawn_at', 'is', null)
    .execute();
  return Map.groupBy(rows, ({ product_id }) => product_id);
}
