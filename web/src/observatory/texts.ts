import { defineTexts } from '../kernel/i18n/texts.ts';

export const useObservatoryTexts = defineTexts('observatory', {
  zh: {
    parts: '观测的各部分',
    share: '服务收入占比',
    unclassified: '待归类',
    classes: '分类',
    scale: '从 {from} 到 {to}',
    from_to: '{low} 至 {high}',
    published: '已公布',
    converted: '由公开副本转换',
    unverified: '未核实',
  },
  en: {
    parts: 'Parts of the observatory',
    share: 'Service share',
    unclassified: 'Unclassified',
    classes: 'Classes',
    scale: 'From {from} to {to}',
    from_to: '{low} to {high}',
    published: 'Published',
    converted: 'Converted from a public copy',
    unverified: 'Unverified',
  },
});
