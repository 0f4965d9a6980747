import { assert, type Bilingual } from '../../../kernel/index.ts';

/** What is published about one unit under its letters. */
export type PublishedRow = {
  readonly label: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Sentences that come out with the row, in Chinese or English. */
  readonly statements: readonly string[];
};

export type Reidentification = {
  readonly label: string;
  readonly kind: 'unique_combination' | 'rank' | 'only_one' | 'initial';
  /** The attributes with their values, the words of a sentence, or the letters. */
  readonly by: string;
  /** Of a combination: the attributes that it is made of. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** How many fit it; null where a sentence says it of one. */
  readonly fitting: number | null;
  readonly words: Bilingual;
};

export type PseudonymCheck = {
  readonly rows: readonly PublishedRow[];
  /** So many must fit whatever is said of one. */
  readonly k: number;
  /** Names that the letters could stand for, as written in public lists (in Latin letters). */
  readonly candidates?: readonly string[];
};

/** Attributes that are looked at together. */
const TOGETHER = 3;

// 全国城市第16位, 前三名, ranked 16th, top 10: places in a list that anybody can look up.
const RANKS = [
  /第\s*[\d一二三四五六七八九十百]+\s*(?:位|名|大|强)/g,
  /(?:前|百强|top\s*)[\d一二三四五六七八九十]+(?:名|强|位)?/gi,
  /(?:ranked|ranks|rank|number|no\.)\s*\d+(?:st|nd|rd|th)?/gi,
  /\d+(?:st|nd|rd|th)\s+(?:in|among|of|largest|place)/gi,
];
// 全省唯一入选, 全国红枣行业唯一, 首家, 最大: said of one.
const ONLY = [
  /[^，。；,;.\s]{0,8}(?:唯一|独家|首家|首个|第一家|最大的?|最早的?|龙头)[^，。；,;.\s]{0,6}/g,
  /\b(?:the\s+)?(?:only|sole|first|largest|biggest|oldest)\s+[^,.;]{1,40}/gi,
];

/**
 * Finds what says who is behind the letters: combinations of published attributes that fewer than k
 * rows share (k-anonymity, L. Sweeney, 2002; only the smallest such combinations are named), ranks
 * and words such as 唯一 in sentences, and letters that are the initials of few names.
 */
export function findReidentifications(check: PseudonymCheck): Reidentification[] {
  assert(check.k >= 1, 'k counts rows');
  const { rows, k, candidates = [] } = check;
  return [
    ...rareCombinations(rows, k),
    ...rows.flatMap(sentencesOf),
    ...(candidates.length > 0 ? rows.flatMap((row) => initialsOf(row, k, candidates)) : []),
  ];
}

function rareCombinations(rows: readonly PublishedRow[], k: number): Reidentification[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.attributes)))].toSorted();
  const found: Reidentification[] = [];
  const rare = new Map<PublishedRow, string[][]>();
  for (const combination of combinationsOf(names, TOGETHER)) {
    const fitting = new Map<string, PublishedRow[]>();
    for (const row of rows) {
      const key = JSON.stringify(combination.map((name) => row.attributes[name] ?? null));
      fitting.set(key, [...(fitting.get(key) ?? []), row]);
    }
    for (const group of fitting.values()) {
      if (group.length >= k) continue;
      for (const row of group) {
        const known = rare.get(row) ?? [];
        const isImplied = known.some((one) => one.every((name) => combination.includes(name)));
        if (isImplied) continue;
        rare.set(row, [...known, [...combination]]);
        found.push(combinationFound(row, combination, group.length));
      }
    }
  }
  return found;
}

function combinationFound(
  row: PublishedRow,
  combination: readonly string[],
  fitting: number,
): Reidentification {
  const by = combination.map((name) => `${name}=${row.attributes[name] ?? '—'}`).join(', ');
  return {
    label: row.label,
    kind: 'unique_combination',
    by,
    attributes: Object.fromEntries(combination.map((name) => [name, row.attributes[name] ?? ''])),
    fitting,
    words: {
      zh: `符合“${by}”的只有 ${fitting} 个，请合并类别或删去其中一项。`,
      en: `Only ${fitting} fit "${by}": merge classes, or leave one of them out.`,
    },
  };
}

/** Smaller combinations first. */
function combinationsOf(names: readonly string[], most: number): string[][] {
  let last: string[][] = [[]];
  const all: string[][] = [];
  for (let size = 1; size <= Math.min(most, names.length); size++) {
    last = last.flatMap((taken) =>
      names.filter((name) => name > (taken.at(-1) ?? '')).map((name) => [...taken, name]),
    );
    all.push(...last);
  }
  return all;
}

function sentencesOf(row: PublishedRow): Reidentification[] {
  const wordsIn = (patterns: readonly RegExp[], text: string) => [
    ...new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([words]) => words))),
  ];
  return row.statements.flatMap((text) => [
    ...wordsIn(RANKS, text).map((by) => ({
      label: row.label,
      kind: 'rank' as const,
      by,
      fitting: null,
      words: {
        zh: `名次“${by}”在公开榜单上只对应一家，请改为区间或删去。`,
        en: `The rank "${by}" fits one in a public list: give a band, or leave it out.`,
      },
    })),
    ...wordsIn(ONLY, text).map((by) => ({
      label: row.label,
      kind: 'only_one' as const,
      by,
      fitting: null,
      words: {
        zh: `“${by}”只说得上一家，请删去或放宽范围。`,
        en: `"${by}" can be said of one alone: leave it out, or widen it.`,
      },
    })),
  ]);
}

/** Letters that are the initials of fewer than k of the names that could be meant. */
function initialsOf(
  { label }: PublishedRow,
  k: number,
  candidates: readonly string[],
): Reidentification[] {
  const initials = (name: string) =>
    name
      .split(/[\s-]+/)
      .map((word) => word.slice(0, 1))
      .join('')
      .toUpperCase();
  const fitting = candidates.filter((name) =>
    initials(name).startsWith(label.toUpperCase()),
  ).length;
  if (fitting === 0 || fitting >= k) return [];
  return [
    {
      label,
      kind: 'initial',
      by: label,
      fitting,
      words: {
        zh: `以“${label}”为首字母的只有 ${fitting} 个名称，请改用与名称无关的代号。`,
        en: `Only ${fitting} name(s) have the initials "${label}": use letters unrelated to names.`,
      },
    },
  ];
}
