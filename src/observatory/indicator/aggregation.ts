import { impossible } from './faults.ts';
import type { Element } from './framework.ts';
import type { StepOf } from './recipe.ts';
import type { Ground, State } from './state.ts';
import { type Siblings, type Weights, weigh } from './weighting.ts';

type AggregateStep = StepOf<'aggregate'>;
export type Mean = { method: AggregateStep['method']; power?: number | undefined };

export type Aggregation = {
  /** elements × cases; the indicators' normalised values come first. NaN where there is none. */
  scores: Float64Array;
  /** By the position of the parent: the weights of its children, as they were used. */
  weights: ReadonlyMap<number, Weights>;
};

/**
 * Puts normalised indicators together, level by level, to the index. The four means are one: the
 * quasi-arithmetic mean f⁻¹(Σ w f(x) ÷ Σ w) with f = x, ln x, 1 ÷ x and xᵖ (A. Kolmogorov 1930).
 * Where children are missing and enough of them are there, the others' weights take their share.
 *
 * @param noise a factor on each element's weight, by position
 * @throws indicator.step_impossible where a mean does not take the values that there are
 */
export function aggregate(
  ground: Ground,
  state: State,
  step: AggregateStep,
  weighStep: StepOf<'weigh'>,
  noise: Float64Array | null = null,
): Aggregation {
  const { framework, units } = ground;
  const { elements } = framework;
  const cases = units.cases.length;
  const scores = new Float64Array(elements.length * cases);
  scores.set(state.values);
  const weights = new Map<number, Weights>();
  const column = (at: number) => scores.subarray(at * cases, (at + 1) * cases);
  for (let at = framework.indicators.length; at < elements.length; at++) {
    const parent = elements[at] as Element;
    const siblings: Siblings = {
      parent,
      children: parent.children.map((child) => elements[child] as Element),
      columns: parent.children.map(column),
      spans: units.spans,
    };
    const used = disturbed(weigh(weighStep, siblings), parent, noise);
    weights.set(at, used);
    const mean = meanAt(step, parent.level);
    if ('each' in used) sumEach(siblings, used.each, mean, column(at));
    else if (mean.method === 'copeland') copeland(siblings, used.shared, step.least, column(at));
    else {
      const images = imagesOf(ground, state, siblings, mean);
      average(images, used.shared, step.least, mean, column(at));
    }
  }
  return { scores, weights };
}

/** The mean by which elements of a level are made. */
export function meanAt(step: AggregateStep, level: number): Mean {
  return step.by_level.find((one) => one.level === level) ?? step;
}

function disturbed(weights: Weights, parent: Element, noise: Float64Array | null): Weights {
  if (!noise || 'each' in weights) return weights;
  const shared = weights.shared.slice();
  for (let i = 0; i < shared.length; i++) {
    shared[i] = (shared[i] as number) * (noise[parent.children[i] as number] as number);
  }
  return { shared };
}

// The logarithms of the indicators are the same in all runs that start from the same values.
const knownImages = new WeakMap<Float64Array, Map<string, Float64Array>>();

/** f(x) of each sibling. */
function imagesOf(ground: Ground, state: State, siblings: Siblings, mean: Mean): Float64Array[] {
  if (mean.method === 'arithmetic') return [...siblings.columns];
  const { parent, columns } = siblings;
  const cases = ground.units.cases.length;
  return columns.map((column, i) => {
    const child = parent.children[i] as number;
    if (child >= ground.framework.indicators.length) return imageOf(column, mean, siblings, i);
    const known = knownImages.get(state.values) ?? new Map<string, Float64Array>();
    knownImages.set(state.values, known);
    const key = `${mean.method} ${mean.power ?? ''} ${child}`;
    const image = known.get(key) ?? imageOf(column.subarray(0, cases), mean, siblings, i);
    known.set(key, image);
    return image;
  });
}

