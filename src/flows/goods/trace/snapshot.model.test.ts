import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceEvent } from './graph.ts';
import { isoOf, type Moment, momentOf } from './moments.ts';
import type { Spread } from './reach.ts';
import { buildSnapshot } from './snapshot.ts';
import { addBehind, withdraw } from './snapshot-delta.ts';
import { reachForward } from './snapshot-reach.ts';
import { addEventRecords, openRecords } from './snapshot-records.ts';
import {
  memorySource,
  mention,
  pack,
  smallHistory,
  smallItems,
  transform,
  unpack,
} from './testing.ts';
import { walk } from './trace.ts';

const noon = momentOf('2026-03-02T12:00:00.000Z');
const moments: Moment[] = Array.from({ length: 12 }, (_, hour) => noon + (hour - 12) * 3_600_000);

type Case = {
  events: readonly TraceEvent[];
  /** How many of them are in the snapshot; the others come behind it, one by one. */
  built: number;
  /** Which of them are declared wrong at the end, by their place. */
  wrong: readonly number[];
  item: string;
  at: Moment | null;
  spread: Spread;
  associations: boolean;
};

/** Events that count. */
const right = ({ events, wrong }: Case) => events.filter((_, place) => !wrong.includes(place));

function bySnapshot({ events, built, wrong, item, at, spread, associations }: Case) {
  const names = [
    ...new Set([...smallItems, ...events.flatMap((one) => one.mentions.map((m) => m.item))]),
  ];
  const numberOf = (name: string) => names.indexOf(name);
  // By arrival, which is not the order of their ids.
  const eventNumber = (one: TraceEvent) => events.indexOf(one);
  const run = ({ id, transformation_id: run }: TraceEvent) =>
    events.findIndex((one) => one.id === id || (run !== null && run === one.transformation_id));
  const recordsOf = (some: readonly TraceEvent[]) => {
    const records = openRecords(2);
    for (const one of some) addEventRecords(records, one, eventNumber(one), numberOf, run(one));
    return records;
  };
  const idOf = (number: number) => events[number]?.id ?? '';
  const snapshot = buildSnapshot(recordsOf(events.slice(0, built)), idOf);
  addBehind(snapshot, recordsOf([]));
  for (const one of events.slice(built)) addBehind(snapshot, recordsOf([one]));
  for (const place of wrong) {
    const named = events[place]?.mentions.map((one) => numberOf(one.item));
    if (named) withdraw(snapshot, place, named);
  }
  if (snapshot.scratch.own.length <= numberOf(item)) return null;
  const start = { item: numberOf(item), since: at ?? Number.NEGATIVE_INFINITY };
  const ways = { spread, associations };
  const first = reachForward(snapshot, [start], ways) ?? expect.fail('it has no bound');
  // One that was given up leaves nothing behind either.
  const bound = first.items.length - 1;
  expect(reachForward(snapshot, [start], ways, bound)).toBe(null);
  // A reach leaves nothing behind for the next.
  expect(reachForward(snapshot, [start], ways)).toEqual(first);
  return [...first.items].map((number, place) => ({
    item: names[number],
    own: first.since[place],
    held: first.held.get(number) ?? [],
  }));
}

async function byTrace(one: Case) {
  const { item, at, spread, associations } = one;
  const start = { item, at: at === null ? null : isoOf(at) };
  const { nodes } = await walk(memorySource(right(one)), [start], {
    direction: 'forward',
    spread,
    associations,
    transactions: false,
    known_at: null,
  });
  return [...nodes.values()].map(({ item: name, reached }) => ({ item: name, ...reached }));
}

const byItem = <Row extends { item: string | undefined }>(rows: readonly Row[]) =>
  [...rows].sort((one, other) => ((one.item ?? '') < (other.item ?? '') ? -1 : 1));

test('a snapshot with what came behind it reaches what a trace does, to the instant', async () => {
  const cases: fc.Arbitrary<Case> = fc.record({
    events: smallHistory,
    built: fc.nat({ max: 14 }),
    wrong: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 3 }),
    item: fc.constantFrom(...smallItems),
    at: fc.constantFrom(null, ...moments),
    spread: fc.constantFrom<Spread>('content', 'contact'),
    associations: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, async (one) => {
      const found = bySnapshot(one);
      // An item that no record names has no number, and reaches itself alone.
      if (found !== null) expect(byItem(found)).toEqual(byItem(await byTrace(one)));
    }),
    { numRuns: 2_000 },
  );
});

test('parts of a lot are counted in a snapshot too', async () => {
  const events = [
    pack('08:00', 'pallet', mention('child', 'lot9', '60', 'KGM')),
    unpack('09:00', 'pallet', mention('child', 'lot9', '20', 'KGM')),
    pack('10:00', 'pallet', 'jam'),
    unpack('11:00', 'pallet', mention('child', 'lot9', '0.04', 'TNE')),
    pack('12:00', 'pallet', 'tea'),
    transform('13:00', ['tea'], ['cup']),
  ];
  for (let built = 0; built <= events.length; built++) {
    const one: Case = {
      events,
      built,
      wrong: [],
      item: 'lot9',
      at: null,
      spread: 'contact',
      associations: false,
    };
    const found = byItem(bySnapshot(one) ?? []);
    expect(found).toEqual(byItem(await byTrace(one)));
    expect(found.map(({ item }) => item)).toContain('jam');
  }
});
