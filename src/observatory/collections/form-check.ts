import type { z } from 'zod';
import { type Bilingual, type FaultDetail, invalid } from '../../kernel/index.ts';
import { figureCodes, lookupIn, outcomes } from './checks.ts';
import { definitionErrors } from './definition.ts';
import { evaluate } from './expression/evaluate.ts';
import { isError, parseRule } from './expression/parse.ts';
import { itemsRead } from './expression/reads.ts';
import { fault } from './faults.ts';
import type { checkedForm, FormCheck, FormDraftContent } from './form-draft-schema.ts';
import { type FormContent, type Item, type NewForm, newForm } from './schema.ts';

/** What a form is told where a schema would say of which shape its text is. */
const WORDS: readonly (Bilingual & { at: RegExp })[] = [
  {
    at: /^body\/code$/,
    zh: '编号用字母、数字、点和横线，以字母或数字开头，至多 40 个字符。',
    en: 'Letters, digits, dots and dashes, beginning with a letter or a digit; 40 at most.',
  },
  {
    at: /\/code$/,
    zh: '代码用小写字母、数字和下划线，以字母开头，至多 40 个字符。',
    en: 'Small letters, digits and underscores, beginning with a letter; 40 at most.',
  },
  {
    at: /^body\/rules\/\d+\/id$/,
    zh: '编号用大写字母、数字和下划线，以字母开头，至多 20 个字符。',
    en: 'Capital letters, digits and underscores, beginning with a letter; 20 at most.',
  },
  {
    at: /^body\/items$/,
    zh: '至少要有一个指标。',
    en: 'A form has one item or more.',
  },
  {
    at: /\/unit$/,
    zh: '计量单位写 UN/ECE 第 20 号建议书的代码，如 KWH、TNE。',
    en: 'Write the unit as a code of UN/ECE Recommendation 20, such as KWH or TNE.',
  },
  {
    at: /\/valid_until$/,
    zh: '请选择有效期。',
    en: 'Choose the day until which it is valid.',
  },
  {
    at: /\/(zh|en|expression|table|item|table_number|issued_by|approval_number)$/,
    zh: '请填写。',
    en: 'Write something here.',
  },
];

const inWords = (error: FaultDetail): FaultDetail => {
  const found = WORDS.find(({ at }) => at.test(error.path));
  return found ? { ...error, zh: found.zh, en: found.en } : error;
};

/** A draft's items and rules are a form's in all but what their texts may be. */
const asForm = (content: FormDraftContent) => content as unknown as FormContent;

const parse = ({ asks_per_year, ...content }: FormDraftContent) =>
  newForm.safeParse({ ...content, ...(asks_per_year === null ? {} : { asks_per_year }) });

/** Everything that keeps a draft from being a form; one place is told one thing. */
function errorsOf(content: FormDraftContent): FaultDetail[] {
  const { error } = parse(content);
  const shape = error ? invalid(error, 'body').errors.map(inWords) : [];
  const all = [...shape, ...definitionErrors(asForm(content))];
  return all.filter(({ path }, at) => all.findIndex((one) => one.path === path) === at);
}

/** A draft as the form that it is. @throws collections.form_invalid */
export function wholeForm(content: FormDraftContent): NewForm {
  const errors = errorsOf(content);
  const { data } = parse(content);
  if (!data || errors.length > 0) {
    throw fault('collections.form_invalid', { count: errors.length }, errors);
  }
  return data;
}

const withoutBody = ({ path, zh, en }: FaultDetail) => ({
  path: path.replace(/^body\//, ''),
  zh,
  en,
});

/** What a form as it is typed would be refused for, and what its rules come to on some answers. */
export function checkForm({ content, answers, before }: z.output<typeof checkedForm>): FormCheck {
  const items = content.items as unknown as readonly Item[];
  const figures = figureCodes(items);
  const lookup = lookupIn(items, answers, before);
  return {
    errors: errorsOf(content).map(withoutBody),
    rules: content.rules.map(({ expression }) => {
      const parsed = parseRule(expression, figures);
      if (isError(parsed)) return { fault: parsed, reads: [], outcome: null };
      const outcome = outcomes[evaluate(parsed, lookup)];
      return { fault: null, reads: itemsRead(parsed), outcome };
    }),
  };
}
