import { type FaultDetail, limits } from '../../kernel/index.ts';
import { type CsvTable, isMissing, numberOf, readCsvTable } from '../indicator/index.ts';
import { fault, unreadable } from './faults.ts';
import { cellOf, type Square, square } from './square.ts';

/** Inputs made at home, or these and imported ones together. */
export type Origin = 'domestic' | 'total';

export type Sector = { readonly code: string; readonly zh: string; readonly en: string };

/**
 * A survey of all inputs (China: years ending in 2 and 7) or an extension 延长表 of the last one by
 * proportions (0 and 5); of other years nothing is settled.
 */
export type TableKind = 'survey' | 'extension' | 'unknown';

/** A symmetric input–output table at producers' prices. Vectors are by sector, in its currency. */
export type InputOutputTable = {
  readonly source: string;
  readonly year: number | null;
  readonly kind: TableKind;
  readonly sectors: readonly Sector[];
  /** Zᵢⱼ, what j takes of i. A competitive table has no domestic part, some tables no imports. */
  readonly flows: { readonly [one in Origin]: Square | null };
  readonly output: Float64Array;
  /** All intermediate inputs, whatever their origin, with the taxes on them if there are any. */
  readonly intermediates: Float64Array;
  readonly value_added: Float64Array;
};

/** Published tables are rounded: a balance holds within this share of a sector's output. */
const TOLERANCE = 1e-3;
const TOTALS = { intermediates: 'TII', value_added: 'TVA', output: 'TI' } as const;

/** Columns that sum up others. */
const SUMS = ['TIU', 'TFU', 'GO'];

type Rows = ReadonlyMap<string, { row: number; cells: readonly string[] }>;
type Findings = (row: number, column: string, zh: string, en: string) => void;

/**
 * Reads a table under the heads `Code, Description, DescriptionInChinese, Origin`, a column for
 * each sector and any of final use, `GO` (output) among them. A sector has a row `Domestic`, with
 * or without one `Imports`, or one `TOT` (competitive); the rows `TII`, `TVA` and `TI` hold sums.
 * What does not add up is refused: with a row missing, a share is too small and looks sound.
 * @throws convergence.data_unreadable with every row and column that is wrong
 */
export function readInputOutputTable(
  text: string,
  { file = 'table.csv', year = null, source = file }: TableFile = {},
): InputOutputTable {
  const csv = readCsvTable(text, file);
  const errors: FaultDetail[] = [...csv.errors];
  const find: Findings = (row, column, zh, en) =>
    errors.push({ path: `${file}:${row}/${column}`, zh, en });
  const refuse = () => {
    if (errors.length > 0) throw unreadable(file, errors);
  };
  const rows = rowsOf(csv, find);
  refuse();
  const sectors = sectorsOf(csv, rows, find);
  refuse();
  const read = (row: string, origin: string) => numbers(csv, rows, { row, origin, sectors }, find);
  const matrix = (origin: string) => matrixOf(sectors, (code) => read(code, origin));
  const [domestic, imports, both] = ['domestic', 'imports', 'tot'].map((origin) =>
    sectors.some(({ code }) => rows.has(key(code, origin))) ? matrix(origin) : null,
  ) as [Square | null, Square | null, Square | null];
  const table: InputOutputTable = {
    ...{ source, year, kind: kindOf(year), sectors },
    flows: { domestic, total: both ?? (domestic && imports ? sum(domestic, imports) : null) },
    output: read(TOTALS.output, 'tot'),
    intermediates: read(TOTALS.intermediates, 'tot'),
    value_added: read(TOTALS.value_added, 'tot'),
  };
  refuse();
  checkBalances(table, csv, rows, find);
  refuse();
  return table;
}

export type TableFile = { file?: string; year?: number | null; source?: string };

const key = (code: string, origin: string) => `${code}/${origin}`;
const FIXED = ['Code', 'Description', 'DescriptionInChinese', 'Origin'];

