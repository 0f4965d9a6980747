import { UNITS } from '../../../../src/kernel/units-table.ts';
import { type Language, LOCALES } from '../i18n/language.ts';

const unitByCode = new Map(UNITS.map((unit) => [unit.code, unit]));
const formatters = new Map<string, Intl.NumberFormat>();

/** '1200', 'CT' is '1,200 箱' or '1,200 cartons'. An unknown code is shown as it is. */
export function formatQuantity(quantity: string, unit: string, language: Language): string {
  return `${formatDecimal(quantity, language)}\u00A0${unitLabel(unit, quantity, language)}`;
}

/** The word or sign behind a number: 箱, kg; in English a package is a word, with its plural. */
export function unitLabel(code: string, quantity: string, language: Language): string {
  // Rec 20 writes a package of Rec 21 with an X before it; many sheets leave the X out.
  const unit = unitByCode.get(code) ?? unitByCode.get(`X${code}`);
  if (!unit) return code;
  if (language === 'zh') return unit.symbol;
  if (unit.dimension !== 'package' && unit.dimension !== 'count') return unit.symbol;
  if (code === 'C62') return 'pcs';
  return quantity === '1' ? unit.name.en : plural(unit.name.en);
}

/**
 * A decimal string with grouping. Without `decimals` it keeps as many as it has (at most 6).
 * The string goes to Intl undivided, which formats it exactly.
 */
export function formatDecimal(value: string, language: Language, decimals?: number): string {
  const key = `${language}:${decimals ?? ''}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(
      LOCALES[language],
      decimals === undefined
        ? { maximumFractionDigits: 6 }
        : { minimumFractionDigits: decimals, maximumFractionDigits: decimals },
    );
    formatters.set(key, formatter);
  }
  return formatter.format(value as Intl.StringNumericLiteral);
}

/** A unit price: at least the decimals that people expect, and more where it has more. */
export function formatPrice(value: string, language: Language): string {
  const own = value.replace(/0+$/, '').split('.')[1]?.length ?? 0;
  return formatDecimal(value, language, Math.max(2, own));
}

/** A share between 0 and 1: '0.967' is '96.7 %'. */
export function formatShare(share: string | number, language: Language): string {
  const percent = (Number(share) * 100).toFixed(1).replace(/\.0$/, '');
  return `${formatDecimal(percent, language)}\u00A0%`;
}

function plural(word: string): string {
  if (/(?:s|x|ch|sh)$/.test(word)) return `${word}es`;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}
