import type { Bilingual } from '../../kernel/index.ts';
import type { Crosswalk, Industries, Part, TaxClasses } from '../classification/index.ts';
import { type Activity, activityOf, type BasisId, bases, MAPPING } from './activity.ts';
import { type Cell, cellsOf, type FirmLedger, type Period } from './ledger.ts';
import { keyOf, type Sale } from './line.ts';
import { partOfBundle } from './obligations.ts';
import {
  type Group,
  groupNames,
  groups,
  type ServiceRule,
  type Weight,
  weightOf,
  weightOfDerived,
} from './service-rule.ts';

/** What a bundled contract promises: 新胎 + 服务 + 翻新. Stand-alone prices in any one unit. */
export type Contract = {
  readonly id: string;
  readonly obligations: readonly Obligation[];
};
export type Obligation = Omit<Sale, 'contract'> & {
  /** Bounds of an estimate; both the same where it is sold by itself; null where unknown. */
  readonly price: Part | null;
};

/** What a firm said about a kind of sale. A fact: a later one of the same key replaces it. */
export type Decision = {
  readonly key: string;
  readonly code: string;
  readonly decided_on: string;
  readonly reason: string;
};

/** Everything beside the lines that a split rests on. */
export type Grounds = {
  readonly industries: Industries;
  readonly taxes?: TaxClasses;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly decisions: readonly Decision[];
};

/** A kind of sale with where it can come from: one obligation, or those of its contract. */
export type Reading = {
  readonly key: string;
  readonly sale: Sale;
  readonly is_revenue: boolean;
  readonly basis: BasisId;
  readonly activities: readonly Activity[];
  readonly prices: readonly (Part | null)[];
};

/** A kind of sale with its money in the period. */
export type Sold = Cell & { readonly reading: Reading };

/** Bounds of an amount in minor units, or of a share; `low` ≤ `high`. */
export type Bounds = { readonly low: number; readonly high: number };

const WHOLE: Part = { low: 1, high: 1 };

/** Reads every kind of sale that a firm has, by its number in the ledger. */
export function readSales(own: FirmLedger, grounds: Grounds): Reading[] {
  const decided = new Map(
    grounds.decisions
      .toSorted((one, other) => one.decided_on.localeCompare(other.decided_on))
      .map((one) => [one.key, one.code]),
  );
  return own.sales.map((sale) => {
    const key = keyOf(sale);
    const contract = sale.contract === null ? undefined : grounds.contracts.get(sale.contract);
    const read = (one: Sale) =>
      activityOf(one, { ...grounds, decided: decided.get(keyOf(one)) ?? null });
    if (!contract) {
      // A contract that nobody described is read as if the line stood alone.
      const activity = activityOf(sale, { ...grounds, decided: decided.get(key) ?? null });
      const { is_revenue, basis } = activity;
      return { key, sale, is_revenue, basis, activities: [activity], prices: [WHOLE] };
    }
    const activities = contract.obligations.map((one) => read({ ...one, contract: null }));
    const prices = contract.obligations.map(({ price }) => price);
    return { key, sale, is_revenue: true, basis: 'B1', activities, prices };
  });
}

/** Which part of a sale counts, at least and at most. */
export function partOf({ activities, prices }: Reading, weight: Weight): Part {
  const counts = activities.map((one) => weight(one.candidates));
  if (counts.length === 1) return counts[0] as Part;
  return partOfBundle(
    prices.map((price) => ({ price })),
    counts,
  );
}

/** The sales of a period with what is known of each. */
export function salesOf(own: FirmLedger, period: Period, readings: readonly Reading[]): Sold[] {
  return [...cellsOf(own, period)].map(([number, cell]) => ({
    ...cell,
    reading: readings[number] as Reading,
  }));
}

/** What a part of the money of a cell is. Of what was taken back, more counted is less. */
export function countedIn({ net_minor, back_minor }: Cell, part: Part): Bounds {
  const sold = net_minor - back_minor;
  return {
    low: sold * part.low + back_minor * part.high,
    high: sold * part.high + back_minor * part.low,
  };
}

/**
 * What of the sales counts: at least with every doubt against it, at most with every doubt for it.
 * Rounded outwards to whole minor units, so that the bounds still hold what is true.
 */
export function countedOf(sales: readonly Sold[], weight: Weight): Bounds {
  let [low, high] = [0, 0];
  for (const one of sales) {
    if (!one.reading.is_revenue) continue;
    const counted = countedIn(one, partOf(one.reading, weight));
    low += counted.low;
    high += counted.high;
  }
  return { low: Math.floor(low + ROUNDING), high: Math.ceil(high - ROUNDING) };
}

/** What adding up leaves in the last places of a sum that is a whole number. */
const ROUNDING = 1e-6;

export const revenueOf = (sales: readonly Sold[]) =>
  sales.reduce((sum, { reading, net_minor }) => sum + (reading.is_revenue ? net_minor : 0), 0);

/** A share of revenue; null where there is no revenue above zero to have a share of. */
export function shareOf({ low, high }: Bounds, revenue_minor: number): Bounds | null {
  return revenue_minor > 0 ? { low: low / revenue_minor, high: high / revenue_minor } : null;
}

export type GroupShare = {
  readonly group: Group;
  readonly name: Bilingual;
  readonly amount_minor: Bounds;
  readonly share: Bounds | null;
};

type OfBasis = {
  readonly net_minor: number;
  readonly lines: number;
  readonly open_minor: number;
};

