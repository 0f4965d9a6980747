import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { Decimal } from '../../../kernel/index.ts';
import type { Mention, Role, TraceEvent } from './graph.ts';
import { historyOf } from './history.ts';
import { massBalances } from './mass-balance.ts';
import { momentOf } from './moments.ts';
import { type Origin, sharesOf } from './shares.ts';
import { mention, transform } from './testing.ts';

const kg =
  (role: Role) =>
  (lot: string, quantity: string | null, uom = 'KGM') =>
    mention(role, lot, quantity, quantity === null ? null : uom);
const [of, into] = [kg('input'), kg('output')];
const bad: Origin = { item: 'lotBad', quantity: '100', uom: 'KGM' };
const shares = (events: TraceEvent[], origin = bad) =>
  sharesOf(historyOf(events), origin).shares.map(
    ({ item, low, proportional, high }) => `${item} ${low}…${proportional}…${high}`,
  );

describe('how much of a bad lot is where', () => {
  it('divides by the outputs, and leaves open which of them got it', () => {
    const mix = transform(
      '08:00',
      [of('lotBad', '40'), of('lotGood', '60')],
      [into('lotX', '30'), into('lotY', '60')],
    );
    expect(shares([mix])).toEqual([
      'lotBad 60…60…60',
      'lotX 0…13.333333333333333333…40',
      'lotY 0…26.666666666666666667…40',
    ]);
  });

  it('goes on with the part of a mixed lot that is used, in whatever unit', () => {
    const events = [
      transform('08:00', [of('lotBad', '0.1', 'TNE')], [into('lotX', '80')]),
      transform('09:00', [of('lotX', '20000', 'GRM')], [into('lotY', '20')]),
      transform('10:00', [of('lotX', '60')], [into('lotZ', '55')]),
    ];
    // Behind the first use nobody can say which part of X went where; behind the last all is out.
    expect(shares(events)).toEqual(['lotY 0…25…100', 'lotZ 0…75…100']);
  });

  it('cannot tell where an output was not weighed, and says what it may be all the same', () => {
    const events = [
      transform('08:00', [of('lotBad', '40')], [into('lotX', null), into('lotY', '1')]),
    ];
    expect(shares(events)).toEqual(['lotBad 60…60…60', 'lotX 0…null…40', 'lotY 0…null…40']);
    const pieces = [
      transform('08:00', [of('lotBad', '40')], [into('lotX', '8', 'LTR'), into('lotY', '1')]),
    ];
    expect(shares(pieces)[1]).toBe('lotX 0…null…40');
  });

  it('needs no quantity of the whole to know what a used part is', () => {
    const events = [transform('08:00', [of('lotBad', '40')], [into('lotX', '39')])];
    expect(shares(events, { ...bad, quantity: null })).toEqual([
      'lotBad 0…null…null',
      'lotX 40…40…40',
    ]);
  });

  it('keeps apart what is still in the tank, and gives nothing to what came out before', () => {
    const run = { transformation_id: 'tank' };
    const events = [
      transform('08:00', [of('lotGood', '50')], [], run),
      transform('09:00', [], [into('lotX', '50')], run),
      transform('10:00', [of('lotBad', '50')], [], run),
      transform('11:00', [], [into('lotY', '30')], run),
      transform('12:00', [of('lotBad', '20')], [], run),
    ];
    const found = sharesOf(historyOf(events), bad);
    expect(found.shares.map(({ item }) => item)).toEqual(['lotBad', 'lotY']);
    expect(found.in_process).toMatchObject([{ proportional: '20' }]);
  });

  it('gives nothing to what was made while the lot was good', () => {
    const events = [
      transform('08:00', [of('lotBad', '60')], [into('lotEarly', '60')]),
      transform('08:30', [of('lotBad', null)], [into('lotUnweighed', '5')]),
      transform('09:00', [of('lotBad', '30')], [into('lotLate', '30')]),
    ];
    const since = momentOf('2026-03-02T09:00:00.000Z');
    const [early, , late] = events as [TraceEvent, TraceEvent, TraceEvent];
    expect(shares([early, late], { ...bad, since })).toEqual([
      'lotBad 10…10…10',
      'lotLate 30…30…30',
    ]);
    expect(shares(events, { ...bad, since })).toEqual(['lotBad 0…null…10', 'lotLate 30…30…30']);
  });

  it('says when more was used than there was', () => {
    const events = [transform('08:00', [of('lotBad', '130')], [into('lotX', '130')])];
    expect(sharesOf(historyOf(events), bad)).toMatchObject({
      overdrawn: ['lotBad'],
      shares: [{ item: 'lotX', proportional: '100' }],
    });
  });
});

