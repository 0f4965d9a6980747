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
import type { History } from './history.ts';

/**
 * Records of the Food Safety Law 食品安全法: incoming goods 进货查验记录 (第五十条 for producers;
 * 第五十三条 asks traders for the same), outgoing goods 出厂检验记录 (第五十一条), and production,
 * which the traceability system 食品安全追溯体系 (第四十二条) needs to join the two.
 */
export type FoodRecord = 'incoming' | 'outgoing' | 'production';

type Row = [key: string, source: string, filled: Column['filled'], zh: string, en: string];

const IN = '食品安全法第五十条';
const OUT = '食品安全法第五十一条';
const TRACE = '食品安全法第四十二条';

const FIELDS: Readonly<Record<FoodRecord, readonly Row[]>> = {
  incoming: [
    ['name', IN, 'never', '名称', 'Name'],
    ['specification', IN, 'never', '规格', 'Specification'],
    ['quantity', IN, 'whole', '数量', 'Quantity'],
    ['lot', IN, 'whole', '生产批号', 'Production lot'],
    ['produced_on', IN, 'whole', '生产日期', 'Date of production'],
    ['shelf_life', IN, 'never', '保质期', 'Shelf life'],
    ['received_on', IN, 'whole', '进货日期', 'Date of purchase'],
    ['supplier', IN, 'identifier', '供货者名称', 'Supplier'],
    [
      'supplier_contact',
      IN,
      'never',
      '供货者地址、联系方式',
      'Address and contact of the supplier',
    ],
    ['documents', IN, 'identifier', '相关凭证', 'Vouchers'],
  ],
  outgoing: [
    ['name', OUT, 'never', '名称', 'Name'],
    ['specification', OUT, 'never', '规格', 'Specification'],
    ['quantity', OUT, 'whole', '数量', 'Quantity'],
    ['lot', OUT, 'whole', '生产批号', 'Production lot'],
    ['produced_on', OUT, 'whole', '生产日期', 'Date of production'],
    ['shelf_life', OUT, 'never', '保质期', 'Shelf life'],
    ['certificate', OUT, 'never', '检验合格证号', 'Number of the inspection certificate'],
    ['sold_on', OUT, 'whole', '销售日期', 'Date of sale'],
    ['buyer', OUT, 'identifier', '购货者名称', 'Buyer'],
    ['buyer_contact', OUT, 'never', '购货者地址、联系方式', 'Address and contact of the buyer'],
    ['documents', OUT, 'identifier', '相关凭证', 'Vouchers'],
  ],
  production: [
    ['used_lot', TRACE, 'whole', '投入批号', 'Lot used'],
    ['used_quantity', TRACE, 'whole', '投入数量', 'Quantity used'],
    ['lot', TRACE, 'whole', '产出批号', 'Lot made'],
    ['quantity', TRACE, 'whole', '产出数量', 'Quantity made'],
    ['produced_on', TRACE, 'whole', '生产日期', 'Date of production'],
    ['place', TRACE, 'identifier', '生产地点', 'Place of production'],
    ['batch', TRACE, 'identifier', '生产记录', 'Production record'],
  ],
};

/** Every field with its article, and whether events can fill it. */
export function foodSafetyColumns(): Column[] {
  return Object.entries(FIELDS).flatMap(([of, rows]) =>
    rows.map(([key, source, filled, zh, en]) => {
      return { key: `${of}.${key}`, of, source, name: { zh, en }, filled };
    }),
  );
}

/**
 * The records on these items, a row for each lot in each event. The date of production is that of
 * the event that made the lot, and null where that is not seen. Dates are those of `zone`.
 */
export function foodSafetySheet(
  history: History,
  items: ReadonlySet<string>,
  zone = 'Asia/Shanghai',
): Sheet {
  const rows = handlingsOf(history, items).flatMap((handling) => {
    const of = recordOf(handling);
    return of === null ? [] : [rowOf(history, handling, of, zone)];
  });
  return { columns: foodSafetyColumns(), rows };
}

/** A sale over the counter has no buyer to name: retailers record what comes in. */
function recordOf({ kind, event }: Handling): FoodRecord | null {
  if (kind === 'received') return 'incoming';
  if (kind === 'shipped') return 'outgoing';
  return event.type === 'TransformationEvent' ? 'production' : null;
}

function rowOf(
  history: History,
  { kind, event, item, amount }: Handling,
  of: FoodRecord,
  zone: string,
): Record<string, string | null> {
  const made = of === 'production' ? event : makingOf(history, item);
  const quantity = amount && `${amount.value.toString()} ${amount.unit}`;
  const on = dateInZone(event.event_time, zone);
  const isUsed = kind === 'used';
  const known: Record<string, string | null> = {
    lot: isUsed ? null : lotOf(item),
    used_lot: isUsed ? lotOf(item) : null,
    quantity: isUsed ? null : quantity,
    used_quantity: isUsed ? quantity : null,
    produced_on: made ? dateInZone(made.event_time, zone) : null,
    received_on: on,
    sold_on: on,
    supplier: partyOf(event.sources)?.id ?? null,
    buyer: partyOf(event.destinations)?.id ?? null,
    documents: event.transactions.length > 0 ? event.transactions.join(' ') : null,
    place: event.biz_location ?? event.read_point,
    batch: event.transformation_id ?? event.id,
  };
  const cells = FIELDS[of].map(([key, , filled]) => [
    `${of}.${key}`,
    filled === 'never' ? null : (known[key] ?? null),
  ]);
  return { event: event.id, item, record: of, ...Object.fromEntries(cells) };
}
