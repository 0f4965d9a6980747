import { productsNamed } from '../../flows/commerce/index.ts';
import { type Gtins, type LotOfProduct, ownLotsOf } from '../../flows/goods/index.ts';
import type { Tx } from '../../kernel/index.ts';

const LOT_OF_GTIN = /^https:\/\/id\.gs1\.org\/01\/(\d{14})\/10\/([^/?]+)$/;
const LOT_OF_PRODUCT = /^urn:uuid:([0-9a-f-]{36})(?:\?lot=(.*))?$/;

type Named = { gtin: string; lot: string } | { product_id: string; lot: string };

/** What stands behind percent signs; events of others may hold anything. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The product and lot that an event's item names; null where it names no lot of a product. */
function lotOf(item: string): Named | null {
  const [, gtin, lot] = LOT_OF_GTIN.exec(item) ?? [];
  if (gtin !== undefined && lot !== undefined) return { gtin, lot: decoded(lot) };
  const [, product_id, own = ''] = LOT_OF_PRODUCT.exec(item) ?? [];
  return product_id === undefined ? null : { product_id, lot: decoded(own) };
}

/**
 * Products and lots behind the items of events: those that moved own stock, and those that the
 * catalogue has, for what was counted in. Two articles may bear one GTIN.
 */
export async function lotsOfItems(
  tx: Tx,
  items: readonly string[],
): Promise<{ lots: LotOfProduct[]; gtins: Gtins }> {
  const own = await ownLotsOf(tx, items);
  const listed = await listedLotsOf(tx, items);
  return {
    lots: [...own.lots, ...listed.lots],
    gtins: new Map([...own.gtins, ...listed.gtins]),
  };
}

async function listedLotsOf(
  tx: Tx,
  items: readonly string[],
): Promise<{ lots: LotOfProduct[]; gtins: Gtins }> {
  const named = items.flatMap((item) => lotOf(item) ?? []);
  const wanted = <Key extends 'gtin' | 'product_id'>(key: Key) => [
    ...new Set(named.flatMap((one) => (key in one ? [(one as Record<Key, string>)[key]] : []))),
  ];
  const products = await productsNamed(tx, { ids: wanted('product_id'), gtins: wanted('gtin') });
  const byName = new Map<string, string[]>();
  const add = (name: string | null, id: string) => {
    if (name !== null) byName.set(name, [...(byName.get(name) ?? []), id]);
  };
  for (const { id, gtin } of products) {
    add(id, id);
    add(gtin, id);
  }
  const lots = named.flatMap((one) =>
    (byName.get('gtin' in one ? one.gtin : one.product_id) ?? []).map((product_id) => ({
      product_id,
      lot: one.lot,
    })),
  );
  return { lots, gtins: gtinsOf(products) };
}

const gtinsOf = (products: readonly { id: string; gtin: string | null }[]): Gtins =>
  new Map(products.map(({ id, gtin }) => [id, gtin]));

/** GTINs of some products. */
export async function gtinsOfProducts(tx: Tx, ids: readonly string[]): Promise<Gtins> {
  return gtinsOf(await productsNamed(tx, { ids }));
}
