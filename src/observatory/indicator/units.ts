import { type FaultDetail, limits } from '../../kernel/index.ts';
import { type CsvTable, isMissing, numberOf, readCsvTable } from './csv-table.ts';
import { fault } from './faults.ts';
import type { Framework } from './framework.ts';

/** A unit in a period: what a score is given to. */
export type Case = { unit: string; name: string; period: string | null; row: number };

/** The cases of one period stand together: `from` to before `to`. */
export type Span = { period: string | null; from: number; to: number };

/**
 * What is known of the units. Columns hold one number a case, in the order of `cases`; `values` is
 * indicators × cases, an indicator after the other, in the framework's order. NaN is missing.
 */
export type Units = {
  cases: readonly Case[];
  spans: readonly Span[];
  groups: ReadonlyMap<string, readonly (string | null)[]>;
  denominators: ReadonlyMap<string, Float64Array>;
  values: Float64Array;
  /** Columns of the file that the framework does not name: they are not used. */
  left_out: readonly string[];
};

type Place = { file: string; table: CsvTable; errors: FaultDetail[] };

/**
 * Reads units from CSV under the heads of COINr's iData: `uCode`, `uName` and `Time` where there
 * are several periods, and a column for each indicator, group and denominator of the framework.
 *
 * @throws indicator.data_unreadable with every cell that is wrong
 */
export function readUnits(text: string, framework: Framework, file = 'units.csv'): Units {
  const table = readCsvTable(text, file);
  const place: Place = { file, table, errors: [...table.errors] };
  const { indicators, groups, denominators } = framework;
  const numbers = [...indicators.map(({ code }) => code), ...denominators];
  for (const head of ['uCode', ...numbers, ...groups]) {
    if (table.heads.includes(head)) continue;
    const zh = `缺少“${head}”一列：请补上，或从指标体系中删去。`;
    const en = `The column "${head}" is missing: add it, or drop it from the framework.`;
    place.errors.push({ path: `${file}:1`, zh, en });
  }
  checkSize(table.records.length, indicators.length);
  const cases = readCases(place);
  const columns = numbers.map((head) => readColumn(place, head, cases));
  refuse(place);
  const known = new Set(['uCode', 'uName', 'Time', ...numbers, ...groups]);
  const values = new Float64Array(indicators.length * cases.length);
  indicators.forEach((_, at) => {
    values.set(columns[at] as Float64Array, at * cases.length);
  });
  return {
    cases,
    spans: spansOf(cases),
    groups: new Map(groups.map((head) => [head, readTexts(place, head, cases)])),
    denominators: new Map(
      denominators.map((head, at) => [head, columns[indicators.length + at] as Float64Array]),
    ),
    values,
    left_out: table.heads.filter((head) => !known.has(head)),
  };
}

function checkSize(cases: number, indicators: number): void {
  const limit = limits.index_cells;
  if (cases * indicators <= limit) return;
  throw fault('indicator.too_large', { what: `${cases} × ${indicators}`, limit });
}

function refuse({ file, errors }: Place): void {
  if (errors.length === 0) return;
  const shown = errors.slice(0, 100);
  throw fault('indicator.data_unreadable', { file, count: errors.length }, shown);
}

/** The cases by period, and in the order of the file within one. */
function readCases(place: Place): Case[] {
  const { file, table, errors } = place;
  const at = (head: string) => table.heads.indexOf(head);
  const [code, name, time] = [at('uCode'), at('uName'), at('Time')];
  if (table.records.length === 0) {
    errors.push({ path: `${file}:2`, zh: '没有任何单位。', en: 'There is no unit.' });
  }
  const cases = table.records.map(({ row, cells }): Case => {
    const unit = cells[code] ?? '';
    const period = time < 0 ? null : (cells[time] ?? '');
    return { unit, name: cells[name] || unit, period, row };
  });
  const seen = new Map<string, number>();
  for (const { unit, period, row } of cases) {
    if (unit === '') {
      errors.push({ path: `${file}:${row}/uCode`, zh: '要填代码。', en: 'Give its code.' });
    }
    if (period === '') {
      errors.push({ path: `${file}:${row}/Time`, zh: '要填期间。', en: 'Give its period.' });
    }
    const key = JSON.stringify([unit, period]);
    const other = seen.get(key);
    if (other !== undefined && code >= 0) {
      const zh = `“${unit}”在第 ${other} 行已有同一期间的数据：请合并或删去。`;
      const en = `"${unit}" has a row for this period already, ${other}: merge or drop one.`;
      errors.push({ path: `${file}:${row}/uCode`, zh, en });
    }
    seen.set(key, row);
  }
  const ordered = cases.toSorted((one, other) => inTime(one.period, other.period));
  checkPeriods(place, ordered);
  return ordered;
}

/** 2018-1 and 2018-01 are one month to a reader: written both ways, they would be two periods. */
function checkPeriods({ file, errors }: Place, ordered: readonly Case[]): void {
  const told = new Set<string | null>();
  ordered.forEach(({ period, row }, at) => {
    const before = ordered[at - 1]?.period ?? period;
    if (before === period || told.has(period) || inTime(before, period) !== 0) return;
    told.add(period);
    const zh = `“${before}”与“${period}”是同一期间的两种写法：请统一。`;
    const en = `"${before}" and "${period}" write one period in two ways: keep to one.`;
    errors.push({ path: `${file}:${row}/Time`, zh, en });
  });
}

/** 2 before 10, and 2024Q4 before 2025Q1. */
function inTime(one: string | null, other: string | null): number {
  return (one ?? '').localeCompare(other ?? '', 'en', { numeric: true });
}

function spansOf(cases: readonly Case[]): Span[] {
  const spans: Span[] = [];
  cases.forEach(({ period }, at) => {
    const last = spans.at(-1);
    if (last && last.period === period) last.to = at + 1;
    else spans.push({ period, from: at, to: at + 1 });
  });
  for (const { from, to, period } of spans) {
    const limit = limits.index_units_of_period;
    if (to - from <= limit) continue;
    throw fault('indicator.too_large', { what: `${to - from} units, ${period ?? '—'}`, limit });
  }
  return spans;
}

function readColumn({ file, table, errors }: Place, head: string, cases: readonly Case[]) {
  const at = table.heads.indexOf(head);
  const byRow = new Map(table.records.map(({ row, cells }) => [row, cells[at] ?? '']));
  return Float64Array.from(cases, ({ row }) => {
    const cell = byRow.get(row) ?? '';
    const value = numberOf(cell);
    if (value !== undefined) return value;
    const zh = `“${cell}”不是可用的数字：请填数字，没有就留空。`;
    const en = `"${cell}" is no number that can be used: write one, or leave it empty.`;
    errors.push({ path: `${file}:${row}/${head}`, zh, en });
    return Number.NaN;
  });
}

function readTexts({ table }: Place, head: string, cases: readonly Case[]) {
  const at = table.heads.indexOf(head);
  const byRow = new Map(table.records.map(({ row, cells }) => [row, cells[at] ?? '']));
  return cases.map(({ row }) => {
    const cell = byRow.get(row) ?? '';
    return isMissing(cell) ? null : cell;
  });
}
