import { packingOf, productsNamed } from '../../flows/commerce/index.ts';
import type { CatalogueProduct } from '../../flows/goods/index.ts';
import type { Tx } from '../../kernel/index.ts';

/**
 * Products that the actor may see, by GTIN or id, with how they are packed: what events name and
 * stock is kept of.
 */
export async function productsOfEvents(
  tx: Tx,
  names: { gtins: readonly string[]; ids: readonly string[] },
): Promise<CatalogueProduct[]> {
  const products = await productsNamed(tx, names);
  const packing = await packingOf(
    tx,
    products.map(({ id }) => id),
  );
  return products.map(({ id, owner_id, gtin, name_zh, unit }) => ({
    ...{ id, owner_id, gtin, unit },
    name: name_zh,
    packing: (packing.get(id) ?? []).map(({ unit: packed, base_quantity }) => ({
      unit: packed,
      base_quantity,
    })),
  }));
}