const amount = fc.integer({ min: 1, max: 90 }).map(String);
const lots = ['lotBad', 'lot1', 'lot2', 'lot3', 'lot4'];
const part = (role: Role) =>
  fc
    .uniqueArray(fc.tuple(fc.constantFrom(...lots), amount), {
      minLength: 1,
      maxLength: 3,
      selector: ([lot]) => lot,
    })
    .map((list) => list.map(([lot, quantity]) => mention(role, lot, quantity, 'KGM')));
const mixing = fc
  .tuple(fc.integer({ min: 10, max: 23 }), part('input'), part('output'))
  .map(([hour, inputs, outputs]) =>
    transform(
      `${hour}:00`,
      inputs,
      outputs.filter(({ item }) => item !== 'lotBad'),
    ),
  );
const mixings = fc.array(mixing, { minLength: 1, maxLength: 8 });

test('shares add up to the bad lot, to the last digit, whatever was mixed', () => {
  fc.assert(
    fc.property(mixings, (events) => {
      const { shares: found, in_process } = sharesOf(historyOf(events), bad);
      let sum = new Decimal(0);
      for (const { low, proportional, high } of [...found, ...in_process]) {
        expect(proportional).not.toBeNull();
        const even = new Decimal(proportional ?? 0);
        expect(even.gte(low) && even.lte(high ?? 0)).toBe(true);
        sum = sum.plus(even);
      }
      expect(sum.toString()).toBe('100');
    }),
    { numRuns: 400 },
  );
});

test('however unevenly things were mixed, what is in a lot lies within its bounds', () => {
  const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 7,
    maxLength: 7,
  });
  fc.assert(
    fc.property(mixings, chances, (events, chance) => {
      let drawn = 0;
      const next = () => chance[drawn++ % chance.length] as number;
      const truth = mixUnevenly(events, next);
      const found = sharesOf(historyOf(events), bad).shares;
      for (const [item, holds] of truth) {
        const share = found.find((one) => one.item === item);
        expect(holds).toBeGreaterThanOrEqual(Number(share?.low ?? 0) - 1e-9);
        expect(holds).toBeLessThanOrEqual(Number(share?.high ?? 0) + 1e-9);
      }
    }),
    { numRuns: 400 },
  );
});

