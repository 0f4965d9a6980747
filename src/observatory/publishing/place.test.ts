import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limits } from '../../kernel/index.ts';
import { type Candidate, choosePlace, type Place } from './place.ts';

const cell = (value: number, contributors: number, ...codes: string[]): Candidate => ({
  classes: codes.map((code) => ({ variable: 'industry', code })),
  published: { value, contributors },
});
const kept: Candidate = { classes: [], published: null };
const sumOf = (figures: readonly number[]) => figures.reduce((sum, one) => sum + one, 0);
const rankOf = (own: number, others: readonly number[]) =>
  1 + others.filter((one) => one > own).length;

/** The place that is given, where one is. */
function placeOf(own: number, others: readonly number[]): Place | null {
  const found = choosePlace(own, [cell(own + sumOf(others), others.length + 1)]);
  return typeof found === 'string' ? null : found;
}

const figures = fc.array(fc.nat(1_000), { minLength: limits.own_place_firms - 1, maxLength: 30 });

it('the true rank lies in what is said, whatever the others have', () => {
  fc.assert(
    fc.property(fc.nat(1_000), figures, (own, others) => {
      const place = placeOf(own, others);
      expect(place === null).toBe(own > sumOf(others));
      if (place === null) return;
      const rank = rankOf(own, others);
      expect(place.best).toBeLessThanOrEqual(rank);
      expect(place.worst).toBeGreaterThanOrEqual(rank);
      expect(place.mean_of_others * others.length).toBeCloseTo(sumOf(others), 6);
    }),
  );
});

it('both ends could be true: others with the same sum have them', () => {
  fc.assert(
    fc.property(fc.nat(1_000), figures, (own, others) => {
      const place = placeOf(own, others);
      if (place === null) return;
      const [sum, count] = [sumOf(others), others.length];
      // All in one hand, or spread as evenly as may be.
      const even = Array.from({ length: count }, () => sum / count);
      const one = [sum, ...even.slice(1).map(() => 0)];
      const many = place.worst - 1;
      const spread = even.map((_, at) => (at < many ? sum / Math.max(1, many) : 0));
      const least = [even, one].map((example) => rankOf(own, example));
      expect(Math.min(...least)).toBe(place.best);
      if (many > 0) expect(rankOf(own, spread)).toBe(place.worst);
    }),
  );
});

it('is given in the narrowest cell that is out, and refused where it would tell of others', () => {
  const all = cell(1_000, 40);
  const own = cell(200, 8, 'F');
  expect(choosePlace(20, [all, own, kept])).toMatchObject({ firms: 8, classes: own.classes });
  expect(choosePlace(20, [all, cell(60, 3, 'F')])).toMatchObject({ firms: 40, classes: [] });
  expect(choosePlace(20, [kept, kept])).toBe('kept');
  expect(choosePlace(20, [kept, cell(40, 2, 'F')])).toBe('too_few');
  expect(choosePlace(120, [kept, own])).toBe('dominant');
  // More than half of its trade, and one among many in all of them.
  expect(choosePlace(120, [all, own])).toMatchObject({ firms: 40 });
});
