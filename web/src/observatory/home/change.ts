import type { Bounds } from '../interval.ts';

type Period = { from: string; to: string };

const numberOf = (month: string): number => {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return year * 12 + of - 1;
};
const monthOf = (number: number): string =>
  `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;

/** The stretch of as many months right before a period. */
export function periodBefore({ from, to }: Period): Period {
  const [first, last] = [numberOf(from), numberOf(to)];
  return { from: monthOf(first - (last - first + 1)), to: monthOf(first - 1) };
}

export type Change = 'risen' | 'fallen' | 'cannot_tell';

/** Two intervals that hold a common share may be the same one: only apart have they changed. */
export function changeOf(before: Bounds, now: Bounds): Change {
  if (now.low > before.high) return 'risen';
  return now.high < before.low ? 'fallen' : 'cannot_tell';
}
