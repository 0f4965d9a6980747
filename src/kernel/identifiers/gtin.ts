import { hasGs1CheckDigit } from './gs1.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

const LENGTHS = [8, 12, 13, 14];

/**
 * Global Trade Item Number of any length, as the 14 digits under which it is stored: leading
 * zeros do not change the check digit, and one item must not have two names.
 */
export function parseGtin(text: string): Parsed<string> {
  const gtin = text.replace(/[\s-]/g, '');
  if (!/^[0-9]+$/.test(gtin) || !LENGTHS.includes(gtin.length)) {
    return refused('商品条码(GTIN)应为8、12、13或14位数字。', 'A GTIN has 8, 12, 13 or 14 digits.');
  }
  if (!hasGs1CheckDigit(gtin)) {
    return refused('商品条码(GTIN)的校验位不符。', 'The check digit of the GTIN does not match.');
  }
  return accepted(gtin.padStart(14, '0'));
}
