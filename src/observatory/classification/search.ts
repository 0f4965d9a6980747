import { type Industries, type Industry, industriesOn, readOwnTable } from './industry.ts';

/** A class that a phrase may mean, with why. */
export type Match = {
  readonly code: string;
  readonly name: string;
  readonly section: string;
  /** 0 to 1: how much of the phrase the words of the class cover, and the reverse. */
  readonly score: number;
  /** The words of the class that it was found by: its own name, or one that is in use for it. */
  readonly by: string;
};

export type Found = {
  readonly phrase: string;
  /**
   * `clear`: one class stands out. `several`: some fit. `none`: nothing fits well enough; the
   * nearest ones are still shown, and the phrase belongs in the queue of what is undecided.
   */
  readonly verdict: 'clear' | 'several' | 'none';
  readonly matches: readonly Match[];
};

// Tried on the phrases of search.test.ts: between these, people and the search agreed best.
const CLEAR = 0.6;
const LEAD = 1.15;
const FITS = 0.3;
/** Of the two sides that are weighed, what was asked counts more than what else a name says. */
const ASKED = 0.7;
/** "Other …" classes take what no class of its own has, so that a named one comes first. */
const REMAINDER = 0.9;
/** The names above a class speak for it, and less than its own. */
const ABOVE = 0.5;
const GROUP = 0.8;
/**
 * Who repairs what a division makes: groups 431 to 436 follow divisions 33 to 40 in their order.
 * Motor vehicles (36) are repaired in 811.
 */
const REPAIRED_IN: Readonly<Record<string, string>> = {
  '33': '4310',
  '34': '4320',
  '35': '4330',
  '36': '8111',
  '38': '4350',
  '40': '4360',
};
/** What is done with a thing, as people say it and as the standard does. */
const ACTIVITIES: readonly (readonly [said: RegExp, named: RegExp])[] = [
  [/生产|制造|加工|厂/, /制造|加工|生产|制品业/],
  [/卖|售|店|批发|经销/, /批发|零售|销售/],
  [/修|维保|保养|维护/, /修理|维护|维修/],
  [/租/, /租|出租/],
  [/安装|施工|装修/, /安装|施工|装饰|工程建筑/],
  [/设计/, /设计/],
  [/运输|运送|货运|客运|拉货|配送|物流/, /运输|客运|货运|配送/],
  [/种/, /种植|种子|育/],
  [/养/, /饲养|养殖/],
  [/回收/, /回收/],
];
/** Of a class of another activity than was asked for, however much of the thing it names. */
const OTHER_ACTIVITY = 0.55;
const REPAIR = /维修|维保|修理|检修|保养|维护|大修|修$/;
/** So many ways to say a phrase are tried: one that is made of such words has hundreds. */
const MOST_READINGS = 8;

type Entry = { words: string; grams: ReadonlySet<string>; weight: number; factor: number };
type Asked = {
  phrase: string;
  asked: ReadonlySet<string>;
  weight: number;
  rarity(gram: string): number;
};
type Indexed = { industry: Industry; own: Entry[]; above: ReadonlySet<string> };
type Index = { entries: readonly Indexed[]; rarity: (gram: string) => number };

/** Pieces of one and two characters: Chinese has no spaces to cut words at. */
function gramsOf(text: string): Set<string> {
  const grams = new Set<string>();
  for (const run of text.split(/[^\p{L}\p{N}]+/u)) {
    const signs = [...run];
    for (let size = 1; size <= 2; size++) {
      for (let at = 0; at + size <= signs.length; at++) {
        grams.add(signs.slice(at, at + size).join(''));
      }
    }
  }
  return grams;
}

const indexes = new WeakMap<Industries, Index>();

function indexOf(all: Industries): Index {
  const known = indexes.get(all);
  if (known) return known;
  const phrases = Map.groupBy(readOwnTable('phrases.csv'), (row) => row.code ?? '');
  const often = new Map<string, number>();
  const texts = all.classes.map((industry) => {
    const named = [industry.name, ...(phrases.get(industry.code) ?? []).map((p) => p.phrase ?? '')];
    const group = all.byCode.get(industry.code.slice(0, 3))?.name ?? '';
    const division = all.byCode.get(industry.code.slice(0, 2))?.name ?? '';
    const above = gramsOf(`${group} ${division} ${all.byCode.get(industry.section)?.name}`);
    for (const gram of gramsOf(named.join(' '))) often.set(gram, (often.get(gram) ?? 0) + 1);
    return { industry, named, group, above };
  });
  const count = texts.length;
  // Longer pieces say more than their characters by themselves do.
  const rarity = (gram: string) =>
    Math.log(1 + count / (1 + (often.get(gram) ?? 0))) * ([...gram].length * 2 - 1);
  const entryOf = (words: string, factor: number): Entry => {
    const grams = gramsOf(words);
    return { words, grams, weight: sum(grams, rarity), factor };
  };
  const entries = texts.map(({ industry, named, group, above }) => ({
    industry,
    above,
    own: [...named.map((words) => entryOf(words, 1)), entryOf(group, GROUP)],
  }));
  const made = { entries, rarity };
  indexes.set(all, made);
  return made;
}

