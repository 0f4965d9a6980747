import { sql } from 'kysely';
import { z } from 'zod';
import {
  decodeCursor,
  limits,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { calledSo } from '../repository/naming.ts';
import { type Catalogue, findNames, isContainer, keepNames, type StockName } from './names.ts';
import { findRepacked } from './repacking.ts';
import { eventsOf, settleEvents, settleNamed } from './settling.ts';
import { lockEventsPlaces } from './whereabouts.ts';

const reasons = ['goods', 'place', 'unit', 'container', 'part', 'quantity'] as const;

/** What captured events named and nobody could tell: one line for each name. */
export const unknownName = z
  .object({
    what: z.enum(reasons),
    /** In its canonical writing; behind a space the unit, where that is what is not known. */
    name: z.string(),
    events: z.int(),
    first_at: z.string(),
    last_at: z.string(),
    /** The latest of the events. */
    event_id: uuid,
  })
  .meta({ id: 'UnknownName' });
export type UnknownName = z.output<typeof unknownName>;

/** Names in the actor's captured events that stand for nothing yet. */
export async function listUnknown(tx: Tx, { limit, after }: PageQuery) {
  const from = after ? decodeCursor(after, z.tuple([z.string(), z.string()])) : ['', ''];
  const { rows } = await sql<UnknownName>`
    select what, name, count(*)::integer as events, min(at) as first_at, max(at) as last_at,
      (array_agg(event_id order by at desc, event_id))[1] as event_id
    from stock_unknown
    where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid
      and (what, name) > (${from[0]}, ${from[1]} collate "C")
    group by what, name order by what, name limit ${limit + 1}`.execute(tx.db);
  const shown = rows.map((row) => ({
    ...row,
    first_at: new Date(row.first_at).toISOString(),
    last_at: new Date(row.last_at).toISOString(),
  }));
  return pageOf(shown, limit, (row) => [row.what, row.name]);
}

/** Names of goods that wait for a product, or for one of its units. */
export async function waitingNames(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct split_part(name, ' ', 1) as name from stock_unknown
    where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid
      and what in ('goods', 'unit')
    order by name limit ${limits.stock_settled}`.execute(tx.db);
  return rows.map(({ name }) => name);
}

/** Of some events, or of all, those that wait for what lies in a container, longest ago first. */
async function waitingForContent(tx: Tx, ids: readonly string[] | null): Promise<string[]> {
  const these = ids === null ? sql`` : sql` and event_id = any(${ids}::uuid[])`;
  const { rows } = await sql<{ event_id: string }>`
    select event_id from stock_unknown
    where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid
      and what = 'container'${these}
    group by event_id order by min(recorded_at), event_id
    limit ${limits.stock_settled_by_hand}`.execute(tx.db);
  return rows.map(({ event_id }) => event_id);
}

/**
 * Enters events that named containers alone, where it is known by now what lay in them. Those that
 * go on waiting come last the next time.
 * @returns how many were entered
 */
export async function settlePacked(tx: Tx, catalogue: Catalogue): Promise<number> {
  await lockEventsPlaces(tx);
  const tried = await waitingForContent(tx, null);
  await settleEvents(tx, tried, catalogue);
  return tried.length - (await waitingForContent(tx, tried)).length;
}

const sameName = (one: StockName, other: StockName) =>
  one.product_id === other.product_id &&
  one.unit === other.unit &&
  JSON.stringify(one.packing) === JSON.stringify(other.packing);

/**
 * Captured events of the actor's that name goods so, with whatever lot or serial number.
 * @throws goods.name_in_use where there are too many to enter them anew
 */
async function eventsNaming(tx: Tx, name: string): Promise<string[]> {
  const most = limits.stock_settled_by_hand;
  const { rows } = await sql<{ event_id: string }>`
    select distinct event_id from event_item
    where chain_id = ${tx.chain}::uuid and capturer_id = ${tx.actor.party}::uuid
      and ${calledSo(name)}
    limit ${most + 1}`.execute(tx.db);
  if (rows.length > most) throw fault('goods.name_in_use', { name, most });
  return rows.map(({ event_id }) => event_id);
}

/**
 * The same, with those that move what lay on a pallet by its number alone.
 * @throws goods.name_in_use
 */
async function eventsMoving(tx: Tx, name: string): Promise<string[]> {
  const naming = await eventsNaming(tx, name);
  const most = limits.stock_settled_by_hand;
  const packed = await (await findRepacked(tx, await eventsOf(tx, naming))).first(most + 1);
  if (packed.length > most) throw fault('goods.name_in_use', { name, most });
  return [...new Set([...naming, ...packed])];
}

/**
 * Keeps what some names stand for, with a fact, and enters the events that waited for them. What
 * was moved under a name that is said anew is taken out and entered again.
 * @returns how many events were entered; where it is `limits.stock_settled_by_hand`, more may wait
 * @throws goods.name_in_use
 */
export async function sayNames(tx: Tx, names: readonly StockName[]): Promise<{ settled: number }> {
  if (names.length === 0) return { settled: 0 };
  await lockEventsPlaces(tx);
  const before = await findNames(
    tx,
    names.map(({ name }) => name),
  );
  const changed = names.filter((one) => {
    const known = before.get(one.name);
    // What lies on a pallet moves without its being known.
    return known === undefined ? isContainer(one.name) : !sameName(known, one);
  });
  keepNames(tx, names);
  await recordFact(tx, {
    type: 'goods.stock.named',
    subject: tx.actor.party,
    parties: [tx.actor.party],
    body: { names: names.map(({ name, product_id }) => ({ name, product_id })) },
  });
  const said = names.map(({ name }) => name);
  let settled = await settleNamed(tx, said, limits.stock_settled_by_hand);
  for (const { name } of changed) {
    settled += await settleEvents(tx, await eventsMoving(tx, name));
  }
  return { settled };
}
