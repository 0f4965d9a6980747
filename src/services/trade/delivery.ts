import {
  type Despatch,
  despatchesOf,
  loseDespatch,
  type NewDespatch,
  type NewReceipt,
  type NewReturn,
  type Order,
  type Receipt,
  type ReturnNote,
  receiveDespatch,
  returnGoods,
  sendDespatch,
} from '../../flows/commerce/index.ts';
import {
  type GoodsEvent,
  getOwnPlace,
  getPlaceOf,
  holdsFirst,
  recordEvents,
} from '../../flows/goods/index.ts';
import { offsetInZone, type Tx } from '../../kernel/index.ts';
import { itemsOf } from './goods-of-order.ts';

type Moved = Pick<GoodsEvent, 'step' | 'owner_id' | 'items' | 'transactions'> & {
  at: string;
  place: { id: string; gln: string | null } | null;
  order: Order;
};

function eventOf(tx: Tx, { place, order, ...moved }: Moved): GoodsEvent {
  return {
    ...moved,
    id: tx.newId(),
    zone_offset: offsetInZone(moved.at, tx.zone),
    place_id: place?.id ?? null,
    place_gln: place?.gln ?? null,
    source_id: order.seller.id,
    destination_id: order.buyer.id,
    reason: null,
  };
}

const others = (despatch: Despatch) => [
  despatch.seller.id,
  despatch.buyer.id,
  ...(despatch.carrier ? [despatch.carrier.id] : []),
];

/**
 * The seller's goods leave: the despatch advice, its EPCIS event, and the seller's stock at the
 * place they leave from (a seller that keeps no stock on the platform names no place).
 */
export async function despatchGoods(
  tx: Tx,
  input: NewDespatch,
): Promise<{ despatch: Despatch; order: Order }> {
  const place = input.from_place_id ? await getOwnPlace(tx, input.from_place_id) : null;
  const sent = await sendDespatch(tx, input);
  const { despatch, order } = sent;
  // Into anybody else's place the buyer could never receive them.
  if (input.to_place_id) await getPlaceOf(tx, order.buyer.id, input.to_place_id);
  const items = await itemsOf(
    tx,
    order,
    despatch.lines.map((line) => ({ ...line, disposition: 'sellable_accessible' as const })),
  );
  if (items.length > 0) {
    const event = eventOf(tx, {
      step: 'shipping',
      at: despatch.despatched_at,
      owner_id: despatch.seller.id,
      place,
      items,
      order,
      transactions: [
        { type: 'po', number: order.number },
        { type: 'desadv', number: despatch.number },
      ],
    });
    await recordEvents(tx, [event], others(despatch));
  }
  return sent;
}

/**
 * The buyer's goods arrive: the receipt, its EPCIS events (what is good and what is damaged are two
 * dispositions), and the buyer's stock where the despatch was sent to.
 */
export async function receiveGoods(
  tx: Tx,
  input: NewReceipt,
): Promise<{ receipt: Receipt; despatch: Despatch; order: Order }> {
  const received = await receiveDespatch(tx, input);
  const { receipt, despatch, order } = received;
  const place = despatch.to_place_id ? await getOwnPlace(tx, despatch.to_place_id) : null;
  const lines = despatch.lines.flatMap((line) => [
    { ...line, quantity: line.accepted, disposition: 'sellable_accessible' as const },
    { ...line, quantity: line.damaged, disposition: 'damaged' as const },
  ]);
  const items = await itemsOf(tx, order, lines);
  if (items.length > 0) {
    const event = eventOf(tx, {
      step: 'receiving',
      at: receipt.received_at,
      owner_id: despatch.buyer.id,
      place,
      items,
      order,
      transactions: [
        { type: 'po', number: order.number },
        { type: 'desadv', number: despatch.number },
        { type: 'recadv', number: receipt.number },
      ],
    });
    await recordEvents(tx, [event], others(despatch));
  }
  return received;
}

/** A despatch that will not arrive; see commerce `loseDespatch`. */
export async function reportLoss(tx: Tx, id: string, reason: string): Promise<Despatch> {
  return loseDespatch(tx, id, reason);
}

/** The lot of an order line that came in one lot: whoever sends it back need not name it. */
function lotOf(received: readonly Despatch[], order_line_no: number): string | null {
  const lines = received.flatMap((one) => one.lines);
  const lots = new Set(
    lines.filter((line) => line.order_line_no === order_line_no).map((line) => line.lot),
  );
  const [only] = lots;
  return lots.size === 1 ? (only ?? null) : null;
}

/** Accepted goods go back: they leave the buyer's stock where they were received. */
export async function sendBack(
  tx: Tx,
  input: NewReturn,
): Promise<{ note: ReturnNote; order: Order }> {
  const returned = await returnGoods(tx, input);
  const { note, order } = returned;
  const received = (await despatchesOf(tx, order.id)).filter((one) => one.state === 'received');
  // The seller may have sent them to another place of the buyer's than the order said.
  const place_id = received.at(-1)?.to_place_id ?? order.place_id;
  const place = place_id ? await getOwnPlace(tx, place_id) : null;
  const lines = note.lines.map((line) => ({
    ...line,
    lot: line.lot ?? lotOf(received, line.order_line_no),
    best_before: null,
    sscc: null,
    disposition: 'sellable_accessible' as const,
  }));
  const moved = await itemsOf(tx, order, lines);
  const items = place ? await holdsFirst(tx, place.id, moved) : moved;
  if (items.length > 0) {
    const event = eventOf(tx, {
      step: 'shipping',
      at: note.returned_at,
      owner_id: order.buyer.id,
      place,
      items,
      order,
      transactions: [
        { type: 'po', number: order.number },
        { type: 'rma', number: note.number },
      ],
    });
    await recordEvents(tx, [event], [order.seller.id, order.buyer.id]);
  }
  return returned;
}
