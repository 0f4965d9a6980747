import type { Bilingual } from '../../kernel/index.ts';
import { impossible } from './faults.ts';
import { agrees, firstOfTwo, growthOn, type Place, places, twoYearMean } from './growth-rates.ts';
import type { GrowthRow } from './growth-reading.ts';
import type { Measure } from './measure.ts';

type Of = { readonly area: string; readonly indicator: string; readonly period: string };
export type Rate = Of & {
  readonly value: number;
  /** As somebody published it, or worked out from values of the file at the prices they are in. */
  readonly is_published: boolean;
};
export type Gap = Of & {
  readonly against: string;
  /** Percentage points between the rates; null where one has none. */
  readonly growth_pp: number | null;
  readonly two_year_pp: number | null;
  /** Value ÷ the reference's − 1, in per cent; null where that has none above zero. */
  readonly value_percent: number | null;
};
export type Structure = Omit<Of, 'indicator'> & {
  readonly whole: string;
  readonly parts: readonly { readonly indicator: string; readonly share: number }[];
  /** As it is written, 1.3:39.7:59.0, each rounded by itself. */
  readonly ratio: string;
};
export type Ranked = Of & { readonly by_value: Place | null; readonly by_growth: Place | null };
/** A two-year mean that cannot come of its two years, whose rounding is allowed for. */
export type Disagreement = Of & { readonly published: number; readonly computed: number };

export type GrowthMeasures = {
  readonly growth: Measure<readonly Rate[]>;
  readonly two_year_mean: Measure<readonly Rate[]>;
  /** Growth of the year before, where only the mean and this year are published. */
  readonly implied_year_before: Measure<readonly Rate[]>;
  readonly gaps: Measure<readonly Gap[]>;
  readonly structure: Measure<readonly Structure[]>;
  readonly ranks: Measure<readonly Ranked[]>;
  readonly disagreements: readonly Disagreement[];
};

type Book = {
  rows: readonly GrowthRow[];
  at: (row: GrowthRow, back: number) => GrowthRow | undefined;
  in: (row: GrowthRow, area: string) => GrowthRow | undefined;
};

/**
 * Growth, its mean over two years, gaps to the areas named in `against`, structure and ranks.
 * @throws convergence.impossible for a reference without a row, or parts that are not their whole
 */
export function measureGrowth(
  rows: readonly GrowthRow[],
  { source, against = [] }: { source: string; against?: readonly string[] },
): GrowthMeasures {
  for (const area of against.filter((one) => !rows.some((row) => row.area === one))) {
    const zh = `没有“${area}”的数据。`;
    throw impossible('gap', { zh, en: `there is no row of "${area}".` });
  }
  const book = bookOf(rows);
  const of = ({ area, indicator, period }: GrowthRow): Of => ({ area, indicator, period });
  const rates = (make: (row: GrowthRow) => Omit<Rate, keyof Of> | null) =>
    rows.flatMap((row) => {
      const made = make(row);
      return made ? [{ ...of(row), ...made }] : [];
    });
  const made = <Value>(kind: keyof typeof WORDS, value: Value): Measure<Value> => {
    const { formula, ...words } = WORDS[kind];
    return { ...words, value, source: { data: source, formula } };
  };
  return {
    growth: made(
      'growth',
      rates((row) => growthOf(book, row)),
    ),
    two_year_mean: made(
      'two_year_mean',
      rates((row) => meanOf(book, row)),
    ),
    implied_year_before: made(
      'implied_year_before',
      rows.flatMap((row) => impliedBy(book, row)),
    ),
    gaps: made(
      'gaps',
      rows.flatMap((row) => gapsOf(book, row, against)),
    ),
    structure: made('structure', structures(rows)),
    ranks: made(
      'ranks',
      rows
        .filter((row) => !against.includes(row.area))
        .map((row) => ({ ...of(row), ...rankOf(book, row, against) })),
    ),
    disagreements: rows.flatMap((row) => disagreementOf(book, row)),
  };
}

