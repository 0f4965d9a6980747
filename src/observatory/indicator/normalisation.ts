import { deviation, isFlat, mean, type Range, range, ranks } from './descriptive.ts';
import { impossible } from './faults.ts';
import type { Indicator } from './framework.ts';
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
} from './state.ts';
import type { Span } from './units.ts';

type NormaliseStep = StepOf<'normalise'>;

/**
 * How far a value is on the way from the worst to the best: `(x − worst) ÷ (best − worst)`, cut to
 * [0, 1] where asked, then `low + width × way`. An indicator of which less is better has its best
 * below its worst; that is all there is to directions.
 */
export type Scale = { worst: number; best: number; low: number; width: number; cut: boolean };

/**
 * Brings all indicators to one scale on which more is better (OECD/JRC Handbook, step 5). `rank` is
 * 1 for the worst; `percentile` is 100 × (rank − 1) ÷ (n − 1).
 *
 * @throws indicator.step_impossible where an indicator does not vary, or lacks its goalposts or
 * target
 */
export function normalise(ground: Ground, state: State, step: NormaliseStep): Outcome {
  const scopes = scopesOf(ground, 'panel' in step ? step.panel : 'pooled');
  const values = state.values.slice();
  forEachPart(ground, scopes, (indicator, at, scope) => {
    const column = part(ground, values, at, scope);
    if (step.method === 'rank' || step.method === 'percentile') {
      column.set(ranked(column, indicator, step.method));
    } else {
      const scale = scaleOf(ground, column, indicator, scope, step);
      for (let i = 0; i < column.length; i++) column[i] = onScale(column[i] as number, scale);
    }
  });
  return {
    state: { ...state, values },
    explain(at, place) {
      const scope = scopeAt(scopes, place);
      const column = part(ground, state.values, at, scope);
      const indicator = ground.framework.indicators[at] as Indicator;
      if (step.method === 'rank' || step.method === 'percentile') {
        return explainRank(column, indicator, step.method);
      }
      return explainScale(scaleOf(ground, column, indicator, scope, step), indicator, step.method);
    },
    remarks: () => [],
  };
}

function onScale(value: number, { worst, best, low, width, cut }: Scale): number {
  const way = (value - worst) / (best - worst);
  return low + width * (cut ? Math.min(1, Math.max(0, way)) : way);
}

function ranked(column: Float64Array, { direction }: Indicator, method: 'rank' | 'percentile') {
  const found = range(column);
  const values = isFlat(found)
    ? column.map((value) => (Number.isNaN(value) ? value : found.min))
    : column;
  const placed = ranks(direction === 1 ? values : values.map((value) => -value));
  if (method === 'rank') return placed;
  const count = placed.reduce((n, value) => n + (Number.isNaN(value) ? 0 : 1), 0);
  return placed.map((rank) => (count === 1 ? 100 : (100 * (rank - 1)) / (count - 1)));
}

type ScaledStep = Exclude<NormaliseStep, { method: 'rank' | 'share_of_best' | 'percentile' }>;

function scaleOf(
  ground: Ground,
  column: Float64Array,
  indicator: Indicator,
  scope: Span,
  step: NormaliseStep,
): Scale {
  const { min, max } = range(column);
  // Nobody has a value: whatever the scale, none comes out.
  if (min > max) return { worst: 0, best: 1, low: 0, width: 1, cut: false };
  const [worst, best] = indicator.direction === 1 ? [min, max] : [max, min];
  if (step.method === 'share_of_best') return shareOfBest(indicator, min, max);
  if (step.method === 'z_score' && isFlat({ min, max })) throw flat(indicator);
  const scale = endsOf(ground, column, indicator, scope, step as ScaledStep, worst, best);
  if (isFlat(endsInOrder(scale))) throw noWay(indicator, scale, step.method);
  const isTurned = scale.best > scale.worst !== (indicator.direction === 1);
  if (isTurned) throw turned(indicator, scale);
  return scale;
}

const endsInOrder = ({ worst, best }: Scale): Range => ({
  min: Math.min(worst, best),
  max: Math.max(worst, best),
});

