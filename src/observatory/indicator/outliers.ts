import type { Bilingual } from '../../kernel/index.ts';
import { range, shapeOf } from './descriptive.ts';
import type { StepOf } from './recipe.ts';
import {
  forEachPart,
  type Ground,
  type Move,
  type Outcome,
  part,
  type State,
  scopeAt,
  scopesOf,
  sentence,
  untouched,
} from './state.ts';
import type { Span } from './units.ts';

type TreatStep = StepOf<'treat'>;
/** How a column was treated. `moved` counts the points that winsorising moved. */
export type Treatment = {
  way: 'none' | 'winsorised' | 'log' | 'log_mirrored' | 'box_cox';
  moved: number;
  /** Winsorised values lie within these. */
  floor: number;
  ceiling: number;
  /** Shift of the logarithm and of Box–Cox: log(x + shift), or −log(shift − x) if mirrored. */
  shift: number;
  /** Whether winsorising within `most` did not do, so that `otherwise` decided. */
  fell_back: boolean;
};

const none: Treatment = {
  way: 'none',
  moved: 0,
  floor: Number.NEGATIVE_INFINITY,
  ceiling: Number.POSITIVE_INFINITY,
  shift: 0,
  fell_back: false,
};

/** The skewness of a column that has outliers, |G₁| > skew and G₂ > kurtosis; 0 for any other. */
function outlying(column: Float64Array, { skew, kurtosis }: TreatStep): number {
  const shape = shapeOf(column);
  return shape && Math.abs(shape.skew) > skew && shape.kurtosis > kurtosis ? shape.skew : 0;
}

/**
 * Treats the columns that have outliers by the rule that COINr and the JRC's COIN Tool share:
 * |skewness| above 2 and kurtosis above 3.5, unless the step says otherwise.
 */
export function treat(ground: Ground, state: State, step: TreatStep): Outcome {
  const scopes = scopesOf(ground, step.panel);
  const values = state.values.slice();
  forEachPart(ground, scopes, (_, indicator, scope) => {
    const column = part(ground, values, indicator, scope);
    apply(column, treatmentOf(column, step), step);
  });
  return {
    state: { ...state, values },
    explain(indicator, at) {
      const column = part(ground, state.values, indicator, scopeAt(scopes, at));
      return explainTreatment(column, treatmentOf(column, step), step);
    },
    remarks: () => remarksOf(ground, state.values, values, scopes, step),
  };
}

/** Columns for which winsorising did not do, and columns that have outliers all the same. */
function remarksOf(
  ground: Ground,
  before: Float64Array,
  after: Float64Array,
  scopes: readonly Span[],
  step: TreatStep,
): Bilingual[] {
  const [fallen, outlasting]: [string[], string[]] = [[], []];
  forEachPart(ground, scopes, ({ code }, indicator, scope) => {
    const name = scope.period === null ? code : `${code}/${scope.period}`;
    if (treatmentOf(part(ground, before, indicator, scope), step).fell_back) fallen.push(name);
    if (outlying(part(ground, after, indicator, scope), step) !== 0) outlasting.push(name);
  });
  const otherwise = step.method === 'winsorise' ? step.otherwise : '';
  return [
    ...sentence(
      fallen,
      `收缩到 most 个仍有离群值，按 otherwise(${otherwise})处理：`,
      `Moving as many outliers as most allows did not do; treated by otherwise (${otherwise}):`,
    ),
    ...sentence(outlasting, '处理之后仍有离群值：', 'Outliers remain after the treatment:'),
  ];
}

/** How a column is to be treated; leaves it as it is. */
function treatmentOf(column: Float64Array, step: TreatStep): Treatment {
  const skew = outlying(column, step);
  if (skew === 0) return none;
  if (step.method === 'winsorise') return winsorisation(column, step);
  return step.method === 'log' ? logOf(column, skew) : boxCoxOf(column);
}

/**
 * log(x − min + a) with a = 0.01 (max − min), the shift of the JRC's COIN Tool. It draws in what
 * lies far above and would spread what lies far below: a column skewed downwards is mirrored for
 * it, −log(max + a − x), and turned back by the sign, so that more stays more.
 */
function logOf(column: Float64Array, skew: number): Treatment {
  const { min, max } = range(column);
  const a = 0.01 * (max - min);
  return skew > 0
    ? { ...none, way: 'log', shift: a - min }
    : { ...none, way: 'log_mirrored', shift: max + a };
}

