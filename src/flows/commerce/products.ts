import { z } from 'zod';
import {
  instant,
  kernelFault,
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

const MOST_UNITS = 20;
const packingUnits = z
  .array(z.object({ unit: unitCode, base_quantity: positiveDecimal }))
  .max(MOST_UNITS)
  .refine(
    (units) => new Set(units.map((one) => one.unit)).size === units.length,
    '同一包装单位只能写一次|a packing unit may be named once',
  );
const gtin = z.string().min(1).max(14);
const taxCode = z.string().max(19);
const shelfLife = z.int().min(1).max(36_500);
const industryClass = z.string().regex(/^\d{4}$/);

export const newProduct = z.object({
  code: z.string().trim().min(1).max(60),
  gtin: gtin.optional(),
  name_zh: shortText,
  name_en: shortText.optional(),
  unit: unitCode,
  units: packingUnits.default([]),
  shelf_life_days: shelfLife.optional(),
  temperature_min_c: temperature.optional(),
  temperature_max_c: temperature.optional(),
  tax_code: taxCode.optional(),
  industry_class: industryClass.optional(),
  published: z.boolean().default(true),
});
export type NewProduct = z.input<typeof newProduct>;

/** What may be said anew of a product that is listed; what is not given stays. */
export const productChange = z
  .object({
    name_zh: shortText,
    name_en: shortText,
    /** Where it has none so far. */
    gtin,
    shelf_life_days: shelfLife.nullable(),
    temperature_min_c: temperature.nullable(),
    temperature_max_c: temperature.nullable(),
    tax_code: taxCode.nullable(),
    industry_class: industryClass.nullable(),
    /** Packing units beside those that it has. */
    units: packingUnits,
  })
  .partial();
export type ProductChange = z.output<typeof productChange>;

export const packedProduct = product
  .extend({ units: z.array(z.object({ unit: unitCode, base_quantity: z.string() })) })
  .meta({ id: 'PackedProduct' });
export type PackedProduct = z.output<typeof packedProduct>;

export const productColumns = [
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

/** The identifiers among these, in their one writing. @throws commerce.identifier_invalid */
function checked(input: { gtin?: string | undefined; tax_code?: string | null | undefined }) {
  const gtin = input.gtin ? parseGtin(input.gtin) : null;
  if (gtin && !gtin.ok) throw fault('commerce.identifier_invalid', gtin.reason);
  const tax = input.tax_code ? parseTaxCode(input.tax_code) : null;
  if (tax && !tax.ok) throw fault('commerce.identifier_invalid', tax.reason);
  return { gtin: gtin ? gtin.value : null, tax_code: tax ? tax.value.code : null };
}

function addUnits(tx: Tx, product_id: string, units: ProductChange['units'] = []): void {
  if (units.length === 0) return;
  const shared = { chain_id: tx.chain, product_id, owner_id: tx.actor.party };
  const rows = units.map((one) => ({ ...shared, ...one }));
  tx.append('product_unit', rows);
}

/** Lists a product in the actor's catalogue. @throws commerce.product_code_taken */
export async function addProduct(tx: Tx, input: NewProduct): Promise<Product> {
  const { units, ...given } = newProduct.parse(input);
  const row = {
    id: tx.newId(),
    owner_id: tx.actor.party,
    code: given.code,
    ...checked(given),
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
  addUnits(tx, row.id, units);
  await recordFact(tx, {
    type: 'commerce.product.listed',
    subject: row.id,
    parties: [row.owner_id],
    body: { ...row, units },
  });
  return row;
}

/** @throws commerce.product_unknown */
export async function getProduct(tx: Tx, id: string): Promise<Product> {
  const row = await tx.db
    .selectFrom('product')
    .select(productColumns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('commerce.product_unknown', { code: id });
  return row;
}

/** A product with its packing units. @throws commerce.product_unknown */
export async function getPackedProduct(tx: Tx, id: string): Promise<PackedProduct> {
  const found = await getProduct(tx, id);
  const units = await tx.db
    .selectFrom('product_unit')
    .select(['unit', 'base_quantity'])
    .where('chain_id', '=', tx.chain)
    .where('product_id', '=', id)
    .orderBy('unit')
    .limit(MOST_UNITS)
    .execute();
  return { ...found, units };
}

/** The actor's own product, held until its change is done. */
async function holdOwnProduct(tx: Tx, id: string): Promise<Product> {
  const row = await tx.db
    .selectFrom('product')
    .select(productColumns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .forUpdate()
    .executeTakeFirst();
  if (row) return row;
  await getProduct(tx, id);
  throw kernelFault('kernel.not_found');
}

/** The unit of an order that has it, of some units or of any. A line keeps what its product was. */
async function orderedBy(
  tx: Tx,
  product_id: string,
  units: readonly string[] | null,
): Promise<string | undefined> {
  let lines = tx.db
    .selectFrom('order_line')
    .select('unit')
    .where('chain_id', '=', tx.chain)
    .where('product_id', '=', product_id);
  if (units !== null) lines = lines.where('unit', 'in', units);
  return (await lines.limit(1).executeTakeFirst())?.unit;
}

/**
 * Packing units that a product may be given: none that it has, and none by which it was ordered,
 * whose goods lie in stock by that unit.
 */
async function checkUnits(
  tx: Tx,
  { id, unit }: Product,
  units: NonNullable<ProductChange['units']>,
): Promise<void> {
  const { units: known } = await getPackedProduct(tx, id);
  const taken = [unit, ...known.map((one) => one.unit)];
  if (known.length + units.length > MOST_UNITS) {
    throw fault('commerce.too_many_units', { most: MOST_UNITS });
  }
  const asked = units.map((one) => one.unit);
  const twice = asked.find((one) => taken.includes(one));
  if (twice !== undefined) throw fault('commerce.unit_known', { unit: twice });
  const ordered = asked.length === 0 ? undefined : await orderedBy(tx, id, asked);
  if (ordered !== undefined) throw fault('commerce.unit_ordered', { unit: ordered });
}

/**
 * Says some things anew of the actor's own product. Its code and its unit stay: by them others
 * order it, and its stock and prices are kept. So does a GTIN: goods of another one are another
 * product (GS1 GTIN Management Standard).
 * @throws commerce.product_unknown, kernel.not_found where it is somebody else's,
 *   commerce.identifier_invalid, commerce.gtin_given, commerce.ordered_without_gtin,
 *   commerce.unit_known, commerce.unit_ordered, commerce.too_many_units
 */
export async function changeProduct(
  tx: Tx,
  id: string,
  { units = [], ...given }: ProductChange,
): Promise<PackedProduct> {
  const before = await holdOwnProduct(tx, id);
  const { gtin, tax_code } = checked(given);
  if (gtin !== null && before.gtin !== null && gtin !== before.gtin) {
    throw fault('commerce.gtin_given', { gtin: before.gtin });
  }
  const isFirst = gtin !== null && before.gtin === null;
  if (isFirst && (await orderedBy(tx, id, null)) !== undefined) {
    throw fault('commerce.ordered_without_gtin');
  }
  await checkUnits(tx, before, units);
  const { gtin: _, tax_code: __, ...rest } = given;
  const change = {
    ...rest,
    ...(gtin === null ? {} : { gtin }),
    ...(given.tax_code === undefined ? {} : { tax_code }),
  };
  if (Object.keys(change).length + units.length === 0) return getPackedProduct(tx, id);
  tx.write(
    tx.db
      .updateTable('product')
      .set({ ...change, changed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  addUnits(tx, id, units);
  await recordFact(tx, {
    type: 'commerce.product.changed',
    subject: id,
    parties: [tx.actor.party],
    body: { ...change, units },
  });
  return getPackedProduct(tx, id);
}
