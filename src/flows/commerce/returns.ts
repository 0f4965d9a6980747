import { z } from 'zod';
import {
  Decimal,
  decimal,
  instant,
  longText,
  nextNumber,
  positiveDecimal,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { lineOf } from './order-response.ts';
import { lockOrder, saveLines } from './orders.ts';
import type { Order } from './schema.ts';

export const newReturn = z.object({
  order_id: uuid,
  reason: longText,
  lines: z
    .array(
      z.object({
        order_line_no: z.int().min(1),
        quantity: positiveDecimal,
        lot: z.string().max(20).optional(),
      }),
    )
    .min(1)
    .max(1_000),
});
export type NewReturn = z.input<typeof newReturn>;

/** Goods that go back after they were accepted. */
export const returnNote = z
  .object({
    id: uuid,
    number: z.string(),
    order_id: uuid,
    reason: z.string(),
    returned_at: instant,
    lines: z.array(
      z.object({
        line_no: z.int(),
        order_line_no: z.int(),
        quantity: decimal,
        lot: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'ReturnNote' });
export type ReturnNote = z.output<typeof returnNote>;

function withReturned(order: Order, given: z.output<typeof newReturn>) {
  const lines = new Map(order.lines.map((line) => [line.line_no, line]));
  for (const one of given.lines) {
    lineOf(order, one.order_line_no);
    const line = lines.get(one.order_line_no) as Order['lines'][number];
    const left = new Decimal(line.accepted).minus(line.returned);
    if (left.lt(one.quantity)) {
      throw fault('commerce.too_much', {
        line: line.line_no,
        what_zh: '退货',
        what_en: 'returning',
        asked: one.quantity,
        left: left.toFixed(),
      });
    }
    const returned = new Decimal(line.returned).plus(one.quantity).toFixed();
    lines.set(line.line_no, { ...line, returned });
  }
  return [...lines.values()];
}

/**
 * The buyer sends accepted goods back. @throws commerce.not_the_buyer, commerce.too_much
 */
export async function returnGoods(
  tx: Tx,
  input: NewReturn,
): Promise<{ note: ReturnNote; order: Order }> {
  const given = newReturn.parse(input);
  const order = await lockOrder(tx, given.order_id);
  if (order.buyer.id !== tx.actor.party) throw fault('commerce.not_the_buyer');
  const saved = await saveLines(tx, order, withReturned(order, given));
  const parties = { chain_id: tx.chain, buyer_id: order.buyer.id, seller_id: order.seller.id };
  const row = {
    id: tx.newId(),
    order_id: order.id,
    reason: given.reason,
    returned_at: tx.now,
    number: `TH-${await nextNumber(tx, tx.actor.party, 'return')}`,
  };
  tx.append('return_note', [{ ...parties, ...row }]);
  const lines = given.lines.map((line, at) => ({
    ...line,
    line_no: at + 1,
    lot: line.lot ?? null,
  }));
  tx.append(
    'return_note_line',
    lines.map((line) => ({ ...parties, return_note_id: row.id, order_id: order.id, ...line })),
  );
  await recordFact(tx, {
    type: 'commerce.goods.returned',
    subject: order.id,
    parties: [order.buyer.id, order.seller.id],
    body: { order_number: order.number, ...row, lines },
  });
  return { note: { ...row, lines }, order: saved };
}
