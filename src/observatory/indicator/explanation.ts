import type { Bilingual } from '../../kernel/index.ts';
import { meanAt } from './aggregation.ts';
import { fault } from './faults.ts';
import type { Element } from './framework.ts';
import { type Build, scoresOf } from './pipeline.ts';
import { findStep, type StepName, type StepOf } from './recipe.ts';
import type { Move } from './state.ts';

/** One step on the way from the raw cell to the normalised value. */
export type Line = Move & { step: StepName; before: number | null; after: number | null };

/** What a sibling brings: its share of the weights of all that count, 0 where it has no value. */
export type Part = { share: number; explanation: Explanation };

/**
 * A number, and all that it was made of: for an aggregate its parts, for an indicator the steps
 * from the cell of the file. Whoever follows the formulas with the numbers given comes to the
 * value.
 */
export type Explanation = {
  element: string;
  name: string;
  value: number | null;
  words: Bilingual;
  formula: string;
  parts: Part[];
  steps: Line[];
  /** The cell that an indicator starts from. */
  cell: { row: number; column: string; value: number | null; unit: string } | null;
};

const known = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? null : value;

/**
 * Explains the score of an element, the index unless another is named.
 * @throws indicator.unit_unknown, indicator.element_unknown
 */
export function explain(
  made: Build,
  asked: { unit: string; period?: string | undefined; element?: string | undefined },
): Explanation {
  const { framework, units } = made.ground;
  const at = units.cases.findLastIndex(
    ({ unit, period }) =>
      unit === asked.unit && (asked.period === undefined || period === asked.period),
  );
  if (at < 0) {
    throw fault('indicator.unit_unknown', { unit: asked.unit, period: asked.period });
  }
  const element = asked.element
    ? framework.elements.findIndex(({ code }) => code === asked.element)
    : framework.top;
  if (element < 0) throw fault('indicator.element_unknown', { element: asked.element });
  return explainElement(made, element, at);
}

function explainElement(made: Build, element: number, at: number): Explanation {
  return element < made.ground.framework.indicators.length
    ? explainIndicator(made, element, at)
    : explainAggregate(made, element, at);
}

function explainIndicator(made: Build, indicator: number, at: number): Explanation {
  const { framework, units } = made.ground;
  const { code, name, unit } = framework.indicators[indicator] as { unit: string } & Element;
  const place = indicator * units.cases.length + at;
  const steps = made.stages.map(
    ({ step, before, outcome }): Line => ({
      step: step.do,
      before: known(before.values[place]),
      after: known(outcome.state.values[place]),
      ...outcome.explain(indicator, at),
    }),
  );
  const cell = {
    row: units.cases[at]?.row as number,
    column: code,
    value: known(units.values[place]),
    unit,
  };
  return {
    ...{ element: code, name, value: known(scoresOf(made, indicator)[at]) },
    words: { zh: '由原始数据经下列步骤得出。', en: 'From the raw cell by these steps.' },
    ...{ formula: 'steps(cell)', parts: [], steps, cell },
  };
}

const FORMULAS = {
  arithmetic: 'Σ share × x',
  geometric: 'exp(Σ share × ln x)',
  harmonic: '1 ÷ Σ share ÷ x',
  power: '(Σ share × x^power)^(1 ÷ power)',
  copeland: 'outranked − outranking units of the period',
} as const;

function explainAggregate(made: Build, element: number, at: number): Explanation {
  const { elements } = made.ground.framework;
  const { code, name, level, children } = elements[element] as Element;
  const mean = meanAt(findStep(made.steps, 'aggregate') as StepOf<'aggregate'>, level);
  const value = known(scoresOf(made, element)[at]);
  const shares = sharesAt(made, element, at);
  const absent = children.filter((_, i) => shares[i] === 0).map((one) => elements[one]?.code);
  const isOwn = 'each' in (made.aggregation.weights.get(element) ?? {});
  const words = isOwn
    ? { zh: '按对该单位最有利的权重相加。', en: 'Added up under the weights best for the unit.' }
    : { zh: `下级的 ${mean.method} 平均。`, en: `The ${mean.method} mean of its parts.` };
  return {
    ...{ element: code, name, value },
    words: absent.length === 0 ? words : withAbsent(words, absent.join(', ')),
    formula: `${FORMULAS[mean.method]}${mean.power === undefined ? '' : `, power ${mean.power}`}`,
    parts: children.map((child, i) => ({
      share: shares[i] as number,
      explanation: explainElement(made, child, at),
    })),
    ...{ steps: [], cell: null },
  };
}

function withAbsent({ zh, en }: Bilingual, codes: string): Bilingual {
  return {
    zh: `${zh}没有数据或权重为零，不计入：${codes}。`,
    en: `${en} Without a value or a weight, and not counted: ${codes}.`,
  };
}

/** Shares that add up to 1, of those that have a value; of benefit of the doubt the weights. */
function sharesAt({ ground, aggregation }: Build, element: number, at: number): number[] {
  const { children } = ground.framework.elements[element] as Element;
  const cases = ground.units.cases.length;
  const weights = aggregation.weights.get(element);
  if (weights && 'each' in weights) {
    return children.map((_, i) => known(weights.each[i * cases + at]) ?? 0);
  }
  const counted = children.map((child, i) => {
    const isThere = !Number.isNaN(aggregation.scores[child * cases + at]);
    return isThere ? (weights?.shared[i] ?? 0) : 0;
  });
  const whole = counted.reduce((sum, weight) => sum + weight, 0);
  return counted.map((weight) => (whole > 0 ? weight / whole : 0));
}
