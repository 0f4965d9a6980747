import { common, holds, type Moment, type Span, withSpan } from './moments.ts';
import type { Ways } from './reach.ts';
import type { PackedStay, Snapshot } from './snapshot.ts';

/** An item by its number, and since when it is affected; -Infinity: ever. */
export type SnapshotStart = { readonly item: number; readonly since: Moment };

/** All that a forward trace reaches, in the order in which it was first met. */
export type SnapshotReach = {
  readonly items: Uint32Array;
  /** Since when each is affected itself; Infinity for one that only holds something affected. */
  readonly since: Float64Array;
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
 */
export function reachForward(
  snapshot: Snapshot,
  starts: readonly SnapshotStart[],
  ways: Pick<Ways, 'spread' | 'associations'>,
): SnapshotReach {
  const going: Going = { snapshot, ways, met: [], queue: [], runs: [], held: new Map() };
  for (const { item, since } of starts) strike(going, item, since);
  for (let at = 0; at < going.queue.length; at++) {
    const item = going.queue[at] as number;
    snapshot.scratch.waiting[item] = 0;
    passOn(going, item);
  }
  return finish(going);
}

function strike(going: Going, item: number, since: Moment): void {
  const { own } = going.snapshot.scratch;
  const known = own[item] as number;
  if (since >= known) return;
  if (known === Number.POSITIVE_INFINITY && !isHolding(going, item)) going.met.push(item);
  own[item] = since;
  wait(going, item);
}

// Most reaches hold nothing, and an empty map is looked up no faster than a full one.
const isHolding = ({ held }: Going, item: number): boolean => held.size > 0 && held.has(item);

function hold(going: Going, item: number, span: Span): void {
  const known = going.held.get(item) ?? [];
  const next = withSpan(known, span);
  if (next === known) return;
  const isNew = known.length === 0 && going.snapshot.scratch.own[item] === Number.POSITIVE_INFINITY;
  if (isNew) going.met.push(item);
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
  const { made, used, delta, items } = snapshot;
  const own = snapshot.scratch.own[item] as number;
  const spans = going.held.size === 0 ? NONE : (going.held.get(item) ?? NONE);
  if (item < items && made.pairs.length > 0) {
    const end = made.start[item + 1] as number;
    for (let row = made.start[item] as number; row < end; row++) {
      const time = made.pairs[row * 2 + 1] as number;
      if (isAffected(own, spans, time)) strike(going, made.pairs[row * 2] as number, time);
    }
  }
  if (item < items && used.pairs.length > 0) {
    const end = used.start[item + 1] as number;
    for (let row = used.start[item] as number; row < end; row++) {
      const time = used.pairs[row * 2 + 1] as number;
      if (isAffected(own, spans, time)) use(going, used.pairs[row * 2] as number, time);
    }
  }
  const { inputs, records } = delta;
  if (inputs.size > 0) {
    for (const at of inputs.get(item) ?? NONE_AT) {
      const time = records.times[at] as number;
      if (isAffected(own, spans, time)) use(going, records.events[at] as number, time);
    }
  }
  if (snapshot.stays.length === 0 && delta.stays_of_child.size === 0) return;
  eachStay(snapshot, item, (stay) => {
    if (stay.tied && !going.ways.associations) return;
    if (stay.child === item) outwards(going, stay, own, spans);
    else inwards(going, stay, own, spans);
  });
}

const NONE: readonly Span[] = [];
const NONE_AT: readonly number[] = [];

const isAffected = (own: Moment, spans: readonly Span[], at: Moment): boolean =>
  own <= at || (spans.length > 0 && holds(spans, at));

/** What went in at a moment strikes all that came out then or later. */
function use(going: Going, run: number, time: Moment): void {
  const { outputs, delta, events, scratch } = going.snapshot;
  const known = scratch.since[run] as number;
  if (known <= time) return;
  if (known === Number.POSITIVE_INFINITY) going.runs.push(run);
  scratch.since[run] = time;
  if (run < events) {
    const end = outputs.start[run + 1] as number;
    for (let row = outputs.start[run] as number; row < end; row++) {
      const made = outputs.pairs[row * 2 + 1] as number;
      if (made >= time) strike(going, outputs.pairs[row * 2] as number, made);
    }
  }
  for (const at of delta.outputs.get(run) ?? NONE_AT) {
    const made = delta.records.times[at] as number;
    if (made >= time) strike(going, delta.records.items[at] as number, made);
  }
}

/** All stays in which an item is the child or the parent, by the newest that is known of each. */
function eachStay(snapshot: Snapshot, item: number, take: (stay: PackedStay) => void): void {
  const { stays, stays_of_child, stays_of_parent, delta, items } = snapshot;
  const renewed = delta.stays_of_child;
  const eachOf = ({ start, rows }: Snapshot['stays_of_child']) => {
    if (item >= items) return;
    const end = start[item + 1] as number;
    for (let row = start[item] as number; row < end; row++) {
      const stay = stays[rows[row] as number] as PackedStay;
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

function outwards(going: Going, stay: PackedStay, own: Moment, spans: readonly Span[]): void {
  const inside = common({ from: own, to: Number.POSITIVE_INFINITY }, stay);
  if (inside) hold(going, stay.parent, inside);
  for (const span of spans) {
    const both = common(span, stay);
    if (both) hold(going, stay.parent, both);
  }
}

function inwards(going: Going, stay: PackedStay, own: Moment, spans: readonly Span[]): void {
  const inside = common({ from: own, to: Number.POSITIVE_INFINITY }, stay);
  if (inside) strike(going, stay.child, inside.from);
  if (going.ways.spread !== 'contact') return;
  for (const span of spans) {
    const both = common(span, stay);
    if (both) strike(going, stay.child, both.from);
  }
}

/** Copies the answer out and clears the scratch for the next reach. */
function finish({ snapshot: { scratch }, met, runs, held }: Going): SnapshotReach {
  const items = new Uint32Array(met);
  const since = new Float64Array(items.length);
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as number;
    since[at] = scratch.own[item] as number;
    scratch.own[item] = Number.POSITIVE_INFINITY;
  }
  for (const run of runs) scratch.since[run] = Number.POSITIVE_INFINITY;
  return { items, since, held };
}
