import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getEdition, industriesOn, readCrosswalk } from '../classification/index.ts';
import { activityOf, classesOfCandidate } from './activity.ts';
import { classRows } from './class-table.ts';
import { evidenceOf } from './evidence.ts';
import { ledgerOf, openLedger, recordLines } from './ledger.ts';
import { batchOf, type InvoiceLine } from './line.ts';
import { allocate, partOfBundle } from './obligations.ts';
import {
  type Contract,
  countedOf,
  type Grounds,
  type Obligation,
  readSales,
  salesOf,
  splitRevenue,
} from './revenue-split.ts';
import { groupNames, serviceRules, weightOfDerived } from './service-rule.ts';
import { wholeYear } from './testing.ts';
import { testThreshold } from './threshold.ts';

const industries = industriesOn();
const code = (prefix: string) => prefix.padEnd(19, '0');
const taxes = [
  '101',
  '103',
  '109',
  '201',
  '202',
  '301',
  '30402',
  '30404',
  '305',
  '30704',
  '4',
  '5',
];

type Simulated = { sale: Omit<Obligation, 'price'>; truth: string };

/** A sale with its hidden class: one of those that its code allows, as the world would have it. */
const simulatedSale: fc.Arbitrary<Simulated> = fc
  .record({
    tax: fc.option(fc.constantFrom(...taxes)),
    isCatalogued: fc.boolean(),
    product: fc.integer({ min: 1, max: 40 }),
    pick: fc.nat(),
  })
  .map(({ tax, isCatalogued, product, pick }) => {
    const tax_code = tax === null ? null : code(tax);
    const bare = { name: `P${product}`, product: `P${product}`, tax_code, industry: null };
    const { candidates } = activityOf({ ...bare, contract: null }, { industries });
    const possible = candidates.flatMap((one) => classesOfCandidate(industries, one));
    const truth = possible[pick % possible.length]?.code as string;
    return { sale: { ...bare, industry: isCatalogued ? truth : null }, truth };
  });

const simulatedPrice = fc
  .tuple(
    fc.integer({ min: 1, max: 1_000 }),
    fc.double({ min: 0, max: 0.9, noNaN: true }),
    fc.nat(2),
  )
  .map(([truth, doubt, kind]) => ({
    truth,
    // Sold by itself, estimated, or unknown.
    price:
      kind === 0
        ? { low: truth, high: truth }
        : kind === 1
          ? { low: truth * (1 - doubt), high: truth * (1 + doubt) }
          : null,
  }));

const simulatedBundle = fc
  .array(fc.tuple(simulatedSale, simulatedPrice), { minLength: 2, maxLength: 5 })
  // What nobody knows any price of cannot be divided by anybody, the world included.
  .filter((all) => all.some(([, { price }]) => price !== null));

const amount = fc.integer({ min: -50_000, max: 1_000_000 });

