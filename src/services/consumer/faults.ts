import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'consumer.no_gtin': {
    status: 422,
    zh: '“{product}”没有商品条码(GTIN)，扫码无处可去。请以带 GTIN 的商品登记后再公开。',
    en: '"{product}" has no GTIN, so no code leads to it. List the product with its GTIN first.',
  },
  'consumer.gtin_not_own': {
    status: 422,
    zh: 'GTIN {gtin} 不以贵方登记的 GS1 厂商识别代码开头。请先登记厂商识别代码。',
    en: 'GTIN {gtin} does not begin with a GS1 company prefix of yours. Register the prefix first.',
  },
  'consumer.gtin_shared': {
    status: 409,
    zh: 'GTIN {gtin} 已在另一条链或另一个商品下公开。请先在那里取消公开。',
    en: 'GTIN {gtin} is shared already, in another chain or by another product. Unshare it there.',
  },
  'consumer.code_malformed': { status: 400, zh: '{zh}', en: '{en}' },
  'consumer.nothing_here': {
    status: 404,
    zh: '没有这个编码、这个批次，或品牌方没有公开它。',
    en: 'There is no such code or lot, or the brand owner does not share it.',
  },
  'consumer.no_such_link': {
    status: 404,
    zh: '这个商品没有类型为 {type} 的链接。',
    en: 'This product has no link of the type {type}.',
  },
  'consumer.no_address': {
    status: 404,
    zh: '运营方还没有设置对外网址(JINGWEI_RESOLVER)。',
    en: 'The operator has not set the public address yet (JINGWEI_RESOLVER).',
  },
  'consumer.too_many_warnings': {
    status: 422,
    zh: '这个商品已有 {most} 条未撤回的提示。请先撤回过时的。',
    en: 'There are {most} warnings for this product that stand. Withdraw those that are over.',
  },
  'consumer.not_shared': {
    status: 422,
    zh: '“{product}”没有公开，扫码的人看不到提示。请先公开这个商品。',
    en: '"{product}" is not shared: nobody who scans it would see the warning. Share it first.',
  },
  'consumer.warning_stands': {
    status: 409,
    zh: '还有 {count} 条给消费者的提示没有撤回，不能取消公开。可以改为只显示提示。',
    en: '{count} warning(s) to consumers stand: sharing cannot end. It can show them and no more.',
  },
  'consumer.withdrawn': {
    status: 409,
    zh: '这条提示已经撤回。',
    en: 'This warning is withdrawn already.',
  },
});
