import { z } from 'zod';
import type { FaultDetail } from '../../kernel/index.ts';
import { invalid } from '../../kernel/index.ts';
import { isMissing, numberOf, readCsvTable } from './csv-table.ts';
import { fault } from './faults.ts';

/** A node of the framework; indicators are its leaves. Positions point into `elements`. */
export type Element = {
  code: string;
  name: string;
  level: number;
  /** Weight among its siblings; only the proportions count. */
  weight: number;
  parent: number | null;
  children: readonly number[];
};

export type Indicator = Element & {
  /** 1: more is better; −1: less is better. */
  direction: 1 | -1;
  unit: string;
  denominator: string | null;
  target: number | null;
  /** Goalposts: the values that count as nothing and as everything, whatever the data show. */
  goalposts: { low: number; high: number } | null;
};

export type Framework = {
  /** The indicators first, in the order of the file; then what is aggregated, children first. */
  elements: readonly Element[];
  indicators: readonly Indicator[];
  /** Position of the index itself. */
  top: number;
  groups: readonly string[];
  denominators: readonly string[];
};

const numeric = (cell: string) => isMissing(cell) || numberOf(cell) !== undefined;
const cellOfNumber = z
  .string()
  .refine(numeric, '不是数字：请填数字，没有就留空|is no number: write one, or leave it empty')
  .transform((cell) => (isMissing(cell) ? null : (numberOf(cell) as number)))
  .default(null);
const cellOfText = z
  .string()
  .transform((cell) => (isMissing(cell) ? null : cell))
  .default(null);

/**
 * A row of the framework, under the heads of COINr's iMeta; `goalpost_lower` and `goalpost_upper`
 * may be added.
 */
export const frameworkRow = z.object({
  iCode: z.string().min(1).max(100),
  iName: z.string().default(''),
  Type: z.enum(['Indicator', 'Aggregate', 'Group', 'Denominator']),
  Level: cellOfNumber,
  Parent: cellOfText,
  Direction: cellOfNumber,
  Weight: cellOfNumber,
  Unit: z.string().default(''),
  Target: cellOfNumber,
  Denominator: cellOfText,
  goalpost_lower: cellOfNumber,
  goalpost_upper: cellOfNumber,
});
type Row = z.output<typeof frameworkRow> & { row: number };

/** What is wrong with the rows, each with its place: `framework.csv:12/Parent`. */
type Findings = (row: Row, column: string, zh: string, en: string) => void;

/**
 * Reads a framework from CSV.
 * @throws indicator.framework_unreadable with every row that is wrong
 */
export function readFramework(text: string, file = 'framework.csv'): Framework {
  const table = readCsvTable(text, file);
  const errors: FaultDetail[] = [...table.errors];
  const rows = table.records.flatMap(({ row, cells }) => {
    const record = Object.fromEntries(table.heads.map((head, at) => [head, cells[at] ?? '']));
    const parsed = frameworkRow.safeParse(record);
    if (parsed.success) return [{ ...parsed.data, row }];
    errors.push(...invalid(parsed.error, `${file}:${row}`).errors);
    return [];
  });
  const find: Findings = (row, column, zh, en) => {
    errors.push({ path: `${file}:${row.row}/${column}`, zh, en });
  };
  if (errors.length === 0) checkRows(rows, file, find, errors);
  if (errors.length > 0) {
    throw fault('indicator.framework_unreadable', { file, count: errors.length }, errors);
  }
  return treeOf(rows);
}

/** Heads of the data that are no indicators, and the one name that no JSON record can hold. */
const TAKEN = new Set(['uCode', 'uName', 'Time', '__proto__']);

const isElement = ({ Type }: Row) => Type === 'Indicator' || Type === 'Aggregate';

function checkRows(rows: readonly Row[], file: string, find: Findings, errors: FaultDetail[]) {
  const byCode = new Map<string, Row>();
  for (const row of rows) {
    if (TAKEN.has(row.iCode)) {
      const zh = `“${row.iCode}”另有用途，请换一个代码。`;
      find(row, 'iCode', zh, `"${row.iCode}" has another use: choose another code.`);
    }
    const other = byCode.get(row.iCode);
    if (other) {
      const zh = `代码“${row.iCode}”在第 ${other.row} 行已经用过，请换一个。`;
      find(row, 'iCode', zh, `"${row.iCode}" is taken by row ${other.row}: choose another.`);
    }
    byCode.set(row.iCode, row);
  }
  const elements = rows.filter(isElement);
  for (const row of elements) checkElement(row, byCode, find);
  for (const row of elements) checkChildren(row, elements, find);
  const tops = elements.filter(({ Type, Parent }) => Type === 'Aggregate' && Parent === null);
  if (tops.length !== 1) {
    const codes = tops.map(({ iCode }) => iCode).join(', ') || '—';
    const zh = `要有且只有一个没有 Parent 的 Aggregate 作为总指数，现在是：${codes}。`;
    const en = `Exactly one Aggregate has no Parent, the index itself; now these: ${codes}.`;
    errors.push({ path: `${file}/Parent`, zh, en });
  }
}

