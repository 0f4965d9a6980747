import { defineTexts } from '../kernel/i18n/texts.ts';

export const useObservatoryTexts = defineTexts('observatory', {
  zh: {
    parts: '观测的各部分',
    home: '概览',
    share: '服务收入占比',
    unclassified: '待归类',
    index: '指数',
    matrix: '产业关联',
    classes: '分类',
    releases: '发布',
    reports: '报表',
    collections: '调查',
    published: '已公布',
    converted: '由公开副本转换',
    unverified: '未核实',
  },
  en: {
    parts: 'Parts of the observatory',
    home: 'Overview',
    share: 'Service share',
    unclassified: 'Unclassified',
    index: 'Indices',
    matrix: 'Industries',
    classes: 'Classes',
    releases: 'Releases',
    reports: 'Reports',
    collections: 'Collections',
    published: 'Published',
    converted: 'Converted from a public copy',
    unverified: 'Unverified',
  },
});
