import type { Bilingual } from '../../kernel/index.ts';
import { type BasisId, bases } from './activity.ts';
import { ledgerOf } from './ledger.ts';
import { type InvoiceLine, keyOf } from './line.ts';
import {
  type Asked,
  type Bounds,
  type Grounds,
  partOf,
  type Reading,
  readSales,
} from './revenue-split.ts';
import { weightOf } from './service-rule.ts';

/** One line behind a number: what of it counts as service, and by which rule. */
export type Evidence = {
  readonly invoice: string;
  readonly line_no: number;
  readonly issued_on: string;
  readonly name: string;
  readonly net_minor: number;
  readonly is_revenue: boolean;
  readonly basis: BasisId;
  readonly words: Bilingual;
  /** Codes of each obligation; one where the line is no bundle. */
  readonly candidates: readonly (readonly string[])[];
  /** In minor units, not rounded: a bundle's part may be less than one. */
  readonly service_minor: Bounds;
  readonly remarks: readonly Bilingual[];
};

/** The lines of a firm's period, in the order given, each with what it adds to the bounds. */
export function evidenceOf(
  firm: string,
  lines: readonly InvoiceLine[],
  { period, rule }: Asked,
  grounds: Grounds,
): Evidence[] {
  const own = lines.filter((line) => line.firm === firm);
  const readings = readSales(ledgerOf(firm, own), grounds);
  const byKey = new Map(readings.map((one) => [one.key, one]));
  const weight = weightOf(rule, rule.service_groups, grounds.industries);
  return own
    .filter(({ issued_on }) => {
      const month = issued_on.slice(0, period.from.length);
      return period.from <= month && month <= period.to;
    })
    .map((line) => {
      const { is_revenue, basis, activities } = byKey.get(keyOf(line)) as Reading;
      const part = partOf(byKey.get(keyOf(line)) as Reading, weight);
      const ends = is_revenue ? [line.net_minor * part.low, line.net_minor * part.high] : [0, 0];
      return {
        invoice: line.invoice,
        line_no: line.line_no,
        issued_on: line.issued_on,
        name: line.name,
        net_minor: line.net_minor,
        is_revenue,
        basis,
        words: bases[basis],
        candidates: activities.map((one) => one.candidates),
        service_minor: { low: Math.min(...ends), high: Math.max(...ends) },
        remarks: activities.flatMap((one) => one.remark ?? []),
      };
    });
}
