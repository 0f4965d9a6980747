import { Decimal, limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { bareWord } from '../epcis/vocabulary.ts';
import { columnTime } from '../repository/stored-events.ts';
import { type Entry, instantOf, rowText } from './entries.ts';
import {
  type Catalogue,
  findNames,
  type ItemName,
  inStockUnit,
  isContainer,
  keepNames,
  lookUpNames,
  nameOfItem,
  type StockName,
} from './names.ts';
import { type Effect, effectsOf } from './rules.ts';
import { unpack } from './unpacking.ts';
import { type EventsPlace, type Whereabouts, whereaboutsIn } from './whereabouts.ts';

/** An event of the actor's that was captured. */
export type CapturedEvent = { id: string; event: EpcisEvent };

/** Why an event does not move all that it says; see the texts of the page. */
export type UnknownReason = 'goods' | 'place' | 'unit' | 'container' | 'part' | 'quantity';
export type Unknown = { event_id: string; what: UnknownReason; name: string; at: string };

export type Placed = { captured: CapturedEvent; effect: Effect; at: string; item: ItemName } & (
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

/** Whether what an event moves is told by others too. */
export const namesContainer = ({ event }: CapturedEvent): boolean =>
  effectsOf(event).some(({ item }) => isContainer(item));

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
  const isContainer = item.kind === 'container';
  // A shelf, or a pallet, that was counted says nothing of how much there is in all.
  if (effect.kind === 'counted' && (one.part || isContainer)) {
    return { what: 'part', name: isContainer ? item.name : (effect.place ?? '') };
  }
  if (isContainer) return { what: 'container', name: item.name };
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

export type Derived = {
  entries: Entry[];
  unknown: Unknown[];
  learnt: StockName[];
  /** Some of it waits that would not if fewer events were derived at once. */
  ran_out: boolean;
};

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
    return { entries: [], unknown: [], learnt: [], ran_out: false };
  }
  const placed = place(captured, effects, await whereaboutsIn(tx, places, uris));
  const { placed: told, ran_out } = await unpack(tx, placed);
  const asked = new Set(told.map(({ item }) => item.name));
  const strange = told.flatMap((one) => (one.place === null ? [one.unknown] : []));
  const names = await findNames(tx, [...new Set([...asked, ...strange])]);
  const goods = told.flatMap((one) => (one.place === null ? [] : [one.item]));
  const learnt = await learn(tx, catalogue, names, [
    ...new Set(goods.flatMap(({ kind, name }) => (kind === 'goods' ? [name] : []))),
  ]);
  const all = new Map([...names, ...learnt.map((one) => [one.name, one] as const)]);
  const entries: Entry[] = [];
  const unknown = new Map<string, Unknown>();
  for (const one of told) {
    const made = entryOf(one, all);
    if (made === null) continue;
    if ('event_id' in made) entries.push(made);
    else {
      const key = `${one.captured.id} ${made.what} ${made.name}`;
      unknown.set(key, { ...made, event_id: one.captured.id, at: one.at });
    }
  }
  return { entries: sumEntries(entries), unknown: [...unknown.values()], learnt, ran_out };
}

/** Events that name containers, a few at a time; all others at once. */
export function inSlices(captured: readonly CapturedEvent[]): (readonly CapturedEvent[])[] {
  const most = limits.stock_packed_events;
  if (captured.length <= most || !captured.some(namesContainer)) return [captured];
  const count = Math.ceil(captured.length / most);
  return Array.from({ length: count }, (_, at) => captured.slice(at * most, (at + 1) * most));
}

/**
 * Derives events in pieces so small that no event waits for what is derived beside it: what it
 * moves is then its own.
 */
export async function* derivedByThemselves(
  tx: Tx,
  places: readonly EventsPlace[],
  captured: readonly CapturedEvent[],
  catalogue: Catalogue | null,
): AsyncGenerator<{ some: readonly CapturedEvent[]; derived: Derived }> {
  for (const some of inSlices(captured)) {
    const derived = await deriveEntries(tx, places, some, catalogue);
    if (!derived.ran_out || some.length === 1) yield { some, derived };
    else {
      const half = Math.ceil(some.length / 2);
      yield* derivedByThemselves(tx, places, some.slice(0, half), catalogue);
      yield* derivedByThemselves(tx, places, some.slice(half), catalogue);
    }
  }
}
