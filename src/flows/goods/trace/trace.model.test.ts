import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceEvent } from './graph.ts';
import { after, before, holds, isoOf, type Moment, momentOf } from './moments.ts';
import type { Spread } from './reach.ts';
import { memorySource, observe, smallHistory, smallItems } from './testing.ts';
import { type TraceOptions, trace, walk } from './trace.ts';
import type { Cut } from './trace-result.ts';

const noon = momentOf('2026-03-02T12:00:00.000Z');
const hours = Array.from({ length: 12 }, (_, hour) => noon + (hour - 12) * 3_600_000);

type Held = { item: string; at: Moment };
type World = {
  spread: Spread;
  own: Map<string, Moment>;
  held: Held[];
  /** `child in parent by binding`, as three words. */
  inside: Set<string>;
  dirty: Map<string, Moment>;
};

/**
 * What is affected, by living through the history hour by hour: no intervals and no graph, only who
 * is in what now. It shares no code with what it judges.
 */
function liveThrough(events: readonly TraceEvent[], item: string, since: Moment, spread: Spread) {
  const world: World = {
    spread,
    own: new Map([[item, since]]),
    held: [],
    inside: new Set(),
    dirty: new Map(),
  };
  const times = new Set([...hours, ...events.map((one) => momentOf(one.event_time))]);
  if (Number.isFinite(since)) times.add(since);
  for (const at of [...times].sort((one, other) => one - other)) {
    const now = events
      .filter((one) => momentOf(one.event_time) === at)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    liveOneInstant(world, now, at);
  }
  return world;
}

function liveOneInstant(world: World, now: readonly TraceEvent[], at: Moment): void {
  const bindings = now.filter(({ type }) => /^A/.test(type));
  const named = (one: TraceEvent, role: string) =>
    one.mentions.filter((mention) => mention.role === role).map(({ item }) => item);
  const words = (one: TraceEvent) =>
    named(one, 'child').map((child) => `${child} ${named(one, 'parent')[0]} ${one.type}`);
  const leaving = bindings.filter(({ action }) => action === 'DELETE');
  const wasIn = new Set([...world.inside, ...leaving.flatMap(words)]);
  settle(world, wasIn, before(at), []);
  for (const one of leaving) {
    for (const word of words(one)) world.inside.delete(word);
    const isEmptied = named(one, 'child').length === 0;
    if (isEmptied)
      forget(world, (_, parent, type) => parent === named(one, 'parent')[0] && type === one.type);
  }
  for (const action of ['OBSERVE', 'ADD']) {
    for (const one of bindings.filter((binding) => binding.action === action)) {
      for (const word of words(one)) {
        const [child] = word.split(' ');
        const isThing = one.type === 'AggregationEvent' && !child?.startsWith('lot');
        if (isThing && !world.inside.has(word)) {
          forget(world, (other, _, type) => other === child && type === 'AggregationEvent');
        }
        world.inside.add(word);
      }
    }
  }
  settle(world, world.inside, at, now);
  for (const one of now) {
    const gone = one.type === 'TransformationEvent' ? named(one, 'input') : [];
    if (one.type === 'ObjectEvent' && one.action === 'DELETE') gone.push(...named(one, 'epc'));
    for (const item of gone.filter((name) => !name.startsWith('lot'))) {
      forget(world, (child, parent) => child === item || parent === item);
    }
  }
}

function forget(world: World, isMeant: (child: string, parent: string, type: string) => boolean) {
  for (const word of [...world.inside]) {
    const [child = '', parent = '', type = ''] = word.split(' ');
    if (isMeant(child, parent, type)) world.inside.delete(word);
  }
}