function rowsOf({ heads, records }: CsvTable, find: Findings): Rows {
  for (const head of ['Code', 'Origin']) {
    if (heads.includes(head)) continue;
    find(1, head, `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  const [code, origin] = [heads.indexOf('Code'), heads.indexOf('Origin')];
  const rows = new Map<string, { row: number; cells: readonly string[] }>();
  for (const record of records) {
    const from = (record.cells[origin] ?? '').toLowerCase();
    const name = key(record.cells[code] ?? '', from);
    if (!['domestic', 'imports', 'tot'].includes(from)) {
      const zh = '只能填 Domestic(国内)、Imports(进口)或 TOT(合计)。';
      find(record.row, 'Origin', zh, 'Write Domestic, Imports or TOT.');
    } else if (rows.has(name)) {
      find(record.row, 'Code', `“${name}”重复，请只留一行。`, `"${name}" stands twice: keep one.`);
    } else rows.set(name, record);
  }
  return rows;
}

function sectorsOf(csv: CsvTable, rows: Rows, find: Findings): Sector[] {
  const origins = ['domestic', 'imports', 'tot'] as const;
  const codes = csv.heads.filter(
    (head) => !FIXED.includes(head) && origins.some((origin) => rows.has(key(head, origin))),
  );
  if (codes.length === 0) {
    find(1, 'Code', '没有一个部门既有行又有列。', 'No sector has both a row and a column.');
  }
  for (const head of csv.heads.filter((one) => !FIXED.includes(one) && !SUMS.includes(one))) {
    const made = rows.get(key(TOTALS.output, 'tot'))?.cells[csv.heads.indexOf(head)] ?? '';
    if (codes.includes(head) || isMissing(made)) continue;
    const zh = `“${head}”有总投入，却没有以它为代码的行，请补上。`;
    find(1, head, zh, `"${head}" has an output and no row of that code: add the row.`);
  }
  if (codes.length > limits.input_output_sectors) {
    throw fault('convergence.too_large', { what: 'sectors', limit: limits.input_output_sectors });
  }
  const used = origins.filter((origin) => codes.some((code) => rows.has(key(code, origin))));
  if (used.includes('tot') ? used.length > 1 : !used.includes('domestic')) {
    const zh = '部门行要么全为 TOT，要么有 Domestic（可另有 Imports），不能混用。';
    const en = 'Sectors have rows TOT alone, or Domestic with or without Imports: do not mix them.';
    find(1, 'Origin', zh, en);
  }
  for (const code of codes) {
    for (const origin of used.filter((one) => !rows.has(key(code, one)))) {
      find(1, code, `部门 ${code} 缺少 ${origin} 行。`, `Sector ${code} lacks its row ${origin}.`);
    }
  }
  const word = (code: string, head: string) => {
    const origin = used.find((one) => rows.has(key(code, one))) ?? 'tot';
    return rows.get(key(code, origin))?.cells[csv.heads.indexOf(head)] ?? '';
  };
  return codes.map((code) => ({
    code,
    zh: word(code, 'DescriptionInChinese'),
    en: word(code, 'Description'),
  }));
}

type Asked = { row: string; origin: string; sectors: readonly Sector[] };

/** The cells of a row under the sectors' columns; empty ones are zero in these tables. */
function numbers(csv: CsvTable, rows: Rows, asked: Asked, find: Findings): Float64Array {
  const record = rows.get(key(asked.row, asked.origin));
  if (!record) {
    const zh = `缺少 ${asked.row} 行(${asked.origin})，请补上。`;
    find(1, 'Code', zh, `The row ${asked.row} (${asked.origin}) is missing: add it.`);
  }
  return Float64Array.from(asked.sectors, ({ code }) => {
    const cell = record?.cells[csv.heads.indexOf(code)] ?? '';
    const value = isMissing(cell) ? 0 : numberOf(cell);
    if (value === undefined) {
      find(record?.row ?? 1, code, `“${cell}”不是数字。`, `"${cell}" is no number.`);
    } else if (value < 0 && asked.row !== TOTALS.value_added) {
      const zh = '中间流量和产出不能为负，否则比重会超出 0 到 1。';
      find(
        record?.row ?? 1,
        code,
        zh,
        'Flows and output are not below zero, or shares leave 0 to 1.',
      );
    }
    return value ?? 0;
  });
}

function matrixOf(sectors: readonly Sector[], read: (code: string) => Float64Array): Square {
  const made = square(sectors.length);
  sectors.forEach(({ code }, row) => {
    made.cells.set(read(code), row * made.n);
  });
  return made;
}

function sum(one: Square, other: Square): Square {
  return { n: one.n, cells: one.cells.map((value, at) => value + (other.cells[at] as number)) };
}

function checkBalances(table: InputOutputTable, csv: CsvTable, rows: Rows, find: Findings): void {
  const { flows, intermediates, value_added } = table;
  const last = (name: string) => rows.get(key(name, 'tot'))?.row ?? 1;
  table.sectors.forEach(({ code }, at) => {
    const output = table.output[at] as number;
    const given = intermediates[at] as number;
    const inputs = columnSum((flows.total ?? flows.domestic) as Square, at);
    const room = TOLERANCE * output;
    const difference = flows.total ? Math.abs(inputs - given) : inputs - given;
    if (difference > room) {
      const zh = `该列各部门投入合计 ${inputs}，与 TII ${given} 不符，是否缺行？`;
      const en = `The inputs of this column sum to ${inputs}, TII is ${given}: is a row missing?`;
      find(last(TOTALS.intermediates), code, zh, en);
    }
    const whole = given + (value_added[at] as number);
    if (Math.abs(whole - output) > room) {
      const zh = `TII 与 TVA 之和 ${whole} 不等于总投入 TI ${output}。`;
      find(last(TOTALS.output), code, zh, `TII and TVA sum to ${whole} and TI says ${output}.`);
    }
    const row = rows.get(key(code, flows.domestic ? 'domestic' : 'tot'));
    const sold = numberOf(row?.cells[csv.heads.indexOf('GO')] ?? '');
    if (sold !== undefined && Math.abs(sold - output) > room) {
      const zh = `总产出 GO ${sold} 不等于该部门总投入 TI ${output}。`;
      find(row?.row ?? 1, 'GO', zh, `GO is ${sold} and this sector's TI ${output}.`);
    }
  });
}

function columnSum(flows: Square, column: number): number {
  let total = 0;
  for (let row = 0; row < flows.n; row++) total += cellOf(flows, row, column);
  return total;
}

function kindOf(year: number | null): TableKind {
  if (year === null) return 'unknown';
  if (year % 5 === 2) return 'survey';
  return year % 5 === 0 ? 'extension' : 'unknown';
}
