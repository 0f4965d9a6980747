import { sql } from 'kysely';
import { z } from 'zod';
import { Decimal, decimal, instant, present, type Tx, uuid } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { webUri } from '../epcis/vocabulary.ts';
import {
  type EventItem,
  productionStep,
  type StockMovement,
  splitProduction,
  tradeNumber,
} from '../events.ts';
import { fault } from '../faults.ts';

const lotLine = z.object({
  product_id: uuid,
  product_name: z.string(),
  lot: z.string(),
  unit: z.string(),
  quantity: decimal,
});

/** A production that trade has recorded, as its owner sees it. */
export const recordedProduction = z
  .object({
    event_id: uuid,
    place_id: uuid,
    order_number: z.string().nullable(),
    made_at: instant,
    recorded_at: instant,
    used: z.array(lotLine),
    made: z.array(lotLine.extend({ best_before: z.string().nullable() })),
    /** By which event it was taken back. */
    withdrawn_by: uuid.nullable(),
  })
  .meta({ id: 'Production' });

/** A production with all that its event says and moves. */
export type Recorded = {
  body: EpcisEvent;
  items: readonly EventItem[];
  place_id: string;
  made_at: string;
  recorded_at: string;
  withdrawn_by: string | null;
};

type Row = {
  body: EpcisEvent;
  movement: StockMovement;
  event_time: string;
  recorded_at: string;
  withdrawn_by: string | null;
};

/** The actor's own, recorded here and not captured. @throws goods.production_unknown */
export async function findRecorded(tx: Tx, event_id: string): Promise<Recorded> {
  const { rows } = await sql<Row>`
    select e.body, e.movement, e.event_time, e.recorded_at, v.by_event_id as withdrawn_by
    from event e left join event_void v on v.chain_id = e.chain_id and v.event_id = e.id
    where e.chain_id = ${tx.chain}::uuid and e.id = ${event_id}::uuid
      and e.capturer_id = ${tx.actor.party}::uuid and e.movement is not null
      and not e.declares_error and e.biz_step = ${webUri('bizStep', productionStep)}`.execute(
    tx.db,
  );
  const [row] = rows;
  if (!row) throw fault('goods.production_unknown');
  return {
    body: row.body,
    items: row.movement.items,
    place_id: present(row.movement.place_id, 'production is recorded where trade moves stock'),
    made_at: new Date(row.event_time).toISOString(),
    recorded_at: new Date(row.recorded_at).toISOString(),
    withdrawn_by: row.withdrawn_by,
  };
}

const lineOf = (item: EventItem) => ({
  product_id: item.product_id,
  product_name: item.product_name,
  lot: item.lot ?? '',
  unit: item.unit,
  quantity: new Decimal(item.quantity).abs().toFixed(),
});

/** @throws goods.production_unknown */
export async function getProduction(
  tx: Tx,
  event_id: string,
): Promise<z.output<typeof recordedProduction>> {
  const { body, items, ...recorded } = await findRecorded(tx, event_id);
  const { used, made } = splitProduction(items);
  const [order] = body.bizTransactionList ?? [];
  return {
    ...{ event_id, ...recorded },
    order_number: order ? tradeNumber(order.id) : null,
    used: used.map(lineOf),
    made: made.map((item) => ({ ...lineOf(item), best_before: item.best_before })),
  };
}
