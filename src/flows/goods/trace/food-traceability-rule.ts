import { dateInZone } from '../../../kernel/index.ts';
import {
  type Column,
  type Handling,
  handlingsOf,
  lotOf,
  makingOf,
  partyOf,
  type Sheet,
} from './handlings.ts';
import type { DatedEvent, History } from './history.ts';

/** Critical tracking events of the Food Traceability Rule (21 CFR part 1, subpart S; FSMA 204). */
export type TrackingEvent =
  | 'harvesting'
  | 'cooling'
  | 'initial_packing'
  | 'first_land_based_receiving'
  | 'shipping'
  | 'receiving'
  | 'transformation';

type Row = [key: string, source: string, filled: Column['filled'], en: string, zh: string];

const DOCUMENT = ['Reference document type and number', '参考单据类型和编号'] as const;
const LOT = ['Traceability lot code', '追溯批号'] as const;
const QUANTITY = ['Quantity and unit of measure', '数量和单位'] as const;
const PRODUCT = ['Product description', '产品描述'] as const;
const COMMODITY = ['Commodity and variety', '农产品及品种'] as const;
const FARM = ['Farm where it was harvested', '采收农场'] as const;
const FIELD = ['Field or growing area, or aquaculture container', '地块或养殖容器名称'] as const;
const NEXT = ['Immediate subsequent recipient', '下一接收方'] as const;
const SOURCE = ['Traceability lot code source', '追溯批号来源地'] as const;

/** The key data elements, by event and paragraph; a few that go together stand in one column. */
const ELEMENTS: Readonly<Record<TrackingEvent, readonly Row[]>> = {
  harvesting: [
    ['recipient', '1.1325(a)(1)', 'identifier', ...NEXT],
    ['commodity', '1.1325(a)(1)', 'never', ...COMMODITY],
    ['quantity', '1.1325(a)(1)', 'whole', ...QUANTITY],
    ['location', '1.1325(a)(1)', 'identifier', ...FARM],
    ['field', '1.1325(a)(1)', 'never', ...FIELD],
    ['date', '1.1325(a)(1)', 'whole', 'Date of harvesting', '采收日期'],
    ['document', '1.1325(a)(1)', 'identifier', ...DOCUMENT],
  ],
  cooling: [
    ['recipient', '1.1325(b)(1)', 'identifier', ...NEXT],
    ['commodity', '1.1325(b)(1)', 'never', ...COMMODITY],
    ['quantity', '1.1325(b)(1)', 'whole', ...QUANTITY],
    ['location', '1.1325(b)(1)', 'identifier', 'Where it was cooled', '冷却地点'],
    ['date', '1.1325(b)(1)', 'whole', 'Date of cooling', '冷却日期'],
    ['farm', '1.1325(b)(1)', 'never', ...FARM],
    ['document', '1.1325(b)(1)', 'identifier', ...DOCUMENT],
  ],
  initial_packing: [
    ['commodity', '1.1330(a)(1)', 'never', ...COMMODITY],
    ['received_on', '1.1330(a)(2)', 'never', 'Date it was received', '收到日期'],
    ['received_quantity', '1.1330(a)(3)', 'never', 'Quantity received', '收到数量和单位'],
    ['farm', '1.1330(a)(4)', 'never', ...FARM],
    ['field', '1.1330(a)(5)–(6)', 'never', ...FIELD],
    ['harvester', '1.1330(a)(7)', 'never', 'Harvester, with phone number', '采收方名称和电话'],
    ['harvested_on', '1.1330(a)(8)', 'never', 'Date of harvesting', '采收日期'],
    ['cooled', '1.1330(a)(9)–(10)', 'never', 'Where and when it was cooled', '冷却地点和日期'],
    ['lot', '1.1330(a)', 'whole', ...LOT],
    ['product', '1.1330(a)', 'never', ...PRODUCT],
    ['quantity', '1.1330(a)', 'whole', ...QUANTITY],
    ['lot_source', '1.1330(a)', 'identifier', ...SOURCE],
    ['date', '1.1330(a)', 'whole', 'Date of initial packing', '初次包装日期'],
    ['document', '1.1330(a)', 'identifier', ...DOCUMENT],
  ],
  first_land_based_receiving: [
    ['lot', '1.1335(a)', 'whole', ...LOT],
    ['product', '1.1335(b)', 'never', 'Species or market name', '物种或市场名称'],
    ['quantity', '1.1335(c)', 'whole', ...QUANTITY],
    ['catch', '1.1335(d)', 'never', 'Harvest dates and fishing areas', '捕捞日期范围和海域'],
    ['lot_source', '1.1335(e)', 'identifier', 'First land-based receiver', '首个陆上接收方'],
    ['date', '1.1335(f)', 'whole', 'Date it was landed', '上岸日期'],
    ['document', '1.1335(g)', 'identifier', ...DOCUMENT],
  ],
  shipping: [
    ['lot', '1.1340(a)(1)', 'whole', ...LOT],
    ['quantity', '1.1340(a)(2)', 'whole', ...QUANTITY],
    ['product', '1.1340(a)(3)', 'never', ...PRODUCT],
    ['recipient', '1.1340(a)(4)', 'identifier', ...NEXT],
    ['location', '1.1340(a)(5)', 'identifier', 'Where it was shipped from', '发货地点'],
    ['date', '1.1340(a)(6)', 'whole', 'Date of shipping', '发货日期'],
    ['lot_source', '1.1340(a)(7)', 'identifier', ...SOURCE],
    ['document', '1.1340(a)(8)', 'identifier', ...DOCUMENT],
  ],
  receiving: [
    ['lot', '1.1345(a)(1)', 'whole', ...LOT],
    ['quantity', '1.1345(a)(2)', 'whole', ...QUANTITY],
    ['product', '1.1345(a)(3)', 'never', ...PRODUCT],
    ['previous', '1.1345(a)(4)', 'identifier', 'Immediate previous source', '上一来源方'],
    ['location', '1.1345(a)(5)', 'identifier', 'Where it was received', '收货地点'],
    ['date', '1.1345(a)(6)', 'whole', 'Date of receiving', '收货日期'],
    ['lot_source', '1.1345(a)(7)', 'identifier', ...SOURCE],
    ['document', '1.1345(a)(8)', 'identifier', ...DOCUMENT],
  ],
  transformation: [
    ['used_lot', '1.1350(a)(1)', 'whole', 'Traceability lot code used', '投入的追溯批号'],
    ['used_product', '1.1350(a)(1)', 'never', 'Product description of it', '投入的产品描述'],
    ['used_quantity', '1.1350(a)(1)', 'whole', 'Quantity used of it', '投入数量和单位'],
    ['lot', '1.1350(a)(2)', 'whole', 'New traceability lot code', '新的追溯批号'],
    ['lot_source', '1.1350(a)(2)', 'identifier', 'Where it was transformed', '加工地点'],
    ['date', '1.1350(a)(2)', 'whole', 'Date it was completed', '完成日期'],
    ['product', '1.1350(a)(2)', 'never', ...PRODUCT],
    ['quantity', '1.1350(a)(2)', 'whole', ...QUANTITY],
    ['document', '1.1350(a)(2)', 'identifier', ...DOCUMENT],
  ],
};