function endsOf(
  ground: Ground,
  column: Float64Array,
  indicator: Indicator,
  scope: Span,
  step: ScaledStep,
  worst: number,
  best: number,
): Scale {
  switch (step.method) {
    case 'min_max':
      return { worst, best, low: step.low, width: step.high - step.low, cut: false };
    case 'z_score': {
      const centre = mean(column);
      const spread = deviation(column) || 0;
      const end = centre + indicator.direction * spread;
      return { worst: centre, best: end, low: step.mean, width: step.deviation, cut: false };
    }
    case 'goalposts': {
      const posts = indicator.goalposts;
      if (!posts) throw lacking(indicator, 'goalpost_lower, goalpost_upper');
      const [from, to] =
        indicator.direction === 1 ? [posts.low, posts.high] : [posts.high, posts.low];
      const width = step.high - step.low;
      return { worst: from, best: to, low: step.low, width, cut: step.cut };
    }
    case 'distance_to_target': {
      if (indicator.target === null) throw lacking(indicator, 'Target');
      return { worst, best: indicator.target, low: 0, width: 1, cut: step.cut };
    }
    case 'distance_to_unit': {
      const at = ground.units.cases.findIndex(
        ({ unit }, place) => unit === step.unit && scope.from <= place && place < scope.to,
      );
      const value = column[at - scope.from];
      if (value === undefined || Number.isNaN(value)) throw unknownUnit(step.unit, indicator);
      return { worst, best: value, low: 0, width: 1, cut: step.cut };
    }
  }
}

/** x ÷ max where more is better. Where less is, no ratio to the best keeps proportions: refused. */
function shareOfBest(indicator: Indicator, min: number, max: number): Scale {
  if (indicator.direction === -1 || min < 0 || max <= 0) {
    const { code } = indicator;
    throw impossible('normalise', {
      zh: `“${code}”越小越好或有负值，不能用 share_of_best：请换一种标准化方法。`,
      en: `"${code}" is better when less, or has values below zero: choose another method.`,
    });
  }
  return { worst: 0, best: max, low: 0, width: 1, cut: false };
}

/** No way leads from the worst to the best; a target or a unit of reference may be why. */
function noWay(indicator: Indicator, { worst }: Scale, method: string): Error {
  const { code } = indicator;
  if (method === 'distance_to_target') {
    return impossible('normalise', {
      zh: `“${code}”的目标就是最差值 ${worst}，没有距离可言：请改目标。`,
      en: `The target of "${code}" is its worst value, ${worst}: set another target.`,
    });
  }
  if (method === 'distance_to_unit') {
    return impossible('normalise', {
      zh: `参照单位在“${code}”上就是最差值 ${worst}，没有距离可言：请换参照单位。`,
      en: `The unit of reference has the worst value of "${code}", ${worst}: choose another.`,
    });
  }
  return flat(indicator);
}

function flat({ code }: Indicator): Error {
  return impossible('normalise', {
    zh: `“${code}”各单位没有差别，无法标准化：请从体系中删去，或改用 goalposts。`,
    en: `"${code}" does not differ between units: drop it from the framework, or use goalposts.`,
  });
}

function turned({ code }: Indicator, { worst, best }: Scale): Error {
  return impossible('normalise', {
    zh: `“${code}”的目标 ${best} 比最差值 ${worst} 还差：请核对目标与方向。`,
    en: `The target ${best} of "${code}" is worse than the worst value ${worst}: check both.`,
  });
}

function lacking({ code }: Indicator, column: string): Error {
  return impossible('normalise', {
    zh: `“${code}”没有 ${column}：请在指标体系中填写。`,
    en: `"${code}" has no ${column}: fill it in in the framework.`,
  });
}

function unknownUnit(unit: string, { code }: Indicator): Error {
  return impossible('normalise', {
    zh: `参照单位“${unit}”没有“${code}”的数据。`,
    en: `The unit of reference "${unit}" has no value of "${code}".`,
  });
}

const directionWords = (direction: 1 | -1) =>
  direction === 1
    ? { zh: '越大越好', en: 'more is better' }
    : { zh: '越小越好，所以数值越小得分越高', en: 'less is better, so low values score high' };

function explainScale(scale: Scale, indicator: Indicator, method: string): Move {
  const { direction } = indicator;
  const { zh, en } = directionWords(direction);
  const { worst, best, low, width, cut } = scale;
  return {
    words: { zh: `标准化(${method})；${zh}。`, en: `Normalised (${method}); ${en}.` },
    formula: cut
      ? 'low + width × min(1, max(0, (x − worst) ÷ (best − worst)))'
      : 'low + width × (x − worst) ÷ (best − worst)',
    numbers: { direction, worst, best, low, width },
  };
}

function explainRank(column: Float64Array, indicator: Indicator, method: string): Move {
  const { direction } = indicator;
  const { zh, en } = directionWords(direction);
  const count = column.reduce((n, value) => n + (Number.isNaN(value) ? 0 : 1), 0);
  return {
    words: { zh: `标准化(${method})；${zh}。`, en: `Normalised (${method}); ${en}.` },
    formula: method === 'rank' ? 'rank(x), 1 = worst' : '100 × (rank(x) − 1) ÷ (n − 1)',
    numbers: { direction, n: count },
  };
}
