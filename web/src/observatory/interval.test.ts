import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentOf, percentsOf, placeOf, thresholdOf } from './interval.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const bounds = fc
  .tuple(share, share)
  .map(([one, other]) => ({ low: Math.min(one, other), high: Math.max(one, other) }));

it('shows bounds that still hold the truth', () => {
  fc.assert(
    fc.property(bounds, (exact) => {
      const { low, high } = percentsOf(exact);
      // A point is shown as the nearest one; a stretch never narrower than it is.
      const slack = exact.high - exact.low < 1e-9 ? 0.06 : 1e-6;
      expect(Number(low)).toBeLessThanOrEqual(exact.low * 100 + slack);
      expect(Number(high)).toBeGreaterThanOrEqual(exact.high * 100 - slack);
    }),
  );
});

it('never shows a share as the threshold that it misses', () => {
  expect(percentsOf({ low: 0.1, high: 0.29996 }, 0.3)).toEqual({ low: '10', high: '29.996' });
  expect(percentsOf({ low: 0.29996, high: 0.29996 }, 0.3).high).toBe('29.996');
  expect(percentsOf({ low: 0.3, high: 0.41 }, 0.3)).toEqual({ low: '30', high: '41' });
  expect(percentsOf({ low: 0.281_1, high: 0.336_9 }, 0.3)).toEqual({ low: '28.1', high: '33.7' });
});

it('draws every interval on the scale, also what is beyond it', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 3, noNaN: true }),
      (low, length) => {
        const { left, width } = placeOf(low, low + length);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(width).toBeGreaterThan(0);
        expect(left + width).toBeLessThanOrEqual(100 + 1e-9);
      },
    ),
  );
});

it('reads a threshold as people write it, and back', () => {
  expect(['30', ' 33.33 % ', '100', '0', '7.5％'].map(thresholdOf)).toEqual([
    ...['0.3', '0.3333', '1', '0', '0.075'],
  ]);
  expect(['', '101', '3.333', '-1', 'x'].map(thresholdOf)).toEqual(Array(5).fill(undefined));
  expect(['0.3', '0.3333', '0.075'].map(percentOf)).toEqual(['30', '33.33', '7.5']);
});
