import { z } from 'zod';
import { type Product, productsNamed } from '../../flows/commerce/index.ts';
import {
  type Gtins,
  getProduction,
  type MadeLot,
  type Production,
  storeProduction,
  withdrawProduction,
} from '../../flows/goods/index.ts';
import {
  addDays,
  dateInZone,
  givenInstant,
  positiveDecimal,
  type Tx,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';

const lotText = z.string().trim().max(20);

/** What was used, and what was made of it. */
const making = z.object({
  /** Absent: just now. */
  made_at: givenInstant.optional(),
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
         * shelf life, counted from the day on which it was made.
         */
        best_before: z.iso.date().nullable().optional(),
      }),
    )
    .min(1)
    .max(50),
});
type Making = z.output<typeof making>;

export const newProduction = making.extend({ place_id: uuid });

export const productionWithdrawal = z.object({
  reason: z.string().trim().min(1).max(200),
  /** What was made in truth, at the same place; when, if not said, is when it was said to be. */
  instead: making.optional(),
});

function madeLot(line: Making['made'][number], product: Product, on: string): MadeLot {
  const { shelf_life_days: days, name_zh: product_name, unit } = product;
  const shelf_life_until = days === null ? null : addDays(on, days);
  return { ...line, unit, product_name, shelf_life_until };
}

/** What is made with what the catalogue says of it. @throws stockroom.not_own_product */
async function described(
  tx: Tx,
  place_id: string,
  { used, made, order_number, made_at }: Making,
): Promise<{ production: Production; gtins: Gtins }> {
  const ids = [...used, ...made].map(({ product_id }) => product_id);
  const products = await productsNamed(tx, { ids: [...new Set(ids)] });
  const known = new Map(products.map((one) => [one.id, one]));
  const on = made_at === undefined ? tx.today : dateInZone(made_at, tx.zone);
  const lots = made.map((line) => {
    const product = known.get(line.product_id);
    if (product?.owner_id !== tx.actor.party) throw fault('stockroom.not_own_product');
    return madeLot(line, product, on);
  });
  return {
    production: { place_id, order_number: order_number ?? null, made_at, used, made: lots },
    gtins: new Map(products.map(({ id, gtin }) => [id, gtin])),
  };
}

/**
 * Lots of the actor's products are made of what lies at one of its places.
 * @throws stockroom.not_own_product, and what storeProduction throws
 */
export async function recordProduction(
  tx: Tx,
  { place_id, ...given }: z.output<typeof newProduction>,
): Promise<{ event_id: string }> {
  const { production, gtins } = await described(tx, place_id, given);
  return storeProduction(tx, production, gtins);
}

/**
 * Takes a production back, and records what was made instead.
 * @throws stockroom.not_own_product, and what withdrawProduction throws
 */
export async function takeBackProduction(
  tx: Tx,
  event_id: string,
  { reason, instead }: z.output<typeof productionWithdrawal>,
): Promise<{ event_id: string; instead_id: string | null }> {
  if (!instead) return withdrawProduction(tx, event_id, reason, null);
  const { place_id, made_at } = await getProduction(tx, event_id);
  const now = await described(tx, place_id, { ...instead, made_at: instead.made_at ?? made_at });
  return withdrawProduction(tx, event_id, reason, now);
}
