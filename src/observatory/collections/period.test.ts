import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPeriod, monthsOf, periodBefore, periodKinds, periodsOfYear } from './period.ts';

it.each([
  ['2026-03', '2026-03', '2026-03', '2026-02'],
  ['2026-01', '2026-01', '2026-01', '2025-12'],
  ['2026-Q1', '2026-01', '2026-03', '2025-Q4'],
  ['2026-Q4', '2026-10', '2026-12', '2026-Q3'],
  ['2026', '2026-01', '2026-12', '2025'],
])('%s is %s to %s, behind %s', (period, from, to, before) => {
  expect(monthsOf(period)).toEqual({ from, to });
  expect(periodBefore(period)).toBe(before);
});

it('knows a period only of its own kind', () => {
  for (const text of ['2026-13', '2026-Q5', '2026-00', '26', '2026-3']) {
    expect(periodKinds.filter((kind) => isPeriod(kind, text))).toEqual([]);
  }
});

it('a year before is as many periods before as a year has', () => {
  const year = fc.integer({ min: 2002, max: 2099 });
  fc.assert(
    fc.property(
      year,
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom(...periodKinds),
      (y, n, kind) => {
        const name = {
          month: `${y}-${String(n).padStart(2, '0')}`,
          quarter: `${y}-Q${((n - 1) % 4) + 1}`,
          year: `${y}`,
        }[kind];
        let before = name;
        for (let step = 0; step < periodsOfYear(kind); step++) before = periodBefore(before);
        expect(before).toBe(name.replace(String(y), String(y - 1)));
        expect(periodKinds.filter((one) => isPeriod(one, before))).toEqual([kind]);
        expect(monthsOf(periodBefore(name)).to < monthsOf(name).from).toBe(true);
      },
    ),
  );
});
