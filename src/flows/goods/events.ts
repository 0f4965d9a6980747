import { assert, type Bilingual, offsetInZone, type Tx } from '../../kernel/index.ts';
import type { EpcisEvent, ErrorDeclaration, QuantityElement } from './epcis/event.ts';
import { lotData } from './epcis/lot-data.ts';
import { storeEvents } from './repository/stored-events.ts';

/** Business steps of CBV 2.0 (§7.1) that trade records by itself. */
export const businessSteps = {
  shipping: { zh: '发运', en: 'Shipping' },
  receiving: { zh: '收货', en: 'Receiving' },
  returning: { zh: '退货', en: 'Returning' },
  cycle_counting: { zh: '盘点', en: 'Counting' },
  stock_taking: { zh: '调整', en: 'Adjustment' },
  commissioning: { zh: '入库', en: 'Taken into stock' },
  creating_class_instance: { zh: '生产', en: 'Production' },
  holding: { zh: '封存', en: 'Put on hold' },
  inspecting: { zh: '检验', en: 'Inspected' },
  destroying: { zh: '销毁', en: 'Destroyed' },
} as const satisfies Record<string, Bilingual>;
export type BusinessStep = keyof typeof businessSteps;

/** The step at which lots come into being out of others: its events are transformations. */
export const productionStep = 'creating_class_instance' satisfies BusinessStep;

/** Dispositions of CBV 2.0 (§7.2) in which stock is kept apart. */
export const dispositions = [
  'sellable_accessible',
  'damaged',
  'non_sellable_other',
  'returned',
  'in_transit',
  'recalled',
] as const;
export type Disposition = (typeof dispositions)[number];

/** A quantity of one product and lot; below zero in an adjustment, or where it was used up. */
export type EventItem = {
  product_id: string;
  product_name: string;
  gtin: string | null;
  lot: string | null;
  best_before: string | null;
  quantity: string;
  unit: string;
  disposition: Disposition;
  /** What it was before, where the event changes that and nothing else. */
  taken_from?: Disposition;
  /** It was counted behind the time of the event: what was counted stays, and nothing moves. */
  stays?: true;
  sscc: string | null;
};

/** Business transaction types of CBV 2.0 (§7.3). */
type TransactionType = 'po' | 'desadv' | 'recadv' | 'rma' | 'prodorder';

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
  transactions: readonly { type: TransactionType; number: string }[];
  source_id: string | null;
  destination_id: string | null;
  /** Why stock may go below zero, or why it was adjusted. */
  reason: string | null;
  /** By this event an earlier one of the same owner's counts no more. */
  declares?: Declared;
};

/** An event as it was recorded, and by what it is declared wrong (EPCIS 2.0, 7.4.1.2). */
export type Declared = { said: EpcisEvent; error: ErrorDeclaration };

type Said = Pick<GoodsEvent, 'step' | 'items'> & Partial<GoodsEvent>;

/** Something that happens to goods of the actor's at a place of its own; now, if not said. */
export function ownEvent(
  tx: Tx,
  place: { id: string; gln: string | null },
  said: Said,
): GoodsEvent {
  const at = said.at ?? tx.now;
  return {
    id: said.id ?? tx.newId(),
    at,
    zone_offset: offsetInZone(at, tx.zone),
    owner_id: tx.actor.party,
    place_id: place.id,
    place_gln: place.gln,
    transactions: [],
    source_id: null,
    destination_id: null,
    reason: null,
    ...said,
  };
}

/** The class that an item is in events: the lot of a GTIN, or else of our own product. */
export function epcClass(item: Pick<EventItem, 'gtin' | 'lot' | 'product_id'>): string {
  if (item.gtin) {
    const lot = item.lot ? `/10/${encodeURIComponent(item.lot)}` : '';
    return `https://id.gs1.org/01/${item.gtin}${lot}`;
  }
  return `urn:uuid:${item.product_id}${item.lot ? `?lot=${encodeURIComponent(item.lot)}` : ''}`;
}

const tradeUri = (type: TransactionType, number: string) =>
  `urn:jingwei:${type}:${encodeURIComponent(number)}`;
/** The number of a document, of the URI that trade's own events have for it. */
export const tradeNumber = (uri: string) => decodeURIComponent(uri.split(':').slice(3).join(':'));

const partyUri = (id: string) => `urn:uuid:${id}`;
const placeUri = (event: GoodsEvent) =>
  event.place_gln ? `https://id.gs1.org/414/${event.place_gln}` : `urn:uuid:${event.place_id}`;

