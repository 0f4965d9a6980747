import { limits } from '../../kernel/index.ts';
import { fault, impossible } from './faults.ts';
import type { Measure } from './measure.ts';
import { type NumberTable, notNegative, readNumberTable } from './number-table.ts';

export type Quotient = { readonly area: string; readonly industry: string; readonly value: number };
export type Pair = { readonly one: string; readonly other: string; readonly value: number };
export type StructureMeasures = {
  readonly location_quotients: Measure<readonly Quotient[]>;
  readonly similarity: Measure<readonly Pair[]>;
  readonly difference: Measure<readonly Pair[]>;
};

/** Reads `area` and a column of output, value added or employment for each industry. */
export function readStructure(text: string, file = 'areas.csv'): NumberTable {
  return readNumberTable(text, file, ['area'], notNegative);
}

/**
 * Who is specialised in what, and who does the same as whom. The areas of the table are the whole
 * that an area is held against, unless `whole` names a row of it (a nation), then no area.
 * @throws convergence.impossible for an area or industry that sums to nothing
 */
export function measureStructure(
  table: NumberTable,
  { source, whole }: { source: string; whole?: string | undefined },
): StructureMeasures {
  const base = whole === undefined ? null : table.rows.find(({ labels }) => labels[0] === whole);
  if (base === undefined) {
    throw impossible('structure', {
      zh: `没有“${whole}”一行。`,
      en: `there is no row "${whole}".`,
    });
  }
  const areas = table.rows
    .filter((row) => row !== base)
    .map(({ labels, values }) => ({ area: labels[0] ?? '', shares: sharesOf(labels[0], values) }));
  if (areas.length > limits.structure_areas) {
    throw fault('convergence.too_large', { what: 'areas', limit: limits.structure_areas });
  }
  const sums = table.columns.map((_, at) =>
    table.rows.reduce((sum, { values }) => sum + (values[at] as number), 0),
  );
  const wholeShares = sharesOf(whole ?? 'Σ', base?.values ?? sums);
  const pairs = (compare: (one: readonly number[], other: readonly number[]) => number) =>
    areas.flatMap((one, at) =>
      areas.slice(at + 1).map((other) => ({
        one: one.area,
        other: other.area,
        value: compare(one.shares, other.shares),
      })),
    );
  const quotients = areas.flatMap(({ area, shares }) =>
    table.columns.map((industry, at) => {
      const share = wholeShares[at] as number;
      if (share > 0) return { area, industry, value: (shares[at] as number) / share };
      const words = { zh: `“${industry}”合计为零。`, en: `"${industry}" sums to zero.` };
      throw impossible('location quotient', words);
    }),
  );
  return wordsFor(quotients, pairs(cosine), pairs(krugman), { source, whole });
}

function sharesOf(area: string | undefined, values: readonly number[]): number[] {
  const all = values.reduce((sum, one) => sum + one, 0);
  if (all > 0) return values.map((one) => one / all);
  const words = { zh: `“${area}”合计为零。`, en: `"${area}" sums to zero.` };
  throw impossible('structure', words);
}

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * (b[at] as number), 0);
  return Math.min(1, dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other)));
}

function krugman(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] as number)), 0);
}

function wordsFor(
  quotients: Quotient[],
  similar: Pair[],
  different: Pair[],
  { source: data, whole }: { source: string; whole?: string | undefined },
): StructureMeasures {
  const of = whole === undefined ? { zh: '表中各地之和', en: 'all areas of the table' } : null;
  const base = of ?? { zh: `“${whole}”`, en: `"${whole}"` };
  const own = { zh: '各地自己的合计', en: 'each area’s own sum' };
  const finer = {
    zh: '行业分得越粗越相似；同一行业内的分工看不出来，相似不等于重复建设。',
    en: 'Coarser industries look more alike; division of work within one is not seen.',
  };
  return {
    location_quotients: {
      measure: 'location_quotient',
      name: { zh: '区位商', en: 'Location quotient' },
      value: quotients,
      unit: 'ratio',
      denominator: { zh: `该行业在${base.zh}中的比重`, en: `the industry's share in ${base.en}` },
      source: { data, formula: 'LQ = (xᵢⱼ ÷ Σⱼxᵢⱼ) ÷ (Xⱼ ÷ ΣⱼXⱼ) (P. Sargant Florence 1939)' },
      does_not_say: [
        {
          zh: '大于 1 只说明比重高于整体，不说明有竞争力；小地方的值容易偏高。',
          en: 'Above 1 is a share above the whole’s, no strength; small areas run high easily.',
        },
      ],
    },
    similarity: {
      measure: 'structural_similarity.cosine',
      name: { zh: '产业结构相似系数', en: 'Structural similarity' },
      value: similar,
      unit: 'index',
      denominator: own,
      source: { data, formula: 'S = Σxᵢxⱼ ÷ √(Σxᵢ²·Σxⱼ²), of shares (UNIDO 1979)' },
      does_not_say: [finer],
    },
    difference: {
      measure: 'structural_difference.krugman',
      name: { zh: '克鲁格曼结构差异指数', en: 'Krugman’s index of structural difference' },
      value: different,
      unit: 'index',
      denominator: own,
      source: { data, formula: 'K = Σ|sᵢ − sⱼ|, from 0 to 2 (P. Krugman 1991)' },
      does_not_say: [finer],
    },
  };
}
