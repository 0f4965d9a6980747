import { sql } from 'kysely';
import { present, type Tx } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import type { LotOfProduct } from '../held-stock.ts';
import { lotName } from './lots.ts';

/** When a lot came to a place and left it, by the events that count; times in ms since 1970. */
export type Passage = {
  /** First, but by a count. */
  came: number | null;
  /** First, by a count as well. */
  known: number | null;
  /** First and last, but by a count. */
  left: number | null;
  left_last: number | null;
};

/**
 * Passages of some lots at a place of the actor's, by `lotName`.
 * @param except an event that is left out: the one that is taken back
 */
export async function passagesAt(
  tx: Tx,
  place_id: string,
  lots: readonly LotOfProduct[],
  except: string | null,
): Promise<ReadonlyMap<string, Passage>> {
  const counts = sql`(m.kind = 'counted' or m.step in ('cycle_counting', 'stock_taking'))`;
  const { rows } = await sql<LotOfProduct & Record<keyof Passage, string | null>>`
    select m.product_id, m.lot,
      min(e.event_time) filter (where m.quantity > 0 and not ${counts}) as came,
      min(e.event_time) filter (where m.quantity > 0) as known,
      min(e.event_time) filter (where m.quantity < 0 and not ${counts}) as left,
      max(e.event_time) filter (where m.quantity < 0 and not ${counts}) as left_last
    from unnest(${lots.map(({ product_id }) => product_id)}::uuid[],
      ${lots.map(({ lot }) => lot)}::text[]) w (product_id, lot)
    join stock_movement m on m.product_id = w.product_id and m.lot = w.lot
    join event e on e.chain_id = m.chain_id and e.id = m.event_id
    where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
      and m.place_id = ${place_id}::uuid and m.step not in ('holding', 'inspecting')
      and e.chain_id = ${tx.chain}::uuid and not e.declares_error
      and e.id is distinct from ${except}::uuid
      and not exists (select 1 from event_void v
        where v.chain_id = e.chain_id and v.event_id = e.id)
    group by m.product_id, m.lot`.execute(tx.db);
  const ms = (time: string | null) => (time === null ? null : new Date(time).getTime());
  return new Map(
    rows.map(({ product_id, lot, came, known, left, left_last }) => [
      lotName({ product_id, lot }),
      { came: ms(came), known: ms(known), left: ms(left), left_last: ms(left_last) },
    ]),
  );
}

const at = (time: number | null) => new Date(present(time, 'it was compared')).toISOString();

/**
 * A trace follows goods in the order of time: what was used has been there, and what has left was
 * made before.
 * @throws goods.used_before_there, goods.left_before_made
 */
export function checkOrder(
  made_at: string,
  { used, made }: { used: readonly LotOfProduct[]; made: readonly LotOfProduct[] },
  passages: ReadonlyMap<string, Passage>,
): void {
  const then = Date.parse(made_at);
  for (const line of used) {
    const { came = null, known = null } = passages.get(lotName(line)) ?? {};
    if (came === null || known === null || known <= then) continue;
    throw fault('goods.used_before_there', { lot: line.lot || '—', at: at(known) });
  }
  for (const line of made) {
    const { left = null, known = null } = passages.get(lotName(line)) ?? {};
    if (left === null || left >= then || (known !== null && known <= left)) continue;
    throw fault('goods.left_before_made', { lot: line.lot, at: at(left) });
  }
}

/** Whether a lot has come to a place otherwise as well than by a production of `made_at`. */
export function hasOtherOrigin(passage: Passage | undefined, made_at: string): boolean {
  const { came = null, known = null } = passage ?? {};
  return came !== null || (known !== null && known <= Date.parse(made_at));
}