function bookOf(rows: readonly GrowthRow[]): Book {
  const key = (area: string, indicator: string, year: number, part: string) =>
    JSON.stringify([area, indicator, year, part]);
  const by = new Map(rows.map((row) => [key(row.area, row.indicator, row.year, row.part), row]));
  return {
    rows,
    at: ({ area, indicator, year, part }, back) => by.get(key(area, indicator, year - back, part)),
    in: ({ indicator, year, part }, area) => by.get(key(area, indicator, year, part)),
  };
}

function growthOf(book: Book, row: GrowthRow): Omit<Rate, keyof Of> | null {
  if (row.growth !== null) return { value: row.growth, is_published: true };
  const before = book.at(row, 1)?.value ?? null;
  const value = row.value === null || before === null ? null : growthOn(before, row.value);
  return value === null ? null : { value, is_published: false };
}

function meanOf(book: Book, row: GrowthRow): Omit<Rate, keyof Of> | null {
  if (row.two_year !== null) return { value: row.two_year, is_published: true };
  const [second, before] = [growthOf(book, row), book.at(row, 1)];
  const first = before ? growthOf(book, before) : null;
  if (!first || !second) return null;
  // A rate at constant prices and one at current prices have no mean.
  if (first.is_published !== second.is_published) return null;
  return { value: twoYearMean(first.value, second.value), is_published: false };
}

function impliedBy(book: Book, row: GrowthRow): Rate[] {
  const { area, indicator, year, part, growth, two_year } = row;
  if (growth === null || two_year === null || book.at(row, 1)?.growth != null) return [];
  const value = firstOfTwo(two_year, growth);
  return [{ area, indicator, period: `${year - 1}${part}`, value, is_published: false }];
}

function disagreementOf(book: Book, row: GrowthRow): Disagreement[] {
  const { area, indicator, period, growth, two_year } = row;
  const first = book.at(row, 1)?.growth ?? null;
  if (growth === null || two_year === null || first === null) return [];
  if (agrees(two_year, first, growth)) return [];
  return [{ area, indicator, period, published: two_year, computed: twoYearMean(first, growth) }];
}

function gapsOf(book: Book, row: GrowthRow, against: readonly string[]): Gap[] {
  if (against.includes(row.area)) return [];
  const { area, indicator, period } = row;
  return against.flatMap((name): Gap[] => {
    const other = book.in(row, name);
    if (!other) return [];
    // Rates at constant prices are not held against rates at current ones.
    const points = (rate: typeof growthOf) => {
      const [one, two] = [rate(book, row), rate(book, other)];
      return one && two && one.is_published === two.is_published ? one.value - two.value : null;
    };
    const value_percent =
      row.value === null || other.value === null ? null : growthOn(other.value, row.value);
    return [
      {
        ...{ area, indicator, period, against: name },
        ...{ growth_pp: points(growthOf), two_year_pp: points(meanOf), value_percent },
      },
    ];
  });
}

/** Parts may miss their whole by this share of it: published shares are rounded to a tenth. */
const ROUNDING = 0.005;

function structures(rows: readonly GrowthRow[]): Structure[] {
  return rows.flatMap((row) => {
    const parts = rows.filter(
      (one) => one.part_of === row.indicator && one.area === row.area && one.period === row.period,
    );
    if (parts.length === 0) return [];
    const sum = parts.reduce((all, one) => all + (one.value ?? Number.NaN), 0);
    const all = row.value ?? Number.NaN;
    if (!(all > 0 && Math.abs(sum - all) <= ROUNDING * all)) {
      const what = `${row.area} ${row.indicator} ${row.period}`;
      const zh = `${what}：各部分合计 ${sum}，整体 ${row.value}，不相符或缺数。`;
      const en = `${what}: the parts sum to ${sum} and the whole is ${row.value}.`;
      throw impossible('structure', { zh, en });
    }
    const shares = parts.map(({ indicator, value }) => ({ indicator, share: (value ?? 0) / all }));
    const ratio = shares.map(({ share }) => (share * 100).toFixed(1)).join(':');
    const { area, period, indicator: whole } = row;
    return [{ area, period, whole, parts: shares, ratio }];
  });
}

