import { z } from 'zod';
import { type Product, productsNamed } from '../../flows/commerce/index.ts';
import { type MadeLot, storeProduction } from '../../flows/goods/index.ts';
import { addDays, positiveDecimal, type Tx, unitCode, uuid } from '../../kernel/index.ts';
import { fault } from './faults.ts';

const lotText = z.string().trim().max(20);

/** What was used, and what was made of it. */
export const newProduction = z.object({
  place_id: uuid,
  /** The production order, 生产任务单. */
  order_number: z.string().trim().min(1).max(60).optional(),
  used: z
    .array(
      z.object({
        product_id: uuid,
        lot: lotText.default(''),
        /** The unit in which it lies in stock. */
        unit: unitCode,
        quantity: positiveDecimal,
      }),
    )
    .min(1)
    .max(200),
  made: z
    .array(
      z.object({
        product_id: uuid,
        lot: lotText.min(1),
        /** In the product's own unit. */
        quantity: positiveDecimal,
        /**
         * Null is none; if absent, that of what lies there of the lot, or else by the product's
         * shelf life, counted from today.
         */
        best_before: z.iso.date().nullable().optional(),
      }),
    )
    .min(1)
    .max(50),
});
type NewProduction = z.output<typeof newProduction>;

function madeLot(tx: Tx, line: NewProduction['made'][number], product: Product): MadeLot {
  const { shelf_life_days: days, name_zh: product_name, unit } = product;
  const shelf_life_until = days === null ? null : addDays(tx.today, days);
  return { ...line, unit, product_name, shelf_life_until };
}

/**
 * Lots of the actor's products are made of what lies at one of its places.
 * @throws stockroom.not_own_product, and what storeProduction throws
 */
export async function recordProduction(
  tx: Tx,
  { used, made, order_number, place_id }: NewProduction,
): Promise<{ event_id: string }> {
  const ids = [...used, ...made].map(({ product_id }) => product_id);
  const products = await productsNamed(tx, { ids: [...new Set(ids)] });
  const known = new Map(products.map((one) => [one.id, one]));
  const lots = made.map((line) => {
    const product = known.get(line.product_id);
    if (product?.owner_id !== tx.actor.party) throw fault('stockroom.not_own_product');
    return madeLot(tx, line, product);
  });
  const gtins = new Map(products.map(({ id, gtin }) => [id, gtin]));
  const production = { place_id, order_number: order_number ?? null, used, made: lots };
  return storeProduction(tx, production, gtins);
}
