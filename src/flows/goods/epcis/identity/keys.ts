import { type Bilingual, hasGs1CheckDigit } from '../../../../kernel/index.ts';

/** A key of the GS1 system by its application identifier, as it stands in a Digital Link URI. */
export type PrimaryKey =
  | '00'
  | '01'
  | '253'
  | '255'
  | '401'
  | '402'
  | '414'
  | '417'
  | '8003'
  | '8004'
  | '8006'
  | '8010'
  | '8017'
  | '8018';
export type Qualifier = '22' | '10' | '21' | '235' | '254' | '8011' | '8019';

/** Something that GS1 keys identify: `{ key: '01', value: '04012345111118', qualifiers: … }`. */
export type Gs1Identity = {
  key: PrimaryKey;
  /** With its check digit; a GTIN always has 14 digits. */
  value: string;
  /** In the order of the standard, decoded. */
  qualifiers: readonly (readonly [Qualifier, string])[];
};

type KeyRule = {
  name: string;
  form: RegExp;
  /** The place of the check digit, counted from one; null where the key has none. */
  check: number | null;
  /** Where the company prefix begins, counted from zero. */
  prefix_at: number;
  /** What may follow, in this order (GS1 Digital Link URI Syntax 1.2, section 4). */
  qualifiers: readonly Qualifier[];
  zh: string;
  en: string;
};

// The character sets of the GS1 General Specifications, 7.11: figures 7.11-1 (82) and 7.11-2 (39).
const SET_82 = '!"%&\'()*+,\\-./0-9:;<=>?A-Z_a-z';
const SET_39 = '#\\-/0-9A-Z';
const text = (most: number) => new RegExp(`^[${SET_82}]{1,${most}}$`);
const digits = (length: number) => new RegExp(`^[0-9]{${length}}$`);
const exactly = (length: number) => ({ zh: `${length}位数字`, en: `${length} digits` });

/** Lengths and check digits of the GS1 General Specifications, section 3 (by identifier). */
export const KEYS: Readonly<Record<PrimaryKey, KeyRule>> = {
  '00': rule('SSCC', digits(18), 18, 1, [], exactly(18)),
  '01': rule('GTIN', digits(14), 14, 1, ['22', '10', '21', '235'], {
    zh: '8、12、13或14位数字',
    en: '8, 12, 13 or 14 digits',
  }),
  '253': rule('GDTI', new RegExp(`^[0-9]{13}[${SET_82}]{0,17}$`), 13, 0, [], {
    zh: '13位数字，其后序列号至多17位',
    en: '13 digits and a serial of at most 17 characters',
  }),
  '255': rule('GCN', /^[0-9]{13,25}$/, 13, 0, [], {
    zh: '13位数字，其后序列号至多12位数字',
    en: '13 digits and a serial of at most 12 digits',
  }),
  '401': rule('GINC', new RegExp(`^[0-9]{4}[${SET_82}]{1,26}$`), null, 0, [], {
    zh: '以厂商识别代码开头，至多30位',
    en: 'a company prefix and a reference, at most 30 characters',
  }),
  '402': rule('GSIN', digits(17), 17, 0, [], exactly(17)),
  '414': rule('GLN', digits(13), 13, 0, ['254'], exactly(13)),
  '417': rule('PGLN', digits(13), 13, 0, [], exactly(13)),
  '8003': rule('GRAI', new RegExp(`^0[0-9]{13}[${SET_82}]{0,16}$`), 14, 1, [], {
    zh: '0和13位数字，其后序列号至多16位',
    en: 'a 0, 13 digits and a serial of at most 16 characters',
  }),
  '8004': rule('GIAI', new RegExp(`^[0-9]{4}[${SET_82}]{1,26}$`), null, 0, [], {
    zh: '以厂商识别代码开头，至多30位',
    en: 'a company prefix and a reference, at most 30 characters',
  }),
  '8006': rule('ITIP', digits(18), 14, 1, ['22', '10', '21'], {
    zh: 'GTIN 14位、件号2位、总件数2位',
    en: 'a GTIN of 14 digits, the piece and the total, two digits each',
  }),
  '8010': rule('CPID', new RegExp(`^[0-9]{4}[${SET_39}]{1,26}$`), null, 0, ['8011'], {
    zh: '以厂商识别代码开头，至多30位，只用数字、大写字母、#、- 和 /',
    en: 'a company prefix and a reference, at most 30 of digits, capitals, #, - and /',
  }),
  '8017': rule('GSRN-Provider', digits(18), 18, 0, ['8019'], exactly(18)),
  '8018': rule('GSRN-Recipient', digits(18), 18, 0, ['8019'], exactly(18)),
};

const QUALIFIERS: Readonly<Record<Qualifier, { name: string; form: RegExp }>> = {
  '22': { name: 'CPV', form: text(20) },
  '10': { name: 'LOT', form: text(20) },
  '21': { name: 'SERIAL', form: text(20) },
  '235': { name: 'TPX', form: text(28) },
  '254': { name: 'GLN EXTENSION', form: text(20) },
  '8011': { name: 'CPID SERIAL', form: /^(0|[1-9][0-9]{0,11})$/ },
  '8019': { name: 'SRIN', form: /^[0-9]{1,10}$/ },
};

function rule(
  name: string,
  form: RegExp,
  check: number | null,
  prefix_at: number,
  qualifiers: readonly Qualifier[],
  said: Bilingual,
): KeyRule {
  return { name, form, check, prefix_at, qualifiers, ...said };
}

export function isPrimaryKey(text: string): text is PrimaryKey {
  return Object.hasOwn(KEYS, text);
}

/** What is wrong with the form of a key's value: length and characters, not the check digit. */
export function formFault(key: PrimaryKey, value: string): Bilingual | undefined {
  const { name, form, zh, en } = KEYS[key];
  if (form.test(value)) return undefined;
  return { zh: `${name}(${key})应为${zh}。`, en: `A ${name} (${key}) has ${en}.` };
}

export function qualifierFault(qualifier: Qualifier, value: string): Bilingual | undefined {
  const { name, form } = QUALIFIERS[qualifier];
  if (form.test(value)) return undefined;
  return {
    zh: `限定符${name}(${qualifier})的长度或字符不符合 GS1 通用规范。`,
    en: `The ${name} (${qualifier}) breaks the length or the characters of the GS1 specifications.`,
  };
}

/** What is wrong with the digits that a well-formed identity carries, if anything. */
export function checkIdentity({ key, value }: Gs1Identity): Bilingual | undefined {
  const { name, check } = KEYS[key];
  if (check !== null && !hasGs1CheckDigit(value.slice(0, check))) {
    return {
      zh: `${name}(${key}) ${value} 的校验位不符。`,
      en: `The check digit of ${name} (${key}) ${value} does not match.`,
    };
  }
  if (key !== '8006') return undefined;
  const [piece, total] = [Number(value.slice(14, 16)), Number(value.slice(16, 18))];
  if (piece >= 1 && piece <= total) return undefined;
  return {
    zh: `ITIP(8006) ${value} 的件号应在1与总件数之间。`,
    en: `The piece of ITIP (8006) ${value} must lie between 1 and the total.`,
  };
}
