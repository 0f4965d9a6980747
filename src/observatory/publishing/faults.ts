import { type FaultDetail, faultTable } from '../../kernel/index.ts';

/** What a person is told about a release that cannot be made or given out as asked. */
export const fault = faultTable({
  'publishing.data_unreadable': {
    status: 422,
    zh: '数据 {file} 有 {count} 处不成立，请按下列各处改正。',
    en: 'The data in {file} do not hold in {count} place(s): correct them as said below.',
  },
  'publishing.rules_missing': {
    status: 422,
    zh: '没有写明保密规则：至少要有最少单位数、优势、p% 或 pq 中的一条。',
    en: 'No rule of confidentiality is named: give a frequency, dominance, p % or pq rule.',
  },
  'publishing.reveals': {
    status: 422,
    zh: '这样发布会让人从已发布的数推算出 {count} 个应保密的数，不能发布。',
    en: 'So published, {count} figure(s) that are to be kept could be worked out: refused.',
  },
  'publishing.too_large': {
    status: 413,
    zh: '{what} 超过上限 {limit}。',
    en: '{what} is over the limit of {limit}.',
  },
});

export function unreadable(file: string, errors: readonly FaultDetail[]): Error {
  const shown = errors.slice(0, 100);
  return fault('publishing.data_unreadable', { file, count: errors.length }, shown);
}