/** The revenue of a firm in a period by group, with what each number rests on. */
export type RevenueSplit = {
  readonly firm: string;
  readonly period: Period;
  readonly rule: Omit<ServiceRule, 'groupOf' | 'service_groups'>;
  readonly mapping: typeof MAPPING;
  readonly edition: string;
  readonly revenue_minor: number;
  /** Left out as no revenue: prepaid cards, advances. */
  readonly not_revenue_minor: number;
  readonly groups: readonly GroupShare[];
  readonly service: { readonly amount_minor: Bounds; readonly share: Bounds | null };
  /** How much of the revenue each rule has read, and how much of it is left open by it. */
  readonly by_basis: readonly ({ basis: BasisId; words: Bilingual } & OfBasis)[];
  /** Revenue whose reading rests on something that nobody has checked yet. */
  readonly unverified_minor: number;
  /** Revenue that is what it is because the firm itself says so (a decision). */
  readonly self_declared_minor: number;
  readonly does_not_say: readonly [Bilingual, ...Bilingual[]];
};

const DOES_NOT_SAY: RevenueSplit['does_not_say'] = [
  {
    zh: '按开票金额而不是按履约进度确认的收入；跨期合同两者不同。',
    en: 'It goes by what was invoiced, not by what was earned: the two differ over long contracts.',
  },
  {
    zh: '只含经本平台开票的销售；企业的其他销售和自用服务不在其中。',
    en: 'Sales that were invoiced elsewhere, and services a firm makes for itself, are not in it.',
  },
  {
    zh: '服务份额高不等于融合好，也不等于效益好。',
    en: 'More service is not said to be better.',
  },
];

export type Asked = { readonly period: Period; readonly rule: ServiceRule };

/** Splits a firm's revenue of a period under a rule. Pure: the same grounds give the same split. */
export function splitRevenue(own: FirmLedger, asked: Asked, grounds: Grounds): RevenueSplit {
  const sales = salesOf(own, asked.period, readSales(own, grounds));
  return splitOf(own.firm, sales, asked, grounds.industries);
}

/** The same from sales that were read already, for several rules over one reading. */
export function splitOf(
  firm: string,
  sales: readonly Sold[],
  { period, rule }: Asked,
  industries: Industries,
): RevenueSplit {
  const revenue_minor = revenueOf(sales);
  const counted = (wanted: readonly Group[]) =>
    countedOf(sales, weightOf(rule, wanted, industries));
  const service = counted(rule.service_groups);
  const { groupOf: _, service_groups: __, ...ruled } = rule;
  const sum = (of: (one: Sold) => boolean) =>
    sales.reduce((all, one) => all + (of(one) ? one.net_minor : 0), 0);
  return {
    firm,
    period,
    rule: ruled,
    mapping: MAPPING,
    edition: industries.edition.id,
    revenue_minor,
    not_revenue_minor: sum(({ reading }) => !reading.is_revenue),
    groups: groupNames.map((group) => {
      const amount_minor = counted([group]);
      const share = shareOf(amount_minor, revenue_minor);
      return { group, name: groups[group], amount_minor, share };
    }),
    service: { amount_minor: service, share: shareOf(service, revenue_minor) },
    by_basis: byBasis(sales, weightOf(rule, rule.service_groups, industries)),
    unverified_minor: sum(
      ({ reading }) =>
        reading.is_revenue && reading.activities.some((one) => one.status === 'unverified'),
    ),
    self_declared_minor: sum(({ reading }) => reading.activities.some((one) => one.basis === 'A2')),
    does_not_say: DOES_NOT_SAY,
  };
}

/** What of a firm's revenue belongs to a derived class 派生产业, whose table may give parts. */
export type DerivedRevenue = {
  readonly firm: string;
  readonly period: Period;
  readonly edition: string;
  readonly name: Bilingual;
  readonly revenue_minor: number;
  readonly amount_minor: Bounds;
  readonly share: Bounds | null;
  /** The table is not whole: `low` is a floor, and `high` no ceiling. */
  readonly is_partial: boolean;
  /** Rows of the table that nobody has held against their source. */
  readonly unverified_rows: number;
};

/** One derived class at a time: several of them overlap, and are never added here. */
export function splitByDerived(
  own: FirmLedger,
  { period, crosswalk }: { period: Period; crosswalk: Crosswalk },
  grounds: Grounds,
): DerivedRevenue {
  const sales = salesOf(own, period, readSales(own, grounds));
  const amount_minor = countedOf(sales, weightOfDerived(crosswalk, grounds.industries));
  const rows = [...crosswalk.targets.values()].flat();
  return {
    firm: own.firm,
    period,
    edition: crosswalk.edition.id,
    name: crosswalk.edition.name,
    revenue_minor: revenueOf(sales),
    amount_minor,
    share: shareOf(amount_minor, revenueOf(sales)),
    is_partial: crosswalk.edition.coverage === 'part',
    unverified_rows: rows.filter((one) => one.status === 'unverified').length,
  };
}

function byBasis(sales: readonly Sold[], weight: Weight): RevenueSplit['by_basis'] {
  const sums = new Map<BasisId, OfBasis>();
  for (const one of sales) {
    const { reading, net_minor, lines } = one;
    const before = sums.get(reading.basis) ?? { net_minor: 0, lines: 0, open_minor: 0 };
    const counted = countedIn(one, reading.is_revenue ? partOf(reading, weight) : WHOLE);
    sums.set(reading.basis, {
      net_minor: before.net_minor + net_minor,
      lines: before.lines + lines,
      open_minor: before.open_minor + counted.high - counted.low,
    });
  }
  return [...sums]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([basis, sum]) => ({
      basis,
      words: bases[basis],
      ...sum,
      open_minor: Math.ceil(sum.open_minor - ROUNDING),
    }));
}
