import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'money.unbalanced': {
    status: 422,
    zh: '分录不平：{currency} 借贷相差 {difference}(最小货币单位)。',
    en: 'The entry does not balance: debits and credits differ by {difference} minor {currency}.',
  },
  'money.account_unknown': {
    status: 422,
    zh: '没有科目“{code}”。',
    en: 'There is no account "{code}".',
  },
  'money.account_taken': {
    status: 409,
    zh: '科目“{code}”已存在。',
    en: 'The account "{code}" is open already.',
  },
  'money.account_reserved': {
    status: 422,
    zh: '往来科目“{code}”由发票和收付款自动登记，不能手工记账。',
    en: 'Account "{code}" mirrors a partner\'s books; invoices and payments write it, not hands.',
  },
  'money.entry_unknown': { status: 404, zh: '没有这笔分录。', en: 'There is no such entry.' },
  'money.entry_not_reversible': {
    status: 409,
    zh: '只能冲销本方手工分录，且只能冲销一次。发票请开红字发票。',
    en: 'Only an own entry made by hand is reversed, and once. An invoice needs a credit note.',
  },
  'money.in_future': {
    status: 422,
    zh: '日期 {date} 在今天之后。',
    en: 'The date {date} is after today.',
  },
  'money.not_your_part': {
    status: 403,
    zh: '这一步由{zh}来做。',
    en: 'This is for the {en} to do.',
  },
  'money.receivable_unknown': {
    status: 404,
    zh: '没有这笔应收(应付)款，或您无权查看。',
    en: 'There is no such receivable, or it is not yours to see.',
  },
  'money.receivable_exists': {
    status: 409,
    zh: '发票 {number} 已登记应收。',
    en: 'Invoice {number} has its receivable already.',
  },
  'money.above_open': {
    status: 422,
    zh: '金额超过发票 {number} 的未结金额 {open}(最小货币单位)。',
    en: 'The amount is above what is open on invoice {number}: {open} minor units.',
  },
  'money.credit_note_used': {
    status: 409,
    zh: '红字发票 {number} 已使用过一次。',
    en: 'Credit note {number} has been used already.',
  },
  'money.dispute_known': {
    status: 409,
    zh: '该争议已登记。',
    en: 'This dispute is on the receivable already.',
  },
  'money.dispute_unknown': {
    status: 404,
    zh: '没有这项未了结的争议。',
    en: 'There is no such open dispute.',
  },
  'money.accepted_already': {
    status: 409,
    zh: '该笔交付无需验收，或已登记验收日期。',
    en: 'The delivery needs no inspection, or its acceptance is recorded already.',
  },
  'money.payment_unknown': {
    status: 404,
    zh: '没有这笔付款，或您无权查看。',
    en: 'There is no such payment, or it is not yours to see.',
  },
  'money.payment_known': {
    status: 409,
    zh: '流水号为 {reference} 的付款已登记。',
    en: 'The payment with reference {reference} is recorded already.',
  },
  'money.payment_state': {
    status: 409,
    zh: '付款处于“{state}”状态，不能这样做。',
    en: 'The payment is {state}; this cannot be done any more.',
  },
  'money.pays_itself': {
    status: 422,
    zh: '付款方与收款方相同。',
    en: 'Payer and payee are the same party.',
  },
  'money.wrong_pair': {
    status: 422,
    zh: '发票 {number} 不属于这笔付款的双方，或币种不同。',
    en: 'Invoice {number} is not between the two parties of the payment, or in another currency.',
  },
  'money.above_payment': {
    status: 422,
    zh: '分配金额超过付款余额 {left}(最小货币单位)。',
    en: 'More is allocated than is left of the payment: {left} minor units.',
  },
  'money.statement_unreadable': {
    status: 422,
    zh: '对账单有 {count} 处读不懂，没有导入任何内容。',
    en: 'The statement cannot be read in {count} place(s); nothing was taken.',
  },
  'money.statement_known': {
    status: 409,
    zh: '这份对账单已导入过。',
    en: 'This statement was imported before.',
  },
  'money.statement_line_unknown': {
    status: 404,
    zh: '没有这条流水，或它已处理。',
    en: 'There is no such line on a statement, or it is dealt with.',
  },
  'money.match_unfit': {
    status: 422,
    zh: '所选付款与这条流水的金额、币种或方向不符，或已对应另一条流水。',
    en: 'The payment does not fit the line: amount, currency or direction, or it is tied already.',
  },
});
