import type { z } from 'zod';
import { despatchDocument, receiptDocument } from './trade/goods.ts';
import { invoiceDocument } from './trade/invoice.ts';
import {
  orderCancellationDocument,
  orderChangeDocument,
  orderDocument,
  orderResponseDocument,
} from './trade/order.ts';
import type { tradeParty } from './trade/parts.ts';

/** Sample documents of an invented frozen-food chain, for tests only. */

const address = { street: '农业东路 88 号', city: '郑州', postal_zone: '450000', country: 'CN' };
export const BUYER: z.input<typeof tradeParty> = {
  ids: [{ scheme: '0088', value: '6901234567892' }],
  name: '某冷冻食品厂',
  address,
};
export const SELLER: z.input<typeof tradeParty> = {
  ids: [{ value: '91410100MA0000000X' }],
  name: '某面粉合作社',
  tax_id: 'CN91410100MA0000000X',
  address,
};
const head = { issue_date: '2026-03-02', issue_time: '09:30:00', buyer: BUYER, seller: SELLER };
const flour = {
  name: '雪花小麦粉',
  seller_id: 'FL-25',
  buyer_id: '100234',
  standard_id: { scheme: '0160', value: '06901234567892' },
  tax: { category: 'S', percent: '13' },
};
const starch = { name: '马铃薯淀粉', seller_id: 'ST-10', tax: { category: 'S', percent: '13' } };

const orderBody = {
  ...head,
  currency: 'CNY',
  valid_until: '2026-03-20',
  customer_reference: '采购部',
  contract_number: 'C-2026-7',
  delivery: { address, requested: { from: '2026-03-10', until: '2026-03-11' } },
  payment_terms: '验收后30天内付款',
  adjustments: [{ charge: true, reason: '冷链运费', reason_code: 'FC', amount: '80.00' }],
  tax_amount: '590.2',
  totals: {
    lines: '4460.00',
    charges: '80.00',
    without_tax: '4540.00',
    with_tax: '5130.20',
    payable: '5130.20',
  },
  lines: [
    {
      line_id: '1',
      item: flour,
      quantity: '1000',
      unit: 'KGM',
      price: '82.5',
      base_quantity: '25',
      amount: '3300.00',
      requested: { from: '2026-03-10', until: '2026-03-10' },
      note: '分两车送',
    },
    { line_id: '2', item: starch, quantity: '200', unit: 'KGM', price: '5.8', amount: '1160.00' },
  ],
};

export const ORDER = orderDocument.parse({ kind: 'order', number: 'PO-1', ...orderBody });

export const ORDER_CHANGE = orderChangeDocument.parse({
  ...orderBody,
  kind: 'order_change',
  number: 'PO-1-2',
  order_number: 'PO-1',
  sequence: '2',
  lines: orderBody.lines.map((line, index) => ({ ...line, status: index === 0 ? '3' : '4' })),
});

export const ORDER_CANCELLATION = orderCancellationDocument.parse({
  ...head,
  kind: 'order_cancellation',
  number: 'CX-1',
  order_number: 'PO-1',
  reason: '生产线检修',
});

export const ORDER_RESPONSE = orderResponseDocument.parse({
  ...head,
  kind: 'order_response',
  number: 'SO-1',
  currency: 'CNY',
  order_number: 'PO-1',
  answer: 'CA',
  lines: [
    { line_id: '1', order_line_id: '1', status: '5', item: flour },
    {
      line_id: '2',
      order_line_id: '2',
      status: '3',
      item: starch,
      quantity: '150',
      unit: 'KGM',
      price: '5.9',
      promised: { from: '2026-03-12', until: '2026-03-13' },
    },
  ],
});

export const DESPATCH = despatchDocument.parse({
  ...head,
  kind: 'despatch',
  number: 'DN-1',
  order_numbers: ['PO-1'],
  shipper: SELLER,
  consignee: BUYER,
  carrier_name: '某冷链物流',
  tracking_id: 'T-778',
  gross_weight_kg: '1250.5',
  despatched_on: '2026-03-09',
  despatched_at_time: '18:00:00',
  expected: { from: '2026-03-10', until: '2026-03-10' },
  lines: [
    {
      line_id: '1',
      order_number: 'PO-1',
      order_line_id: '1',
      item: {
        name: '雪花小麦粉',
        seller_id: 'FL-25',
        lots: [{ lot: 'L0301', produced_on: '2026-03-01', best_before: '2027-02-28' }],
      },
      quantity: '800',
      unit: 'KGM',
      outstanding_quantity: '200',
      outstanding_reason: '第二车',
      handling_units: [{ sscc: '095287654321012346', kind: 'PX' }],
    },
  ],
});

export const RECEIPT = receiptDocument.parse({
  ...head,
  kind: 'receipt',
  number: 'GR-1',
  order_numbers: ['PO-1'],
  despatch_numbers: ['DN-1'],
  shipper: SELLER,
  consignee: BUYER,
  received_on: '2026-03-10',
  lines: [
    {
      line_id: '1',
      order_line_id: '1',
      despatch_line_id: '1',
      item: { name: '雪花小麦粉', seller_id: 'FL-25' },
      received_quantity: '775',
      short_quantity: '25',
      rejected_quantity: '25',
      unit: 'KGM',
      reject_reason: '外包装破损',
    },
  ],
});

export const INVOICE = invoiceDocument.parse({
  ...head,
  kind: 'invoice',
  number: 'INV-1',
  due_date: '2026-04-09',
  type_code: '380',
  currency: 'CNY',
  order_number: 'PO-1',
  despatch_numbers: ['DN-1'],
  payment_means: '30',
  payment_account: '6222020000000000',
  delivery: { delivered_on: '2026-03-10' },
  tax_amount: '343.2',
  taxes: [{ category: 'S', percent: '13', taxable: '2640', amount: '343.2' }],
  totals: { lines: '2640', without_tax: '2640', with_tax: '2983.2', payable: '2983.2' },
  lines: [
    {
      line_id: '1',
      order_line_id: '1',
      item: flour,
      quantity: '800',
      unit: 'KGM',
      price: '82.5',
      base_quantity: '25',
      amount: '2640',
    },
  ],
});

export const CREDIT_NOTE = invoiceDocument.parse({
  ...INVOICE,
  kind: 'credit_note',
  number: 'CN-1',
  type_code: '381',
  invoice_numbers: ['INV-1'],
});

export const DOCUMENTS = [
  ORDER,
  ORDER_CHANGE,
  ORDER_CANCELLATION,
  ORDER_RESPONSE,
  DESPATCH,
  RECEIPT,
  INVOICE,
  CREDIT_NOTE,
] as const;
