import type { Problem } from '../../flows/data/index.ts';

/** Words that go with a document which was taken: what was not done with it, and why. */

export function orderNotHere(number: string | null): Problem {
  return {
    rule: 'trade.order_not_here',
    path: '/cac:OrderReference/cbc:ID',
    zh: `本链没有您与对方之间的订单 ${number ?? '（未写明）'}：单据已转交对方，没有改变任何订单。`,
    en: `No order ${number ?? '(none named)'} of you two is here: passed on, no order changed.`,
  };
}

export function invoiceUnchecked(number: string): Problem {
  return {
    rule: 'trade.invoice_unchecked',
    path: '/cac:OrderReference/cbc:ID',
    zh: `订单 ${number} 不在本链：发票已登记，但没有订单与收货可供核对。`,
    en: `Order ${number} is not here: the invoice was recorded with nothing to match it.`,
  };
}

export function despatchNotHere(number: string): Problem {
  return {
    rule: 'trade.despatch_not_here',
    path: '/cac:DespatchDocumentReference/cbc:ID',
    zh: `订单 ${number} 没有在途的发运，无从收货：单据已转交对方。`,
    en: `Order ${number} has nothing under way to receive: the document was passed on.`,
  };
}

export function invoiceNotHere(number: string | null): Problem {
  return {
    rule: 'trade.invoice_not_here',
    path: '/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID',
    zh: `这里没有您开出的发票 ${number ?? '（未写明）'}：单据已转交对方，没有冲减任何应收款。`,
    en: `No invoice ${number ?? '(none named)'} of yours is here: passed on, nothing credited.`,
  };
}

/** `name` is the partner who is not here yet and whose document it is. */
export function theirsToSend(name: string): Problem {
  return {
    rule: 'trade.theirs_to_send',
    path: '/',
    zh: `这种单据应由 ${name} 发出，对方尚未加入：已留存，没有改变任何业务。`,
    en: `This is for ${name} to send, which is not here yet: kept, nothing changed.`,
  };
}

export const SAME_SIDES: Problem = {
  rule: 'trade.same_sides',
  path: '/',
  zh: '单据中买方与卖方是同一家：已留存，没有改变任何业务。',
  en: 'Buyer and seller of the document are one party: it was kept and changed nothing.',
};

export const ACKNOWLEDGED: Problem = {
  rule: 'trade.acknowledged',
  path: '/cbc:OrderResponseCode',
  zh: '对方只表示收到（AB），订单仍待逐行答复。',
  en: 'The seller only says that the order arrived (AB); its lines still wait for an answer.',
};

export const NOTHING_CHANGES: Problem = {
  rule: 'trade.nothing_changes',
  path: '/cac:OrderLine',
  zh: '变更单与订单一致，没有需要改的。',
  en: 'The change says what the order says already.',
};

export const ADJUSTMENTS_LEFT_OUT: Problem = {
  rule: 'trade.adjustments_left_out',
  path: '/cac:AllowanceCharge',
  zh: '整单的折扣与附加费不计入订单金额，只保留在单据中；开票时再计。',
  en: 'Allowances and charges of the whole order stay in the document until the invoice.',
};

export const DAY_ASSUMED: Problem = {
  rule: 'trade.day_assumed',
  path: '/cac:Delivery/cac:RequestedDeliveryPeriod',
  zh: '没有写明要求到货日期，按单据日期计。',
  en: 'No day of delivery was asked for; the day of the document stands in for it.',
};

export const PREPAID_LEFT_OUT: Problem = {
  rule: 'trade.prepaid_left_out',
  path: '/cac:LegalMonetaryTotal/cbc:PrepaidAmount',
  zh: '单据写有预付款或尾差，未计入应收款。请另行登记该笔付款。',
  en: 'A prepaid or rounding amount is not counted in what is owed. Record that payment by itself.',
};

export const LOTS_LEFT_OUT: Problem = {
  rule: 'trade.lots_left_out',
  path: '/cac:DespatchLine/cac:Item/cac:ItemInstance',
  zh: '一行含多个批次或箱码而未分列数量，批次与箱码只保留在单据中。',
  en: 'Lots and handling units of a line that does not split its quantity stay in the document.',
};

export const EXCESS_LEFT_OUT: Problem = {
  rule: 'trade.excess_left_out',
  path: '/cac:ReceiptLine/cbc:OversupplyQuantity',
  zh: '多收的数量不计入收货，请与对方另行处理。',
  en: 'What came in excess is not counted as received; settle it with the sender.',
};

/** What became of an order sheet: one note for each order. */
export function orderPlaced(number: string, row: number): Problem {
  return {
    rule: 'trade.order_placed',
    path: `/${row}`,
    zh: `订单 ${number} 已下达。`,
    en: `Order ${number} was placed.`,
  };
}

export function rowsDone(count: number): Problem {
  return {
    rule: 'trade.rows_done',
    path: '/',
    zh: `已写入 ${count} 行。`,
    en: `${count} row(s) were written.`,
  };
}

/** A row that was left out because only the good ones were asked for. */
export function rowSkipped(problem: Problem): Problem {
  return {
    ...problem,
    zh: `未写入：${problem.zh}`,
    en: `Not written: ${problem.en}`,
  };
}
