import { assert } from '../../kernel/index.ts';
import { batchOf, type InvoiceLine, keyOf, type LineBatch, type Sale } from './line.ts';

/** Revenue of one kind of sale in one month. */
export type Cell = { net_minor: number; lines: number };

/** What a firm sold, by month and kind of sale. Nothing is classified yet. */
export type FirmLedger = {
  readonly firm: string;
  /** What was sold, in the order in which it came up; a key's place is its number. */
  readonly sales: Sale[];
  readonly numbers: Map<string, number>;
  /** Months as `2026-03`; cells by number of the sale. */
  readonly months: Map<string, Map<number, Cell>>;
};

export type Ledger = { readonly firms: Map<string, FirmLedger> };

export const openLedger = (): Ledger => ({ firms: new Map() });

const MONTH = 'YYYY-MM'.length;

/**
 * Adds lines to the sums of their firm, month and kind of sale. The sums hold all that a split
 * needs: rules, decisions and editions can change without a line being read again. Lines are added
 * as they come; that none comes twice is for the caller to see to.
 */
export function recordLines(ledger: Ledger, batch: LineBatch): void {
  const { firm, issued_on, name, product, industry, tax_code, contract, net_minor } = batch;
  let last: FirmLedger | undefined;
  for (let at = 0; at < firm.length; at++) {
    const seller = firm[at] as string;
    const known = last?.firm === seller ? last : ledger.firms.get(seller);
    const own = known ?? opened(ledger, seller);
    last = own;
    const net = net_minor[at] as number;
    assert(Number.isSafeInteger(net), 'an amount is whole minor units');
    const sale: Sale = {
      name: name[at] as string,
      product: product[at] ?? null,
      industry: industry[at] ?? null,
      tax_code: tax_code[at] ?? null,
      contract: contract[at] ?? null,
    };
    add(own, (issued_on[at] as string).slice(0, MONTH), sale, net);
  }
}

function opened(ledger: Ledger, firm: string): FirmLedger {
  const own = { firm, sales: [], numbers: new Map(), months: new Map() };
  ledger.firms.set(firm, own);
  return own;
}

function add(own: FirmLedger, month: string, sale: Sale, net_minor: number): void {
  const key = keyOf(sale);
  let number = own.numbers.get(key);
  if (number === undefined) {
    number = own.sales.push(sale) - 1;
    own.numbers.set(key, number);
  }
  let cells = own.months.get(month);
  if (!cells) {
    cells = new Map();
    own.months.set(month, cells);
  }
  const cell = cells.get(number);
  if (!cell) {
    cells.set(number, { net_minor, lines: 1 });
    return;
  }
  cell.net_minor += net_minor;
  cell.lines += 1;
}

/** A firm's ledger from its lines; lines of other firms are left out. */
export function ledgerOf(firm: string, lines: readonly InvoiceLine[]): FirmLedger {
  const ledger = openLedger();
  recordLines(ledger, batchOf(lines.filter((line) => line.firm === firm)));
  return ledger.firms.get(firm) ?? opened(ledger, firm);
}

/** First and last month, both inside, as `2026-01`. */
export type Period = { readonly from: string; readonly to: string };

/** The sums of a period, by number of the sale. */
export function cellsOf(own: FirmLedger, period: Period): ReadonlyMap<number, Cell> {
  const sums = new Map<number, Cell>();
  for (const [month, cells] of own.months) {
    if (month < period.from || month > period.to) continue;
    for (const [number, { net_minor, lines }] of cells) {
      const before = sums.get(number) ?? { net_minor: 0, lines: 0 };
      sums.set(number, {
        net_minor: before.net_minor + net_minor,
        lines: before.lines + lines,
      });
    }
  }
  return sums;
}
