import {
  Decimal,
  findUnit,
  isCalendarDay,
  isCurrency,
  listUnits,
  parseGtin,
  parseTaxCode,
} from '../../../kernel/index.ts';

/** What a cell gives: its value in plain form, or what is wrong with it. */
export type CellOutcome = { value: string } | { zh: string; en: string };
export type CellParser = (text: string) => CellOutcome;

/**
 * A column of a sheet: `aliases` are other words that people write over it. A row without a
 * required cell is a bad row; a sheet without a required column is no such sheet.
 */
export type Column<Key extends string = string> = {
  key: Key;
  zh: string;
  en: string;
  aliases: readonly string[];
  required: boolean;
  parse: CellParser;
  sample: string;
};

/** Full-width letters and digits, which Chinese keyboards produce, become ordinary ones. */
function narrow(text: string): string {
  return text.normalize('NFKC').trim();
}

export const text: CellParser = (value) => ({ value: value.trim() });

const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const PLAIN = /^[+-]?\d{1,20}(\.\d{1,10})?$/;

/** A number with or without thousands and a currency sign; no exponent, no percent. */
export const decimal: CellParser = (value) => {
  const bare = narrow(value)
    .replace(/^([+-]?)[¥￥$€]\s*/, '$1')
    .replace(/\s*元$/, '');
  const number = GROUPED.test(bare) ? bare.replaceAll(',', '') : bare;
  if (PLAIN.test(number)) return { value: new Decimal(number).toString() };
  return { zh: `“${value}”不是数字。`, en: `"${value}" is not a number.` };
};

export const notNegative: CellParser = (value) => {
  const parsed = decimal(value);
  if (!('value' in parsed) || !parsed.value.startsWith('-')) return parsed;
  return { zh: '不能为负数。', en: 'It may not be negative.' };
};

export const positive: CellParser = (value) => {
  const parsed = notNegative(value);
  if (!('value' in parsed) || parsed.value !== '0') return parsed;
  return { zh: '应大于零。', en: 'It must be more than zero.' };
};

/** A count of whole things, such as days. */
export const wholeNumber: CellParser = (value) => {
  const parsed = notNegative(value);
  if (!('value' in parsed) || /^\d+$/.test(parsed.value)) return parsed;
  return { zh: '应为整数。', en: 'It must be a whole number.' };
};

/** 2026-03-02, 2026/3/2, 2026.3.2 and 2026年3月2日; the year first, or nobody knows the month. */
const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;

/** A calendar day as YYYY-MM-DD; 20260302 is one too. */
export const day: CellParser = (value) => {
  const typed = narrow(value);
  const [, year, month, date] = DAY.exec(typed) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ?? [];
  const iso = `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`;
  if (isCalendarDay(iso)) return { value: iso };
  return {
    zh: `“${value}”不是日期，例：2026-03-10。`,
    en: `"${value}" is no date, as 2026-03-10.`,
  };
};

/**
 * What people call units, to their code of Recommendation 20. The table's own order decides
 * between two units of one name: the common one stands first, so it is put in last.
 */
const UNIT_WORDS: ReadonlyMap<string, string> = new Map(
  listUnits()
    .toReversed()
    .flatMap(({ code, name, symbol }) =>
      [name.en.toLowerCase(), name.zh, symbol.toLowerCase(), code.toLowerCase()].map(
        (word): [string, string] => [word, code],
      ),
    )
    .concat([
      ['公斤', 'KGM'],
      ['吨', 'TNE'],
    ]),
);

export const unit: CellParser = (value) => {
  const typed = narrow(value);
  const code = findUnit(typed.toUpperCase())?.code ?? UNIT_WORDS.get(typed.toLowerCase());
  if (code !== undefined) return { value: code };
  return {
    zh: `不认识计量单位“${value}”，例：千克、箱、KGM。`,
    en: `The unit "${value}" is not known; write kg, CT or KGM.`,
  };
};

/** A bar code of 8 to 14 digits with a right check digit, as 14 digits. */
export const gtin: CellParser = (value) => {
  const parsed = parseGtin(narrow(value));
  return parsed.ok ? { value: parsed.value } : parsed.reason;
};

export const taxCode: CellParser = (value) => {
  // People leave off the zeros at the end of the 19 digits.
  const parsed = parseTaxCode(narrow(value).padEnd(19, '0'));
  return parsed.ok ? { value: parsed.value.code } : parsed.reason;
};

export const currencyCode: CellParser = (value) => {
  const typed = narrow(value).toUpperCase();
  const code = /^(人民币|RMB|元)$/.test(typed) ? 'CNY' : typed;
  if (isCurrency(code)) return { value: code };
  return { zh: `货币“${value}”不在 ISO 4217 中。`, en: `"${value}" is no ISO 4217 currency.` };
};
