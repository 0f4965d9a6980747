import { z } from 'zod';
import {
  decimal,
  givenInstant,
  instant,
  longText,
  nonNegativeDecimal,
  pageQuery,
  shortText,
  uuid,
} from '../../kernel/index.ts';
import { suspicion } from './dry-run.ts';

/** A decimal with as many digits as events have given it. */
const exact = z.string();

export const grade = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** How many of a unit were listed, and what those who were told have found of them. */
export const progress = z.object({
  unit: z.string(),
  /** As listed when the recall was opened; goods without a quantity are not in it. */
  listed: exact,
  kept: exact,
  destroyed: exact,
  passed_on: exact,
  missing: exact,
});

export const noticeStates = ['draft', 'sent', 'acknowledged', 'answered', 'closed'] as const;

/** What one party is told, or is to be told, of a recall. */
export const recallNotice = z
  .object({
    id: uuid,
    recall_id: uuid,
    /** Who recalls. */
    owner_id: uuid,
    addressee_uri: z.string(),
    /** Null where the party is no member of the chain: it is told by other means. */
    addressee_id: uuid.nullable(),
    state: z.enum(noticeStates),
    number: z.string(),
    title: z.string(),
    hazard: z.string(),
    grade,
    note: z.string().nullable(),
    /** How a party outside was told. */
    told_by: z.string().nullable(),
    drafted_at: instant,
    sent_at: instant.nullable(),
    acknowledged_at: instant.nullable(),
    answered_at: instant.nullable(),
    closed_at: instant.nullable(),
    line_count: z.int(),
    progress: z.array(progress),
  })
  .meta({ id: 'RecallNotice' });
export type RecallNotice = z.output<typeof recallNotice>;

/** What was found of a line, by the party that was told. */
export const foundGoods = z.object({
  kept: exact,
  destroyed: exact,
  passed_on: exact,
  missing: exact,
  remark: z.string().nullable(),
  answered_at: instant,
});

export const recallLine = z
  .object({
    line_no: z.int(),
    notice_id: uuid.nullable(),
    /** The owner's own goods. */
    is_own: z.boolean(),
    item: z.string(),
    lot: z.string().nullable(),
    state: z.enum(['at', 'in_transit', 'ended', 'unknown']),
    place: z.string().nullable(),
    inside: z.string().nullable(),
    ended: z.string().nullable(),
    quantity: exact.nullable(),
    unit: z.string(),
    answer: foundGoods.nullable(),
  })
  .meta({ id: 'RecallLine' });
export type RecallLine = z.output<typeof recallLine>;

const head = {
  id: uuid,
  number: z.string(),
  title: z.string(),
  hazard: z.string(),
  grade,
  /** When the danger became known: the time to begin runs from there. */
  known_at: instant,
  opened_at: instant,
  /** By when the first notice is due, and when it went out. */
  start_by: instant,
  first_sent_at: instant.nullable(),
  is_late: z.boolean(),
  closed_at: instant.nullable(),
  outcome: z.string().nullable(),
};

export const recallRow = z
  .object({ ...head, notice_count: z.int(), answered_count: z.int() })
  .meta({ id: 'RecallRow' });
export type RecallRow = z.output<typeof recallRow>;

export const recallCase = z
  .object({
    ...head,
    suspicion: z.record(z.string(), z.unknown()),
    /** As of when goods were looked for. */
    listed_as_of: instant,
    /** Not all could be followed: there is more than the list says. */
    is_cut: z.boolean(),
    /** Of all that was listed. */
    progress: z.array(progress),
    /** The owner's own goods, and goods that nobody can be asked about. */
    own: z.array(progress),
    nobody: z.array(progress),
    notices: z.array(recallNotice),
  })
  .meta({ id: 'Recall' });
export type RecallCase = z.output<typeof recallCase>;

export const newRecall = z.object({
  number: z.string().trim().min(1).max(50),
  title: shortText,
  /** What is wrong with the goods, and what it may do. */
  hazard: longText,
  grade,
  known_at: givenInstant,
  suspicion,
});
export type NewRecall = z.output<typeof newRecall>;

export const recallQuery = pageQuery.extend({ state: z.enum(['open', 'closed']).optional() });

export const sending = z.object({
  /** Which drafts; all to members of the chain where it is left out. */
  notice_ids: z.array(uuid).min(1).max(200).optional(),
  note: longText.optional(),
  /** How parties outside were told: by telephone, by letter. */
  told_by: shortText.optional(),
});

export const noticeQuery = pageQuery.extend({
  side: z.enum(['received', 'sent']).optional(),
  state: z.enum(['open', 'answered', 'closed']).optional(),
  recall_id: uuid.optional(),
});

const amount = nonNegativeDecimal.default('0');

export const noticeAnswer = z.object({
  lines: z
    .array(
      z.object({
        line_no: z.int().min(1),
        kept: amount,
        destroyed: amount,
        passed_on: amount,
        missing: amount,
        remark: shortText.optional(),
      }),
    )
    .min(1)
    .max(500),
});

export const heldReply = z.object({
  held: z.array(
    z.object({
      place_id: uuid,
      product_id: uuid,
      lot: z.string(),
      unit: z.string(),
      quantity: decimal,
    }),
  ),
});
