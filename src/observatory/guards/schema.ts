import { z } from 'zod';
import { bilingual, shortText, uuid } from '../../kernel/index.ts';

const decimal = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,10})?$/)
  .meta({ description: 'decimal as text' });

export const heapingQuery = z.object({ collection_id: uuid });
export const bunchingQuery = z.object({
  collection_id: uuid,
  item: shortText,
  /** As rules have it: an amount in yuan, a percentage as it is written. */
  at: decimal,
  wanted: z.enum(['at_least', 'at_most']).default('at_least'),
});
export type BunchingQuery = z.output<typeof bunchingQuery>;
export const divergenceQuery = z.object({
  earlier_id: uuid,
  collection_id: uuid,
  /** The item that is looked at, and the one that it is to move. */
  indicator: shortText,
  outcome: shortText,
  /** The outcome is so much for each of these: revenue per person. */
  outcome_per: shortText.optional(),
});
export type DivergenceQuery = z.output<typeof divergenceQuery>;

const group = z.object({
  by: z.enum(['all', 'industry', 'size']),
  code: z.string().nullable(),
});

/** found: more than chance would make once in twenty looks, among all that were looked at. */
const verdict = z.enum(['found', 'not_found', 'too_few']);
export type Verdict = z.output<typeof verdict>;

const item = z.object({ code: z.string(), name: bilingual });

/** What every answer of a guard says of itself. */
const about = {
  collection_id: uuid,
  period: z.string(),
  /** Accepted reports that were looked at. */
  units: z.int(),
  /** Fewer figures than this say nothing. */
  least: z.int(),
  rule: bilingual,
  source: bilingual,
  does_not_say: z.array(bilingual).min(1),
};

export const heaping = z
  .object({
    ...about,
    /** The part that 0 and 5 have among third digits where nobody rounds. */
    expected: z.number(),
    findings: z.array(
      z.object({
        item,
        group,
        verdict,
        counted: z.int(),
        round: z.int(),
        /** Given as bounds, or with fewer than three digits. */
        left_out: z.int(),
        index: z.number().nullable(),
        chance: z.number(),
        says: bilingual,
      }),
    ),
  })
  .meta({ id: 'GuardHeaping' });
export type HeapingReply = z.output<typeof heaping>;

const window = z.object({
  width: z.number(),
  reached: z.int(),
  missed: z.int(),
  chance: z.number(),
});

export const bunching = z
  .object({
    ...about,
    item,
    at: z.string(),
    wanted: z.enum(['at_least', 'at_most']),
    findings: z.array(
      z.object({
        group,
        verdict,
        counted: z.int(),
        left_out: z.int(),
        windows: z.array(window),
        decides: window.nullable(),
        bins: z.array(z.int()),
        chance: z.number(),
        says: bilingual,
      }),
    ),
  })
  .meta({ id: 'GuardBunching' });
export type BunchingReply = z.output<typeof bunching>;

const shift = z.object({
  before: z.int(),
  after: z.int(),
  median_before: z.number().nullable(),
  median_after: z.number().nullable(),
  above: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  direction: z.enum(['up', 'down', 'unclear']),
});

export const divergence = z
  .object({
    ...about,
    earlier_id: uuid,
    earlier_period: z.string(),
    indicator: item,
    outcome: item,
    outcome_per: item.nullable(),
    findings: z.array(
      z.object({ group, verdict, indicator: shift, outcome: shift, says: bilingual }),
    ),
  })
  .meta({ id: 'GuardDivergence' });
export type DivergenceReply = z.output<typeof divergence>;
