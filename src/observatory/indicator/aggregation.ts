import { impossible } from './faults.ts';
import type { Element } from './framework.ts';
import type { StepOf } from './recipe.ts';
import type { Ground, State } from './state.ts';
import { givenWeights, type Siblings, type Weights, weigh } from './weighting.ts';

type AggregateStep = StepOf<'aggregate'>;
export type Mean = { method: AggregateStep['method']; power?: number | undefined };

export type Aggregation = {
  /** elements × cases; the indicators' normalised values come first. NaN where there is none. */
  scores: Float64Array;
  /** By the position of the parent: the weights of its children, as they were used. */
  weights: ReadonlyMap<number, Weights>;
};

type Surroundings = {
  /** A factor on each element's weight, by position. */
  noise?: Float64Array | null;
  /** Where the scores go; whoever gives it has no more use for what was in it. */
  scores?: Float64Array | null;
};

/**
 * Puts normalised indicators together, level by level, to the index. The four means are one: the
 * quasi-arithmetic mean f⁻¹(Σ w f(x) ÷ Σ w) with f = x, ln x, 1 ÷ x and xᵖ (A. Kolmogorov 1930).
 * Where children are missing and enough of them are there, the others' weights take their share.
 *
 * @throws indicator.step_impossible where a mean does not take the values that there are
 */
export function aggregate(
  ground: Ground,
  state: State,
  step: AggregateStep,
  weighStep: StepOf<'weigh'>,
  { noise = null, scores = null }: Surroundings = {},
): Aggregation {
  const { elements, indicators } = ground.framework;
  const cases = ground.units.cases.length;
  const into = scores ?? new Float64Array(elements.length * cases);
  into.set(state.values);
  const weights = new Map<number, Weights>();
  const known = imagesKnown(state, step);
  const scales = openScales(ground, step, weighStep);
  for (let at = indicators.length; at < elements.length; at++) {
    const parent = elements[at] as Element;
    const used =
      weighStep.method === 'given'
        ? { shared: gather(givenWeights(weighStep, elements), parent, noise) }
        : disturbed(weigh(weighStep, siblingsOf(ground, into, parent)), parent, noise);
    weights.set(at, used);
    const mean = meanAt(step, parent.level);
    scales?.(parent, at, 'each' in used ? 'benefit_of_doubt' : mean.method, used);
    const column = into.subarray(at * cases, (at + 1) * cases);
    if ('each' in used) {
      sumEach(siblingsOf(ground, into, parent), used.each, mean, column);
    } else if (mean.method === 'copeland') {
      copeland(siblingsOf(ground, into, parent), used.shared, step.least, column);
    } else {
      const images = imagesOf(ground, known, into, parent, mean);
      average(images, parent.children, used.shared, step.least, column);
      if (mean.method !== 'arithmetic') {
        for (let i = 0; i < cases; i++) column[i] = inverse(column[i] as number, mean);
      }
    }
  }
  return { scores: into, weights };
}

type Scales = (parent: Element, at: number, method: string, used: Weights) => void;

/**
 * Watches over the scales on which scores stand: that of the indicators until benefit of the doubt
 * makes them shares of the best, or Copeland counts of units. Null where neither is taken.
 */
function openScales(
  { framework }: Ground,
  step: AggregateStep,
  weighStep: StepOf<'weigh'>,
): Scales | null {
  const methods = [step.method, ...step.by_level.map(({ method }) => method)];
  if (weighStep.method !== 'benefit_of_doubt' && !methods.includes('copeland')) return null;
  const scales = framework.elements.map(() => 'normalise');
  return (parent, at, method, used) => {
    const isOwn = method === 'benefit_of_doubt' || method === 'copeland';
    const weighed = parent.children.filter((_, i) => 'each' in used || used.shared[i] !== 0);
    const below = new Set(weighed.map((child) => scales[child] as string));
    if (below.size > 1 && !isOwn && !weighsByData(weighStep, parent))
      throw mixed(parent, [...below]);
    scales[at] = isOwn ? method : ([...below][0] as string);
  };
}

/** Whether the weights come from the spread of the values, whatever their scale. */
function weighsByData(step: StepOf<'weigh'>, { level }: Element): boolean {
  if (step.method === 'given' || step.method === 'equal') return false;
  return step.method !== 'benefit_of_doubt' && (step.levels?.includes(level) ?? true);
}

