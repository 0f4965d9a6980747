import { z } from 'zod';
import { decodeCursor, limits, type PageQuery, pageOf, type Tx, uuid } from '../../kernel/index.ts';
import { getProduct, type Product, productColumns } from './products.ts';

/** Remembers what the actor calls another party's product. */
export async function nameForPartner(tx: Tx, productId: string, code: string): Promise<void> {
  const { owner_id } = await getProduct(tx, productId);
  tx.write(
    tx.db
      .insertInto('partner_code')
      .values({
        chain_id: tx.chain,
        partner_id: tx.actor.party,
        code,
        product_id: productId,
        owner_id,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['chain_id', 'partner_id', 'owner_id', 'code'])
          .doUpdateSet({ product_id: productId }),
      ),
  );
}

/** One `unit` of a product holds `base_quantity` of its `base_unit`. */
export type Packing = { unit: string; base_quantity: string; base_unit: string };

/** How products are packed, by product. */
export async function packingOf(
  tx: Tx,
  productIds: readonly string[],
): Promise<Map<string, Packing[]>> {
  const packing = new Map<string, Packing[]>();
  if (productIds.length === 0) return packing;
  const rows = await tx.db
    .selectFrom('product_unit as u')
    .innerJoin('product as p', (join) =>
      join.onRef('p.chain_id', '=', 'u.chain_id').onRef('p.id', '=', 'u.product_id'),
    )
    .select(['u.product_id', 'u.unit', 'u.base_quantity', 'p.unit as base_unit'])
    .where('u.chain_id', '=', tx.chain)
    .where('u.product_id', 'in', productIds)
    .execute();
  for (const { product_id, ...unit } of rows) {
    packing.set(product_id, [...(packing.get(product_id) ?? []), unit]);
  }
  return packing;
}

export const productQuery = z.object({
  owner_id: uuid.optional(),
  search: z.string().trim().max(100).optional(),
});

/** Products that the actor may see, by code. */
export async function listProducts(
  tx: Tx,
  query: PageQuery & { owner_id?: string | undefined; search?: string | undefined },
) {
  let rows = tx.db.selectFrom('product').select(productColumns).where('chain_id', '=', tx.chain);
  if (query.owner_id) rows = rows.where('owner_id', '=', query.owner_id);
  if (query.search) {
    const like = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
    rows = rows.where((is) =>
      is.or([
        is('name_zh', 'ilike', like),
        is('name_en', 'ilike', like),
        is('code', 'ilike', like),
        is('gtin', 'like', like),
      ]),
    );
  }
  if (query.after) {
    const [owner, code] = decodeCursor(query.after, z.tuple([uuid, z.string()]));
    rows = rows.where((is) =>
      is.or([
        is('owner_id', '>', owner),
        is.and([is('owner_id', '=', owner), is('code', '>', code)]),
      ]),
    );
  }
  const found = await rows
    .orderBy('owner_id')
    .orderBy('code')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found, query.limit, (row) => [row.owner_id, row.code]);
}

/** What an order line may call a product by. */
export type ProductNames = {
  product_id?: string | undefined;
  seller_code?: string | undefined;
  buyer_code?: string | undefined;
  gtin?: string | undefined;
};

/**
 * The seller's products that the lines of an order name, by id, the seller's code, GTIN or the
 * buyer's own code; a line that names none is left to its description.
 */
export async function findProducts(
  tx: Tx,
  seller: string,
  buyer: string,
  names: readonly ProductNames[],
): Promise<(Product | undefined)[]> {
  const values = (pick: (name: ProductNames) => string | undefined) => [
    ...new Set(names.map(pick).filter((one) => one !== undefined)),
  ];
  const buyerCodes = values((name) => name.buyer_code);
  const known =
    buyerCodes.length === 0
      ? []
      : await tx.db
          .selectFrom('partner_code')
          .select(['code', 'product_id'])
          .where('chain_id', '=', tx.chain)
          .where('partner_id', '=', buyer)
          .where('owner_id', '=', seller)
          .where('code', 'in', buyerCodes)
          .execute();
  const byBuyerCode = new Map(known.map((row) => [row.code, row.product_id]));
  const ids = [...values((name) => name.product_id), ...byBuyerCode.values()];
  const codes = values((name) => name.seller_code);
  const gtins = values((name) => name.gtin?.padStart(14, '0'));
  if (ids.length + codes.length + gtins.length === 0) return names.map(() => undefined);
  const rows = await tx.db
    .selectFrom('product')
    .select(productColumns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', seller)
    .where((is) =>
      is.or([
        ...(ids.length > 0 ? [is('id', 'in', ids)] : []),
        ...(codes.length > 0 ? [is('code', 'in', codes)] : []),
        ...(gtins.length > 0 ? [is('gtin', 'in', gtins)] : []),
      ]),
    )
    .execute();
  return names.map((name) => {
    const id = name.product_id ?? byBuyerCode.get(name.buyer_code ?? '');
    const gtin = name.gtin?.padStart(14, '0');
    // The closest name first: two articles of a seller may bear one GTIN.
    return (
      rows.find((row) => row.id === id) ??
      rows.find((row) => row.code === name.seller_code) ??
      rows.find((row) => gtin !== undefined && row.gtin === gtin)
    );
  });
}

type Names = { ids?: readonly string[]; codes?: readonly string[]; gtins?: readonly string[] };

/**
 * Products of any owner that the actor may see, by id, code or GTIN (14 digits): what lies in a
 * party's store is often somebody else's product.
 */
export async function productsNamed(
  tx: Tx,
  { ids = [], codes = [], gtins = [] }: Names,
): Promise<Product[]> {
  if (ids.length + codes.length + gtins.length === 0) return [];
  return tx.db
    .selectFrom('product')
    .select(productColumns)
    .where('chain_id', '=', tx.chain)
    .where((is) =>
      is.or([
        ...(ids.length > 0 ? [is('id', 'in', ids)] : []),
        ...(codes.length > 0 ? [is('code', 'in', codes)] : []),
        ...(gtins.length > 0 ? [is('gtin', 'in', gtins)] : []),
      ]),
    )
    .limit(10 * limits.page_rows)
    .execute();
}
