import { sql } from 'kysely';
import { z } from 'zod';
import { type Tx, uuid } from '../../../kernel/index.ts';

/**
 * A lot on hold that is not where the hold put it: more of it left than was in sale (`left`), or it
 * was counted among what is in sale since (`counted`).
 */
export const heldLeft = z
  .object({
    place_id: uuid,
    product_id: uuid,
    product_name: z.string(),
    lot: z.string(),
    unit: z.string(),
    held: z.string(),
    what: z.enum(['left', 'counted']),
    /** How much has left beyond what was in sale, or stands in sale. */
    quantity: z.string(),
  })
  .meta({ id: 'HeldLeft' });
export type HeldLeft = z.output<typeof heldLeft>;

/**
 * Where the actor's warehouse has touched goods that are on hold. A captured event is a fact and
 * never takes from a hold by itself: the row in sale goes below zero, or up, while the hold stands.
 */
export async function listHeldLeft(tx: Tx, limit: number): Promise<HeldLeft[]> {
  const { rows } = await sql<HeldLeft>`
    select s.place_id, s.product_id, s.product_name, s.lot, s.unit, trim_scale(h.quantity) as held,
      case when s.quantity < 0 then 'left' else 'counted' end as what,
      trim_scale(abs(s.quantity)) as quantity
    from stock h join stock s on s.chain_id = h.chain_id and s.owner_id = h.owner_id
      and s.place_id = h.place_id and s.product_id = h.product_id and s.lot = h.lot
      and s.unit = h.unit and s.disposition = 'sellable_accessible'
      and (s.quantity < 0 or (s.quantity > 0 and s.counted_at > h.changed_at))
    where h.chain_id = ${tx.chain}::uuid and h.owner_id = ${tx.actor.party}::uuid
      and h.disposition = 'recalled' and h.quantity > 0
    order by s.changed_at desc, s.product_id, s.lot limit ${limit}`.execute(tx.db);
  return rows;
}
