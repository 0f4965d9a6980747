import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import {
  type CapturedEvent,
  type Derived,
  derivedByThemselves,
  deriveEntries,
  type Unknown,
} from './deriving.ts';
import { enterAnew, enterMovements } from './entering.ts';
import { voidEntries } from './movements.ts';
import type { Catalogue, StockName } from './names.ts';
import { findRepacked } from './repacking.ts';
import type { Touched } from './rows.ts';
import { type EventsPlace, holdEventsPlaces } from './whereabouts.ts';

type Void = { event_id: string; by_event_id: string };

/** Which of some events, or of those that they declare wrong, count no more. */
export async function voidsOf(tx: Tx, captured: readonly CapturedEvent[]): Promise<Void[]> {
  const declaring = captured.flatMap(({ id, event }) => (event.errorDeclaration ? [id] : []));
  const plain = captured.flatMap(({ id, event }) => (event.errorDeclaration ? [] : [id]));
  const { rows } = await sql<Void>`
    select event_id, by_event_id from event_void
    where chain_id = ${tx.chain}::uuid and event_id = any(${plain}::uuid[])
    union
    select v.event_id, v.by_event_id from event d
    join event o on o.chain_id = d.chain_id and o.event_uri = d.event_uri
      and o.capturer_id = d.capturer_id and not o.declares_error
    join event_void v on v.chain_id = o.chain_id and v.event_id = o.id
    where d.chain_id = ${tx.chain}::uuid and d.id = any(${declaring}::uuid[])`.execute(tx.db);
  return rows;
}

/** Those of some rows whose entries are of the stint that their place is in now. */
export function rowsOfToday(
  places: readonly EventsPlace[],
  rows: readonly Touched[],
): readonly Touched[] {
  const current = new Map(places.map(({ id, stint }) => [id, stint]));
  return rows.filter(({ place_id, stint }) => current.get(place_id) === stint);
}

function keepUnknown(tx: Tx, unknown: readonly Unknown[]): void {
  if (unknown.length === 0) return;
  const list = <Value>(value: (one: Unknown) => Value) => unknown.map(value);
  tx.write(sql`
    insert into stock_unknown (chain_id, owner_id, event_id, what, name, at, recorded_at)
    select ${tx.chain}::uuid, ${tx.actor.party}::uuid, u.event_id, u.what, u.name, u.at,
      ${tx.now}::timestamptz
    from unnest(${list((one) => one.event_id)}::uuid[], ${list((one) => one.what)}::text[],
      ${list((one) => one.name)}::text[], ${list((one) => one.at)}::timestamptz[])
      as u(event_id, what, name, at)
    on conflict do nothing`);
}

function forgetUnknown(tx: Tx, events: readonly string[]): void {
  if (events.length === 0) return;
  tx.write(sql`
    delete from stock_unknown where chain_id = ${tx.chain}::uuid
      and owner_id = ${tx.actor.party}::uuid and event_id = any(${events}::uuid[])`);
}

/**
 * Moves the actor's stock by events that were just captured, in their transaction. A captured event
 * is a fact: it is never refused for what lies on a shelf. Nothing is read beyond one look where
 * the actor has no place that events move, but for what is declared wrong: it may have moved
 * something while there was one, and the index of movements says of each event whether it counts.
 */
export async function moveByEvents(
  tx: Tx,
  captured: readonly CapturedEvent[],
  catalogue: Catalogue,
): Promise<void> {
  if (captured.length === 0) return;
  const places = await holdEventsPlaces(tx);
  if (places.length === 0) {
    const declares = captured.some(({ event }) => event.errorDeclaration !== undefined);
    if (declares) await voidEntries(tx, await voidsOf(tx, captured));
    return;
  }
  const { entries, unknown, learnt } = await deriveEntries(tx, places, captured, catalogue);
  const voids = await voidsOf(tx, captured);
  const gone = new Map(voids.map((one) => [one.event_id, one.by_event_id]));
  // In this order: whoever is just entering what waited (`settleAnew`) is waited for here.
  forgetUnknown(tx, [...gone.keys()]);
  const touched = await voidEntries(tx, voids);
  keepUnknown(
    tx,
    unknown.filter(({ event_id }) => !gone.has(event_id)),
  );
  await enterMovements(
    tx,
    entries.map((one) => ({ ...one, voided_by: gone.get(one.event_id) ?? null })),
    rowsOfToday(places, touched),
  );
  await settleLearnt(tx, learnt);
  await settleRepacked(tx, captured, catalogue);
}

