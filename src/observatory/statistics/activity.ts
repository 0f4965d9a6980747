import { type Bilingual, parseTaxCode } from '../../kernel/index.ts';
import {
  candidatesOfTaxCode,
  classesUnder,
  type Industries,
  type Industry,
  knownTaxClasses,
  type Status,
  type TaxClass,
  type TaxClasses,
} from '../classification/index.ts';
import type { Sale } from './line.ts';

/**
 * From which activity a sale can come: codes of GB/T 4754 of any level, `C-43` for section C
 * without division 43. One class of the lowest level: it is known. Several, or a code above: one
 * of the classes under them, not known which.
 */
export type Activity = {
  /** Not a sale at all: a prepaid card, an advance on a flat that is being built. */
  readonly is_revenue: boolean;
  readonly candidates: readonly string[];
  readonly basis: BasisId;
  /** The weakest source that was relied on. */
  readonly status: Status;
  /** What does not fit together, or could not be used. */
  readonly remark: Bilingual | null;
};

/** Version of the rules below. A change of any of them is a new version, never a silent one. */
export const MAPPING = {
  id: 'line-to-class-2026.1',
  name: { zh: '发票行归类规则 2026.1', en: 'From invoice line to class, 2026.1' },
  valid_from: '2026-01-01',
} as const;

export type BasisId = 'A1' | 'A2' | 'A3' | 'A4' | 'A5' | 'A6' | 'A7' | 'B1';

/** The rules by which a line gets its candidates, in the order in which they are tried. */
export const bases: Readonly<Record<BasisId, Bilingual>> = {
  A1: {
    zh: '不征税项目(编码首位为6)不是收入，如预付卡、预收款。',
    en: 'Codes of part 6 are no sales (prepaid cards, advances), hence no revenue.',
  },
  A2: {
    zh: '企业已就这类销售作出归类决定，且不与税收编码冲突。',
    en: 'The firm has decided on this kind of sale, and the tax code does not contradict it.',
  },
  A3: {
    zh: '商品目录给出了行业小类，且不与税收编码冲突。',
    en: 'The catalogue gives the class, and the tax code does not contradict it.',
  },
  A4: {
    zh: '劳务、服务按税收编码的对应行业。',
    en: 'Labour and services go where their tax code can go.',
  },
  A5: {
    zh: '货物只知是货物：可能自产，也可能外购转卖，两种都算可能。',
    en: 'Goods, of which nothing says whether they were made, grown or bought in.',
  },
  A6: {
    zh: '没有编码，按发票项目名称前的简称(*…*)对应的行业。',
    en: 'No code: the short name between stars before the item tells the tax class.',
  },
  A7: {
    zh: '既无编码也无目录，任何行业都有可能。',
    en: 'Neither a code nor a class: any industry is possible.',
  },
  B1: {
    zh: '打包合同按各履约义务的单独售价比例分摊(《企业会计准则第14号——收入》第二十条)。',
    en: 'A bundle is divided by the stand-alone prices of its obligations (CAS 14, article 20).',
  },
};

export type Grounds = {
  readonly industries: Industries;
  readonly taxes?: TaxClasses;
  /** The class that the firm decided on for this kind of sale, if it has. */
  readonly decided?: string | null;
};

const ANY = 'A B C D E F G H I J K L M N O P Q R S T'.split(' ');
/** Grown or caught, prepared, or traded. Seeds, fry and first processing (05) are sold as goods. */
const FARM_GOODS = ['A', 'C-43', 'F'];
/** Mined, made, supplied, or traded. Neither support of mining (11) nor repair (43) sells goods. */
const GOODS = ['B-11', 'C-43', 'D', 'F'];
/**
 * Where a tax code alone would miss what a sale can be. Words of a name never narrow: they add.
 * What was made anew is billed as repair, and making by ISIC 2211 (retreading). Books and packaged
 * software are goods, and come from 862 and 651.
 */
const WIDENED_BY: readonly (readonly [prefix: string, words: RegExp, added: string])[] = [
  ['202', /翻新|再制造/, 'C-43'],
  ['1', /图书|教材|报纸|期刊|杂志|音像|出版/, '862'],
  ['1', /软件|系统/, '651'],
];

