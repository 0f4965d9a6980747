import { z } from 'zod';
import {
  bilingual,
  businessDate,
  instant,
  limits,
  longText,
  pageQuery,
  shortText,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import { serviceRules } from '../statistics/index.ts';
import { periodKinds } from './period.ts';

const bothLanguages = z.object({ zh: shortText, en: shortText });

/** How an item or a choice is called in rules, sheets and answers. */
export const itemCode = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const itemKinds = ['amount', 'quantity', 'count', 'percent', 'text', 'choice'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** What the platform can fill in from a firm's own invoices. */
export const prefillFields = ['revenue', 'service_revenue', 'service_share'] as const;
export type PrefillField = (typeof prefillFields)[number];

export const ruleIds = serviceRules.map((one) => one.id) as [string, ...string[]];

/** The field of a statistical form in use that an item is the same as, in its author's words. */
const source = z.object({ table: shortText, item: shortText });

export const item = z.object({
  code: itemCode,
  name: bothLanguages,
  /** amount: minor units of CNY. percent: 30 is thirty in a hundred. */
  kind: z.enum(itemKinds),
  /** Of a quantity, and of nothing else. */
  unit: unitCode.nullable().default(null),
  /** Of a choice, and of nothing else. */
  choices: z
    .array(z.object({ code: itemCode, name: bothLanguages }))
    .max(limits.form_choices)
    .default([]),
  is_required: z.boolean().default(true),
  /** Whether a figure may be given as its bounds. */
  takes_interval: z.boolean().default(false),
  source: source.nullable().default(null),
  prefill: z
    .object({ field: z.enum(prefillFields), rule: z.enum(ruleIds).default(ruleIds[0]) })
    .nullable()
    .default(null),
});
export type Item = z.output<typeof item>;

export const rule = z.object({
  id: z.string().regex(/^[A-Z][A-Z0-9_]{0,19}$/),
  /** hard: a report that breaks it is refused. soft: it is taken with a note that says why. */
  level: z.enum(['hard', 'soft']),
  expression: z.string().min(1).max(limits.rule_chars),
  explanation: bothLanguages,
});
export type Rule = z.output<typeof rule>;

/**
 * What the Statistics Law wants to stand on a form (统计法, 2009, article 15): a form without it, or
 * past its day, may be refused by whoever is asked.
 */
const approval = z.object({
  table_number: shortText,
  issued_by: shortText,
  approval_number: shortText,
  valid_until: businessDate,
});

const formContent = z.object({
  name: bothLanguages,
  /** 2: a second person of the firm checks before the collector sees anything. */
  levels: z.union([z.literal(1), z.literal(2)]).default(1),
  /** As often as there are periods in a year, where nothing is said. */
  asks_per_year: z.int().min(1).max(limits.asks_per_year).optional(),
  approval: approval.nullable().default(null),
  items: z.array(item).min(1).max(limits.form_items),
  rules: z.array(rule).max(limits.form_rules).default([]),
});
export type FormContent = z.output<typeof formContent>;

export const newForm = formContent.extend({
  code: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
  period_kind: z.enum(periodKinds),
});
export type NewForm = z.output<typeof newForm>;

/** A new version of a form; its code and the kind of its periods stay. */
export const newFormVersion = formContent;

/** What the reader itself has asked with a form, in all its versions. */
const formUse = z.object({
  collections: z.int(),
  firms: z.int(),
  /** Firms that have reported. */
  reported: z.int(),
  last_period: z.string().nullable(),
  /** First reports on which the firm noted its time, and the median of what they noted. */
  reports_with_minutes: z.int(),
  median_minutes: z.int().nullable(),
});
export type FormUse = z.output<typeof formUse>;

export const formRow = z
  .object({
    id: uuid,
    owner_id: uuid,
    code: z.string(),
    name: bilingual,
    period_kind: z.enum(periodKinds),
    version: z.int(),
    version_id: uuid,
    changed_at: instant,
    item_count: z.int(),
    own_use: formUse,
  })
  .meta({ id: 'FormRow' });
export type FormRow = z.output<typeof formRow>;

export const form = formRow
  .omit({ changed_at: true, item_count: true, own_use: true })
  .extend({
    /** The newest version, where this is an older one. */
    newest_version: z.int(),
    levels: z.int(),
    asks_per_year: z.int(),
    approval: approval.nullable(),
    items: z.array(item),
    rules: z.array(rule),
    defined_at: instant,
  })
  .meta({ id: 'Form' });
export type Form = z.output<typeof form>;

const period = z.string().regex(/^20\d{2}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/);

export const collectionStates = ['open', 'closed', 'locked'] as const;
export const askStates = ['waiting', 'submitted', 'returned', 'accepted'] as const;

export const newCollection = z.object({
  form_id: uuid,
  /** As the form's kind has it: 2026-03, 2026-Q1 or 2026. */
  period,
  due_on: businessDate,
  party_ids: z.array(uuid).min(1).max(limits.collection_parties),
});
export type NewCollection = z.output<typeof newCollection>;

export const moreParties = newCollection.pick({ party_ids: true });

/** Why a locked collection is opened again. */
export const unlocking = z.object({ reason: longText });

export const collectionQuery = pageQuery.extend({ form_id: uuid.optional() });
export type CollectionQuery = z.output<typeof collectionQuery>;

export const collectionRow = z
  .object({
    id: uuid,
    collector_id: uuid,
    form_id: uuid,
    form_version_id: uuid,
    form: bilingual,
    period: z.string(),
    due_on: businessDate,
    state: z.enum(collectionStates),
    version: z.int(),
    opened_at: instant,
    changed_at: instant,
  })
  .meta({ id: 'CollectionRow' });

/** An item that firms of this collection are asked for in another one of the same collector's. */
const askedTwice = z.object({
  item: z.string(),
  name: bilingual,
  collection_id: uuid,
  form_id: uuid,
  form: bilingual,
  their_item: z.string(),
  parties: z.int(),
});

export const collection = collectionRow
  .extend({
    asked: z.int(),
    waiting: z.int(),
    late: z.int(),
    submitted: z.int(),
    returned: z.int(),
    accepted: z.int(),
    asked_already: z.array(askedTwice),
  })
  .meta({ id: 'Collection' });
export type Collection = z.output<typeof collection>;

export const ask = z
  .object({
    id: uuid,
    collection_id: uuid,
    collector_id: uuid,
    /** The firm that is asked, and what it is called. */
    owner_id: uuid,
    party: bilingual,
    form_id: uuid,
    form_version_id: uuid,
    form_version: z.int(),
    form: bilingual,
    period: z.string(),
    due_on: businessDate,
    asked_on: businessDate,
    item_count: z.int(),
    collection_state: z.enum(collectionStates),
    state: z.enum(askStates),
    is_late: z.boolean(),
    report_id: uuid.nullable(),
    accepted_id: uuid.nullable(),
    first_submitted_on: businessDate.nullable(),
    reminders: z.int(),
    reminded_on: businessDate.nullable(),
  })
  .meta({ id: 'CollectionAsk' });
export type Ask = z.output<typeof ask>;
