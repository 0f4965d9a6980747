import type { Language } from '../links.ts';

const zh = {
  language: '中文',
  other_language: 'English',
  lot: '批号',
  serial: '序列号',
  gtin: '商品条码(GTIN)',
  by: '品牌方',
  produced_on: '生产日期',
  best_before: '保质期至',
  expires_on: '有效期至',
  storage: '贮存温度',
  origin: '生产地点',
  journey: '这一批走过的路',
  journey_one: '这一件走过的路',
  more_steps: '还有后续环节，这里不再列出。',
  self: '品牌方',
  links: '更多信息',
  link_by: '由{owner}提供的外部链接',
  recall_head: '这批商品正在召回',
  recall_thing_head: '这件商品正在召回',
  recall_all_head: '这种商品正在召回',
  recall_plain: '请不要食用或使用。保留包装，联系购买处或品牌方退货。',
  recalled_since: '召回通知发出',
  published: '发布日期',
  why: '原因',
  what_to_do: '您该怎么做',
  contact: '联系方式',
  perhaps_head: '部分批次正在召回',
  perhaps: '请核对包装上的批号。下列批次正在召回：',
  more_lots: '还有更多批次，这里没有列全：请向购买处或品牌方核对。',
  untold_head: '部分商品正在召回',
  untold:
    '这种商品有一部分正在召回，这个码看不出是不是您手上的这一件。请先不要食用或使用，向购买处或品牌方核对。',
  none_recalled: '品牌方没有发布针对它的召回。',
  recall: '召回',
  footer: '以上内容由{owner}公开，只取自它自己的记录。其他企业只写类型和省份，不写名称。',
  preview: '预览：扫码的人将看到这些。',
  preview_off: '目前没有公开，扫码的人什么也看不到。',
  nothing_head: '没有公开的信息',
  nothing:
    '这个编码下没有可以看的内容：可能编码有误，可能没有这个批次，也可能品牌方没有公开。请核对包装上的编码；对商品有疑问，请问购买处。',
  malformed_head: '编码不对',
  malformed: '这个网址里的编码读不懂。请重新扫描包装上的二维码。',
  no_link_head: '没有这类链接',
  wrong_head: '暂时打不开',
  see_page: '查看这个商品的页面',
  to: '至',
  degrees: '{low} ～ {high} ℃',
  at_most: '不高于 {high} ℃',
  at_least: '不低于 {low} ℃',
};

const en: typeof zh = {
  language: 'English',
  other_language: '中文',
  lot: 'Lot',
  serial: 'Serial number',
  gtin: 'GTIN',
  by: 'Brand owner',
  produced_on: 'Made on',
  best_before: 'Best before',
  expires_on: 'Use by',
  storage: 'Store at',
  origin: 'Made at',
  journey: 'Where this lot has been',
  journey_one: 'Where this item has been',
  more_steps: 'There are further steps, which are not listed here.',
  self: 'the brand owner',
  links: 'More',
  link_by: 'External links, given by {owner}',
  recall_head: 'This lot is being recalled',
  recall_thing_head: 'This item is being recalled',
  recall_all_head: 'This product is being recalled',
  recall_plain:
    'Do not eat or use it. Keep the pack, and contact the shop or the brand owner to return it.',
  recalled_since: 'Recall sent out',
  published: 'Published',
  why: 'Why',
  what_to_do: 'What to do',
  contact: 'Contact',
  perhaps_head: 'Some lots are being recalled',
  perhaps: 'Look for the lot number on your pack. These lots are being recalled:',
  more_lots: 'There are more lots than are listed here: ask the shop or the brand owner.',
  untold_head: 'Some of it is being recalled',
  untold:
    'Some of this product is being recalled, and this code does not tell whether yours is. ' +
    'Do not eat or use it before you have asked the shop or the brand owner.',
  none_recalled: 'The brand owner has published no recall of it.',
  recall: 'Recalls',
  footer:
    'Published by {owner}, from its own records alone. Of other firms only their kind and ' +
    'province are told, never their names.',
  preview: 'Preview: this is what whoever scans the code will see.',
  preview_off: 'It is not shared now: whoever scans the code sees nothing.',
  nothing_head: 'Nothing is published here',
  nothing:
    'There is nothing to see under this code: it may be wrong, there may be no such lot, or the ' +
    'brand owner may not share it. Compare it with the code on the pack, or ask the shop.',
  malformed_head: 'The code is wrong',
  malformed: 'The code in this address cannot be read. Scan the code on the pack once more.',
  no_link_head: 'No link of this type',
  wrong_head: 'Not available now',
  see_page: 'See the page of this product',
  to: 'to',
  degrees: '{low} to {high} °C',
  at_most: '{high} °C or colder',
  at_least: '{low} °C or warmer',
};

export type Words = (name: keyof typeof zh, given?: Readonly<Record<string, string>>) => string;

/** The words of a page in one language. */
export function wordsIn(language: Language): Words {
  const texts = language === 'zh' ? zh : en;
  return (name, given = {}) =>
    Object.entries(given).reduce((text, [key, value]) => {
      return text.replace(`{${key}}`, () => value);
    }, texts[name]);
}
