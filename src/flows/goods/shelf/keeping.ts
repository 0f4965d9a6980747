import { sql } from 'kysely';
import { z } from 'zod';
import { recordFact, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { fault } from '../faults.ts';
import type { Catalogue } from './names.ts';
import { settleAnew } from './settling.ts';
import { holdEventsPlaces } from './whereabouts.ts';

/** Who moves the stock of a place: trade's own events, or those that its owner captures. */
export const keepers = ['platform', 'events'] as const;
export type Keeping = { kept_by: (typeof keepers)[number]; stint: number };

/**
 * What moves the stock of places of the actor's, held so until the end of the transaction: one
 * movement must not be written by both sides of a change.
 */
export async function keepingOf(
  tx: Tx,
  placeIds: readonly string[],
): Promise<Map<string, Keeping>> {
  const ids = [...new Set(placeIds)];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Keeping & { id: string }>`
    select id, stock_kept_by as kept_by, stock_stint as stint from place
    where chain_id = ${tx.chain}::uuid and id = any(${ids}::uuid[])
    order by id for key share`.execute(tx.db);
  return new Map(rows.map(({ id, ...keeping }) => [id, keeping]));
}

/**
 * The place as it is kept now, locked with the actor's other places of its number: events name a
 * place by that, and two that they move would be one.
 */
async function lockForChange(
  tx: Tx,
  place_id: string,
  kept_by: Keeping['kept_by'],
): Promise<Keeping> {
  const { rows } = await sql<Keeping & { id: string }>`
    select p.id, p.stock_kept_by as kept_by, p.stock_stint as stint from place p
    where p.chain_id = ${tx.chain}::uuid and p.owner_id = ${tx.actor.party}::uuid
      and (p.id = ${place_id}::uuid or p.gln = (select o.gln from place o
        where o.chain_id = ${tx.chain}::uuid and o.id = ${place_id}::uuid))
    order by p.id for update of p`.execute(tx.db);
  const now = rows.find(({ id }) => id === place_id);
  if (!now) throw fault('goods.place_unknown');
  if (now.kept_by === kept_by) throw fault('goods.kept_so_already');
  const twin = rows.some((one) => one.id !== place_id && one.kept_by === 'events');
  if (kept_by === 'events' && twin) throw fault('goods.number_kept_twice');
  return now;
}

export const newKeeping = z.object({
  kept_by: z.enum(keepers),
  reason: z.string().trim().min(1).max(200),
});

/**
 * Changes what moves the stock of a place of the actor's. What lies there now opens the new stint:
 * it is as a count of the whole place, and no event of before moves it any more.
 * @returns how many rows it opens with
 * @throws goods.place_unknown, goods.kept_so_already, goods.number_kept_twice
 */
export async function changeKeeping(
  tx: Tx,
  place_id: string,
  { kept_by, reason }: z.output<typeof newKeeping>,
  catalogue: Catalogue,
): Promise<{ kept_by: Keeping['kept_by']; since: string; rows: number }> {
  const now = await lockForChange(tx, place_id, kept_by);
  const stint = now.stint + 1;
  const opened = await sql<{ n: number }>`
    insert into stock_opening (chain_id, owner_id, place_id, stint, product_id, lot, disposition,
      unit, quantity, negative_event_id, opened_at)
    select chain_id, owner_id, place_id, ${stint}::integer, product_id, lot, disposition, unit,
      quantity, negative_event_id, ${tx.now}::timestamptz
    from stock where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid
      and place_id = ${place_id}::uuid and quantity <> 0
    on conflict do nothing returning 1 as n`.execute(tx.db);
  tx.write(sql`
    update place set stock_kept_by = ${kept_by}, stock_stint = ${stint}::integer,
      stock_since = ${tx.now}::timestamptz
    where chain_id = ${tx.chain}::uuid and id = ${place_id}::uuid`);
  tx.write(sql`
    update stock set counted_at = null where chain_id = ${tx.chain}::uuid
      and owner_id = ${tx.actor.party}::uuid and place_id = ${place_id}::uuid
      and counted_at is not null`);
  await recordFact(tx, {
    type: 'goods.place.stock_kept',
    subject: place_id,
    parties: [tx.actor.party],
    body: { kept_by, stint, since: tx.now, reason, rows: opened.rows.length },
  });
  if (kept_by === 'events') await settleAhead(tx, catalogue);
  return { kept_by, since: tx.now, rows: opened.rows.length };
}

const MOST_AHEAD = 1_000;

/** Events that were captured before they happen move stock from now on like any later one. */
async function settleAhead(tx: Tx, catalogue: Catalogue): Promise<void> {
  const places = await holdEventsPlaces(tx);
  const { rows } = await sql<{ id: string; event: EpcisEvent }>`
    select e.id, e.body as event from event e
    where e.chain_id = ${tx.chain}::uuid and e.event_time > ${tx.now}::timestamptz
      and e.capturer_id = ${tx.actor.party}::uuid and e.movement is null
    order by e.event_time, e.id limit ${MOST_AHEAD}`.execute(tx.db);
  await settleAnew(tx, places, rows, catalogue);
}
