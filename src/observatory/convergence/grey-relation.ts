import { impossible } from './faults.ts';
import type { Measure } from './measure.ts';
import { type NumberTable, readNumberTable } from './number-table.ts';

export type Related = { readonly series: string; readonly degree: number };
export type GreyMeasure = Measure<readonly Related[]> & {
  readonly reference: string;
  readonly rho: number;
};

/** Reads `period` and a column for each series, all in one unit or normalised before. */
export function readSeries(text: string, file = 'series.csv'): NumberTable {
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return readNumberTable(text, file, ['period'], { least, most, zh: '', en: '' });
}

export type GreyChoice = { reference: string; rho?: number; source: string };

/**
 * Grey relational degree 灰色关联度 of each series to a reference (Deng 1982): the mean over k of
 * (Δmin + ρΔmax) ÷ (Δ(k) + ρΔmax), Δ = |x₀(k) − xᵢ(k)|, least and greatest over all series.
 * @throws convergence.impossible without the reference, another series, or ρ in (0, 1]
 */
export function measureGreyRelation(table: NumberTable, choice: GreyChoice): GreyMeasure {
  const { reference, rho = 0.5, source } = choice;
  const base = table.columns.indexOf(reference);
  if (base < 0 || table.columns.length < 2) {
    const zh = `要有参考列“${reference}”和至少另一列。`;
    throw impossible('grey', { zh, en: `give the column "${reference}" and one more.` });
  }
  if (!(rho > 0 && rho <= 1)) {
    throw impossible('grey', { zh: 'ρ 要大于 0，不大于 1。', en: 'ρ is above 0 and at most 1.' });
  }
  const others = table.columns.filter((_, at) => at !== base);
  const gaps = others.map((series) => {
    const at = table.columns.indexOf(series);
    return table.rows.map(({ values }) => Math.abs((values[base] ?? 0) - (values[at] ?? 0)));
  });
  const least = Math.min(...gaps.map((one) => Math.min(...one)));
  const most = Math.max(...gaps.map((one) => Math.max(...one)));
  // Where no series differs anywhere, all are the reference.
  const at = (gap: number) => (most === 0 ? 1 : (least + rho * most) / (gap + rho * most));
  const value = others.map((series, index) => {
    const own = gaps[index] as number[];
    return { series, degree: own.reduce((sum, gap) => sum + at(gap), 0) / own.length };
  });
  return {
    measure: 'grey_relation',
    name: { zh: `与“${reference}”的灰色关联度`, en: `Grey relational degree to "${reference}"` },
    value,
    unit: 'index',
    denominator: {
      zh: '全部序列中的最大差距：增删一个序列，其余的值都会变。',
      en: 'The greatest gap over all series: adding or leaving one changes the others.',
    },
    source: { data: source, formula: 'mean of (Δmin + ρΔmax) ÷ (Δ + ρΔmax) (Deng 1982)' },
    does_not_say: [
      {
        zh: '差距小不等于有关联：反向变化的序列也可能排在前面；ρ 改变数值大小。',
        en: 'Near is not related: one that moves the other way may come first; ρ moves all.',
      },
    ],
    reference,
    rho,
  };
}
