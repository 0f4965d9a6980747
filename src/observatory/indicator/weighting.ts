import { correlation, deviation, mean, present, range } from './descriptive.ts';
import { impossible } from './faults.ts';
import type { Element } from './framework.ts';
import { eigen, solve } from './linear-algebra.ts';
import type { StepOf } from './recipe.ts';
import { maximise } from './simplex.ts';
import type { Span } from './units.ts';

type WeighStep = StepOf<'weigh'>;

/** Siblings that are to be put together: a column of cases each, in the order of `children`. */
export type Siblings = {
  parent: Element;
  children: readonly Element[];
  columns: readonly Float64Array[];
  spans: readonly Span[];
};

/**
 * Weights of siblings: one each for all cases, or (`each`, children × cases) another set for every
 * case, under which the score is the plain weighted sum.
 */
export type Weights = { shared: Float64Array } | { each: Float64Array };

type GivenStep = Extract<WeighStep, { method: 'given' }>;
const knownWeights = new WeakMap<readonly Element[], WeakMap<GivenStep, Float64Array>>();

/**
 * The weight of each element as the framework gives it, or the step where it says otherwise.
 * @throws indicator.step_impossible where all siblings have none
 */
export function givenWeights(step: GivenStep, elements: readonly Element[]): Float64Array {
  const known = knownWeights.get(elements) ?? new WeakMap<GivenStep, Float64Array>();
  knownWeights.set(elements, known);
  const found = known.get(step);
  if (found) return found;
  const weights = Float64Array.from(elements, ({ code, weight }) =>
    Object.hasOwn(step.weights, code) ? (step.weights[code] as number) : weight,
  );
  for (const parent of elements) {
    const isLeaf = parent.children.length === 0;
    if (!isLeaf && !parent.children.some((child) => (weights[child] as number) > 0)) {
      throw weightless(parent);
    }
  }
  known.set(step, weights);
  return weights;
}

/** The weights by which siblings become their parent, where the data have a say in them. */
export function weigh(step: Exclude<WeighStep, GivenStep>, siblings: Siblings): Weights {
  const { parent, children } = siblings;
  if (step.levels && !step.levels.includes(parent.level)) {
    return { shared: Float64Array.from(children, ({ weight }) => weight) };
  }
  // Alone or not, under benefit of the doubt a score is a share of the best.
  if (children.length === 1 && step.method !== 'benefit_of_doubt') {
    return { shared: Float64Array.of(1) };
  }
  switch (step.method) {
    case 'equal':
      return { shared: new Float64Array(children.length).fill(1) };
    case 'equal_effect':
      return { shared: equalEffect(siblings) };
    case 'principal_component':
      return { shared: principalComponent(siblings) };
    case 'entropy':
      return { shared: entropy(siblings) };
    case 'critic':
      return { shared: critic(siblings) };
    case 'benefit_of_doubt':
      return { each: benefitOfDoubt(siblings) };
  }
}

function refuse({ parent }: Siblings, zh: string, en: string): Error {
  return impossible('weigh', {
    zh: `“${parent.code}”之下：${zh}`,
    en: `under "${parent.code}": ${en}`,
  });
}

function weightless(parent: Element): Error {
  return impossible('weigh', {
    zh: `“${parent.code}”之下的权重都是零：至少要有一个大于零。`,
    en: `all weights under "${parent.code}" are zero: give one of them more.`,
  });
}

function correlations(siblings: Siblings): number[][] {
  const { columns } = siblings;
  return columns.map((one, at) =>
    columns.map((other, to) => {
      const r = at === to ? 1 : correlation(one, other);
      if (r !== null) return r;
      const zh = '有的指标没有差别或成对数据太少，算不出相关。请改用 given。';
      throw refuse(siblings, zh, 'a correlation cannot be had: use given weights.');
    }),
  );
}

/**
 * Weights under which every sibling correlates equally with the weighted mean. With z-scores,
 * cov(z, Σ u z) = R u; equal correlations mean R u ∝ 1, so u = R⁻¹ 1 and w = u ÷ σ. The aim is that
 * of P. Paruolo, M. Saisana and A. Saltelli, JRSS A 176 (2013), 609–634. Refused where it takes a
 * weight of zero or less.
 */
function equalEffect(siblings: Siblings): Float64Array {
  const solved = solve(
    correlations(siblings),
    siblings.columns.map(() => 1),
  );
  if (!solved?.every((weight) => weight > 1e-9)) {
    const zh = '没有一组正的权重能让各项影响相同。请先处理互相抵触或重复的指标，或改用 given。';
    const en = 'no weights above zero give all the same effect: see to indicators at odds first.';
    throw refuse(siblings, zh, en);
  }
  return Float64Array.from(solved, (u, at) => u / deviation(siblings.columns[at] as Float64Array));
}

