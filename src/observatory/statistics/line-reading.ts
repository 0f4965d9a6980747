import { type FaultDetail, isCalendarDay, limits, toMinor } from '../../kernel/index.ts';
import { type Industries, industriesOn, type Part } from '../classification/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import { fault, unreadable } from './faults.ts';
import { type InvoiceLine, keyOf } from './line.ts';
import type { Contract, Decision, Obligation } from './revenue-split.ts';

type Row = { readonly row: number; readonly cell: (head: string) => string };
type Find = (at: string, zh: string, en: string) => void;

/** Rows by heads; every head must be known, and the needed ones there. */
function readRows(
  text: string,
  file: string,
  heads: { needed: readonly string[]; more: readonly string[] },
  read: (rows: readonly Row[], find: Find) => void,
): void {
  const table = readCsvTable(text, file);
  const errors: FaultDetail[] = [...table.errors];
  const find: Find = (at, zh, en) => errors.push({ path: `${file}:${at}`, zh, en });
  const known = [...heads.needed, ...heads.more];
  for (const head of heads.needed.filter((one) => !table.heads.includes(one))) {
    find('1', `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  for (const head of table.heads.filter((one) => !known.includes(one))) {
    find('1', `不认识“${head}”列。`, `The column "${head}" is not known: ${known.join(', ')}.`);
  }
  if (errors.length === 0) {
    const at = new Map(table.heads.map((head, place) => [head, place]));
    const rows = table.records.map(({ row, cells }) => ({
      row,
      cell: (head: string) => cells[at.get(head) ?? -1] ?? '',
    }));
    if (rows.length === 0) find('1', '表中没有数据行。', 'There is no row behind the heads.');
    read(rows, find);
  }
  if (errors.length > 0) throw unreadable(file, errors);
}

const orNull = (text: string) => (text === '' ? null : text);

/**
 * Reads invoice lines: `firm, invoice, line_no, issued_on, name, net` and any of `product`,
 * `industry`, `tax_code`, `contract`. `net` is without value-added tax, in yuan with at most two
 * decimals, below zero for discounts and credit notes (红字).
 * @throws statistics.data_unreadable with every row and column that is wrong
 * @throws statistics.too_large where the amounts add up to more than can be counted exactly
 */
export function readLines(text: string, file = 'lines.csv'): InvoiceLine[] {
  const lines: InvoiceLine[] = [];
  const heads = {
    needed: ['firm', 'invoice', 'line_no', 'issued_on', 'name', 'net'],
    more: ['product', 'industry', 'tax_code', 'contract'],
  };
  readRows(text, file, heads, (rows, find) => {
    const seen = new Set<string>();
    for (const { row, cell } of rows) {
      const key = JSON.stringify([cell('firm'), cell('invoice'), cell('line_no')]);
      if (seen.has(key)) {
        const zh = '同一发票的同一行出现两次，会重复计算，请只留一行。';
        find(`${row}`, zh, 'The line stands twice and would be counted twice: keep one.');
      }
      seen.add(key);
      for (const head of ['firm', 'invoice', 'name'].filter((one) => cell(one) === '')) {
        find(`${row}/${head}`, `没有填写 ${head}。`, `${head} is empty.`);
      }
      if (!/^[1-9]\d{0,5}$/.test(cell('line_no'))) {
        find(
          `${row}/line_no`,
          '行号为从 1 起的整数。',
          'The line number is a whole number from 1.',
        );
      }
      if (!isCalendarDay(cell('issued_on'))) {
        const zh = '开票日期写作 2026-01-31。';
        find(`${row}/issued_on`, zh, 'Write the day of the invoice as 2026-01-31.');
      }
      lines.push({
        firm: cell('firm'),
        invoice: cell('invoice'),
        line_no: Number(cell('line_no')),
        issued_on: cell('issued_on'),
        name: cell('name'),
        product: orNull(cell('product')),
        industry: orNull(cell('industry')),
        tax_code: orNull(cell('tax_code')),
        contract: orNull(cell('contract')),
        net_minor: minorOf(cell('net'), `${row}/net`, find),
      });
    }
  });
  // Sums are counted exactly up to 2⁵³ minor units.
  const all = lines.reduce((sum, { net_minor }) => sum + Math.abs(net_minor), 0);
  if (all <= Number.MAX_SAFE_INTEGER) return lines;
  throw fault('statistics.too_large', { what: `${file}: net`, limit: Number.MAX_SAFE_INTEGER });
}

function minorOf(text: string, at: string, find: Find): number {
  if (/^-?\d{1,12}(\.\d{1,2})?$/.test(text)) return Number(toMinor(text, 'CNY'));
  find(at, `“${text}”不是金额：元，最多两位小数。`, `"${text}" is no amount: yuan, two decimals.`);
  return 0;
}

/**
 * Reads what bundled contracts promise: `contract, name, price` and any of `product`, `industry`,
 * `tax_code`. A row is an obligation. `price` is what it is sold for by itself: a number, an
 * estimate with its bounds as `80-120`, or empty where nobody knows.
 * @throws statistics.data_unreadable
 */
export function readContracts(text: string, file = 'contracts.csv'): Map<string, Contract> {
  const contracts = new Map<string, Obligation[]>();
  const heads = {
    needed: ['contract', 'name', 'price'],
    more: ['product', 'industry', 'tax_code'],
  };
  readRows(text, file, heads, (rows, find) => {
    for (const { row, cell } of rows) {
      for (const head of ['contract', 'name'].filter((one) => cell(one) === '')) {
        find(`${row}/${head}`, `没有填写 ${head}。`, `${head} is empty.`);
      }
      const price = cell('price') === '' ? null : priceOf(cell('price'));
      if (price === undefined) {
        const zh = `“${cell('price')}”不是单独售价：填数字或 80-120，不知道则留空。`;
        find(`${row}/price`, zh, `"${cell('price')}" is no price: a number, 80-120, or empty.`);
      }
      const own = contracts.get(cell('contract')) ?? [];
      contracts.set(cell('contract'), own);
      own.push({
        name: cell('name'),
        product: orNull(cell('product')),
        industry: orNull(cell('industry')),
        tax_code: orNull(cell('tax_code')),
        price: price ?? null,
      });
      if (own.length > limits.obligations) {
        throw fault('statistics.too_large', { what: file, limit: limits.obligations });
      }
    }
  });
  return new Map([...contracts].map(([id, obligations]) => [id, { id, obligations }]));
}

function priceOf(text: string): Part | undefined {
  const [, first, last] = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  if (first === undefined) return undefined;
  const price = { low: Number(first), high: Number(last ?? first) };
  return price.low <= price.high ? price : undefined;
}

/**
 * Reads a firm's decisions on kinds of sale: `name, code, decided_on, reason` and any of `product`,
 * `industry`, `tax_code`, which are those of the lines that it is about. One without a reason, or
 * without a class of the lowest level, is none.
 * @throws statistics.data_unreadable
 */
export function readDecisions(
  text: string,
  file = 'decisions.csv',
  industries: Industries = industriesOn(),
): Decision[] {
  const decisions: Decision[] = [];
  const heads = {
    needed: ['name', 'code', 'decided_on', 'reason'],
    more: ['product', 'industry', 'tax_code'],
  };
  readRows(text, file, heads, (rows, find) => {
    for (const { row, cell } of rows) {
      if (industries.byCode.get(cell('code'))?.level !== 4) {
        const zh = `“${cell('code')}”不是四位小类代码。`;
        find(`${row}/code`, zh, `"${cell('code')}" is no class of four digits.`);
      }
      if (!isCalendarDay(cell('decided_on'))) {
        find(`${row}/decided_on`, '日期写作 2026-01-31。', 'Write the day as 2026-01-31.');
      }
      if (cell('reason') === '') {
        find(`${row}/reason`, '请写明理由。', 'Give the reason.');
      }
      const sale = {
        name: cell('name'),
        product: orNull(cell('product')),
        industry: orNull(cell('industry')),
        tax_code: orNull(cell('tax_code')),
        contract: null,
      };
      decisions.push({
        key: keyOf(sale),
        code: cell('code'),
        decided_on: cell('decided_on'),
        reason: cell('reason'),
      });
    }
  });
  return decisions;
}
