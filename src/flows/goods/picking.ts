import { z } from 'zod';
import { addDays, Decimal, decimal, type Tx, uuid } from '../../kernel/index.ts';

export const pickingQuery = z.object({
  place_id: uuid,
  product_id: uuid,
  unit: z.string().max(3),
  quantity: decimal,
  /** Days of shelf life that must be left for the customer. */
  days_left_min: z.coerce.number().int().min(0).max(3_650).default(0),
});

/** Which lots to take, first expired first out; `missing` is what the shelf does not hold. */
export const picking = z
  .object({
    lots: z.array(
      z.object({ lot: z.string(), best_before: z.string().nullable(), quantity: decimal }),
    ),
    missing: decimal,
    /** Lots passed over because too little shelf life is left. */
    too_old: z.array(z.string()),
  })
  .meta({ id: 'Picking' });
export type Picking = z.output<typeof picking>;

/** Proposes lots for a quantity (FEFO). Lots without a date come last. */
export async function proposePicking(
  tx: Tx,
  query: z.output<typeof pickingQuery>,
): Promise<Picking> {
  const rows = await tx.db
    .selectFrom('stock')
    .select(['lot', 'best_before', 'quantity'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('place_id', '=', query.place_id)
    .where('product_id', '=', query.product_id)
    .where('unit', '=', query.unit)
    .where('disposition', '=', 'sellable_accessible')
    .where('quantity', '>', '0')
    .orderBy('best_before', (order) => order.asc().nullsLast())
    .orderBy('lot')
    .limit(1_000)
    .execute();
  const oldest = addDays(tx.today, query.days_left_min);
  const fresh = rows.filter((row) => row.best_before === null || row.best_before > oldest);
  let missing = new Decimal(query.quantity);
  const lots: Picking['lots'] = [];
  for (const row of fresh) {
    if (missing.lte(0)) break;
    const take = Decimal.min(missing, row.quantity);
    lots.push({ lot: row.lot, best_before: row.best_before, quantity: take.toFixed() });
    missing = missing.minus(take);
  }
  const too_old = rows.filter((row) => !fresh.includes(row)).map((row) => row.lot);
  return { lots, missing: missing.toFixed(), too_old };
}