function imageOf(column: Float64Array, mean: Mean, { children }: Siblings, i: number) {
  for (let at = 0; at < column.length; at++) {
    if (!((column[at] as number) <= 0)) continue;
    const { code } = children[i] as Element;
    throw impossible('aggregate', {
      zh: `“${code}”有零或负值，不能用 ${mean.method}：请标准化到大于零，例如 low 取 1。`,
      en: `"${code}" has values of zero or below, not for ${mean.method}: normalise from 1 up.`,
    });
  }
  const power = mean.power ?? 1;
  if (mean.method === 'geometric') return column.map(Math.log);
  if (mean.method === 'harmonic') return column.map((value) => 1 / value);
  return column.map((value) => value ** power);
}

function inverse(image: number, { method, power }: Mean): number {
  if (method === 'geometric') return Math.exp(image);
  if (method === 'harmonic') return 1 / image;
  return method === 'power' ? image ** (1 / (power ?? 1)) : image;
}

function average(
  images: readonly Float64Array[],
  weights: Float64Array,
  least: number,
  mean: Mean,
  into: Float64Array,
): void {
  const sums = new Float64Array(into.length);
  const parts = new Float64Array(into.length);
  const counts = new Float64Array(into.length);
  let wanted = 0;
  for (let i = 0; i < images.length; i++) {
    const image = images[i] as Float64Array;
    const weight = weights[i] as number;
    if (weight === 0) continue;
    wanted++;
    for (let at = 0; at < into.length; at++) {
      const value = image[at] as number;
      if (Number.isNaN(value)) continue;
      sums[at] = (sums[at] as number) + weight * value;
      parts[at] = (parts[at] as number) + weight;
      counts[at] = (counts[at] as number) + 1;
    }
  }
  const isPlain = mean.method === 'arithmetic';
  for (let at = 0; at < into.length; at++) {
    const count = counts[at] as number;
    const image = (sums[at] as number) / (parts[at] as number);
    const isEnough = count > 0 && count >= least * wanted;
    into[at] = isEnough ? (isPlain ? image : inverse(image, mean)) : Number.NaN;
  }
}

function sumEach(siblings: Siblings, each: Float64Array, mean: Mean, into: Float64Array): void {
  if (mean.method !== 'arithmetic') {
    throw impossible('aggregate', {
      zh: 'benefit_of_doubt 只与 arithmetic 合用。',
      en: 'benefit_of_doubt goes with arithmetic only.',
    });
  }
  for (let at = 0; at < into.length; at++) {
    let sum = 0;
    siblings.columns.forEach((column, i) => {
      sum += (column[at] as number) * (each[i * into.length + at] as number);
    });
    into[at] = sum;
  }
}

/**
 * Copeland's rule (A. H. Copeland 1951; OECD/JRC Handbook, step 6): within a period a unit gains
 * one for each unit that it outranks, by siblings of more than half of the weight, and loses one
 * for each that outranks it. Siblings on which one of the two has no value do not vote.
 */
function copeland(
  { columns, spans }: Siblings,
  weights: Float64Array,
  least: number,
  into: Float64Array,
): void {
  const wanted = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const isThere = (at: number) => {
    const count = columns.reduce(
      (n, column, i) => n + ((weights[i] as number) > 0 && !Number.isNaN(column[at]) ? 1 : 0),
      0,
    );
    return count > 0 && count >= least * wanted;
  };
  for (const { from, to } of spans) {
    for (let one = from; one < to; one++) {
      into[one] = isThere(one) ? 0 : Number.NaN;
      for (let other = from; other < to; other++) {
        if (other === one || !isThere(other)) continue;
        into[one] = (into[one] as number) + Math.sign(lead(columns, weights, one, other));
      }
    }
  }
}

/** Weight of the siblings on which `one` is better, less that of those on which `other` is. */
function lead(
  columns: readonly Float64Array[],
  weights: Float64Array,
  one: number,
  other: number,
): number {
  let balance = 0;
  columns.forEach((column, i) => {
    const apart = (column[one] as number) - (column[other] as number);
    if (!Number.isNaN(apart)) balance += Math.sign(apart) * (weights[i] as number);
  });
  return Math.abs(balance) < 1e-12 ? 0 : balance;
}