export type FoodTraceabilityOptions = {
  /** The zone whose dates are meant. */
  readonly zone: string;
  /**
   * Business steps that stand for what CBV has no word for: harvesting, cooling, initial packing
   * and first land-based receiving are not told from other events without them.
   */
  readonly steps?: ReadonlyMap<string, TrackingEvent>;
};

/** Every key data element with the paragraph that asks for it, and whether events can fill it. */
export function foodTraceabilityColumns(): Column[] {
  return Object.entries(ELEMENTS).flatMap(([of, rows]) =>
    rows.map(([key, section, filled, en, zh]) => ({
      key: `${of}.${key}`,
      of,
      source: `21 CFR ${section}`,
      name: { zh, en },
      filled,
    })),
  );
}

/**
 * The records of the Food Traceability Rule on these items, a row for each lot in each tracking
 * event. Beside the columns of its event a row has `event`, `item` and `tracking_event`.
 */
export function foodTraceabilitySheet(
  history: History,
  items: ReadonlySet<string>,
  options: FoodTraceabilityOptions,
): Sheet {
  const rows = handlingsOf(history, items).flatMap((handling) => {
    const tracking = trackingEventOf(handling, options);
    return tracking === null ? [] : [rowOf(history, handling, tracking, options.zone)];
  });
  return { columns: foodTraceabilityColumns(), rows };
}

function trackingEventOf(
  { kind, event }: Handling,
  { steps }: FoodTraceabilityOptions,
): TrackingEvent | null {
  const named = steps?.get(event.biz_step ?? '');
  if (named !== undefined) return named;
  if (event.type === 'TransformationEvent') return 'transformation';
  return kind === 'shipped' ? 'shipping' : kind === 'received' ? 'receiving' : null;
}

function rowOf(
  history: History,
  { kind, event, item, amount }: Handling,
  of: TrackingEvent,
  zone: string,
): Record<string, string | null> {
  const made = of === 'transformation' ? event : makingOf(history, item);
  const quantity = amount && `${amount.value.toString()} ${amount.unit}`;
  const isUsed = kind === 'used';
  const known: Record<string, string | null> = {
    lot: isUsed ? null : lotOf(item),
    used_lot: isUsed ? lotOf(item) : null,
    quantity: isUsed ? null : quantity,
    used_quantity: isUsed ? quantity : null,
    recipient: partyOf(event.destinations)?.id ?? null,
    previous: partyOf(event.sources)?.id ?? null,
    location: placeOf(event, of),
    date: dateInZone(event.event_time, zone),
    lot_source: made ? (made.biz_location ?? made.read_point) : null,
    document: event.transactions.length > 0 ? event.transactions.join(' ') : null,
  };
  const cells = ELEMENTS[of].map(([key, , filled]) => [
    `${of}.${key}`,
    filled === 'never' ? null : (known[key] ?? null),
  ]);
  return { event: event.id, item, tracking_event: of, ...Object.fromEntries(cells) };
}

/** What leaves is read where it leaves; what arrives is left where it arrived. */
const placeOf = ({ biz_location, read_point }: DatedEvent, of: TrackingEvent): string | null =>
  of === 'shipping' ? (read_point ?? biz_location) : (biz_location ?? read_point);
