import { accepted, type Parsed, refused } from './parsed.ts';

/** A 商品和服务税收分类编码 taken apart. */
export type TaxCode = {
  /** All 19 digits. */
  code: string;
  /** 篇: 1 goods, 2 labour, 3 services, 4 intangibles, 5 real estate, 6 not a taxable sale. */
  part: string;
  /** How deep the code goes, 1 (篇) to 10 (细目); parents are filled up with zeros. */
  level: number;
};

/** Form only: whether a code is in use is for the newest table of the tax administration to say. */
export function parseTaxCode(text: string): Parsed<TaxCode> {
  const code = text.replace(/\s/g, '');
  if (!/^[0-9]{19}$/.test(code)) {
    return refused(
      '商品和服务税收分类编码应为19位数字。',
      'A tax classification code has 19 digits.',
    );
  }
  const part = code.charAt(0);
  if (!/[1-6]/.test(part)) {
    return refused(
      '商品和服务税收分类编码的首位（篇）应为1至6。',
      'The first digit of a tax classification code is 1 to 6.',
    );
  }
  return accepted({ code, part, level: levelOf(code) });
}

/** The code one level up; undefined for a 篇, which has none. */
export function parentTaxCode(code: string): string | undefined {
  const level = levelOf(code);
  if (level === 1) return undefined;
  return code.slice(0, digitsToLevel(level - 1)).padEnd(19, '0');
}

function levelOf(code: string): number {
  let level = 10;
  while (level > 1 && code.slice(digitsToLevel(level - 1), digitsToLevel(level)) === '00') {
    level -= 1;
  }
  return level;
}

// 篇 has one digit, each level below it two.
function digitsToLevel(level: number): number {
  return 2 * level - 1;
}
