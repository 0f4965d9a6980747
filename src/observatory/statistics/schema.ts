import { z } from 'zod';
import {
  bilingual,
  businessDate,
  instant,
  limits,
  longText,
  minorUnits,
  nonNegativeDecimal,
  shortText,
  uuid,
} from '../../kernel/index.ts';
import { serviceRules } from './service-rule.ts';

const ruleIds = serviceRules.map((one) => one.id) as [string, ...string[]];
const month = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
  .meta({ description: 'month, as 2026-03' });

/** Months, both inside; the last twelve where nothing is said. */
export const periodQuery = z.object({ from: month.optional(), to: month.optional() });
export type PeriodQuery = z.output<typeof periodQuery>;

export const splitQuery = periodQuery.extend({
  rule: z.enum(ruleIds).default(ruleIds[0]),
  threshold: z
    .string()
    .regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/)
    .default('0.3'),
});
export type SplitQuery = z.output<typeof splitQuery>;

const amounts = z.object({ low: minorUnits, high: minorUnits });
const share = z.object({ low: z.number(), high: z.number() }).nullable();
const answer = z.enum(['yes', 'no', 'cannot_tell']);
const provenance = z.object({
  status: z.enum(['published', 'converted', 'unverified']),
  citation: bilingual,
});

/** What tells a kind of sale, as it is sent back with a decision on it. */
const saleKind = z.object({
  name: z.string(),
  product_id: uuid.nullable(),
  industry_class: z.string().nullable(),
  tax_code: z.string().nullable(),
});

const match = z.object({ code: z.string(), name: z.string(), score: z.number() });

export const question = z.object({
  sale: saleKind,
  /** False for a bundle: prices settle it, not a class. */
  takes_decision: z.boolean(),
  basis: z.string(),
  words: bilingual,
  net_minor: minorUnits,
  lines: z.int(),
  swing_pp: z.number(),
  candidates: z.array(z.string()),
  nearest: z.array(match),
  settled_by: bilingual,
  remarks: z.array(bilingual),
});

export const revenueSplit = z
  .object({
    period: z.object({ from: month, to: month }),
    rule: z.object({ id: z.string(), version: z.string(), name: bilingual, provenance }),
    mapping: z.object({ id: z.string(), name: bilingual, valid_from: businessDate }),
    edition: z.string(),
    currency: z.string(),
    revenue_minor: minorUnits,
    not_revenue_minor: minorUnits,
    /** Lines in other currencies, which are not in the split. */
    other_currencies: z.array(z.object({ currency: z.string(), lines: z.int() })),
    groups: z.array(z.object({ group: z.string(), name: bilingual, amount_minor: amounts, share })),
    service: z.object({ amount_minor: amounts, share }),
    by_basis: z.array(
      z.object({
        basis: z.string(),
        words: bilingual,
        net_minor: minorUnits,
        lines: z.int(),
        open_minor: minorUnits,
      }),
    ),
    unverified_minor: minorUnits,
    self_declared_minor: minorUnits,
    does_not_say: z.array(bilingual),
    test: z.object({
      threshold: z.string(),
      answer,
      share,
      is_near: z.boolean(),
      answers_to_yes: z.int().nullable(),
      answers_to_no: z.int().nullable(),
      questions: z.array(question),
      questions_left_out: z.int(),
      under_rules: z.array(
        z.object({
          rule: z.string(),
          version: z.string(),
          name: bilingual,
          share,
          answer,
        }),
      ),
    }),
  })
  .meta({ id: 'RevenueSplit' });
export type RevenueSplitReply = z.output<typeof revenueSplit>;

export const evidenceLine = z
  .object({
    invoice_id: uuid,
    line_no: z.int(),
    issued_on: businessDate,
    name: z.string(),
    net_minor: minorUnits,
    is_revenue: z.boolean(),
    basis: z.string(),
    words: bilingual,
    candidates: z.array(z.array(z.string())),
    /** Rounded outwards: a part of a bundle may be less than a minor unit. */
    service_minor: amounts,
    remarks: z.array(bilingual),
  })
  .meta({ id: 'RevenueEvidence' });

const industryClass = z.string().regex(/^\d{4}$/);
const taxCode = z.string().regex(/^\d{19}$/);

export const newDecision = saleKind.extend({
  name: shortText,
  industry_class: industryClass.nullable().default(null),
  tax_code: taxCode.nullable().default(null),
  product_id: uuid.nullable().default(null),
  /** The class that it is put into. */
  class: industryClass,
  reason: longText,
});
export type NewDecision = z.output<typeof newDecision>;

export const saleDecision = saleKind
  .extend({
    id: uuid,
    class: z.string(),
    edition: z.string(),
    reason: z.string(),
    decided_on: businessDate,
    recorded_at: instant,
  })
  .meta({ id: 'SaleDecision' });
export type SaleDecision = z.output<typeof saleDecision>;

const obligation = z.object({
  name: shortText,
  /** What it is sold for by itself: both the same where that is known, null where nobody knows. */
  low: nonNegativeDecimal.nullable(),
  high: nonNegativeDecimal.nullable(),
  industry_class: industryClass.nullable().default(null),
  tax_code: taxCode.nullable().default(null),
});

export const newBundle = z.object({
  product_id: uuid,
  obligations: z
    .array(
      obligation.refine(
        ({ low, high }) =>
          (low === null) === (high === null) &&
          (low === null || high === null || Number(low) <= Number(high)),
        '单独售价填上下限，或都留空|give both bounds of the price, or neither',
      ),
    )
    .min(2)
    .max(limits.obligations),
});
export type NewBundle = z.output<typeof newBundle>;

export const bundle = newBundle
  .extend({
    obligations: z.array(obligation),
    id: uuid,
    described_on: businessDate,
    recorded_at: instant,
  })
  .meta({ id: 'ProductBundle' });
export type Bundle = z.output<typeof bundle>;

/** What waits to be decided because neither a code nor a catalogue says anything. */
export const queued = z
  .object({
    sale: saleKind,
    net_minor: minorUnits,
    lines: z.int(),
    nearest: z.array(match),
    precedents: z.array(
      z.object({
        phrase: z.string(),
        code: z.string(),
        decided_on: businessDate,
        reason: z.string(),
        likeness: z.number(),
      }),
    ),
  })
  .meta({ id: 'Unclassified' });
