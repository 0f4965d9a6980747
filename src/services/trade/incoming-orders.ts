import {
  cancelOrder,
  changeOrder,
  findOrder,
  type NewOrder,
  type NewOrderLine,
  type Order,
  type OrderChange,
  type OrderLine as Ordered,
  orderChange,
  placeOrder,
} from '../../flows/commerce/index.ts';
import type {
  OrderCancellationDocument,
  OrderChangeDocument,
  OrderDocument,
  OrderLine,
  Period,
  Problem,
} from '../../flows/data/index.ts';
import { asParty, Decimal, parseGtin, type Tx } from '../../kernel/index.ts';
import { appliedTo, type Effect, keptFor } from './effects.ts';
import { fault } from './faults.ts';
import { linesOf, numbersOf, rememberLines } from './line-names.ts';
import * as note from './notes.ts';
import { partnerOf, type Sides } from './sides.ts';

/** The last day of a period is the one that counts: until then the other side may deliver. */
export function dayOf(period: Period | null | undefined): string | undefined {
  return period?.until ?? period?.from ?? undefined;
}

/** Percent of a document as the share that commerce counts in: "13" is "0.13". */
export function shareOf(percent: string): string {
  return new Decimal(percent).div(100).toFixed();
}

/**
 * What is said of the tax of an order line. A document of China that says nothing leaves it to the
 * agreement or to the usual rate; one in another currency has no tax that would be known here.
 */
function rateOf(line: OrderLine, currency: string): string | undefined {
  const { tax } = line.item;
  if (tax) return shareOf(tax.percent ?? '0');
  return currency === 'CNY' ? undefined : '0';
}

/** Price of one base quantity, allowances of the line within: the net is then the stated one. */
function priceOf(line: OrderLine) {
  const { price, base_quantity, amount, quantity, adjustments } = line;
  if (adjustments.length > 0 && amount !== null && quantity !== null) {
    return { price: amount, price_base_quantity: quantity };
  }
  return {
    ...(price === null ? {} : { price }),
    ...(base_quantity === null ? {} : { price_base_quantity: base_quantity }),
  };
}

function lineIn(line: OrderLine, line_no: number, currency: string): NewOrderLine {
  const { item, quantity, unit } = line;
  if (quantity === null) throw fault('trade.quantity_missing', { line: line.line_id });
  const gtin = item.standard_id ? parseGtin(item.standard_id.value) : null;
  const name = (item.name ?? item.description)?.slice(0, 200);
  const requested_on = dayOf(line.requested);
  const tax_rate = rateOf(line, currency);
  return {
    line_no,
    quantity,
    ...priceOf(line),
    ...(item.buyer_id ? { buyer_code: item.buyer_id } : {}),
    ...(item.seller_id ? { seller_code: item.seller_id } : {}),
    ...(gtin?.ok ? { gtin: gtin.value } : {}),
    ...(name ? { name } : {}),
    ...(unit ? { unit } : {}),
    ...(tax_rate === undefined ? {} : { tax_rate }),
    ...(requested_on ? { requested_on } : {}),
  };
}

function placeIn(order: OrderDocument): string | undefined {
  const { address, party_name } = order.delivery ?? {};
  const parts = [
    address?.subdivision,
    address?.city,
    address?.street,
    address?.additional_street,
    address?.line,
    party_name,
  ];
  return parts.filter(Boolean).join(' ').slice(0, 200) || undefined;
}

/** An Order in the words of commerce, with notes on what it leaves unsaid. */
function orderIn(document: OrderDocument, seller_id: string, numbers: readonly number[]) {
  const { number, currency, lines, delivery, note: text, issue_date } = document;
  const days = [dayOf(delivery?.requested), ...lines.map((line) => dayOf(line.requested))];
  const asked = days.filter((day) => day !== undefined).sort();
  const deliver_to = placeIn(document);
  const given: NewOrder = {
    number,
    seller_id,
    currency,
    requested_on: dayOf(delivery?.requested) ?? asked.at(-1) ?? issue_date,
    ...(deliver_to ? { deliver_to } : {}),
    ...(text ? { note: text.slice(0, 2_000) } : {}),
    lines: lines.map((line, at) => lineIn(line, numbers[at] as number, currency)),
  };
  const notes: Problem[] = [];
  if (asked.length === 0) notes.push(note.DAY_ASSUMED);
  if (document.adjustments.length > 0) notes.push(note.ADJUSTMENTS_LEFT_OUT);
  return { given, notes };
}

/**
 * An Order is placed: by its sender, or by the seller for a customer that it invited itself and
 * that is not here yet.
 * @throws trade.buyer_not_invited, trade.sides_muddled, and what placing throws
 */
