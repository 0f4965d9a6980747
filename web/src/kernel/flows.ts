import { defineTexts } from './i18n/texts.ts';

/** The four flows, in the order in which the console always shows them. */
export const FLOWS = ['commerce', 'goods', 'money', 'data'] as const;

export type Flow = (typeof FLOWS)[number];

/** The colour of a flow's threads, knots and marks. */
export function flowColour(flow: Flow): string {
  return `var(--flow-${flow})`;
}

/** The darker colour of a flow's words, which keeps a contrast of 4.5:1 on a card. */
export function flowInk(flow: Flow): string {
  return `var(--flow-${flow}-ink)`;
}

export const useFlowTexts = defineTexts('flows', {
  zh: {
    commerce: '商流',
    goods: '物流',
    money: '资金流',
    data: '信息流',
    commerce_sign: '商',
    goods_sign: '物',
    money_sign: '资',
    data_sign: '信',
  },
  en: {
    commerce: 'Commerce',
    goods: 'Goods',
    money: 'Money',
    data: 'Data',
    commerce_sign: 'C',
    goods_sign: 'G',
    money_sign: 'M',
    data_sign: 'D',
  },
});
