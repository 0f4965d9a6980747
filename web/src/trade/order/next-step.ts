import type { OrderView } from '../../generated/api.ts';

export type Step = OrderView['steps'][number];

/** What each step needs; the server checks it again. */
export const STEP_PERMISSIONS: Readonly<Record<Step, string>> = {
  respond: 'commerce.order.respond',
  answer_counter: 'commerce.order.respond',
  change: 'commerce.order.change',
  cancel: 'commerce.order.cancel',
  despatch: 'trade.despatch.send',
  receive: 'trade.receipt.record',
  invoice: 'trade.invoice.issue',
  dispute: 'trade.invoice.dispute',
  credit: 'trade.invoice.credit',
  pay: 'money.payment.record',
  return: 'trade.return.send',
};

/** Steps that the other side waits for, the most urgent first: one of them is the button. */
const LEADING: readonly Step[] = [
  'respond',
  'answer_counter',
  'receive',
  'despatch',
  'invoice',
  'credit',
  'pay',
];

/** Which step is the button of the page, and which ones stand behind "more". */
export function nextSteps(steps: readonly Step[], may: (permission: string) => boolean) {
  const open = steps.filter((step) => may(STEP_PERMISSIONS[step]));
  const next = LEADING.find((step) => open.includes(step));
  return { next, others: open.filter((step) => step !== next) };
}