/** Box–Cox needs values above zero: x − min + 1 (G. Box and D. Cox, JRSS B 26, 1964, 211–252). */
function boxCoxOf(column: Float64Array): Treatment {
  return { ...none, way: 'box_cox', shift: 1 - range(column).min };
}

/**
 * Moves the farthest point on the side of the skew to the next one, again and again until the
 * column passes. Points moved before move along, and points that are equal move together; where
 * that would be more than `most`, it stops, and `otherwise` decides.
 */
function winsorisation(
  given: Float64Array,
  step: Extract<TreatStep, { method: 'winsorise' }>,
): Treatment {
  const column = given.slice();
  const done: Treatment = { ...none, way: 'winsorised' };
  let [low, high] = [0, 0];
  for (let skew = outlying(column, step); skew !== 0; skew = outlying(column, step)) {
    const side = skew > 0 ? 1 : -1;
    const { edge, next, count } = edgeOf(column, side);
    [low, high] = side === 1 ? [low, count] : [count, high];
    if (low + high > step.most || !Number.isFinite(next)) {
      const fallback =
        step.otherwise === 'log'
          ? logOf(given, outlying(given, step))
          : step.otherwise === 'as_given'
            ? none
            : done;
      return { ...fallback, fell_back: true };
    }
    done.moved = low + high;
    if (side === 1) done.ceiling = next;
    else done.floor = next;
    for (let at = 0; at < column.length; at++) if (column[at] === edge) column[at] = next;
  }
  return done;
}

/** The outermost value of a side, how often it stands there, and the value next to it. */
function edgeOf(column: Float64Array, side: 1 | -1) {
  let [edge, next, count] = [-side * Infinity, -side * Infinity, 0];
  for (let at = 0; at < column.length; at++) {
    const value = column[at] as number;
    if (side * value > side * edge) [next, edge, count] = [edge, value, 1];
    else if (value === edge) count++;
    else if (side * value > side * next) next = value;
  }
  return { edge, next, count };
}

function apply(column: Float64Array, treatment: Treatment, step: TreatStep): void {
  if (treatment.way === 'none') return;
  for (let at = 0; at < column.length; at++) {
    column[at] = treated(column[at] as number, treatment, step);
  }
}

function treated(value: number, { way, floor, ceiling, shift }: Treatment, step: TreatStep) {
  if (way === 'winsorised') return value > ceiling ? ceiling : value < floor ? floor : value;
  if (way === 'log') return Math.log(value + shift);
  if (way === 'log_mirrored') return -Math.log(shift - value);
  const lambda = step.method === 'box_cox' ? step.lambda : 0;
  if (lambda === 0) return Math.log(value + shift);
  return ((value + shift) ** lambda - 1) / lambda;
}

function explainTreatment(column: Float64Array, treatment: Treatment, step: TreatStep): Move {
  const { skew, kurtosis } = shapeOf(column) ?? { skew: 0, kurtosis: 0 };
  const shape = { skew, kurtosis, skew_bound: step.skew, kurtosis_bound: step.kurtosis };
  const { way, moved, floor, ceiling, shift } = treatment;
  if (way === 'none') {
    return untouched('无须处理离群值。', 'The column is left as it is.', shape);
  }
  if (way === 'winsorised') {
    return {
      words: {
        zh: `该指标有 ${moved} 个离群值，收缩到相邻值。`,
        en: `${moved} outlier(s) of the indicator were moved to the value next to them.`,
      },
      formula: 'min(max(x, floor), ceiling)',
      numbers: { ...shape, moved, ...finite({ floor, ceiling }) },
    };
  }
  if (way === 'log') {
    return {
      words: { zh: '该指标离群，取对数。', en: 'The indicator has outliers: its logarithm.' },
      formula: 'ln(x + shift)',
      numbers: { ...shape, shift },
    };
  }
  if (way === 'log_mirrored') {
    return {
      words: {
        zh: '该指标向下离群，镜像后取对数，再变号。',
        en: 'The indicator has outliers below: the logarithm of its mirror image, sign turned.',
      },
      formula: '−ln(shift − x)',
      numbers: { ...shape, shift },
    };
  }
  return {
    words: { zh: '该指标离群，作 Box–Cox 变换。', en: 'It has outliers: Box–Cox.' },
    formula: '((x + shift)^lambda − 1) ÷ lambda; ln(x + shift) for lambda 0',
    numbers: { ...shape, shift, lambda: step.method === 'box_cox' ? step.lambda : 0 },
  };
}

function finite(bounds: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(bounds).filter(([, bound]) => Number.isFinite(bound)));
}
