import { describe, expect, it } from 'vitest';
import { openDice } from '../../kernel/index.ts';
import { bunchingAt } from './bunching.ts';
import { amongAll, chanceOfAtLeast } from './chance.ts';
import { heapingOf, ROUGH, thirdDigit, UNROUNDED } from './heaping.ts';
import { directionOf, shiftOf } from './shift.ts';

/** Revenues as firms have them: spread over three powers of ten. */
function revenues(count: number, seed: number): number[] {
  const dice = openDice(seed);
  return Array.from({ length: count }, () => Math.round(10 ** (4 + 3 * dice.fraction())));
}

describe('chance', () => {
  it('is exact for few and for many', () => {
    expect(chanceOfAtLeast(8, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
    expect(chanceOfAtLeast(5, 5, 0.2)).toBeCloseTo(0.2 ** 5, 12);
    expect(chanceOfAtLeast(0, 0, 0.5)).toBe(1);
    // Half of many, and one more than half: by symmetry.
    expect(chanceOfAtLeast(2501, 5001, 0.5)).toBeCloseTo(0.5, 9);
  });

  it('counts for less among several looks', () => {
    const [one, two, three] = amongAll([0.01, 0.04, 0.03]);
    expect([one, two, three]).toEqual([0.03, 0.06, 0.06]);
    expect(amongAll([])).toEqual([]);
  });
});

describe('heaping', () => {
  it('reads the third digit wherever the point stands', () => {
    expect(['1200', '0.03456', '-987.5', '35', '4.0'].map(thirdDigit)).toEqual([
      ...[0, 5, 7, null, null],
    ]);
    expect(UNROUNDED).toBeCloseTo(0.10178 + 0.09979, 4);
  });

  it('finds the firms that estimate, and not those that read their books', () => {
    const exact = revenues(400, 7);
    const read = heapingOf(exact.map(String));
    expect(read.counted).toBe(400);
    expect(read.index).toBeLessThan(ROUGH);
    expect(read.chance).toBeGreaterThan(0.05);
    // Every third of them writes two digits and noughts.
    const rounded = exact.map((value, at) => (at % 3 === 0 ? Number(value.toPrecision(2)) : value));
    const estimated = heapingOf(rounded.map(String));
    expect(estimated.index).toBeGreaterThan(ROUGH);
    expect(estimated.chance).toBeLessThan(1e-6);
  });
});

describe('bunching', () => {
  const spread = Array.from({ length: 400 }, (_, at) => 10 + at * 0.1);

  it('sees nothing where figures pass a threshold evenly', () => {
    const { decides, bins, windows } = bunchingAt(spread, 30, 'at_least', 20);
    // 28.5 to 31.5: the first window with enough figures decides, not the one that shows most.
    expect(decides).toMatchObject({ width: 0.05, reached: 15, missed: 15 });
    expect(windows.map(({ reached, missed }) => reached - missed)).toEqual([0, 0, 0, 0]);
    expect(bins).toEqual(new Array(20).fill(6));
    expect(bunchingAt(spread, 30, 'at_least', 1_000).decides).toBeNull();
  });

  it('sees those who have just made it, from whichever side', () => {
    const pushed = spread.map((value) => (value >= 28.5 && value < 30 ? 30.05 : value));
    const found = bunchingAt(pushed, 30, 'at_least', 20);
    expect(found.decides).toMatchObject({ width: 0.02, missed: 0 });
    expect(found.decides?.chance).toBeLessThan(1e-5);
    // The threshold itself has made it, where it is a ceiling as well.
    const ceiling = spread.map((value) => (value > 30 && value <= 31.5 ? 30 : value));
    const under = bunchingAt(ceiling, 30, 'at_most', 20);
    expect(under.decides).toMatchObject({ width: 0.02, missed: 0 });
    expect(under.bins[9]).toBeGreaterThan(under.bins[10] ?? 0);
    expect(bunchingAt(ceiling, 30, 'at_least', 20).decides?.missed).toBe(6);
  });
});

describe('a shift', () => {
  it('is the part of pairs in which the later one is above', () => {
    const { above, median_before, median_after } = shiftOf([3, 1, 2], [4, 2, 3]);
    expect(above?.value).toBeCloseTo(7 / 9, 12);
    expect([median_before, median_after]).toEqual([2, 3]);
    expect(shiftOf([], [1]).above).toBeNull();
    expect(directionOf(shiftOf([], [1]))).toBe('unclear');
  });

  it('is told only where its bounds leave no doubt', () => {
    const before = revenues(60, 1);
    expect(directionOf(shiftOf(before, before))).toBe('unclear');
    expect(
      directionOf(
        shiftOf(
          before,
          before.map((value) => value * 5),
        ),
      ),
    ).toBe('up');
    expect(
      directionOf(
        shiftOf(
          before,
          before.map((value) => value / 5),
        ),
      ),
    ).toBe('down');
    expect(directionOf(shiftOf([1, 1, 1], [1, 1, 1]))).toBe('unclear');
  });
});
