import type { Bilingual } from '../../kernel/index.ts';
import { findIndustry, type Industries, type Match } from '../classification/index.ts';
import { type Activity, type BasisId, bases } from './activity.ts';
import { fault } from './faults.ts';
import type { FirmLedger } from './ledger.ts';
import type { Sale } from './line.ts';
import {
  type Asked,
  type Bounds,
  countedIn,
  countedOf,
  type Grounds,
  partOf,
  readSales,
  revenueOf,
  type Sold,
  salesOf,
  shareOf,
} from './revenue-split.ts';
import { type ServiceRule, serviceRules, type Weight, weightOf } from './service-rule.ts';

/**
 * `yes` where even the low reading meets the threshold, `no` where even the high one misses it,
 * else `cannot_tell`: never a mean of the two.
 */
export type Answer = 'yes' | 'no' | 'cannot_tell';

/** A kind of sale that two readings count differently, with what would settle it. */
export type Question = {
  readonly key: string;
  readonly name: string;
  readonly sale: Sale;
  readonly basis: BasisId;
  readonly words: Bilingual;
  readonly net_minor: number;
  readonly lines: number;
  /** What its answer can move the share by, at most; in percentage points. */
  readonly swing_pp: number;
  readonly candidates: readonly string[];
  readonly settled_by: Bilingual;
  readonly remarks: readonly Bilingual[];
};

export type ThresholdTest = {
  readonly firm: string;
  readonly threshold: string;
  /** “以上”包括本数 (民法典, article 1259): a share that is exactly the threshold meets it. */
  readonly inclusive: true;
  readonly answer: Answer;
  readonly share: Bounds | null;
  /** Less than two percentage points between a bound and the threshold. */
  readonly is_near: boolean;
  /** The most moving questions first. */
  readonly questions: readonly Question[];
  /** How many of them, answered all one way, would make the answer sure; null: no number would. */
  readonly answers_to_yes: number | null;
  readonly answers_to_no: number | null;
  /** The same period under every rule: which of them decides is part of the answer. */
  readonly under_rules: readonly {
    readonly rule: string;
    readonly version: string;
    readonly name: Bilingual;
    readonly share: Bounds | null;
    readonly answer: Answer;
  }[];
};

const NEAR = 0.02;
const SHOWN = 5;
/** What a product of shares and amounts leaves in its last places, in minor units. */
const ROUNDING = 1e-3;
const SCALE = 10_000;

/** Ten-thousandths, exactly: 0.3 has no exact binary form. @throws statistics.threshold_invalid */
function scaled(threshold: string): bigint {
  const [, whole = '', part = ''] = /^([01])(?:\.(\d{1,4}))?$/.exec(threshold) ?? [];
  const value = whole === '' ? -1n : BigInt(whole + part.padEnd(4, '0'));
  if (value >= 0n && value <= BigInt(SCALE)) return value;
  throw fault('statistics.threshold_invalid', { threshold });
}

function answerOf(amount: Bounds, revenue_minor: number, threshold: bigint): Answer {
  if (revenue_minor <= 0) return 'cannot_tell';
  const bound = threshold * BigInt(revenue_minor);
  if (BigInt(amount.low) * BigInt(SCALE) >= bound) return 'yes';
  return BigInt(amount.high) * BigInt(SCALE) < bound ? 'no' : 'cannot_tell';
}

/**
 * Whether service revenue is a given part of revenue, 30 % unless said otherwise.
 * @param threshold a decimal of at most four places, as text
 * @throws statistics.threshold_invalid
 */