/** All that follows at one instant, until nothing more does. */
function settle(world: World, inside: Set<string>, at: Moment, now: readonly TraceEvent[]): void {
  const isOwn = (item: string) => (world.own.get(item) ?? Number.POSITIVE_INFINITY) <= at;
  const holding = new Set<string>();
  for (let size = -1; size !== world.own.size + holding.size + world.dirty.size; ) {
    size = world.own.size + holding.size + world.dirty.size;
    const strike = (item: string) => {
      if (!isOwn(item)) world.own.set(item, at);
    };
    for (const word of inside) {
      const [child = '', parent = ''] = word.split(' ');
      if (isOwn(child) || holding.has(child)) holding.add(parent);
      if (isOwn(parent)) strike(child);
      if (world.spread === 'contact' && holding.has(parent)) strike(child);
    }
    for (const one of now.filter(({ type }) => type === 'TransformationEvent')) {
      const run = one.transformation_id ?? one.id;
      for (const { item, role } of one.mentions) {
        const isBad = isOwn(item) || holding.has(item);
        if (role === 'input' && isBad && !world.dirty.has(run)) world.dirty.set(run, at);
        if (role === 'output' && world.dirty.has(run)) strike(item);
      }
    }
  }
  for (const item of holding) world.held.push({ item, at });
}

const ways = (spread: Spread): Omit<TraceOptions, 'direction'> => ({
  spread,
  associations: true,
  transactions: false,
  known_at: null,
});
const anySpread = fc.constantFrom<Spread>('content', 'contact');
const anyItem = fc.constantFrom(...smallItems);
const anyMoment = fc.constantFrom<Moment | null>(null, ...hours);
const runs = { numRuns: 1_500 };

test('forward, a trace finds what living through the history finds, to the instant', async () => {
  const property = fc.asyncProperty(
    smallHistory,
    anyItem,
    anyMoment,
    anySpread,
    async (events, item, at, spread) => {
      const start = { item, at: at === null ? null : isoOf(at) };
      const options = { ...ways(spread), direction: 'forward' } as const;
      const { nodes } = await walk(memorySource(events), [start], options);
      const world = liveThrough(events, item, at ?? Number.NEGATIVE_INFINITY, spread);
      const own = [...nodes.values()].filter(({ reached }) => reached.own !== Infinity);
      expect(new Map(own.map((node) => [node.item, node.reached.own]))).toEqual(world.own);
      const grid = hours.flatMap((hour) => [before(hour), hour]);
      const held = [...nodes.values()].flatMap(({ item: name, reached }) =>
        grid.filter((moment) => holds(reached.held, moment)).map((moment) => `${name} ${moment}`),
      );
      const expected = world.held.filter((one) => grid.includes(one.at));
      expect(held.sort()).toEqual(expected.map((one) => `${one.item} ${one.at}`).sort());
    },
  );
  await fc.assert(property, runs);
});

