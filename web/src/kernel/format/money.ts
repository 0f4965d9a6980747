import { currencyExponent } from '../../../../src/kernel/currencies.ts';
import { type Language, LOCALES } from '../i18n/language.ts';
import { formatDecimal } from './quantity.ts';

const symbols = new Map<string, string>();

/**
 * An amount in minor units as people write it: '48620000', 'CNY' is '¥ 486,200.00', which no line
 * break may part from its sign.
 * The sum goes from digits to digits: a number would lose fen past 90 million million yuan.
 */
export function formatMoney(minor: string, currency: string, language: Language): string {
  return `${currencySymbol(currency, language)}\u00A0${formatMinor(minor, currency, language)}`;
}

/** The same without the currency, for a column whose head names it. */
export function formatMinor(minor: string, currency: string, language: Language): string {
  const exponent = currencyExponent(currency);
  return formatDecimal(minorToDecimal(minor, exponent), language, exponent);
}

/** '48620000' with exponent 2 is '486200.00'. */
export function minorToDecimal(minor: string, exponent: number): string {
  const negative = minor.startsWith('-');
  const digits = (negative ? minor.slice(1) : minor).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent > 0 ? `.${digits.slice(-exponent)}` : '';
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/**
 * What a person typed, in minor units; undefined if it is no amount of the currency (letters, or
 * more decimals than the currency has). Commas and spaces between digits are taken as grouping.
 */
export function parseMoney(typed: string, currency: string): string | undefined {
  const exponent = currencyExponent(currency);
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(typed.replace(/[,\s，]/g, ''));
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  if (fraction.length > exponent) return undefined;
  return `${sign}${BigInt(`${whole}${fraction.padEnd(exponent, '0')}`)}`;
}

export function currencySymbol(currency: string, language: Language): string {
  const key = `${language}:${currency}`;
  let symbol = symbols.get(key);
  if (!symbol) {
    // Both languages write ¥ here; a reader of English sees "CN¥" only from Intl.
    symbol =
      currency === 'CNY'
        ? '¥'
        : (new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency })
            .formatToParts(0)
            .find(({ type }) => type === 'currency')?.value ?? currency);
    symbols.set(key, symbol);
  }
  return symbol;
}

/** The currency in words, for the head of a column: '元' or 'CNY'. */
export function currencyName(currency: string, language: Language): string {
  return currency === 'CNY' && language === 'zh' ? '元' : currency;
}
