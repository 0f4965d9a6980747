import type { Dice } from '../../kernel/index.ts';

/**
 * Share of the variance of the outcome, with an interval for what was sampled. Of a grid it lies in
 * [0, 1]; an estimate from a sample may be outside by as much as it is off.
 */
export type Share = { value: number; low: number; high: number };
/**
 * `first`: what a factor explains by itself. `total`: what would remain if all others were fixed.
 * I. M. Sobol', Mathematical Modelling 1 (1993), 407–414; T. Homma and A. Saltelli, Reliability
 * Engineering & System Safety 52 (1996), 1–17.
 */
export type Indices = { first: Share; total: Share };
type Pair = { first: number; total: number };

const RESAMPLES = 100;

/** Population mean and variance; what is but the rounding of equal numbers is no variance. */
function spread(values: ArrayLike<number>): { mean: number; variance: number } {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  const mean = sum / values.length;
  let squares = 0;
  for (let at = 0; at < values.length; at++) squares += ((values[at] as number) - mean) ** 2;
  const variance = squares / values.length;
  return { mean, variance: variance <= 1e-20 * mean * mean ? 0 : variance };
}

/**
 * Indices by the decomposition of variance over a whole grid: every combination of settings was
 * run, so nothing is estimated. Where the last axis was drawn, its draws are resampled for the
 * intervals.
 *
 * @param outcomes product of `sizes` numbers, the last axis fastest
 * @param drawn whether the last axis holds draws instead of all there is
 */
export function indicesOfGrid(
  outcomes: Float64Array,
  sizes: readonly number[],
  drawn: boolean,
  level: number,
  dice: Dice,
): Indices[] {
  const own = pairsOfGrid(outcomes, sizes);
  if (!drawn) return own.map(certain);
  const draws = sizes.at(-1) as number;
  const resampled = outcomes.slice();
  return withIntervals(own, level, () => {
    const picks = Int32Array.from({ length: draws }, () => Math.floor(dice.fraction() * draws));
    for (let at = 0; at < outcomes.length; at += draws) {
      for (let i = 0; i < draws; i++) {
        resampled[at + i] = outcomes[at + (picks[i] as number)] as number;
      }
    }
    return pairsOfGrid(resampled, sizes);
  });
}

function pairsOfGrid(outcomes: Float64Array, sizes: readonly number[]): Pair[] {
  const { variance } = spread(outcomes);
  let stride = outcomes.length;
  return sizes.map((size) => {
    stride /= size;
    if (!(variance > 0)) return { first: 0, total: 0 };
    const alone = new Float64Array(size);
    const others = new Float64Array(outcomes.length / size);
    for (let at = 0; at < outcomes.length; at++) {
      const setting = Math.floor(at / stride) % size;
      const rest = Math.floor(at / (stride * size)) * stride + (at % stride);
      alone[setting] = (alone[setting] as number) + (outcomes[at] as number);
      others[rest] = (others[rest] as number) + (outcomes[at] as number);
    }
    const mean = (sums: Float64Array, count: number) => sums.map((sum) => sum / count);
    const share = (part: number) => Math.min(1, Math.max(0, part / variance));
    return {
      first: share(spread(mean(alone, others.length)).variance),
      total: 1 - share(spread(mean(others, size)).variance),
    };
  });
}

/**
 * Indices of a function of `dimensions` numbers in [0, 1), from `base` × (dimensions + 2) runs:
 * first by A. Saltelli et al., Computer Physics Communications 181 (2010), 259–270, table 2 (b);
 * total by M. J. W. Jansen, Computer Physics Communications 117 (1999), 35–43. Intervals by
 * resampling rows.
 */
export function sampledIndices(
  run: (at: Float64Array) => number,
  { dimensions, base, level, dice }: Sampling,
): Indices[] {
  const draw = () => Float64Array.from({ length: base * dimensions }, () => dice.fraction());
  const [a, b] = [draw(), draw()];
  const row = (of: Float64Array, at: number) => of.slice(at * dimensions, (at + 1) * dimensions);
  const outcomesOf = (of: Float64Array) =>
    Float64Array.from({ length: base }, (_, at) => run(row(of, at)));
  const [ofA, ofB] = [outcomesOf(a), outcomesOf(b)];
  const mixed = Array.from({ length: dimensions }, (_, dimension) =>
    Float64Array.from({ length: base }, (_, at) => {
      const point = row(a, at);
      point[dimension] = b[at * dimensions + dimension] as number;
      return run(point);
    }),
  );
  const all = Int32Array.from({ length: base }, (_, at) => at);
  return withIntervals(pairsOfRows(ofA, ofB, mixed, all), level, () =>
    pairsOfRows(
      ofA,
      ofB,
      mixed,
      all.map(() => Math.floor(dice.fraction() * base)),
    ),
  );
}

type Sampling = { dimensions: number; base: number; level: number; dice: Dice };

function pairsOfRows(
  a: Float64Array,
  b: Float64Array,
  mixed: readonly Float64Array[],
  rows: Int32Array,
): Pair[] {
  const both = new Float64Array(rows.length * 2);
  rows.forEach((row, at) => {
    both[at] = a[row] as number;
    both[rows.length + at] = b[row] as number;
  });
  const { variance, mean } = spread(both);
  return mixed.map((swapped) => {
    let [first, total] = [0, 0];
    for (const row of rows) {
      const apart = (swapped[row] as number) - (a[row] as number);
      first += ((b[row] as number) - mean) * apart;
      total += apart * apart;
    }
    if (!(variance > 0)) return { first: 0, total: 0 };
    return { first: first / rows.length / variance, total: total / rows.length / 2 / variance };
  });
}

function certain({ first, total }: Pair): Indices {
  const exact = (value: number) => ({ value, low: value, high: value });
  return { first: exact(first), total: exact(total) };
}

function withIntervals(own: readonly Pair[], level: number, again: () => Pair[]): Indices[] {
  const samples = Array.from({ length: RESAMPLES }, again);
  return own.map((pair, factor) => {
    const share = (name: keyof Pair): Share => {
      const sorted = samples.map((one) => (one[factor] as Pair)[name]).toSorted((x, y) => x - y);
      const pick = (p: number) => sorted[Math.round(p * (RESAMPLES - 1))] as number;
      return { value: pair[name], low: pick((1 - level) / 2), high: pick((1 + level) / 2) };
    };
    return { first: share('first'), total: share('total') };
  });
}
