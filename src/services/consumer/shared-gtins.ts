import { outsideChains, type Store, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';

/** Where the code on a pack leads: a product of a party, in one chain. */
export type SharedGtin = { chain: string; zone: string; party: string; product_id: string };

/** Where a GTIN leads, or undefined where nobody shares it. Read before any chain is known. */
export async function findShared(store: Store, gtin: string): Promise<SharedGtin | undefined> {
  return outsideChains(store, (db) =>
    db
      .selectFrom('shared_gtin as g')
      .innerJoin('chain as c', 'c.id', 'g.shared_chain_id')
      .select(['g.shared_chain_id as chain', 'c.zone', 'g.shared_owner_id as party'])
      .select('g.shared_product_id as product_id')
      .where('g.gtin', '=', gtin)
      .executeTakeFirst(),
  );
}

/** Lets a GTIN lead to the actor's product. @throws consumer.gtin_shared */
export async function shareGtin(tx: Tx, gtin: string, product_id: string): Promise<void> {
  const added = await tx.db
    .insertInto('shared_gtin')
    .values({
      gtin,
      shared_chain_id: tx.chain,
      shared_owner_id: tx.actor.party,
      shared_product_id: product_id,
      shared_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 1n) return;
  const known = await tx.db
    .selectFrom('shared_gtin')
    .select(['shared_chain_id', 'shared_product_id'])
    .where('gtin', '=', gtin)
    .executeTakeFirst();
  if (known?.shared_chain_id === tx.chain && known.shared_product_id === product_id) return;
  throw fault('consumer.gtin_shared', { gtin });
}

/** Lets whatever GTIN led to the actor's product lead nowhere. */
export function unshareGtin(tx: Tx, product_id: string): void {
  tx.write(
    tx.db
      .deleteFrom('shared_gtin')
      .where('shared_product_id', '=', product_id)
      .where('shared_chain_id', '=', tx.chain)
      .where('shared_owner_id', '=', tx.actor.party),
  );
}
