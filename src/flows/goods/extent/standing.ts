import { limits } from '../../../kernel/index.ts';
import {
  addBehind,
  addEventRecords,
  building,
  type GoodsSnapshot,
  openGoodsRecords,
  type Records,
  withdraw,
} from '../trace/index.ts';
import type { Kept } from './found.ts';
import {
  addEventId,
  type EventIds,
  eventId,
  findEvent,
  type Items,
  type Names,
  numberOf,
  numberOfItem,
  openEventIds,
  openItems,
  openNames,
} from './names.ts';
import { eventsOf, type Page, type Withdrawal } from './pages.ts';

/**
 * All that one reader may see of who was made into what and who was in whom, as it stands in this
 * process: first read whole, page by page, then built, then kept up with what is recorded.
 */
export type Standing = {
  readonly items: Items;
  readonly capturers: Names;
  readonly ids: EventIds;
  /** The first event of each transformation that has a name. */
  readonly runs: Map<string, number>;
  /** What was read; empty once it is built. */
  records: Records;
  building: Generator<number, GoodsSnapshot> | null;
  /** From 0 to 1. */
  built: number;
  snapshot: GoodsSnapshot | null;
  /** The last id of the reading forward. */
  reached: string | null;
  first: string | null;
  looked_at: number;
  /** All that could be seen then is in it. */
  complete_at: string | null;
  sweep: Sweep;
  /** Until when it is known what was declared wrong. */
  checked_at: string;
  /** The last answer. */
  kept: Kept | null;
};

/**
 * Events become visible as they are committed, and not in the order of their ids: behind the
 * reading forward goes another over what was not settled yet, again and again.
 */
export type Sweep = {
  /** Nothing below is missing. */
  mark: string;
  /** The last id that it has looked at. */
  at: string;
  /** When it began, and what is settled once it has come through. */
  since: string;
  settled: string;
  is_through: boolean;
};

export function openStanding(now: string, settled: string): Standing {
  return {
    items: openItems(),
    capturers: openNames(),
    ids: openEventIds(),
    runs: new Map(),
    records: openGoodsRecords(),
    ...{ building: null, built: 0, snapshot: null },
    ...{ reached: null, first: null, looked_at: 0, complete_at: null },
    sweep: { mark: settled, at: settled, since: now, settled, is_through: false },
    ...{ checked_at: now, kept: null },
  };
}

/**
 * Takes a page of the reading forward. One that was read from elsewhere is left aside; so is one
 * that comes while the standing is built, which goes over what had been read when it began.
 */
export function takePage(standing: Standing, page: Page): void {
  if (page.from !== standing.reached || standing.building !== null) return;
  const first = takeEvents(standing, page);
  standing.looked_at += page.looked_at;
  standing.reached = page.last ?? standing.reached;
  standing.first ??= first ?? page.last;
  if (page.is_end && standing.snapshot === null) {
    standing.building ??= building(standing.records, (event) => eventId(standing.ids, event));
  }
}

/**
 * Takes a page of the sweep, which goes over what was built; at its end all is there that could be
 * seen when it began.
 */
export function takeSwept(standing: Standing, page: Page): void {
  const { sweep, snapshot } = standing;
  if (page.from !== sweep.at || snapshot === null) return;
  takeEvents(standing, page);
  sweep.at = page.last ?? sweep.at;
  if (!page.is_end) return;
  standing.complete_at = sweep.since;
  Object.assign(sweep, { mark: sweep.settled, is_through: true });
}

/** Begins with the next sweep, where the last one has come through. */
export function beginSweep({ sweep }: Standing, now: string, settled: string): void {
  if (!sweep.is_through) return;
  Object.assign(sweep, { at: sweep.mark, since: now, settled, is_through: false });
}

/** @returns the id of the first */
function takeEvents(standing: Standing, page: Page): string | undefined {
  const events = eventsOf(page);
  const { ids, capturers, snapshot } = standing;
  const records = snapshot === null ? standing.records : openGoodsRecords();
  for (const event of events) {
    if (findEvent(ids, event.id) !== undefined) continue;
    const number = addEventId(ids, event.id, numberOf(capturers, event.capturer_id ?? ''));
    const run = runOf(standing, event.transformation_id, number);
    addEventRecords(records, event, number, (item) => numberOfItem(standing.items, item), run);
  }
  if (snapshot !== null) addBehind(snapshot, records);
  return events[0]?.id;
}

function runOf({ runs }: Standing, transformation: string | null, event: number): number {
  if (transformation === null) return event;
  const known = runs.get(transformation) ?? event;
  runs.set(transformation, known);
  return known;
}

/** Builds on, up to the next pause. */
export function buildOn(standing: Standing): void {
  const step = standing.building?.next();
  if (step === undefined) return;
  if (!step.done) {
    standing.built = step.value;
    return;
  }
  standing.snapshot = step.value;
  standing.building = null;
  standing.records = openGoodsRecords();
}

/** Takes back what was declared wrong until now, each once. */
export function takeBack(standing: Standing, wrong: readonly Withdrawal[], now: string): void {
  const { snapshot, ids, items } = standing;
  if (snapshot === null) return;
  standing.checked_at = now;
  for (const { event_id, items: named } of wrong) {
    const event = findEvent(ids, event_id);
    if (event === undefined || snapshot.delta.withdrawn.has(event)) continue;
    const numbers = named.flatMap((item) => items.numbers.get(item) ?? []);
    withdraw(snapshot, event, numbers);
  }
}

/** Whether there is more than a process may hold of one reader. */
export const isFull = ({ items, ids, records, snapshot }: Standing): boolean =>
  items.list.length > limits.extent_items ||
  ids.length > limits.extent_events ||
  records.length > limits.extent_records ||
  (snapshot?.delta.records.length ?? 0) > limits.extent_records;

/** Whether so much has come behind it that it is better read anew. */
export const isWorn = ({ snapshot }: Standing): boolean =>
  (snapshot?.delta.records.length ?? 0) > limits.extent_behind;
