import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'trade.no_document': {
    status: 422,
    zh: '请求里没有单据。请把文件放在请求正文中。',
    en: 'The request holds no document. Send the file as the body.',
  },
  'trade.partner_unknown': {
    status: 422,
    zh: '本链不认识“{name}”，您也无权邀请。请先邀请对方，或在单据中写明其统一社会信用代码或 GLN。',
    en: 'The chain does not know "{name}" and you may not invite. Give its USCC or GLN.',
  },
  'trade.party_ambiguous': {
    status: 422,
    zh: '“{name}”的各个代码属于不同的成员。请只留一个。',
    en: 'The codes of "{name}" belong to different members. Keep one.',
  },
  'trade.wrong_side': {
    status: 422,
    zh: '这种单据应由 {name} 自己发出，它已是本链成员。',
    en: 'This document is for {name} to send, which is a member of the chain.',
  },
  'trade.not_your_trade': {
    status: 422,
    zh: '单据的买卖双方都不是您（其中有 {name}）。',
    en: 'You are neither buyer nor seller in this document ({name} is).',
  },
  'trade.buyer_not_invited': {
    status: 422,
    zh: '不能代 {name} 下单：只能代您自己邀请、尚未加入的客户录入订单。',
    en: 'You cannot order for {name}: only for a customer you invited that is not here yet.',
  },
  'trade.sides_muddled': {
    status: 422,
    zh: '单据中买方与卖方是同一家，不能成交。',
    en: 'Buyer and seller of the document are one party; nothing can be traded.',
  },
  'trade.quantity_missing': {
    status: 422,
    zh: '第 {line} 行没有数量。',
    en: 'Line {line} has no quantity.',
  },
  'trade.unit_differs': {
    status: 422,
    zh: '第 {line} 行的单位 {unit} 与订单的 {ordered} 不同。请按订单的单位填写。',
    en: 'Line {line} counts in {unit}, the order in {ordered}. Use the unit of the order.',
  },
  'trade.line_unclear': {
    status: 422,
    zh: '第 {line} 行没有写明对应哪一行。',
    en: 'Line {line} does not say which line it is about.',
  },
  'trade.one_order_each': {
    status: 422,
    zh: '一份单据只能对应一张订单，这里有：{numbers}。请分开发送。',
    en: 'A document is for one order; this names {numbers}. Send one for each.',
  },
  'trade.one_invoice_each': {
    status: 422,
    zh: '一张红字发票只能对应一张发票，这里有：{numbers}。',
    en: 'A credit note is for one invoice; this names {numbers}.',
  },
  'trade.despatch_unclear': {
    status: 422,
    zh: '订单 {number} 有 {count} 批在途，收货单没有写明是哪一批。',
    en: 'Order {number} has {count} despatches under way; the receipt does not say which.',
  },
  'trade.answer_unclear': {
    status: 422,
    zh: '答复代码“{code}”不在 UNCL 4343 / 1229 中，看不出接受还是拒绝。',
    en: 'The answer code "{code}" is not of UNCL 4343 / 1229: it neither accepts nor refuses.',
  },
  'trade.tax_unclear': {
    status: 422,
    zh: '第 {line} 行看不出税率。请在行内写明税率。',
    en: 'The tax rate of line {line} cannot be told. State it on the line.',
  },
  'trade.not_answered': {
    status: 409,
    zh: '订单 {number} 还没有得到答复。',
    en: 'Order {number} has not been answered yet.',
  },
  'trade.receipt_unknown': {
    status: 404,
    zh: '这张订单没有这次收货。',
    en: 'The order has no such receipt.',
  },
  'trade.currency_unknown': {
    status: 422,
    zh: '不认识货币 {currency}。',
    en: 'Unknown currency {currency}.',
  },
  'trade.totals_differ': {
    status: 422,
    zh: '单据含税合计 {stated}，按行计算为 {computed}。',
    en: 'The document states a total of {stated}; its lines come to {computed}.',
  },
  'trade.place_unknown': {
    status: 422,
    zh: '您没有名为“{name}”的仓库。',
    en: 'You have no place called "{name}".',
  },
  'trade.product_unknown': {
    status: 422,
    zh: '您看得到的产品目录里没有“{code}”。',
    en: 'No catalogue that you can see has "{code}".',
  },
  'trade.product_unclear': {
    status: 422,
    zh: '编码“{code}”对应多个产品，请改用商品条码。',
    en: 'The code "{code}" is that of several products; use the GTIN.',
  },
  'trade.rows_bad': {
    status: 422,
    zh: '表格有 {count} 行有错，什么都没有写入。改正后重发，或要求只收正确的行。',
    en: '{count} row(s) are wrong and nothing was written. Mend them, or take the good rows.',
  },
  'trade.sheet_too_long': {
    status: 422,
    zh: '一次最多处理 {limit} 行，这里有 {count} 行。请分开发送。',
    en: 'At most {limit} rows are taken at once; this has {count}. Send it in parts.',
  },
});
