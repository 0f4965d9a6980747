import { z } from 'zod';
import {
  businessDate,
  Decimal,
  decimal,
  decodeCursor,
  getParty,
  givenInstant,
  instant,
  longText,
  type PageQuery,
  pageOf,
  parseSscc,
  positiveDecimal,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { numberOf } from './numbering.ts';
import { lineOf } from './order-response.ts';
import { assertMay, dueQuantity } from './order-state.ts';
import { lockOrder, saveLines } from './orders.ts';
import { type PairFound, pairColumns, withNames } from './pair.ts';
import { type Order, type OrderLine, type PartyName, partyName } from './schema.ts';

export const newDespatchLine = z.object({
  order_line_no: z.int().min(1),
  quantity: positiveDecimal,
  lot: z.string().trim().min(1).max(20).optional(),
  best_before: businessDate.optional(),
  sscc: z.string().max(20).optional(),
});

/** A despatch advice (发货通知): part of one order on its way, by lot and handling unit. */
export const newDespatch = z.object({
  order_id: uuid,
  number: z.string().trim().min(1).max(60).optional(),
  carrier_id: uuid.optional(),
  from_place_id: uuid.optional(),
  to_place_id: uuid.optional(),
  despatched_at: givenInstant.optional(),
  expected_on: businessDate,
  vehicle: z.string().trim().min(1).max(40).optional(),
  note: longText.optional(),
  lines: z.array(newDespatchLine).min(1).max(1_000),
});
export type NewDespatch = z.input<typeof newDespatch>;

export const despatchState = z.enum(['under_way', 'received', 'lost']);

export const despatchLine = z.object({
  line_no: z.int(),
  order_line_no: z.int(),
  product_id: uuid.nullable(),
  name: z.string(),
  quantity: decimal,
  unit: z.string(),
  lot: z.string().nullable(),
  best_before: businessDate.nullable(),
  sscc: z.string().nullable(),
  accepted: decimal,
  short: decimal,
  damaged: decimal,
  turned_away: decimal,
});
export type DespatchLine = z.output<typeof despatchLine>;

export const despatchRow = z
  .object({
    id: uuid,
    number: z.string(),
    order_id: uuid,
    order_number: z.string().nullable(),
    seller: partyName,
    buyer: partyName,
    carrier: partyName.nullable(),
    state: despatchState,
    despatched_at: instant,
    expected_on: businessDate,
    received_at: instant.nullable(),
    vehicle: z.string().nullable(),
  })
  .meta({ id: 'DespatchRow' });
export type DespatchRow = z.output<typeof despatchRow>;

export const despatch = despatchRow
  .extend({
    from_place_id: uuid.nullable(),
    to_place_id: uuid.nullable(),
    note: z.string().nullable(),
    lines: z.array(despatchLine),
  })
  .meta({ id: 'Despatch' });
export type Despatch = z.output<typeof despatch>;

/** What is confirmed on a line and has not left yet. */
export function leftToSend(line: OrderLine): Decimal {
  if (line.state !== 'accepted') return new Decimal(0);
  return dueQuantity(line).minus(line.despatched);
}

function sentLines(order: Order, asked: z.output<typeof newDespatch>['lines']): OrderLine[] {
  const lines = new Map(order.lines.map((line) => [line.line_no, line]));
  for (const one of asked) {
    lineOf(order, one.order_line_no);
    const line = lines.get(one.order_line_no) as OrderLine;
    const left = leftToSend(line);
    if (left.lt(one.quantity)) {
      throw fault('commerce.too_much', {
        line: line.line_no,
        what_zh: '发运',
        what_en: 'despatching',
        asked: one.quantity,
        left: left.toFixed(),
      });
    }
    const despatched = new Decimal(line.despatched).plus(one.quantity).toFixed();
    lines.set(line.line_no, { ...line, despatched });
  }
  return order.lines.map((line) => lines.get(line.line_no) as OrderLine);
}

function checkedSscc(text: string | undefined): string | null {
  if (text === undefined) return null;
  const found = parseSscc(text);
  if (!found.ok) throw fault('commerce.identifier_invalid', found.reason);
  return found.value;
}

async function carrierOf(tx: Tx, id: string): Promise<PartyName> {
  const { name_zh, name_en } = await getParty(tx, id);
  return { id, name: { zh: name_zh, en: name_en } };
}

/**
 * The seller sends confirmed goods, in as many parts as it takes.
 * @throws commerce.not_the_seller, commerce.order_state, commerce.too_much, commerce.number_taken
 */
export async function sendDespatch(
  tx: Tx,
  input: NewDespatch,
): Promise<{ despatch: Despatch; order: Order }> {
  const given = newDespatch.parse(input);
  const order = await lockOrder(tx, given.order_id);
  if (order.seller.id !== tx.actor.party) throw fault('commerce.not_the_seller');
  assertMay('despatch', order);
  const saved = await saveLines(tx, order, sentLines(order, given.lines));
  const parties = { seller_id: order.seller.id, buyer_id: order.buyer.id };
  const row = {
    id: tx.newId(),
    order_id: order.id,
    ...parties,
    carrier_id: given.carrier_id ?? null,
    state: 'under_way' as const,
    despatched_at: given.despatched_at ?? tx.now,
    expected_on: given.expected_on,
    received_at: null,
    from_place_id: given.from_place_id ?? null,
    to_place_id: given.to_place_id ?? order.place_id,
    vehicle: given.vehicle ?? null,
    note: given.note ?? null,
    number: await numberOf(tx, given.number, { series: 'despatch', prefix: 'SH-' }),
  };
  const done = await tx.db
    .insertInto('despatch')
    .values({ chain_id: tx.chain, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) {
    throw fault('commerce.number_taken', { number: row.number });
  }
  const lines = given.lines.map((one, at) => {
    const line = lineOf(order, one.order_line_no);
    return {
      line_no: at + 1,
      order_line_no: line.line_no,
      product_id: line.product_id,
      name: line.name,
      quantity: one.quantity,
      unit: line.unit,
      lot: one.lot ?? null,
      best_before: one.best_before ?? null,
      sscc: checkedSscc(one.sscc),
      accepted: '0',
      short: '0',
      damaged: '0',
      turned_away: '0',
    };
  });
  const keys = { chain_id: tx.chain, despatch_id: row.id, order_id: order.id, ...parties };
  tx.append(
    'despatch_line',
    lines.map((line) => ({ ...keys, carrier_id: row.carrier_id, ...line })),
  );
  await recordFact(tx, {
    type: 'commerce.despatch.sent',
    subject: order.id,
    parties: [order.buyer.id, order.seller.id, ...(row.carrier_id ? [row.carrier_id] : [])],
    occurred_at: row.despatched_at,
    body: { despatch_id: row.id, order_number: order.number, ...row, lines },
  });
  const { seller_id: _seller, buyer_id: _buyer, carrier_id, ...plain } = row;
  const { seller, buyer, number: order_number } = order;
  const carrier = carrier_id ? await carrierOf(tx, carrier_id) : null;
  return { despatch: { ...plain, seller, buyer, carrier, order_number, lines }, order: saved };
}

const rowColumns = [
  'd.id',
  'd.number',
  'd.order_id',
  'o.number as order_number',
  'd.state',
  'd.despatched_at',
  'd.expected_on',
  'd.received_at',
  'd.vehicle',
  'd.from_place_id',
  'd.to_place_id',
  'd.note',
  'd.seller_id',
  'd.buyer_id',
  ...pairColumns,
  'd.carrier_id',
  'c.name_zh as carrier_zh',
  'c.name_en as carrier_en',
] as const;

type Found = Omit<Despatch, 'seller' | 'buyer' | 'carrier' | 'lines'> &
  PairFound & { carrier_id: string | null; carrier_zh: string | null; carrier_en: string | null };

function rowOf(found: Found) {
  const { carrier_id, carrier_zh, carrier_en, ...row } = found;
  const carrier = carrier_id
    ? { id: carrier_id, name: { zh: carrier_zh ?? '', en: carrier_en ?? '' } }
    : null;
  return { ...withNames(row), carrier };
}

function despatches(tx: Tx) {
  return tx.db
    .selectFrom('despatch as d')
    .innerJoin('party as s', 's.id', 'd.seller_id')
    .innerJoin('party as b', 'b.id', 'd.buyer_id')
    .leftJoin('party as c', 'c.id', 'd.carrier_id')
    .leftJoin('purchase_order as o', (join) =>
      join.onRef('o.chain_id', '=', 'd.chain_id').onRef('o.id', '=', 'd.order_id'),
    )
    .select(rowColumns)
    .where('d.chain_id', '=', tx.chain);
}

function despatchLines(tx: Tx) {
  return tx.db
    .selectFrom('despatch_line')
    .select(['line_no', 'order_line_no', 'product_id', 'name', 'quantity', 'unit', 'lot'])
    .select(['best_before', 'sscc', 'accepted', 'short', 'damaged', 'turned_away'])
    .where('chain_id', '=', tx.chain)
    .orderBy('line_no');
}

/** One despatch with its lines. @throws commerce.despatch_unknown */
export async function getDespatch(tx: Tx, id: string): Promise<Despatch> {
  const [found, lines] = await Promise.all([
    despatches(tx).where('d.id', '=', id).executeTakeFirst(),
    despatchLines(tx).where('despatch_id', '=', id).execute(),
  ]);
  if (!found) throw fault('commerce.despatch_unknown');
  return { ...rowOf(found as Found), lines };
}

/** The despatches of one order, oldest first. */
export async function despatchesOf(tx: Tx, orderId: string): Promise<Despatch[]> {
  const rows = await despatches(tx)
    .where('d.order_id', '=', orderId)
    .orderBy('d.id')
    .limit(200)
    .execute();
  const lines = await despatchLines(tx)
    .select('despatch_id')
    .where('order_id', '=', orderId)
    .execute();
  return rows.map((row) => ({
    ...rowOf(row as Found),
    lines: lines
      .filter((line) => line.despatch_id === row.id)
      .map(({ despatch_id: _, ...line }) => line),
  }));
}

export const despatchQuery = z.object({
  side: z.enum(['sending', 'receiving', 'carrying']).optional(),
  state: despatchState.optional(),
  /** A handling unit's SSCC, as scanned from its label. */
  sscc: z.string().max(20).optional(),
  number: z.string().trim().max(60).optional(),
});

const sideColumn = {
  sending: 'd.seller_id',
  receiving: 'd.buyer_id',
  carrying: 'd.carrier_id',
} as const;

/** Despatches that the actor may see, newest first. */
export async function listDespatches(tx: Tx, query: PageQuery & z.output<typeof despatchQuery>) {
  let rows = despatches(tx);
  if (query.side) rows = rows.where(sideColumn[query.side], '=', tx.actor.party);
  if (query.state) rows = rows.where('d.state', '=', query.state);
  if (query.number) rows = rows.where('d.number', '=', query.number);
  if (query.sscc) {
    const holding = tx.db
      .selectFrom('despatch_line')
      .select('despatch_id')
      .where('chain_id', '=', tx.chain)
      .where('sscc', '=', query.sscc);
    rows = rows.where('d.id', 'in', holding);
  }
  if (query.after) rows = rows.where('d.id', '<', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('d.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(
    found.map((row) => rowOf(row as Found)),
    query.limit,
    (row) => [row.id],
  );
}
