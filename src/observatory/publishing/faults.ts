import { type FaultDetail, faultTable, limits } from '../../kernel/index.ts';

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
  'publishing.too_large_here': {
    status: 413,
    zh: '网上发布以 {cells} 个单元格、{contributions} 个填报值为限（连同以往各版），请改用命令行 release。',
    en:
      'Here a release has up to {cells} cells and {contributions} contributions, with all before ' +
      'it: use the command line (release) for a larger one.',
  },
  'publishing.too_long': {
    status: 422,
    zh: '{seconds} 秒内算不完。请用较粗的分类，或用命令行 release，那里没有这个限制。',
    en: 'It takes more than {seconds} s: use coarser classes, or the command line (release).',
  },
  'publishing.busy': {
    status: 503,
    zh: '正在制作别的发布，请几秒后再试。',
    en: 'Other releases are being made: come again in some seconds.',
  },
  'publishing.not_a_statistician': {
    status: 403,
    zh: '只有链上角色为“统计机构”的成员可以发布统计数据。',
    en: 'Only a member whose role in the chain is statistician publishes statistics.',
  },
  'publishing.release_unknown': {
    status: 404,
    zh: '没有这次发布，或它尚未公开。',
    en: 'There is no such release, or it is not published yet.',
  },
  'publishing.collection_unknown': {
    status: 404,
    zh: '本单位没有组织过这次调查。',
    en: 'You have no such collection.',
  },
  'publishing.item_unusable': {
    status: 422,
    zh: '“{item}”不是这次调查中可以相加的指标（金额、数量、个数）。',
    en: '"{item}" is no item of the collection that adds up (amount, quantity, count).',
  },
  'publishing.series_taken': {
    status: 409,
    zh: '系列“{series}”已有公布的版次，或用的是另一份数据；同一调查的同一指标只能在一个系列里。',
    en:
      'Series "{series}" has a published release, or is of other data; an item of a collection ' +
      'is in one series only. Revise that one.',
  },
  'publishing.draft_waits': {
    status: 409,
    zh: '系列“{series}”还有一版未公布，请先公布或撤回。',
    en: 'A draft of series "{series}" waits: publish or withdraw it first.',
  },
  'publishing.material_other': {
    status: 422,
    zh: '由调查得来的系列用调查的数据修订，其余系列须附上数据行；分类变量要与上一版相同。',
    en:
      'A series of a collection is revised from the collection, any other with rows; the ' +
      'variables are those of the release before.',
  },
  'publishing.nothing_published': {
    status: 409,
    zh: '这个系列还没有公布过，谈不上修订。',
    en: 'Nothing of this series is published yet, so there is nothing to revise.',
  },
  'publishing.release_state': {
    status: 409,
    zh: '这一版{state}，不能这样做。',
    en: 'The release is in a state that does not allow this: {state}.',
  },
  'publishing.hour_past': {
    status: 422,
    zh: '{planned_at} 已经过去：到点会自动公布，请定一个以后的时间。',
    en: '{planned_at} is past: at its hour a release goes out by itself. Give an hour to come.',
  },
  'publishing.embargoed': {
    status: 409,
    zh: '计划于 {planned_at} 公布，在此之前不能公布。',
    en: 'It is planned for {planned_at} and cannot be published before.',
  },
});

export const tooLong = () =>
  fault('publishing.too_long', { seconds: limits.release_work_ms / 1_000 });

export function unreadable(file: string, errors: readonly FaultDetail[]): Error {
  const shown = errors.slice(0, 100);
  return fault('publishing.data_unreadable', { file, count: errors.length }, shown);
}
