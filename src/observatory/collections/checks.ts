import { assert, type FaultDetail } from '../../kernel/index.ts';
import { evaluate, type Lookup } from './expression/evaluate.ts';
import { isError, parseRule } from './expression/parse.ts';
import { boundsOfValue, isFigure, refusalOf } from './items.ts';
import type { Answers, Check, Notes } from './report-schema.ts';
import type { Item, Rule } from './schema.ts';

export const outcomes = { yes: 'holds', no: 'broken', cannot_tell: 'cannot_tell' } as const;

export const figureCodes = (items: readonly Item[]) =>
  new Set(items.filter(isFigure).map(({ code }) => code));

/**
 * What rules find in answers. A draft may hold what is no answer yet: such an item is as good as
 * empty.
 * @param before what the firm said one period before, null where it said nothing
 */
export function lookupIn(items: readonly Item[], given: Answers, before: Answers | null): Lookup {
  const byCode = new Map(items.map((item) => [item.code, item]));
  return (code, isBefore) => {
    const item = byCode.get(code);
    const value = (isBefore ? before : given)?.[code];
    if (!item || value === undefined || refusalOf(item, value)) return null;
    return boundsOfValue(item, value);
  };
}

/** Holds answers against the rules of their form. */
export function checkRules(
  items: readonly Item[],
  rules: readonly Rule[],
  given: Answers,
  before: Answers | null,
): Check[] {
  const lookup = lookupIn(items, given, before);
  const figures = figureCodes(items);
  return rules.map(({ id, level, expression, explanation }) => {
    const parsed = parseRule(expression, figures);
    assert(!isError(parsed), 'a form whose rules cannot be read is not stored');
    return { rule: id, level, outcome: outcomes[evaluate(parsed, lookup)], explanation };
  });
}

/** What keeps a report from being submitted: hard rules broken, soft ones without a note. */
export function ruleErrors(checks: readonly Check[], explained: Notes): FaultDetail[] {
  return checks
    .filter(
      ({ rule, level, outcome }) => outcome === 'broken' && (level === 'hard' || !explained[rule]),
    )
    .map(({ rule, level, explanation: { zh, en } }) =>
      level === 'hard'
        ? { path: `rules/${rule}`, rule, zh, en }
        : {
            path: `body/notes/${rule}`,
            rule,
            zh: `${zh}（属实请说明原因）`,
            en: `${en} (if it is so, say why)`,
          },
    );
}

/** Notes on rules that the form does not have. */
export function noteErrors(rules: readonly Rule[], given: Notes): FaultDetail[] {
  const known = new Set(rules.map(({ id }) => id));
  return Object.keys(given)
    .filter((id) => !known.has(id))
    .map((id) => ({
      path: `body/notes/${id}`,
      zh: `调查表没有审核关系“${id}”。`,
      en: `The form has no rule "${id}".`,
    }));
}
