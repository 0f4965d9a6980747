import { z } from 'zod';
import {
  bilingual,
  businessDate,
  currency,
  decimal,
  instant,
  limits,
  longText,
  minorUnits,
  nonNegativeDecimal,
  positiveDecimal,
  shortText,
  unitCode,
  uuid,
} from '../../kernel/index.ts';

/** Part of a quantity at a day. A schedule is what was wished, offered or promised. */
export const scheduleItem = z.object({ quantity: positiveDecimal, on: businessDate });
export type ScheduleItem = z.output<typeof scheduleItem>;
export const schedule = z.array(scheduleItem).min(1).max(50);
export type Schedule = z.output<typeof schedule>;

export const orderStates = [
  'placed',
  'countered',
  'confirmed',
  'delivering',
  'delivered',
  'closed',
  'refused',
  'cancelled',
] as const;
export const orderState = z.enum(orderStates);
export type OrderState = z.output<typeof orderState>;

export const lineStates = ['open', 'countered', 'accepted', 'refused', 'cancelled'] as const;
export const lineState = z.enum(lineStates);
export type LineState = z.output<typeof lineState>;

const lineNo = z.int().min(1).max(999_999);
const taxRate = z.string().regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/);

/** A line as a buyer writes it. What an agreement or the catalogue knows may be left out. */
export const newOrderLine = z.object({
  line_no: lineNo.optional(),
  product_id: uuid.optional(),
  buyer_code: z.string().max(60).optional(),
  seller_code: z.string().max(60).optional(),
  gtin: z.string().max(14).optional(),
  name: shortText.optional(),
  quantity: positiveDecimal,
  unit: unitCode.optional(),
  price: nonNegativeDecimal.optional(),
  price_base_quantity: positiveDecimal.optional(),
  tax_rate: taxRate.optional(),
  requested_on: businessDate.optional(),
  schedule: schedule.optional(),
});
export type NewOrderLine = z.output<typeof newOrderLine>;

export const newOrder = z.object({
  /** The buyer's own number; the platform gives one where it is left out. */
  number: z.string().trim().min(1).max(60).optional(),
  seller_id: uuid,
  currency: currency.default('CNY'),
  requested_on: businessDate,
  deliver_to: shortText.optional(),
  place_id: uuid.optional(),
  note: longText.optional(),
  lines: z.array(newOrderLine).min(1).max(limits.order_lines),
});
export type NewOrder = z.input<typeof newOrder>;

/** The seller's answer to one line. */
export const lineAnswer = z.discriminatedUnion('answer', [
  z.object({ line_no: lineNo, answer: z.literal('accept') }),
  z.object({
    line_no: lineNo,
    answer: z.literal('counter'),
    /** How much and when instead; left out, the wished schedule stands. */
    schedule: schedule.optional(),
    price: nonNegativeDecimal.optional(),
    reason: longText.optional(),
  }),
  z.object({ line_no: lineNo, answer: z.literal('refuse'), reason: longText }),
]);
export type LineAnswer = z.output<typeof lineAnswer>;

export const orderResponse = z.object({
  lines: z.array(lineAnswer).min(1).max(limits.order_lines),
});

/** The buyer's word on a counter-offer. */
export const counterAnswer = z.object({
  lines: z
    .array(z.object({ line_no: lineNo, agree: z.boolean() }))
    .min(1)
    .max(limits.order_lines),
});

export const orderChange = z.object({
  reason: longText.optional(),
  lines: z
    .array(
      z.discriminatedUnion('change', [
        z.object({
          change: z.literal('alter'),
          line_no: lineNo,
          quantity: positiveDecimal.optional(),
          price: nonNegativeDecimal.optional(),
          requested_on: businessDate.optional(),
        }),
        z.object({ change: z.literal('cancel'), line_no: lineNo }),
        newOrderLine.extend({ change: z.literal('add') }),
      ]),
    )
    .min(1)
    .max(limits.order_lines),
});
export type OrderChange = z.output<typeof orderChange>;

export const cancellation = z.object({ reason: longText });

export const partyName = z.object({ id: uuid, name: bilingual });
export type PartyName = z.output<typeof partyName>;

export const orderLine = z
  .object({
    line_no: z.int(),
    product_id: uuid.nullable(),
    buyer_code: z.string().nullable(),
    seller_code: z.string().nullable(),
    gtin: z.string().nullable(),
    name: z.string(),
    quantity: decimal,
    unit: z.string(),
    price: decimal,
    price_base_quantity: decimal,
    tax_rate: decimal,
    net_minor: minorUnits,
    state: lineState,
    requested: schedule,
    offered: schedule.nullable(),
    offered_price: decimal.nullable(),
    promised: schedule.nullable(),
    first_promise: schedule.nullable(),
    first_promised_at: instant.nullable(),
    reason: z.string().nullable(),
    despatched: decimal,
    accepted: decimal,
    short: decimal,
    damaged: decimal,
    turned_away: decimal,
    returned: decimal,
    invoiced: decimal,
  })
  .meta({ id: 'OrderLine' });
export type OrderLine = z.output<typeof orderLine>;

export const orderRow = z
  .object({
    id: uuid,
    number: z.string(),
    buyer: partyName,
    seller: partyName,
    currency,
    state: orderState,
    version: z.int(),
    placed_at: instant,
    changed_at: instant,
    requested_on: businessDate,
    due_on: businessDate.nullable(),
    line_count: z.int(),
    net_minor: minorUnits,
    tax_minor: minorUnits,
    total_minor: minorUnits,
  })
  .meta({ id: 'OrderRow' });
export type OrderRow = z.output<typeof orderRow>;

/** How an order's promises were kept so far; see promises.ts. */
export const promiseRecord = z.object({
  due: z.int(),
  on_time_in_full: z.int(),
  late: z.int(),
  in_part: z.int(),
});

export const order = orderRow
  .extend({
    agreement_id: uuid.nullable(),
    deliver_to: z.string().nullable(),
    place_id: uuid.nullable(),
    note: z.string().nullable(),
    lines: z.array(orderLine),
  })
  .meta({ id: 'Order' });
export type Order = z.output<typeof order>;

export const message = z
  .object({
    id: uuid,
    author_id: uuid,
    author_name: z.string(),
    text: z.string(),
    written_at: instant,
  })
  .meta({ id: 'OrderMessage' });
export type Message = z.output<typeof message>;
