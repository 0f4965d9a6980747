import type { FormDraftContent } from '../../generated/api.ts';

type Item = FormDraftContent['items'][number];
type Rule = FormDraftContent['rules'][number];

/** What a version of a form says, as far as versions differ. */
export type FormText = Pick<
  FormDraftContent,
  'name' | 'levels' | 'approval' | 'items' | 'rules'
> & {
  asks_per_year: number;
};

export type HeadField = 'name_zh' | 'name_en' | 'levels' | 'asks_per_year' | 'approval';
export type ItemField =
  | 'name_zh'
  | 'name_en'
  | 'kind'
  | 'unit'
  | 'choices'
  | 'is_required'
  | 'takes_interval'
  | 'source'
  | 'prefill';
export type RuleField = 'level' | 'expression' | 'explanation_zh' | 'explanation_en';
export type Field = HeadField | ItemField | RuleField;

export type Difference = { field: Field; before: string; after: string };
/** What became of an item or a rule from one version to the next. */
export type Change = {
  id: string;
  what: 'added' | 'removed' | 'moved' | 'changed';
  differences: Difference[];
  /** Figures before and after do not compare. */
  breaks: boolean;
};
export type Changes = { head: Difference[]; items: Change[]; rules: Change[] };

const DOT = ' · ';
const flag = (value: boolean) => (value ? 'yes' : 'no');

const HEAD: Readonly<Record<HeadField, (form: FormText) => string>> = {
  name_zh: ({ name }) => name.zh,
  name_en: ({ name }) => name.en,
  levels: ({ levels }) => String(levels),
  asks_per_year: ({ asks_per_year }) => String(asks_per_year),
  approval: ({ approval: one }) =>
    one ? [one.table_number, one.issued_by, one.approval_number, one.valid_until].join(DOT) : '',
};

const ITEM: Readonly<Record<ItemField, (item: Item) => string>> = {
  name_zh: ({ name }) => name.zh,
  name_en: ({ name }) => name.en,
  kind: ({ kind }) => kind,
  unit: ({ unit }) => unit ?? '',
  choices: ({ choices }) => choices.map(({ code, name }) => `${code} ${name.zh}`).join(DOT),
  is_required: ({ is_required }) => flag(is_required),
  takes_interval: ({ takes_interval }) => flag(takes_interval),
  source: ({ source }) => (source ? `${source.table}${DOT}${source.item}` : ''),
  prefill: ({ prefill }) => (prefill ? `${prefill.field}${DOT}${prefill.rule}` : ''),
};

const RULE: Readonly<Record<RuleField, (rule: Rule) => string>> = {
  level: ({ level }) => level,
  expression: ({ expression }) => expression,
  explanation_zh: ({ explanation }) => explanation.zh,
  explanation_en: ({ explanation }) => explanation.en,
};

function differences<One>(
  fields: Readonly<Record<string, (one: One) => string>>,
  before: One,
  after: One,
): Difference[] {
  return Object.entries(fields).flatMap(([field, read]) => {
    const [was, is] = [read(before), read(after)];
    return was === is ? [] : [{ field: field as Field, before: was, after: is }];
  });
}

/** Of places in the old order, as they stand now: those that had to move, and as few as may be. */
function movedAmong(places: readonly number[]): Set<number> {
  const longest: number[] = [];
  const comesAfter: (number | null)[] = [];
  for (const [at, place] of places.entries()) {
    let best: number | null = null;
    for (let one = 0; one < at; one++) {
      const isBefore = (places[one] as number) < place;
      if (isBefore && (best === null || (longest[one] ?? 0) > (longest[best] ?? 0))) best = one;
    }
    longest.push(1 + (best === null ? 0 : (longest[best] ?? 0)));
    comesAfter.push(best);
  }
  let at: number | null = longest.indexOf(Math.max(0, ...longest));
  const stayed = new Set<number>();
  while (at !== null && at >= 0) {
    stayed.add(places[at] as number);
    at = comesAfter[at] ?? null;
  }
  return new Set(places.filter((place) => !stayed.has(place)));
}

type Listed<One> = {
  before: readonly One[];
  after: readonly One[];
  idOf: (one: One) => string;
  fields: Readonly<Record<string, (one: One) => string>>;
  breaking: readonly Field[];
};

function changesOf<One>({ before, after, idOf, fields, breaking }: Listed<One>): Change[] {
  const place = new Map(before.map((one, at) => [idOf(one), at]));
  const kept = after.flatMap((one) => place.get(idOf(one)) ?? []);
  const moved = movedAmong(kept);
  const now = after.flatMap((one): Change[] => {
    const id = idOf(one);
    const at = place.get(id);
    if (at === undefined) return [{ id, what: 'added', differences: [], breaks: false }];
    const found = differences(fields, before[at] as One, one);
    const breaks = found.some(({ field }) => breaking.includes(field));
    if (found.length > 0) return [{ id, what: 'changed', differences: found, breaks }];
    return moved.has(at) ? [{ id, what: 'moved', differences: [], breaks: false }] : [];
  });
  const still = new Set(after.map(idOf));
  const gone = before
    .map(idOf)
    .filter((id) => !still.has(id))
    .map((id): Change => {
      return { id, what: 'removed', differences: [], breaks: breaking.length > 0 };
    });
  return [...now, ...gone];
}

/** What differs between two versions of a form; items are the same by code, rules by id. */
export function changesBetween(before: FormText, after: FormText): Changes {
  return {
    head: differences(HEAD, before, after),
    items: changesOf<Item>({
      before: before.items,
      after: after.items,
      idOf: ({ code }) => code,
      fields: ITEM,
      breaking: ['kind', 'unit'],
    }),
    rules: changesOf<Rule>({
      before: before.rules,
      after: after.rules,
      idOf: ({ id }) => id,
      fields: RULE,
      breaking: [],
    }),
  };
}

export const countOf = ({ head, items, rules }: Changes) =>
  head.length + items.length + rules.length;
