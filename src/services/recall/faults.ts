import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'recall.nothing_affected': {
    status: 422,
    zh: '没有对贵方开放的事件提到这些批次，无法列出召回清单。',
    en: 'No event that you may see names these lots: there is nothing to list.',
  },
});
