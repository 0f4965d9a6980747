import { z } from 'zod';
import {
  givenInstant,
  instant,
  limits,
  longText,
  page,
  pageQuery,
  shortText,
  uuid,
} from '../../kernel/index.ts';
import { publication, releaseSource } from './release/release.ts';

/** What a release of a collection is classed by. A unit that has not said it stands under `U`. */
export const collectionVariables = ['industry', 'size', 'region'] as const;

const csv = z.string().min(1).max(limits.release_rows_chars);

/** Rows as `readContributions` takes them, and hierarchies as `readCodes` does. */
const rows = {
  /** CSV: unit, value, perhaps holding, and one column for each variable. */
  csv,
  /** CSV: variable, code, parent. What has no hierarchy has one total over all codes. */
  codes: csv.optional(),
};

const material = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('collection'),
    collection_id: uuid,
    /** Code of an item that adds up: amount, quantity or count. */
    item: shortText,
  }),
  z.object({ kind: z.literal('rows'), unit: shortText, ...rows }),
]);

/** Tables that come out together, each by some of the variables. */
const tables = z
  .array(z.object({ name: shortText, dimensions: z.array(shortText).min(1).max(4) }))
  .min(1)
  .max(limits.release_tables);

const rules = releaseSource.shape.rules;

export const newRelease = z.object({
  series: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/),
  title: shortText,
  material,
  /** One table by all variables, where nothing is said. */
  tables: tables.optional(),
  rules,
  /** Under embargo until then. */
  planned_at: givenInstant.nullable().default(null),
});
export type NewRelease = z.output<typeof newRelease>;

/** A new vintage: what is not said is as in the release before. */
export const newRevision = z.object({
  reason: longText,
  title: shortText.optional(),
  /** Of a series that is not of a collection, and of no other. */
  rows: z.object(rows).optional(),
  tables: tables.optional(),
  rules: rules.optional(),
  planned_at: givenInstant.nullable().default(null),
});
export type NewRevision = z.output<typeof newRevision>;

export const planning = z.object({ planned_at: givenInstant });
export const withdrawing = z.object({ reason: longText });

const releaseStates = ['draft', 'scheduled', 'published', 'withdrawn'] as const;

/** Why a release did not go out at its hour. */
export const holding = z.enum([
  'left',
  'not_a_statistician',
  'not_reproduced',
  'data_unreadable',
  'too_long',
]);
export type Holding = z.output<typeof holding>;

export const releaseRow = z
  .object({
    id: uuid,
    owner_id: uuid,
    series: z.string(),
    /** Of the vintage in its series, from 1. */
    number: z.int(),
    title: z.string(),
    /** What a value counts; amounts of a collection are in fen. */
    unit: z.string(),
    state: z.enum(releaseStates),
    /** Why it says something else than the one before. */
    reason: z.string().nullable(),
    drafted_at: instant,
    planned_at: instant.nullable(),
    published_at: instant.nullable(),
    withdrawn_at: instant.nullable(),
    withdrawal_reason: z.string().nullable(),
    /** When the clock was to publish it and did not, and why; it waits for a person since. */
    held_at: instant.nullable(),
    held_because: holding.nullable(),
    cells: z.int(),
    hash: z.string(),
  })
  .meta({ id: 'ReleaseRow' });
export type ReleaseRow = z.output<typeof releaseRow>;

export const release = releaseRow.extend({ content: publication }).meta({ id: 'Release' });
export type Release = z.output<typeof release>;

export const releasePage = page(releaseRow);

export const releaseQuery = pageQuery.extend({
  series: z.string().max(40).optional(),
  /**
   * published: what is out, the last published first. due: own, planned, and the time has come.
   * waiting: own, neither out nor withdrawn.
   */
  show: z.enum(['all', 'published', 'waiting', 'due']).default('all'),
});
export type ReleaseQuery = z.output<typeof releaseQuery>;

export const verification = z
  .object({
    hash: z.string(),
    is_equal: z.boolean(),
    is_whole: z.boolean(),
    is_same_source: z.boolean(),
    is_same_engine: z.boolean(),
    /** Cells that come out otherwise, by table and codes; a hundred at most. */
    differing: z.array(z.string()),
  })
  .meta({ id: 'ReleaseVerification' });

const classes = z.array(z.object({ variable: z.string(), code: z.string() }));

const cellState = publication.shape.tables.element.shape.cells.element.shape.state;

export const releaseCheck = z
  .object({
    /** How many cells are in each state, and kept by each rule. */
    cells: z.record(z.string(), z.int()),
    rules: z.record(z.string(), z.int()),
    /** Of the cells that a rule keeps, so many were attacked; none of them could be worked out. */
    attacked: z.int(),
    kept_by_rule: z.int(),
    /** So many units must fit a combination of classes. */
    fewest: z.int(),
    combinations: z.array(
      z.object({
        classes,
        fitting: z.int(),
        /** What has become of its cell; null where no table shows it. */
        cell: cellState.nullable(),
      }),
    ),
    combinations_left_out: z.int(),
    /** Words of the title or the reason that fit one alone. */
    words: z.array(z.object({ zh: z.string(), en: z.string() })),
  })
  .meta({ id: 'ReleaseCheck' });
export type ReleaseCheck = z.output<typeof releaseCheck>;

/** What a release would be. Its cells, and what is to be looked at before it is drafted. */
export const releasePreview = z
  .object({ unit: z.string(), content: publication, check: releaseCheck })
  .meta({ id: 'ReleasePreview' });
export type ReleasePreview = z.output<typeof releasePreview>;

/** A firm's own figure among those of its class: one of the two is null. */
export const ownPlace = z
  .object({
    place: z
      .object({
        /** What the firms that it stands among have in common; none is all of them. */
        classes,
        figure: z.number(),
        firms: z.int(),
        total: z.number(),
        mean_of_others: z.number(),
        /** Ranks from the largest, 1: its own lies between these two. */
        best: z.int(),
        worst: z.int(),
      })
      .nullable(),
    refused: z
      .object({
        reason: z.enum(['not_reported', 'withdrawn', 'kept', 'too_few', 'dominant']),
        ...{ zh: z.string(), en: z.string() },
      })
      .nullable(),
  })
  .meta({ id: 'OwnPlace' });
export type OwnPlace = z.output<typeof ownPlace>;

const mean = z.number().nullable();

export const revisions = z
  .object({
    releases: z.array(
      z.object({ vintage: z.string(), version: z.string(), reason: z.string().nullable() }),
    ),
    rows: z.array(
      z.object({
        table: z.string(),
        codes: z.array(z.string()),
        /** One a release, oldest first; null where it was kept, or not there. */
        values: z.array(mean),
        revision: mean,
      }),
    ),
    mean_absolute_revision: mean,
    mean_revision: mean,
    mean_absolute_relative: mean,
    does_not_say: z.array(z.object({ zh: z.string(), en: z.string() })),
  })
  .meta({ id: 'ReleaseRevisions' });