test('backward, a trace finds the things that would have done it, and until when', async () => {
  const property = fc.asyncProperty(
    smallHistory,
    anyItem,
    anyMoment,
    anySpread,
    async (events, item, until, spread) => {
      const start = { item, at: until === null ? null : isoOf(until) };
      const options = { ...ways(spread), direction: 'backward' } as const;
      const { nodes } = await walk(memorySource(events), [start], options);
      const end = until === null ? Number.POSITIVE_INFINITY : after(until);
      for (const other of smallItems) {
        const bound = nodes.get(other)?.reached.own ?? Number.NEGATIVE_INFINITY;
        const moments = hours.flatMap((hour) => [hour - 1, hour]);
        for (const since of [Number.NEGATIVE_INFINITY, ...moments]) {
          const world = liveThrough(events, other, since, spread);
          const first = world.held.filter((one) => one.item === item).map((one) => one.at);
          const struck = Math.min(world.own.get(item) ?? Number.POSITIVE_INFINITY, ...first);
          expect([other, since, since < bound || bound === Infinity]).toEqual([
            other,
            since,
            struck < end,
          ]);
        }
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('the answer is the same in whatever order the source hands events over', async () => {
  const shuffled = smallHistory.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
  );
  const directions = fc.constantFrom('forward' as const, 'backward' as const);
  const property = fc.asyncProperty(
    shuffled,
    anyItem,
    anySpread,
    directions,
    async ([events, again], item, spread, direction) => {
      const options = { ...ways(spread), direction };
      const one = await trace(memorySource(events), [{ item }], options);
      const other = await trace(memorySource(again), [{ item }], options);
      expect(other.trace).toEqual(one.trace);
    },
  );
  await fc.assert(property);
});

test('a trace that was cut and gone on with finds what an uncut one finds', async () => {
  const directions = fc.constantFrom('forward' as const, 'backward' as const);
  const bounds = fc.constantFrom({ nodes: 2 }, { hops: 1 }, { nodes: 3, hops: 2 });
  const property = fc.asyncProperty(
    smallHistory,
    anyItem,
    anySpread,
    directions,
    bounds,
    async (events, item, spread, direction, bound) => {
      const options = { ...ways(spread), direction };
      const whole = await trace(memorySource(events), [{ item }], options);
      const found = new Set<string>();
      let cut: Cut | null = { go_on: [{ item }], unread: [], edges_left_out: false };
      for (let turn = 0; cut !== null && turn < 100; turn++) {
        // Whoever goes on asks for more room each time, or a knot of items would never come apart.
        const room = Object.fromEntries(
          Object.entries(bound).map(([name, value]) => [name, value + turn]),
        );
        const part = await trace(memorySource(events), cut.go_on, { ...options, ...room });
        for (const node of part.trace.nodes) found.add(node.item);
        cut = part.trace.cut;
      }
      expect([...found].sort()).toEqual(whole.trace.nodes.map((node) => node.item).sort());
    },
  );
  await fc.assert(property);
});

/** Since when each item is affected through shared transactions, tried until nothing is new. */
function throughTransactions(events: readonly TraceEvent[], item: string, since: Moment) {
  const own = new Map([[item, since]]);
  const at = (one: TraceEvent) => momentOf(one.event_time);
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const tie of events) {
      const bad = tie.mentions.filter(
        (one) => (own.get(one.item) ?? Number.POSITIVE_INFINITY) <= at(tie),
      );
      for (const other of bad.length === 0 ? [] : events) {
        if (!other.transactions.some((id) => tie.transactions.includes(id))) continue;
        const moment = Math.max(at(tie), at(other));
        for (const { item: name } of other.mentions) {
          const isAlone = bad.every((one) => one.item === name);
          if (isAlone || moment >= (own.get(name) ?? Number.POSITIVE_INFINITY)) continue;
          own.set(name, moment);
          isNew = true;
        }
      }
    }
  }
  return own;
}

test('what shares a transaction is reached from what was tied to it when affected', async () => {
  const tie = fc
    .tuple(
      fc.nat({ max: 5 }),
      fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 2 }),
      fc.uniqueArray(fc.constantFrom('po 1', 'po 2', 'po 3'), { minLength: 1, maxLength: 2 }),
    )
    .map(([hour, items, transactions]) => observe(`0${hour}:00`, { transactions }, ...items));
  const options = { ...ways('content'), transactions: true };
  const ties = fc.array(tie, { minLength: 1, maxLength: 7 });
  const starts = fc.constantFrom(...hours.slice(0, 6));
  const property = fc.asyncProperty(ties, starts, async (events, at) => {
    const source = memorySource(events);
    const on = { ...options, direction: 'forward' } as const;
    const { nodes } = await walk(source, [{ item: 'a', at: isoOf(at) }], on);
    const found = new Map([...nodes.values()].map(({ item, reached }) => [item, reached.own]));
    expect(found).toEqual(throughTransactions(events, 'a', at));
    const back = { ...options, direction: 'backward' } as const;
    const before_a = await walk(source, [{ item: 'a', at: isoOf(at) }], back);
    for (const other of ['b', 'c', 'd', 'e']) {
      const bound = before_a.nodes.get(other)?.reached.own ?? Number.NEGATIVE_INFINITY;
      for (const since of hours.slice(0, 6)) {
        const struck =
          throughTransactions(events, other, since).get('a') ?? Number.POSITIVE_INFINITY;
        expect([other, since, since < bound]).toEqual([other, since, struck <= at]);
      }
    }
  });
  await fc.assert(property, { numRuns: 500 });
});
