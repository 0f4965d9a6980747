import { assert } from '../../kernel/index.ts';
import { batchOf, type InvoiceLine, type LineBatch, type Sale } from './line.ts';

/** Revenue of one kind of sale in one month. */
export type Cell = {
  readonly net_minor: number;
  /**
   * What of it was taken back: the sum of its lines below zero (returns, discounts), itself no more
   * than zero. Kept apart, since a product that is partly made and partly bought in may have sold
   * the one and taken back the other: of the difference alone the bounds would be too near.
   */
  readonly back_minor: number;
  readonly lines: number;
};

/** Sums by number of the sale. Columns, for there are as many as firms × months × products. */
type Sums = { net: Float64Array; back: Float64Array; lines: Uint32Array };

/** What a firm sold, by month and kind of sale. Nothing is classified yet. */
export type FirmLedger = {
  readonly firm: string;
  /** What was sold, in the order in which it came up; a sale's place is its number. */
  readonly sales: Sale[];
  /** Numbers by what a sale is known by (contract, product or name), then by its codes. */
  readonly numbers: Map<string, number[]>;
  /** By number of the month, see `monthNumber`. */
  readonly months: Map<number, Sums>;
};

export type Ledger = { readonly firms: Map<string, FirmLedger> };

export const openLedger = (): Ledger => ({ firms: new Map() });

const ZERO = '0'.charCodeAt(0);

/** Months since the year 0 of `2026-03` or `2026-03-31`: a number, as it is made for every line. */
export function monthNumber(date: string): number {
  const digit = (at: number) => date.charCodeAt(at) - ZERO;
  const year = digit(0) * 1_000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return year * 12 + digit(5) * 10 + digit(6) - 1;
}

export function monthName(number: number): string {
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/**
 * Adds lines to the sums of their firm, month and kind of sale. The sums hold all that a split
 * needs: rules, decisions and editions can change without a line being read again. Lines are added
 * as they come; that none comes twice is for the caller to see to.
 */
export function recordLines(ledger: Ledger, batch: LineBatch): void {
  // Firm by firm: a firm's own tables stay near while its lines are added, which halves the time.
  for (const [firm, places] of placesByFirm(batch.firm)) {
    const own = ledger.firms.get(firm) ?? opened(ledger, firm);
    for (const at of places) recordLine(own, batch, at);
  }
}

function placesByFirm(firms: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at < firms.length; at++) {
    const firm = firms[at] as string;
    const own = places.get(firm);
    if (own) own.push(at);
    else places.set(firm, [at]);
  }
  return places;
}

function recordLine(own: FirmLedger, batch: LineBatch, at: number): void {
  const net = batch.net_minor[at] as number;
  assert(Number.isSafeInteger(net), 'an amount is whole minor units');
  const number = numberOf(own, batch, at);
  const sums = sumsOf(own, monthNumber(batch.issued_on[at] as string), number);
  sums.net[number] = (sums.net[number] as number) + net;
  if (net < 0) sums.back[number] = (sums.back[number] as number) + net;
  sums.lines[number] = (sums.lines[number] as number) + 1;
}

function opened(ledger: Ledger, firm: string): FirmLedger {
  const own: FirmLedger = { firm, sales: [], numbers: new Map(), months: new Map() };
  ledger.firms.set(firm, own);
  return own;
}

/** The number of a line's kind of sale: the same as that of a line of which `keyOf` is the same. */
function numberOf(own: FirmLedger, batch: LineBatch, at: number): number {
  const contract = batch.contract[at] ?? null;
  const product = batch.product[at] ?? null;
  const industry = batch.industry[at] ?? null;
  const tax_code = batch.tax_code[at] ?? null;
  const known = contract ?? product ?? (batch.name[at] as string);
  let numbers = own.numbers.get(known);
  if (!numbers) {
    numbers = [];
    own.numbers.set(known, numbers);
  }
  for (const number of numbers) {
    const sale = own.sales[number] as Sale;
    if (contract !== null ? sale.contract === contract : isSame(sale, product, industry, tax_code))
      return number;
  }
  const name = batch.name[at] as string;
  const number = own.sales.push({ name, product, industry, tax_code, contract }) - 1;
  numbers.push(number);
  return number;
}

function isSame(
  sale: Sale,
  product: string | null,
  industry: string | null,
  tax_code: string | null,
): boolean {
  return (
    sale.contract === null &&
    sale.product === product &&
    sale.industry === industry &&
    sale.tax_code === tax_code
  );
}

const LEAST_ROOM = 16;

const roomFor = (sales: number): Sums => ({
  net: new Float64Array(sales),
  back: new Float64Array(sales),
  lines: new Uint32Array(sales),
});

function sumsOf(own: FirmLedger, month: number, number: number): Sums {
  const sums = own.months.get(month);
  if (sums && number < sums.net.length) return sums;
  const room = Math.max(LEAST_ROOM, 2 ** Math.ceil(Math.log2(number + 1)));
  const made = roomFor(room);
  if (sums) {
    made.net.set(sums.net);
    made.back.set(sums.back);
    made.lines.set(sums.lines);
  }
  own.months.set(month, made);
  return made;
}

/** A firm's ledger from its lines; lines of other firms are left out. */
export function ledgerOf(firm: string, lines: readonly InvoiceLine[]): FirmLedger {
  const ledger = openLedger();
  recordLines(ledger, batchOf(lines.filter((line) => line.firm === firm)));
  return ledger.firms.get(firm) ?? opened(ledger, firm);
}

/** First and last month, both inside, as `2026-01`. */
export type Period = { readonly from: string; readonly to: string };

/** The sums of a period, by number of the sale; what was not sold in it is not there. */
export function cellsOf(own: FirmLedger, period: Period): ReadonlyMap<number, Cell> {
  const [from, to] = [monthNumber(period.from), monthNumber(period.to)];
  const { net, back, lines } = roomFor(own.sales.length);
  for (const [month, sums] of own.months) {
    if (month < from || month > to) continue;
    for (let number = 0; number < Math.min(net.length, sums.net.length); number++) {
      net[number] = (net[number] as number) + (sums.net[number] as number);
      back[number] = (back[number] as number) + (sums.back[number] as number);
      lines[number] = (lines[number] as number) + (sums.lines[number] as number);
    }
  }
  const cells = new Map<number, Cell>();
  lines.forEach((count, number) => {
    if (count === 0) return;
    const [net_minor, back_minor] = [net[number] as number, back[number] as number];
    cells.set(number, { net_minor, back_minor, lines: count });
  });
  return cells;
}
