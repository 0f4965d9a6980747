import { industriesOn } from '../src/observatory/classification/index.ts';
import {
  type Contract,
  classRows,
  type FirmLedger,
  type Grounds,
  getRule,
  type LineBatch,
  openLedger,
  recordLines,
  splitRevenue,
  testThreshold,
} from '../src/observatory/statistics/index.ts';
import { report } from './figure.ts';

const LINES = 10_000_000;
const BATCH = 100_000;
const FIRMS = 2_000;
const PRODUCTS = 40;
const DAY = Math.ceil(LINES / 365);

/** What the products of a firm are: catalogued or not, goods, services, nothing known. */
const KINDS: readonly (readonly [industry: string | null, tax: string | null])[] = [
  ['2911', '1070000000000000000'],
  [null, '1090000000000000000'],
  [null, '2020000000000000000'],
  ['5432', '3010000000000000000'],
  [null, '3040200000000000000'],
  [null, '1010000000000000000'],
  [null, null],
  ['3612', '1090000000000000000'],
];

/**
 * Ten million lines of 2,000 firms with 40 products each: into firm × month × class from nothing,
 * and then a day's lines, which touch every firm; then a year's split and its test, by firm.
 */
export async function benchRevenueSplit(): Promise<void> {
  const grounds: Grounds = {
    industries: industriesOn(),
    contracts: new Map(Array.from({ length: FIRMS }, (_, at) => contractOf(at))),
    decisions: [],
  };
  const ledger = openLedger();
  const sums = new Map<string, number>();
  let [cold, floor] = [0, 0];
  for (let start = 0; start < LINES; start += BATCH) {
    const batch = batchAt(start);
    floor += secondsOf(() => sumByFirm(sums, batch));
  }
  for (let start = 0; start < LINES; start += BATCH) {
    const batch = batchAt(start);
    cold += secondsOf(() => recordLines(ledger, batch));
  }
  let rows = 0;
  cold += secondsOf(() => {
    for (const own of ledger.firms.values()) rows += classRows(own, grounds).length;
  });
  report({ name: 'statistics.split_10m_lines', value: cold, unit: 's', floor });
  report({ name: 'statistics.split_rows', value: rows, unit: 'rows' });
  const day = batchAt(LINES, DAY);
  const month = { from: '2025-12', to: '2025-12' };
  day.issued_on.fill('2025-12-31');
  const firms = () => [...new Set(day.firm)].map((firm) => ledger.firms.get(firm) as FirmLedger);
  const anew = secondsOf(() => {
    recordLines(ledger, day);
    for (const own of firms()) rows += classRows(own, grounds, month).length;
  });
  report({ name: 'statistics.split_day', value: anew, unit: 's' });
  const period = { from: '2025-01', to: '2025-12' };
  const rule = getRule('third-sector');
  const tested = secondsOf(() => {
    for (const own of firms()) {
      splitRevenue(own, { period, rule }, grounds);
      testThreshold(own, { period, rule }, grounds);
    }
  });
  report({ name: 'statistics.firm_tested', value: (tested / FIRMS) * 1_000, unit: 'ms' });
}

const contractId = (firm: number) => `K${firm}`;

function contractOf(firm: number): [string, Contract] {
  const sold = { name: 'b', product: null, tax_code: null };
  const id = contractId(firm);
  const obligations = [
    { ...sold, industry: '2911', price: { low: 50, high: 50 } },
    { ...sold, industry: '8112', price: { low: 30, high: 45 } },
    { ...sold, industry: null, price: { low: 10, high: 20 } },
  ];
  return [id, { id, obligations }];
}

/** Lines whose texts are made anew, as a database or a file would give them. */
function batchAt(start: number, count = BATCH) {
  const at = Array.from({ length: count }, (_, place) => spread(start + place));
  const firm = (line: number) => line % FIRMS;
  const month = (line: number) => (line >>> 11) % 12;
  const product = (line: number) => (line >>> 15) % PRODUCTS;
  const kind = (line: number) => KINDS[product(line) % KINDS.length];
  const isBundle = (line: number) => product(line) === PRODUCTS - 1;
  return {
    firm: at.map((line) => `firm-${firm(line)}`),
    issued_on: at.map((line) => `2025-${String(1 + month(line)).padStart(2, '0')}-15`),
    name: at.map((line) => `name ${product(line)}`),
    product: at.map((line) => `P${product(line)}`),
    industry: at.map((line) => kind(line)?.[0] ?? null),
    tax_code: at.map((line) => kind(line)?.[1] ?? null),
    contract: at.map((line) => (isBundle(line) ? contractId(firm(line)) : null)),
    net_minor: Float64Array.from(at, (line) => 100 + (line % 90_001) - 500),
  } satisfies LineBatch;
}

/** Spreads line numbers over all firms, months and products (a finaliser of 32 bits). */
function spread(line: number): number {
  let mixed = line >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The least that a pass must do: find the firm of each line and add. */
function sumByFirm(sums: Map<string, number>, { firm, net_minor }: LineBatch): void {
  for (let at = 0; at < firm.length; at++) {
    const own = firm[at] as string;
    sums.set(own, (sums.get(own) ?? 0) + (net_minor[at] as number));
  }
}

function secondsOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1_000;
}
