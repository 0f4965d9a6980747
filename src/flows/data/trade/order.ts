import { z } from 'zod';
import { businessDate, currency } from '../../../kernel/index.ts';
import * as part from './parts.ts';

/** Who trades, under which number: the head of every document. */
export const head = z.object({
  number: part.code,
  issue_date: businessDate,
  issue_time: part.optionalCode,
  note: part.optionalText,
  buyer: part.optionalParty,
  seller: part.optionalParty,
});

/** One thing ordered; amount = quantity × price ÷ base quantity ± adjustments. */
export const orderLine = z.object({
  line_id: part.code,
  item: part.tradeItem,
  quantity: part.quantity,
  unit: part.unit,
  /** Net price of `base_quantity` (one, when null). */
  price: part.money,
  base_quantity: part.quantity,
  amount: part.money,
  requested: part.optionalPeriod,
  note: part.optionalText,
  adjustments: z.array(part.adjustment).default([]),
  /** UNCL 1229 in an order change: 1 added, 2 deleted, 3 changed, 4 no action, 74 reopened. */
  status: part.optionalCode,
});
export type OrderLine = z.output<typeof orderLine>;

/** What an order and a change of it both say: a change states the order anew. */
const orderBody = head.extend({
  currency,
  customer_reference: part.optionalCode,
  valid_until: part.optionalDate,
  contract_number: part.optionalCode,
  originator: part.optionalParty,
  delivery: part.optionalDelivery,
  payment_terms: part.optionalText,
  adjustments: z.array(part.adjustment).default([]),
  tax_amount: part.money,
  totals: part.optionalTotals,
  lines: z.array(orderLine).min(1),
});

export const orderDocument = orderBody.extend({ kind: z.literal('order') });
export type OrderDocument = z.output<typeof orderDocument>;

export const orderChangeDocument = orderBody.extend({
  kind: z.literal('order_change'),
  order_number: part.code,
  /** Counts the changes of one order: "1", "2" … */
  sequence: part.optionalCode,
});
export type OrderChangeDocument = z.output<typeof orderChangeDocument>;

/** The end of an order before it was fulfilled. */
export const orderCancellationDocument = head.extend({
  kind: z.literal('order_cancellation'),
  order_number: part.code,
  reason: part.code,
});
export type OrderCancellationDocument = z.output<typeof orderCancellationDocument>;

/** A seller's answer to one line; what it leaves null stays as ordered. */
export const orderResponseLine = z.object({
  line_id: part.code,
  /** The line of the order that this answers. */
  order_line_id: part.optionalCode,
  /** UNCL 1229: 1 added, 3 changed, 5 accepted, 7 not accepted, 42 already delivered. */
  status: part.optionalCode,
  item: part.tradeItem,
  substitute: part.optionalItem,
  quantity: part.quantity,
  unit: part.unit,
  backorder_quantity: part.quantity,
  price: part.money,
  base_quantity: part.quantity,
  promised: part.optionalPeriod,
  note: part.optionalText,
});
export type OrderResponseLine = z.output<typeof orderResponseLine>;

export const orderResponseDocument = head.extend({
  kind: z.literal('order_response'),
  currency: part.optionalCurrency,
  order_number: part.code,
  /** UNCL 4343: AB acknowledged, AP accepted, CA accepted with changes, RE rejected. */
  answer: part.optionalCode,
  customer_reference: part.optionalCode,
  promised: part.optionalPeriod,
  lines: z.array(orderResponseLine).default([]),
});
export type OrderResponseDocument = z.output<typeof orderResponseDocument>;
