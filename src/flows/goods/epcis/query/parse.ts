import { type ExactJson, type Problem, WrittenNumber } from '../../../../kernel/index.ts';
import { emptyContext, isObject, prefixesOf, readContext } from '../context.ts';
import { complain, extensionName } from '../reading.ts';
import type { Condition, EventQuery } from './condition.ts';
import type { Asking, Given } from './given.ts';
import { parameterOf } from './parameters.ts';

export type QueryOutcome = { query?: EventQuery; problems: Problem[] };

function askingWith(prefixes: Asking['prefixes']): Asking {
  const problems: Problem[] = [];
  const fail = (name: string, zh: string, en: string): undefined =>
    complain({ problems }, 'QueryParameterException', name, zh, en) as undefined;
  return { prefixes, problems, fail };
}

/** A query of a URL: `a|b` stands for either. `prefixes` are those of GS1-Extensions, if any. */
export function queryOfUrl(
  parameters: readonly (readonly [name: string, value: string])[],
  prefixes: Readonly<Record<string, string>> = {},
): QueryOutcome {
  const context = { ...emptyContext(), prefixes: { ...prefixes } };
  const given = parameters.map(
    ([name, value]): Given => ({ name, values: value.split('|'), kind: 'url', items: 'text' }),
  );
  return queryOf(given, askingWith(prefixesOf(context)));
}

/** A named query, as JSON gives it; its `@context` declares the prefixes of extensions. */
export function queryOfJson(value: ExactJson): QueryOutcome {
  const context = emptyContext();
  const asking = askingWith(new Map());
  if (!isObject(value)) {
    asking.fail('', '查询应为 JSON 对象。', 'A query is a JSON object.');
    return { problems: asking.problems };
  }
  readContext(value['@context'], context, asking, '@context');
  asking.prefixes = prefixesOf(context);
  const given = Object.entries(value).flatMap(([name, one]) =>
    name === '@context' ? [] : [givenIn(name, one)],
  );
  return queryOf(given, asking);
}

function givenIn(name: string, value: ExactJson): Given {
  const list = Array.isArray(value) ? value : [value];
  const kinds = new Set(list.map(kindOf));
  const items = kinds.size > 1 ? 'mixed' : kinds.has('number') ? 'number' : 'text';
  const isText = kinds.size === 0 || kinds.has('text') || kinds.has('number');
  const values = list.map(textOf);
  const kind = Array.isArray(value) ? 'list' : kindOf(value);
  return { name, values, kind, items: isText ? items : 'mixed' };
}

function textOf(value: ExactJson): string {
  if (value instanceof WrittenNumber) return value.digits;
  return typeof value === 'object' ? '' : String(value);
}

function kindOf(value: ExactJson): Exclude<Given['kind'], 'url'> {
  if (value instanceof WrittenNumber) return 'number';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  return value === null ? 'null' : 'list';
}

function queryOf(given: readonly Given[], asking: Asking): QueryOutcome {
  const query: EventQuery & { conditions: Condition[] } = {
    conditions: [],
    orderDirection: 'DESC',
  };
  const seen = new Set<string>();
  for (const one of given) {
    if (seen.has(one.name)) {
      asking.fail(one.name, '参数重复出现。', 'This parameter stands here twice.');
    }
    seen.add(one.name);
    if (readControl(one, query, asking)) continue;
    const condition = parameterOf(one, asking);
    if (condition && !isLeftOpen(one)) query.conditions.push(condition);
  }
  checkControls(query, asking);
  return asking.problems.length > 0 ? { problems: asking.problems } : { query, problems: [] };
}

/** A URL says `false` of what may be there or not (OpenAPI of the binding, EXISTS_…). */
const isLeftOpen = ({ name, kind, values }: Given) =>
  kind === 'url' && name.startsWith('EXISTS_') && values.join() === 'false';

/** What says how many events in which order; returns whether the parameter was one of these. */
function readControl(given: Given, query: EventQuery, asking: Asking): boolean {
  const { name, values } = given;
  const [value = ''] = values;
  if (name === 'orderBy') {
    const isField = ['eventTime', 'recordTime'].includes(value);
    const field = isField ? value : extensionName(asking, value);
    if (field === undefined || given.kind === 'number') {
      const en = 'Events are ordered by eventTime, recordTime or an extension with its prefix.';
      asking.fail(name, '只能按 eventTime、recordTime 或带前缀的扩展字段排序。', en);
    } else query.orderBy = field;
  } else if (name === 'orderDirection') {
    if (value === 'ASC' || value === 'DESC') query.orderDirection = value;
    else asking.fail(name, '应为 ASC 或 DESC。', 'The direction is ASC or DESC.');
  } else if (name === 'eventCountLimit' || name === 'maxEventCount') {
    const isKind = given.kind === 'url' || given.kind === 'number';
    if (isKind && values.length === 1 && /^[1-9][0-9]{0,8}$/.test(value)) {
      query[name] = Number(value);
    } else asking.fail(name, '应为正整数。', 'Here goes a whole number from one.');
  } else return false;
  return true;
}

function checkControls(query: EventQuery, { fail }: Asking): void {
  const { eventCountLimit, maxEventCount, orderBy } = query;
  if (eventCountLimit === undefined) return;
  if (maxEventCount !== undefined) {
    const en = 'eventCountLimit and maxEventCount exclude each other.';
    fail('maxEventCount', 'eventCountLimit 与 maxEventCount 不能同时使用。', en);
  }
  if (orderBy === undefined) {
    fail(
      'eventCountLimit',
      '须同时给出 orderBy。',
      'The first events of which order? Give orderBy.',
    );
  }
}