function checkElement(row: Row, byCode: ReadonlyMap<string, Row>, find: Findings): void {
  const { Level, Weight, Parent } = row;
  if (Level === null || !Number.isInteger(Level) || Level < 1) {
    find(row, 'Level', '要填层级：指标为 1，往上递增。', 'Give the level: 1 for an indicator.');
  }
  if (Weight === null || Weight < 0) {
    find(row, 'Weight', '要填不小于零的权重。', 'Give a weight of zero or more.');
  }
  if (Parent !== null) {
    const parent = byCode.get(Parent);
    if (parent?.Type !== 'Aggregate') {
      const en = `"${Parent}" is no Aggregate of this file: add it, or name another parent.`;
      find(row, 'Parent', `“${Parent}”不是本表的 Aggregate：请补上或改名。`, en);
    } else if ((parent.Level ?? 0) <= (Level ?? 0)) {
      const en = `Its parent "${Parent}" must stand on a higher level.`;
      find(row, 'Level', `上级“${Parent}”的层级必须更高。`, en);
    }
  }
  if (row.Type === 'Indicator') checkIndicator(row, byCode, find);
}

function checkIndicator(row: Row, byCode: ReadonlyMap<string, Row>, find: Findings): void {
  if (row.Direction !== 1 && row.Direction !== -1) {
    const en = 'Say which way is better: 1 for more, -1 for less.';
    find(row, 'Direction', '要说明方向：越大越好填 1，越小越好填 -1。', en);
  }
  if (row.Parent === null) find(row, 'Parent', '指标要有上级。', 'An indicator has a parent.');
  if (row.Denominator !== null && byCode.get(row.Denominator)?.Type !== 'Denominator') {
    const zh = `“${row.Denominator}”不是本表的 Denominator：请补上这一行或留空。`;
    const en = `"${row.Denominator}" is no Denominator of this file: add it, or leave it empty.`;
    find(row, 'Denominator', zh, en);
  }
  const [low, high] = [row.goalpost_lower, row.goalpost_upper];
  if ((low === null) !== (high === null) || (low !== null && high !== null && low >= high)) {
    const en = 'Goalposts come in twos, the lower below the upper.';
    find(row, 'goalpost_lower', '上下限要成对填写，且下限小于上限。', en);
  }
}

function checkChildren(row: Row, elements: readonly Row[], find: Findings): void {
  if (row.Type !== 'Aggregate') return;
  const children = elements.filter(({ Parent }) => Parent === row.iCode);
  if (children.length === 0) {
    find(row, 'iCode', '下面没有任何指标：请删去或补上。', 'Nothing is under it: drop or fill it.');
  } else if (!children.some(({ Weight }) => (Weight ?? 0) > 0)) {
    const en = 'All weights under it are zero: give one of them more.';
    find(row, 'Weight', '下级的权重都是零：至少要有一个大于零。', en);
  }
}

/** Rows that were checked, as a tree. */
function treeOf(rows: readonly Row[]): Framework {
  const leaves = rows.filter(({ Type }) => Type === 'Indicator');
  const nodes = rows
    .filter(({ Type }) => Type === 'Aggregate')
    .toSorted((one, other) => (one.Level ?? 0) - (other.Level ?? 0));
  const ordered = [...leaves, ...nodes];
  const positions = new Map(ordered.map(({ iCode }, at) => [iCode, at]));
  const elements = ordered.map(
    (row): Element => ({
      code: row.iCode,
      name: row.iName || row.iCode,
      level: row.Level as number,
      weight: row.Weight as number,
      parent: row.Parent === null ? null : (positions.get(row.Parent) as number),
      children: ordered.flatMap(({ Parent }, at) => (Parent === row.iCode ? [at] : [])),
    }),
  );
  const indicators = leaves.map((row, at): Indicator => {
    const [low, high] = [row.goalpost_lower, row.goalpost_upper];
    return {
      ...(elements[at] as Element),
      direction: row.Direction as 1 | -1,
      unit: row.Unit,
      denominator: row.Denominator,
      target: row.Target,
      goalposts: low === null || high === null ? null : { low, high },
    };
  });
  const codes = (type: Row['Type']) =>
    rows.flatMap((row) => (row.Type === type ? [row.iCode] : []));
  return {
    elements: [...indicators, ...elements.slice(indicators.length)],
    indicators,
    top: elements.findIndex(({ parent, level }) => parent === null && level > 1),
    groups: codes('Group'),
    denominators: codes('Denominator'),
  };
}