function mixed({ code }: Element, scales: readonly string[]): Error {
  const names = scales.join(', ');
  return impossible('aggregate', {
    zh: `“${code}”的各项尺度不同(${names})，不能相加：请让同级各项用同一方法(levels、by_level)。`,
    en: `the parts of "${code}" are on different scales (${names}): make them by one method.`,
  });
}

function siblingsOf({ framework, units }: Ground, scores: Float64Array, parent: Element): Siblings {
  const cases = units.cases.length;
  return {
    parent,
    children: parent.children.map((child) => framework.elements[child] as Element),
    columns: parent.children.map((child) => scores.subarray(child * cases, (child + 1) * cases)),
    spans: units.spans,
  };
}

/** The mean by which elements of a level are made. */
export function meanAt(step: AggregateStep, level: number): Mean {
  return step.by_level.find((one) => one.level === level) ?? step;
}

function gather(given: Float64Array, { children }: Element, noise: Float64Array | null) {
  const shared = new Float64Array(children.length);
  for (let i = 0; i < shared.length; i++) {
    const child = children[i] as number;
    shared[i] = (given[child] as number) * (noise ? (noise[child] as number) : 1);
  }
  return shared;
}

function disturbed(weights: Weights, { children }: Element, noise: Float64Array | null): Weights {
  if (!noise || 'each' in weights) return weights;
  const shared = weights.shared.map((weight, i) => weight * (noise[children[i] as number] ?? 1));
  return { shared };
}

// The logarithms of the indicators are the same in all runs that start from the same values and
// take the same step. A step that was drawn for one run is gone after it, and with it its images.
type Images = Map<string, Float64Array>;
const knownImages = new WeakMap<Float64Array, WeakMap<AggregateStep, Images>>();

function imagesKnown({ values }: State, step: AggregateStep): Images {
  const bySteps = knownImages.get(values) ?? new WeakMap<AggregateStep, Images>();
  knownImages.set(values, bySteps);
  const known = bySteps.get(step) ?? new Map<string, Float64Array>();
  bySteps.set(step, known);
  return known;
}

/** elements × cases, filled with f(x) for the children of `parent` at least. */
function imagesOf(
  ground: Ground,
  known: Images,
  scores: Float64Array,
  parent: Element,
  mean: Mean,
): Float64Array {
  if (mean.method === 'arithmetic') return scores;
  const { indicators } = ground.framework;
  const isOverLeaves = parent.children.every((child) => child < indicators.length);
  const found = isOverLeaves ? known.get(parent.code) : undefined;
  if (found) return found;
  const cases = ground.units.cases.length;
  const images = new Float64Array(scores.length);
  for (const child of parent.children) {
    const column = scores.subarray(child * cases, (child + 1) * cases);
    images.set(imageOf(column, mean, ground.framework.elements[child] as Element), child * cases);
  }
  if (isOverLeaves) known.set(parent.code, images);
  return images;
}

function imageOf(column: Float64Array, mean: Mean, { code }: Element): Float64Array {
  if (column.some((value) => value <= 0)) {
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

/** Weighted means of the children's images; NaN where less than `least` of them are there. */
function average(
  images: Float64Array,
  children: readonly number[],
  weights: Float64Array,
  least: number,
  into: Float64Array,
): void {
  const cases = into.length;
  into.fill(0);
  let whole = 0;
  for (let i = 0; i < children.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    whole += weight;
    const start = (children[i] as number) * cases;
    for (let at = 0; at < cases; at++) {
      into[at] = (into[at] as number) + weight * (images[start + at] as number);
    }
  }
  // A missing value has made its sum missing: those few are gone through once more.
  for (let at = 0; at < cases; at++) {
    const mean = (into[at] as number) / whole;
    into[at] = Number.isNaN(mean)
      ? averageOfSome(images, children, weights, least, at, cases)
      : mean;
  }
}

function averageOfSome(
  images: Float64Array,
  children: readonly number[],
  weights: Float64Array,
  least: number,
  at: number,
  cases: number,
): number {
  let [sum, weight, count, wanted] = [0, 0, 0, 0];
  children.forEach((child, i) => {
    const share = weights[i] as number;
    if (share === 0) return;
    wanted++;
    const value = images[child * cases + at] as number;
    if (Number.isNaN(value)) return;
    sum += share * value;
    weight += share;
    count++;
  });
  return count > 0 && count / wanted >= least ? sum / weight : Number.NaN;
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
    return count > 0 && count / wanted >= least;
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
