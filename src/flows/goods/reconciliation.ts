import { sql } from 'kysely';
import { z } from 'zod';
import { Decimal, decimal, type Tx, uuid } from '../../kernel/index.ts';
import { bareWord } from './epcis/vocabulary.ts';
import type { BusinessStep, StockMovement } from './events.ts';
import { derivedByThemselves } from './shelf/deriving.ts';
import { type Entry, foldEntries, type RowKey, rowText } from './shelf/entries.ts';
import { eventsSince, FIRST_ID } from './shelf/rebuilding.ts';
import { voidsOf } from './shelf/settling.ts';
import { findEventsPlaces } from './shelf/whereabouts.ts';
import { entriesOf, movementsOf, sumMovements } from './stock.ts';

/** A stock row that is not what the events add up to: there must be none. */
export const stockDifference = z.object({
  place_id: uuid,
  product_id: uuid,
  lot: z.string(),
  disposition: z.string(),
  unit: z.string(),
  stored: decimal,
  from_events: decimal,
});
export type StockDifference = z.output<typeof stockDifference>;

const batch = 1_000;

type Stints = ReadonlyMap<string, number>;
/** Rows of the present stints: what they began with, and what has been entered since. */
type Rows = Map<string, { key: RowKey; opening: string; entries: Entry[] }>;

function enter(rows: Rows, stints: Stints, entries: readonly Entry[]): void {
  for (const entry of entries) {
    if (entry.stint !== (stints.get(entry.place_id) ?? 0)) continue;
    const { place_id, product_id, lot, disposition, unit } = entry;
    const key = { place_id, product_id, lot, disposition, unit };
    const row = rows.get(rowText(key)) ?? { key, opening: '0', entries: [] };
    row.entries.push(entry);
    rows.set(rowText(key), row);
  }
}

/** What trade's own events have moved, oldest first. */
async function enterTrade(tx: Tx, rows: Rows, stints: Stints): Promise<void> {
  let after = FIRST_ID;
  for (;;) {
    const found = await tx.db
      .selectFrom('event')
      .select(['id', 'biz_step', 'movement', 'recorded_at'])
      .where('chain_id', '=', tx.chain)
      .where('id', '>', after)
      .where('movement', 'is not', null)
      .orderBy('id')
      .limit(batch)
      .execute();
    for (const { id, recorded_at, ...row } of found) {
      const kept = row.movement as unknown as StockMovement;
      if (kept.owner_id !== tx.actor.party) continue;
      const step = bareWord('bizStep', row.biz_step ?? '') as BusinessStep;
      const moves = sumMovements(movementsOf({ ...kept, step }));
      const at = new Date(recorded_at).toISOString();
      enter(rows, stints, entriesOf(tx, { id, step, at }, kept, moves));
    }
    const last = found.at(-1);
    if (found.length < batch || last === undefined) return;
    after = last.id;
  }
}

/** What captured events say, by the rules and by the names as they are known. */
async function enterCaptured(tx: Tx, rows: Rows, stints: Stints): Promise<void> {
  const places = await findEventsPlaces(tx);
  let after = FIRST_ID;
  for (;;) {
    const events = await eventsSince(tx, places, after);
    const gone = new Set((await voidsOf(tx, events)).map(({ event_id }) => event_id));
    const live = events.filter(({ id }) => !gone.has(id));
    for await (const { derived } of derivedByThemselves(tx, places, live, null)) {
      enter(rows, stints, derived.entries);
    }
    const last = events.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

async function openRows(tx: Tx): Promise<{ rows: Rows; stints: Stints }> {
  const places = await tx.db
    .selectFrom('place')
    .select(['id', 'stock_stint'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('stock_stint', '>', 0)
    .execute();
  const { rows: opened } = await sql<RowKey & { quantity: string }>`
    select o.place_id, o.product_id, o.lot, o.disposition, o.unit, o.quantity
    from stock_opening o join place p on p.chain_id = o.chain_id and p.id = o.place_id
      and p.stock_stint = o.stint
    where o.chain_id = ${tx.chain}::uuid and o.owner_id = ${tx.actor.party}::uuid
      and p.chain_id = ${tx.chain}::uuid`.execute(tx.db);
  const rows: Rows = new Map(
    opened.map(({ quantity, ...key }) => [
      rowText(key),
      { key, opening: quantity, entries: [] as Entry[] },
    ]),
  );
  return { rows, stints: new Map(places.map((one) => [one.id, one.stock_stint])) };
}

/** The actor's stock, computed anew from what its stints began with and all events since. */
export async function rebuildStock(tx: Tx): Promise<(RowKey & { quantity: string })[]> {
  const { rows, stints } = await openRows(tx);
  await enterTrade(tx, rows, stints);
  await enterCaptured(tx, rows, stints);
  return [...rows.values()].map(({ key, opening, entries }) => ({
    ...key,
    quantity: foldEntries(opening, entries).at(-1)?.balance ?? opening,
  }));
}

/** Where the actor's stored stock is not what its events say; empty when all is well. */
export async function reconcileStock(tx: Tx): Promise<StockDifference[]> {
  const { rows: stored } = await sql<RowKey & { quantity: string }>`
    select place_id, product_id, lot, disposition, unit, quantity from stock
    where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid`.execute(tx.db);
  const rebuilt = new Map((await rebuildStock(tx)).map((row) => [rowText(row), row]));
  const differences: StockDifference[] = [];
  for (const { quantity, ...key } of stored) {
    const from_events = rebuilt.get(rowText(key))?.quantity ?? '0';
    rebuilt.delete(rowText(key));
    if (new Decimal(quantity).eq(from_events)) continue;
    differences.push({ ...key, stored: quantity, from_events });
  }
  for (const { quantity, ...key } of rebuilt.values()) {
    if (new Decimal(quantity).eq(0)) continue;
    differences.push({ ...key, stored: '0', from_events: quantity });
  }
  return differences;
}