export async function takeOrder(tx: Tx, document: OrderDocument, sides: Sides): Promise<Effect> {
  if (sides.standing === 'muddled') throw fault('trade.sides_muddled');
  const partner = partnerOf(sides, document);
  if (!sides.may_act) throw fault('trade.buyer_not_invited', { name: partner.name_zh });
  const { buyer_id, seller_id } = sides as { buyer_id: string; seller_id: string };
  const names = document.lines.map((line) => line.line_id);
  const numbers = numbersOf(names);
  const { given, notes } = orderIn(document, seller_id, numbers);
  const placed = await asParty(tx, buyer_id, (as) => placeOrder(as, given));
  await rememberLines(
    tx,
    { subject_id: placed.id, buyer_id, seller_id },
    names.map((name, at) => ({ name, line_no: numbers[at] as number })),
  );
  return appliedTo(sides, placed, placed.id, notes);
}

/** The order that a document of the buyer's is about, where it is here and may be acted on. */
async function orderOf(tx: Tx, sides: Sides, number: string): Promise<Order | Effect> {
  if (sides.standing === 'muddled') return keptFor(sides, note.SAME_SIDES);
  const { buyer_id, partner } = sides;
  const order = buyer_id ? await findOrder(tx, buyer_id, number) : undefined;
  if (!order || !partner) return keptFor(sides, note.orderNotHere(number));
  if (!sides.may_act) return keptFor(sides, note.theirsToSend(partner.name_zh));
  return order;
}

const isEffect = (found: Order | Effect): found is Effect => 'notes' in found;

/** What of a line a change alters; undefined when it says what the order says. */
function alteration(line: OrderLine, ordered: Ordered) {
  const { quantity, price, base_quantity } = line;
  if (line.unit !== null && line.unit !== ordered.unit) {
    const at = { line: line.line_id, unit: line.unit, ordered: ordered.unit };
    throw fault('trade.unit_differs', at);
  }
  // The order keeps its own base quantity: a price per 25 kg becomes one per what was agreed.
  const perBase =
    price === null
      ? null
      : new Decimal(price).times(ordered.price_base_quantity).div(base_quantity ?? '1');
  const day = dayOf(line.requested);
  const change = {
    ...(quantity !== null && !new Decimal(quantity).eq(ordered.quantity) ? { quantity } : {}),
    ...(perBase && !perBase.eq(ordered.price)
      ? { price: perBase.toDecimalPlaces(10).toFixed() }
      : {}),
    ...(day && day !== ordered.requested.at(-1)?.on ? { requested_on: day } : {}),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** UNCL 1229 in an order change. */
const status = { added: '1', deleted: '2', untouched: ['4', '42'] };

async function changesIn(tx: Tx, document: OrderChangeDocument, order: Order) {
  const find = await linesOf(tx, order.id);
  const last = Math.max(...order.lines.map((line) => line.line_no));
  const added: { name: string; line_no: number }[] = [];
  const lines: OrderChange['lines'] = [];
  for (const line of document.lines) {
    if (line.status !== null && status.untouched.includes(line.status)) continue;
    if (line.status === status.added) {
      const line_no = last + added.length + 1;
      added.push({ name: line.line_id, line_no });
      lines.push({ change: 'add', ...lineIn(line, line_no, document.currency) });
      continue;
    }
    const line_no = find(line.line_id, line.line_id);
    if (line.status === status.deleted) {
      lines.push({ change: 'cancel', line_no });
      continue;
    }
    const ordered = order.lines.find((one) => one.line_no === line_no);
    if (!ordered) throw fault('trade.line_unclear', { line: line.line_id });
    const change = alteration(line, ordered);
    if (change) lines.push({ change: 'alter', line_no, ...change });
  }
  return { lines, added };
}

/**
 * An OrderChange states the order anew; what differs is changed, what it says is deleted is
 * cancelled, and what it leaves out stays: a line is never cancelled by silence.
 */
export async function takeOrderChange(
  tx: Tx,
  document: OrderChangeDocument,
  sides: Sides,
): Promise<Effect> {
  const order = await orderOf(tx, sides, document.order_number);
  if (isEffect(order)) return order;
  const { lines, added } = await changesIn(tx, document, order);
  if (lines.length === 0) return appliedTo(sides, order, order.id, [note.NOTHING_CHANGES]);
  const reason = document.note?.slice(0, 2_000);
  const change = orderChange.parse({ ...(reason ? { reason } : {}), lines });
  await asParty(tx, order.buyer.id, (as) => changeOrder(as, order.id, change));
  const named = { subject_id: order.id, buyer_id: order.buyer.id, seller_id: order.seller.id };
  await rememberLines(tx, named, added);
  return appliedTo(sides, order, order.id);
}

export async function takeOrderCancellation(
  tx: Tx,
  document: OrderCancellationDocument,
  sides: Sides,
): Promise<Effect> {
  const order = await orderOf(tx, sides, document.order_number);
  if (isEffect(order)) return order;
  const reason = document.reason.slice(0, 2_000);
  await asParty(tx, order.buyer.id, (as) => cancelOrder(as, order.id, reason));
  return appliedTo(sides, order, order.id);
}
