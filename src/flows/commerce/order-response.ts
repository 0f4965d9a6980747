import type { z } from 'zod';
import { recordFact, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { netOf } from './order-lines.ts';
import { assertMay, lineStateNames } from './order-state.ts';
import { lockOrder, saveLines } from './orders.ts';
import type { counterAnswer, LineAnswer, Order, OrderLine, orderResponse } from './schema.ts';

/** The line of an order that an answer is about. @throws commerce.line_unknown */
export function lineOf(order: Order, line_no: number): OrderLine {
  const line = order.lines.find((one) => one.line_no === line_no);
  if (!line) throw fault('commerce.line_unknown', { number: order.number, line: line_no });
  return line;
}

function assertLine(
  order: Order,
  line: OrderLine,
  wanted: OrderLine['state'],
  did: [string, string],
) {
  if (line.state === wanted) return;
  throw fault('commerce.line_state', {
    number: order.number,
    line: line.line_no,
    state: line.state,
    state_zh: lineStateNames[line.state],
    action_zh: did[0],
    action_en: did[1],
  });
}

/** A line whose schedule both sides now stand by. The first promise is never overwritten. */
function promised(tx: Tx, order: Order, line: OrderLine, terms: Partial<OrderLine>): OrderLine {
  const next = { ...line, ...terms };
  const promise = next.offered ?? next.requested;
  return {
    ...next,
    state: 'accepted',
    promised: promise,
    first_promise: line.first_promise ?? promise,
    first_promised_at: line.first_promised_at ?? tx.now,
    offered: null,
    offered_price: null,
    net_minor: netOf(next, order.currency),
  };
}

function answered(tx: Tx, order: Order, answer: LineAnswer): OrderLine {
  const line = lineOf(order, answer.line_no);
  assertLine(order, line, 'open', ['答复', 'answered']);
  if (answer.answer === 'accept') return promised(tx, order, line, { reason: null });
  if (answer.answer === 'refuse') return { ...line, state: 'refused', reason: answer.reason };
  const offer = answer.schedule ?? line.requested;
  return {
    ...line,
    state: 'countered',
    offered: offer,
    offered_price: answer.price ?? null,
    reason: answer.reason ?? null,
    // What the seller offers on its own word is its first promise, whatever is agreed later.
    first_promise: line.first_promise ?? offer,
    first_promised_at: line.first_promised_at ?? tx.now,
  };
}

function merged(order: Order, changed: readonly OrderLine[]): OrderLine[] {
  const byNo = new Map(changed.map((line) => [line.line_no, line]));
  return order.lines.map((line) => byNo.get(line.line_no) ?? line);
}

/**
 * The seller answers an order line by line: accept, counter with another schedule or price, refuse.
 * @throws commerce.not_the_seller, commerce.order_state, commerce.line_unknown, commerce.line_state
 */
export async function respondToOrder(
  tx: Tx,
  id: string,
  response: z.output<typeof orderResponse>,
): Promise<Order> {
  const order = await lockOrder(tx, id);
  if (order.seller.id !== tx.actor.party) throw fault('commerce.not_the_seller');
  assertMay('respond', order);
  const changed = response.lines.map((answer) => answered(tx, order, answer));
  const saved = await saveLines(tx, order, merged(order, changed));
  await recordFact(tx, {
    type: 'commerce.order.responded',
    subject: id,
    parties: [order.buyer.id, order.seller.id],
    body: { number: order.number, version: saved.version, state: saved.state, lines: changed },
  });
  return saved;
}

/**
 * The buyer agrees to counter-offers, or turns them down, line by line. A line whose counter-offer
 * is turned down is cancelled: the buyer may order it anew.
 * @throws commerce.not_the_buyer, commerce.order_state, commerce.line_state
 */
export async function answerCounter(
  tx: Tx,
  id: string,
  answer: z.output<typeof counterAnswer>,
): Promise<Order> {
  const order = await lockOrder(tx, id);
  if (order.buyer.id !== tx.actor.party) throw fault('commerce.not_the_buyer');
  assertMay('agree', order);
  const changed = answer.lines.map(({ line_no, agree }): OrderLine => {
    const line = lineOf(order, line_no);
    assertLine(order, line, 'countered', ['回复还价', 'agreed to']);
    if (!agree) return { ...line, state: 'cancelled', offered: null, offered_price: null };
    return promised(tx, order, line, { price: line.offered_price ?? line.price });
  });
  const saved = await saveLines(tx, order, merged(order, changed));
  await recordFact(tx, {
    type: 'commerce.order.counter_answered',
    subject: id,
    parties: [order.buyer.id, order.seller.id],
    body: { number: order.number, version: saved.version, state: saved.state, lines: changed },
  });
  return saved;
}
