import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeOfRanks, ticksOf } from './rank-scale.ts';

const ranks = fc
  .tuple(fc.nat(400), fc.nat(400), fc.nat(400), fc.nat(10))
  .map(([one, two, three, more]) => {
    const [low = 1, own = 1, high = 1] = [one + 1, two + 1, three + 1].sort((a, b) => a - b);
    return { rank: { low, own, high }, count: high + more };
  });

it('draws the recipe’s own rank within the interval, and all of it on the scale', () => {
  fc.assert(
    fc.property(ranks, ({ rank, count }) => {
      const { left, width, dot } = placeOfRanks(rank, count);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(100 + 1e-9);
      expect(dot).toBeGreaterThan(left);
      expect(dot).toBeLessThan(left + width);
    }),
  );
});

it('never lets two intervals touch that share no rank', () => {
  fc.assert(
    fc.property(ranks, ({ rank, count }) => {
      const next = { low: rank.high + 1, own: rank.high + 1, high: rank.high + 1 };
      const [one, other] = [placeOfRanks(rank, count + 1), placeOfRanks(next, count + 1)];
      expect(one.left + one.width).toBeLessThan(other.left);
    }),
  );
});

it('writes few ranks under the scale, the first and the last among them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), (count) => {
      const shown = ticksOf(count).map(({ rank }) => rank);
      expect(shown.length).toBeLessThanOrEqual(6);
      expect([shown[0], shown.at(-1)]).toEqual([1, count]);
      expect(shown).toEqual([...new Set(shown)].sort((one, other) => one - other));
    }),
  );
});