function rankOf(book: Book, row: GrowthRow, against: readonly string[]) {
  const rivals = book.rows.filter(
    (one) =>
      one.indicator === row.indicator && one.period === row.period && !against.includes(one.area),
  );
  const place = (rate: (one: GrowthRow) => number | null): Place | null => {
    const known = rivals.flatMap((one) => {
      const value = rate(one);
      return value === null ? [] : [{ one, value }];
    });
    const at = known.findIndex(({ one }) => one === row);
    return places(known.map(({ value }) => value))[at] ?? null;
  };
  return {
    by_value: place(({ value }) => value),
    by_growth: place((one) => growthOf(book, one)?.value ?? null),
  };
}

type Words = Omit<Measure, 'value' | 'source'> & { formula: string };
const PRICES: Bilingual = {
  zh: '由数值算出的增速按数值自身的价格，不是不变价实际增速；发布的增速以发布者的口径为准。',
  en: 'Rates from values are at their prices, not real growth; published ones are as said.',
};
const BASE: Bilingual = {
  zh: '基期的高低：上年受冲击时，同比会虚高。',
  en: 'How low the base is: after a year of shock, growth on the year before is flattered.',
};

const WORDS = {
  growth: {
    measure: 'growth.year_on_year',
    name: { zh: '同比增速', en: 'Growth on the year before' },
    unit: '%',
    denominator: { zh: '上年同期值', en: 'the same part of the year before' },
    formula: 'g = xₜ ÷ xₜ₋₁ − 1',
    does_not_say: [PRICES, BASE],
  },
  two_year_mean: {
    measure: 'growth.two_year_mean',
    name: { zh: '两年平均增速', en: 'Yearly mean of two years’ growth' },
    unit: '%',
    denominator: { zh: '两年前同期值', en: 'the same part of the year two years before' },
    formula: '√[(1 + gₜ₋₁)(1 + gₜ)] − 1, geometric (NBS, 2021)',
    does_not_say: [
      PRICES,
      { zh: '两年之间的起落看不出来。', en: 'How the two years differ cannot be seen.' },
    ],
  },
  implied_year_before: {
    measure: 'growth.implied_year_before',
    name: { zh: '由两年平均倒推的上年增速', en: 'Last year’s growth, from the two-year mean' },
    unit: '%',
    denominator: { zh: '两年前同期值', en: 'the same part of the year two years before' },
    formula: '(1 + m)² ÷ (1 + gₜ) − 1',
    does_not_say: [
      {
        zh: '两个发布数各四舍五入到 0.1，倒推值可有约 0.15 个百分点的误差。',
        en: 'Both published rates are rounded to 0.1: this one may be off by some 0.15 points.',
      },
    ],
  },
  gaps: {
    measure: 'growth.gaps',
    name: { zh: '与参照地区的差距', en: 'Gaps to areas of reference' },
    unit: 'pp',
    denominator: {
      zh: '增速之差为百分点，没有分母；数值之差以参照地区的值为分母(%)。',
      en: 'None for rates, which differ by points; the reference’s value for values (in %).',
    },
    formula: 'g − g₀ in points; x ÷ x₀ − 1 in %',
    does_not_say: [BASE, { zh: '口径是否相同。', en: 'Whether both are defined alike.' }],
  },
  structure: {
    measure: 'growth.structure',
    name: { zh: '构成比', en: 'Structure' },
    unit: 'ratio',
    denominator: { zh: '整体的值', en: 'the value of the whole' },
    formula: 'xᵢ ÷ x',
    does_not_say: [
      {
        zh: '各部分分别四舍五入，写出的比例未必恰好合计 100.0。',
        en: 'Each part is rounded by itself: a written ratio need not sum to 100.0.',
      },
    ],
  },
  ranks: {
    measure: 'growth.ranks',
    name: { zh: '位次', en: 'Ranks' },
    unit: 'rank',
    denominator: {
      zh: '文件中该期有数的地区（参照地区除外），不是全国所有地区。',
      en: 'Areas of the file with a number in that period, references apart: not all there are.',
    },
    formula: '1 + areas that are higher; equals share a rank (1 2 2 4)',
    does_not_say: [
      {
        zh: '相邻位次之间的差距是否有意义；数值越高未必越好。',
        en: 'Whether a difference between ranks means anything; higher is not always better.',
      },
    ],
  },
} as const satisfies Record<string, Words>;
