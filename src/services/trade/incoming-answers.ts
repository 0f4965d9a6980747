import {
  findOrder,
  type LineAnswer,
  type Order,
  type OrderLine,
  orderResponse,
  respondToOrder,
} from '../../flows/commerce/index.ts';
import type { OrderResponseDocument, OrderResponseLine } from '../../flows/data/index.ts';
import { Decimal, type Tx } from '../../kernel/index.ts';
import { appliedTo, type Effect, keptFor } from './effects.ts';
import { fault } from './faults.ts';
import { dayOf } from './incoming-orders.ts';
import { linesOf } from './line-names.ts';
import * as note from './notes.ts';
import type { Sides } from './sides.ts';

const REFUSED = '卖方未说明原因 No reason given';

/** Lines that wait for the seller's word; where none does, one that says why it cannot be given. */
function waiting(order: Order): OrderLine[] {
  const open = order.lines.filter((line) => line.state === 'open');
  return open.length > 0 ? open : order.lines.slice(0, 1);
}

/** The day that the seller offers, when it is later than the one wished for. */
function laterThan(wished: OrderLine, promised: string | undefined): string | undefined {
  const day = wished.requested.at(-1)?.on;
  return promised !== undefined && day !== undefined && promised > day ? promised : undefined;
}

/** Accepting for a later day is a counter-offer, whatever the code says. */
function accepted(line: OrderLine, promised: string | undefined): LineAnswer {
  const on = laterThan(line, promised);
  if (on === undefined) return { line_no: line.line_no, answer: 'accept' };
  const schedule = [{ quantity: line.quantity, on }];
  return { line_no: line.line_no, answer: 'counter', schedule };
}

/** What the seller offers instead: quantity, day, price, or (in words) another item. */
function countered(line: OrderLine, given: OrderResponseLine, promised?: string): LineAnswer {
  const day = promised ?? line.requested.at(-1)?.on;
  const quantity = given.quantity ?? line.quantity;
  const moved = day !== line.requested.at(-1)?.on || !new Decimal(quantity).eq(line.quantity);
  const other = given.substitute?.name ?? given.substitute?.seller_id;
  const words = [given.note, other ? `替代 Substitute: ${other}` : null].filter(Boolean).join('\n');
  const price =
    given.price === null
      ? undefined
      : new Decimal(given.price).times(line.price_base_quantity).div(given.base_quantity ?? '1');
  return {
    line_no: line.line_no,
    answer: 'counter',
    ...(moved && day ? { schedule: [{ quantity, on: day }] } : {}),
    ...(price && !price.eq(line.price) ? { price: price.toDecimalPlaces(10).toFixed() } : {}),
    ...(words ? { reason: words.slice(0, 2_000) } : {}),
  };
}

/** UNCL 1229 in an answer: 5 accepted, 7 not accepted, 3 changed, 42 delivered already. */
function answerTo(line: OrderLine, given: OrderResponseLine, document: OrderResponseDocument) {
  if (given.unit !== null && given.quantity !== null && given.unit !== line.unit) {
    const at = { line: given.line_id, unit: given.unit, ordered: line.unit };
    throw fault('trade.unit_differs', at);
  }
  const promised = dayOf(given.promised) ?? dayOf(document.promised);
  switch (given.status) {
    case '5':
      return accepted(line, promised);
    case '7': {
      const reason = (given.note ?? document.note ?? REFUSED).slice(0, 2_000);
      return { line_no: line.line_no, answer: 'refuse' as const, reason };
    }
    case '3':
      return countered(line, given, promised);
    case '42':
      return undefined;
    default:
      throw fault('trade.answer_unclear', { code: given.status });
  }
}

async function answersByLine(tx: Tx, document: OrderResponseDocument, order: Order) {
  const find = await linesOf(tx, order.id);
  return document.lines.flatMap((given) => {
    const line_no = find(given.order_line_id ?? given.line_id, given.line_id);
    const line = order.lines.find((one) => one.line_no === line_no);
    if (!line) throw fault('trade.line_unclear', { line: given.line_id });
    const answer = answerTo(line, given, document);
    return answer ? [answer] : [];
  });
}

/** UNCL 4343: AP and RE speak for every line, CA and no code line by line. */
async function answersIn(
  tx: Tx,
  document: OrderResponseDocument,
  order: Order,
): Promise<LineAnswer[]> {
  const promised = dayOf(document.promised);
  const reason = (document.note ?? REFUSED).slice(0, 2_000);
  switch (document.answer) {
    case 'AP':
      return waiting(order).map((line) => accepted(line, promised));
    case 'RE':
      return waiting(order).map(({ line_no }) => ({ line_no, answer: 'refuse', reason }));
    case 'CA':
    case null:
      return answersByLine(tx, document, order);
    default:
      throw fault('trade.answer_unclear', { code: document.answer });
  }
}

/** An OrderResponse of the seller's, to the whole order or line by line. */
export async function takeOrderResponse(
  tx: Tx,
  document: OrderResponseDocument,
  sides: Sides,
): Promise<Effect> {
  if (sides.standing === 'muddled') return keptFor(sides, note.SAME_SIDES);
  const { partner, buyer_id } = sides;
  if (sides.standing === 'theirs') {
    return keptFor(sides, note.theirsToSend(partner?.name_zh ?? document.seller?.name ?? '—'));
  }
  const order = buyer_id ? await findOrder(tx, buyer_id, document.order_number) : undefined;
  if (!order) return keptFor(sides, note.orderNotHere(document.order_number));
  if (document.answer === 'AB') return appliedTo(sides, order, order.id, [note.ACKNOWLEDGED]);
  const lines = await answersIn(tx, document, order);
  if (lines.length === 0) return appliedTo(sides, order, order.id, [note.NOTHING_CHANGES]);
  await respondToOrder(tx, order.id, orderResponse.parse({ lines }));
  return appliedTo(sides, order, order.id);
}
