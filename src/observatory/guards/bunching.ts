import { chanceOfAtLeast } from './chance.ts';

/** How near is near, as parts of the threshold; the narrowest that holds enough decides. */
const WINDOWS = [0.02, 0.05, 0.1, 0.2] as const;
const BINS = 20;
const WIDEST = 0.2;

/** Which side of a threshold is the good one. The threshold itself lies on it. */
export type Wanted = 'at_least' | 'at_most';

export type Window = {
  /** As a part of the threshold. */
  width: number;
  /** Figures so near the threshold on the good side, and on the other. */
  reached: number;
  missed: number;
  /** That so many or more of them lie on the good side, were both sides as likely. */
  chance: number;
};

export type Bunching = {
  windows: Window[];
  /** The one that decides: the narrowest that holds enough; null where none does. */
  decides: Window | null;
  /** From one fifth below the threshold to one fifth above, in steps of 2 % of it. */
  bins: number[];
};

/** How far on the good side a figure lies, as a part of the threshold; below zero it is missed. */
function distanceOf(value: number, at: number, wanted: Wanted): number {
  const off = (value - at) / Math.abs(at);
  return wanted === 'at_least' ? off : -off;
}

/**
 * Whether figures crowd just on the good side of a threshold. Near enough to it a figure is as
 * likely to fall on one side as on the other; where many more have just made it, some were made to.
 * The test of McCrary (Journal of Econometrics 142, 2008), in the exact form of Cattaneo, Titiunik
 * and Vazquez-Bare (Stata Journal 16, 2016) for few observations: a binomial one in a small window.
 * @param least so many figures a window holds that decides
 */
export function bunchingAt(
  values: readonly number[],
  at: number,
  wanted: Wanted,
  least: number,
): Bunching {
  const distances = values.map((value) => distanceOf(value, at, wanted));
  const windows = WINDOWS.map((width): Window => {
    const reached = distances.filter((off) => off >= 0 && off < width).length;
    const missed = distances.filter((off) => off < 0 && off >= -width).length;
    const chance = chanceOfAtLeast(reached, reached + missed, 0.5);
    return { width, reached, missed, chance };
  });
  const bins = new Array<number>(BINS).fill(0);
  for (const off of distances) {
    const bin = Math.floor(((off + WIDEST) / (2 * WIDEST)) * BINS + 1e-9);
    if (bin >= 0 && bin < BINS) bins[bin] = (bins[bin] as number) + 1;
  }
  const decides = windows.find(({ reached, missed }) => reached + missed >= least) ?? null;
  return { windows, decides, bins: wanted === 'at_least' ? bins : bins.toReversed() };
}
