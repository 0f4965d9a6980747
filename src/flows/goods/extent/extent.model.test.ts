import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceEvent } from '../trace/graph.ts';
import { isoOf } from '../trace/moments.ts';
import type { Spread } from '../trace/reach.ts';
import { memorySource, smallHistory, smallItems } from '../trace/testing.ts';
import { walk } from '../trace/trace.ts';
import { askOn, type ExtentSource } from './asking.ts';
import type { Page } from './pages.ts';
import { answerJob, type Standings } from './standings.ts';

/** So soon behind the first event, by a clock that has just begun, that none of them is settled. */
const moment = (second: number) => `1970-01-01T00:00:0${second}.000Z`;
const id = (place: number) => `00000000-0000-7000-8000-${String(place + 1).padStart(12, '0')}`;

/** As the database writes an event. */
const written = ({ mentions, transformation_id: run, ...event }: TraceEvent) => [
  ...[event.id, event.type, event.action, event.event_time, null],
  [
    ...mentions.map((one) => [one.item, one.role, one.by_class, one.quantity, one.uom]),
    ...(run === null ? [] : [[run, 'transformation', false, null, null]]),
  ],
];

/** What a database shows of some events: in pages of three, without what was declared wrong. */
function sourceOf(visible: readonly TraceEvent[], wrong: readonly TraceEvent[]): ExtentSource {
  const inOrder = [...visible].sort((one, other) => (one.id < other.id ? -1 : 1));
  return {
    page: async (from, upto): Promise<Page> => {
      const behind = inOrder.filter((one) => from === null || one.id > from);
      const page = behind.filter((one) => upto === null || one.id <= upto).slice(0, 3);
      const last = page.at(-1)?.id ?? null;
      const events = page.filter((one) => !wrong.includes(one)).map(written);
      const [is_end, looked_at] = [last === null, page.length];
      return { from, last, is_end, looked_at, events: JSON.stringify(events) };
    },
    wrong: async () =>
      wrong
        .filter((one) => visible.includes(one))
        .map((one) => ({ event_id: one.id, items: one.mentions.map(({ item }) => item) })),
  };
}

type Question = { item: string; at: string | null; spread: Spread; associations: boolean };

type Ask = Parameters<typeof askOn>[1];
const askOf =
  (standings: Standings): Ask =>
  async (task) =>
    answerJob(standings, { reader: 'us', task });

/** Asks until an answer holds all that could be seen at the moment of asking. */
async function byStanding(ask: Ask, source: ExtentSource, asked: Question, now: string) {
  const { item, at, spread, associations } = asked;
  const question = { starts: [{ item, at }], spread, associations, keep: false };
  for (;;) {
    const { found, status } = await askOn(source, ask, now, question);
    if (found === 'too_far') expect.fail('it is small');
    if (found !== null && found.as_of >= now) return found;
    expect(['reading', 'building', 'checking', 'ready']).toContain(status.phase);
  }
}

async function byTrace(events: readonly TraceEvent[], asked: Question) {
  const { item, at, spread, associations } = asked;
  const options = { spread, associations, transactions: false, known_at: null };
  const { nodes } = await walk(memorySource(events), [{ item, at }], {
    direction: 'forward',
    ...options,
  });
  return [...nodes.values()].map(({ item: name, reached: { own } }) => ({
    item: name,
    is: own === Number.POSITIVE_INFINITY ? 'holds' : 'affected',
    since: isoOf(own),
  }));
}

const byItem = <Row extends { item: string }>(rows: readonly Row[]) =>
  [...rows].sort((one, other) => (one.item < other.item ? -1 : 1));

test('what stands ready says what a trace says, whatever comes late or was wrong', async () => {
  const stories = fc.record({
    events: smallHistory,
    late: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 5 }),
    wrong_before: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 2 }),
    wrong_after: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 3 }),
    item: fc.constantFrom(...smallItems),
    at: fc.constantFrom(null, '2026-03-02T03:00:00.000Z', '2026-03-02T08:00:00.000Z'),
    spread: fc.constantFrom<Spread>('content', 'contact'),
    associations: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(stories, async ({ events, late, wrong_before, wrong_after, ...asked }) => {
      const all = events.map((one, place) => ({ ...one, id: id(place) }));
      const at = (places: readonly number[]) => places.flatMap((place) => all[place] ?? []);
      const standings: Standings = new Map();
      const first = all.filter((_, place) => !late.includes(place));
      const stages = [
        { visible: first, wrong: at(wrong_before), now: moment(1) },
        { visible: all, wrong: at([...wrong_before, ...wrong_after]), now: moment(2) },
      ];
      for (const { visible, wrong, now } of stages) {
        const found = await byStanding(askOf(standings), sourceOf(visible, wrong), asked, now);
        const right = visible.filter((one) => !wrong.includes(one));
        const rows = found.rows.map(({ by: _, ...row }) => row);
        expect(byItem(rows)).toEqual(byItem(await byTrace(right, asked)));
        for (const { item, by } of found.rows) {
          // What it rests on counts, and names what it says.
          const event = right.find((one) => one.id === by);
          if (item !== asked.item) expect(event?.mentions.map((one) => one.item)).toContain(item);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('of two that ask at once neither takes anything from the other', async () => {
  const stories = fc.record({
    events: smallHistory,
    late: fc.uniqueArray(fc.nat({ max: 13 }), { maxLength: 8 }),
    item: fc.constantFrom(...smallItems),
    scheduler: fc.scheduler(),
  });
  await fc.assert(
    fc.asyncProperty(stories, async ({ events, late, item, scheduler }) => {
      const asked: Question = { item, at: null, spread: 'content', associations: true };
      const all = events.map((one, place) => ({ ...one, id: id(place) }));
      const first = all.filter((_, place) => !late.includes(place));
      const ask = askOf(new Map());
      const inTurn: Ask = scheduler.scheduleFunction(ask);
      const slowly = ({ page, wrong }: ExtentSource): ExtentSource => ({
        page: scheduler.scheduleFunction(page),
        wrong,
      });
      const both = Promise.all(
        [first, all].map((visible) =>
          byStanding(inTurn, slowly(sourceOf(visible, [])), asked, moment(1)),
        ),
      );
      await scheduler.waitFor(both);
      const { rows } = await byStanding(ask, sourceOf(all, []), asked, moment(2));
      const told = rows.map(({ by: _, ...row }) => row);
      expect(byItem(told)).toEqual(byItem(await byTrace(all, asked)));
    }),
    { numRuns: 1_000 },
  );
});
