import { foldStays, spanOf } from './containment.ts';
import type { Ending, Move } from './history.ts';
import { add, linkRuns, sumUp, take } from './snapshot-links.ts';
import {
  bindingOf,
  CODES,
  copyRecord,
  isByClass,
  openRecords,
  type Records,
  record,
  roleOf,
} from './snapshot-records.ts';

/** Rows of one key lie side by side: those of `key` from `start[key]` to `start[key + 1]`. */
export type Rows = { readonly start: Uint32Array; readonly rows: Uint32Array };
/**
 * The same with what a row says: another number and when, the two side by side in `pairs`, so that
 * one look into memory finds both.
 */
export type Links = { readonly start: Uint32Array; readonly pairs: Float64Array };

/** A stay as spans pass through it. */
export type PackedStay = {
  readonly child: number;
  readonly parent: number;
  readonly from: number;
  readonly to: number;
  readonly tied: boolean;
};

/**
 * A whole history in typed arrays, for reaches of hundreds of thousands of nodes: what each item
 * was made into, and who was in whom when. Events that came later stand beside it (`Delta`); when
 * there are many of them, build it anew.
 */
export type Snapshot = {
  readonly items: number;
  readonly events: number;
  /**
   * From an input straight to what was made of it, by item: of transformations of one event, which
   * are most. What a walk looks up lies side by side.
   */
  readonly made: Links;
  /** From an input to its transformation, by item, and on to what came out of that, by event. */
  readonly used: Links;
  readonly outputs: Links;
  /** Records that say when an item is in something, or ends. */
  readonly bond_records: Records;
  readonly bonds: Rows;
  /** The parent of an aggregation, by event; `nobody` where there is none. */
  readonly parents: Uint32Array;
  readonly stays: readonly PackedStay[];
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
  since: Float64Array;
};

export const nobody = 0xffff_ffff;

/** Builds a snapshot of a stream that has ended; the records are not needed any more. */
export function buildSnapshot(records: Records): Snapshot {
  const { items, events } = countsOf(records);
  const bond_records = openRecords();
  const parents = new Uint32Array(events).fill(nobody);
  const isBound = codesWhere(isBond);
  for (let at = 0; at < records.length; at++) {
    const code = records.codes[at] as number;
    if (isBound[code] === 1) copyRecord(bond_records, records, at);
    if (roleOf(code) === record.parent) {
      parents[records.events[at] as number] = records.items[at] as number;
    }
  }
  const bonds = rowsBy(bond_records.items, items, bond_records.length);
  const base = { items, events, parents, bond_records, bonds, delta: openDelta() };
  const stays = allStays(base);
  const children = Uint32Array.from(stays, ({ child }) => child);
  const within = Uint32Array.from(stays, ({ parent }) => parent);
  return {
    ...base,
    ...linkRuns(records, items, events),
    stays,
    stays_of_child: rowsBy(children, items, stays.length),
    stays_of_parent: rowsBy(within, items, stays.length),
    scratch: openScratch(items, events),
  };
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
    stays_of_child: new Map(),
    stays_of_parent: new Map(),
  };
}

export function openScratch(items: number, events: number): Scratch {
  return {
    own: new Float64Array(items).fill(Number.POSITIVE_INFINITY),
    waiting: new Uint8Array(items),
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
function rowsBy(keys: Uint32Array, count: number, length: number): Rows {
  const start = new Uint32Array(count + 1);
  for (let at = 0; at < length; at++) add(start, (keys[at] as number) + 1, 1);
  sumUp(start);
  const rows = new Uint32Array(length);
  const next = start.slice();
  for (let at = 0; at < length; at++) rows[take(next, keys[at] as number)] = at;
  return { start, rows };
}

type Bonds = Pick<Snapshot, 'bond_records' | 'bonds' | 'parents' | 'items' | 'events' | 'delta'>;

function allStays(bonds: Bonds): PackedStay[] {
  const stays: PackedStay[] = [];
  const { start } = bonds.bonds;
  for (let item = 0; item < bonds.items; item++) {
    if (start[item] !== start[item + 1]) stays.push(...packStays(bonds, item));
  }
  return stays;
}

/** The stays of a child by all that is known of it: the snapshot's records and those behind it. */
export function packStays(bonds: Bonds, child: number): PackedStay[] {
  const moves: Move[] = [];
  const endings: Ending[] = [];
  eachBond(bonds, child, (records, at) => {
    const role = roleOf(records.codes[at] as number);
    if (role === record.emptied) return;
    if (role === record.input || role === record.ended) endings.push(endingAt(records, at));
    else moves.push(moveAt(bonds, records, at));
  });
  if (moves.length === 0) return [];
  const emptyingsOf = (parent: string): Ending[] => {
    const found: Ending[] = [];
    eachBond(bonds, Number(parent), (records, at) => {
      const role = roleOf(records.codes[at] as number);
      const isChild = role >= record.added && role <= record.removed;
      if (!isChild) found.push(endingAt(records, at));
    });
    return found;
  };
  return foldStays(String(child), moves, endings, emptyingsOf).flatMap((stay) => {
    const span = spanOf(stay);
    const tied = stay.binding === 'association';
    return span === undefined ? [] : [{ child, parent: Number(stay.parent), ...span, tied }];
  });
}

function eachBond(
  { bond_records, bonds, items, delta }: Bonds,
  item: number,
  take: (records: Records, at: number) => void,
): void {
  if (item < items) {
    const end = bonds.start[item + 1] as number;
    for (let row = bonds.start[item] as number; row < end; row++) {
      take(bond_records, bonds.rows[row] as number);
    }
  }
  for (const at of delta.bonds.get(item) ?? []) take(delta.records, at);
}

/** Numbers as text that sorts like them. */
const eventName = (event: number): string => String(event).padStart(10, '0');

const ACTIONS = { 3: 'ADD', 4: 'OBSERVE', 5: 'DELETE' } as const;

function moveAt({ parents, events, delta }: Bonds, records: Records, at: number): Move {
  const event = records.events[at] as number;
  const code = records.codes[at] as number;
  const known = event < events ? (parents[event] as number) : nobody;
  const parent = known === nobody ? (delta.parents.get(event) ?? nobody) : known;
  const part = records.parts.get(at);
  return {
    at: records.times[at] as number,
    event: eventName(event),
    parent: String(parent),
    binding: bindingOf(code),
    action: ACTIONS[roleOf(code) as keyof typeof ACTIONS],
    by_class: isByClass(code),
    quantity: part?.quantity ?? null,
    uom: part?.uom ?? null,
  };
}

function endingAt(records: Records, at: number): Ending {
  const code = records.codes[at] as number;
  const role = roleOf(code);
  const event = eventName(records.events[at] as number);
  const time = records.times[at] as number;
  if (role === record.emptied) {
    return { at: time, event, reason: 'emptied', binding: bindingOf(code) };
  }
  const reason = role === record.input ? 'consumed' : 'decommissioned';
  return { at: time, event, reason, binding: null };
}
