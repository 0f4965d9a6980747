import { common, holds, type Moment, type Span, withSpan } from './moments.ts';
import type { Ways } from './reach.ts';
import type { Rows, Snapshot } from './snapshot.ts';
import type { Links } from './snapshot-links.ts';
import { nobody, type PackedStay, stayAt } from './snapshot-stays.ts';

/** An item by its number, and since when it is affected; -Infinity: ever. It must be known. */
export type SnapshotStart = { readonly item: number; readonly since: Moment };

/** All that a forward trace reaches, in the order in which it was first met. */
export type SnapshotReach = {
  readonly items: Uint32Array;
  /** Since when each is affected itself; Infinity for one that only holds something affected. */
  readonly since: Float64Array;
  /** An event that made it so, for each; `nobody` for where it began. */
  readonly by: Uint32Array;
  /** When items held something affected. */
  readonly held: ReadonlyMap<number, readonly Span[]>;
};

type Going = {
  snapshot: Snapshot;
  ways: Pick<Ways, 'spread' | 'associations'>;
  met: number[];
  queue: number[];
  runs: number[];
  held: Map<number, readonly Span[]>;
};

/**
 * The same answer as a forward `trace` gives, by numbers and without edges and visits: first in,
 * first out, and again whenever a bound gets better.
 * @param most so many items it goes for; null where it meets more of them
 */
export function reachForward(
  snapshot: Snapshot,
  starts: readonly SnapshotStart[],
  ways: Pick<Ways, 'spread' | 'associations'>,
  most: number = Number.POSITIVE_INFINITY,
): SnapshotReach | null {
  const going: Going = { snapshot, ways, met: [], queue: [], runs: [], held: new Map() };
  for (const { item, since } of starts) strike(going, item, since, nobody);
  for (let at = 0; at < going.queue.length; at++) {
    const item = going.queue[at] as number;
    snapshot.scratch.waiting[item] = 0;
    passOn(going, item);
    if (going.met.length > most) return giveUp(going, at + 1);
  }
  return finish(going);
}

/** Leaves the scratch as clear as an answer would. */
function giveUp(going: Going, from: number): null {
  const { waiting } = going.snapshot.scratch;
  for (let at = from; at < going.queue.length; at++) waiting[going.queue[at] as number] = 0;
  finish(going);
  return null;
}

function strike(going: Going, item: number, since: Moment, by: number): void {
  const { scratch } = going.snapshot;
  const known = scratch.own[item] as number;
  if (since >= known) return;
  if (known === Number.POSITIVE_INFINITY && !isHolding(going, item)) going.met.push(item);
  scratch.own[item] = since;
  scratch.by[item] = by;
  wait(going, item);
}

// Most reaches hold nothing, and an empty map is looked up no faster than a full one.
const isHolding = ({ held }: Going, item: number): boolean => held.size > 0 && held.has(item);

function hold(going: Going, item: number, span: Span, by: number): void {
  const known = going.held.get(item) ?? [];
  const next = withSpan(known, span);
  if (next === known) return;
  const { scratch } = going.snapshot;
  if (known.length === 0 && scratch.own[item] === Number.POSITIVE_INFINITY) {
    going.met.push(item);
    scratch.by[item] = by;
  }
  going.held.set(item, next);
  wait(going, item);
}

function wait({ snapshot: { scratch }, queue }: Going, item: number): void {
  if (scratch.waiting[item] === 1) return;
  scratch.waiting[item] = 1;
  queue.push(item);
}

function passOn(going: Going, item: number): void {
  const { snapshot } = going;
  const { made, used, delta } = snapshot;
  const spans = going.held.size === 0 ? NONE : (going.held.get(item) ?? NONE);
  const reached = { item, own: snapshot.scratch.own[item] as number, spans };
  eachLink(snapshot, made, reached, (output, at, by) => strike(going, output, at, by));
  eachLink(snapshot, used, reached, (run, at) => use(going, run, at));
  const { inputs, records } = delta;
  if (inputs.size > 0) {
    for (const at of inputs.get(item) ?? NONE_AT) {
      const time = records.times[at] as number;
      if (isWithdrawn(snapshot, records.events[at] as number)) continue;
      if (isAffected(reached, time)) use(going, records.runs[at] as number, time);
    }
  }
  if (snapshot.stays.length === 0 && delta.stays_of_child.size === 0) return;
  eachStay(snapshot, item, (stay) => {
    if (stay.tied && !going.ways.associations) return;
    if (stay.child === item) outwards(going, stay, reached);
    else inwards(going, stay, reached);
  });
}

