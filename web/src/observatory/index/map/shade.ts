/** Parts of ink in the ground, in percent: the strongest for the best group. */
const STRONGEST = 90;
const FAINTEST = 14;
/** From here on hatching is drawn light on dark. */
const DARK = 50;

/**
 * The grey of a group in even steps, so that no two groups seem farther apart than others.
 * @param group counted from 1, the best
 */
export function shadeOf(group: number, groups: number): { ink: number; isDark: boolean } {
  const step = groups > 1 ? (STRONGEST - FAINTEST) / (groups - 1) : 0;
  const ink = Math.round(STRONGEST - (group - 1) * step);
  return { ink, isDark: ink >= DARK };
}

export type Doubt = 'little' | 'some' | 'much';

type Rank = { low: number; high: number };

/** How many ranks an interval of little or some doubt holds at most: a quarter, and half. */
export function doubtBounds(count: number): { little: number; some: number } {
  const little = Math.max(1, Math.floor(count / 4));
  return { little, some: Math.max(little, Math.floor(count / 2)) };
}

/** How far the rank of a unit is unknown: what the hatching of its area says. */
export function doubtOf({ low, high }: Rank, count: number): Doubt {
  const { little, some } = doubtBounds(count);
  const ranks = high - low + 1;
  if (ranks <= little) return 'little';
  return ranks <= some ? 'some' : 'much';
}
