import { z } from 'zod';
import { bilingual, type FaultDetail, invalid, limits } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { Framework } from './framework.ts';

/**
 * The choices that turn data into an index, step by step in the order in which they are taken. The
 * steps are those of OECD/JRC, Handbook on Constructing Composite Indicators (2008), part 1.
 */
const panel = z.enum(['pooled', 'each_period']).default('pooled');
const share = z.number().min(0).max(1);
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
      low: z.number().default(0),
      high: z.number().default(100),
      panel,
    })
    .refine(isRising, rising),
  z.strictObject({
    do: z.literal('normalise'),
    method: z.literal('z_score'),
    mean: z.number().default(0),
    deviation: z.number().positive().default(1),
    panel,
  }),
  z
    .strictObject({
      do: z.literal('normalise'),
      method: z.literal('goalposts'),
      low: z.number().default(0),
      high: z.number().default(100),
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
    weights: z.record(z.string(), z.number().min(0)).default({}),
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

const uncertainty = z.strictObject({
  seed: z.int().min(0).default(1),
  runs: z.int().min(100).max(limits.index_runs).default(2_000),
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
 * Reads a recipe from JSON and holds it against the framework.
 * @throws indicator.recipe_unreadable with every place that is wrong
 */
export function readRecipe(text: string, framework: Framework, file = 'recipe.json'): Recipe {
  const refuse = (errors: readonly FaultDetail[]) =>
    fault('indicator.recipe_unreadable', { file, count: errors.length }, errors);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse([{ path: file, zh: `不是 JSON：${reason}`, en: `Not JSON: ${reason}` }]);
  }
  const parsed = recipe.safeParse(given);
  if (!parsed.success) throw refuse(invalid(inWords(parsed.error), file).errors);
  const errors = checkRecipe(parsed.data, framework, file);
  if (errors.length > 0) throw refuse(errors);
  return parsed.data;
}

/** What may stand where nothing of what is known stands: a schema alone says "invalid". */
function inWords({ issues }: z.ZodError): z.ZodError {
  const known = issues.map((issue) => {
    if (issue.code !== 'invalid_union') return issue;
    const { options } = issue as { options?: readonly string[] };
    const message = options
      ? `只能是：${options.join('、')}|is one of ${options.join(', ')}`
      : '因素要有 options、range 或(weigh 的) noise 之一，不能有别的字段|' +
        'a factor has a step and options, or a range, or (of weigh) noise, and nothing else';
    return { code: 'custom' as const, path: issue.path, message, input: undefined };
  });
  return new z.ZodError(known);
}

const ORDER: readonly StepName[] = ['normalise', 'weigh', 'aggregate'];

function checkRecipe({ steps, uncertainty }: Recipe, framework: Framework, file: string) {
  const errors: FaultDetail[] = [];
  const find = (path: string, zh: string, en: string) => {
    errors.push({ path: `${file}/${path}`, zh, en });
  };
  const names = steps.map((one) => one.do);
  if (new Set(names).size < names.length) {
    find('steps', '每种步骤最多一次。', 'Each step is taken once at most.');
  }
  if (names.slice(-ORDER.length).join() !== ORDER.join()) {
    const en = 'The last three steps are normalise, weigh, aggregate, in this order.';
    find('steps', '最后三步依次是 normalise、weigh、aggregate。', en);
  }
  steps.forEach((one, at) => {
    checkNames(one, framework, (zh, en) => find(`steps/${at}`, zh, en));
  });
  const taken = new Set<string>();
  uncertainty.factors.forEach((one, at) => {
    const path = `uncertainty/factors/${at}`;
    const key = 'noise' in one ? 'noise' : one.step;
    if (taken.has(key)) find(path, '同一步骤只能有一个因素。', 'A step has one factor at most.');
    taken.add(key);
    for (const problem of checkFactor(one, steps, framework)) find(path, problem.zh, problem.en);
  });
  return errors;
}

/** Names in a step that the framework does not know. */
function checkNames(one: Step, framework: Framework, find: (zh: string, en: string) => void) {
  if (one.do === 'impute' && 'group' in one && !framework.groups.includes(one.group)) {
    const known = framework.groups.join(', ') || '—';
    find(
      `没有分组“${one.group}”，可用：${known}。`,
      `No group "${one.group}"; there are: ${known}.`,
    );
  }
  if (one.do !== 'weigh' || one.method !== 'given') return;
  for (const code of Object.keys(one.weights)) {
    if (framework.elements.some((element) => element.code === code)) continue;
    find(`体系中没有“${code}”，请改名或删去。`, `No element "${code}": correct or drop it.`);
  }
}

function checkFactor(one: Factor, steps: readonly Step[], framework: Framework) {
  const problems: { zh: string; en: string }[] = [];
  const base = steps.find((candidate) => candidate.do === one.step);
  if (!base) {
    const zh = `方案里没有 ${one.step} 这一步。`;
    return [{ zh, en: `The recipe has no step "${one.step}".` }];
  }
  if ('noise' in one) return problems;
  const overrides =
    'options' in one
      ? one.options
      : [one.range.from, one.range.to].map((value) => ({ [one.range.field]: value }));
  for (const override of overrides) {
    if (override === 'skip') {
      if (!ORDER.includes(one.step)) continue;
      problems.push({ zh: `${one.step} 不能省去。`, en: `"${one.step}" cannot be skipped.` });
      continue;
    }
    const parsed = step.safeParse(overridden(base, override));
    if (parsed.success) {
      checkNames(parsed.data, framework, (zh, en) => problems.push({ zh, en }));
    } else problems.push(...invalid(parsed.error, '').errors);
  }
  return problems;
}

function overridden(base: Step, override: Readonly<Record<string, unknown>>): object {
  const isOther =
    override.method !== undefined && 'method' in base && override.method !== base.method;
  return isOther ? { do: base.do, ...override } : { ...base, ...override };
}

/** A step with other choices: fields over its own, or another method alone with its own fields. */
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