function sum(grams: Iterable<string>, rarity: (gram: string) => number): number {
  let all = 0;
  for (const gram of grams) all += rarity(gram);
  return all;
}

let sameWords: readonly Record<string, string>[] | null = null;

/** The phrase as written, and as the standard would say it. */
function readingsOf(phrase: string): string[] {
  sameWords ??= readOwnTable('same-words.csv');
  const swaps = sameWords.filter(({ word = '' }) => phrase.includes(word));
  const longest = swaps.toSorted(
    (one, other) => (other.word ?? '').length - (one.word ?? '').length,
  );
  const said = longest.flatMap(({ word = '', means = '' }) =>
    means.split(' ').map((one) => phrase.replace(word, one)),
  );
  const all = longest.reduce(
    (text, { word = '', means = '' }) => text.replace(word, means.split(' ')[0] ?? word),
    phrase,
  );
  return [...new Set([phrase, all, ...said])].slice(0, MOST_READINGS);
}

/**
 * Finds the classes of the lowest level that a plain Chinese phrase may mean, best first. Only
 * names are compared; what the notes of the standard include and exclude is for a person to read.
 */
export function findIndustry(phrase: string, all: Industries = industriesOn(), most = 8): Found {
  const index = indexOf(all);
  const best = new Map<string, Match>();
  for (const reading of readingsOf(phrase.trim())) {
    const asked = gramsOf(reading);
    const weight = sum(asked, index.rarity);
    if (weight === 0) continue;
    for (const entry of index.entries) {
      const match = scored(entry, { phrase, asked, weight, rarity: index.rarity });
      const before = best.get(entry.industry.code);
      if (match && (!before || match.score > before.score)) best.set(entry.industry.code, match);
    }
  }
  for (const match of repairers(phrase, best, all)) {
    const before = best.get(match.code);
    if (!before || match.score > before.score) best.set(match.code, match);
  }
  const matches = [...best.values()]
    .toSorted((one, other) => other.score - one.score || one.code.localeCompare(other.code))
    .slice(0, most);
  return { phrase, verdict: verdictOf(matches), matches };
}

/** The repair of a thing, found by who makes it: no class of repair names a boiler or a lift. */
function repairers(phrase: string, found: ReadonlyMap<string, Match>, all: Industries): Match[] {
  if (!REPAIR.test(phrase)) return [];
  const thing = phrase.replace(REPAIR, '').trim();
  if (thing === '' || REPAIR.test(thing)) return [];
  const makers = findIndustry(thing, all, 40).matches.filter(({ section }) => section === 'C');
  return makers.slice(0, 3).flatMap(({ code, score, name }) => {
    const repairer = all.byCode.get(REPAIRED_IN[code.slice(0, 2)] ?? '');
    if (!repairer || found.get(repairer.code)?.score === 1) return [];
    const { code: to, name: title, section } = repairer;
    return [{ code: to, name: title, section, score, by: `${name} → ${title}` }];
  });
}

function scored(
  { industry, own, above }: Indexed,
  { phrase, asked, weight, rarity }: Asked,
): Match | null {
  let match: Match | null = null;
  for (const { words, grams, weight: whole, factor } of own) {
    const shared = [...asked].filter((gram) => grams.has(gram));
    if (shared.length === 0) continue;
    const met = sum(shared, rarity);
    const rest = [...asked].filter((gram) => !grams.has(gram) && above.has(gram));
    const covered = (met + ABOVE * sum(rest, rarity)) / weight;
    const told = met / whole;
    const isRemainder = industry.name.startsWith('其他') || industry.name.includes('未列明');
    const both = covered ** ASKED * told ** (1 - ASKED);
    // Words that are in use for a class are whole by themselves: they say the activity too.
    const isOther = !words.includes(phrase) && doesOther(phrase, industry.name);
    const score = both * factor * (isRemainder ? REMAINDER : 1) * (isOther ? OTHER_ACTIVITY : 1);
    if (match && match.score >= score) continue;
    const { code, name, section } = industry;
    match = { code, name, section, score: Number(score.toFixed(4)), by: words };
  }
  return match;
}

function doesOther(phrase: string, name: string): boolean {
  const asked = ACTIVITIES.filter(([said]) => said.test(phrase));
  if (asked.length === 0 || asked.some(([, named]) => named.test(name))) return false;
  return ACTIVITIES.some(([, named]) => named.test(name));
}

function verdictOf([first, second]: readonly Match[]): Found['verdict'] {
  if (!first || first.score < FITS) return 'none';
  const leads = !second || first.score >= LEAD * second.score;
  return first.score >= CLEAR && leads ? 'clear' : 'several';
}
