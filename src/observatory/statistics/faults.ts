import { type FaultDetail, faultTable } from '../../kernel/index.ts';

/** What a person is told about a split that cannot be made as asked. */
export const fault = faultTable({
  'statistics.data_unreadable': {
    status: 422,
    zh: '数据表 {file} 有 {count} 处不成立，请按下列各行改正。',
    en: 'The data in {file} do not hold in {count} place(s): correct the rows below.',
  },
  'statistics.rule_unknown': {
    status: 404,
    zh: '没有口径“{rule}”，可以用：{known}。',
    en: 'There is no rule "{rule}"; there are: {known}.',
  },
  'statistics.firm_unknown': {
    status: 404,
    zh: '数据中没有企业“{firm}”，有：{known}。',
    en: 'The data hold no firm "{firm}"; there are: {known}.',
  },
  'statistics.threshold_invalid': {
    status: 422,
    zh: '门槛“{threshold}”应为 0 至 1 之间的小数，最多四位，如 0.3。',
    en: 'The threshold "{threshold}" is none: write a decimal from 0 to 1, as 0.3.',
  },
  'statistics.period_backwards': {
    status: 422,
    zh: '期间 {from} 至 {to} 前后颠倒。',
    en: 'The period from {from} to {to} runs backwards.',
  },
  'statistics.too_many_lines': {
    status: 422,
    zh: '这一期间的发票行超过 {limit} 行，请缩短期间。',
    en: 'The period has more than {limit} invoice lines: ask for a shorter one.',
  },
  'statistics.too_large': {
    status: 413,
    zh: '{what} 超过上限 {limit}。',
    en: '{what} is over the limit of {limit}.',
  },
});

export function unreadable(file: string, errors: readonly FaultDetail[]): Error {
  return fault('statistics.data_unreadable', { file, count: errors.length }, errors);
}
