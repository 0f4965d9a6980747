import { Decimal, recordFact, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { fillLines, netOf, termsBetween } from './order-lines.ts';
import { lineOf } from './order-response.ts';
import { assertMay, lineStateNames } from './order-state.ts';
import { lockOrder, saveLines } from './orders.ts';
import type { NewOrderLine, Order, OrderChange, OrderLine } from './schema.ts';

type Change = OrderChange['lines'][number];
type Alteration = Extract<Change, { change: 'alter' }>;

function assertUntouched(order: Order, line: OrderLine, did: [string, string]): void {
  const over = line.state === 'refused' || line.state === 'cancelled';
  if (!over && new Decimal(line.despatched).eq(0)) return;
  throw fault('commerce.line_state', {
    number: order.number,
    line: line.line_no,
    state: over ? line.state : 'despatched',
    state_zh: over ? lineStateNames[line.state] : '已发货',
    action_zh: did[0],
    action_en: did[1],
  });
}

/** An altered line waits for the seller's answer again; its first promise stays what it was. */
function altered(order: Order, change: Alteration): OrderLine {
  const line = lineOf(order, change.line_no);
  assertUntouched(order, line, ['变更', 'changed']);
  const quantity = change.quantity ?? line.quantity;
  const wish = change.requested_on ?? line.requested.at(-1)?.on ?? order.requested_on;
  const next: OrderLine = {
    ...line,
    quantity,
    price: change.price ?? line.price,
    requested: [{ quantity, on: wish }],
    state: 'open',
    promised: null,
    offered: null,
    offered_price: null,
    reason: null,
  };
  return { ...next, net_minor: netOf(next, order.currency) };
}

function cancelled(order: Order, line_no: number): OrderLine {
  const line = lineOf(order, line_no);
  assertUntouched(order, line, ['取消', 'cancelled']);
  return { ...line, state: 'cancelled', offered: null, offered_price: null };
}

async function linesAfter(tx: Tx, order: Order, change: OrderChange): Promise<OrderLine[]> {
  const lines = new Map(order.lines.map((line) => [line.line_no, line]));
  const added: NewOrderLine[] = [];
  for (const one of change.lines) {
    if (one.change === 'alter') lines.set(one.line_no, altered(order, one));
    else if (one.change === 'cancel') lines.set(one.line_no, cancelled(order, one.line_no));
    else added.push(one);
  }
  if (added.length > 0) {
    const terms = await termsBetween(tx, {
      seller_id: order.seller.id,
      buyer_id: order.buyer.id,
      currency: order.currency,
      requested_on: order.requested_on,
    });
    const first = Math.max(...lines.keys()) + 1;
    for (const line of await fillLines(tx, terms, added, first)) {
      if (lines.has(line.line_no)) {
        const zh = `行号 ${line.line_no} 已存在。`;
        const en = `Line number ${line.line_no} is there already.`;
        throw fault('commerce.identifier_invalid', { zh, en });
      }
      lines.set(line.line_no, line);
    }
  }
  return [...lines.values()].sort((a, b) => a.line_no - b.line_no);
}

/**
 * The buyer alters, cancels or adds lines of which nothing has left yet. Every version stays in the
 * order's facts.
 * @throws commerce.not_the_buyer, commerce.order_state, commerce.line_unknown, commerce.line_state
 */
export async function changeOrder(tx: Tx, id: string, change: OrderChange): Promise<Order> {
  const order = await lockOrder(tx, id);
  if (order.buyer.id !== tx.actor.party) throw fault('commerce.not_the_buyer');
  assertMay('change', order);
  const lines = await linesAfter(tx, order, change);
  const saved = await saveLines(tx, order, lines);
  await recordFact(tx, {
    type: 'commerce.order.changed',
    subject: id,
    parties: [order.buyer.id, order.seller.id],
    body: {
      number: order.number,
      version: saved.version,
      state: saved.state,
      reason: change.reason ?? null,
      lines: saved.lines,
    },
  });
  return saved;
}

/** The buyer cancels the whole order before anything has left. @throws commerce.order_state */
export async function cancelOrder(tx: Tx, id: string, reason: string): Promise<Order> {
  const order = await lockOrder(tx, id);
  if (order.buyer.id !== tx.actor.party) throw fault('commerce.not_the_buyer');
  assertMay('cancel', order);
  const lines = order.lines.map((line) =>
    line.state === 'cancelled' || line.state === 'refused' ? line : cancelled(order, line.line_no),
  );
  const saved = await saveLines(tx, order, lines);
  await recordFact(tx, {
    type: 'commerce.order.cancelled',
    subject: id,
    parties: [order.buyer.id, order.seller.id],
    body: { number: order.number, version: saved.version, state: saved.state, reason },
  });
  return saved;
}
