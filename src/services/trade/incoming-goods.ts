import {
  type Despatch,
  type DespatchLine,
  despatchesOf,
  findOrder,
  type NewDespatch,
  type NewReceipt,
  type Order,
} from '../../flows/commerce/index.ts';
import type {
  DespatchDocument,
  DespatchLine as LineIn,
  Problem,
  ReceiptDocument,
  ReceiptLine,
} from '../../flows/data/index.ts';
import { Decimal, listParties, offsetInZone, parseSscc, type Tx } from '../../kernel/index.ts';
import { despatchGoods, receiveGoods } from './delivery.ts';
import { appliedTo, type Effect, keptFor } from './effects.ts';
import { fault } from './faults.ts';
import { dayOf } from './incoming-orders.ts';
import { type LineFinder, linesOf, rememberLines } from './line-names.ts';
import * as note from './notes.ts';
import type { Sides } from './sides.ts';

/** The one order that a document of goods is about. @throws trade.one_order_each */
async function orderOf(tx: Tx, sides: Sides, numbers: readonly string[]) {
  const { buyer_id } = sides;
  if (!buyer_id) return undefined;
  const found = [];
  for (const number of new Set(numbers)) {
    const order = await findOrder(tx, buyer_id, number);
    if (order) found.push(order);
  }
  if (found.length > 0 && new Set(numbers).size > 1) {
    throw fault('trade.one_order_each', { numbers: [...new Set(numbers)].join(', ') });
  }
  return found[0];
}

/** Nothing to act on: the other side writes this document, both are one, or no order is here. */
function keptUnlessOwn(sides: Sides): Effect | undefined {
  if (sides.standing === 'muddled') return keptFor(sides, note.SAME_SIDES);
  if (sides.standing === 'own') return undefined;
  return keptFor(sides, note.theirsToSend(sides.partner?.name_zh ?? '—'));
}

/** A day, and a time of day if there is one, in the chain's zone; noon stands for no time. */
function instantOf(tx: Tx, day: string, time: string | null): string {
  const clock = /^\d{2}:\d{2}:\d{2}/.exec(time ?? '')?.[0] ?? '12:00:00';
  const zone = /(Z|[+-]\d{2}:\d{2})$/.exec(time ?? '')?.[0];
  const near = `${day}T12:00:00Z`;
  const at = new Date(`${day}T${clock}${zone ?? offsetInZone(near, tx.zone)}`);
  return (Number.isNaN(at.getTime()) ? new Date(near) : at).toISOString();
}

/** Lot and handling unit of a line, where it has one of each: several do not split the quantity. */
function lotIn({ item, handling_units }: LineIn) {
  const [lot] = item.lots;
  const [unit] = handling_units;
  const sscc = unit && handling_units.length === 1 ? parseSscc(unit.sscc) : undefined;
  const best_before = lot?.best_before ?? lot?.expires_on;
  return {
    ...(item.lots.length === 1 && lot?.lot ? { lot: lot.lot } : {}),
    ...(item.lots.length === 1 && best_before ? { best_before } : {}),
    ...(sscc?.ok ? { sscc: sscc.value } : {}),
  };
}

function sentLine(line: LineIn, order: Order, find: LineFinder) {
  const order_line_no = find(line.order_line_id, line.line_id);
  const ordered = order.lines.find((one) => one.line_no === order_line_no);
  if (!ordered) throw fault('trade.line_unclear', { line: line.line_id });
  if (line.quantity === null) throw fault('trade.quantity_missing', { line: line.line_id });
  if (line.unit !== null && line.unit !== ordered.unit) {
    const at = { line: line.line_id, unit: line.unit, ordered: ordered.unit };
    throw fault('trade.unit_differs', at);
  }
  return { order_line_no, quantity: line.quantity, ...lotIn(line) };
}

/** The carrier by its name in the directory; one that is not there stays in the document. */
async function carrierOf(tx: Tx, name: string | null): Promise<{ carrier_id?: string }> {
  if (name === null) return {};
  const { items } = await listParties(tx, {
    limit: 20,
    search: name.slice(0, 100),
    role: 'carrier',
  });
  const found = items.filter((one) => [one.name_zh, one.name_en].includes(name));
  return found.length === 1 && found[0] ? { carrier_id: found[0].id } : {};
}

async function despatchIn(tx: Tx, document: DespatchDocument, order: Order): Promise<NewDespatch> {
  const find = await linesOf(tx, order.id);
  const { number, note: text, despatched_on, despatched_at_time, expected } = document;
  const lines = document.lines.map((line) => sentLine(line, order, find));
  return {
    order_id: order.id,
    number,
    expected_on: dayOf(expected) ?? despatched_on ?? document.issue_date,
    ...(despatched_on ? { despatched_at: instantOf(tx, despatched_on, despatched_at_time) } : {}),
    ...(await carrierOf(tx, document.carrier_name)),
    ...(text ? { note: text.slice(0, 2_000) } : {}),
    lines,
  };
}

