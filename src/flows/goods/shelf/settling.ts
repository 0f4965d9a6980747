import { sql } from 'kysely';
import { Decimal, limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { bareWord } from '../epcis/vocabulary.ts';
import { columnTime } from '../repository/stored-events.ts';
import { enterAnew, enterMovements } from './entering.ts';
import { type Entry, instantOf, rowText } from './entries.ts';
import { voidEntries } from './movements.ts';
import {
  type Catalogue,
  findNames,
  type ItemName,
  inStockUnit,
  keepNames,
  lookUpNames,
  nameOfItem,
  type StockName,
} from './names.ts';
import type { Touched } from './rows.ts';
import { type Effect, effectsOf } from './rules.ts';
import {
  type EventsPlace,
  holdEventsPlaces,
  type Whereabouts,
  whereaboutsIn,
} from './whereabouts.ts';

/** An event of the actor's that was captured. */
export type CapturedEvent = { id: string; event: EpcisEvent };

/** Why an event does not move all that it says; see the texts of the page. */
export type UnknownReason = 'goods' | 'place' | 'unit' | 'container' | 'part' | 'quantity';
export type Unknown = { event_id: string; what: UnknownReason; name: string; at: string };

type Placed = { captured: CapturedEvent; effect: Effect; at: string; item: ItemName } & (
  | { place: EventsPlace; part: boolean }
  | { place: null; unknown: string }
);

/** What events say of the stock at the actor's places, and at places that nobody knows. */
function place(
  captured: readonly CapturedEvent[],
  effects: ReadonlyMap<string, readonly Effect[]>,
  where: ReadonlyMap<string, Whereabouts>,
): Placed[] {
  const items = new Map<string, ItemName>();
  const itemOf = (text: string) => {
    const item = items.get(text) ?? nameOfItem(text);
    items.set(text, item);
    return item;
  };
  return captured.flatMap((one) => {
    const at = columnTime(one.event.eventTime);
    return (effects.get(one.id) ?? []).flatMap((effect): Placed[] => {
      const shared = { captured: one, effect, at, item: itemOf(effect.item) };
      if (effect.place === null) return [{ ...shared, place: null, unknown: '' }];
      const found = where.get(effect.place);
      if (found === undefined || found.is === 'elsewhere') return [];
      if (found.is === 'unknown') return [{ ...shared, place: null, unknown: found.name }];
      // What happened before the stint began is in its opening.
      const isBefore = instantOf(at) <= instantOf(found.place.since);
      return isBefore ? [] : [{ ...shared, place: found.place, part: found.part }];
    });
  });
}

/**
 * Names that these events are the first to use, as the catalogue has them. Of a document that names
 * very many, those beyond the bound wait to be matched.
 */
async function learn(
  tx: Tx,
  catalogue: Catalogue | null,
  names: ReadonlyMap<string, StockName>,
  wanted: readonly string[],
): Promise<StockName[]> {
  const fresh = wanted.filter((name) => !names.has(name));
  if (catalogue === null || fresh.length === 0) return [];
  const learnt = await lookUpNames(tx, catalogue, fresh.slice(0, limits.stock_names));
  keepNames(tx, learnt);
  return learnt;
}

const MOST_QUANTITY = new Decimal(10).pow(15);
const MOST_UNIT = 20;

/** No goods are less than none, and more than that has nobody. */
const isQuantity = (quantity: string) =>
  !quantity.startsWith('-') && new Decimal(quantity).lt(MOST_QUANTITY);

const negative = (quantity: string) => (quantity === '0' ? quantity : `-${quantity}`);

/** What is in the way of one effect, or the entry that it makes. */
function entryOf(
  one: Placed,
  names: ReadonlyMap<string, StockName>,
): Entry | Pick<Unknown, 'what' | 'name'> | null {
  const { effect, item, captured, at } = one;
  const known = names.get(item.name);
  const isLeftOut = known !== undefined && known.product_id === null;
  if (isLeftOut) return null;
  if (one.place === null) {
    return names.get(one.unknown)?.product_id === null
      ? null
      : { what: 'place', name: one.unknown };
  }
  if (item.kind === 'container') return { what: 'container', name: item.name };
  // A shelf that was counted says nothing of how much there is in all.
  if (effect.kind === 'counted' && one.part) return { what: 'part', name: effect.place ?? '' };
  if (!known?.product_id) return { what: 'goods', name: item.name };
  const { quantity, uom } = effect;
  if (quantity === null || !isQuantity(quantity)) return { what: 'quantity', name: item.name };
  const amount = inStockUnit(known, quantity, uom);
  if (amount === undefined) {
    return { what: 'unit', name: `${item.name} ${uom?.slice(0, MOST_UNIT) ?? ''}`.trim() };
  }
  const step = captured.event.bizStep;
  return {
    place_id: one.place.id,
    product_id: known.product_id,
    lot: effect.made?.lot ?? item.lot,
    disposition: effect.disposition,
    unit: known.unit ?? '',
    stint: one.place.stint,
    at,
    event_id: captured.id,
    kind: effect.kind,
    quantity: effect.kind === 'counted' || effect.sign === 1 ? amount : negative(amount),
    product_name: known.product_name ?? '',
    best_before: effect.made?.best_before ?? null,
    step: step === undefined ? null : (bareWord('bizStep', step) ?? step),
    voided_by: null,
  };
}

/** One entry for each event and row; nothing for what comes to nothing, unless it was counted. */
function sumEntries(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.event_id}|${rowText(entry)}`;
    const before = sums.get(key);
    if (before === undefined) {
      sums.set(key, entry);
      continue;
    }
    const quantity = new Decimal(before.quantity).plus(entry.quantity).toFixed();
    const best_before = before.best_before ?? entry.best_before;
    sums.set(key, { ...entry, quantity, best_before });
  }
  return [...sums.values()].filter(({ kind, quantity }) => kind === 'counted' || quantity !== '0');
}

export type Derived = { entries: Entry[]; unknown: Unknown[]; learnt: StockName[] };

/**
 * What some events do to the actor's stock, and what of them nobody can tell yet. Reads names and
 * places, and keeps the names that it learns from the catalogue; moves nothing.
 * @param catalogue null: only names that are known already
 */
export async function deriveEntries(
  tx: Tx,
  places: readonly EventsPlace[],
  captured: readonly CapturedEvent[],
  catalogue: Catalogue | null,
): Promise<Derived> {
  const effects = new Map(captured.map(({ id, event }) => [id, effectsOf(event)]));
  const uris = [...effects.values()].flat().flatMap((effect) => effect.place ?? []);
  if ([...effects.values()].every(({ length }) => length === 0)) {
    return { entries: [], unknown: [], learnt: [] };
  }
  const placed = place(captured, effects, await whereaboutsIn(tx, places, uris));
  const asked = new Set(placed.map(({ item }) => item.name));
  const strange = placed.flatMap((one) => (one.place === null ? [one.unknown] : []));
  const names = await findNames(tx, [...new Set([...asked, ...strange])]);
  const goods = placed.flatMap((one) => (one.place === null ? [] : [one.item]));
  const learnt = await learn(tx, catalogue, names, [
    ...new Set(goods.flatMap(({ kind, name }) => (kind === 'goods' ? [name] : []))),
  ]);
  const all = new Map([...names, ...learnt.map((one) => [one.name, one] as const)]);
  const entries: Entry[] = [];
  const unknown = new Map<string, Unknown>();
  const told = new Set(
    placed.flatMap((one) => (one.item.kind === 'goods' ? [one.captured.id] : [])),
  );
  for (const one of placed) {
    // A pallet that is named beside its goods is the label on them.
    if (one.item.kind === 'container' && told.has(one.captured.id)) continue;
    const made = entryOf(one, all);
    if (made === null) continue;
    if ('event_id' in made) entries.push(made);
    else {
      const key = `${one.captured.id} ${made.what} ${made.name}`;
      unknown.set(key, { ...made, event_id: one.captured.id, at: one.at });
    }
  }
  return { entries: sumEntries(entries), unknown: [...unknown.values()], learnt };
}

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
  if (learnt.length > 0)
    await settleNamed(
      tx,
      learnt.map(({ name }) => name),
      limits.stock_settled,
    );
}

/** Captured events of the actor's by their ids. */
async function eventsOf(tx: Tx, ids: readonly string[]): Promise<CapturedEvent[]> {
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
 * @returns how many entries changed
 */
export async function settleAnew(
  tx: Tx,
  places: readonly EventsPlace[],
  captured: readonly CapturedEvent[],
  catalogue: Catalogue | null = null,
): Promise<number> {
  const ids = captured.map(({ id }) => id);
  const { entries, unknown } = await deriveEntries(tx, places, captured, catalogue);
  forgetUnknown(tx, ids);
  // Read behind that: whoever declares one of them wrong at this moment has just been waited for.
  const voids = await voidsOf(tx, captured);
  const gone = new Map(voids.map((one) => [one.event_id, one.by_event_id]));
  keepUnknown(
    tx,
    unknown.filter(({ event_id }) => !gone.has(event_id)),
  );
  return enterAnew(
    tx,
    places,
    ids,
    entries.map((one) => ({ ...one, voided_by: gone.get(one.event_id) ?? null })),
  );
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
  return settleEvents(
    tx,
    rows.map(({ event_id }) => event_id),
  );
}

/** Enters captured events of the actor's anew. @returns how many there are */
export async function settleEvents(tx: Tx, ids: readonly string[]): Promise<number> {
  const events = await eventsOf(tx, ids);
  if (events.length > 0) await settleAnew(tx, await holdEventsPlaces(tx), events);
  return events.length;
}
