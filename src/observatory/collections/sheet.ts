import { z } from 'zod';
import {
  columnName,
  type GridOutcome,
  mediaTypeOf,
  readRows,
  type Table,
  writeTable,
} from '../../flows/data/views.ts';
import {
  type BytesReply,
  Decimal,
  type FaultDetail,
  fromMinor,
  type Tx,
} from '../../kernel/index.ts';
import { getAsk } from './asks.ts';
import { editDraft, getDraft } from './drafts.ts';
import { fault } from './faults.ts';
import { getVersion } from './forms.ts';
import { isFigure, refusalOf, takesInterval } from './items.ts';
import type { Answers, Draft, ReportedValue } from './report-schema.ts';
import type { Item } from './schema.ts';

export const sheetQuery = z.object({
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
  language: z.enum(['zh', 'en']).default('zh'),
});

export const sheetTypes = [
  'text/csv',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

/** One row for each item; what stands over its columns, in either language. */
const HEADINGS = {
  code: { zh: '指标代码', en: 'Item code' },
  name: { zh: '指标名称', en: 'Item' },
  unit: { zh: '单位', en: 'Unit' },
  value: { zh: '数值（下限）', en: 'Value (lower bound)' },
  high: { zh: '上限', en: 'Upper bound' },
} as const;
type Heading = keyof typeof HEADINGS;
const headings = Object.keys(HEADINGS) as readonly Heading[];

const UNITS: Partial<Record<Item['kind'], { zh: string; en: string }>> = {
  amount: { zh: '元', en: 'CNY' },
  percent: { zh: '%', en: '%' },
};

/** People write yuan; an answer is in fen. */
const shown = ({ kind }: Item, text: string) =>
  kind === 'amount' ? fromMinor(BigInt(text), 'CNY') : text;

function rowOf(item: Item, value: ReportedValue | undefined, language: 'zh' | 'en') {
  const { low, high } = typeof value === 'object' ? value : { low: value, high: undefined };
  return [
    item.code,
    item.name[language],
    item.unit ?? UNITS[item.kind]?.[language] ?? '',
    low === undefined ? '' : shown(item, low),
    high === undefined ? '' : shown(item, high),
  ];
}

/** The draft as a sheet to fill in and to import again. @throws ask_unknown, draft_unknown */
export async function draftSheet(
  tx: Tx,
  ask_id: string,
  { format, language }: z.output<typeof sheetQuery>,
): Promise<BytesReply> {
  const { answers } = await getDraft(tx, ask_id);
  const ask = await getAsk(tx, ask_id);
  const { items, code } = await getVersion(tx, ask.form_version_id);
  const table: Table = {
    headings: headings.map((one) => HEADINGS[one][language]),
    rows: items.map((item) => rowOf(item, answers[item.code], language)),
  };
  return {
    bytes: await writeTable(table, format),
    media_type: mediaTypeOf(format),
    file_name: `${code}-${ask.period}.${format}`,
  };
}

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s*]|\(.*?\)/g, '')
    .toLowerCase();

/** Rows above the headings are titles. */
const HEADING_ROWS = 10;

type Columns = Partial<Record<Heading, number>>;

/** The row of headings (from 0), and where in it each column stands. */
function findHeadings(
  rows: readonly (readonly string[])[],
): { at: number; columns: Columns } | null {
  for (const [at, row] of rows.slice(0, HEADING_ROWS).entries()) {
    const places = headings.map((one) => {
      const words = [one, HEADINGS[one].zh, HEADINGS[one].en].map(bare);
      return [one, row.findIndex((cell) => words.includes(bare(cell)))] as const;
    });
    const columns: Columns = Object.fromEntries(places.filter(([, place]) => place >= 0));
    if (columns.code !== undefined && columns.value !== undefined) return { at, columns };
  }
  return null;
}

const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** A figure as people type it: with thousands, a currency sign or a per cent sign. */
function plainFigure(item: Item, typed: string): string | null {
  const narrow = typed
    .normalize('NFKC')
    .trim()
    .replace(/^([+-]?)[¥$]\s*/, '$1');
  const unsigned = item.kind === 'percent' ? narrow.replace(/\s*%$/, '') : narrow;
  const digits = GROUPED.test(unsigned) ? unsigned.replaceAll(',', '') : unsigned;
  if (!/^[+-]?\d{1,20}(\.\d{1,10})?$/.test(digits)) return null;
  if (item.kind !== 'amount') return new Decimal(digits).toFixed();
  const minor = new Decimal(digits).times(100);
  // A part of a fen is nobody's amount: it is refused, not rounded.
  return minor.isInteger() ? minor.toFixed(0) : null;
}

