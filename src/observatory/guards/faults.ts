import { faultTable } from '../../kernel/index.ts';

/** What a person is told about a guard that cannot look as asked. */
export const fault = faultTable({
  'guards.collection_unknown': {
    status: 404,
    zh: '没有这次调查，或不是本单位组织的。',
    en: 'There is no such collection, or it is not yours.',
  },
  'guards.item_unusable': {
    status: 422,
    zh: '调查表里没有数值指标“{item}”。',
    en: 'The form has no item "{item}" that is a figure.',
  },
  'guards.threshold_unusable': {
    status: 422,
    zh: '门槛不能是零：门槛附近多宽，是按它的百分之几算的。',
    en: 'The threshold cannot be zero: how near is near is told as a part of it.',
  },
  'guards.too_large': {
    status: 422,
    zh: '一次最多看 {limit} 家的报表。',
    en: 'One look takes the reports of {limit} firms at most.',
  },
});
