import { z } from 'zod';
import { bilingual, instant, limits, uuid } from '../../kernel/index.ts';
import { periodKinds } from './period.ts';
import { answers } from './report-schema.ts';
import { form, itemKinds, prefillFields, ruleIds } from './schema.ts';

/** As long as in a form, and it may be empty: a draft is kept as it is typed. */
const text = z.string().max(200);
const code = z.string().max(40);
const both = z.object({ zh: text, en: text });

const draftItem = z.object({
  code,
  name: both,
  kind: z.enum(itemKinds),
  unit: z.string().max(3).nullable(),
  choices: z.array(z.object({ code, name: both })).max(limits.form_choices),
  is_required: z.boolean(),
  takes_interval: z.boolean(),
  source: z.object({ table: text, item: text }).nullable(),
  prefill: z.object({ field: z.enum(prefillFields), rule: z.enum(ruleIds) }).nullable(),
});

const draftRule = z.object({
  id: z.string().max(20),
  level: z.enum(['hard', 'soft']),
  expression: z.string().max(limits.rule_chars),
  explanation: both,
});

/** A form as far as it is written. */
export const formDraftContent = z
  .object({
    code,
    name: both,
    period_kind: z.enum(periodKinds),
    levels: z.union([z.literal(1), z.literal(2)]),
    /** Null: as often as there are periods in a year. */
    asks_per_year: z.int().min(1).max(limits.asks_per_year).nullable(),
    approval: z
      .object({
        table_number: text,
        issued_by: text,
        approval_number: text,
        valid_until: z.string().max(10),
      })
      .nullable(),
    items: z.array(draftItem).max(limits.form_items),
    rules: z.array(draftRule).max(limits.form_rules),
  })
  .meta({ id: 'FormDraftContent' });
export type FormDraftContent = z.output<typeof formDraftContent>;

/** With what a draft begins: nothing, any form of the chain, or an own form that it revises. */
export const newFormDraft = z.discriminatedUnion('as', [
  z.object({ as: z.literal('new') }),
  z.object({ as: z.literal('copy'), form_id: uuid }),
  z.object({ as: z.literal('revision'), form_id: uuid }),
]);
export type NewFormDraft = z.output<typeof newFormDraft>;

const head = {
  id: uuid,
  /** The form that it revises, and the version that it began from; null where it is a new one. */
  form_id: uuid.nullable(),
  form_version: z.int().nullable(),
  version: z.int(),
  changed_at: instant,
};

export const formDraft = z
  .object({ ...head, content: formDraftContent, begun_at: instant })
  .meta({ id: 'FormDraft' });
export type FormDraft = z.output<typeof formDraft>;

export const formDraftRow = z
  .object({ ...head, code: z.string(), name: bilingual, item_count: z.int() })
  .meta({ id: 'FormDraftRow' });

/** A form as far as it is written, and answers to try its rules on. */
export const checkedForm = z.object({
  content: formDraftContent,
  answers: answers.default({}),
  /** What the firm would have said one period before. */
  before: answers.nullable().default(null),
});

export const formCheck = z
  .object({
    /** Everything that keeps it from being a form, each with its place, such as items/0/code. */
    errors: z.array(z.object({ path: z.string(), zh: z.string(), en: z.string() })),
    /** Rule by rule, in their order. */
    rules: z.array(
      z.object({
        /** At which character it cannot be read, the first being 1, and why. */
        fault: z.object({ column: z.int(), zh: z.string(), en: z.string() }).nullable(),
        reads: z.array(z.object({ item: z.string(), is_before: z.boolean() })),
        /** What it comes to on the answers; null where it cannot be read. */
        outcome: z.enum(['holds', 'broken', 'cannot_tell']).nullable(),
      }),
    ),
  })
  .meta({ id: 'FormCheck' });
export type FormCheck = z.output<typeof formCheck>;

/** What answering a form costs a firm, and what of it firms have been asked elsewhere. */
export const formWeight = z
  .object({
    items: z.int(),
    /** Items that the platform can fill in from invoices. */
    filled_in: z.int(),
    asks_per_year: form.shape.asks_per_year,
    /** Minutes that firms noted on first reports of this form to the reader; null: none did. */
    noted: z.object({ reports: z.int(), median_minutes: z.int() }).nullable(),
    /**
     * What the items that nobody fills in would take, by the minutes that firms noted on all their
     * first reports to the reader; null where none did.
     */
    expected: z
      .object({ reports: z.int(), seconds_per_item: z.int(), minutes: z.int() })
      .nullable(),
    /** The same question in another form of the chain. */
    asked_elsewhere: z.array(
      z.object({
        item: z.string(),
        form_id: uuid,
        owner_id: uuid,
        form: bilingual,
        their_item: z.string(),
        their_name: bilingual,
        period_kind: z.enum(periodKinds),
        /** Firms that the reader itself asked with that form, and how many have reported. */
        asked: z.int(),
        reported: z.int(),
        last_period: z.string().nullable(),
      }),
    ),
    /** Whether older forms of the chain were not looked at. */
    is_cut: z.boolean(),
  })
  .meta({ id: 'FormWeight' });
export type FormWeight = z.output<typeof formWeight>;

/** What the platform can fill in, and by which reading of what a service is. */
export const prefills = z
  .object({
    fields: z.array(
      z.object({ field: z.enum(prefillFields), kind: z.enum(itemKinds), name: bilingual }),
    ),
    rules: z.array(z.object({ id: z.enum(ruleIds), version: z.string(), name: bilingual })),
  })
  .meta({ id: 'Prefills' });
