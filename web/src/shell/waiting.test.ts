import { describe, expect, it } from 'vitest';
import type { Today } from '../generated/api.ts';
import { waitingByPage } from './waiting.ts';

const none = { count: 0, more: false, items: [] };
const quiet: Today = {
  date: '2026-11-23',
  late_deliveries: none,
  late_supplies: none,
  overdue_receivables: none,
  overdue_payables: none,
  disputes: none,
  refused_documents: none,
  to_answer: none,
  counter_offers: none,
  to_despatch: none,
  to_receive: none,
  payments_to_confirm: none,
  recalls_to_answer: none,
  held_goods_left: none,
  rights_to_answer: none,
};

describe('waitingByPage', () => {
  it('shows what is late in red, and only that', () => {
    const late = { ...none, count: 2 };
    const waiting = { ...none, count: 5 };
    const { orders } = waitingByPage({ ...quiet, late_supplies: late, to_answer: waiting });
    expect(orders).toEqual({ count: 2, late: true });
  });

  it('adds up what waits where nothing is late', () => {
    const one = { ...none, count: 1 };
    const { orders, shipments } = waitingByPage({
      ...quiet,
      to_answer: one,
      to_despatch: one,
      to_receive: one,
    });
    expect(orders).toEqual({ count: 2, late: false });
    expect(shipments).toEqual({ count: 1, late: false });
  });
});
