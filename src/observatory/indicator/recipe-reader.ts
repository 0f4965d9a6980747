import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type Bilingual, type FaultDetail, invalid } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { Framework } from './framework.ts';
import {
  type Factor,
  overridden,
  type Recipe,
  recipe,
  type Step,
  type StepName,
  step,
} from './recipe.ts';

/**
 * Reads a recipe from JSON and holds it against the framework.
 * @throws indicator.recipe_unreadable with every place that is wrong
 */
export function readRecipe(text: string, framework: Framework, file = 'recipe.json'): Recipe {
  const refuse = (errors: readonly FaultDetail[]) =>
    fault('indicator.recipe_unreadable', { file, count: errors.length }, errors);
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
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
    if ('noise' in one && hasOwnWeights(steps, uncertainty.factors)) {
      const en =
        'benefit_of_doubt chooses its own weights: noise does nothing. Name other factors.';
      find(path, 'benefit_of_doubt 自行选择权重，noise 不起作用：请另写 factors。', en);
    }
    for (const problem of checkFactor(one, steps, framework)) find(path, problem.zh, problem.en);
  });
  return errors;
}

/** Whether weights are chosen for each unit on all levels, by the recipe or an option of it. */
function hasOwnWeights(steps: readonly Step[], factors: readonly Factor[]): boolean {
  const options = factors.flatMap((one) => ('options' in one ? one.options : []));
  return [...steps, ...options].some(
    (one) =>
      typeof one === 'object' &&
      'method' in one &&
      one.method === 'benefit_of_doubt' &&
      !('levels' in one && one.levels),
  );
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
  checkLevels(one, framework, find);
  if (one.do !== 'weigh' || one.method !== 'given') return;
  for (const code of Object.keys(one.weights)) {
    if (framework.elements.some((element) => element.code === code)) continue;
    find(`体系中没有“${code}”，请改名或删去。`, `No element "${code}": correct or drop it.`);
  }
}

/** Levels in a step on which nothing is made, and such as stand twice. */
function checkLevels(one: Step, framework: Framework, find: (zh: string, en: string) => void) {
  const made = framework.elements.filter(({ children }) => children.length > 0);
  const known = [...new Set(made.map(({ level }) => level))];
  const levels =
    one.do === 'weigh' && 'levels' in one
      ? (one.levels ?? [])
      : one.do === 'aggregate'
        ? one.by_level.map(({ level }) => level)
        : [];
  const unknown = levels.filter((level) => !known.includes(level));
  if (unknown.length > 0) {
    const [names, all] = [unknown.join(', '), known.join(', ')];
    find(
      `体系中没有层级 ${names}，可用：${all}。`,
      `No level ${names} is made; there are: ${all}.`,
    );
  }
  const doubled = levels.filter((level, at) => levels.indexOf(level) !== at);
  if (doubled.length > 0) {
    const names = doubled.join(', ');
    find(`层级 ${names} 重复，请只留一个。`, `Level ${names} stands twice: keep one.`);
  }
}

function checkFactor(one: Factor, steps: readonly Step[], framework: Framework) {
  const problems: Bilingual[] = [];
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
  if ('range' in one) problems.push(...checkRange(one.range));
  const settings: (Step | null)[] = [base];
  for (const override of overrides) {
    const made = optionOf(base, override, framework, problems);
    if (made === undefined) continue;
    if ('options' in one && settings.some((other) => isDeepStrictEqual(other, made))) {
      const words = JSON.stringify(override);
      const en = `The option ${words} is the step itself or another option: drop it.`;
      problems.push({ zh: `选项 ${words} 与方案本身或另一选项相同，请删去。`, en });
    }
    settings.push(made);
  }
  return problems;
}

/** The step of an option, null where it is skipped; undefined where it is wrong, with why. */
function optionOf(
  base: Step,
  override: 'skip' | Readonly<Record<string, unknown>>,
  framework: Framework,
  problems: Bilingual[],
): Step | null | undefined {
  if (override === 'skip') {
    if (!ORDER.includes(base.do)) return null;
    problems.push({ zh: `${base.do} 不能省去。`, en: `"${base.do}" cannot be skipped.` });
    return undefined;
  }
  if (Object.hasOwn(override, 'do')) {
    const en = 'An option changes fields of its step and not which step it is: drop "do".';
    problems.push({ zh: '选项只改本步骤的字段，不能换成别的步骤：请删去 do。', en });
    return undefined;
  }
  const parsed = step.safeParse(overridden(base, override));
  if (parsed.success) {
    checkNames(parsed.data, framework, (zh, en) => problems.push({ zh, en }));
    return parsed.data;
  }
  problems.push(...invalid(parsed.error, '').errors);
  return undefined;
}

/** What is wrong with a range whose two ends are each good for the step. */
function checkRange({ field, from, to }: Extract<Factor, { range: object }>['range']): Bilingual[] {
  const problems: Bilingual[] = [];
  if (from >= to) {
    problems.push({ zh: 'from 要小于 to。', en: 'The range must run upwards: from below to.' });
  }
  if (field === 'power' && from < 0 && to > 0) {
    const en = 'A range of power must not cross 0, where the power mean is the geometric one.';
    problems.push({ zh: 'power 的范围不能跨过零：零处是几何平均。请只取一侧。', en });
  }
  return problems;
}
