import { addDays, type Bilingual, Decimal, daysBetween } from '../../kernel/index.ts';

/**
 * The payment clock of 保障中小企业款项支付条例 (State Council Decree 802 of 2025-03-17, in force
 * from 2025-06-01): when it starts, when a debt is due, and which rule says so. It protects a small
 * or medium seller against a public body or a large firm; between others the contract alone counts.
 */
export type BuyerKind = 'large' | 'public' | 'sme';
/** Size of the seller as declared when the contract was made. */
export type SellerSize = 'micro' | 'small' | 'medium' | 'large' | 'undeclared';

export type ClockTerms = {
  buyer_kind: BuyerKind;
  seller_size: SellerSize;
  delivered_on: string;
  /** Last day that the contract gives for inspection; null where payment waits for none. */
  inspection_due_on: string | null;
  /** The day on which the inspection was passed. */
  accepted_on: string | null;
  /** The day both agreed on the amount, where the contract settles by progress or period. */
  settled_amount_on: string | null;
  /** Days of credit in the contract; null where it names none. */
  term_days: number | null;
  /** Whether the trade's own norm carries a term above 60 days of a large firm. */
  industry_norm: boolean;
  /** Whether the contract pays only once a third party has paid. */
  pay_when_paid: boolean;
};

export type StartRule = 'delivery' | 'inspection' | 'inspection_overdue' | 'settled_amount';
export type TermRule =
  | 'public_30'
  | 'public_agreed'
  | 'public_cap_60'
  | 'large_60'
  | 'large_agreed'
  | 'large_cap_60'
  | 'large_industry_norm'
  | 'pay_when_paid_void'
  | 'contract'
  | 'on_delivery';

export type PaymentClock = {
  start_on: string;
  due_on: string;
  /** The last day that the decree allows here; null where it does not protect the seller. */
  statutory_due_on: string | null;
  start_rule: StartRule;
  term_rule: TermRule;
};

export type RuleText = { article: Bilingual; text: Bilingual };

const decree = (article: number, zh: string, en: string): RuleText => ({
  article: { zh: `国务院令第802号 第${article}条`, en: `Decree 802, article ${article}` },
  text: { zh, en },
});

const civilCode = (article: number, zh: string, en: string): RuleText => ({
  article: { zh: `民法典 第${article}条`, en: `Civil Code, article ${article}` },
  text: { zh, en },
});

export const START_RULES: Readonly<Record<StartRule, RuleText>> = {
  delivery: decree(9, '自交付之日起算', 'runs from the day of delivery'),
  inspection: decree(10, '自检验或者验收合格之日起算', 'runs from the day the inspection passed'),
  inspection_overdue: decree(
    10,
    '自约定的检验或者验收期限届满之日起算',
    'runs from the agreed last day of inspection',
  ),
  settled_amount: decree(
    9,
    '自双方确认结算金额之日起算',
    'runs from the day both agreed on the amount',
  ),
};

export const TERM_RULES: Readonly<Record<TermRule, RuleText>> = {
  public_30: decree(9, '机关、事业单位30日内付款', 'a public body pays within 30 days'),
  public_agreed: decree(9, '按合同约定，不超过60日', 'the agreed term, within 60 days'),
  public_cap_60: decree(9, '约定超过60日，按60日', 'the agreed term is above the cap of 60 days'),
  large_60: decree(9, '大型企业60日内付款', 'a large firm pays within 60 days'),
  large_agreed: decree(9, '按合同约定，不超过60日', 'the agreed term, within 60 days'),
  large_cap_60: decree(
    9,
    '约定超过60日且无行业规范、交易习惯支持，按60日',
    'above 60 days, and no norm of the trade carries it',
  ),
  large_industry_norm: decree(
    9,
    '按行业规范、交易习惯约定的付款期限',
    'a term that the norms of the trade carry',
  ),
  pay_when_paid_void: decree(
    9,
    '不得以收到第三方付款为条件，按60日',
    'waiting for a third party to pay is void; 60 days',
  ),
  contract: civilCode(628, '按合同约定的时间付款', 'as the contract says'),
  on_delivery: civilCode(628, '未约定的，收到货物时付款', 'no term agreed: on receipt'),
};

const PUBLIC_DAYS = 30;
const CAP_DAYS = 60;

