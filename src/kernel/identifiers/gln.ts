import { hasGs1CheckDigit } from './gs1.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

/** Global Location Number: 13 digits that name a party or a place. */
export function parseGln(text: string): Parsed<string> {
  const gln = text.replace(/[\s-]/g, '');
  if (!/^[0-9]{13}$/.test(gln)) {
    return refused('全球位置码(GLN)应为13位数字。', 'A GLN has 13 digits.');
  }
  if (!hasGs1CheckDigit(gln)) {
    return refused('全球位置码(GLN)的校验位不符。', 'The check digit of the GLN does not match.');
  }
  return accepted(gln);
}
