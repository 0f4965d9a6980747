import Papa from 'papaparse';
import { type FaultDetail, isCalendarDay, toMinor } from '../../kernel/index.ts';

/** A line of a bank statement as it is read; money in is above zero. */
export type ReadLine = {
  line_no: number;
  booked_on: string;
  amount_minor: bigint;
  counterparty_name: string;
  reference: string | null;
  memo: string;
};

type Column = 'date' | 'amount' | 'in' | 'out' | 'name' | 'reference' | 'memo';

// Heads as Chinese banks print them, and plain English ones.
const HEADS: Readonly<Record<Column, readonly string[]>> = {
  date: ['交易日期', '记账日期', '日期', '交易时间', 'date', 'booked_on'],
  amount: ['交易金额', '发生额', '金额', 'amount'],
  in: ['收入金额', '贷方发生额', '收入', '贷方金额', '转入金额', 'credit', 'in'],
  out: ['支出金额', '借方发生额', '支出', '借方金额', '转出金额', 'debit', 'out'],
  name: ['对方户名', '对方名称', '对方账户名称', '对方单位', 'counterparty', 'name'],
  reference: ['交易流水号', '流水号', '凭证号', 'reference'],
  memo: ['摘要', '附言', '用途', '备注', 'memo'],
};

const MOST_LINES = 10_000;

/**
 * Reads the CSV that a bank gives out. The first line with a head for the day and for an amount
 * names the columns: banks print the account and its holder above it.
 *
 * @returns the lines that could be read, and what is wrong with the others
 */
export function readStatement(
  text: string,
  currency: string,
): { lines: ReadLine[]; errors: FaultDetail[] } {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const at = data.findIndex((cells) => isHead(columnsOf(cells)));
  const columns = columnsOf(data[at] ?? []);
  if (at < 0) {
    return {
      lines: [],
      errors: [
        {
          path: '1',
          zh: '找不到表头：需要“交易日期”和“金额”(或“收入”“支出”)两列。',
          en: 'No heads found: a date and an amount (or in and out) are needed.',
        },
      ],
    };
  }
  const body = data.slice(at + 1);
  if (body.length > MOST_LINES) {
    const [zh, en] = [`最多 ${MOST_LINES} 行。`, `At most ${MOST_LINES} lines are taken.`];
    return { lines: [], errors: [{ path: String(at + 2 + MOST_LINES), zh, en }] };
  }
  const read = body.map((cells, index) => readLine(cells, columns, at + 2 + index, currency));
  return {
    lines: read.flatMap((line) => ('amount_minor' in line ? [line] : [])),
    errors: read.flatMap((line) => ('amount_minor' in line ? [] : [line])),
  };
}

function columnsOf(cells: readonly string[]): ReadonlyMap<Column, number> {
  const heads = cells.map((cell) => cell.trim().toLowerCase());
  const found = Object.entries(HEADS).flatMap(([column, names]) => {
    const at = heads.findIndex((head) => names.includes(head));
    return at < 0 ? [] : [[column as Column, at] as const];
  });
  return new Map(found);
}

function isHead(columns: ReadonlyMap<Column, number>): boolean {
  return columns.has('date') && ['amount', 'in', 'out'].some((name) => columns.has(name as Column));
}

function readLine(
  cells: readonly string[],
  columns: ReadonlyMap<Column, number>,
  line_no: number,
  currency: string,
): ReadLine | FaultDetail {
  const cell = (column: Column) => (cells[columns.get(column) ?? -1] ?? '').trim();
  const booked_on = dayOf(cell('date'));
  if (!booked_on) {
    return wrong(line_no, `日期“${cell('date')}”读不懂。`, `"${cell('date')}" is no date.`);
  }
  const [single, income, outgo] = [cell('amount'), cell('in'), cell('out')].map((text) =>
    amountOf(text, currency),
  );
  if (single === undefined || income === undefined || outgo === undefined) {
    return wrong(line_no, '金额读不懂。', 'The amount cannot be read.');
  }
  const amount_minor = single !== 0n ? single : income - (outgo < 0n ? -outgo : outgo);
  if (amount_minor === 0n) return wrong(line_no, '金额为零。', 'The amount is zero.');
  return {
    line_no,
    booked_on,
    amount_minor,
    counterparty_name: cell('name').slice(0, 200),
    reference: cell('reference').slice(0, 100) || null,
    memo: cell('memo').slice(0, 500),
  };
}

function wrong(line_no: number, zh: string, en: string): FaultDetail {
  return { path: String(line_no), zh, en };
}

/** 2026-03-02, 2026/3/2, 20260302 and 2026年3月2日, with or without a time behind. */
function dayOf(text: string): string | undefined {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?!\d)/.exec(text);
  if (!match) return undefined;
  const [, year, month = '', day = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDay(date) ? date : undefined;
}

/** An empty cell is nothing; undefined is a text that is no amount. */
function amountOf(text: string, currency: string): bigint | undefined {
  const plain = text.replace(/[,,\s¥¥]/g, '');
  if (plain === '' || plain === '-') return 0n;
  return /^[+-]?\d{1,15}(\.\d{1,4})?$/.test(plain) ? toMinor(plain, currency) : undefined;
}