/** Whether the decree stands behind this seller (articles 2 and 3). */
export function isProtected(terms: Pick<ClockTerms, 'buyer_kind' | 'seller_size'>): boolean {
  return terms.buyer_kind !== 'sme' && ['micro', 'small', 'medium'].includes(terms.seller_size);
}

/**
 * Sets the clock. Until an inspection has passed, it runs from the last day agreed for it: a buyer
 * who lets that day go by gains nothing.
 */
export function paymentClock(terms: ClockTerms): PaymentClock {
  const { start_on, start_rule } = startOf(terms);
  const { days, term_rule, allowed_days } = termOf(terms);
  return {
    start_on,
    due_on: addDays(start_on, days),
    statutory_due_on: allowed_days === null ? null : addDays(start_on, allowed_days),
    start_rule,
    term_rule,
  };
}

function startOf(terms: ClockTerms): Pick<PaymentClock, 'start_on' | 'start_rule'> {
  const { delivered_on, inspection_due_on, accepted_on, settled_amount_on } = terms;
  if (settled_amount_on) return { start_on: settled_amount_on, start_rule: 'settled_amount' };
  if (!inspection_due_on) return { start_on: delivered_on, start_rule: 'delivery' };
  if (accepted_on && accepted_on <= inspection_due_on) {
    return { start_on: accepted_on, start_rule: 'inspection' };
  }
  return { start_on: inspection_due_on, start_rule: 'inspection_overdue' };
}

type Term = { days: number; term_rule: TermRule; allowed_days: number | null };

function termOf(terms: ClockTerms): Term {
  if (!isProtected(terms)) {
    const { term_days } = terms;
    return term_days === null
      ? { days: 0, term_rule: 'on_delivery', allowed_days: null }
      : { days: term_days, term_rule: 'contract', allowed_days: null };
  }
  return terms.buyer_kind === 'public' ? publicTerm(terms) : largeTerm(terms);
}

function publicTerm({ term_days }: ClockTerms): Term {
  if (term_days === null) {
    return { days: PUBLIC_DAYS, term_rule: 'public_30', allowed_days: PUBLIC_DAYS };
  }
  return term_days > CAP_DAYS
    ? { days: CAP_DAYS, term_rule: 'public_cap_60', allowed_days: CAP_DAYS }
    : { days: term_days, term_rule: 'public_agreed', allowed_days: CAP_DAYS };
}

function largeTerm({ term_days, industry_norm, pay_when_paid }: ClockTerms): Term {
  const capped = (term_rule: TermRule, days = CAP_DAYS): Term => ({
    days,
    term_rule,
    allowed_days: CAP_DAYS,
  });
  if (term_days !== null && term_days <= CAP_DAYS) return capped('large_agreed', term_days);
  if (pay_when_paid) return capped('pay_when_paid_void');
  if (term_days === null) return capped('large_60');
  if (!industry_norm) return capped('large_cap_60');
  return { days: term_days, term_rule: 'large_industry_norm', allowed_days: term_days };
}

/** Late interest a day where a protected contract agreed on none: 0.05 % (article 17). */
export const STATUTORY_DAILY_RATE = '0.0005';
const DAYS_OF_YEAR = 360;

/**
 * Daily rate of late interest. An agreed rate below the one-year loan prime rate of the day of the
 * contract is lifted to it, the lowest that article 17 lets stand (both given per year, 360 days).
 * Without protection and without an agreement there is none.
 */
export function lateDailyRate(
  terms: Pick<ClockTerms, 'buyer_kind' | 'seller_size'>,
  agreed_yearly: string | null,
  prime_yearly: string | null,
): string {
  const sheltered = isProtected(terms);
  if (agreed_yearly === null) return sheltered ? STATUTORY_DAILY_RATE : '0';
  const agreed = new Decimal(agreed_yearly);
  const yearly = sheltered ? Decimal.max(agreed, prime_yearly ?? 0) : agreed;
  return yearly.div(DAYS_OF_YEAR).toDecimalPlaces(10).toString();
}

/** Where the clock stands on a day: days left, or days late (the day after the due date is one). */
export function clockOn(due_on: string, today: string): { days_left: number; days_late: number } {
  const days = daysBetween(today, due_on);
  return { days_left: Math.max(0, days), days_late: Math.max(0, -days) };
}