/** One way in which it may have been: of each part taken, and to each output, any amount. */
function mixUnevenly(events: readonly TraceEvent[], chance: () => number): Map<string, number> {
  const holds = new Map([['lotBad', 100]]);
  const stock = new Map([['lotBad', 100]]);
  const add = (map: Map<string, number>, { item }: Mention, value: number) =>
    map.set(item, (map.get(item) ?? 0) + value);
  const waiting = new Set(events);
  while (waiting.size > 0) {
    const first = [...waiting].reduce((one, other) =>
      one.event_time < other.event_time ? one : other,
    );
    const now = [...waiting].filter((one) => one.event_time === first.event_time);
    const makes = (one: TraceEvent, item: string) =>
      one.mentions.some((made) => made.role === 'output' && made.item === item);
    const isReady = (one: TraceEvent) =>
      !one.mentions.some(
        ({ role, item }) =>
          role === 'input' && now.some((other) => other !== one && makes(other, item)),
      );
    now.sort((one, other) => (one.id < other.id ? -1 : 1));
    const event = now.find(isReady) ?? (now[0] as TraceEvent);
    waiting.delete(event);
    let taken = 0;
    for (const used of event.mentions.filter(({ role }) => role === 'input')) {
      const [there, has] = [holds.get(used.item) ?? 0, stock.get(used.item) ?? 0];
      const want = Number(used.quantity);
      const goes =
        used.item === 'lotBad' ? Math.min(want, there) : want >= has ? there : there * chance();
      taken += goes;
      add(holds, used, -goes);
      stock.set(used.item, Math.max(0, has - want));
    }
    const made = event.mentions.filter(({ role }) => role === 'output');
    made.forEach((output, at) => {
      const gets = at === made.length - 1 ? taken : taken * chance();
      taken -= gets;
      add(holds, output, gets);
      add(stock, output, Number(output.quantity));
    });
  }
  return holds;
}

describe('the balance of a transformation', () => {
  const allowance = { by_class: new Map([['lotMilk', '5']]), otherwise: '1' };
  const verdicts = (...events: TraceEvent[]) =>
    massBalances(historyOf(events).runs.values(), allowance).map(({ verdict, loss }) =>
      `${verdict} ${loss?.quantity ?? ''} ${loss?.unit ?? ''}`.trim(),
    );

  it('adds up all events of one transformation, in any unit of one dimension', () => {
    const run = { transformation_id: 'cheese' };
    const events = [
      transform('08:00', [of('lotMilk', '1', 'TNE')], [], run),
      transform('09:00', [], [into('lotCheese', '955')], run),
    ];
    expect(verdicts(...events)).toEqual(['within 45 KGM']);
  });

  it('adds up as many serials as one shift can make', () => {
    const serials = Array.from({ length: 130_000 }, (_, at) => mention('output', `cup${at}`));
    const shift = transform('08:00', [of('lotCup', '130000', 'C62')], serials);
    const [found] = massBalances(historyOf([shift]).runs.values(), allowance);
    expect(found).toMatchObject({
      ...{ from: shift.event_time, to: shift.event_time, reason: { en: /different products/ } },
    });
    expect(shares([shift], { item: 'lotCup', quantity: '130000', uom: 'C62' })).toHaveLength(13e4);
  });

  it('knows a loss above what the class allows, and more coming out than went in', () => {
    const thief = transform('08:00', [of('lotMilk', '1000')], [into('lotCheese', '900')]);
    const tap = transform('09:00', [of('lotMilk', '1000')], [into('lotCheese', '1001')]);
    const other = transform('10:00', [of('lotOil', '100')], [into('lotSoap', '98')]);
    expect(verdicts(thief, tap, other)).toEqual([
      'loss_above_allowance 100 KGM',
      'gain -1 KGM',
      'loss_above_allowance 2 KGM',
    ]);
  });

  it('cannot tell pieces from kilograms, nor what was not weighed, nor half of the story', () => {
    const pieces = transform('08:00', [of('lotMilk', '10')], [into('lotCup', '40', 'C62')]);
    const blind = transform('09:00', [of('lotMilk', null)], [into('lotCheese', '1')]);
    const half = transform('10:00', [of('lotMilk', '10')], []);
    const cartons = transform('11:00', [of('lotMeat', '3', 'CT')], [into('lotMeal', '120', 'CT')]);
    const { runs } = historyOf([pieces, blind, half, cartons]);
    const found = massBalances(runs.values(), allowance);
    expect(found.map(({ verdict, loss }) => [verdict, loss])).toEqual(
      Array.from({ length: 4 }, () => ['cannot_tell', null]),
    );
    expect(new Set(found.map(({ reason }) => reason?.en)).size).toBe(4);
  });
});
