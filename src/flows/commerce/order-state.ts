import { Decimal } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { LineState, OrderLine, OrderState, Schedule } from './schema.ts';

/** What of a line decides its order's state. */
export type LineProgress = Pick<
  OrderLine,
  | 'state'
  | 'quantity'
  | 'promised'
  | 'despatched'
  | 'accepted'
  | 'short'
  | 'damaged'
  | 'turned_away'
  | 'returned'
  | 'invoiced'
>;

export function scheduledQuantity(schedule: Schedule): Decimal {
  return schedule.reduce((sum, item) => sum.plus(item.quantity), new Decimal(0));
}

/** What is due on a line: the quantity promised, or before a promise the quantity ordered. */
export function dueQuantity(line: Pick<OrderLine, 'quantity' | 'promised'>): Decimal {
  return line.promised ? scheduledQuantity(line.promised) : new Decimal(line.quantity);
}

/** What reached the buyer's door, in whatever shape: it ends the waiting, not the argument. */
export function arrivedQuantity(line: LineProgress): Decimal {
  return new Decimal(line.accepted).plus(line.short).plus(line.damaged).plus(line.turned_away);
}

/**
 * The state of an order, folded from its lines. There is no state that a command sets by hand: a
 * stored state is always this function of the lines that the same command wrote.
 */
export function foldState(lines: readonly LineProgress[]): OrderState {
  const live = lines.filter((line) => line.state !== 'cancelled');
  if (live.length === 0) return 'cancelled';
  const wanted = live.filter((line) => line.state !== 'refused');
  if (wanted.length === 0) return 'refused';
  const every = (done: (line: LineProgress) => boolean) => wanted.every(done);
  if (every((line) => arrivedQuantity(line).gte(dueQuantity(line)) && line.state === 'accepted')) {
    // What went back before it was billed is never billed, and nobody waits for it.
    const billed = (line: LineProgress) =>
      new Decimal(line.invoiced).gte(new Decimal(line.accepted).minus(line.returned));
    return every(billed) ? 'closed' : 'delivered';
  }
  if (wanted.some((line) => line.state === 'countered')) return 'countered';
  if (wanted.some((line) => line.state === 'open')) return 'placed';
  if (wanted.some((line) => new Decimal(line.despatched).gt(0))) return 'delivering';
  return 'confirmed';
}

/** The day by which the next part of a line should arrive, or null when all of it has. */
export function nextDue(line: LineProgress & Pick<OrderLine, 'requested'>): string | null {
  if (line.state === 'refused' || line.state === 'cancelled') return null;
  let arrived = arrivedQuantity(line);
  const items = [...(line.promised ?? line.requested)].sort((a, b) => (a.on < b.on ? -1 : 1));
  for (const item of items) {
    if (arrived.lt(item.quantity)) return item.on;
    arrived = arrived.minus(item.quantity);
  }
  return null;
}

export const stateNames: Record<OrderState, string> = {
  placed: '待确认',
  countered: '待买方回复',
  confirmed: '已确认',
  delivering: '交付中',
  delivered: '已收货',
  closed: '已完成',
  refused: '已拒绝',
  cancelled: '已取消',
};

export const lineStateNames: Record<LineState, string> = {
  open: '待确认',
  countered: '已还价',
  accepted: '已确认',
  refused: '已拒绝',
  cancelled: '已取消',
};

type Action = { zh: string; en: string; from: readonly OrderState[]; why: [string, string] };

/** What may be done to an order in which state, and what to say otherwise. */
export const actions = {
  respond: {
    zh: '答复',
    en: 'answered',
    from: ['placed', 'countered', 'confirmed', 'delivering'],
    why: ['没有等待答复的行。', 'no line waits for an answer.'],
  },
  agree: {
    zh: '回复还价',
    en: 'agreed to',
    from: ['countered'],
    why: ['卖方没有还价。', 'the seller made no counter-offer.'],
  },
  change: {
    zh: '变更',
    en: 'changed',
    from: ['placed', 'countered', 'confirmed', 'delivering'],
    why: ['货已收齐或订单已终止。', 'it is delivered or over.'],
  },
  cancel: {
    zh: '取消',
    en: 'cancelled',
    from: ['placed', 'countered', 'confirmed'],
    why: ['已有货物发出；请收货后退货。', 'goods have left; receive and return them instead.'],
  },
  despatch: {
    zh: '发运',
    en: 'despatched',
    from: ['confirmed', 'delivering', 'countered', 'placed'],
    why: ['没有已确认而未发的数量。', 'nothing confirmed is left to send.'],
  },
} as const satisfies Record<string, Action>;

/** @throws commerce.order_state naming the state and the reason. */
export function assertMay(
  action: keyof typeof actions,
  order: { number: string; state: OrderState },
): void {
  const { zh, en, from, why } = actions[action] as Action;
  if (from.includes(order.state)) return;
  throw fault('commerce.order_state', {
    number: order.number,
    state: order.state,
    state_zh: stateNames[order.state],
    action_zh: zh,
    action_en: en,
    why_zh: why[0],
    why_en: why[1],
  });
}
