import { sql } from 'kysely';
import { z } from 'zod';
import {
  businessDate,
  Decimal,
  dateInZone,
  decimal,
  givenInstant,
  instant,
  longText,
  nonNegativeDecimal,
  recordFact,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';
import { type Despatch, type DespatchLine, getDespatch } from './despatches.ts';
import { fault } from './faults.ts';
import { lockOrder, saveLines } from './orders.ts';
import type { Arrival } from './promises.ts';
import type { Order, OrderLine } from './schema.ts';

/** What became of one despatched line at the buyer's door. The four add up to what was sent. */
export const newReceiptLine = z.object({
  despatch_line_no: z.int().min(1),
  accepted: nonNegativeDecimal,
  short: nonNegativeDecimal.default('0'),
  damaged: nonNegativeDecimal.default('0'),
  turned_away: nonNegativeDecimal.default('0'),
  reason: longText.optional(),
  photo_ids: z.array(uuid).max(10).default([]),
});
export type NewReceiptLine = z.output<typeof newReceiptLine>;

export const newReceipt = z.object({
  despatch_id: uuid,
  /** The buyer's own; left out, it is the order's number and version: a counter of the buyer's
   * would make all of its gates wait for each other. */
  number: z.string().trim().min(1).max(60).optional(),
  received_at: givenInstant.optional(),
  note: longText.optional(),
  lines: z.array(newReceiptLine).min(1).max(1_000),
});
export type NewReceipt = z.input<typeof newReceipt>;

export const receipt = z
  .object({
    id: uuid,
    number: z.string(),
    despatch_id: uuid,
    order_id: uuid,
    received_at: instant,
    note: z.string().nullable(),
    lines: z.array(
      z.object({
        line_no: z.int(),
        despatch_line_no: z.int(),
        order_line_no: z.int(),
        accepted: decimal,
        short: decimal,
        damaged: decimal,
        turned_away: decimal,
        reason: z.string().nullable(),
        photo_ids: z.array(uuid),
        received_on: businessDate,
      }),
    ),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.output<typeof receipt>;

const outcomes = ['accepted', 'short', 'damaged', 'turned_away'] as const;

function checkedLine(despatch: Despatch, given: NewReceiptLine): DespatchLine {
  const sent = despatch.lines.find((line) => line.line_no === given.despatch_line_no);
  if (!sent) {
    throw fault('commerce.line_unknown', {
      number: despatch.number,
      line: given.despatch_line_no,
    });
  }
  const sum = outcomes.reduce((all, what) => all.plus(given[what]), new Decimal(0));
  if (!sum.eq(sent.quantity)) {
    throw fault('commerce.receipt_uneven', {
      line: sent.line_no,
      sum: sum.toFixed(),
      sent: sent.quantity,
    });
  }
  if (!sum.eq(given.accepted) && !given.reason) {
    throw fault('commerce.reason_missing', { line: sent.line_no });
  }
  return { ...sent, ...Object.fromEntries(outcomes.map((what) => [what, given[what]])) };
}

function assertWhole(despatch: Despatch, lines: readonly NewReceiptLine[]): void {
  const named = new Set(lines.map((line) => line.despatch_line_no));
  const missing = despatch.lines.find((line) => !named.has(line.line_no));
  if (missing || named.size !== lines.length) {
    const line = missing?.line_no ?? (lines.at(-1)?.despatch_line_no as number);
    throw fault('commerce.line_unknown', { number: despatch.number, line });
  }
}

function assertUnderWay(despatch: Despatch, zh: string, en: string): void {
  if (despatch.state === 'under_way') return;
  throw fault('commerce.despatch_state', {
    number: despatch.number,
    state: despatch.state,
    state_zh: despatch.state === 'lost' ? '丢失' : '收货',
    action_zh: zh,
    action_en: en,
  });
}

/** Adds what arrived, in whatever shape, to the lines of the order. */
function arrived(order: Order, lines: readonly DespatchLine[]): OrderLine[] {
  return order.lines.map((line) => {
    const parts = lines.filter((one) => one.order_line_no === line.line_no);
    if (parts.length === 0) return line;
    const next = { ...line };
    for (const what of outcomes) {
      next[what] = parts
        .reduce((sum, one) => sum.plus(one[what]), new Decimal(line[what]))
        .toFixed();
    }
    return next;
  });
}

/**
 * Ends a despatch. The order is locked, yet the despatch was read before: whoever came second finds
 * it ended here. @throws commerce.despatch_state
 */
async function closeDespatch(
  tx: Tx,
  despatch: Despatch,
  state: 'received' | 'lost',
  at: string,
  lines: readonly DespatchLine[],
): Promise<void> {
  const ended = await tx.db
    .updateTable('despatch')
    .set({ state, received_at: at })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', despatch.id)
    .where('state', '=', 'under_way')
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) {
    assertUnderWay(await getDespatch(tx, despatch.id), '收货', 'received');
  }
  tx.write(sql`update despatch_line l set accepted = v.accepted, short = v.short,
      damaged = v.damaged, turned_away = v.turned_away
    from jsonb_to_recordset(${toJson(lines)}::jsonb) as v(
      line_no int, accepted numeric, short numeric, damaged numeric, turned_away numeric)
    where l.chain_id = ${tx.chain} and l.despatch_id = ${despatch.id}
      and l.line_no = v.line_no`);
}

/** The clock of payment runs from the receipt: a buyer must not set it to a day that is to come. */
function assertNotAhead(tx: Tx, received_at: string): void {
  const day = dateInZone(received_at, tx.zone);
  if (day > tx.today) throw fault('commerce.received_ahead', { day });
}

/**
 * The buyer receives a despatch, line by line: accepted, short, damaged, turned away, with reasons
 * and photos.
 * @throws commerce.not_the_buyer, commerce.despatch_state, commerce.receipt_uneven,
 *   commerce.reason_missing, commerce.received_ahead, commerce.line_unknown, commerce.number_taken
 */
export async function receiveDespatch(
  tx: Tx,
  input: NewReceipt,
): Promise<{ receipt: Receipt; despatch: Despatch; order: Order }> {
  const given = newReceipt.parse(input);
  const despatch = await getDespatch(tx, given.despatch_id);
  const order = await lockOrder(tx, despatch.order_id);
  if (despatch.buyer.id !== tx.actor.party) throw fault('commerce.not_the_buyer');
  assertUnderWay(despatch, '收货', 'received');
  assertWhole(despatch, given.lines);
  const lines = given.lines.map((line) => checkedLine(despatch, line));
  const received_at = given.received_at ?? tx.now;
  assertNotAhead(tx, received_at);
  await closeDespatch(tx, despatch, 'received', received_at, lines);
  const saved = await saveLines(tx, order, arrived(order, lines));
  const number = given.number ?? `${order.number}-R${saved.version}`;
  const kept = await insertReceipt(tx, despatch, { ...given, number }, received_at, lines);
  await recordFact(tx, {
    type: 'commerce.receipt.recorded',
    subject: order.id,
    parties: [order.buyer.id, order.seller.id, ...(despatch.carrier ? [despatch.carrier.id] : [])],
    occurred_at: received_at,
    body: { order_number: order.number, despatch_number: despatch.number, ...kept },
  });
  return {
    receipt: kept,
    despatch: { ...despatch, state: 'received', received_at, lines },
    order: saved,
  };
}

async function insertReceipt(
  tx: Tx,
  despatch: Despatch,
  given: z.output<typeof newReceipt> & { number: string },
  received_at: string,
  lines: readonly DespatchLine[],
): Promise<Receipt> {
  const parties = {
    chain_id: tx.chain,
    buyer_id: despatch.buyer.id,
    seller_id: despatch.seller.id,
    carrier_id: despatch.carrier?.id ?? null,
    order_id: despatch.order_id,
  };
  const row = {
    id: tx.newId(),
    despatch_id: despatch.id,
    received_at,
    note: given.note ?? null,
    number: given.number,
  };
  const done = await tx.db
    .insertInto('receipt')
    .values({ ...parties, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) {
    throw fault('commerce.number_taken', { number: row.number });
  }
  const received_on = dateInZone(received_at, tx.zone);
  const kept = given.lines.map((line, at) => ({
    ...line,
    line_no: at + 1,
    order_line_no: lines[at]?.order_line_no as number,
    reason: line.reason ?? null,
    received_on,
  }));
  tx.append(
    'receipt_line',
    kept.map((line) => ({ ...parties, receipt_id: row.id, ...line })),
  );
  return { ...row, order_id: despatch.order_id, lines: kept };
}

/**
 * A despatch that will not arrive: all of it counts as short, and may be sent again.
 * Either side may say so. @throws commerce.despatch_state
 */
export async function loseDespatch(tx: Tx, id: string, reason: string): Promise<Despatch> {
  const despatch = await getDespatch(tx, id);
  const order = await lockOrder(tx, despatch.order_id);
  assertUnderWay(despatch, '报失', 'reported lost');
  const lines = despatch.lines.map((line) => ({ ...line, short: line.quantity }));
  const resend = order.lines.map((line) => {
    const lost = despatch.lines
      .filter((one) => one.order_line_no === line.line_no)
      .reduce((sum, one) => sum.plus(one.quantity), new Decimal(0));
    return { ...line, despatched: new Decimal(line.despatched).minus(lost).toFixed() };
  });
  await closeDespatch(tx, despatch, 'lost', tx.now, lines);
  await saveLines(tx, order, resend);
  await recordFact(tx, {
    type: 'commerce.despatch.lost',
    subject: order.id,
    parties: [order.buyer.id, order.seller.id, ...(despatch.carrier ? [despatch.carrier.id] : [])],
    body: { despatch_id: id, order_number: order.number, number: despatch.number, reason },
  });
  return { ...despatch, state: 'lost', received_at: tx.now, lines };
}

/** The receipts of one order, oldest first. */
export async function receiptsOf(tx: Tx, orderId: string): Promise<Receipt[]> {
  const rows = await tx.db
    .selectFrom('receipt')
    .select(['id', 'number', 'despatch_id', 'order_id', 'received_at', 'note'])
    .where('chain_id', '=', tx.chain)
    .where('order_id', '=', orderId)
    .orderBy('id')
    .limit(200)
    .execute();
  if (rows.length === 0) return [];
  const lines = await tx.db
    .selectFrom('receipt_line')
    .select(['receipt_id', 'line_no', 'despatch_line_no', 'order_line_no', 'accepted', 'short'])
    .select(['damaged', 'turned_away', 'reason', 'photo_ids', 'received_on'])
    .where('chain_id', '=', tx.chain)
    .where('order_id', '=', orderId)
    .orderBy('line_no')
    .execute();
  return rows.map((row) => ({
    ...row,
    lines: lines
      .filter((line) => line.receipt_id === row.id)
      .map(({ receipt_id: _, ...line }) => line),
  }));
}

/** Between whom the receipts of an order are: a receipt itself names nobody. */
export async function receiptPartiesOf(tx: Tx, orderId: string) {
  return tx.db
    .selectFrom('receipt')
    .select(['seller_id', 'buyer_id', 'carrier_id'])
    .where('chain_id', '=', tx.chain)
    .where('order_id', '=', orderId)
    .orderBy('id')
    .limit(200)
    .execute();
}

/** The instant of an order's last receipt, or undefined before the first. */
export async function lastReceivedAt(tx: Tx, orderId: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('receipt')
    .select('received_at')
    .where('chain_id', '=', tx.chain)
    .where('order_id', '=', orderId)
    .orderBy('received_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.received_at;
}

/** Accepted arrivals of each line of an order: what its promises are held against. */
export function arrivalsOf(receipts: readonly Receipt[]): Map<number, Arrival[]> {
  const arrivals = new Map<number, Arrival[]>();
  for (const line of receipts.flatMap((one) => one.lines)) {
    if (new Decimal(line.accepted).eq(0)) continue;
    const all = arrivals.get(line.order_line_no) ?? [];
    all.push({ quantity: line.accepted, on: line.received_on });
    arrivals.set(line.order_line_no, all);
  }
  return arrivals;
}
