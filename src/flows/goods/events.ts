import { z } from 'zod';
import {
  type Bilingual,
  decodeCursor,
  type PageQuery,
  pageOf,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';

/** Business steps of CBV 2.0 (§7.1) that trade records by itself. */
export const businessSteps = {
  shipping: { zh: '发运', en: 'Shipping' },
  receiving: { zh: '收货', en: 'Receiving' },
  returning: { zh: '退货', en: 'Returning' },
  cycle_counting: { zh: '盘点', en: 'Counting' },
  stock_taking: { zh: '调整', en: 'Adjustment' },
  commissioning: { zh: '入库', en: 'Taken into stock' },
} as const satisfies Record<string, Bilingual>;
export type BusinessStep = keyof typeof businessSteps;

/** Dispositions of CBV 2.0 (§7.2) in which stock is kept apart. */
export const dispositions = ['sellable_accessible', 'damaged', 'returned', 'in_transit'] as const;
export type Disposition = (typeof dispositions)[number];

/** A quantity of one product and lot; `quantity` has a sign only in an adjustment. */
export type EventItem = {
  product_id: string;
  product_name: string;
  gtin: string | null;
  lot: string | null;
  best_before: string | null;
  quantity: string;
  unit: string;
  disposition: Disposition;
  sscc: string | null;
};

/** One thing that happened to goods, in the words of trade; `epcisOf` says it in EPCIS 2.0. */
export type GoodsEvent = {
  id: string;
  step: BusinessStep;
  at: string;
  zone_offset: string;
  /** Whose stock moves; null where the party keeps none on the platform. */
  owner_id: string;
  place_id: string | null;
  place_gln: string | null;
  items: readonly EventItem[];
  transactions: readonly { type: 'po' | 'desadv' | 'recadv' | 'rma'; number: string }[];
  source_id: string | null;
  destination_id: string | null;
  /** Why stock may go below zero, or why it was adjusted. */
  reason: string | null;
};

function epcClass(item: EventItem): string {
  if (item.gtin) {
    const lot = item.lot ? `/10/${encodeURIComponent(item.lot)}` : '';
    return `https://id.gs1.org/01/${item.gtin}${lot}`;
  }
  return `urn:uuid:${item.product_id}${item.lot ? `?lot=${encodeURIComponent(item.lot)}` : ''}`;
}

const partyUri = (id: string) => `urn:uuid:${id}`;
const placeUri = (event: GoodsEvent) =>
  event.place_gln ? `https://id.gs1.org/414/${event.place_gln}` : `urn:uuid:${event.place_id}`;

/**
 * The event as an EPCIS 2.0 ObjectEvent (GS1 EPCIS 2.0 §7.4.2, JSON-LD binding §10). What EPCIS has
 * no word for stands under the `jingwei:` extension, so that the projection can be rebuilt from the
 * stored event alone.
 */
export function epcisOf(event: GoodsEvent): Record<string, unknown> {
  const sscc = [...new Set(event.items.flatMap((item) => (item.sscc ? [item.sscc] : [])))];
  return {
    type: 'ObjectEvent',
    eventID: `urn:uuid:${event.id}`,
    eventTime: event.at,
    eventTimeZoneOffset: event.zone_offset,
    action: 'OBSERVE',
    bizStep: event.step,
    disposition: event.step === 'shipping' ? 'in_transit' : event.items[0]?.disposition,
    ...(sscc.length > 0 ? { epcList: sscc.map((code) => `https://id.gs1.org/00/${code}`) } : {}),
    quantityList: event.items.map((item) => ({
      epcClass: epcClass(item),
      quantity: Number(item.quantity),
      uom: item.unit,
    })),
    ...(event.place_id ? { readPoint: { id: placeUri(event) } } : {}),
    ...(event.place_id && event.step !== 'shipping'
      ? { bizLocation: { id: placeUri(event) } }
      : {}),
    bizTransactionList: event.transactions.map(({ type, number }) => ({
      type,
      bizTransaction: `urn:jingwei:${type}:${encodeURIComponent(number)}`,
    })),
    ...(event.source_id
      ? { sourceList: [{ type: 'owning_party', source: partyUri(event.source_id) }] }
      : {}),
    ...(event.destination_id
      ? { destinationList: [{ type: 'owning_party', destination: partyUri(event.destination_id) }] }
      : {}),
    'jingwei:stock': {
      owner_id: event.owner_id,
      place_id: event.place_id,
      reason: event.reason,
      items: event.items,
    },
  };
}

/** Stores events; the caller applies their movements in the same transaction. */
export async function storeEvents(
  tx: Tx,
  events: readonly GoodsEvent[],
  parties: readonly string[],
): Promise<void> {
  const rows = events.map((event) => ({
    chain_id: tx.chain,
    id: event.id,
    capturer_id: tx.actor.party,
    parties: [...new Set([tx.actor.party, event.owner_id, ...parties])],
    event_time: event.at,
    recorded_at: tx.now,
    type: 'ObjectEvent',
    biz_step: event.step,
    disposition: event.items[0]?.disposition ?? null,
    body: toJson(epcisOf(event)),
  }));
  tx.append('event', rows);
}

export const eventRow = z
  .object({
    id: uuid,
    type: z.string(),
    biz_step: z.string().nullable(),
    disposition: z.string().nullable(),
    event_time: z.string(),
    recorded_at: z.string(),
    capturer_id: uuid,
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'GoodsEvent' });
export type EventRow = z.output<typeof eventRow>;

/** Events that the actor may see, newest first. */
export async function listEvents(tx: Tx, query: PageQuery) {
  let rows = tx.db
    .selectFrom('event')
    .select(['id', 'type', 'biz_step', 'disposition', 'event_time', 'recorded_at'])
    .select(['capturer_id', 'body'])
    .where('chain_id', '=', tx.chain);
  if (query.after) rows = rows.where('id', '<', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found as EventRow[], query.limit, (row) => [row.id]);
}
