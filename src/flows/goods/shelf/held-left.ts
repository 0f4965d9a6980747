import { sql } from 'kysely';
import { z } from 'zod';
import { type Tx, uuid } from '../../../kernel/index.ts';

/** Goods of a lot on hold that have left by all that is recorded: more went than was in sale. */
export const heldLeft = z
  .object({
    place_id: uuid,
    product_id: uuid,
    product_name: z.string(),
    lot: z.string(),
    unit: z.string(),
    /** What is on hold, and how much more than was in sale has gone. */
    held: z.string(),
    left: z.string(),
    /** The last event that took goods out. */
    event_id: uuid.nullable(),
  })
  .meta({ id: 'HeldLeft' });
export type HeldLeft = z.output<typeof heldLeft>;

/**
 * Where the actor's warehouse sent goods that are on hold. A captured event is a fact and never
 * takes from a hold by itself: the row in sale goes below zero, while the hold stands.
 */
export async function listHeldLeft(tx: Tx, limit: number): Promise<HeldLeft[]> {
  const { rows } = await sql<HeldLeft>`
    select s.place_id, s.product_id, s.product_name, s.lot, s.unit, trim_scale(h.quantity) as held,
      trim_scale(-s.quantity) as left, s.negative_event_id as event_id
    from stock s join stock h on h.chain_id = s.chain_id and h.owner_id = s.owner_id
      and h.place_id = s.place_id and h.product_id = s.product_id and h.lot = s.lot
      and h.unit = s.unit and h.disposition = 'recalled' and h.quantity > 0
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
      and s.disposition = 'sellable_accessible' and s.quantity < 0
    order by s.changed_at desc, s.product_id, s.lot limit ${limit}`.execute(tx.db);
  return rows;
}