/** What the tax code, or else the short name, says by itself. */
function taxed(sale: Sale, taxes: TaxClasses): Activity {
  const parsed = sale.tax_code === null ? null : parseTaxCode(sale.tax_code);
  if (parsed?.ok) return byCode(parsed.value.code, taxes);
  const remark =
    parsed === null
      ? null
      : { zh: `税收编码“${sale.tax_code}”无效，未使用。`, en: `No tax code: "${sale.tax_code}".` };
  const short = /^\*([^*]+)\*/.exec(sale.name)?.[1];
  const named = short === undefined ? undefined : taxes.byShortName.get(short.trim());
  const candidates = [...new Set(named?.flatMap(candidatesOf) ?? [])];
  if (named && candidates.length > 0) {
    return { is_revenue: true, candidates, basis: 'A6', status: weakest(named), remark };
  }
  return { is_revenue: true, candidates: ANY, basis: 'A7', status: 'published', remark };
}

const weakest = (classes: readonly TaxClass[]): Status =>
  classes.some((one) => one.status === 'unverified') ? 'unverified' : 'converted';

function candidatesOf({ prefix, candidates }: TaxClass): readonly string[] {
  if (candidates.length > 0) return candidates;
  return prefix.startsWith('1') ? goodsOf(prefix) : [];
}

const goodsOf = (code: string) => (code.startsWith('101') ? FARM_GOODS : GOODS);

function byCode(code: string, taxes: TaxClasses): Activity {
  const known = { is_revenue: true, remark: null };
  if (code.startsWith('6')) {
    return { is_revenue: false, candidates: [], basis: 'A1', status: 'published', remark: null };
  }
  if (code.startsWith('1')) {
    // That 101 is farm produce is from memory, and narrows what is possible.
    const status = code.startsWith('101') ? 'unverified' : 'published';
    return { ...known, candidates: goodsOf(code), basis: 'A5', status };
  }
  const found = candidatesOfTaxCode(code, taxes) ?? candidatesOfTaxCode(code, knownTaxClasses());
  if (!found) return { ...known, candidates: ANY, basis: 'A4', status: 'published' };
  return { ...known, candidates: found.candidates, basis: 'A4', status: found.status };
}

/**
 * Where a sale can come from. What a person says (a decision, or else the catalogue) is believed
 * where the tax code allows it: a maintenance contract that is declared as a machine keeps both
 * readings, and the line stays ambiguous.
 */
export function activityOf(sale: Sale, grounds: Grounds): Activity {
  const taxes = grounds.taxes ?? knownTaxClasses();
  const tax = widened(sale, taxed(sale, taxes));
  if (!tax.is_revenue) return tax;
  const decided = said(grounds.decided ?? null, grounds, tax, 'A2');
  return decided ?? said(sale.industry, grounds, tax, 'A3') ?? tax;
}

function widened({ name, tax_code }: Sale, tax: Activity): Activity {
  const added = WIDENED_BY.flatMap(([prefix, words, code]) =>
    tax_code?.startsWith(prefix) && words.test(name) ? [code] : [],
  );
  if (added.length === 0) return tax;
  return { ...tax, candidates: [...tax.candidates, ...added], status: 'unverified' };
}

function said(
  code: string | null,
  { industries }: Grounds,
  tax: Activity,
  basis: 'A2' | 'A3',
): Activity | null {
  if (code === null) return null;
  const found = industries.byCode.get(code);
  const what = basis === 'A2' ? { zh: '决定', en: 'decision' } : { zh: '目录', en: 'catalogue' };
  if (found?.level !== 4) {
    const { document } = industries.edition;
    return {
      ...tax,
      remark: {
        zh: `${what.zh}中的“${code}”不是 ${document} 的小类，未使用。`,
        en: `"${code}" of the ${what.en} is no class of ${document} and was not used.`,
      },
    };
  }
  const fits = tax.candidates.some((one) => isUnder(found, one));
  // Whether the tax code allows it is as sure as the table of what the tax code can be.
  if (fits) return { ...tax, candidates: [code], basis };
  return {
    ...tax,
    candidates: [...new Set([code, ...tax.candidates])],
    remark: {
      zh: `${what.zh}归入 ${code} ${found.name}，与税收编码不符，两种都算可能。`,
      en: `The ${what.en} says ${code} and the tax code does not allow it: both are possible.`,
    },
  };
}

function isUnder({ code, section }: Industry, candidate: string): boolean {
  const [top = '', without] = candidate.split('-');
  if (without !== undefined && code.startsWith(without)) return false;
  return top === section || code.startsWith(top);
}

/** The classes of the lowest level that a candidate stands for. */
export function classesOfCandidate(industries: Industries, candidate: string): Industry[] {
  const [top = ''] = candidate.split('-');
  return classesUnder(industries, top).filter((one) => isUnder(one, candidate));
}
