import { z } from 'zod';
import { bilingual } from '../../kernel/index.ts';

/** A file as text; together they fit into limits.body_bytes. */
const csv = z.string().min(1).meta({ description: 'CSV, see docs/recipes' });
const recipeGiven = z
  .record(z.string(), z.unknown())
  .meta({ description: 'the recipe, see docs/recipes' });

const files = z.object({ units: csv, framework: csv, recipe: recipeGiven });
export const newIndex = files;
export const newExplanation = files.extend({
  unit: z.string().min(1),
  period: z.string().optional(),
  element: z.string().optional(),
});
export const newComparison = files.extend({ other: recipeGiven });

const period = z.string().nullable();
/** 1 is best. `low` to `high` holds the asked share of the runs; `own` is the recipe's own. */
const rank = z.object({ low: z.int(), high: z.int(), own: z.int() });

const score = z.object({
  unit: z.string(),
  name: z.string(),
  period,
  index: z.number(),
  rank,
  tie_group: z.int(),
  /** The place that the whole tie group has. */
  place: z.int(),
  not_told_apart: z.array(z.string()),
  runs_without: z.int(),
  observed: z.number(),
  elements: z.record(z.string(), z.number().nullable()),
});

const part = z.object({ value: z.number(), low: z.number(), high: z.number() });
const sensitivity = z.object({
  step: z.string(),
  kind: z.string(),
  /** What a choice explains by itself, and with all others: shares of the shift of ranks. */
  first: part,
  total: part,
});

const uncertainty = z.object({
  level: z.number(),
  runs: z.int(),
  seed: z.int(),
  design: z.enum(['grid', 'sample']),
});

const element = z.object({
  code: z.string(),
  name: z.string(),
  level: z.int(),
  parent: z.string().nullable(),
  weight: z.number(),
  unit: z.string().nullable(),
  direction: z.int().nullable(),
});

export const index = z
  .object({
    name: bilingual,
    elements: z.array(element),
    scores: z.array(score),
    without_index: z.array(
      z.object({ unit: z.string(), name: z.string(), period, reason: bilingual }),
    ),
    /** What the index does not measure: there is no answer without it. */
    not_measured: z.array(bilingual).min(1),
    uncertainty,
    sensitivity: z.array(sensitivity),
    remarks: z.array(bilingual),
    recipe: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'MeasuredIndex' });

const numbers = z.record(z.string(), z.union([z.number(), z.string()]));
const line = z.object({
  step: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  words: bilingual,
  formula: z.string(),
  numbers,
});

const explanationRow = z.object({
  above: z.int().nullable(),
  depth: z.int(),
  share: z.number().nullable(),
  element: z.string(),
  name: z.string(),
  value: z.number().nullable(),
  words: bilingual,
  formula: z.string(),
  steps: z.array(line),
  /** The cell of the file that an indicator starts from. */
  cell: z
    .object({
      row: z.int(),
      column: z.string(),
      value: z.number().nullable(),
      unit: z.string(),
    })
    .nullable(),
});

export const explanation = z
  .object({ rows: z.array(explanationRow), not_measured: z.array(bilingual).min(1) })
  .meta({ id: 'IndexExplanation' });

const side = z.object({ index: z.number(), rank, place: z.int() }).nullable();

export const comparison = z
  .object({
    units: z.array(
      z.object({
        unit: z.string(),
        period,
        one: side,
        other: side,
        /** The two intervals of its ranks have no rank in common. */
        is_apart: z.boolean(),
      }),
    ),
    periods: z.array(
      z.object({
        period,
        rank_correlation: z.number().nullable(),
        mean_change: z.number().nullable(),
      }),
    ),
    not_measured: z.object({ one: z.array(bilingual).min(1), other: z.array(bilingual).min(1) }),
  })
  .meta({ id: 'IndexComparison' });