export function testThreshold(
  own: FirmLedger,
  asked: Asked & { threshold?: string; rules?: readonly ServiceRule[] },
  grounds: Grounds,
): ThresholdTest {
  const { period, rule, threshold = '0.3', rules = serviceRules } = asked;
  const bar = scaled(threshold);
  const { industries } = grounds;
  const sales = salesOf(own, period, readSales(own, grounds));
  const revenue_minor = revenueOf(sales);
  const under = (one: ServiceRule) => {
    const amount = countedOf(sales, weightOf(one, one.service_groups, industries));
    const share = shareOf(amount, revenue_minor);
    return { amount, share, answer: answerOf(amount, revenue_minor, bar) };
  };
  const { amount, share, answer } = under(rule);
  const weight = weightOf(rule, rule.service_groups, industries);
  const questions = questionsOf(sales, weight, revenue_minor);
  const at = Number(bar) / SCALE;
  const swings = questions.map((one) => (one.swing_pp / 100) * revenue_minor);
  return {
    firm: own.firm,
    threshold,
    inclusive: true,
    answer,
    share,
    is_near: share !== null && [share.low, share.high].some((one) => Math.abs(one - at) < NEAR),
    questions,
    ...(answer === 'cannot_tell' && revenue_minor > 0
      ? {
          answers_to_yes: enough(swings, at * revenue_minor - amount.low),
          // A share that is exactly the threshold meets it: to miss it takes a minor unit more.
          answers_to_no: enough(swings, amount.high - at * revenue_minor + 1),
        }
      : { answers_to_yes: null, answers_to_no: null }),
    under_rules: rules.map((one) => {
      const { share: part, answer: said } = under(one);
      return { rule: one.id, version: one.version, name: one.name, share: part, answer: said };
    }),
  };
}

/** How many of the largest swings reach a distance. Taking the largest first takes the fewest. */
function enough(swings: readonly number[], distance: number): number | null {
  let left = distance;
  for (const [at, swing] of swings.entries()) {
    left -= swing;
    if (left <= ROUNDING) return at + 1;
  }
  return null;
}

/** What is open, the most moving first. Each line's answer is worth what it moves the share by. */
export function questionsOf(
  sales: readonly Sold[],
  weight: Weight,
  revenue_minor: number,
): Question[] {
  return sales
    .filter(({ reading }) => reading.is_revenue)
    .map((sold) => {
      const { low, high } = countedIn(sold, partOf(sold.reading, weight));
      return { ...sold, moves: high - low };
    })
    .filter(({ moves }) => moves > 0)
    .toSorted((one, other) => other.moves - one.moves)
    .map(({ reading, net_minor, lines, moves }) => {
      const { key, sale, basis, activities } = reading;
      return {
        key,
        name: sale.name,
        sale,
        basis,
        words: bases[basis],
        net_minor,
        lines,
        swing_pp: revenue_minor > 0 ? (100 * moves) / revenue_minor : 0,
        candidates: [...new Set(activities.flatMap((one) => one.candidates))],
        settled_by: settledBy(basis, activities),
        remarks: activities.flatMap((one) => one.remark ?? []),
      };
    });
}

/**
 * A test with the nearest classes by name beside what nothing else narrows (basis A7). For a page:
 * comparing a name with all classes takes milliseconds.
 */
export function withNearest(test: ThresholdTest, industries: Industries) {
  const questions = test.questions.map((one): Question & { nearest: readonly Match[] } => ({
    ...one,
    nearest: one.basis === 'A7' ? findIndustry(one.name, industries, SHOWN).matches : [],
  }));
  return { ...test, questions };
}

function settledBy(basis: BasisId, activities: readonly Activity[]): Bilingual {
  if (activities.some((one) => one.remark !== null)) {
    return {
      zh: '核对目录(或决定)与税收编码，改正其中不对的一个。',
      en: 'Hold the catalogue (or the decision) against the tax code and correct the wrong one.',
    };
  }
  return {
    A1: { zh: '', en: '' },
    A2: { zh: '', en: '' },
    A3: { zh: '', en: '' },
    A4: {
      zh: '在商品目录中填写这项服务的四位行业小类。',
      en: 'Give the service its class of four digits in the catalogue.',
    },
    A5: {
      zh: '在商品目录中填写行业小类：自产填生产行业，外购转卖填 51 或 52 大类中的小类。',
      en: 'Give the product its class: what makes it, or trade (51, 52) where it is bought in.',
    },
    A6: {
      zh: '开票时填写19位税收编码，或在商品目录中填写行业小类。',
      en: 'Invoice with the tax code of 19 digits, or give the class in the catalogue.',
    },
    A7: {
      zh: '补上税收编码；编码也说不清的，在待归类清单中作出决定并写明理由。',
      en: 'Give the tax code; where that tells nothing, decide in the queue, with the reason.',
    },
    B1: {
      zh: '提供各履约义务单独出售的价格，并填写各自的行业小类。',
      en: 'Give what each obligation is sold for by itself, and the class of each.',
    },
  }[basis];
}
