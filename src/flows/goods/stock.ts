import { sql } from 'kysely';
import { z } from 'zod';
import {
  Decimal,
  decimal,
  decodeCursor,
  instant,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import {
  type Disposition,
  dispositions,
  type EventItem,
  type GoodsEvent,
  type StockMovement,
  storeTradeEvents,
} from './events.ts';
import { fault } from './faults.ts';
import { enterMovements } from './shelf/entering.ts';
import type { Entry } from './shelf/entries.ts';
import { type Keeping, keepingOf } from './shelf/keeping.ts';

/** Where, what, which lot, whose, in what state: what stock is kept apart by. */
export type StockKey = {
  owner_id: string;
  place_id: string;
  product_id: string;
  lot: string;
  disposition: Disposition;
  unit: string;
};

/** A change of one stock row. */
export type Movement = StockKey & {
  product_name: string;
  best_before: string | null;
  quantity: string;
};

/** Steps by which goods leave the place; at all others they come in. */
const leaving = new Set(['shipping', 'destroying']);

/**
 * What an event of trade moves in its owner's stock. The only rule by which stock comes from these:
 * the stored projection and a rebuilt one both use it. That of captured events is `rules.ts`.
 */
export function movementsOf(event: Pick<GoodsEvent, 'step' | 'owner_id' | 'place_id' | 'items'>) {
  const { owner_id, place_id, step } = event;
  if (place_id === null) return [];
  const sign = leaving.has(step) ? -1 : 1;
  return event.items.flatMap((item): Movement[] => {
    if (item.stays) return [];
    const quantity = new Decimal(item.quantity).times(sign);
    const movement = {
      owner_id,
      place_id,
      product_id: item.product_id,
      product_name: item.product_name,
      lot: item.lot ?? '',
      disposition: item.disposition,
      unit: item.unit,
      best_before: item.best_before,
      quantity: quantity.toFixed(),
    };
    if (item.taken_from === undefined) return [movement];
    const before = { disposition: item.taken_from, quantity: quantity.negated().toFixed() };
    return [movement, { ...movement, ...before }];
  });
}

const keyText = (key: StockKey) =>
  [key.owner_id, key.place_id, key.product_id, key.lot, key.disposition, key.unit].join('|');

const orderedBy = ['owner_id', 'place_id', 'product_id', 'lot', 'disposition', 'unit'] as const;

/**
 * The order in which every command locks rows of stock, so that two never wait in a ring: column by
 * column, as SQL has it with `collate "C"`. As one text lot L10 would come before lot L1.
 */
function byRow(one: StockKey, other: StockKey): number {
  const column = orderedBy.find((name) => one[name] !== other[name]);
  return column === undefined ? 0 : one[column] < other[column] ? -1 : 1;
}

/** Sums movements by stock row, in the order of `byRow`. */
export function sumMovements(movements: readonly Movement[]): Movement[] {
  const sums = new Map<string, Movement>();
  for (const move of movements) {
    const sum = sums.get(keyText(move));
    const quantity = new Decimal(sum?.quantity ?? 0).plus(move.quantity).toFixed();
    sums.set(keyText(move), {
      ...move,
      best_before: move.best_before ?? sum?.best_before ?? null,
      quantity,
    });
  }
  return [...sums.values()].sort(byRow);
}

/** Adds to stock; a row that is not there yet is made. Below zero only with a reason's event. */
async function addToStock(tx: Tx, moves: readonly Movement[], negativeBy: string | null) {
  const rows = moves.map((move) => ({
    ...move,
    chain_id: tx.chain,
    negative_event_id: negativeBy,
    changed_at: tx.now,
  }));
  tx.write(
    tx.db
      .insertInto('stock')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['chain_id', 'owner_id', 'place_id', 'product_id', 'lot', 'disposition', 'unit'])
          .doUpdateSet({
            quantity: sql`stock.quantity + excluded.quantity`,
            best_before: sql`coalesce(stock.best_before, excluded.best_before)`,
            negative_event_id: sql`coalesce(excluded.negative_event_id, stock.negative_event_id)`,
            changed_at: tx.now,
          }),
      ),
  );
}

