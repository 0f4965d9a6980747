import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'recall.nothing_affected': {
    status: 422,
    zh: '没有对贵方开放的事件提到这些批次，无法列出召回清单。',
    en: 'No event that you may see names these lots: there is nothing to list.',
  },
  'recall.number_taken': {
    status: 409,
    zh: '贵方已有编号为 {number} 的召回。',
    en: 'You have a recall with the number {number} already.',
  },
  'recall.too_wide': {
    status: 422,
    zh:
      '清单有 {lines} 行、涉及 {parties} 家，一次召回最多 {most_lines} 行、{most_parties} 家。' +
      '请按批次分开召回。',
    en:
      'The list has {lines} rows and {parties} parties; at most {most_lines} and ' +
      '{most_parties} can be recalled at once. Recall some of the lots at a time.',
  },
  'recall.known_later': {
    status: 422,
    zh: '获知风险的时间不能晚于现在。',
    en: 'The danger cannot have become known later than now.',
  },
  'recall.closed': {
    status: 409,
    zh: '这次召回已经结束。',
    en: 'This recall is closed.',
  },
  'recall.nothing_to_send': {
    status: 422,
    zh: '没有待发的通知。链外单位的通知请写明以何种方式告知。',
    en: 'There is no notice to send. For parties outside the chain, say how they were told.',
  },
  'recall.not_told': {
    status: 422,
    zh: '还有 {count} 份通知没有发出，不能结束召回。',
    en: '{count} notice(s) are not sent yet: the recall cannot be closed.',
  },
  'recall.not_addressee': {
    status: 403,
    zh: '只有收到通知的一方可以答复。',
    en: 'Only the party that was told can answer.',
  },
  'recall.line_unknown': {
    status: 422,
    zh: '通知中没有第 {line_no} 行。',
    en: 'The notice has no line {line_no}.',
  },
  'recall.line_twice': {
    status: 422,
    zh: '第 {line_no} 行答复了两次。',
    en: 'Line {line_no} is answered twice.',
  },
});
