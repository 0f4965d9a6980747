import { defineTexts } from '../kernel/i18n/texts.ts';

export const useClockTexts = defineTexts('clock', {
  zh: {
    days_left_one: '{count} 天',
    days_left_other: '{count} 天',
    days_over_one: '逾期 {count} 天',
    days_over_other: '逾期 {count} 天',
    due_today: '今天',
    paid: '已付清',
    waiting: '未起算',
    waiting_note: '交付或验收后起算',
    due_on: '{date} 到期',
    label: '{headline}，{caption}',
  },
  en: {
    days_left_one: '{count} day',
    days_left_other: '{count} days',
    days_over_one: '{count} day late',
    days_over_other: '{count} days late',
    due_today: 'Today',
    paid: 'Paid',
    waiting: 'Not started',
    waiting_note: 'runs from delivery or inspection',
    due_on: 'due {date}',
    label: '{headline}, {caption}',
  },
});
