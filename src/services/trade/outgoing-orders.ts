import { getAgreement, type Order, type OrderLine } from '../../flows/commerce/index.ts';
import {
  type OrderDocument,
  type OrderResponseDocument,
  orderDocument,
  orderResponseDocument,
} from '../../flows/data/index.ts';
import { Decimal, dateInZone, fromMinor, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { baseOf, bothSides, itemOf, namedOrder } from './outgoing-parts.ts';

type Schedule = NonNullable<OrderLine['promised']>;

function periodOf(schedule: Schedule) {
  const days = schedule.map((part) => part.on).sort();
  return { from: days[0], until: days.at(-1) };
}

const sumOf = (schedule: Schedule) =>
  schedule.reduce((sum, part) => sum.plus(part.quantity), new Decimal(0)).toFixed();

/** Lines that are still wanted; of an order that is over, all of them, for the record. */
function wantedLines(order: Order): OrderLine[] {
  const live = order.lines.filter((line) => !['cancelled', 'refused'].includes(line.state));
  return live.length > 0 ? live : order.lines;
}

function moneyOf(lines: readonly OrderLine[], { currency, tax_minor }: Order) {
  const net_minor = lines.reduce((sum, line) => sum + line.net_minor, 0n);
  const net = fromMinor(net_minor, currency);
  const gross = fromMinor(net_minor + tax_minor, currency);
  return {
    tax_amount: fromMinor(tax_minor, currency),
    totals: { lines: net, without_tax: net, with_tax: gross, payable: gross },
  };
}

/** An order as it stands now, for the seller's system. @throws commerce.order_unknown */
export async function orderAsDocument(tx: Tx, id: string): Promise<OrderDocument> {
  const { order, names } = await namedOrder(tx, id);
  const lines = wantedLines(order);
  const agreement = order.agreement_id ? await getAgreement(tx, order.agreement_id) : null;
  const place = order.deliver_to ? { line: order.deliver_to, country: 'CN' } : null;
  return orderDocument.parse({
    kind: 'order',
    number: order.number,
    issue_date: dateInZone(order.placed_at, tx.zone),
    note: order.note,
    currency: order.currency,
    contract_number: agreement?.number ?? null,
    ...(await bothSides(tx, order)),
    delivery: {
      address: place,
      requested: { from: order.requested_on, until: order.requested_on },
    },
    ...moneyOf(lines, order),
    lines: lines.map((line) => ({
      line_id: names(line.line_no),
      item: itemOf(line),
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      base_quantity: baseOf(line.price_base_quantity),
      amount: fromMinor(line.net_minor, order.currency),
      requested: periodOf(line.requested),
    })),
  });
}

/** Whether what is promised is what was wished for, so that "accepted" says it all. */
function isAsWished(line: OrderLine): boolean {
  const promised = line.promised ?? line.requested;
  const [wish, word] = [periodOf(line.requested), periodOf(promised)];
  const sameDays = wish.from === word.from && wish.until === word.until;
  return sameDays && new Decimal(sumOf(promised)).eq(line.quantity);
}

/** A line's answer in UNCL 1229: 5 accepted, 7 refused, 3 with what is offered instead. */
function answerOf(line: OrderLine) {
  if (line.state === 'refused') return { status: '7', note: line.reason };
  if (line.state === 'accepted' && isAsWished(line)) return { status: '5' };
  const schedule = line.offered ?? line.promised ?? line.requested;
  return {
    status: '3',
    quantity: sumOf(schedule),
    unit: line.unit,
    price: line.offered_price ?? line.price,
    base_quantity: baseOf(line.price_base_quantity),
    promised: periodOf(schedule),
    note: line.reason,
  };
}

/**
 * The seller's answer as it stands now: AP, RE, or CA with a line for each answered line. Numbered
 * after the order and its version, since the platform numbers no answers.
 * @throws commerce.order_unknown, trade.not_answered
 */
export async function responseAsDocument(tx: Tx, id: string): Promise<OrderResponseDocument> {
  const { order, names } = await namedOrder(tx, id);
  const lines = order.lines.filter((line) => !['cancelled', 'open'].includes(line.state));
  if (lines.length === 0) throw fault('trade.not_answered', { number: order.number });
  const whole = lines.length === order.lines.filter((line) => line.state !== 'cancelled').length;
  const every = (is: (line: OrderLine) => boolean) => whole && lines.every(is);
  const agreed = every((line) => line.state === 'accepted' && isAsWished(line));
  const refused = every((line) => line.state === 'refused');
  const answer = agreed ? 'AP' : refused ? 'RE' : 'CA';
  return orderResponseDocument.parse({
    kind: 'order_response',
    number: `${order.number}-R${order.version}`,
    issue_date: dateInZone(order.changed_at, tx.zone),
    note: refused ? lines[0]?.reason : null,
    currency: order.currency,
    order_number: order.number,
    answer,
    ...(await bothSides(tx, order)),
    lines:
      answer === 'CA'
        ? lines.map((line) => ({
            line_id: names(line.line_no),
            order_line_id: names(line.line_no),
            item: { ...itemOf(line), tax: null },
            ...answerOf(line),
          }))
        : [],
  });
}
