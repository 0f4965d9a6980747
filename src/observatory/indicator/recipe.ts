import { z } from 'zod';
import { bilingual, limits } from '../../kernel/index.ts';

/**
 * The choices that turn data into an index, step by step in the order in which they are taken. The
 * steps are those of OECD/JRC, Handbook on Constructing Composite Indicators (2008), part 1.
 */
const panel = z.enum(['pooled', 'each_period']).default('pooled');
const share = z.number().min(0).max(1);
/** Ends of a scale: beyond this nobody could read a score. */
const scaleEnd = z.number().min(-1e9).max(1e9);
const test = { skew: z.number().positive().default(2), kurtosis: z.number().default(3.5), panel };

/** Divides each indicator by the denominator that the framework names for it. */
const denominateStep = z.strictObject({ do: z.literal('denominate') });

/** Fills gaps: by the other units of the same period, or by the unit's own other periods. */
const imputeStep = z.discriminatedUnion('method', [
  z.strictObject({ do: z.literal('impute'), method: z.enum(['mean', 'median']) }),
  z.strictObject({
    do: z.literal('impute'),
    method: z.enum(['group_mean', 'group_median']),
    group: z.string(),
  }),
  z.strictObject({ do: z.literal('impute'), method: z.enum(['latest', 'linear']) }),
]);

/** Leaves out units with too few values; `observed` counts what was given, not what was filled. */
const screenStep = z.strictObject({
  do: z.literal('screen'),
  least: share,
  counts: z.enum(['observed', 'present']).default('observed'),
});

/** Takes the weight out of outliers, where skew and kurtosis are both beyond their bounds. */
const treatStep = z.discriminatedUnion('method', [
  z.strictObject({
    do: z.literal('treat'),
    method: z.literal('winsorise'),
    most: z.int().min(0),
    otherwise: z.enum(['log', 'as_given', 'as_winsorised']).default('log'),
    ...test,
  }),
  z.strictObject({ do: z.literal('treat'), method: z.literal('log'), ...test }),
  z.strictObject({
    do: z.literal('treat'),
    method: z.literal('box_cox'),
    lambda: z.number().min(-5).max(5),
    ...test,
  }),
]);

const isRising = ({ low, high }: { low: number; high: number }) => low < high;
const rising = 'low 要小于 high|low must be below high';

/** Brings the indicators to one scale, on which more is better. */
const normaliseStep = z.discriminatedUnion('method', [
  z
    .strictObject({
      do: z.literal('normalise'),
      method: z.literal('min_max'),
      low: scaleEnd.default(0),
      high: scaleEnd.default(100),
      panel,
    })
    .refine(isRising, rising),
  z.strictObject({
    do: z.literal('normalise'),
    method: z.literal('z_score'),
    mean: scaleEnd.default(0),
    deviation: scaleEnd.positive().default(1),
    panel,
  }),
  z
    .strictObject({
      do: z.literal('normalise'),
      method: z.literal('goalposts'),
      low: scaleEnd.default(0),
      high: scaleEnd.default(100),
      cut: z.boolean().default(true),
    })
    .refine(isRising, rising),
  z.strictObject({
    do: z.literal('normalise'),
    method: z.literal('distance_to_target'),
    cut: z.boolean().default(true),
    panel,
  }),
  z.strictObject({
    do: z.literal('normalise'),
    method: z.literal('distance_to_unit'),
    unit: z.string(),
    cut: z.boolean().default(false),
    panel,
  }),
  z.strictObject({
    do: z.literal('normalise'),
    method: z.enum(['share_of_best', 'rank', 'percentile']),
    panel,
  }),
]);

/** Weighs siblings; `levels` are those that are made with these weights, all unless said. */
const weighStep = z.discriminatedUnion('method', [
  z.strictObject({
    do: z.literal('weigh'),
    method: z.literal('given'),
    weights: z.record(z.string(), z.number().min(0).max(1e9)).default({}),
  }),
  z.strictObject({
    do: z.literal('weigh'),
    method: z.enum([
      'equal',
      'equal_effect',
      'principal_component',
      'entropy',
      'critic',
      'benefit_of_doubt',
    ]),
    levels: z.array(z.int().min(2)).min(1).optional(),
  }),
]);

const mean = z.enum(['arithmetic', 'geometric', 'harmonic', 'power', 'copeland']);
const power = z
  .number()
  .min(-20)
  .max(20)
  .refine((value) => value !== 0, '幂为零时请用 geometric|for a power of zero say geometric')
  .optional();

