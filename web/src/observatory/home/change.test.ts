import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeOf, periodBefore } from './change.ts';

it('finds the months before, across years', () => {
  expect(periodBefore({ from: '2025-12', to: '2026-11' })).toEqual({
    from: '2024-12',
    to: '2025-11',
  });
  expect(periodBefore({ from: '2026-01', to: '2026-01' })).toEqual({
    from: '2025-12',
    to: '2025-12',
  });
});

const bounds = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([one, other]) => ({ low: Math.min(one, other), high: Math.max(one, other) }));

it('says that a share has changed only where no common share is possible', () => {
  fc.assert(
    fc.property(bounds, bounds, (before, now) => {
      const share = Math.max(before.low, now.low) <= Math.min(before.high, now.high);
      expect(changeOf(before, now) === 'cannot_tell').toBe(share);
      const mirrored = { risen: 'fallen', fallen: 'risen', cannot_tell: 'cannot_tell' };
      expect(changeOf(now, before)).toBe(mirrored[changeOf(before, now)]);
    }),
  );
});
