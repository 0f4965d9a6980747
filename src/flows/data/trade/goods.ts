import { z } from 'zod';
import { head } from './order.ts';
import * as part from './parts.ts';

/** A pallet, a cage or a case that is moved as one. */
export const handlingUnit = z.object({
  /** 18 digits; other identifiers than an SSCC are kept as they came. */
  sscc: part.code,
  /** UN/ECE Recommendation 21. */
  kind: part.optionalCode,
  marks: part.optionalText,
});
export type HandlingUnit = z.output<typeof handlingUnit>;

/** What was loaded for a line of an order, by lot and by handling unit. */
export const despatchLine = z.object({
  line_id: part.code,
  order_number: part.optionalCode,
  order_line_id: part.optionalCode,
  item: part.tradeItem,
  quantity: part.quantity,
  unit: part.unit,
  outstanding_quantity: part.quantity,
  outstanding_reason: part.optionalText,
  handling_units: z.array(handlingUnit).default([]),
  note: part.optionalText,
});
export type DespatchLine = z.output<typeof despatchLine>;

/** A delivery under way: who sent it, who gets it, by whom it is carried. */
export const despatchDocument = head.extend({
  kind: z.literal('despatch'),
  order_numbers: z.array(part.code).default([]),
  shipper: part.tradeParty,
  consignee: part.tradeParty,
  carrier_name: part.optionalCode,
  tracking_id: part.optionalCode,
  gross_weight_kg: part.quantity,
  despatched_on: part.optionalDate,
  despatched_at_time: part.optionalCode,
  expected: part.optionalPeriod,
  lines: z.array(despatchLine).min(1),
});
export type DespatchDocument = z.output<typeof despatchDocument>;

/** What the receiver counted. Received goods are those accepted; the others say why not. */
export const receiptLine = z.object({
  line_id: part.code,
  order_line_id: part.optionalCode,
  despatch_line_id: part.optionalCode,
  item: part.tradeItem,
  received_quantity: part.quantity,
  short_quantity: part.quantity,
  rejected_quantity: part.quantity,
  excess_quantity: part.quantity,
  unit: part.unit,
  reject_reason_code: part.optionalCode,
  reject_reason: part.optionalText,
  note: part.optionalText,
});
export type ReceiptLine = z.output<typeof receiptLine>;

/** A delivery as its receiver found it. */
export const receiptDocument = head.extend({
  kind: z.literal('receipt'),
  order_numbers: z.array(part.code).default([]),
  despatch_numbers: z.array(part.code).default([]),
  shipper: part.tradeParty,
  consignee: part.tradeParty,
  received_on: part.optionalDate,
  lines: z.array(receiptLine).default([]),
});
export type ReceiptDocument = z.output<typeof receiptDocument>;
