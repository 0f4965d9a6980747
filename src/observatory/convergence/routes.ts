import { z } from 'zod';
import { bilingual, route } from '../../kernel/index.ts';
import { viewMatrix } from './matrix.ts';

/** Codes and ranges in the order of the table, as `28-42` or `01,23`. */
const codes = z.string().max(400).optional();
const group = z.enum(['services', 'repair', 'manufacturing', 'agriculture']);

const newMatrix = z.object({
  table: z.string().min(1).meta({ description: 'CSV of an input–output table, see docs/recipes' }),
  /** China surveys years that end in 2 and 7, and extends those that end in 0 and 5. */
  year: z.int().min(1900).max(2200).nullable().default(null),
  /** Whose table it is; it stands beside every number. */
  source: z.string().trim().min(1).max(200),
  services: codes,
  repair: codes,
  manufacturing: codes,
  agriculture: codes,
});

const measure = z.object({
  measure: z.string(),
  name: bilingual,
  value: z.number(),
  unit: z.string(),
  denominator: bilingual,
  source: z.object({ data: z.string(), formula: z.string() }),
  does_not_say: z.array(bilingual).min(1),
  reading: z.object({
    link: z.string(),
    way: z.enum(['direct', 'requirement', 'value_added']),
    per: z.string(),
    origin: z.enum(['domestic', 'total']),
    repair: z.enum(['service', 'apart']),
  }),
});

const industryMatrix = z
  .object({
    source: z.string(),
    year: z.int().nullable(),
    kind: z.enum(['survey', 'extension', 'unknown']),
    break: bilingual.nullable(),
    origin: z.enum(['domestic', 'total']),
    sectors: z.array(
      z.object({
        code: z.string(),
        name: bilingual,
        group: group.nullable(),
        output: z.number(),
      }),
    ),
    /** What a column takes of a row directly, for one unit of its output. */
    direct: z.array(z.array(z.number())),
    /** What one unit of final use of a column calls for of a row, along all rounds. */
    full: z.array(z.array(z.number())),
    measures: z.array(measure),
  })
  .meta({ id: 'IndustryMatrix' });

/** It works on what is posted, and keeps nothing of it. */
export const routes = [
  route({
    id: 'industry_matrix.measure',
    method: 'POST',
    path: '/api/v1/observatory/matrix',
    permission: 'convergence.matrix.read',
    summary: {
      zh: '由投入产出表看产业之间谁用谁的',
      en: 'Who takes what of whom, from an input–output table',
    },
    body: newMatrix,
    reply: industryMatrix,
    faults: [
      'convergence.data_unreadable',
      'convergence.sectors_unknown',
      'convergence.impossible',
      'convergence.too_large',
    ],
    run: async (_, { body: { services, repair, manufacturing, agriculture, ...rest } }) =>
      viewMatrix({
        ...rest,
        ...(services ? { services } : {}),
        ...(repair ? { repair } : {}),
        ...(manufacturing ? { manufacturing } : {}),
        ...(agriculture ? { agriculture } : {}),
      }),
  }),
];