const world = fc.record({
  alone: fc.array(fc.tuple(simulatedSale, amount, fc.integer({ min: 1, max: 12 })), {
    minLength: 1,
    maxLength: 25,
  }),
  bundles: fc.array(fc.tuple(simulatedBundle, amount, fc.integer({ min: 1, max: 12 })), {
    maxLength: 4,
  }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** The lines of a world, its contracts, and what every class really earned (in minor units). */
function observed({ alone, bundles }: World) {
  const lines: InvoiceLine[] = [];
  const truth = new Map<string, number>();
  const earn = (classCode: string, net: number) =>
    truth.set(classCode, (truth.get(classCode) ?? 0) + net);
  const write = (
    sale: Omit<Obligation, 'price'>,
    contract: string | null,
    of: [number, number],
  ) => {
    const [net_minor, month] = of;
    const issued_on = `2021-${String(month).padStart(2, '0')}-28`;
    const line_no = lines.length + 1;
    lines.push({ firm: 'F', invoice: 'I', line_no, issued_on, ...sale, contract, net_minor });
  };
  for (const [{ sale, truth: real }, net, month] of alone) {
    write(sale, null, [net, month]);
    earn(real, net);
  }
  const contracts = new Map<string, Contract>();
  bundles.forEach(([promised, net, month], at) => {
    const id = `K${at}`;
    const bare = { name: id, product: null, industry: null, tax_code: null };
    write(bare, id, [net, month]);
    contracts.set(id, {
      id,
      obligations: promised.map(([{ sale }, { price }]) => ({ ...sale, price })),
    });
    const all = promised.reduce((sum, [, price]) => sum + price.truth, 0);
    for (const [{ truth: real }, price] of promised) earn(real, (net * price.truth) / all);
  });
  const grounds: Grounds = { industries, contracts, decisions: [] };
  return { lines, truth, grounds };
}

/** One product under one code, dug by the firm itself or bought in: a bought one was taken back. */
const mineralsTakenBack: World = {
  alone: (['5111', '0610'] as const).map((truth, at) => {
    const bare = { name: 'P5', product: 'P5', tax_code: code('109'), industry: null };
    return [{ sale: bare, truth }, at === 0 ? -1 : 1, 1];
  }),
  bundles: [],
};

test('in simulated trade every interval holds the truth, and shares add up to one', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { lines, truth, grounds } = observed(given);
      const own = ledgerOf('F', lines);
      for (const rule of serviceRules) {
        const split = splitRevenue(own, { period: wholeYear, rule }, grounds);
        const { revenue_minor } = split;
        expect(revenue_minor).toBe(lines.reduce((sum, line) => sum + line.net_minor, 0));
        const earned = (wanted: readonly string[]) =>
          [...truth].reduce(
            (sum, [one, net]) => sum + (wanted.includes(rule.groupOf(one, industries)) ? net : 0),
            0,
          );
        for (const { group, amount_minor } of split.groups) {
          expect(amount_minor.low).toBeLessThanOrEqual(earned([group]) + 1e-6);
          expect(amount_minor.high).toBeGreaterThanOrEqual(earned([group]) - 1e-6);
          // One group's least and the others' most make the whole, and the other way round.
          const others = split.groups.filter((one) => one.group !== group);
          const most = others.reduce((sum, one) => sum + one.amount_minor.high, 0);
          const least = others.reduce((sum, one) => sum + one.amount_minor.low, 0);
          expect(amount_minor.low + most).toBeGreaterThanOrEqual(revenue_minor);
          expect(amount_minor.high + least).toBeLessThanOrEqual(revenue_minor);
        }
        const { service } = split;
        const real = earned(rule.service_groups);
        expect(service.amount_minor.low).toBeLessThanOrEqual(real + 1e-6);
        expect(service.amount_minor.high).toBeGreaterThanOrEqual(real - 1e-6);
        const { answer } = testThreshold(own, { period: wholeYear, rule }, grounds);
        if (revenue_minor <= 0) expect(answer).toBe('cannot_tell');
        else if (answer !== 'cannot_tell') {
          // Real amounts have parts of a minor unit: at the very threshold either answer is right.
          const distance = real - 0.3 * revenue_minor;
          expect(answer === 'yes' ? distance > -1 : distance < 1).toBe(true);
        }
      }
    }),
    { numRuns: 150, examples: [[mineralsTakenBack]] },
  );
});

test('every answer narrows: what is known of a sale never widens an interval', () => {
  fc.assert(
    fc.property(world, fc.nat(), (given, pick) => {
      const { lines, grounds } = observed({ ...given, bundles: [] });
      const own = ledgerOf('F', lines);
      const asked = { period: wholeYear, rule: serviceRules[0] as (typeof serviceRules)[number] };
      const before = testThreshold(own, asked, grounds);
      const question = before.questions[pick % Math.max(1, before.questions.length)];
      if (!question) return;
      const all = question.candidates.flatMap((one) => classesOfCandidate(industries, one));
      const decided = all[pick % all.length]?.code as string;
      const decision = { key: question.key, code: decided, decided_on: '2022-01-01', reason: 'r' };
      const amounts = (decisions: Grounds['decisions']) =>
        splitRevenue(own, asked, { ...grounds, decisions }).service.amount_minor;
      const [wide, narrow] = [amounts([]), amounts([decision])];
      expect(narrow.low).toBeGreaterThanOrEqual(wide.low);
      expect(narrow.high).toBeLessThanOrEqual(wide.high);
    }),
    { numRuns: 100 },
  );
});

test('lines may come in any order and any batches; months add up to the year', () => {
  fc.assert(
    fc.property(world, fc.integer({ min: 1, max: 9 }), (given, size) => {
      const { lines, grounds } = observed(given);
      const ledger = openLedger();
      const turned = lines.toReversed();
      for (let at = 0; at < turned.length; at += size) {
        recordLines(ledger, batchOf(turned.slice(at, at + size)));
      }
      const own = ledger.firms.get('F');
      if (!own) throw new Error('no firm');
      for (const rule of serviceRules) {
        const whole = splitRevenue(own, { period: wholeYear, rule }, grounds);
        const once = splitRevenue(ledgerOf('F', lines), { period: wholeYear, rule }, grounds);
        expect(whole.groups).toEqual(once.groups);
      }
      const rule = serviceRules[0] as (typeof serviceRules)[number];
      const evidence = evidenceOf('F', lines, { period: wholeYear, rule }, grounds);
      const { service } = splitRevenue(own, { period: wholeYear, rule }, grounds);
      const added = (end: 'low' | 'high') =>
        evidence.reduce((sum, one) => sum + one.service_minor[end], 0);
      // Line by line, a return and what it returns may be read apart: that can only be wider.
      expect(added('low')).toBeLessThanOrEqual(service.amount_minor.low + 1);
      expect(added('high')).toBeGreaterThanOrEqual(service.amount_minor.high - 1);
      const rows = classRows(own, grounds);
      const alone = lines.filter((line) => line.contract === null);
      const total = rows.reduce((sum, row) => sum + row.low_minor, 0);
      if (alone.length === lines.length) {
        expect(total).toBe(alone.reduce((sum, line) => sum + line.net_minor, 0));
      }
      for (const row of rows) expect(row.low_minor).toBeLessThanOrEqual(row.high_minor);
    }),
    { numRuns: 100 },
  );
});

