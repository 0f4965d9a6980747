import { type Bilingual, type FaultDetail, faultTable, limits } from '../../kernel/index.ts';

/** What a person is told about an index that cannot be made as asked. */
export const fault = faultTable({
  'indicator.data_unreadable': {
    status: 422,
    zh: '数据表 {file} 有 {count} 处读不懂，请按下列各行改正。',
    en: 'The data in {file} cannot be read in {count} place(s): correct the rows below.',
  },
  'indicator.framework_unreadable': {
    status: 422,
    zh: '指标体系 {file} 有 {count} 处不成立，请按下列各行改正。',
    en: 'The framework in {file} does not hold in {count} place(s): correct the rows below.',
  },
  'indicator.recipe_unreadable': {
    status: 422,
    zh: '计算方案 {file} 有 {count} 处不成立，请按下列各处改正。',
    en: 'The recipe in {file} does not hold in {count} place(s): correct them as said below.',
  },
  'indicator.step_impossible': {
    status: 422,
    zh: '“{step}”这一步做不成：{zh}',
    en: 'The step "{step}" cannot be done: {en}',
  },
  'indicator.rerun_impossible': {
    status: 422,
    zh: '按不确定性因素重算({chosen})时：{zh}',
    en: 'In a re-run for the uncertainty, with {chosen}: {en}',
  },
  'indicator.too_large': {
    status: 413,
    zh: '{what} 超过上限 {limit}。',
    en: '{what} is over the limit of {limit}.',
  },
  'indicator.too_long': {
    status: 422,
    zh: '{seconds} 秒内算不完。请减少重算次数(uncertainty.runs)，或用命令行计算，那里没有这个限制。',
    en: 'It takes more than {seconds} s: ask for fewer uncertainty.runs, or use the command line.',
  },
  'indicator.busy': {
    status: 503,
    zh: '正在计算别的指数，请几秒后再试。',
    en: 'Other indices are being made: come again in some seconds.',
  },
  'indicator.unit_unknown': {
    status: 404,
    zh: '数据中没有单位“{unit}”(期间 {period})。',
    en: 'The data hold no unit "{unit}" (period {period}).',
  },
  'indicator.element_unknown': {
    status: 404,
    zh: '指标体系中没有“{element}”。',
    en: 'The framework holds no element "{element}".',
  },
});

/** More than an answer by HTTP may take; the command line has no such bound. */
export function tooLong(): Error {
  return fault('indicator.too_long', { seconds: limits.index_work_ms / 1_000 });
}

/** A step that these data do not allow, with what to do about it. */
export function impossible(
  step: string,
  words: Bilingual,
  errors: readonly FaultDetail[] = [],
): Error {
  return fault('indicator.step_impossible', { step, ...words }, errors);
}