/**
 * Enters events anew that named containers of which these events say what lay in them. Where they
 * are very many, those beyond the bound are listed and wait to be matched. A packing and a shipment
 * that are captured at once see each other, for the captures of a firm take turns (`storeEvents`):
 * the second comes here once the first is done.
 */
async function settleRepacked(
  tx: Tx,
  captured: readonly CapturedEvent[],
  catalogue: Catalogue,
): Promise<void> {
  const repacked = await findRepacked(tx, captured);
  const first = await repacked.first(limits.stock_settled);
  await settleEvents(tx, first, catalogue);
  if (first.length === limits.stock_settled) repacked.listBehind(first.at(-1) ?? '');
}

/** Captured events of the actor's by their ids. */
export async function eventsOf(tx: Tx, ids: readonly string[]): Promise<CapturedEvent[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string; body: EpcisEvent }>`
    select e.id, e.body from event e
    where e.chain_id = ${tx.chain}::uuid and e.id = any(${ids}::uuid[])
      and e.capturer_id = ${tx.actor.party}::uuid and e.movement is null
      and not e.declares_error
    order by e.id`.execute(tx.db);
  return rows.map(({ id, body }) => ({ id, event: body }));
}

/**
 * Enters some captured events anew, by the names and places of today: what they moved and do not
 * move now is taken out, what is missing is entered, and what is there already stays.
 * @param catalogue knows names that nobody has used; what waited for one of them is settled too
 * @returns how many entries changed
 */
export async function settleAnew(
  tx: Tx,
  places: readonly EventsPlace[],
  captured: readonly CapturedEvent[],
  catalogue: Catalogue | null = null,
): Promise<number> {
  let changed = 0;
  for await (const { some, derived } of derivedByThemselves(tx, places, captured, catalogue)) {
    changed += await settleDerived(tx, places, some, derived);
  }
  return changed;
}

async function settleDerived(
  tx: Tx,
  places: readonly EventsPlace[],
  captured: readonly CapturedEvent[],
  { entries, unknown, learnt }: Derived,
): Promise<number> {
  const ids = captured.map(({ id }) => id);
  forgetUnknown(tx, ids);
  // Read behind that: whoever declares one of them wrong at this moment has just been waited for.
  const voids = await voidsOf(tx, captured);
  const gone = new Map(voids.map((one) => [one.event_id, one.by_event_id]));
  keepUnknown(
    tx,
    unknown.filter(({ event_id }) => !gone.has(event_id)),
  );
  const changed = await enterAnew(
    tx,
    places,
    ids,
    entries.map((one) => ({ ...one, voided_by: gone.get(one.event_id) ?? null })),
  );
  await settleLearnt(tx, learnt);
  return changed;
}

/** Enters what waited for names that were just learnt. */
async function settleLearnt(tx: Tx, learnt: readonly StockName[]): Promise<void> {
  const names = learnt.map(({ name }) => name);
  await settleNamed(tx, names, limits.stock_settled);
}

/**
 * Settles events that waited for names which are known by now: goods, their units, or locations.
 * @returns how many were entered; as many as `most` may leave some waiting
 */
export async function settleNamed(tx: Tx, names: readonly string[], most: number): Promise<number> {
  if (names.length === 0) return 0;
  const { rows } = await sql<{ event_id: string }>`
    select distinct event_id from stock_unknown
    where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid
      and split_part(name, ' ', 1) = any(${names}::text[])
    order by event_id limit ${most}`.execute(tx.db);
  const ids = rows.map(({ event_id }) => event_id);
  return settleEvents(tx, ids);
}

/** Enters captured events of the actor's anew. @returns how many there are */
export async function settleEvents(
  tx: Tx,
  ids: readonly string[],
  catalogue: Catalogue | null = null,
): Promise<number> {
  const events = await eventsOf(tx, ids);
  if (events.length > 0) await settleAnew(tx, await holdEventsPlaces(tx), events, catalogue);
  return events.length;
}
