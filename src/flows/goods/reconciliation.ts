import { z } from 'zod';
import { Decimal, decimal, type Tx, uuid } from '../../kernel/index.ts';
import { bareWord } from './epcis/vocabulary.ts';
import type { BusinessStep, StockMovement } from './events.ts';
import { type Movement, movementsOf, type StockRow, sumMovements } from './stock.ts';

/** A stock row that is not what the events add up to: there must be none. */
export const stockDifference = z.object({
  place_id: uuid,
  product_id: uuid,
  lot: z.string(),
  disposition: z.string(),
  unit: z.string(),
  stored: decimal,
  from_events: decimal,
});
export type StockDifference = z.output<typeof stockDifference>;

const batch = 1_000;

/** The actor's stock, computed anew from its events, oldest first. */
export async function rebuildStock(tx: Tx): Promise<Movement[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  let sums: Movement[] = [];
  for (;;) {
    const rows = await tx.db
      .selectFrom('event')
      .select(['id', 'biz_step', 'movement'])
      .where('chain_id', '=', tx.chain)
      .where('id', '>', after)
      .where('movement', 'is not', null)
      .orderBy('id')
      .limit(batch)
      .execute();
    const moves = rows.flatMap((row) => {
      const kept = row.movement as unknown as StockMovement;
      if (kept.owner_id !== tx.actor.party) return [];
      const step = bareWord('bizStep', row.biz_step ?? '') as BusinessStep;
      return movementsOf({ ...kept, step });
    });
    sums = sumMovements([...sums, ...moves]);
    const last = rows.at(-1);
    if (rows.length < batch || last === undefined) return sums;
    after = last.id;
  }
}

const keyOf = (row: Omit<StockDifference, 'stored' | 'from_events'>) =>
  [row.place_id, row.product_id, row.lot, row.disposition, row.unit].join('|');

/** Where the actor's stored stock is not what its events say; empty when all is well. */
export async function reconcileStock(tx: Tx): Promise<StockDifference[]> {
  const stored = (await tx.db
    .selectFrom('stock')
    .select(['place_id', 'product_id', 'lot', 'disposition', 'unit', 'quantity'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .execute()) as Pick<
    StockRow,
    'place_id' | 'product_id' | 'lot' | 'disposition' | 'unit' | 'quantity'
  >[];
  const rebuilt = new Map((await rebuildStock(tx)).map((move) => [keyOf(move), move]));
  const differences: StockDifference[] = [];
  for (const row of stored) {
    const { quantity, ...key } = row;
    const from_events = rebuilt.get(keyOf(row))?.quantity ?? '0';
    rebuilt.delete(keyOf(row));
    if (new Decimal(quantity).eq(from_events)) continue;
    differences.push({ ...key, stored: quantity, from_events });
  }
  for (const { place_id, product_id, lot, disposition, unit, quantity } of rebuilt.values()) {
    if (new Decimal(quantity).eq(0)) continue;
    const key = { place_id, product_id, lot, disposition, unit };
    differences.push({ ...key, stored: '0', from_events: quantity });
  }
  return differences;
}
