import { readFileSync } from 'node:fs';
import { assert } from '../../kernel/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import type { Edition } from './edition.ts';
import { editionOn, getEdition } from './editions.ts';
import { fault } from './faults.ts';

/** 门类 section, 大类 division, 中类 group, 小类 class. */
export type Level = 1 | 2 | 3 | 4;

/** A class of GB/T 4754 at any level: `C`, `29`, `291`, `2911`. */
export type Industry = {
  readonly code: string;
  readonly parent: string | null;
  readonly section: string;
  readonly name: string;
  readonly level: Level;
};

/** One edition of the industrial classification, by code, in the order of the standard. */
export type Industries = {
  readonly edition: Edition;
  readonly byCode: ReadonlyMap<string, Industry>;
  /** The classes of the lowest level, to which everything is sorted in the end. */
  readonly classes: readonly Industry[];
};

/** A row of a list of industries, before it is known which edition it is. */
export type IndustryRow = {
  readonly code: string;
  readonly parent: string | null;
  readonly name: string;
};

/** How many of each level an edition has (2011: 国家统计局; 2017 and its amendment: see README). */
export const counts = {
  'gbt4754-2011': [20, 96, 432, 1094],
  'gbt4754-2017': [20, 97, 473, 1381],
  'gbt4754-2017-xg1': [20, 97, 473, 1382],
} as const;

const file = (name: string) => readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');

function rowsOf(name: string): Record<string, string>[] {
  const { heads, records, errors } = readCsvTable(file(name), name);
  assert(errors.length === 0, `${name} is whole`);
  return records.map(({ cells }) =>
    Object.fromEntries(heads.map((head, at) => [head, cells[at] ?? ''])),
  );
}

export const readOwnTable = rowsOf;

function original(): IndustryRow[] {
  return rowsOf('gbt-4754-2017.csv').map(({ code = '', parent = '', name = '' }) => ({
    code,
    parent: parent === '' ? null : parent,
    name,
  }));
}

/** The edition of 2017 with the amendment laid over it: renamed classes, and new ones in place. */
function amended(): IndustryRow[] {
  const rows = original();
  for (const { change, code = '', parent = '', name = '' } of rowsOf('gbt-4754-2017-xg1.csv')) {
    const at = rows.findIndex((row) => row.code === code);
    if (change === 'rename') {
      assert(at >= 0, `${code} is there to be renamed`);
      rows[at] = { code, parent, name };
      continue;
    }
    assert(change === 'add' && at < 0, `${code} is new`);
    const before = rows.findLastIndex((row) => row.code.startsWith(parent) && row.code < code);
    rows.splice(before + 1, 0, { code, parent, name });
  }
  return rows;
}

/** Builds the tree. Whoever calls has made sure that every parent is there. */
export function industriesOf(edition: Edition, rows: readonly IndustryRow[]): Industries {
  const byCode = new Map<string, Industry>();
  for (const { code, parent, name } of rows) {
    const above = parent === null ? undefined : byCode.get(parent);
    assert(parent === null || above !== undefined, `${code} has its parent ${parent} before it`);
    const section = above?.section ?? code;
    byCode.set(code, { code, parent, section, name, level: levelOf(code) });
  }
  const classes = [...byCode.values()].filter((one) => one.level === 4);
  return { edition, byCode, classes };
}

/** Level by form: a letter, or two to four digits. */
export const levelOf = (code: string): Level => (/^[A-T]$/.test(code) ? 1 : (code.length as Level));

const kept = new Map<string, Industries>();

/**
 * The classification in one edition, whole.
 * @throws classification.edition_unknown for 2011, of which no classes are here
 */
export function industries(id: string): Industries {
  const known = kept.get(id);
  if (known) return known;
  const edition = getEdition(id);
  const whole = { 'gbt4754-2017': original, 'gbt4754-2017-xg1': amended }[edition.id];
  if (!whole) {
    const has = 'gbt4754-2017, gbt4754-2017-xg1';
    throw fault('classification.edition_unknown', { edition: id, known: has });
  }
  const made = industriesOf(edition, whole());
  kept.set(id, made);
  return made;
}

/** The classification that holds on a business day; the newest where no day is given. */
export const industriesOn = (day?: string): Industries =>
  industries(day === undefined ? 'gbt4754-2017-xg1' : editionOn('industry', day).id);

/**
 * What a class of one edition is in another: the same code mostly, and where an amendment moved a
 * code, the new one. Null where the other edition has no such class.
 * @throws classification.class_unknown, classification.edition_unknown
 */
export function recode(code: string, from: string, to: string): string | null {
  getIndustry(industries(from), code);
  industries(to);
  if (from === to) return code;
  const moved = rowsOf('gbt-4754-2017-xg1.csv').filter((row) => row.code !== '');
  if (to === 'gbt4754-2017-xg1') {
    return moved.find((row) => row.was === code)?.code ?? code;
  }
  const row = moved.find((one) => one.code === code);
  return row ? row.was || null : code;
}

/** @throws classification.class_unknown */
export function getIndustry(all: Industries, code: string): Industry {
  const found = all.byCode.get(code);
  if (found) return found;
  throw fault('classification.class_unknown', { edition: all.edition.document, code });
}

/** From the class itself up to its section. */
export function lineage(all: Industries, code: string): Industry[] {
  const up: Industry[] = [];
  for (let at: string | null = code; at !== null; ) {
    const one: Industry = getIndustry(all, at);
    up.push(one);
    at = one.parent;
  }
  return up;
}

/** The classes of the lowest level under a code; the class itself where it is one. */
export function classesUnder(all: Industries, code: string): readonly Industry[] {
  const top = getIndustry(all, code);
  if (top.level === 1) return all.classes.filter((one) => one.section === code);
  return all.classes.filter((one) => one.code.startsWith(code));
}
