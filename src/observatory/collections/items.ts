import type { Bilingual, FaultDetail } from '../../kernel/index.ts';
import { type Bounds, compare, ofDecimal, ofMinor, type Rational } from './expression/rational.ts';
import type { Answers, ReportedValue } from './report-schema.ts';
import type { Item, ItemKind, PrefillField } from './schema.ts';

const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/;
const FIGURES: Partial<Record<ItemKind, RegExp>> = {
  amount: /^-?\d{1,15}$/,
  quantity: DECIMAL,
  count: /^\d{1,15}$/,
  percent: DECIMAL,
};

/** What a person is asked to write instead. */
const WANTED: Readonly<Record<ItemKind, Bilingual>> = {
  amount: { zh: '应为金额（分，整数）。', en: 'Write an amount in whole fen.' },
  quantity: { zh: '应为小数，小数点后至多十位。', en: 'Write a decimal of ten places at most.' },
  count: { zh: '应为不小于零的整数。', en: 'Write a whole number, zero or more.' },
  percent: { zh: '应为百分数，30 即 30%。', en: 'Write per cent: 30 is 30 %.' },
  text: { zh: '应为文字。', en: 'Write some text.' },
  choice: { zh: '应为所列选项之一的代码。', en: 'Give the code of one of the choices.' },
};

/** What the platform fills in has to be of the kind that the item asks for. */
export const kindOfPrefill: Readonly<Record<PrefillField, ItemKind>> = {
  revenue: 'amount',
  service_revenue: 'amount',
  service_share: 'percent',
};

export const isFigure = ({ kind }: Pick<Item, 'kind'>) => FIGURES[kind] !== undefined;
export const takesInterval = (item: Item) =>
  isFigure(item) && (item.takes_interval || item.prefill !== null);

/** A figure for rules: an amount counts in yuan there, and a percentage as it is written. */
const rationalOf = ({ kind }: Item, text: string): Rational =>
  kind === 'amount' ? ofMinor(BigInt(text)) : ofDecimal(text);

export function boundsOfValue(item: Item, value: ReportedValue): Bounds {
  const { low, high } = typeof value === 'string' ? { low: value, high: value } : value;
  return { low: rationalOf(item, low), high: rationalOf(item, high) };
}

function isOfKind({ kind, choices }: Item, text: string): boolean {
  if (kind === 'choice') return choices.some(({ code }) => code === text);
  return FIGURES[kind]?.test(text) ?? /[^\p{C}\p{Z}\p{M}]/u.test(text);
}

/** Why a value is no answer to an item; null where it is one. */
export function refusalOf(item: Item, value: ReportedValue): Bilingual | null {
  const ends = typeof value === 'string' ? [value] : [value.low, value.high];
  if (ends.length > 1 && !takesInterval(item)) {
    return { zh: '这一指标不能填上下限。', en: 'This item takes one value, no bounds.' };
  }
  if (!ends.every((text) => isOfKind(item, text))) return WANTED[item.kind];
  if (typeof value === 'string') return null;
  const { low, high } = boundsOfValue(item, value);
  if (compare(low, high) <= 0) return null;
  return { zh: '下限大于上限。', en: 'The lower bound is above the upper one.' };
}

/** Bounds that are the same are a figure that is known. */
export function plainValue(item: Item, value: ReportedValue): ReportedValue {
  if (typeof value === 'string') return value;
  const { low, high } = boundsOfValue(item, value);
  return compare(low, high) === 0 ? value.low : value;
}

/** What is wrong with answers; `isWhole` also asks for what must not be empty. */
export function answerErrors(
  items: readonly Item[],
  given: Answers,
  isWhole: boolean,
): FaultDetail[] {
  const known = new Set(items.map(({ code }) => code));
  const strange = Object.keys(given)
    .filter((code) => !known.has(code))
    .map((code) => ({
      path: `body/answers/${code}`,
      zh: `调查表没有指标“${code}”。`,
      en: `The form has no item "${code}".`,
    }));
  const wrong = items.flatMap((item): FaultDetail[] => {
    const value = given[item.code];
    const path = `body/answers/${item.code}`;
    if (value === undefined) {
      if (!isWhole || !item.is_required) return [];
      const { zh, en } = item.name;
      return [{ path, zh: `“${zh}”必填。`, en: `"${en}" is required.` }];
    }
    const refusal = refusalOf(item, value);
    return refusal ? [{ path, ...refusal }] : [];
  });
  return [...strange, ...wrong];
}

const bare = (text: string) => text.normalize('NFKC').replaceAll(/\s+/g, '').toLowerCase();

/**
 * What makes two items of different forms the same question: the same field of the same form in
 * use, or else the same thing filled in by the same rule. Null where nothing says what it is.
 */
export function identityOf(item: Item): string | null {
  const measure = `${item.kind} ${item.unit ?? ''}`;
  if (item.source) return `${measure} of ${bare(item.source.table)}|${bare(item.source.item)}`;
  if (item.prefill) return `${measure} by ${item.prefill.field}|${item.prefill.rule}`;
  return null;
}
