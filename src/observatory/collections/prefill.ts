import { type Bilingual, Decimal, Fault, type Tx } from '../../kernel/index.ts';
import { serviceRules, viewSplit } from '../statistics/index.ts';
import { kindOfPrefill, plainValue, refusalOf } from './items.ts';
import { monthsOf } from './period.ts';
import type { Answers, EvidenceByItem, ReportedValue } from './report-schema.ts';
import { type Item, type PrefillField, prefillFields } from './schema.ts';

type Split = Awaited<ReturnType<typeof viewSplit>>;
export type Filled = { answers: Answers; evidence: EvidenceByItem };

const NAMES: Readonly<Record<PrefillField, Bilingual>> = {
  revenue: { zh: '营业收入：报告期内开出的发票', en: 'Revenue: the invoices of the period' },
  service_revenue: { zh: '服务收入，有疑的给上下限', en: 'Service in it, as bounds' },
  service_share: { zh: '服务收入占营业收入的比重', en: 'Service as a share of revenue' },
};

/** What a form may have filled in, and the readings of what a service is, the official first. */
export const prefillsOffered = {
  fields: prefillFields.map((field) => ({
    field,
    kind: kindOfPrefill[field],
    name: NAMES[field],
  })),
  rules: serviceRules.map(({ id, version, name }) => ({ id, version, name })),
};

/** Places of a percentage, whose bounds are rounded outwards: the truth stays inside. */
const PLACES = 4;

/** Null where a part of nothing, or of less than nothing, is asked for. */
function shareOf({ revenue_minor, service: { amount_minor } }: Split): ReportedValue | null {
  if (revenue_minor <= 0n) return null;
  const percent = (part: bigint, rounding: 2 | 3) =>
    new Decimal(part.toString())
      .times(100)
      .div(revenue_minor.toString())
      .toDecimalPlaces(PLACES, rounding)
      .toFixed();
  return {
    low: percent(amount_minor.low, Decimal.ROUND_FLOOR),
    high: percent(amount_minor.high, Decimal.ROUND_CEIL),
  };
}

function filledValue(split: Split, field: PrefillField): ReportedValue | null {
  if (field === 'revenue') return split.revenue_minor.toString();
  if (field === 'service_share') return shareOf(split);
  const { low, high } = split.service.amount_minor;
  return { low: low.toString(), high: high.toString() };
}

/** What part of a value's upper bound is doubt; null where that says nothing. */
function openPartOf(value: ReportedValue): number | null {
  if (typeof value === 'string') return 0;
  const high = Number(value.high);
  return high > 0 ? (high - Number(value.low)) / high : null;
}

/** The split of a period, or null where it cannot be made: the firm then fills in by itself. */
async function splitOf(tx: Tx, period: string, rule: string): Promise<Split | null> {
  try {
    const split = await viewSplit(tx, { ...monthsOf(period), rule, threshold: '0.3' });
    // Without one invoice the platform knows nothing: that is no revenue of zero.
    return split.by_basis.length === 0 ? null : split;
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('statistics.too_')) return null;
    throw error;
  }
}

/**
 * What the platform knows from the actor's own invoices of the period: revenue by invoice, and its
 * service part with every doubt as bounds. Each value names the rule and the mapping it rests on.
 */
export async function prefill(tx: Tx, items: readonly Item[], period: string): Promise<Filled> {
  const filled: Filled = { answers: {}, evidence: {} };
  const splits = new Map<string, Split | null>();
  for (const item of items) {
    if (!item.prefill) continue;
    const { field, rule } = item.prefill;
    if (!splits.has(rule)) splits.set(rule, await splitOf(tx, period, rule));
    const split = splits.get(rule);
    const found = split ? filledValue(split, field) : null;
    if (!split || found === null || refusalOf(item, found)) continue;
    const value = plainValue(item, found);
    filled.answers[item.code] = value;
    filled.evidence[item.code] = {
      kind: 'split',
      value,
      field,
      from: split.period.from,
      to: split.period.to,
      rule: split.rule.id,
      rule_version: split.rule.version,
      mapping: split.mapping.id,
      edition: split.edition,
      open_part: openPartOf(value),
      left_out_lines: split.other_currencies.reduce((sum, { lines }) => sum + lines, 0),
    };
  }
  return filled;
}