/** Puts siblings together; `least` is the share of them that must be there. */
const aggregateStep = z
  .strictObject({
    do: z.literal('aggregate'),
    method: mean,
    power,
    least: share.default(1),
    by_level: z.array(z.strictObject({ level: z.int().min(2), method: mean, power })).default([]),
  })
  .refine(
    ({ by_level, ...own }) =>
      [own, ...by_level].every((one) => (one.method === 'power') === (one.power !== undefined)),
    'power 与 method“power”要一起出现|power goes with the method "power", and only with it',
  );

export const step = z.discriminatedUnion('do', [
  denominateStep,
  imputeStep,
  screenStep,
  treatStep,
  normaliseStep,
  weighStep,
  aggregateStep,
]);
export type Step = z.output<typeof step>;
export type StepName = Step['do'];
/** Numbers of a step that count things: between two of them there is none. */
export const isCounted = (field: string): boolean => field === 'most';
export type StepOf<Name extends StepName> = Extract<Step, { do: Name }>;

/**
 * What could have been chosen otherwise. `options` stand beside the recipe's own choice: fields to
 * change, a whole other method, or `"skip"`; all are equally likely. `range` draws a number of the
 * step, `noise` multiplies each weight by a number within 1 ± noise.
 */
const factor = z.union([
  z.strictObject({
    step: z.enum(['denominate', 'impute', 'screen', 'treat', 'normalise', 'weigh', 'aggregate']),
    options: z.array(z.union([z.literal('skip'), z.record(z.string(), z.unknown())])).min(1),
  }),
  z.strictObject({
    step: z.enum(['screen', 'treat', 'normalise', 'aggregate']),
    range: z.strictObject({ field: z.string(), from: z.number(), to: z.number() }),
  }),
  z.strictObject({ step: z.literal('weigh'), noise: z.number().gt(0).lt(1) }),
]);
export type Factor = z.output<typeof factor>;

/** Weights within a quarter of what they are: what is asked of a recipe that asks for nothing. */
const STANDARD_FACTORS: Factor[] = [{ step: 'weigh', noise: 0.25 }];

/** Of a recipe that names no number of re-runs. */
export const STANDARD_RUNS = 2_000;

const uncertainty = z.strictObject({
  seed: z.int().min(0).default(1),
  runs: z.int().min(100).max(limits.index_runs).default(STANDARD_RUNS),
  /** Share of the runs that an interval holds. */
  level: z.number().gt(0.5).lt(1).default(0.9),
  factors: z.array(factor).min(1).default(STANDARD_FACTORS),
  /** How tie groups are made; see ranking.ts. */
  ties: z.enum(['best_of_group', 'chain']).default('best_of_group'),
});

const UNMEASURED =
  '请至少写一条本指数没有衡量的内容：没有它，指数不能公布|' +
  'say at least one thing that the index does not measure: no index is shown without it';

export const recipe = z.strictObject({
  name: bilingual,
  /** What the index does not measure although its name may promise it: shown with every answer. */
  not_measured: z
    .array(bilingual)
    .default([])
    .refine((list) => list.length > 0, UNMEASURED),
  steps: z.array(step).min(1),
  uncertainty: uncertainty.prefault({}),
});
export type Recipe = z.output<typeof recipe>;

/**
 * A step with other choices: fields over its own. Of another method it keeps the fields that this
 * has, too (`panel`, `least`, `low` …), so that a factor changes what it says and nothing else;
 * but not `power`, which belongs to its method.
 */
export function overridden(base: Step, override: Readonly<Record<string, unknown>>): object {
  const isOther =
    override.method !== undefined && 'method' in base && override.method !== base.method;
  if (!isOther) return { ...base, ...override };
  const taken = fieldsOf(base.do, override.method);
  const shared = Object.entries(base).filter(([field]) => taken.has(field) && field !== 'power');
  return { ...Object.fromEntries(shared), ...override };
}

type Shaped = { shape: Readonly<Record<string, z.ZodType>> };

/** The fields of a step by a method; none where there is no such method. */
function fieldsOf(name: StepName, method: unknown): ReadonlySet<string> {
  const shapes = step.options
    .flatMap((one): Shaped[] => ('options' in one ? [...one.options] : [one]))
    .map(({ shape }) => shape);
  const found = shapes.find(
    (shape) => shape.do?.safeParse(name).success && shape.method?.safeParse(method).success,
  );
  return new Set(Object.keys(found ?? { do: name }));
}

/** The same for a recipe that was read, whose factors make steps. */
export function overrideStep(base: Step, override: Readonly<Record<string, unknown>>): Step {
  return step.parse(overridden(base, override));
}

/** The step of a name; recipes that were read have the last three. */
export function findStep<Name extends StepName>(
  steps: readonly Step[],
  name: Name,
): StepOf<Name> | undefined {
  return steps.find((one): one is StepOf<Name> => one.do === name);
}