/** A choice may be written by its name in either language. */
function plainAnswer(item: Item, typed: string): string | null {
  if (isFigure(item)) return plainFigure(item, typed);
  if (item.kind === 'text') return typed;
  const found = item.choices.find(({ code, name }) =>
    [code, name.zh, name.en].map(bare).includes(bare(typed)),
  );
  return found?.code ?? null;
}

const unreadable = (item: Item, typed: string) =>
  item.kind === 'amount'
    ? { zh: `“${typed}”不是以元计、最多两位小数的金额。`, en: `"${typed}" is no amount in yuan.` }
    : isFigure(item)
      ? { zh: `“${typed}”不是数。`, en: `"${typed}" is not a number.` }
      : { zh: `没有选项“${typed}”。`, en: `There is no choice "${typed}".` };

type Read = { answers: Answers; errors: FaultDetail[] };

/** Reads one row into `read`; what is wrong is told by the name of its cell. */
function readRow(
  read: Read,
  cells: readonly string[],
  row: number,
  columns: Columns,
  items: readonly Item[],
) {
  const cell = (heading: Heading) => (cells[columns[heading] ?? -1] ?? '').trim();
  const wrong = (heading: Heading, zh: string, en: string) =>
    read.errors.push({ path: `${columnName(columns[heading] ?? 0)}${row}`, zh, en });
  const item = items.find(({ code }) => code === bare(cell('code')));
  if (!item) {
    wrong('code', `调查表没有指标“${cell('code')}”。`, `The form has no item "${cell('code')}".`);
    return;
  }
  if (read.answers[item.code] !== undefined) {
    wrong('code', `指标“${item.code}”重复。`, `The item "${item.code}" stands twice.`);
    return;
  }
  const ends: string[] = [];
  for (const heading of ['value', 'high'] as const) {
    if (cell(heading) === '') continue;
    const plain = plainAnswer(item, cell(heading));
    const words = unreadable(item, cell(heading));
    if (plain === null) wrong(heading, words.zh, words.en);
    else if (heading === 'high' && !takesInterval(item)) {
      wrong(heading, '这一指标没有上限。', 'This item has no upper bound.');
    } else if (heading === 'high' && ends.length === 0) {
      wrong('value', '填了上限，缺少下限。', 'There is an upper bound and no lower one.');
    } else ends.push(plain);
  }
  const [low, high] = ends;
  if (low === undefined) return;
  const value = high === undefined ? low : { low, high };
  const refusal = refusalOf(item, value);
  if (refusal) wrong('value', refusal.zh, refusal.en);
  else read.answers[item.code] = value;
}

/** Answers of a sheet, or everything that is wrong with it by cell. @throws sheet_refused */
export function answersOfGrid(outcome: GridOutcome, items: readonly Item[]): Answers {
  const refuse = (errors: readonly FaultDetail[]) =>
    fault('collections.sheet_refused', { count: errors.length }, errors);
  if (outcome.problem) throw refuse([outcome.problem]);
  const found = findHeadings(outcome.grid);
  if (!found) {
    const { code, value } = HEADINGS;
    throw refuse([
      {
        path: '1',
        zh: `前 ${HEADING_ROWS} 行没有“${code.zh}”和“${value.zh}”两列。`,
        en: `The first ${HEADING_ROWS} rows have no columns "${code.en}" and "${value.en}".`,
      },
    ]);
  }
  const read: Read = { answers: {}, errors: [] };
  for (const [offset, cells] of outcome.grid.slice(found.at + 1).entries()) {
    if (cells.every((one) => one.trim() === '')) continue;
    readRow(read, cells, found.at + offset + 2, found.columns, items);
  }
  if (read.errors.length > 0) throw refuse(read.errors);
  return read.answers;
}

/**
 * Takes a sheet into the draft: items that the sheet fills in replace what was there, all others
 * stay. All of it or nothing.
 * @param seen what `If-Match` says; null lets any version pass
 * @throws sheet_refused and what `editDraft` throws; data.reader_busy, data.document_heavy
 */
export async function importSheet(
  tx: Tx,
  ask_id: string,
  bytes: Uint8Array,
  seen: string | null,
): Promise<Draft> {
  const before = await getDraft(tx, ask_id);
  const ask = await getAsk(tx, ask_id);
  const { items } = await getVersion(tx, ask.form_version_id);
  const answers = answersOfGrid(await readRows(bytes), items);
  const { notes, minutes } = before;
  const edit = { answers: { ...before.answers, ...answers }, notes, minutes };
  // Whoever wrote in between would be overwritten: what was read is what may be changed.
  return editDraft(tx, ask_id, edit, seen ?? String(before.version));
}
