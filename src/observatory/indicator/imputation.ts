import { mean, median, present } from './descriptive.ts';
import type { StepOf } from './recipe.ts';
import {
  type Ground,
  type Move,
  namesOf,
  type Outcome,
  part,
  type State,
  scopeAt,
  untouched,
} from './state.ts';
import type { Units } from './units.ts';

type ImputeStep = StepOf<'impute'>;
/** A value found for a gap, and from what; null where there is nothing to take it from. */
type Filling = { value: number; move: Move } | null;
type Gap = { indicator: number; at: number };

/**
 * Fills gaps. The mean or median is that of the units (of the same group) in the same period;
 * `latest` takes the unit's own last earlier value, `linear` goes straight between its earlier and
 * its later one. What none of that gives stays missing. A case that was screened out stays out.
 */
export function impute(ground: Ground, state: State, step: ImputeStep): Outcome {
  const { framework, units } = ground;
  const cases = units.cases.length;
  const values = state.values.slice();
  const fill = fillerOf(ground, state, step);
  const open: string[] = [];
  for (let cell = 0; cell < values.length; cell++) {
    const at = cell % cases;
    if (!Number.isNaN(values[cell]) || state.kept[at] === 0) continue;
    const indicator = (cell - at) / cases;
    const filling = fill({ indicator, at });
    if (filling) values[cell] = filling.value;
    else open.push(`${units.cases[at]?.unit}/${framework.indicators[indicator]?.code}`);
  }
  return {
    state: { ...state, values },
    explain(indicator, at) {
      const isGap = Number.isNaN(state.values[indicator * cases + at]);
      if (!isGap) return untouched('已有数据，不变。', 'It was there.');
      const filling = state.kept[at] === 0 ? null : fill({ indicator, at });
      return filling?.move ?? untouched('无从补缺。', 'Nothing to fill it from.');
    },
    remarks: () =>
      open.length === 0
        ? []
        : [
            {
              zh: `补缺之后仍然没有数据：${namesOf(open)}。`,
              en: `Still missing after imputation: ${namesOf(open)}.`,
            },
          ],
  };
}

function fillerOf(ground: Ground, state: State, step: ImputeStep): (gap: Gap) => Filling {
  switch (step.method) {
    case 'latest':
      return (gap) => latest(neighbours(ground, state, gap));
    case 'linear':
      return (gap) => linear(ground, gap, neighbours(ground, state, gap));
    default:
      return fillerOfPeers(ground, state, step.method, 'group' in step ? step.group : null);
  }
}

/** Many gaps have the same peers: what they give is worked out once. */
function fillerOfPeers(
  ground: Ground,
  state: State,
  method: string,
  group: string | null,
): (gap: Gap) => Filling {
  const known = new Map<string, Filling>();
  const labels = group === null ? undefined : ground.units.groups.get(group);
  return ({ indicator, at }) => {
    const scope = scopeAt(ground.units.spans, at);
    const label = labels?.[at] ?? null;
    const key = `${indicator} ${scope.from} ${label}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const column = part(ground, state.values, indicator, scope);
    const peers = labels
      ? column.filter((_, peer) => label !== null && labels[scope.from + peer] === label)
      : column;
    const filling = ofPeers(present(peers), method, label);
    known.set(key, filling);
    return filling;
  };
}

function ofPeers(peers: Float64Array, method: string, group: string | null): Filling {
  if (peers.length === 0) return null;
  const isMean = method.endsWith('mean');
  const value = isMean ? mean(peers) : median(peers);
  const among = group === null ? { zh: '同期', en: 'of the period' } : { zh: group, en: group };
  return {
    value,
    move: {
      words: {
        zh: `缺失，用${among.zh}的 ${peers.length} 个单位的${isMean ? '均值' : '中位数'}补上。`,
        en: `Missing: the ${isMean ? 'mean' : 'median'} of ${peers.length} units (${among.en}).`,
      },
      formula: isMean ? 'mean(peers)' : 'median(peers)',
      numbers: { peers: peers.length, filled: value, ...(group === null ? {} : { group }) },
    },
  };
}

type Known = { value: number; period: string };

const knownSeries = new WeakMap<Units, ReadonlyMap<string, readonly number[]>>();

/** The positions of each unit's cases, in the order of the periods. */
function seriesOf(units: Units): ReadonlyMap<string, readonly number[]> {
  const known = knownSeries.get(units);
  if (known) return known;
  const series = new Map<string, number[]>();
  units.cases.forEach(({ unit }, at) => {
    const own = series.get(unit);
    if (own) own.push(at);
    else series.set(unit, [at]);
  });
  knownSeries.set(units, series);
  return series;
}

type Neighbours = { before: Known | undefined; after: Known | undefined };

/** The unit's own values of the same indicator before and after, the nearest of each. */
function neighbours({ units }: Ground, state: State, { indicator, at }: Gap): Neighbours {
  const start = indicator * units.cases.length;
  const own = seriesOf(units).get(units.cases[at]?.unit ?? '') ?? [];
  const isKnown = (place: number) => !Number.isNaN(state.values[start + place]);
  const valueAt = (place: number | undefined): Known | undefined =>
    place === undefined
      ? undefined
      : {
          value: state.values[start + place] as number,
          period: units.cases[place]?.period ?? '',
        };
  return {
    before: valueAt(own.findLast((place) => place < at && isKnown(place))),
    after: valueAt(own.find((place) => place > at && isKnown(place))),
  };
}

function latest({ before }: Neighbours): Filling {
  if (!before) return null;
  const { value, period } = before;
  return {
    value,
    move: {
      words: { zh: `缺失，沿用 ${period} 的数据。`, en: `Missing: the value of ${period}.` },
      formula: 'latest(x)',
      numbers: { filled: value, period },
    },
  };
}

/** Periods that are numbers (years) are as far apart as they say; others are one step apart. */
function linear({ units }: Ground, gap: Gap, { before, after }: Neighbours): Filling {
  const { spans, cases } = units;
  if (!before || !after) return null;
  const period = cases[gap.at]?.period ?? '';
  const isNumeric = spans.every((span) => Number.isFinite(Number(span.period || Number.NaN)));
  const place = (name: string) =>
    isNumeric ? Number(name) : spans.findIndex((span) => span.period === name);
  const [from, to] = [place(before.period), place(after.period)];
  const way = (place(period) - from) / (to - from);
  const value = before.value + (after.value - before.value) * way;
  const numbers = { before: before.value, after: after.value, way };
  return {
    value,
    move: {
      words: {
        zh: `缺失，在 ${before.period} 与 ${after.period} 之间线性插值。`,
        en: `Missing: on the line from ${before.period} to ${after.period}.`,
      },
      formula: 'before + (after − before) × way',
      numbers,
    },
  };
}