test('new tyres, service and retreading are divided by what each is sold for by itself', () => {
  // Stand-alone 50 + 30 + 20, sold together for 90.00: 45, 27 and 18.
  expect(allocate(9_000, [50, 30, 20])).toEqual([4_500, 2_700, 1_800]);
  expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(allocate(-100, [1, 1, 1]).reduce((sum, part) => sum + part, 0)).toBe(-100);
  expect(() => allocate(100, [0, 0])).toThrow(RangeError);
  const exact = (price: number) => ({ price: { low: price, high: price } });
  const [yes, no, open] = [
    { low: 1, high: 1 },
    { low: 0, high: 0 },
    { low: 0, high: 1 },
  ];
  expect(partOfBundle([exact(50), exact(30), exact(20)], [no, yes, open])).toEqual({
    low: 0.3,
    high: 0.5,
  });
  const guess = { price: { low: 20, high: 60 } };
  const { low, high } = partOfBundle([exact(40), guess], [no, yes]);
  expect([low, high]).toEqual([20 / 60, 60 / 100]);
  // Unknown: from nothing to nearly all. Without any price nothing is known but the ends.
  expect(partOfBundle([exact(40), { price: null }], [no, yes])).toEqual({ low: 0, high: 1 });
  expect(partOfBundle([exact(40), { price: null }], [yes, yes])).toEqual({ low: 1, high: 1 });
  expect(partOfBundle([exact(0), exact(0)], [no, yes])).toEqual({ low: 0, high: 1 });
});

test('the bounds of a bundle are reached: no corner of its prices lies outside', () => {
  const bounds = (most: number) =>
    fc
      .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }))
      .map(([one, other]) => ({ low: Math.min(one, other), high: Math.max(one, other) }));
  const counted = bounds(4).map(({ low, high }) => ({ low: low / 4, high: high / 4 }));
  const item = fc.tuple(
    bounds(50).filter(({ low }) => low > 0),
    counted,
  );
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 6 }), (items) => {
      const corners = Array.from({ length: 2 ** items.length }, (_, corner) => {
        const prices = items.map(([price], at) => ((corner >> at) & 1 ? price.high : price.low));
        const all = prices.reduce((sum, one) => sum + one, 0);
        const part = (end: 'low' | 'high') =>
          prices.reduce((sum, one, at) => sum + one * (items[at]?.[1][end] ?? 0), 0) / all;
        return { low: part('low'), high: part('high') };
      });
      const { low, high } = partOfBundle(
        items.map(([price]) => ({ price })),
        items.map(([, counts]) => counts),
      );
      expect(low).toBeCloseTo(Math.min(...corners.map((one) => one.low)), 12);
      expect(high).toBeCloseTo(Math.max(...corners.map((one) => one.high)), 12);
    }),
  );
});

test('allocation leaves nothing over, and is off by less than a minor unit', () => {
  const prices = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      prices.filter((all) => all.some((one) => one > 0)),
      (net, all) => {
        const parts = allocate(net, all);
        const whole = all.reduce((sum, one) => sum + one, 0);
        expect(parts.reduce((sum, one) => sum + one, 0)).toBe(net);
        parts.forEach((part, at) => {
          expect(Math.abs(part - (net * (all[at] as number)) / whole)).toBeLessThan(1);
        });
      },
    ),
  );
});

test('a derived class with parts of classes makes an interval, too', () => {
  const edition = getEdition('producer-services-2019');
  const base = industries;
  const walk = readCrosswalk('from,to,part\n5432,02,0.5-0.8\n', {
    edition,
    kind: 'selection',
    base,
  });
  const line: InvoiceLine = {
    firm: 'F',
    invoice: 'I',
    line_no: 1,
    issued_on: '2021-05-01',
    name: '冷链',
    product: null,
    industry: '5432',
    tax_code: code('301'),
    contract: null,
    net_minor: 1_000,
  };
  const own = ledgerOf('F', [line]);
  const grounds: Grounds = { industries, contracts: new Map(), decisions: [] };
  const sales = salesOf(own, wholeYear, readSales(own, grounds));
  expect(countedOf(sales, weightOfDerived(walk, industries))).toEqual({ low: 500, high: 800 });
  expect(groupNames).toHaveLength(5);
});
