import { describe, expect, it } from 'vitest';
import { type Candidates, proposeMatches } from './match-proposals.ts';
import type { StatementLine } from './schema.ts';

const line = (given: Partial<StatementLine> = {}): StatementLine => ({
  id: 'line',
  statement_id: 'statement',
  line_no: 1,
  booked_on: '2026-03-10',
  currency: 'CNY',
  amount_minor: 1000n,
  counterparty_name: '乙(郑州)公司',
  reference: 'R1',
  memo: '',
  payment_id: null,
  set_aside: false,
  ...given,
});

const debt = (id: string, payable_minor: bigint, partner_id = 'b') => ({
  id,
  number: `F-${id}`,
  partner_id,
  direction: 'in' as const,
  currency: 'CNY',
  payable_minor,
});

const payment = {
  id: 'p1',
  partner_id: 'b',
  direction: 'in' as const,
  currency: 'CNY',
  amount_minor: 1000n,
  paid_on: '2026-03-08',
  reference: null,
};

const known = (given: Partial<Candidates>): Candidates => ({
  payments: [],
  debts: [],
  partners: [
    { id: 'b', name: { zh: '乙(郑州)公司', en: 'B' } },
    { id: 'c', name: { zh: '丙公司', en: 'C' } },
  ],
  ...given,
});

describe('matching', () => {
  it('takes a recorded payment of the same partner, once', () => {
    const proposals = proposeMatches(
      [line(), line({ id: 'again' })],
      known({ payments: [payment] }),
    );
    expect(proposals.map(({ payment_id }) => payment_id)).toEqual(['p1', null]);
  });

  it('trusts the reference more than the day', () => {
    const sure = { ...payment, id: 'p2', paid_on: '2025-01-01', reference: 'R1' };
    const [proposal] = proposeMatches([line()], known({ payments: [payment, sure] }));
    expect(proposal?.payment_id).toBe('p2');
  });

  it('does not take a payment of another direction, amount, currency or time', () => {
    const payments = [
      { ...payment, direction: 'out' as const },
      { ...payment, amount_minor: 999n },
      { ...payment, currency: 'USD' },
      { ...payment, paid_on: '2026-01-08' },
    ];
    expect(proposeMatches([line()], known({ payments }))[0]?.payment_id).toBeNull();
  });

  it('finds the invoices that the memo names, of one partner', () => {
    const debts = [debt('001', 600n, 'c'), debt('002', 900n), debt('003', 500n, 'c')];
    const [proposal] = proposeMatches([line({ memo: '付 F-001、F-003' })], known({ debts }));
    expect(proposal?.counterparty?.id).toBe('c');
    expect(proposal?.allocations.map(({ amount_minor }) => amount_minor)).toEqual([600n, 400n]);
  });

  it('finds the invoice of the same amount, else the oldest due first', () => {
    const debts = [debt('001', 700n), debt('002', 1000n)];
    const [exact, rest] = proposeMatches([line(), line({ amount_minor: 300n })], known({ debts }));
    expect(exact?.allocations).toMatchObject([{ receivable_id: '002', amount_minor: 1000n }]);
    expect(rest?.allocations).toMatchObject([{ receivable_id: '001', amount_minor: 300n }]);
  });

  it('leaves a stranger alone', () => {
    const debts = [debt('001', 1000n)];
    const [proposal] = proposeMatches([line({ counterparty_name: '丁公司' })], known({ debts }));
    expect(proposal).toMatchObject({ counterparty: null, payment_id: null, allocations: [] });
  });
});