/** The disposition of goods after a step that takes them out of stock (CBV 2.0, 7.2). */
const leavesIn: Partial<Record<BusinessStep, string>> = {
  shipping: 'in_transit',
  destroying: 'destroyed',
};

const elementOf = (item: EventItem): QuantityElement => ({
  epcClass: epcClass(item),
  quantity: item.quantity,
  uom: item.unit,
});

type What = Pick<EpcisEvent, 'type'> & Partial<EpcisEvent>;

/** Goods that are observed: an ObjectEvent (GS1 EPCIS 2.0, 7.4.2). */
function observed({ items }: GoodsEvent): What {
  const sscc = [...new Set(items.flatMap((item) => (item.sscc ? [item.sscc] : [])))];
  return {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...(sscc.length > 0 ? { epcList: sscc.map((code) => `https://id.gs1.org/00/${code}`) } : {}),
    quantityList: items.map(elementOf),
  };
}

/** The items of a production: what was used has a minus, for it leaves the stock. */
export function splitProduction(items: readonly EventItem[]) {
  const isUsed = ({ quantity }: EventItem) => quantity.startsWith('-');
  return { used: items.filter(isUsed), made: items.filter((item) => !isUsed(item)) };
}

/** Lots that are made of others: a TransformationEvent (GS1 EPCIS 2.0, 7.4.6). */
function transformed({ items }: GoodsEvent): What {
  const { used, made } = splitProduction(items);
  const dates = new Set(made.map(({ best_before }) => best_before));
  const [date] = dates;
  return {
    type: 'TransformationEvent',
    inputQuantityList: used.map((item) => ({
      ...elementOf(item),
      quantity: item.quantity.slice(1),
    })),
    outputQuantityList: made.map(elementOf),
    // Master data of an event are those of all its outputs.
    ...(date && dates.size === 1 ? { ilmd: [lotData('bestBeforeDate', date)] } : {}),
  };
}

/** The event in EPCIS 2.0. */
export function epcisOf(event: GoodsEvent): EpcisEvent {
  if (event.declares) return { ...event.declares.said, errorDeclaration: event.declares.error };
  const disposition = leavesIn[event.step] ?? event.items[0]?.disposition;
  return {
    ...(event.step === productionStep ? transformed(event) : observed(event)),
    eventID: `urn:uuid:${event.id}`,
    eventTime: event.at,
    eventTimeZoneOffset: event.zone_offset,
    bizStep: event.step,
    ...(disposition ? { disposition } : {}),
    ...(event.place_id ? { readPoint: { id: placeUri(event) } } : {}),
    ...(event.place_id && event.step !== 'shipping'
      ? { bizLocation: { id: placeUri(event) } }
      : {}),
    ...(event.transactions.length > 0
      ? {
          bizTransactionList: event.transactions.map(({ type, number }) => ({
            type,
            id: tradeUri(type, number),
          })),
        }
      : {}),
    ...(event.source_id
      ? { sourceList: [{ type: 'owning_party', id: partyUri(event.source_id) }] }
      : {}),
    ...(event.destination_id
      ? { destinationList: [{ type: 'owning_party', id: partyUri(event.destination_id) }] }
      : {}),
  };
}

/**
 * What trade moves by an event: kept beside it, for EPCIS has no word for whose stock it is. No
 * place: it moves nothing.
 */
export type StockMovement = Pick<GoodsEvent, 'owner_id' | 'place_id' | 'reason' | 'items'> & {
  /** In which stint of the place; see `keeping.ts`. */
  stint?: number;
  /** The quantities are what was there, and not what came or went. */
  counts?: true;
};

export type TradeEvent = { event: GoodsEvent; movement: StockMovement };

/** Records events of trade among all others; the caller moves stock in the same transaction. */
export async function storeTradeEvents(
  tx: Tx,
  events: readonly TradeEvent[],
  parties: readonly string[],
): Promise<void> {
  const stored = await storeEvents(
    tx,
    events.map(({ event, movement }) => ({
      id: event.id,
      event: epcisOf(event),
      parties: [...new Set([tx.actor.party, event.owner_id, ...parties])],
      prefixes: {},
      capture_id: null,
      movement,
    })),
  );
  assert(
    stored.every(({ outcome }) => outcome === 'stored'),
    'an event of trade has a new id',
  );
}