/** A DespatchAdvice of the seller's for one order; without that order here it is passed on. */
export async function takeDespatch(
  tx: Tx,
  document: DespatchDocument,
  sides: Sides,
): Promise<Effect> {
  const kept = keptUnlessOwn(sides);
  if (kept) return kept;
  const named = document.lines.flatMap(({ order_number }) => order_number ?? []);
  const numbers = named.length > 0 ? named : document.order_numbers;
  const order = await orderOf(tx, sides, numbers);
  if (!order) return keptFor(sides, note.orderNotHere(numbers[0] ?? null));
  const { despatch } = await despatchGoods(tx, await despatchIn(tx, document, order));
  await rememberLines(
    tx,
    { subject_id: despatch.id, buyer_id: order.buyer.id, seller_id: order.seller.id },
    document.lines.map(({ line_id }, at) => ({ name: line_id, line_no: at + 1 })),
  );
  const split = document.lines.some(
    (line) => line.item.lots.length + line.handling_units.length > 2,
  );
  return appliedTo(sides, order, despatch.id, split ? [note.LOTS_LEFT_OUT] : []);
}

/** @throws trade.despatch_unclear when several are under way and none is named */
async function despatchOf(tx: Tx, document: ReceiptDocument, order: Order) {
  const all = await despatchesOf(tx, order.id);
  const named = all.filter((one) => document.despatch_numbers.includes(one.number));
  if (named.length > 1) {
    throw fault('trade.despatch_unclear', { number: order.number, count: named.length });
  }
  if (named[0] || document.despatch_numbers.length > 0) return named[0];
  const open = all.filter((one) => one.state === 'under_way');
  if (open.length > 1) {
    throw fault('trade.despatch_unclear', { number: order.number, count: open.length });
  }
  return open[0];
}

/**
 * Systems differ in whether what they refuse counts as received. What was sent decides: the reading
 * that accounts for all of it is the right one.
 */
function countsOf(line: ReceiptLine, sent: string) {
  const number = (value: string | null) => new Decimal(value ?? 0);
  const received = number(line.received_quantity);
  const rejected = number(line.rejected_quantity);
  const short = line.short_quantity ?? Decimal.max(0, new Decimal(sent).minus(received)).toFixed();
  const apart = received
    .plus(rejected)
    .plus(line.short_quantity ?? 0)
    .eq(sent);
  const accepted = apart ? received : received.minus(rejected);
  const missing = apart ? number(line.short_quantity).toFixed() : short;
  return { accepted: accepted.toFixed(), short: missing, turned_away: rejected.toFixed() };
}

function receivedLine(
  line: ReceiptLine,
  despatch: Despatch,
  sent: DespatchLine,
  text: string | null,
) {
  if (line.unit !== null && line.unit !== sent.unit) {
    throw fault('trade.unit_differs', { line: line.line_id, unit: line.unit, ordered: sent.unit });
  }
  const counts = countsOf(line, sent.quantity);
  const said = line.reject_reason ?? line.note ?? text ?? line.reject_reason_code;
  // That something is missing is a reason in itself; why goods were turned away has to be said.
  const isOnlyShort = counts.turned_away === '0' && counts.short !== '0';
  const reason = said ?? (isOnlyShort ? `短少 Short of ${despatch.number}` : undefined);
  return {
    despatch_line_no: sent.line_no,
    ...counts,
    ...(reason ? { reason: reason.slice(0, 2_000) } : {}),
  };
}

/** The despatched line that a line of a receipt counts: by its own name, or by the order's line. */
async function sentLineFinder(tx: Tx, despatch: Despatch, order: Order) {
  const [byDespatch, byOrder] = [await linesOf(tx, despatch.id), await linesOf(tx, order.id)];
  return (line: ReceiptLine): DespatchLine => {
    const sent = despatch.lines.filter((one) =>
      line.despatch_line_id !== null || line.order_line_id === null
        ? one.line_no === byDespatch(line.despatch_line_id ?? line.line_id, line.line_id)
        : one.order_line_no === byOrder(line.order_line_id, line.line_id),
    );
    const [only] = sent;
    if (!only || sent.length > 1) throw fault('trade.line_unclear', { line: line.line_id });
    return only;
  };
}

async function receiptIn(
  tx: Tx,
  document: ReceiptDocument,
  despatch: Despatch,
  order: Order,
): Promise<NewReceipt> {
  const find = await sentLineFinder(tx, despatch, order);
  const { number, note: text, received_on } = document;
  return {
    despatch_id: despatch.id,
    number,
    ...(received_on ? { received_at: instantOf(tx, received_on, null) } : {}),
    ...(text ? { note: text.slice(0, 2_000) } : {}),
    lines: document.lines.map((line) => receivedLine(line, despatch, find(line), text)),
  };
}

/** A ReceiptAdvice of the buyer's for one despatch; without one here it is passed on. */
export async function takeReceipt(
  tx: Tx,
  document: ReceiptDocument,
  sides: Sides,
): Promise<Effect> {
  const kept = keptUnlessOwn(sides);
  if (kept) return kept;
  const order = await orderOf(tx, sides, document.order_numbers);
  if (!order) return keptFor(sides, note.orderNotHere(document.order_numbers[0] ?? null));
  const despatch = await despatchOf(tx, document, order);
  if (!despatch) return keptFor(sides, note.despatchNotHere(order.number));
  const { receipt } = await receiveGoods(tx, await receiptIn(tx, document, despatch, order));
  const excess = document.lines.some((line) => new Decimal(line.excess_quantity ?? 0).gt(0));
  const notes: Problem[] = excess ? [note.EXCESS_LEFT_OUT] : [];
  return appliedTo(sides, order, receipt.id, notes);
}
