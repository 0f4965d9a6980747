import type { Bilingual } from '../../kernel/index.ts';
import type { Edition } from './edition.ts';
import { editionOn } from './editions.ts';
import { fault } from './faults.ts';
import { getIndustry, type Industries, industriesOn, readOwnTable } from './industry.ts';

/** From the smallest: a size is at most what each of its measures allows. */
export const sizes = ['micro', 'small', 'medium', 'large'] as const;
export type Size = (typeof sizes)[number];

/** Persons; revenue and assets in 10,000 yuan 万元. */
export type SizeMetric = 'employees' | 'revenue' | 'assets';

/** What a firm said of itself for a year, and when that became known. */
export type Declaration = { readonly [metric in SizeMetric]?: number } & {
  /** The class of GB/T 4754 that the firm's main activity is in. */
  readonly industry: string;
  /** The day (a business date) on which the figures hold: mostly the end of a year. */
  readonly as_of: string;
  /** When it was told. What was told later changes nothing that was fixed before. */
  readonly known_at: string;
};

/** A firm's size on a day, with everything that made it. */
export type EnterpriseSize = {
  readonly size: Size;
  readonly rule: Edition;
  /** The row of the rule's table, as 工业 or 批发业. */
  readonly row: string;
  readonly declaration: Declaration;
  /** What each measure would allow by itself; the size is the smallest of them. */
  readonly by_metric: readonly { metric: SizeMetric; value: number; size: Size }[];
};

type Bounds = {
  metric: SizeMetric;
  bounds: readonly [small: number, medium: number, large: number];
};
type SizeRow = { name: string; prefixes: readonly string[]; metrics: Bounds[] };

let kept: readonly SizeRow[] | null = null;

function table(): readonly SizeRow[] {
  if (kept) return kept;
  const rows = new Map<string, SizeRow>();
  for (const line of readOwnTable('size-2017.csv')) {
    const { industry = '', name = '', metric, small, medium, large } = line;
    const row = rows.get(name) ?? { name, prefixes: industry.split(' '), metrics: [] };
    row.metrics.push({
      metric: metric as SizeMetric,
      bounds: [Number(small), Number(medium), Number(large)],
    });
    rows.set(name, row);
  }
  kept = [...rows.values()];
  return kept;
}

const unknown = (words: Bilingual) => fault('classification.size_unknown', words);

/**
 * Size by the 统计上大中小微型企业划分办法(2017): a firm that misses one lower bound of a grade drops
 * to the one below; one that is under the bounds of "small" in one measure is micro.
 * @throws classification.size_unknown for an industry outside of the rule (railways, finance,
 *   education, health, government and others), or where a measure that its row asks for is missing
 * @throws classification.class_unknown
 */
export function sizeOf(declaration: Declaration, on: string): EnterpriseSize {
  const rule = editionOn('enterprise-size', on);
  const base = industriesOn();
  const row = rowOf(declaration.industry, base);
  const by_metric = row.metrics.map(({ metric, bounds }) => {
    const value = declaration[metric];
    if (value === undefined || !Number.isFinite(value) || value < 0) {
      const words = (language: 'zh' | 'en', and: string) =>
        row.metrics.map((one) => METRICS[one.metric][language]).join(and);
      throw unknown({
        zh: `“${row.name}”按${words('zh', '和')}划型，缺少${METRICS[metric].zh}。`,
        en: `"${row.name}" is sized by ${words('en', ' and ')}: ${METRICS[metric].en} is missing.`,
      });
    }
    const met = bounds.filter((bound) => value >= bound).length;
    return { metric, value, size: sizes[met] as Size };
  });
  const least = Math.min(...by_metric.map(({ size }) => sizes.indexOf(size)));
  return { size: sizes[least] as Size, rule, row: row.name, declaration, by_metric };
}

const METRICS: Readonly<Record<SizeMetric, Bilingual>> = {
  employees: { zh: '从业人员(人)', en: 'persons employed' },
  revenue: { zh: '营业收入(万元)', en: 'revenue (10,000 yuan)' },
  assets: { zh: '资产总额(万元)', en: 'total assets (10,000 yuan)' },
};

function rowOf(code: string, base: Industries): SizeRow {
  const { section, name } = getIndustry(base, code);
  // The longest prefix first: 591 is transport, though 59 is storage.
  const found = table()
    .flatMap((row) => row.prefixes.map((prefix) => ({ row, prefix })))
    .filter(({ prefix }) => (prefix.length === 1 ? prefix === section : code.startsWith(prefix)))
    .toSorted((one, other) => other.prefix.length - one.prefix.length)[0];
  if (found) return found.row;
  throw unknown({
    zh: `划型办法不适用于 ${code} ${name}。`,
    en: `The rule on sizes does not cover ${code} ${name}.`,
  });
}

/**
 * The size that is fixed on a day, as at the signing of a contract (保障中小企业款项支付条例, 国务院令
 * 第802号, article 3): by what was known then of the last year that had ended. What the firm becomes,
 * or corrects, later on does not move it.
 * @throws classification.size_unknown where nothing had been declared by then
 */
export function sizeFixedOn(history: readonly Declaration[], day: string): EnterpriseSize {
  const known = history
    .filter((one) => one.as_of <= day && one.known_at.slice(0, 10) <= day)
    .toSorted(
      (one, other) =>
        other.as_of.localeCompare(one.as_of) || other.known_at.localeCompare(one.known_at),
    );
  const [last] = known;
  if (last) return sizeOf(last, day);
  throw unknown({
    zh: `${day} 之前没有申报人数、收入等划型数据，无法确定当日规模。`,
    en: `Nothing had been declared by ${day}, so that the size on that day cannot be told.`,
  });
}
