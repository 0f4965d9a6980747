import { type FaultDetail, faultTable } from '../../kernel/index.ts';

/** What a person is told about a classification that cannot be read or used as asked. */
export const fault = faultTable({
  'classification.edition_unknown': {
    status: 404,
    zh: '没有“{edition}”这个版本，已登记的有：{known}。',
    en: 'There is no edition "{edition}"; there are: {known}.',
  },
  'classification.edition_older': {
    status: 422,
    zh: '{file} 是 GB/T 4754-2011 的行业表({reason})。同一代码两版可能不同，请用 2017 版。',
    en:
      '{file} lists GB/T 4754-2011 ({reason}). An old code may be another industry in the ' +
      'edition of 2017: send that one.',
  },
  'classification.class_unknown': {
    status: 404,
    zh: '{edition} 中没有代码“{code}”。',
    en: '{edition} has no code "{code}".',
  },
  'classification.list_unreadable': {
    status: 422,
    zh: '{file} 有 {count} 处不成立，请按下列各行改正。',
    en: '{file} does not hold in {count} place(s): correct the rows below.',
  },
  'classification.overlap': {
    status: 422,
    zh: '{names} 有 {count} 个行业小类重叠(如 {example})，不能相加；请求并集，得到的是区间。',
    en:
      '{names} share {count} class(es), {example} among them, and are not to be added: ask for ' +
      'their union, which is an interval.',
  },
  'classification.size_unknown': { status: 422, zh: '{zh}', en: '{en}' },
});

export function unreadable(file: string, errors: readonly FaultDetail[]): Error {
  return fault('classification.list_unreadable', { file, count: errors.length }, errors);
}
