import type { Bilingual, FaultDetail } from '../../kernel/index.ts';
import { figureCodes } from './checks.ts';
import { isError, parseRule, reservedWords } from './expression/parse.ts';
import { isFigure, kindOfPrefill } from './items.ts';
import type { FormContent, Item, Rule } from './schema.ts';

function repeated(codes: readonly string[]): number[] {
  return codes.flatMap((code, at) => (codes.indexOf(code) < at ? [at] : []));
}

/** Each thing that an item may get wrong, with what is said of it. */
const ITEM_RULES: readonly (Bilingual & { at: string; isBroken(item: Item): boolean })[] = [
  {
    at: 'code',
    zh: '这个代码是公式里的保留字。',
    en: 'Rules use this word for themselves.',
    isBroken: ({ code }) => reservedWords.includes(code),
  },
  {
    at: 'code',
    zh: '这个代码不能用，请换一个。',
    en: 'This code cannot be used: take another.',
    // Answers are an object by code, which has a `constructor` before anybody answers.
    isBroken: ({ code }) => code in {},
  },
  {
    at: 'unit',
    zh: '数量指标要有计量单位，其他指标不要。',
    en: 'A quantity has a unit, and nothing else has one.',
    isBroken: ({ kind, unit }) => (kind === 'quantity') !== (unit !== null),
  },
  {
    at: 'choices',
    zh: '选择题至少两个选项，其他指标不要选项。',
    en: 'A choice has two choices or more, and nothing else has any.',
    isBroken: ({ kind, choices }) => (kind === 'choice' ? choices.length < 2 : choices.length > 0),
  },
  {
    at: 'choices',
    zh: '选项代码不能重复。',
    en: 'A choice stands twice.',
    isBroken: ({ choices }) => repeated(choices.map(({ code }) => code)).length > 0,
  },
  {
    at: 'takes_interval',
    zh: '只有数值指标可以填上下限。',
    en: 'Only a figure has bounds.',
    isBroken: (item) => item.takes_interval && !isFigure(item),
  },
  {
    at: 'prefill',
    zh: '收入和服务收入预填入金额，服务收入占比预填入百分数。',
    en: 'Revenue fills in an amount, and a share of it a percentage.',
    isBroken: ({ kind, prefill }) => prefill !== null && kindOfPrefill[prefill.field] !== kind,
  },
];

function itemErrors(items: readonly Item[]): FaultDetail[] {
  const twice = repeated(items.map(({ code }) => code)).map((at) => ({
    path: `body/items/${at}/code`,
    zh: '指标代码重复。',
    en: 'Another item has this code.',
  }));
  const broken = items.flatMap((item, at) =>
    ITEM_RULES.filter(({ isBroken }) => isBroken(item)).map(({ at: field, zh, en }) => ({
      path: `body/items/${at}/${field}`,
      zh,
      en,
    })),
  );
  return [...twice, ...broken];
}

function expressionErrors(rules: readonly Rule[], figures: ReadonlySet<string>): FaultDetail[] {
  return rules.flatMap(({ expression }, at) => {
    const parsed = parseRule(expression, figures);
    if (!isError(parsed)) return [];
    const { column, zh, en } = parsed;
    return [
      {
        path: `body/rules/${at}/expression`,
        zh: `第 ${column} 个字符：${zh}`,
        en: `Character ${column}: ${en}`,
      },
    ];
  });
}

/** Everything that is wrong with a form, each with its place; an expression also by its column. */
export function definitionErrors({ items, rules }: FormContent): FaultDetail[] {
  const twice = repeated(rules.map(({ id }) => id)).map((at) => ({
    path: `body/rules/${at}/id`,
    zh: '审核关系编号重复。',
    en: 'Another rule has this id.',
  }));
  return [...itemErrors(items), ...twice, ...expressionErrors(rules, figureCodes(items))];
}
