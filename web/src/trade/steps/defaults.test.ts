import { describe, expect, it } from 'vitest';
import type { Order, OrderLine } from '../../generated/api.ts';
import { expectedOn, inLots, invoiceTotal, leftToInvoice, leftToSend } from './defaults.ts';

const line: OrderLine = {
  line_no: 1,
  product_id: null,
  buyer_code: null,
  seller_code: null,
  gtin: null,
  name: '冷冻前腿肉 25 kg',
  quantity: '1200',
  unit: 'CT',
  price: '130.00',
  price_base_quantity: '1',
  tax_rate: '0.09',
  net_minor: '15600000',
  state: 'accepted',
  requested: [{ quantity: '1200', on: '2026-11-18' }],
  offered: null,
  offered_price: null,
  promised: [
    { quantity: '800', on: '2026-11-18' },
    { quantity: '400', on: '2026-11-22' },
  ],
  first_promise: null,
  first_promised_at: null,
  reason: null,
  despatched: '800',
  accepted: '790',
  short: '10',
  damaged: '0',
  turned_away: '0',
  returned: '5',
  invoiced: '700',
};
const order = { lines: [line], requested_on: '2026-11-18' } as unknown as Order;

describe('what is left of a line', () => {
  it('to send is what was promised and has not left', () => {
    expect(leftToSend(line).toFixed()).toBe('400');
    expect(leftToSend({ ...line, despatched: '1200' }).toFixed()).toBe('0');
    expect(leftToSend({ ...line, state: 'countered' }).toFixed()).toBe('0');
  });

  it('to invoice is what the buyer kept and was not billed', () => {
    expect(leftToInvoice(line).toFixed()).toBe('85');
    expect(leftToInvoice({ ...line, invoiced: '790' }).toFixed()).toBe('0');
  });
});

describe('defaults of a step', () => {
  it('promise the next day that is still ahead, or today where all have passed', () => {
    expect(expectedOn(order, '2026-11-20')).toBe('2026-11-22');
    expect(expectedOn(order, '2026-11-30')).toBe('2026-11-30');
  });

  it('bill what was kept, with tax', () => {
    expect(invoiceTotal(order, 2)).toBe('1204450');
  });

  it('split a line over the lots that were proposed', () => {
    const lots = [
      { lot: 'A', best_before: '2027-01-01', quantity: '300' },
      { lot: '', best_before: null, quantity: '100' },
    ];
    expect(inLots(line, { lots, missing: '0', too_old: [] })).toEqual([
      { order_line_no: 1, quantity: '300', lot: 'A', best_before: '2027-01-01' },
      { order_line_no: 1, quantity: '100' },
    ]);
  });
});
