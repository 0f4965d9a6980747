import { isCalendarDay, isCurrency } from '../../../kernel/index.ts';
import { isUnitCode } from './codes.ts';
import { attribute, isElement, type XmlElement } from './tree.ts';

/**
 * What a basic element may say, by the representation term at the end of its name (UBL 2 Naming
 * and Design Rules; CCTS 2.01 §8): an `…Amount` is a decimal with a currency, a `…Date` a day.
 */
type Complaint = { zh: string; en: string };
type Check = (value: string, element: XmlElement) => Complaint | undefined;

const DECIMAL = /^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})$/;
const DATE = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

function complain(zh: string, en: string): Complaint {
  return { zh, en };
}

/** A decimal of XML Schema: no exponent, no grouping, no blank; here of at most 30 digits. */
export function isDecimal(value: string): boolean {
  return DECIMAL.test(value);
}

function decimal(value: string): Complaint | undefined {
  if (isDecimal(value)) return undefined;
  return complain(`“${value}”不是十进制数。`, `"${value}" is not a decimal number.`);
}

/** A number and the currency that it is in. */
const amount: Check = (value, element) => {
  const currency = attribute(element, 'currencyID');
  if (currency === undefined) {
    return complain('金额缺少 currencyID 属性。', 'An amount needs the attribute currencyID.');
  }
  if (!isCurrency(currency)) {
    return complain(
      `货币代码 ${currency} 不在 ISO 4217 中。`,
      `The currency ${currency} is not in ISO 4217.`,
    );
  }
  return decimal(value);
};

/** A number; UBL does not demand a unit, but one that is given has to be one. */
const quantity: Check = (value, element) => {
  const unit = attribute(element, 'unitCode');
  if (unit !== undefined && !isUnitCode(unit)) {
    return complain(
      `计量单位代码 ${unit} 不是 UN/ECE 第20号或第21号建议的代码。`,
      `The unit ${unit} is not a code of UN/ECE Recommendation 20 or 21.`,
    );
  }
  return decimal(value);
};

/** A day that exists. XML Schema lets it carry a zone, which Peppol then refuses (COMMON-R030). */
const date: Check = (value) =>
  isCalendarDay(DATE.exec(value)?.[1] ?? '')
    ? undefined
    : complain(`“${value}”不是 YYYY-MM-DD 日期。`, `"${value}" is not a date YYYY-MM-DD.`);

const time: Check = (value) =>
  TIME.test(value)
    ? undefined
    : complain(`“${value}”不是 hh:mm:ss 时间。`, `"${value}" is not a time hh:mm:ss.`);

const indicator: Check = (value) =>
  /^(true|false|1|0)$/.test(value)
    ? undefined
    : complain(`“${value}”应为 true 或 false。`, `"${value}" should be true or false.`);

const binary: Check = (value) =>
  /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)
    ? undefined
    : complain('附件不是 base64 编码。', 'The attachment is not in base64.');

/** The ends of names that say what a value is; other elements are free text. */
const TERMS: readonly [ending: RegExp, check: Check][] = [
  [/Amount$/, amount],
  [/(Quantity|Measure)$/, quantity],
  [/Date$/, date],
  [/Time$/, time],
  [/Indicator$/, indicator],
  [/(Percent|Numeric|Rate)$/, decimal],
  [/BinaryObject$/, binary],
];
/** A name or a note may be empty in the wild; a number, a code or a date may not. */
const NEVER_EMPTY = /(ID|Code|Amount|Quantity|Measure|Date|Time|Indicator|Percent|Numeric|Rate)$/;

/** What is wrong with a `cbc:` element, if anything. */
export function checkValue(element: XmlElement): Complaint | undefined {
  if (element.children.some(isElement)) {
    return complain('基本元素里不能有其他元素。', 'A basic element holds no other element.');
  }
  const value = element.children.join('').trim();
  if (value === '') {
    if (!NEVER_EMPTY.test(element.name)) return undefined;
    return complain('此元素不能为空。', 'This element may not be empty.');
  }
  const term = TERMS.find(([ending]) => ending.test(element.name));
  return term?.[1](value, element);
}
