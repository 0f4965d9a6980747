import { add, type Links, linkRuns, PAUSE, sumUp, take } from './snapshot-links.ts';
import {
  CODES,
  copyRecord,
  isByClass,
  openRecords,
  type Records,
  record,
  roleOf,
} from './snapshot-records.ts';
import {
  addStay,
  type Bonds,
  nobody,
  openStays,
  type PackedStay,
  packStays,
  type Stays,
} from './snapshot-stays.ts';

/** Rows of one key lie side by side: those of `key` from `start[key]` to `start[key + 1]`. */
export type Rows = { readonly start: Uint32Array; readonly rows: Uint32Array };

/**
 * A whole history in typed arrays, for reaches of hundreds of thousands of nodes: what each item
 * was made into, and who was in whom when. Events that came later stand beside it (`Delta`); when
 * there are many of them, build it anew.
 */
export type Snapshot = {
  readonly items: number;
  readonly events: number;
  /** The id of an event by its number. */
  readonly idOf: (event: number) => string;
  /**
   * From an input straight to what was made of it, by item: of transformations of one event, which
   * are most. What a walk looks up lies side by side.
   */
  readonly made: Links;
  /** From an input to its transformation, by item, and on to what came out of that, by run. */
  readonly used: Links;
  readonly outputs: Links;
  /** Records that say when an item is in something, or ends. */
  readonly bond_records: Records;
  readonly bonds: Rows;
  /** The parent of an aggregation, by event; `nobody` where there is none. */
  readonly parents: Uint32Array;
  readonly stays: Stays;
  readonly stays_of_child: Rows;
  readonly stays_of_parent: Rows;
  readonly delta: Delta;
  readonly scratch: Scratch;
};

/** What was recorded behind the snapshot. */
export type Delta = {
  readonly records: Records;
  readonly inputs: Map<number, number[]>;
  readonly outputs: Map<number, number[]>;
  readonly bonds: Map<number, number[]>;
  readonly parents: Map<number, number>;
  /** Events that were declared wrong, of the snapshot or behind it. */
  readonly withdrawn: Set<number>;
  /**
   * Stays of the children of whom something new is known, in the place of those of the snapshot.
   */
  readonly stays_of_child: Map<number, readonly PackedStay[]>;
  readonly stays_of_parent: Map<number, Set<number>>;
};

/** Room for one reach at a time, cleared by what it touched. */
export type Scratch = {
  own: Float64Array;
  waiting: Uint8Array;
  /** Which event made it so. */
  by: Uint32Array;
  since: Float64Array;
};

/** Builds a snapshot at once; see `building`. */
export function buildSnapshot(records: Records, idOf: (event: number) => string): Snapshot {
  return atOnce(building(records, idOf));
}

/** What comes of work that pauses, without its pauses. */
function atOnce<Pause, Made>(steps: Generator<Pause, Made>): Made {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Children whose stays are folded between two pauses. */
const CHILDREN_AT_ONCE = 20_000;

/**
 * Builds a snapshot of a stream that has ended, with pauses; the records are not needed any more
 * behind it. Each pause gives how far it is, from 0 to 1.
 */
export function* building(
  records: Records,
  idOf: (event: number) => string,
): Generator<number, Snapshot> {
  const { items, events } = countsOf(records);
  const { bond_records, parents } = yield* sayingEach(0, bondsOf(records, events));
  const links = yield* sayingEach(0.1, linkRuns(records, items, events));
  const bonds = yield* sayingEach(0.2, rowsBy(bond_records.items, items, bond_records.length));
  const base = { items, events, parents, bond_records, bonds, delta: openDelta(), idOf };
  const stays = openStays();
  for (let first = 0; first < items; first += CHILDREN_AT_ONCE) {
    foldAll(base, first, Math.min(first + CHILDREN_AT_ONCE, items), stays);
    yield 0.3 + (0.6 * first) / items;
  }
  return {
    ...base,
    ...links,
    stays,
    stays_of_child: yield* sayingEach(0.9, rowsBy(stays.child, items, stays.length)),
    stays_of_parent: yield* sayingEach(0.95, rowsBy(stays.parent, items, stays.length)),
    scratch: openScratch(items, events),
  };
}

/** Work whose pauses say how far all is. */
function* sayingEach<Made>(share: number, steps: Generator<void, Made>): Generator<number, Made> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield share;
  }
}

function* bondsOf(
  records: Records,
  events: number,
): Generator<void, Pick<Snapshot, 'bond_records' | 'parents'>> {
  const bond_records = openRecords();
  const parents = new Uint32Array(events).fill(nobody);
  const isBound = codesWhere(isBond);
  for (let at = 0; at < records.length; at++) {
    if (at % PAUSE === 0) yield;
    const code = records.codes[at] as number;
    if (isBound[code] === 1) copyRecord(bond_records, records, at);
    if (roleOf(code) === record.parent) {
      parents[records.events[at] as number] = records.items[at] as number;
    }
  }
  return { bond_records, parents };
}

function foldAll(bonds: Bonds, first: number, end: number, stays: Stays): void {
  const { start } = bonds.bonds;
  for (let item = first; item < end; item++) {
    if (start[item] === start[item + 1]) continue;
    for (const stay of packStays(bonds, item)) addStay(stays, stay);
  }
}

function countsOf({ length, items, events }: Records): { items: number; events: number } {
  let [most, last] = [-1, -1];
  for (let at = 0; at < length; at++) {
    most = Math.max(most, items[at] as number);
    last = Math.max(last, events[at] as number);
  }
  return { items: most + 1, events: last + 1 };
}

function openDelta(): Delta {
  return {
    records: openRecords(),
    inputs: new Map(),
    outputs: new Map(),
    bonds: new Map(),
    parents: new Map(),
    withdrawn: new Set(),
    stays_of_child: new Map(),
    stays_of_parent: new Map(),
  };
}

export function openScratch(items: number, events: number): Scratch {
  return {
    own: new Float64Array(items).fill(Number.POSITIVE_INFINITY),
    waiting: new Uint8Array(items),
    by: new Uint32Array(items).fill(nobody),
    since: new Float64Array(events).fill(Number.POSITIVE_INFINITY),
  };
}

/** Whether a record says when an item is in something, what is in it leaves, or it ends. */
export function isBond(code: number): boolean {
  const role = roleOf(code);
  return role >= record.added || (role === record.input && !isByClass(code));
}

function codesWhere(fits: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: CODES }, (_, code) => (fits(code) ? 1 : 0));
}

/** Counting sort of the places of all records, by key; within a key in the order of arrival. */
function* rowsBy(keys: Uint32Array, count: number, length: number): Generator<void, Rows> {
  const start = new Uint32Array(count + 1);
  for (let at = 0; at < length; at++) {
    if (at % PAUSE === 0) yield;
    add(start, (keys[at] as number) + 1, 1);
  }
  sumUp(start);
  const rows = new Uint32Array(length);
  const next = start.slice();
  for (let at = 0; at < length; at++) {
    if (at % PAUSE === 0) yield;
    rows[take(next, keys[at] as number)] = at;
  }
  return { start, rows };
}