/**
 * The loadings of the first principal component of the correlations, over σ (OECD/JRC Handbook,
 * step 6). Loadings of both signs are refused: a negative one would reward a worse value. So are
 * equal leading eigenvalues, under which any direction between the two is as good as the other.
 */
function principalComponent(siblings: Siblings): Float64Array {
  const [first, second] = eigen(correlations(siblings));
  if (first && second && first.value - second.value < 1e-9) {
    const zh = '前两个主成分一样大，第一主成分不唯一，没有确定的权重。请改用 given。';
    throw refuse(siblings, zh, 'the first two components are equal: use given weights.');
  }
  const loadings = first?.vector ?? [];
  const against = siblings.children.filter((_, at) => (loadings[at] as number) < -1e-9);
  if (against.length > 0) {
    const names = against.map(({ code }) => code).join(', ');
    const zh = `第一主成分上 ${names} 的载荷为负，不能作权重。请核对方向，或改用 given。`;
    const en = `negative loadings of ${names} on the first component: check directions.`;
    throw refuse(siblings, zh, en);
  }
  return Float64Array.from(loadings, (loading, at) => {
    return Math.max(0, loading) / deviation(siblings.columns[at] as Float64Array);
  });
}

/**
 * Entropy weights (C. E. Shannon 1948; 熵权法): p = x ÷ Σx over the units, e = −Σ p ln p ÷ ln m with
 * m units and 0 ln 0 = 0, w ∝ 1 − e. They say how unevenly values are spread and nothing else:
 * zeros and outliers draw weight (Y. Zhu, D. Tian, F. Yan, Math. Problems in Eng. 2020, 3564835).
 */
function entropy(siblings: Siblings): Float64Array {
  const weights = siblings.columns.map((column) => {
    const values = present(column);
    if (values.length < 2 || range(values).min < 0 || !(range(values).max > 0)) {
      const zh = '熵权法要两个以上非负且不全为零的数据：请用 min_max 等标准化。';
      throw refuse(siblings, zh, 'entropy needs values of zero or more: normalise by min_max.');
    }
    const total = mean(values) * values.length;
    let sum = 0;
    for (const value of values) if (value > 0) sum += (value / total) * Math.log(value / total);
    return Math.max(0, 1 + sum / Math.log(values.length));
  });
  if (!weights.some((weight) => weight > 1e-12)) {
    throw refuse(siblings, '各项都没有差别。', 'nothing varies.');
  }
  return Float64Array.from(weights);
}

/**
 * CRITIC (D. Diakoulaki, G. Mavrotas, L. Papayannakis, Computers & Operations Research 22, 1995,
 * 763–770): w ∝ σ Σ (1 − r), with σ of the values on a range of 0 to 1.
 */
function critic(siblings: Siblings): Float64Array {
  const r = correlations(siblings);
  const weights = siblings.columns.map((column, at) => {
    const { min, max } = range(column);
    const conflict = (r[at] as number[]).reduce((sum, one) => sum + 1 - one, 0);
    return (deviation(column) / (max - min)) * conflict;
  });
  if (!weights.some((weight) => weight > 1e-12)) {
    throw refuse(siblings, '各项完全相关，CRITIC 没有权重。', 'all are fully correlated.');
  }
  return Float64Array.from(weights);
}

/**
 * Benefit of the doubt (L. Cherchye, W. Moesen, N. Rogge, T. Van Puyenbroeck, Social Indicators
 * Research 82, 2007, 111–145): for every unit the weights under which it does best, while no unit
 * of the period comes above 1. A unit with a missing value gets none.
 */
function benefitOfDoubt(siblings: Siblings): Float64Array {
  const { columns, spans } = siblings;
  const cases = columns[0]?.length ?? 0;
  const each = new Float64Array(columns.length * cases).fill(Number.NaN);
  if (columns.some((column) => range(column).min < 0)) {
    const zh = '有负值，benefit_of_doubt 不能用：请用 min_max 等标准化。';
    throw refuse(siblings, zh, 'values below zero: normalise by min_max or the like.');
  }
  for (const { from, to } of spans) {
    const places = Array.from({ length: to - from }, (_, at) => from + at);
    const whole = places.filter((at) => columns.every((column) => !Number.isNaN(column[at])));
    const rows = whole.map((at) => columns.map((column) => column[at] as number));
    whole.forEach((at, which) => {
      maximise(rows[which] as number[], rows).forEach((weight, child) => {
        each[child * cases + at] = weight;
      });
    });
  }
  return each;
}