type Reached = { item: number; own: Moment; spans: readonly Span[] };

/** What an item leads to by links that were taken when it was affected. */
function eachLink(
  snapshot: Snapshot,
  { start, pairs, by }: Links,
  reached: Reached,
  take: (to: number, at: Moment, by: number) => void,
): void {
  const { item } = reached;
  if (item >= snapshot.items || pairs.length === 0) return;
  const end = start[item + 1] as number;
  for (let row = start[item] as number; row < end; row++) {
    const at = pairs[row * 2 + 1] as number;
    if (!isAffected(reached, at)) continue;
    const event = by[row] as number;
    if (!isWithdrawn(snapshot, event)) take(pairs[row * 2] as number, at, event);
  }
}

const isWithdrawn = ({ delta: { withdrawn } }: Snapshot, event: number): boolean =>
  withdrawn.size > 0 && withdrawn.has(event);

const NONE: readonly Span[] = [];
const NONE_AT: readonly number[] = [];

const isAffected = ({ own, spans }: Reached, at: Moment): boolean =>
  own <= at || (spans.length > 0 && holds(spans, at));

/** What went in at a moment strikes all that came out then or later. */
function use(going: Going, run: number, time: Moment): void {
  const { snapshot } = going;
  const { outputs, delta, events, scratch } = snapshot;
  const known = scratch.since[run] as number;
  if (known <= time) return;
  if (known === Number.POSITIVE_INFINITY) going.runs.push(run);
  scratch.since[run] = time;
  if (run < events) {
    const end = outputs.start[run + 1] as number;
    for (let row = outputs.start[run] as number; row < end; row++) {
      const made = outputs.pairs[row * 2 + 1] as number;
      const by = outputs.by[row] as number;
      if (made < time || isWithdrawn(snapshot, by)) continue;
      strike(going, outputs.pairs[row * 2] as number, made, by);
    }
  }
  const { records } = delta;
  for (const at of delta.outputs.get(run) ?? NONE_AT) {
    const [made, by] = [records.times[at] as number, records.events[at] as number];
    if (made < time || isWithdrawn(snapshot, by)) continue;
    strike(going, records.items[at] as number, made, by);
  }
}

/** All stays in which an item is the child or the parent, by the newest that is known of each. */
function eachStay(snapshot: Snapshot, item: number, take: (stay: PackedStay) => void): void {
  const { stays, stays_of_child, stays_of_parent, delta, items } = snapshot;
  const renewed = delta.stays_of_child;
  const eachOf = ({ start, rows }: Rows) => {
    if (item >= items) return;
    const end = start[item + 1] as number;
    for (let row = start[item] as number; row < end; row++) {
      const stay = stayAt(stays, rows[row] as number);
      if (renewed.size === 0 || !renewed.has(stay.child)) take(stay);
    }
  };
  eachOf(stays_of_child);
  eachOf(stays_of_parent);
  for (const stay of renewed.get(item) ?? []) take(stay);
  for (const child of delta.stays_of_parent.get(item) ?? []) {
    for (const stay of renewed.get(child) ?? []) if (stay.parent === item) take(stay);
  }
}

function outwards(going: Going, stay: PackedStay, { own, spans }: Reached): void {
  const inside = common({ from: own, to: Number.POSITIVE_INFINITY }, stay);
  if (inside) hold(going, stay.parent, inside, stay.by);
  for (const span of spans) {
    const both = common(span, stay);
    if (both) hold(going, stay.parent, both, stay.by);
  }
}

function inwards(going: Going, stay: PackedStay, { own, spans }: Reached): void {
  const inside = common({ from: own, to: Number.POSITIVE_INFINITY }, stay);
  if (inside) strike(going, stay.child, inside.from, stay.by);
  if (going.ways.spread !== 'contact') return;
  for (const span of spans) {
    const both = common(span, stay);
    if (both) strike(going, stay.child, both.from, stay.by);
  }
}

/** Copies the answer out and clears the scratch for the next reach. */
function finish({ snapshot: { scratch }, met, runs, held }: Going): SnapshotReach {
  const items = new Uint32Array(met);
  const since = new Float64Array(items.length);
  const by = new Uint32Array(items.length);
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as number;
    since[at] = scratch.own[item] as number;
    by[at] = scratch.by[item] as number;
    scratch.own[item] = Number.POSITIVE_INFINITY;
    scratch.by[item] = nobody;
  }
  for (const run of runs) scratch.since[run] = Number.POSITIVE_INFINITY;
  return { items, since, by, held };
}
