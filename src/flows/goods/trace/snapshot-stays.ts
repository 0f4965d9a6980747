import { foldStays, spanOf } from './containment.ts';
import type { Ending, Move } from './history.ts';
import type { Snapshot } from './snapshot.ts';
import { bindingOf, isByClass, type Records, record, roleOf } from './snapshot-records.ts';

/** A stay as spans pass through it; `by` is the event that began it. */
export type PackedStay = {
  readonly child: number;
  readonly parent: number;
  readonly from: number;
  readonly to: number;
  readonly tied: boolean;
  readonly by: number;
};

/** Millions of stays, column by column. */
export type Stays = {
  length: number;
  child: Uint32Array;
  parent: Uint32Array;
  from: Float64Array;
  to: Float64Array;
  tied: Uint8Array;
  by: Uint32Array;
};

export const nobody = 0xffff_ffff;

export function openStays(room = 1_024): Stays {
  return {
    length: 0,
    child: new Uint32Array(room),
    parent: new Uint32Array(room),
    from: new Float64Array(room),
    to: new Float64Array(room),
    tied: new Uint8Array(room),
    by: new Uint32Array(room),
  };
}

export function addStay(stays: Stays, { child, parent, from, to, tied, by }: PackedStay): void {
  if (stays.length === stays.child.length) {
    const { length: _, ...more } = openStays(stays.length * 2);
    for (const [key, column] of Object.entries(more)) column.set(stays[key as keyof typeof more]);
    Object.assign(stays, more);
  }
  const at = stays.length++;
  stays.child[at] = child;
  stays.parent[at] = parent;
  stays.from[at] = from;
  stays.to[at] = to;
  stays.tied[at] = tied ? 1 : 0;
  stays.by[at] = by;
}

export const stayAt = (stays: Stays, at: number): PackedStay => ({
  child: stays.child[at] as number,
  parent: stays.parent[at] as number,
  from: stays.from[at] as number,
  to: stays.to[at] as number,
  tied: stays.tied[at] === 1,
  by: stays.by[at] as number,
});

export type Bonds = Pick<
  Snapshot,
  'bond_records' | 'bonds' | 'parents' | 'items' | 'events' | 'delta' | 'idOf'
>;

/** The stays of a child by all that is known of it: the snapshot's records and those behind it. */
export function packStays(bonds: Bonds, child: number): PackedStay[] {
  const moves: Move[] = [];
  const endings: Ending[] = [];
  eachBond(bonds, child, (records, at) => {
    const role = roleOf(records.codes[at] as number);
    if (role === record.emptied) return;
    if (role === record.input || role === record.ended) endings.push(endingAt(bonds, records, at));
    else moves.push(moveAt(bonds, records, at));
  });
  if (moves.length === 0) return [];
  const emptyingsOf = (parent: string): Ending[] => {
    const found: Ending[] = [];
    eachBond(bonds, Number(parent), (records, at) => {
      const role = roleOf(records.codes[at] as number);
      const isChild = role >= record.added && role <= record.removed;
      if (!isChild) found.push(endingAt(bonds, records, at));
    });
    return found;
  };
  return foldStays(String(child), moves, endings, emptyingsOf).flatMap((stay) => {
    const span = spanOf(stay);
    const tied = stay.binding === 'association';
    const by = eventNamed(stay.opened_by);
    return span === undefined ? [] : [{ child, parent: Number(stay.parent), ...span, tied, by }];
  });
}

/** Records of an event that was withdrawn say nothing any more. */
function eachBond(
  { bond_records, bonds, items, delta }: Bonds,
  item: number,
  take: (records: Records, at: number) => void,
): void {
  const { withdrawn } = delta;
  const isMeant = (records: Records, at: number) =>
    withdrawn.size === 0 || !withdrawn.has(records.events[at] as number);
  if (item < items) {
    const end = bonds.start[item + 1] as number;
    for (let row = bonds.start[item] as number; row < end; row++) {
      const at = bonds.rows[row] as number;
      if (isMeant(bond_records, at)) take(bond_records, at);
    }
  }
  for (const at of delta.bonds.get(item) ?? []) {
    if (isMeant(delta.records, at)) take(delta.records, at);
  }
}

/** By its id, so that of two at one instant the same comes first as in a trace. */
const nameOf = ({ idOf }: Bonds, event: number): string => `${idOf(event)} ${event}`;
const eventNamed = (name: string): number => Number(name.slice(name.lastIndexOf(' ') + 1));

const ACTIONS = { 3: 'ADD', 4: 'OBSERVE', 5: 'DELETE' } as const;

function moveAt(bonds: Bonds, records: Records, at: number): Move {
  const { parents, events, delta } = bonds;
  const event = records.events[at] as number;
  const code = records.codes[at] as number;
  const known = event < events ? (parents[event] as number) : nobody;
  const parent = known === nobody ? (delta.parents.get(event) ?? nobody) : known;
  const part = records.parts.get(at);
  return {
    at: records.times[at] as number,
    event: nameOf(bonds, event),
    parent: String(parent),
    binding: bindingOf(code),
    action: ACTIONS[roleOf(code) as keyof typeof ACTIONS],
    by_class: isByClass(code),
    quantity: part?.quantity ?? null,
    uom: part?.uom ?? null,
  };
}

function endingAt(bonds: Bonds, records: Records, at: number): Ending {
  const code = records.codes[at] as number;
  const role = roleOf(code);
  const event = nameOf(bonds, records.events[at] as number);
  const time = records.times[at] as number;
  if (role === record.emptied) {
    return { at: time, event, reason: 'emptied', binding: bindingOf(code) };
  }
  const reason = role === record.input ? 'consumed' : 'decommissioned';
  return { at: time, event, reason, binding: null };
}
