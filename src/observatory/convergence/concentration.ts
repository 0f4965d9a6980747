import type { Bilingual } from '../../kernel/index.ts';
import { impossible } from './faults.ts';
import type { Measure } from './measure.ts';
import { type NumberTable, notNegative, readNumberTable } from './number-table.ts';

export type Concentration = {
  /** H = Σ(Xᵢ/X)², from 1/n to 1. */
  readonly hhi: number;
  /** (H − 1/n) ÷ (1 − 1/n), from 0 to 1; null for a single part. */
  readonly normalised: number | null;
  /** 1/H: as many equal parts would be as concentrated. */
  readonly equal_parts: number;
  readonly parts: number;
  /** How far merged; null below the bands. */
  readonly band: Bilingual | null;
};

export type ConcentrationMeasure = Measure<Concentration> & { readonly column: string };

/** Bands of convergence by HHI, lower bound within (after Gambardella and Torrisi 1998). */
const BANDS: readonly (readonly [number, string, string])[] = [
  [0.84, '低', 'low'],
  [0.68, '中低', 'lower middle'],
  [0.52, '中', 'middle'],
  [0.36, '中高', 'upper middle'],
  [0.2, '高', 'high'],
];

/** Reads `part` (a class of patents, a line of business) and a column of amounts for each whole. */
export function readParts(text: string, file = 'parts.csv'): NumberTable {
  return readNumberTable(text, file, ['part'], notNegative);
}

/**
 * The Herfindahl–Hirschman index of each column (A. Hirschman 1945, O. Herfindahl 1950). With
 * investment by line it stands for business, with sales for market, with patents by class for
 * technology convergence: the lower, the more merged.
 * @throws convergence.impossible for a column that sums to nothing
 */
export function measureConcentration(table: NumberTable, source: string): ConcentrationMeasure[] {
  return table.columns.map((column, at) => ({
    measure: 'concentration.hhi',
    column,
    name: { zh: `“${column}”的赫芬达尔指数`, en: `Herfindahl–Hirschman index of "${column}"` },
    value: concentrationOf(
      column,
      table.rows.map(({ values }) => values[at] as number),
    ),
    unit: 'index',
    denominator: { zh: `“${column}”各部分之和`, en: `the sum of "${column}" over all parts` },
    source: { data: source, formula: 'H = Σ(Xᵢ/X)²; normalised (H − 1/n) ÷ (1 − 1/n)' },
    does_not_say: [
      {
        zh: '没有列出的部分不在其中；部分分得越细，H 越低，分法不同不可比。',
        en: 'Parts that are not listed; finer parts lower H, so two divisions do not compare.',
      },
      {
        zh: 'n 个部分时 H 不低于 1/n：部分少时够不到“高”一级。分级是惯例。',
        en: 'H of n parts is 1/n at least: few parts never reach "high". Bands are custom.',
      },
    ],
  }));
}

function concentrationOf(column: string, amounts: readonly number[]): Concentration {
  const all = amounts.reduce((sum, one) => sum + one, 0);
  if (!(all > 0)) {
    const words = { zh: '合计为零，没有份额。', en: 'the sum is zero: there are no shares.' };
    throw impossible(column, words);
  }
  const n = amounts.length;
  const hhi = amounts.reduce((sum, one) => sum + (one / all) ** 2, 0);
  const band = BANDS.find(([least]) => hhi >= least);
  return {
    hhi,
    normalised: n === 1 ? null : Math.max(0, (hhi - 1 / n) / (1 - 1 / n)),
    equal_parts: 1 / hhi,
    parts: n,
    band: band ? { zh: band[1], en: band[2] } : null,
  };
}
