import type { Part } from '../classification/index.ts';
import { cellsOf, type FirmLedger, monthName, type Period } from './ledger.ts';
import { countedIn, type Grounds, partOf, type Reading, readSales } from './revenue-split.ts';

/** Revenue of a firm in a month by class. */
export type ClassRow = {
  readonly firm: string;
  readonly month: string;
  /** One code of GB/T 4754; or the codes among which it is not known, as `43|81`. */
  readonly classes: string;
  readonly low_minor: number;
  readonly high_minor: number;
};

type Piece = { classes: string; part: Part };

/**
 * Revenue by firm, month and class, before any rule says which class is a service. Rows that stand
 * for one class add up to the revenue where no bundle is in it; a bundle gives each class of its
 * obligations its bounds.
 * @param period all months where it is left out
 */
export function classRows(own: FirmLedger, grounds: Grounds, period?: Period): ClassRow[] {
  const pieces = readSales(own, grounds).map(piecesOf);
  const rows: ClassRow[] = [];
  for (const number of own.months.keys()) {
    const month = monthName(number);
    if (period && (month < period.from || month > period.to)) continue;
    const sums = new Map<string, { low: number; high: number }>();
    for (const [sale, cell] of cellsOf(own, { from: month, to: month })) {
      for (const { classes, part } of pieces[sale] as readonly Piece[]) {
        let sum = sums.get(classes);
        if (!sum) {
          sum = { low: 0, high: 0 };
          sums.set(classes, sum);
        }
        const counted = countedIn(cell, part);
        sum.low += counted.low;
        sum.high += counted.high;
      }
    }
    for (const [classes, { low, high }] of sums) {
      const [low_minor, high_minor] = [Math.floor(low + 1e-6), Math.ceil(high - 1e-6)];
      rows.push({ firm: own.firm, month, classes, low_minor, high_minor });
    }
  }
  return rows;
}

/** The classes that a sale can fall into, each with the part of the price that it has. */
function piecesOf(reading: Reading): Piece[] {
  if (!reading.is_revenue) return [];
  const labels = new Set(reading.activities.map((one) => one.candidates.join('|')));
  return [...labels].map((classes) => {
    const part = partOf(reading, (candidates) =>
      candidates.join('|') === classes ? { low: 1, high: 1 } : { low: 0, high: 0 },
    );
    return { classes, part };
  });
}
