import type { FaultDetail } from '../../kernel/index.ts';
import { readCsvTable } from '../indicator/index.ts';
import { unreadable } from './faults.ts';
import { type Industries, industriesOn } from './industry.ts';
import { findIndustry, type Match } from './search.ts';

/**
 * How something was classified before, by whom and why. A precedent is a fact: it is never changed,
 * a later one of the same phrase stands beside it and counts from its day on.
 */
export type Precedent = {
  readonly phrase: string;
  /** The class that it was put into, of the lowest level. */
  readonly code: string;
  readonly decided_on: string;
  /** Who decided: an office or a firm, never a person. */
  readonly decided_by: string;
  readonly reason: string;
};

/** Something that nobody could classify yet: a new form of business, a name that says nothing. */
export type Undecided = {
  readonly phrase: string;
  readonly why: 'nothing_fits' | 'several_fit' | 'precedents_differ';
  readonly nearest: readonly Match[];
  readonly precedents: readonly (Precedent & { readonly likeness: number })[];
};

export type Classified = {
  readonly phrase: string;
  readonly code: string;
  readonly by: 'precedent' | 'name';
  readonly match: Match | null;
  readonly precedent: Precedent | null;
};

/** From here on two phrases are taken for one kind of business. */
const ALIKE = 0.5;
const SHOWN = 6;

const pairs = (text: string) => {
  const signs = [...text.replace(/[^\p{L}\p{N}]/gu, '')];
  return new Set(signs.slice(1).map((sign, at) => `${signs[at]}${sign}`));
};

/** Dice's coefficient of the pairs of neighbouring characters: 1 for the same words. */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [first, second] = [pairs(one), pairs(other)];
  const shared = [...first].filter((pair) => second.has(pair)).length;
  const both = first.size + second.size;
  return both === 0 ? 0 : (2 * shared) / both;
}

/** Decisions about things that were called much the same, nearest first, then newest. */
export function precedentsOf(
  phrase: string,
  precedents: readonly Precedent[],
): (Precedent & { likeness: number })[] {
  return precedents
    .map((one) => ({ ...one, likeness: likeness(phrase, one.phrase) }))
    .filter((one) => one.likeness >= ALIKE)
    .toSorted(
      (one, other) =>
        other.likeness - one.likeness || other.decided_on.localeCompare(one.decided_on),
    )
    .slice(0, SHOWN);
}

/**
 * Puts a phrase into a class, or into the queue with what helps to decide it. A precedent with the
 * very same words decides, unless another one of those words says otherwise; a name decides where
 * one class stands out. Nothing is ever put into the nearest class because it is the nearest.
 */
export function classify(
  phrase: string,
  precedents: readonly Precedent[] = [],
  all: Industries = industriesOn(),
): Classified | Undecided {
  const found = findIndustry(phrase, all);
  const alike = precedentsOf(phrase, precedents);
  const same = alike.filter((one) => one.likeness === 1);
  const codes = new Set(same.map((one) => one.code));
  const [precedent] = same;
  if (precedent && codes.size === 1) {
    const { likeness: _, ...plain } = precedent;
    return { phrase, code: plain.code, by: 'precedent', match: null, precedent: plain };
  }
  const [match] = found.matches;
  if (codes.size === 0 && found.verdict === 'clear' && match) {
    return { phrase, code: match.code, by: 'name', match, precedent: null };
  }
  const why =
    codes.size > 1
      ? 'precedents_differ'
      : found.verdict === 'none'
        ? 'nothing_fits'
        : 'several_fit';
  return { phrase, why, nearest: found.matches, precedents: alike };
}

export const isUndecided = (one: Classified | Undecided): one is Undecided => 'why' in one;

/**
 * What waits to be decided, each phrase once, the most frequent first.
 * @param phrases as they come in, with as many repeats as there are
 */
export function queueOf(
  phrases: readonly string[],
  precedents: readonly Precedent[] = [],
  all: Industries = industriesOn(),
): (Undecided & { readonly count: number })[] {
  const counts = new Map<string, number>();
  for (const phrase of phrases) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  return [...counts]
    .flatMap(([phrase, count]) => {
      const one = classify(phrase, precedents, all);
      return isUndecided(one) ? [{ ...one, count }] : [];
    })
    .toSorted((one, other) => other.count - one.count || one.phrase.localeCompare(other.phrase));
}

const HEADS = ['phrase', 'code', 'decided_on', 'decided_by', 'reason'];

/**
 * Reads `phrase, code, decided_on, decided_by, reason`. A decision without a reason is none.
 * @throws classification.list_unreadable
 */
export function readPrecedents(
  text: string,
  file = 'precedents.csv',
  all: Industries = industriesOn(),
): Precedent[] {
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find = (row: number, zh: string, en: string) =>
    errors.push({ path: `${file}:${row}`, zh, en });
  for (const head of HEADS.filter((one) => !heads.includes(one))) {
    find(1, `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  const read = records.map(({ row, cells }) => {
    const cell = (head: string) => cells[heads.indexOf(head)] ?? '';
    const [phrase, code, decided_on] = [cell('phrase'), cell('code'), cell('decided_on')];
    if (all.byCode.get(code)?.level !== 4) {
      find(row, `“${code}”不是四位小类代码。`, `"${code}" is no class of four digits.`);
    }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(decided_on)) {
      find(row, '决定日期写作 2026-01-31。', 'Write the day of the decision as 2026-01-31.');
    }
    const [decided_by, reason] = [cell('decided_by'), cell('reason')];
    for (const [head, said] of Object.entries({ phrase, decided_by, reason })) {
      if (said === '') find(row, `没有填写 ${head}。`, `${head} is empty.`);
    }
    return { phrase, code, decided_on, decided_by, reason };
  });
  if (errors.length > 0) throw unreadable(file, errors);
  return read;
}
