import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { type CapturedEvent, settleAnew, type Voided } from './settling.ts';
import { type EventsPlace, holdEventsPlaces } from './whereabouts.ts';

/** Captured events of the actor's that can move stock, in batches: from a stint's beginning on. */
export async function eventsSince(
  tx: Tx,
  places: readonly EventsPlace[],
  after: string,
): Promise<(CapturedEvent & Voided)[]> {
  if (places.length === 0) return [];
  const since = places.map((one) => new Date(one.since).toISOString()).sort()[0] ?? '';
  const { rows } = await sql<CapturedEvent & Voided>`
    select e.id, e.body as event, v.by_event_id as voided_by from event e
    left join event_void v on v.chain_id = e.chain_id and v.event_id = e.id
    where e.chain_id = ${tx.chain}::uuid and e.id > ${after}::uuid
      and e.capturer_id = ${tx.actor.party}::uuid and e.movement is null
      and not e.declares_error and e.event_time > ${since}::timestamptz
    order by e.id limit ${limits.stock_rebuilt}`.execute(tx.db);
  return rows.map((row) => ({ ...row, event: row.event as EpcisEvent }));
}

export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Enters a batch of the actor's captured events anew, by the rules and the names of today. Each
 * batch is a transaction of its own: whoever reads goes on, and sees stock that adds up.
 * @returns where the next batch begins; null after the last one
 */
export async function rebuildBatch(
  tx: Tx,
  after: string,
): Promise<{ read: number; next: string | null }> {
  const places = await holdEventsPlaces(tx);
  const events = await eventsSince(tx, places, after);
  await settleAnew(tx, places, events);
  const last = events.at(-1);
  const isLast = last === undefined || events.length < limits.stock_rebuilt;
  return { read: events.length, next: isLast ? null : last.id };
}
