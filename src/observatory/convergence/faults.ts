import { type Bilingual, type FaultDetail, faultTable } from '../../kernel/index.ts';

/** What a person is told about a measure that cannot be made as asked. */
export const fault = faultTable({
  'convergence.data_unreadable': {
    status: 422,
    zh: '数据表 {file} 有 {count} 处不成立，请按下列各处改正。',
    en: 'The data in {file} do not hold in {count} place(s): correct them as said below.',
  },
  'convergence.form_refused': {
    status: 422,
    zh: '不按“{form}”计算耦合度：{zh}请改用 standard、wang 或 fan。',
    en: 'Coupling is not computed as "{form}". {en} Ask for standard, wang or fan instead.',
  },
  'convergence.form_unknown': {
    status: 422,
    zh: '没有名为“{form}”的耦合度算法，可以用：{known}。',
    en: 'There is no form of coupling named "{form}"; there are: {known}.',
  },
  'convergence.sectors_unknown': { status: 422, zh: '{zh}', en: '{en}' },
  'convergence.impossible': {
    status: 422,
    zh: '“{measure}”算不出来：{zh}',
    en: 'The measure "{measure}" cannot be made: {en}',
  },
  'convergence.too_large': {
    status: 413,
    zh: '{what} 超过上限 {limit}。',
    en: '{what} is over the limit of {limit}.',
  },
});

/** A measure that these numbers do not allow, with what to do about it. */
export function impossible(measure: string, words: Bilingual): Error {
  return fault('convergence.impossible', { measure, ...words });
}

export function unreadable(file: string, errors: readonly FaultDetail[]): Error {
  return fault('convergence.data_unreadable', { file, count: errors.length }, errors);
}
