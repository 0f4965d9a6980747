import { accepted, type Parsed, refused } from './parsed.ts';

/** A 统一社会信用代码 taken apart (GB 32100-2015, clause 4). */
export type Uscc = {
  /** All 18 characters, upper case. */
  code: string;
  /** 登记管理部门代码: 9 market regulation, 5 civil affairs, N agriculture, 1 organs … */
  registry: string;
  /** 机构类别代码, read together with the registry: 91 firm, 92 sole trader, 93 co-operative. */
  kind: string;
  /** 行政区划码, GB/T 2260. */
  region: string;
  /** 主体标识码, the nine characters of GB 11714 with their own check character. */
  organisation: string;
  /** A sole trader (个体工商户) is a person before the law on personal data. */
  is_sole_trader: boolean;
};

// I, O, S, V and Z are left out so that nobody reads 1, 0, 5, U or 2 for them.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

// Registry and kind may be letters: collective economic organisations of villages start with N1,
// N2, N3. Only the region is digits throughout.
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{8}[0-9X][0-9A-HJ-NPQRTUWXY]$/;

/** Reads a code as people type it: spaces and hyphens are dropped, lower case is raised. */
export function parseUscc(text: string): Parsed<Uscc> {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  if (code.length !== 18) {
    return refused(
      `统一社会信用代码应为18位，现为${code.length}位。`,
      `A unified social credit code has 18 characters; this has ${code.length}.`,
    );
  }
  if (!FORM.test(code)) {
    return refused(
      '统一社会信用代码含有不允许的字符（不使用 I、O、S、V、Z，第3至8位为数字）。',
      'The code holds a character that is not allowed (no I, O, S, V, Z; places 3–8 are digits).',
    );
  }
  if (organisationCheck(code.slice(8, 16)) !== code[16]) {
    return refused(
      '主体标识码（第9至17位）的校验位不符（GB 11714）。',
      'The check character of places 9–17 does not match (GB 11714).',
    );
  }
  if (finalCheck(code.slice(0, 17)) !== code[17]) {
    return refused(
      '统一社会信用代码的校验位（第18位）不符（GB 32100）。',
      'The check character in place 18 does not match (GB 32100).',
    );
  }
  return accepted({
    code,
    registry: code.slice(0, 1),
    kind: code.slice(1, 2),
    region: code.slice(2, 8),
    organisation: code.slice(8, 17),
    is_sole_trader: code.startsWith('92'),
  });
}

/**
 * A valid code from its 16 characters without checks: registry, kind, region, organisation number.
 * For demo chains and tests, which need firms that exist nowhere.
 */
export function completeUscc(withoutChecks: string): string {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{8}$/.test(withoutChecks)) {
    throw new RangeError('16 characters of GB 32100 are needed: registry to organisation number');
  }
  const first17 = withoutChecks + organisationCheck(withoutChecks.slice(8));
  return first17 + finalCheck(first17);
}

/** GB 11714: 11 − Σ(value × weight) mod 11, where 10 is written X and 11 is written 0. */
function organisationCheck(number: string): string {
  const check = 11 - (weightedSum(number, ORGANISATION_ALPHABET, ORGANISATION_WEIGHTS) % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

/** GB 32100: 31 − Σ(value × 3^(i−1)) mod 31, where 31 is written 0. */
function finalCheck(first17: string): string {
  const check = (31 - (weightedSum(first17, ALPHABET, WEIGHTS) % 31)) % 31;
  return ALPHABET.charAt(check);
}

function weightedSum(text: string, alphabet: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + alphabet.indexOf(text.charAt(at)) * weight, 0);
}
