import { z } from 'zod';
import { bilingual, instant, limits, longText, uuid } from '../../kernel/index.ts';
import { itemCode, prefillFields } from './schema.ts';

const written = z.string().min(1).max(2_000);

/**
 * What a firm says to an item. amount: minor units as text; quantity and percent: decimal text;
 * count: whole; choice: its code. A figure that is not known exactly is given by its bounds.
 */
export const reportedValue = z.union([written, z.object({ low: written, high: written })]);
export type ReportedValue = z.output<typeof reportedValue>;

export const answers = z.record(itemCode, reportedValue);
export type Answers = z.output<typeof answers>;

/** From what an item was filled in, and with what value: a firm may have changed it since. */
export const evidence = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('split'),
    value: reportedValue,
    field: z.enum(prefillFields),
    /** Months of invoices, both inside. */
    from: z.string(),
    to: z.string(),
    rule: z.string(),
    rule_version: z.string(),
    mapping: z.string(),
    edition: z.string(),
    /** What part of the upper bound is doubt: 0 is exact, 1 is that nothing is certain. */
    open_part: z.number().nullable(),
    /** Lines in other currencies, which are not in it. */
    left_out_lines: z.int(),
  }),
  z.object({
    kind: z.literal('report'),
    value: reportedValue,
    /** Which report of the firm's; all null where another collector reads it. */
    report_id: uuid.nullable(),
    collector_id: uuid.nullable(),
    form: bilingual.nullable(),
    item: z.string().nullable(),
  }),
]);
export type Evidence = z.output<typeof evidence>;
export const evidenceByItem = z.record(itemCode, evidence);
export type EvidenceByItem = z.output<typeof evidenceByItem>;

const ruleId = z.string().regex(/^[A-Z][A-Z0-9_]{0,19}$/);
export const notes = z.record(ruleId, z.string().min(1).max(limits.note_chars));
export type Notes = z.output<typeof notes>;

/** What a rule came to. cannot_tell: an item is empty, the time before is not there, or bounds. */
export const check = z.object({
  rule: z.string(),
  level: z.enum(['hard', 'soft']),
  outcome: z.enum(['holds', 'broken', 'cannot_tell']),
  explanation: bilingual,
});
export type Check = z.output<typeof check>;

/** An item that the firm was asked for already, for the same period, by another form. */
export const askedAlready = z.object({
  item: z.string(),
  ask_id: uuid,
  collector_id: uuid,
  form: bilingual,
  their_item: z.string(),
  /** Null where the firm has not submitted that one either. */
  value: reportedValue.nullable(),
});
export type AskedAlready = z.output<typeof askedAlready>;

const minutes = z.int().min(0).max(limits.report_minutes);

/** Why an accepted report is corrected; nothing else needs a reason. */
export const draftStart = z.object({ reason: longText.optional() });

export const draftEdit = z.object({
  answers,
  notes: notes.default({}),
  /** What the firm itself has noted of its time; never guessed. */
  minutes: minutes.nullable().default(null),
});
export type DraftEdit = z.output<typeof draftEdit>;

export const draftCheck = z.object({
  decision: z.enum(['pass', 'hand_back']),
});

export const draft = z
  .object({
    ask_id: uuid,
    state: z.enum(['editing', 'for_check', 'sent']),
    version: z.int(),
    answers,
    evidence: evidenceByItem,
    notes,
    minutes: z.int().nullable(),
    corrects_id: uuid.nullable(),
    reason: z.string().nullable(),
    changed_at: instant,
    /** What submitting would find now. */
    checks: z.array(check),
    asked_already: z.array(askedAlready),
  })
  .meta({ id: 'ReportDraft' });
export type Draft = z.output<typeof draft>;

export const ruling = z.object({
  ruling: z.enum(['accepted', 'returned']),
  reason: z.string().nullable(),
  ruled_at: instant,
});

export const returning = z.object({ reason: longText });

export const report = z
  .object({
    id: uuid,
    ask_id: uuid,
    collection_id: uuid,
    owner_id: uuid,
    collector_id: uuid,
    number: z.int(),
    corrects_id: uuid.nullable(),
    reason: z.string().nullable(),
    answers,
    evidence: evidenceByItem,
    notes,
    checks: z.array(check),
    /** What the firm noted of its time, null where it noted none. */
    minutes: z.int().nullable(),
    /** Items that the platform had filled in; the firm may have changed them. */
    prefilled_count: z.int(),
    industry_class: z.string().nullable(),
    size: z.string().nullable(),
    region_code: z.string().nullable(),
    submitted_at: instant,
    ruling: ruling.nullable(),
  })
  .meta({ id: 'StatisticalReport' });
export type Report = z.output<typeof report>;
