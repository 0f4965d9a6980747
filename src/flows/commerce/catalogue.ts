import { z } from 'zod';
import {
  decodeCursor,
  instant,
  limits,
  type PageQuery,
  pageOf,
  parseGtin,
  parseTaxCode,
  positiveDecimal,
  recordFact,
  shortText,
  type Tx,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';

const temperature = z.string().regex(/^-?\d{1,3}(\.\d{1,2})?$/);

/** What a party sells, with what the trade needs to know of it. Temperatures in °C. */
export const product = z
  .object({
    id: uuid,
    owner_id: uuid,
    code: z.string(),
    gtin: z.string().nullable(),
    name_zh: z.string(),
    name_en: z.string(),
    unit: unitCode,
    shelf_life_days: z.int().nullable(),
    temperature_min_c: z.string().nullable(),
    temperature_max_c: z.string().nullable(),
    /** 商品和服务税收分类编码, 19 digits. */
    tax_code: z.string().nullable(),
    /** GB/T 4754-2017 class, four digits. */
    industry_class: z.string().nullable(),
    published: z.boolean(),
    changed_at: instant,
  })
  .meta({ id: 'Product' });
export type Product = z.output<typeof product>;

export const newProduct = z.object({
  code: z.string().trim().min(1).max(60),
  gtin: z.string().max(14).optional(),
  name_zh: shortText,
  name_en: shortText.optional(),
  unit: unitCode,
  units: z
    .array(z.object({ unit: unitCode, base_quantity: positiveDecimal }))
    .max(20)
    .refine(
      (units) => new Set(units.map((one) => one.unit)).size === units.length,
      '同一包装单位只能写一次|a packing unit may be named once',
    )
    .default([]),
  shelf_life_days: z.int().min(1).max(36_500).optional(),
  temperature_min_c: temperature.optional(),
  temperature_max_c: temperature.optional(),
  tax_code: z.string().max(19).optional(),
  industry_class: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  published: z.boolean().default(true),
});
export type NewProduct = z.input<typeof newProduct>;

const columns = [
  'id',
  'owner_id',
  'code',
  'gtin',
  'name_zh',
  'name_en',
  'unit',
  'shelf_life_days',
  'temperature_min_c',
  'temperature_max_c',
  'tax_code',
  'industry_class',
  'published',
  'changed_at',
] as const;

function checked(input: z.output<typeof newProduct>) {
  const gtin = input.gtin ? parseGtin(input.gtin) : null;
  if (gtin && !gtin.ok) throw fault('commerce.identifier_invalid', gtin.reason);
  const tax = input.tax_code ? parseTaxCode(input.tax_code) : null;
  if (tax && !tax.ok) throw fault('commerce.identifier_invalid', tax.reason);
  return { gtin: gtin ? gtin.value : null, tax_code: tax ? tax.value.code : null };
}

/** Lists a product in the actor's catalogue. @throws commerce.product_code_taken */
export async function addProduct(tx: Tx, input: NewProduct): Promise<Product> {
  const { units, ...given } = newProduct.parse(input);
  const row = {
    id: tx.newId(),
    owner_id: tx.actor.party,
    code: given.code,
    ...checked({ ...given, units }),
    name_zh: given.name_zh,
    name_en: given.name_en ?? given.name_zh,
    unit: given.unit,
    shelf_life_days: given.shelf_life_days ?? null,
    temperature_min_c: given.temperature_min_c ?? null,
    temperature_max_c: given.temperature_max_c ?? null,
    industry_class: given.industry_class ?? null,
    published: given.published,
    changed_at: tx.now,
  };
  const done = await tx.db
    .insertInto('product')
    .values({ chain_id: tx.chain, recorded_at: tx.now, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) {
    throw fault('commerce.product_code_taken', { code: row.code });
  }
  if (units.length > 0) {
    const rows = units.map((one) => ({
      chain_id: tx.chain,
      product_id: row.id,
      owner_id: row.owner_id,
      ...one,
    }));
    tx.append('product_unit', rows);
  }
  await recordFact(tx, {
    type: 'commerce.product.listed',
    subject: row.id,
    parties: [row.owner_id],
    body: { ...row, units },
  });
  return row;
}

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

/** @throws commerce.product_unknown */
export async function getProduct(tx: Tx, id: string): Promise<Product> {
  const row = await tx.db
    .selectFrom('product')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('commerce.product_unknown', { code: id });
  return row;
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
  let rows = tx.db.selectFrom('product').select(columns).where('chain_id', '=', tx.chain);
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
    .select(columns)
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
    .select(columns)
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
