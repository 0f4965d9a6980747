import type { FaultDetail } from '../../kernel/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import { type Edition, type Status, statuses } from './edition.ts';
import { unreadable } from './faults.ts';
import { classesUnder, type Industries } from './industry.ts';

/** A part of something, of which only bounds may be known. Both are in 0 to 1. */
export type Part = { readonly low: number; readonly high: number };
export const WHOLE: Part = { low: 1, high: 1 };
/** What a "*" says: part of the class belongs here, and nobody has said how much. */
export const UNKNOWN: Part = { low: 0, high: 1 };

export type Target = {
  readonly to: string;
  readonly part: Part;
  readonly status: Status;
  readonly note: string;
};

/**
 * From classes of the base edition to those of another. `partition`: each class goes to exactly one
 * target, the row of the deepest code decides. `selection`: a class may go nowhere, in part, or to
 * several targets.
 */
export type Crosswalk = {
  readonly edition: Edition;
  readonly kind: 'partition' | 'selection';
  /** By class of the lowest level; a class that goes nowhere is not there. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;
};

type Row = Target & { readonly row: number; readonly from: string };
type Find = (row: number, zh: string, en: string) => void;

const HEADS = ['from', 'to', 'part', 'status', 'note'];

/**
 * Reads `from, to` and any of `part`, `status`, `note`. `part` is empty for the whole class, `*`
 * for a part that is not known, a number in 0 to 1, or two of them as `0.2-0.4`. A row for a group
 * holds for every class under it; a row for a class under that overrides it.
 * @throws classification.list_unreadable with each row that names no class of the base, is doubled,
 *   gives away more than the whole class, or (of a partition) leaves a class out
 */
export function readCrosswalk(
  text: string,
  about: { edition: Edition; kind: Crosswalk['kind']; base: Industries; file?: string },
): Crosswalk {
  const { edition, kind, base, file = `${edition.id}.csv` } = about;
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find: Find = (row, zh, en) => errors.push({ path: `${file}:${row}`, zh, en });
  for (const head of ['from', 'to'].filter((one) => !heads.includes(one))) {
    find(1, `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  for (const head of heads.filter((one) => !HEADS.includes(one))) {
    find(1, `不认识“${head}”列。`, `The column "${head}" is not known: ${HEADS.join(', ')}.`);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  const rows = records.flatMap(({ row, cells }) => {
    const cell = (head: string) => cells[heads.indexOf(head)] ?? '';
    return rowOf(row, cell, base, find) ?? [];
  });
  checkDoubled(rows, kind, find);
  const targets = expand(rows, base);
  checkTargets(targets, { kind, base, rows, find });
  if (errors.length > 0) throw unreadable(file, errors);
  return { edition, kind, targets };
}

function rowOf(
  row: number,
  cell: (head: string) => string,
  base: Industries,
  find: Find,
): Row | null {
  const from = cell('from');
  if (!base.byCode.has(from)) {
    const zh = `${base.edition.document} 没有代码“${from}”，请核对版本。`;
    find(row, zh, `${base.edition.document} has no code "${from}": is it of another edition?`);
    return null;
  }
  const to = cell('to');
  if (to === '') find(row, '没有填写归入的类目(to)。', 'The target (to) is empty.');
  const part = partOf(cell('part'));
  if (!part) {
    const zh = `“${cell('part')}”不是份额：留空为全部，* 为部分，或填 0 至 1 的数，如 0.3、0.2-0.4。`;
    find(row, zh, `"${cell('part')}" is no part: leave it empty, or write *, 0.3 or 0.2-0.4.`);
  }
  const written = cell('status') === '' ? 'unverified' : cell('status');
  const status = statuses.find((one) => one === written);
  if (!status) {
    const zh = `来源状态“${written}”应为 ${statuses.join('、')}。`;
    find(row, zh, `The status "${written}" is none of ${statuses.join(', ')}.`);
  }
  if (!part || !status || to === '') return null;
  return { row, from, to, part, status, note: cell('note') };
}

function partOf(text: string): Part | null {
  if (text === '') return WHOLE;
  if (text === '*') return UNKNOWN;
  const [, first, last] = /^(\d(?:\.\d+)?)(?:-(\d(?:\.\d+)?))?$/.exec(text) ?? [];
  if (first === undefined) return null;
  const part = { low: Number(first), high: Number(last ?? first) };
  return part.low <= part.high && part.high <= 1 ? part : null;
}

function checkDoubled(rows: readonly Row[], kind: Crosswalk['kind'], find: Find): void {
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const key = kind === 'partition' ? row.from : `${row.from} ${row.to}`;
    const before = seen.get(key);
    if (before) {
      const zh = `${row.from} 已在第 ${before.row} 行归入 ${before.to}。`;
      find(row.row, zh, `${row.from} goes to ${before.to} in row ${before.row} already.`);
    }
    seen.set(key, row);
  }
}

/** Rows of the deepest code first: what is said of a class overrides what is said of its group. */
function expand(rows: readonly Row[], base: Industries): Map<string, Row[]> {
  const targets = new Map<string, Row[]>();
  const depth = (code: string) => base.byCode.get(code)?.level ?? 0;
  const decided = new Map<string, number>();
  for (const row of rows.toSorted((one, other) => depth(other.from) - depth(one.from))) {
    for (const { code } of classesUnder(base, row.from)) {
      const level = decided.get(code) ?? depth(row.from);
      if (level !== depth(row.from)) continue;
      decided.set(code, level);
      targets.set(code, [...(targets.get(code) ?? []), row]);
    }
  }
  return targets;
}

function checkTargets(
  targets: ReadonlyMap<string, readonly Row[]>,
  {
    kind,
    base,
    rows,
    find,
  }: { base: Industries; rows: readonly Row[]; find: Find } & {
    kind: Crosswalk['kind'];
  },
): void {
  for (const [code, to] of targets) {
    const least = to.reduce((sum, one) => sum + one.part.low, 0);
    // Parts are written with a few decimals: 0.1 + 0.2 + 0.7 is not more than the whole.
    if (least <= 1 + 1e-9) continue;
    const at = to.at(-1) as Row;
    const zh = `${code} 分给各类目的份额合计至少 ${least}，超过整体。`;
    find(at.row, zh, `The parts of ${code} add up to ${least} at least: more than the whole.`);
  }
  if (kind === 'selection') return;
  for (const row of rows.filter((one) => one.part.low < 1)) {
    find(row.row, '完全划分不能只归入一部分。', 'Of a partition, no class belongs in part.');
  }
  const left = base.classes.filter(({ code }) => !targets.has(code));
  if (left.length === 0) return;
  const named = left.slice(0, 5).map(({ code }) => code);
  const zh = `有 ${left.length} 个小类没有归入任何类目，如 ${named.join('、')}。`;
  find(1, zh, `${left.length} classes go nowhere, ${named.join(', ')} among them.`);
}