/** @returns what is left @throws goods.stock_short */
function assertEnough(move: Movement, have: string): Decimal {
  const left = new Decimal(have).plus(move.quantity);
  if (left.gte(0)) return left;
  throw fault('goods.stock_short', {
    product: move.product_name,
    lot: move.lot || '—',
    have,
    unit: move.unit,
    asked: new Decimal(move.quantity).negated().toFixed(),
  });
}

/**
 * Takes from stock rows that are locked and looked at first: PostgreSQL holds a proposed row
 * against the check before it sees the conflict, so a negative upsert would fail on a full shelf.
 * @throws goods.stock_short
 */
async function takeFromStock(tx: Tx, moves: readonly Movement[]): Promise<void> {
  for (const move of moves) {
    const have = await quantityOf(tx, move, true);
    const left = assertEnough(move, have);
    await stockAt(tx, move).set({ quantity: left.toFixed(), changed_at: tx.now }).execute();
  }
}

async function applyMovements(tx: Tx, moves: readonly Movement[], negativeBy: string | null) {
  const excused = negativeBy !== null;
  const added = moves.filter((move) => excused || !move.quantity.startsWith('-'));
  if (!excused)
    await takeFromStock(
      tx,
      moves.filter((move) => move.quantity.startsWith('-')),
    );
  if (added.length > 0) await addToStock(tx, added, negativeBy);
}

function stockAt(tx: Tx, key: StockKey) {
  return tx.db
    .updateTable('stock')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', key.owner_id)
    .where('place_id', '=', key.place_id)
    .where('product_id', '=', key.product_id)
    .where('lot', '=', key.lot)
    .where('disposition', '=', key.disposition)
    .where('unit', '=', key.unit);
}

