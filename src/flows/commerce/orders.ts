import { sql } from 'kysely';
import { z } from 'zod';
import {
  businessDate,
  decodeCursor,
  kernelFault,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { numberOf } from './numbering.ts';
import { fillLines, termsBetween, totalsOf } from './order-lines.ts';
import { foldState, nextDue } from './order-state.ts';
import { namesOf, type PairFound, pairColumns, withNames } from './pair.ts';
import {
  type NewOrder,
  newOrder,
  type Order,
  type OrderLine,
  type OrderRow,
  type OrderState,
  orderState,
} from './schema.ts';

const lineColumns = [
  'line_no',
  'product_id',
  'buyer_code',
  'seller_code',
  'gtin',
  'name',
  'quantity',
  'unit',
  'price',
  'price_base_quantity',
  'tax_rate',
  'net_minor',
  'state',
  'requested',
  'offered',
  'offered_price',
  'promised',
  'first_promise',
  'first_promised_at',
  'reason',
  'despatched',
  'accepted',
  'short',
  'damaged',
  'turned_away',
  'returned',
  'invoiced',
] as const;

const rowColumns = [
  'o.id',
  'o.number',
  'o.buyer_id',
  'o.seller_id',
  'o.currency',
  'o.state',
  'o.version',
  'o.placed_at',
  'o.changed_at',
  'o.requested_on',
  'o.due_on',
  'o.line_count',
  'o.net_minor',
  'o.tax_minor',
  'o.total_minor',
  ...pairColumns,
] as const;

type FoundRow = Omit<OrderRow, 'buyer' | 'seller'> & PairFound;

function orders(tx: Tx) {
  return tx.db
    .selectFrom('purchase_order as o')
    .innerJoin('party as b', 'b.id', 'o.buyer_id')
    .innerJoin('party as s', 's.id', 'o.seller_id')
    .where('o.chain_id', '=', tx.chain);
}

async function linesOf(tx: Tx, orderId: string): Promise<OrderLine[]> {
  const rows = await tx.db
    .selectFrom('order_line')
    .select(lineColumns)
    .where('chain_id', '=', tx.chain)
    .where('order_id', '=', orderId)
    .orderBy('line_no')
    .execute();
  return rows as OrderLine[];
}

async function readOrder(tx: Tx, id: string, lock: boolean): Promise<Order> {
  let rows = orders(tx)
    .select(rowColumns)
    .select(['o.agreement_id', 'o.deliver_to', 'o.place_id', 'o.note'])
    .where('o.id', '=', id);
  if (lock) rows = rows.forUpdate('o');
  // Sent together, run one after the other: the lines are read once the lock is held.
  const [found, lines] = await Promise.all([rows.executeTakeFirst(), linesOf(tx, id)]);
  if (!found) throw fault('commerce.order_unknown');
  return { ...withNames(found as FoundRow), lines } as Order;
}

/** One order with its lines. @throws commerce.order_unknown */
export async function getOrder(tx: Tx, id: string): Promise<Order> {
  return readOrder(tx, id, false);
}

/** Locks an order against others for the rest of the command. @throws commerce.order_unknown */
export async function lockOrder(tx: Tx, id: string): Promise<Order> {
  return readOrder(tx, id, true);
}

/**
 * Refuses a command on a version of an order that its author has not seen.
 * @param version what `If-Match` says; null lets any version pass.
 * @throws kernel.stale
 */
export async function assertVersion(tx: Tx, id: string, version: string | null): Promise<void> {
  if (version === null || version === '*') return;
  const order = await lockOrder(tx, id);
  if (String(order.version) !== version) throw kernelFault('kernel.stale');
}

/** The order with this number of a buyer's, or undefined. */
export async function findOrder(tx: Tx, buyer: string, number: string): Promise<Order | undefined> {
  const row = await tx.db
    .selectFrom('purchase_order')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('buyer_id', '=', buyer)
    .where('number', '=', number)
    .executeTakeFirst();
  return row ? getOrder(tx, row.id) : undefined;
}

/** The earliest day on which something of the order is still due. */
export function dueOn(lines: readonly OrderLine[]): string | null {
  const days = lines.map(nextDue).filter((day) => day !== null);
  return days.sort()[0] ?? null;
}

function lineRows(tx: Tx, order: { id: string; buyer_id: string; seller_id: string }) {
  return (line: OrderLine) => ({
    ...line,
    requested: toJson(line.requested),
    offered: line.offered && toJson(line.offered),
    promised: line.promised && toJson(line.promised),
    first_promise: line.first_promise && toJson(line.first_promise),
    chain_id: tx.chain,
    order_id: order.id,
    buyer_id: order.buyer_id,
    seller_id: order.seller_id,
  });
}

/**
 * The buyer places an order with a seller of the chain.
 * @throws commerce.trades_with_itself, commerce.order_number_taken, commerce.product_unknown
 */
export async function placeOrder(tx: Tx, input: NewOrder): Promise<Order> {
  const given = newOrder.parse(input);
  const buyer_id = tx.actor.party;
  const { seller_id } = given;
  const [names, terms] = await Promise.all([
    namesOf(tx, { seller_id, buyer_id }),
    termsBetween(tx, { ...given, buyer_id }),
  ]);
  const lines = await fillLines(tx, terms, given.lines);
  const row = {
    id: tx.newId(),
    buyer_id,
    seller_id,
    agreement_id: terms.agreement?.id ?? null,
    currency: given.currency,
    state: foldState(lines),
    version: 1,
    placed_at: tx.now,
    changed_at: tx.now,
    requested_on: given.requested_on,
    due_on: dueOn(lines),
    deliver_to: given.deliver_to ?? null,
    place_id: given.place_id ?? null,
    note: given.note ?? null,
    line_count: lines.length,
    ...totalsOf(lines),
    number: await orderNumber(tx, given.number),
  };
  const done = await tx.db
    .insertInto('purchase_order')
    .values({ chain_id: tx.chain, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) {
    throw fault('commerce.order_number_taken', { number: row.number });
  }
  tx.append('order_line', lines.map(lineRows(tx, row)));
  await recordFact(tx, {
    type: 'commerce.order.placed',
    subject: row.id,
    parties: [buyer_id, seller_id],
    body: { ...row, lines },
  });
  return { ...row, lines, ...names };
}

function orderNumber(tx: Tx, given: string | undefined): Promise<string> {
  const year = tx.today.slice(0, 4);
  return numberOf(tx, given, { series: `order-${year}`, prefix: `PO-${year}-`, digits: 5 });
}

/** All changed lines in one statement, whatever their number. */
function updateLines(tx: Tx, orderId: string, lines: readonly OrderLine[]): void {
  tx.write(sql`update order_line l set
      quantity = v.quantity, price = v.price, net_minor = v.net_minor, state = v.state,
      requested = v.requested, offered = v.offered, offered_price = v.offered_price,
      promised = v.promised, first_promise = coalesce(l.first_promise, v.first_promise),
      first_promised_at = coalesce(l.first_promised_at, v.first_promised_at), reason = v.reason,
      despatched = v.despatched, accepted = v.accepted, short = v.short, damaged = v.damaged,
      turned_away = v.turned_away, returned = v.returned, invoiced = v.invoiced
    from jsonb_to_recordset(${toJson(lines)}::jsonb) as v(
      line_no int, quantity numeric, price numeric, net_minor bigint, state text, requested jsonb,
      offered jsonb, offered_price numeric, promised jsonb, first_promise jsonb,
      first_promised_at timestamptz, reason text, despatched numeric, accepted numeric,
      short numeric, damaged numeric, turned_away numeric, returned numeric, invoiced numeric)
    where l.chain_id = ${tx.chain} and l.order_id = ${orderId} and l.line_no = v.line_no`);
}

/**
 * Writes changed lines back and folds the order's state, sums and next due day from all of them.
 * `before` is the order as `lockOrder` gave it; returns it as it stands now.
 */
export async function saveLines(
  tx: Tx,
  before: Order,
  lines: readonly OrderLine[],
): Promise<Order> {
  const old = new Map(before.lines.map((line) => [line.line_no, line]));
  const pair = { id: before.id, buyer_id: before.buyer.id, seller_id: before.seller.id };
  const added = lines.filter((line) => !old.has(line.line_no));
  const changed = lines.filter((line) => {
    const was = old.get(line.line_no);
    return was !== undefined && toJson(was) !== toJson(line);
  });
  if (added.length > 0) {
    tx.append('order_line', added.map(lineRows(tx, pair)));
  }
  if (changed.length > 0) updateLines(tx, before.id, changed);
  const header = {
    state: foldState(lines),
    version: before.version + 1,
    changed_at: tx.now,
    due_on: dueOn(lines),
    line_count: lines.length,
    ...totalsOf(lines),
  };
  tx.write(
    tx.db
      .updateTable('purchase_order')
      .set(header)
      .where('chain_id', '=', tx.chain)
      .where('id', '=', before.id),
  );
  return { ...before, ...header, lines: [...lines] };
}

export const orderQuery = z.object({
  side: z.enum(['buying', 'selling']).optional(),
  state: orderState.optional(),
  partner_id: uuid.optional(),
  /** Only orders whose next part was due before this day. */
  due_before: businessDate.optional(),
  number: z.string().trim().max(60).optional(),
});

export type OrderQuery = PageQuery & {
  side?: 'buying' | 'selling' | undefined;
  state?: OrderState | undefined;
  partner_id?: string | undefined;
  due_before?: string | undefined;
  number?: string | undefined;
};

/**
 * Orders, newest first: of one side of the actor, or of both, or (without a side, for a reader with
 * sharing agreements) all that the actor may see.
 */
export async function listOrders(tx: Tx, query: OrderQuery) {
  const sides = query.side ? [query.side] : (['buying', 'selling', 'shared'] as const);
  const pages = [];
  for (const side of sides) {
    if (side === 'shared' && !tx.actor.reads.orders) continue;
    pages.push(...(await ordersOfSide(tx, query, side)));
  }
  const newest = pages.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit + 1);
  return pageOf(newest.map(withNames), query.limit, (row) => [row.id]);
}

async function ordersOfSide(
  tx: Tx,
  query: OrderQuery,
  side: 'buying' | 'selling' | 'shared',
): Promise<FoundRow[]> {
  const me = tx.actor.party;
  let rows = orders(tx).select(rowColumns);
  if (side === 'shared') {
    rows = rows.where('o.buyer_id', '!=', me).where('o.seller_id', '!=', me);
  } else rows = rows.where(side === 'buying' ? 'o.buyer_id' : 'o.seller_id', '=', me);
  if (query.state) rows = rows.where('o.state', '=', query.state);
  if (query.partner_id) {
    rows = rows.where(side === 'buying' ? 'o.seller_id' : 'o.buyer_id', '=', query.partner_id);
  }
  if (query.due_before) {
    rows = rows
      .where('o.due_on', '<', query.due_before)
      .where('o.state', 'in', ['placed', 'countered', 'confirmed', 'delivering']);
  }
  if (query.number) rows = rows.where('o.number', '=', query.number);
  if (query.after) rows = rows.where('o.id', '<', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('o.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return found as FoundRow[];
}

/** How many orders of each live state the actor has on each side, and how many are overdue. */
export async function countLiveOrders(tx: Tx) {
  const live = ['placed', 'countered', 'confirmed', 'delivering'];
  const count = (column: 'buyer_id' | 'seller_id') =>
    tx.db
      .selectFrom('purchase_order')
      .select([
        'state',
        sql<number>`count(*)::int`.as('count'),
        sql<number>`(count(*) filter (where due_on < ${tx.today}))::int`.as('overdue'),
      ])
      .where('chain_id', '=', tx.chain)
      .where(column, '=', tx.actor.party)
      .where('state', 'in', live)
      .groupBy('state')
      .execute();
  return { buying: await count('buyer_id'), selling: await count('seller_id') };
}
