import { sql } from 'kysely';
import type { Tx } from '../../../kernel/index.ts';
import { type Entry, rowText } from './entries.ts';
import { keysOf, type Touched } from './rows.ts';

/** Ids, instants and numbers need no quotes: building such lists is most of a large statement. */
const plainList = (values: readonly (string | number | null)[]) =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Rows once each, and for each entry where its row stands: a row's key is long and often named. */
function rowsOf(entries: readonly Entry[]): { rows: Entry[]; at: number[] } {
  const places = new Map<string, number>();
  const rows: Entry[] = [];
  const at = entries.map((entry) => {
    const text = `${rowText(entry)}|${entry.product_name}`;
    const known = places.get(text) ?? rows.push(entry);
    places.set(text, known);
    return known;
  });
  return { rows, at };
}

/** @returns how many were not there yet */
export async function insertEntries(tx: Tx, entries: readonly Entry[]): Promise<number> {
  if (entries.length === 0) return 0;
  const { rows, at } = rowsOf(entries);
  const list = <Value>(value: (one: Entry) => Value) => entries.map(value);
  const { numAffectedRows } = await sql`
    insert into stock_movement (chain_id, owner_id, place_id, product_id, lot, disposition, unit,
      stint, at, event_id, kind, quantity, product_name, best_before, step, voided_by, recorded_at)
    select ${tx.chain}::uuid, ${tx.actor.party}::uuid, k.place_id, k.product_id, k.lot,
      k.disposition, k.unit, k.stint, u.at, u.event_id, u.kind, u.quantity, k.product_name,
      u.best_before, u.step, u.voided_by, ${tx.now}::timestamptz
    from unnest(${plainList(at)}::integer[], ${plainList(list((one) => one.at))}::timestamptz[],
      ${plainList(list((one) => one.event_id))}::uuid[], ${list((one) => one.kind)}::text[],
      ${plainList(list((one) => one.quantity))}::numeric[],
      ${plainList(list((one) => one.best_before))}::date[], ${list((one) => one.step)}::text[],
      ${plainList(list((one) => one.voided_by))}::uuid[])
      u(n, at, event_id, kind, quantity, best_before, step, voided_by)
    join (select k.*, p.product_name from (select *, row_number() over () as n
        from ${keysOf(rows)}) k
      join unnest(${rows.map((row) => row.product_name)}::text[])
        with ordinality p(product_name, n) on p.n = k.n) k on k.n = u.n
    on conflict do nothing`.execute(tx.db);
  return Number(numAffectedRows ?? 0n);
}

/** What some events have entered at places in the stints that they are in now. */
export async function storedEntries(
  tx: Tx,
  places: readonly { id: string; stint: number }[],
  events: readonly string[],
): Promise<Entry[]> {
  if (events.length === 0 || places.length === 0) return [];
  const { rows } = await sql<Entry>`
    select m.place_id, m.product_id, m.lot, m.disposition, m.unit, m.stint, m.at, m.event_id,
      m.kind, m.quantity, m.product_name, m.best_before, m.step, m.voided_by
    from stock_movement m
    join unnest(${places.map(({ id }) => id)}::uuid[],
      ${places.map(({ stint }) => stint)}::integer[]) p(id, stint)
      on p.id = m.place_id and p.stint = m.stint
    where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
      and m.event_id = any(${plainList(events)}::uuid[])`.execute(tx.db);
  return rows;
}

/** Takes entries out. */
export function removeEntries(tx: Tx, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  tx.write(sql`
    delete from stock_movement m
    using (select *, row_number() over () as n from ${keysOf(entries)}) k
    join unnest(${plainList(entries.map(({ at }) => at))}::timestamptz[],
      ${plainList(entries.map(({ event_id }) => event_id))}::uuid[])
      with ordinality e(at, event_id, n) on e.n = k.n
    where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
      and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot
      and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint
      and m.at = e.at and m.event_id = e.event_id`);
}

/** Entries of events that count no more. @returns the rows that they stand in */
export async function voidEntries(
  tx: Tx,
  voids: readonly { event_id: string; by_event_id: string }[],
): Promise<Touched[]> {
  if (voids.length === 0) return [];
  const { rows } = await sql<Touched>`
    update stock_movement m set voided_by = v.by_event_id
    from unnest(${plainList(voids.map((one) => one.event_id))}::uuid[],
      ${plainList(voids.map((one) => one.by_event_id))}::uuid[]) v(event_id, by_event_id)
    where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
      and m.event_id = v.event_id and m.voided_by is null
    returning m.place_id, m.product_id, m.lot, m.disposition, m.unit, m.stint, m.product_name,
      m.best_before`.execute(tx.db);
  return rows;
}
