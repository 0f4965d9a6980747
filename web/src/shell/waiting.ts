import type { Today } from '../generated/api.ts';
import type { Waiting, WaitingByPage } from './navigation.ts';

/** The counts of the navigation: red where something is late or broken, grey where it waits. */
export function waitingByPage(today: Today): WaitingByPage {
  return {
    orders: sum(
      [today.late_deliveries, today.late_supplies],
      [today.to_answer, today.counter_offers, today.to_despatch],
    ),
    shipments: sum([], [today.to_receive]),
    stock: sum([today.held_goods_left], []),
    events: sum([today.recalls_to_answer], []),
    invoices: sum(
      [today.overdue_receivables, today.overdue_payables, today.disputes],
      [today.payments_to_confirm],
    ),
    documents: sum([today.refused_documents], []),
  };
}

type Counted = { count: number };

/** What is late hides what only waits: one number, and the worse one. */
function sum(late: readonly Counted[], waiting: readonly Counted[]): Waiting {
  const total = (lists: readonly Counted[]) => lists.reduce((all, { count }) => all + count, 0);
  const broken = total(late);
  return broken > 0 ? { count: broken, late: true } : { count: total(waiting), late: false };
}
