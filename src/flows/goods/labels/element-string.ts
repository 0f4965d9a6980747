import {
  accepted,
  type Bilingual,
  Decimal,
  isCalendarDay,
  type Parsed,
  parseGtin,
  refused,
} from '../../../kernel/index.ts';
import { readIdentity } from '../epcis/identity/identity.ts';
import { checkIdentity, type Gs1Identity } from '../epcis/identity/keys.ts';

/** One element: an application identifier with its data (GS1 General Specifications, section 3). */
export type Element = { readonly ai: string; readonly value: string };

/** What a label says of an item beside what identifies it. Dates are `2026-03-02`. */
export type Attributes = {
  /** AI 11 */
  readonly produced_on?: string;
  /** AI 15 */
  readonly best_before?: string;
  /** AI 17 */
  readonly expires_on?: string;
  /** AI 310n: net weight of a variable measure item in kilograms, at most 6 digits, 5 decimals. */
  readonly net_kg?: string;
  /** AI 02 and 37: the trade items in a logistic unit, and how many; with an SSCC alone. */
  readonly content?: { readonly gtin: string; readonly count: number };
  /** AI 10 of the content of a logistic unit; a trade item has its lot in its identity. */
  readonly content_lot?: string;
};

// Figure 7.11-1 without the parentheses, which the text of a symbol is divided by.
const LOT = /^[!"%&'*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;

/**
 * The elements of a label in the order in which they are encoded, checked: the identity by its key,
 * then attributes that belong to such a key (GS1 General Specifications, 4.13).
 *
 * @param item an EPC URN, a Digital Link or the canonical identity of an item
 */
export function elementsOf(item: string, attributes: Attributes = {}): Parsed<Element[]> {
  const identity = readIdentity(item);
  if (identity === undefined) {
    return refused(
      '这个标识不含 GS1 编码，不能制成标签。',
      'There is no GS1 key in this identifier.',
    );
  }
  if (!identity.ok) return identity;
  const fault = checkIdentity(identity.value) ?? faultOf(identity.value, attributes);
  if (fault !== undefined) return refused(fault.zh, fault.en);
  const { key, value, qualifiers } = identity.value;
  const own = [{ ai: key, value }, ...qualifiers.map(([ai, text]) => ({ ai, value: text }))];
  const bad = own.find((element) => /[()]/.test(element.value));
  if (bad !== undefined) {
    return refused(
      `(${bad.ai}) 中的括号不能印成条码。`,
      `Parentheses in (${bad.ai}) cannot be encoded.`,
    );
  }
  return accepted([...own, ...attributeElements(attributes)]);
}

function faultOf({ key }: Gs1Identity, given: Attributes): Bilingual | undefined {
  const { produced_on, best_before, expires_on, net_kg, content, content_lot } = given;
  const dates = [produced_on, best_before, expires_on].filter((date) => date !== undefined);
  const isTradeItem = key === '01' || key === '8006';
  const isUnit = key === '00';
  if (!isTradeItem && dates.length > 0 && content === undefined) {
    return {
      zh: '日期只能与商品(01)或装运内容(02)同用。',
      en: 'Dates go with a trade item (01) or with contained items (02).',
    };
  }
  if (dates.some((date) => !isCalendarDay(date))) {
    return { zh: '没有这一天。', en: 'There is no such day.' };
  }
  if (net_kg !== undefined && (key !== '01' || kilograms(net_kg) === undefined)) {
    return {
      zh: '净重(310n)用于商品(01)，以千克计，至多6位数字、5位小数。',
      en: 'A net weight (310n) goes with a trade item (01): kg, at most 6 digits and 5 decimals.',
    };
  }
  if (!isUnit && (content !== undefined || content_lot !== undefined)) {
    return {
      zh: '内含商品(02、37)只能与物流单元(00)同用。',
      en: 'Contained items (02, 37) go with a logistic unit (00).',
    };
  }
  return content === undefined && content_lot === undefined
    ? undefined
    : contentFault(content, content_lot);
}

function contentFault(content: Attributes['content'], lot?: string): Bilingual | undefined {
  if (content === undefined) {
    return { zh: '批号(10)须与内含商品(02)同用。', en: 'The lot (10) needs contained items (02).' };
  }
  const gtin = parseGtin(content.gtin);
  if (!gtin.ok) return gtin.reason;
  const { count } = content;
  if (!Number.isInteger(count) || count < 1 || count > 99_999_999) {
    return { zh: '数量(37)应为1至99999999。', en: 'The count (37) is from 1 to 99999999.' };
  }
  if (lot !== undefined && !LOT.test(lot)) {
    return {
      zh: '批号(10)至多20位，只用 GS1 字符集82中的字符，不含括号。',
      en: 'A lot (10) has at most 20 characters of GS1 set 82, without parentheses.',
    };
  }
  return undefined;
}

function attributeElements(given: Attributes): Element[] {
  const { produced_on, best_before, expires_on, net_kg, content, content_lot } = given;
  const elements: Element[] = [];
  const gtin = content && parseGtin(content.gtin);
  if (gtin?.ok) elements.push({ ai: '02', value: gtin.value });
  const dates = { '11': produced_on, '15': best_before, '17': expires_on };
  for (const [ai, date] of Object.entries(dates)) {
    if (date !== undefined) elements.push({ ai, value: date.slice(2).replaceAll('-', '') });
  }
  const weight = net_kg === undefined ? undefined : kilograms(net_kg);
  if (weight) elements.push(weight);
  // What has no fixed length comes last, so that fewer separators are needed (7.8).
  if (content) elements.push({ ai: '37', value: String(content.count) });
  if (content_lot !== undefined) elements.push({ ai: '10', value: content_lot });
  return elements;
}

function kilograms(text: string): Element | undefined {
  if (!/^[0-9]{1,6}(\.[0-9]{1,5})?$/.test(text)) return undefined;
  const weight = new Decimal(text);
  const decimals = weight.decimalPlaces();
  const digits = weight.times(new Decimal(10).pow(decimals)).toFixed(0);
  if (digits.length > 6 || weight.isZero()) return undefined;
  return { ai: `310${decimals}`, value: digits.padStart(6, '0') };
}

/** The human readable interpretation: identifiers in parentheses (General Specifications, 4.14). */
export const readable = (elements: readonly Element[]): string =>
  elements.map(({ ai, value }) => `(${ai})${value}`).join('');
