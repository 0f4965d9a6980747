import {
  type Despatch,
  findOrder,
  getDespatch,
  getOrder,
  type Order,
  receiptsOf,
} from '../../flows/commerce/index.ts';
import {
  type DespatchDocument,
  despatchDocument,
  type ReceiptDocument,
  receiptDocument,
} from '../../flows/data/index.ts';
import { Decimal, dateInZone, offsetInZone, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { lineNamesOf } from './line-names.ts';
import { bothSides, itemOf, tradePartyOf } from './outgoing-parts.ts';

/** Clock time in the chain's zone, with its offset, as UBL writes it. */
function timeIn(instant: string, zone: string): string {
  const offset = offsetInZone(instant, zone);
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const local = new Date(new Date(instant).getTime() + ahead * 60_000).toISOString();
  return `${local.slice(11, 19)}${offset}`;
}

/** A carrier sees the delivery and not the order: it gets the lines by their names alone. */
async function orderOf(tx: Tx, despatch: Despatch): Promise<Order | undefined> {
  if (despatch.order_number === null) return undefined;
  return findOrder(tx, despatch.buyer.id, despatch.order_number);
}

async function linesOf(tx: Tx, despatch: Despatch) {
  const order = await orderOf(tx, despatch);
  const byOrder = await lineNamesOf(tx, despatch.order_id);
  const byDespatch = await lineNamesOf(tx, despatch.id);
  return despatch.lines.map((line) => {
    const ordered = order?.lines.find((one) => one.line_no === line.order_line_no);
    const { lot, best_before, sscc } = line;
    return {
      line,
      line_id: byDespatch(line.line_no),
      order_line_id: byOrder(line.order_line_no),
      item: {
        ...itemOf({ ...ordered, name: line.name }),
        tax: null,
        lots: lot || best_before ? [{ lot, best_before }] : [],
      },
      unit: line.unit,
      handling_units: sscc ? [{ sscc }] : [],
    };
  });
}

/** A despatch advice (发货通知) for the buyer's system. @throws commerce.despatch_unknown */
export async function despatchAsDocument(tx: Tx, id: string): Promise<DespatchDocument> {
  const despatch = await getDespatch(tx, id);
  const { buyer, seller } = await bothSides(tx, despatch);
  const { despatched_at, expected_on } = despatch;
  const lines = await linesOf(tx, despatch);
  return despatchDocument.parse({
    kind: 'despatch',
    number: despatch.number,
    issue_date: dateInZone(despatched_at, tx.zone),
    note: despatch.note,
    buyer,
    seller,
    order_numbers: despatch.order_number ? [despatch.order_number] : [],
    shipper: seller,
    consignee: buyer,
    carrier_name: despatch.carrier?.name.zh ?? null,
    despatched_on: dateInZone(despatched_at, tx.zone),
    despatched_at_time: timeIn(despatched_at, tx.zone),
    expected: { from: expected_on, until: expected_on },
    lines: lines.map(({ line, ...named }) => ({
      ...named,
      order_number: despatch.order_number,
      quantity: line.quantity,
    })),
  });
}

/**
 * A receipt advice (收货通知) for the seller's system. What came to the door is received, what of it
 * was damaged or turned away is rejected.
 * @throws commerce.order_unknown, trade.receipt_unknown
 */
export async function receiptAsDocument(
  tx: Tx,
  orderId: string,
  receiptId: string,
): Promise<ReceiptDocument> {
  const order = await getOrder(tx, orderId);
  const receipt = (await receiptsOf(tx, orderId)).find((one) => one.id === receiptId);
  if (!receipt) throw fault('trade.receipt_unknown');
  const despatch = await getDespatch(tx, receipt.despatch_id);
  const named = await linesOf(tx, despatch);
  return receiptDocument.parse({
    kind: 'receipt',
    number: receipt.number,
    issue_date: dateInZone(receipt.received_at, tx.zone),
    note: receipt.note,
    buyer: await tradePartyOf(tx, order.buyer.id),
    seller: await tradePartyOf(tx, order.seller.id),
    order_numbers: [order.number],
    despatch_numbers: [despatch.number],
    shipper: await tradePartyOf(tx, order.seller.id),
    consignee: await tradePartyOf(tx, order.buyer.id),
    received_on: dateInZone(receipt.received_at, tx.zone),
    lines: receipt.lines.map((line) => {
      const sent = named.find((one) => one.line.line_no === line.despatch_line_no);
      const rejected = new Decimal(line.damaged).plus(line.turned_away);
      return {
        line_id: String(line.line_no),
        order_line_id: sent?.order_line_id,
        despatch_line_id: sent?.line_id,
        item: { ...sent?.item },
        received_quantity: rejected.plus(line.accepted).toFixed(),
        short_quantity: line.short,
        rejected_quantity: rejected.toFixed(),
        unit: sent?.unit,
        reject_reason: line.reason,
      };
    }),
  });
}