/** Says what a lot at a place of the actor's is best before, in whatever state and unit it lies. */
export function redateStock(
  tx: Tx,
  place_id: string,
  { product_id, lot }: Pick<StockKey, 'product_id' | 'lot'>,
  best_before: string | null,
): void {
  tx.write(
    tx.db
      .updateTable('stock')
      .set({ best_before, changed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('owner_id', '=', tx.actor.party)
      .where('place_id', '=', place_id)
      .where('product_id', '=', product_id)
      .where('lot', '=', lot),
  );
}

async function quantityOf(tx: Tx, key: StockKey, lock = false): Promise<string> {
  let rows = tx.db
    .selectFrom('stock')
    .select('quantity')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', key.owner_id)
    .where('place_id', '=', key.place_id)
    .where('product_id', '=', key.product_id)
    .where('lot', '=', key.lot)
    .where('disposition', '=', key.disposition)
    .where('unit', '=', key.unit);
  if (lock) rows = rows.forUpdate();
  return (await rows.executeTakeFirst())?.quantity ?? '0';
}

/** Steps that decide about stock instead of telling what became of it: the platform's own. */
const decisions = new Set(['holding', 'inspecting', 'destroying']);

/**
 * What an event moves where its place is kept as it is. Where the owner's own events move stock,
 * trade's tell of the same shipments: they are recorded and move nothing. What is decided or
 * counted here no warehouse tells, and it moves stock everywhere.
 */
function movementOf(event: GoodsEvent, keeping: Keeping | undefined, counts: boolean) {
  const { owner_id, place_id, reason, items, step } = event;
  const isToldTwice = keeping?.kept_by === 'events' && !decisions.has(step) && !counts;
  const movement: StockMovement = {
    owner_id,
    place_id: isToldTwice ? null : place_id,
    reason,
    items,
    ...(keeping && keeping.stint > 0 ? { stint: keeping.stint } : {}),
    ...(counts ? { counts: true } : {}),
  };
  return movement;
}

/** An event of trade as it stands among the movements of its rows. */
export function entriesOf(
  tx: Pick<Tx, 'now'>,
  { id, step, at }: Pick<GoodsEvent, 'id' | 'step'> & { at?: string },
  { stint = 0, counts }: Pick<StockMovement, 'stint' | 'counts'>,
  moves: readonly Movement[],
): Entry[] {
  return moves.map(({ owner_id: _, ...move }) => ({
    ...move,
    ...{ stint, at: at ?? tx.now, event_id: id, step, voided_by: null },
    kind: counts ? 'counted' : 'moved',
  }));
}

/** Moves rows of a place that is kept by events: whatever was captured stands beside it. */
async function decide(tx: Tx, moves: readonly Movement[], entries: readonly Entry[]) {
  for (const move of moves) {
    if (!move.quantity.startsWith('-')) continue;
    const have = await quantityOf(tx, move, true);
    assertEnough(move, have);
  }
  await enterMovements(tx, entries);
}

type Told = { event: GoodsEvent; movement: StockMovement; keeping: Keeping | undefined };

/**
 * Moves stock by events that happened at once: what one takes and another brings is held against
 * what lies there as one sum.
 */
async function applyEvents(tx: Tx, told: readonly Told[]): Promise<void> {
  const sums: Movement[] = [];
  for (const { event, movement, keeping } of told) {
    const moves = sumMovements(movementsOf({ ...event, place_id: movement.place_id }));
    if (moves.length === 0) continue;
    const entries = entriesOf(tx, { id: event.id, step: event.step }, movement, moves);
    if (keeping?.kept_by === 'events') {
      await decide(tx, moves, entries);
      continue;
    }
    const rows = entries.map((entry) => ({
      chain_id: tx.chain,
      owner_id: event.owner_id,
      recorded_at: tx.now,
      ...entry,
    }));
    tx.append('stock_movement', rows);
    if (event.reason === null) sums.push(...moves);
    else await applyMovements(tx, moves, event.id);
  }
  await applyMovements(tx, sumMovements(sums), null);
}

/**
 * Records what happened to goods of the actor's, and moves its stock in the same transaction.
 * @param parties who else may see the events: the partner, the carrier.
 * @param counts the events say what is there; at a place that is kept by events alone.
 * @throws goods.stock_short unless the event carries a reason to go below zero.
 */
export async function recordEvents(
  tx: Tx,
  events: readonly GoodsEvent[],
  parties: readonly string[],
  counts = false,
): Promise<void> {
  if (events.length === 0) return;
  const places = await keepingOf(
    tx,
    events.flatMap(({ place_id }) => place_id ?? []),
  );
  const trade = events.map((event) => {
    const keeping = places.get(event.place_id ?? '');
    return { event, keeping, movement: movementOf(event, keeping, counts) };
  });
  await storeTradeEvents(tx, trade, parties);
  await applyEvents(tx, trade);
}

export const stockRow = z
  .object({
    owner_id: uuid,
    place_id: uuid,
    product_id: uuid,
    product_name: z.string(),
    lot: z.string(),
    disposition: z.enum(dispositions),
    unit: z.string(),
    best_before: z.string().nullable(),
    quantity: decimal,
    changed_at: instant,
  })
  .meta({ id: 'StockRow' });
export type StockRow = z.output<typeof stockRow>;

const columns = [
  'owner_id',
  'place_id',
  'product_id',
  'product_name',
  'lot',
  'disposition',
  'unit',
  'best_before',
  'quantity',
  'changed_at',
] as const;

export const stockQuery = z.object({
  owner_id: uuid.optional(),
  place_id: uuid.optional(),
  product_id: uuid.optional(),
  disposition: z.enum(dispositions).optional(),
  /** Only what is best before this day or earlier. */
  best_before: z.iso.date().optional(),
});

/** Stock that the actor may see: its own, and what others share with it. */
export async function listStock(tx: Tx, query: PageQuery & z.output<typeof stockQuery>) {
  let rows = tx.db
    .selectFrom('stock')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('quantity', '!=', '0');
  for (const column of ['owner_id', 'place_id', 'product_id', 'disposition'] as const) {
    const value = query[column];
    if (value) rows = rows.where(column, '=', value);
  }
  if (query.best_before) rows = rows.where('best_before', '<=', query.best_before);
  if (query.after) {
    const text = z.string();
    const [owner, name, product, lot, place, disposition, unit] = decodeCursor(
      query.after,
      z.tuple([uuid, text, uuid, text, uuid, text, text]),
    );
    rows = rows.where(
      sql<boolean>`(owner_id, product_name, product_id, lot, place_id, disposition, unit)
        > (${owner}::uuid, ${name}, ${product}::uuid, ${lot}, ${place}::uuid, ${disposition},
          ${unit})`,
    );
  }
  const found = await rows
    .orderBy('owner_id')
    .orderBy('product_name')
    .orderBy('product_id')
    .orderBy('lot')
    .orderBy('place_id')
    .orderBy('disposition')
    .orderBy('unit')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found as StockRow[], query.limit, (row) => [
    row.owner_id,
    row.product_name,
    row.product_id,
    row.lot,
    row.place_id,
    row.disposition,
    row.unit,
  ]);
}

export const countLine = z.object({
  product_id: uuid,
  product_name: z.string().trim().min(1).max(200),
  lot: z.string().trim().max(20).default(''),
  disposition: z.enum(dispositions).default('sellable_accessible'),
  unit: unitCode,
  best_before: z.iso.date().optional(),
  /** What is there now. */
  counted: decimal.refine((text) => !text.startsWith('-'), '不能小于零|must not be below zero'),
});

export const stockCount = z.object({
  place_id: uuid,
  reason: z.string().trim().min(1).max(200),
  lines: z.array(countLine).min(1).max(1_000),
});
export type StockCount = z.input<typeof stockCount>;

/**
 * A count: what is on the shelf wins. Where trade moves the stock, the difference becomes an event
 * with its reason; where the owner's events do, what was counted, for an event of before may come
 * later and change what was to be expected.
 * @returns how many of the lines found something else than the books had
 * @throws goods.place_unknown, goods.nothing_changes, goods.counted_twice
 */
export async function countStock(
  tx: Tx,
  place: { id: string; gln: string | null },
  input: z.output<typeof stockCount>,
): Promise<{ event_id: string; changed: number }> {
  const keeping = (await keepingOf(tx, [place.id])).get(place.id);
  const isKept = keeping?.kept_by === 'events';
  const items: EventItem[] = [];
  let changed = 0;
  const keys = new Set<string>();
  for (const { counted, best_before, ...line } of input.lines) {
    const key = { ...line, owner_id: tx.actor.party, place_id: place.id };
    // Each line is held against the whole of what is there: two would correct it twice.
    if (keys.has(keyText(key))) throw fault('goods.counted_twice', { product: line.product_name });
    keys.add(keyText(key));
    const difference = new Decimal(counted).minus(await quantityOf(tx, key, true));
    if (!difference.eq(0)) changed += 1;
    else if (!isKept) continue;
    items.push({
      ...line,
      gtin: null,
      sscc: null,
      best_before: best_before ?? null,
      quantity: isKept ? counted : difference.toFixed(),
    });
  }
  if (items.length === 0) throw fault('goods.nothing_changes');
  const event: GoodsEvent = {
    id: tx.newId(),
    step: 'cycle_counting',
    at: tx.now,
    zone_offset: '+00:00',
    owner_id: tx.actor.party,
    place_id: place.id,
    place_gln: place.gln,
    items,
    transactions: [],
    source_id: null,
    destination_id: null,
    reason: input.reason,
  };
  await recordEvents(tx, [event], [], isKept);
  await recordFact(tx, {
    type: 'goods.stock.counted',
    subject: place.id,
    parties: [tx.actor.party],
    body: { event_id: event.id, reason: input.reason, items },
  });
  return { event_id: event.id, changed };
}
