import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'commerce.product_unknown': {
    status: 404,
    zh: '没有产品“{code}”，或未对您公开。',
    en: 'There is no product "{code}", or it is not open to you.',
  },
  'commerce.product_code_taken': {
    status: 409,
    zh: '产品编码“{code}”已被使用。',
    en: 'The product code "{code}" is taken.',
  },
  'commerce.gtin_given': {
    status: 409,
    zh: '该产品的 GTIN 是 {gtin}，不能改；换了 GTIN 的是另一个产品，请另行上架。',
    en: 'The product has the GTIN {gtin}. One with another GTIN is another product: list it.',
  },
  'commerce.ordered_without_gtin': {
    status: 409,
    zh: '该产品已被订购，订单里没有 GTIN。请另行上架带 GTIN 的产品，以后的订单用新产品。',
    en: 'It has been ordered without a GTIN. List a product with the GTIN for the next orders.',
  },
  'commerce.unit_ordered': {
    status: 409,
    zh: '该产品已按“{unit}”订购，货按它记在库存里，不能再折算。请另行上架产品。',
    en: 'It has been ordered by "{unit}", and lies in stock by it. List another product.',
  },
  'commerce.unit_known': {
    status: 409,
    zh: '该产品已有单位“{unit}”。',
    en: 'The product has the unit "{unit}" already.',
  },
  'commerce.too_many_units': {
    status: 422,
    zh: '一个产品最多 {most} 个包装单位。',
    en: 'A product has {most} packing units at most.',
  },
  'commerce.identifier_invalid': { status: 422, zh: '{zh}', en: '{en}' },
  'commerce.agreement_unknown': {
    status: 404,
    zh: '没有这份供货协议。',
    en: 'There is no such supply agreement.',
  },
  'commerce.agreement_state': {
    status: 409,
    zh: '协议处于“{state}”状态，不能{action_zh}。',
    en: 'The agreement is {state}; it cannot be {action_en}.',
  },
  'commerce.partner_unknown': {
    status: 422,
    zh: '对方不是本链成员。',
    en: 'The other party is not a member of this chain.',
  },
  'commerce.trades_with_itself': {
    status: 422,
    zh: '买卖双方不能是同一家。',
    en: 'Buyer and seller must be two parties.',
  },
  'commerce.order_unknown': {
    status: 404,
    zh: '没有这张订单，或您无权查看。',
    en: 'There is no such order, or it is not yours.',
  },
  'commerce.order_number_taken': {
    status: 409,
    zh: '订单号 {number} 已用过。若要修改原订单，请用“变更”。',
    en: 'Order number {number} is used already. To alter that order, change it.',
  },
  'commerce.order_state': {
    status: 409,
    zh: '订单 {number} 处于“{state_zh}”，不能{action_zh}:{why_zh}',
    en: 'Order {number} is {state}; it cannot be {action_en}: {why_en}',
  },
  'commerce.not_the_seller': {
    status: 403,
    zh: '只有卖方才能这样做。',
    en: 'Only the seller may do this.',
  },
  'commerce.not_the_buyer': {
    status: 403,
    zh: '只有买方才能这样做。',
    en: 'Only the buyer may do this.',
  },
  'commerce.not_a_side': {
    status: 403,
    zh: '只有买卖双方才能在订单上留言。',
    en: 'Only the buyer and the seller may write on an order.',
  },
  'commerce.schedule_uneven': {
    status: 422,
    zh: '第 {line} 行：分批合计 {sum}，应等于订购的 {quantity}。',
    en: 'Line {line}: the parts add up to {sum}, but {quantity} is ordered.',
  },
  'commerce.line_unknown': {
    status: 422,
    zh: '订单 {number} 没有第 {line} 行。',
    en: 'Order {number} has no line {line}.',
  },
  'commerce.line_state': {
    status: 409,
    zh: '订单 {number} 第 {line} 行是“{state_zh}”，不能{action_zh}。',
    en: 'Line {line} of order {number} is {state}; it cannot be {action_en}.',
  },
  'commerce.too_much': {
    status: 422,
    zh: '第 {line} 行：{what_zh} {asked} 超过可用的 {left}。',
    en: 'Line {line}: {what_en} {asked} is more than the {left} left.',
  },
  'commerce.despatch_unknown': {
    status: 404,
    zh: '没有这次发运。',
    en: 'There is no such despatch.',
  },
  'commerce.despatch_state': {
    status: 409,
    zh: '发运 {number} 已{state_zh}，不能再{action_zh}。',
    en: 'Despatch {number} is {state}; it cannot be {action_en}.',
  },
  'commerce.number_taken': {
    status: 409,
    zh: '单号 {number} 已用过。',
    en: 'The number {number} is used already.',
  },
  'commerce.receipt_uneven': {
    status: 422,
    zh: '第 {line} 行：合格 + 短少 + 破损 + 拒收 = {sum}，应等于发运的 {sent}。',
    en: 'Line {line}: accepted + short + damaged + refused = {sum}, but {sent} was sent.',
  },
  'commerce.received_ahead': {
    status: 422,
    zh: '收货日 {day} 在今天之后。货到了才能签收。',
    en: 'The goods cannot have been received on {day}: that day is still to come.',
  },
  'commerce.reason_missing': {
    status: 422,
    zh: '第 {line} 行：短少、破损或拒收须写明原因。',
    en: 'Line {line}: say why goods are short, damaged or refused.',
  },
  'commerce.invoice_unknown': {
    status: 404,
    zh: '没有这张发票，或您无权查看。',
    en: 'There is no such invoice, or it is not yours.',
  },
  'commerce.bill_below_zero': {
    status: 422,
    zh: '发票合计不能小于零。要退给买方的部分请开红字发票。',
    en: 'A bill cannot come to less than zero. Credit what goes back to the buyer.',
  },
  'commerce.bill_of_nothing': {
    status: 422,
    zh: '合计为零：没有可收或可退的款。请检查数量与单价。',
    en: 'It comes to nothing: there is nothing to pay or to credit. Check quantities and prices.',
  },
  'commerce.credit_too_large': {
    status: 422,
    zh: '红字金额 {asked} 超过该发票尚未冲红的 {left}。',
    en: 'The credit of {asked} is more than the {left} of the invoice not yet credited.',
  },
  'commerce.dispute_unknown': {
    status: 404,
    zh: '没有这项争议。',
    en: 'There is no such dispute.',
  },
  'commerce.dispute_too_large': {
    status: 422,
    zh: '争议金额 {asked} 超过该发票可争议的 {left}。',
    en: 'The disputed {asked} is more than the {left} of the invoice that can be disputed.',
  },
  'commerce.dispute_closed': {
    status: 409,
    zh: '这项争议已经了结。',
    en: 'This dispute is closed.',
  },
});
