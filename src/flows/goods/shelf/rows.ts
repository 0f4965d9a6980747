import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import { type Entry, type RowKey, rowText } from './entries.ts';

/** A row of stock in the stint of its place. */
export type StintRow = RowKey & { stint: number };
/** A row that an entry stands in, with what it is called. */
export type Touched = StintRow & Pick<Entry, 'product_name' | 'best_before'>;

/** Rows once each, in one order: two captures then never wait for each other in a ring. */
export function distinctRows<Row extends StintRow>(rows: readonly Row[]): Row[] {
  const found = new Map(rows.map((row) => [rowText(row), row]));
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

const column = <Row, Value>(rows: readonly Row[], value: (row: Row) => Value) => rows.map(value);

export const keysOf = (rows: readonly StintRow[]) => sql`unnest(
  ${column(rows, (row) => row.place_id)}::uuid[], ${column(rows, (row) => row.product_id)}::uuid[],
  ${column(rows, (row) => row.lot)}::text[], ${column(rows, (row) => row.disposition)}::text[],
  ${column(rows, (row) => row.unit)}::text[], ${column(rows, (row) => row.stint)}::integer[])
  as k(place_id, product_id, lot, disposition, unit, stint)`;

/**
 * Rows that no entry had yet are made with nothing in them, and all of these are locked. A lot has
 * one date at a place, whatever becomes of its parts.
 */
export async function lockRows(
  tx: Tx,
  rows: readonly Touched[],
): Promise<Map<string, { quantity: string; counted_at: string | null }>> {
  tx.write(sql`
    insert into stock (chain_id, owner_id, place_id, product_id, lot, disposition, unit,
      product_name, best_before, quantity, changed_at)
    select ${tx.chain}::uuid, ${tx.actor.party}::uuid, k.place_id, k.product_id, k.lot,
      k.disposition, k.unit, n.product_name, coalesce(n.best_before, (select o.best_before
        from stock o where o.chain_id = ${tx.chain}::uuid and o.owner_id = ${tx.actor.party}::uuid
          and o.place_id = k.place_id and o.product_id = k.product_id and o.lot = k.lot
          and o.lot <> '' and o.best_before is not null limit 1)), 0, ${tx.now}::timestamptz
    from (select *, row_number() over () as n from ${keysOf(rows)}) k
    join unnest(${column(rows, (row) => row.product_name)}::text[],
      ${column(rows, (row) => row.best_before)}::date[])
      with ordinality n(product_name, best_before, n) on n.n = k.n
    order by k.place_id, k.product_id, k.lot collate "C", k.disposition collate "C",
      k.unit collate "C"
    on conflict do nothing`);
  const locked = await sql<RowKey & { quantity: string; counted_at: string | null }>`
    select s.place_id, s.product_id, s.lot, s.disposition, s.unit, s.quantity, s.counted_at
    from stock s join ${keysOf(rows)} on s.place_id = k.place_id and s.product_id = k.product_id
      and s.lot = k.lot and s.disposition = k.disposition and s.unit = k.unit
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
    order by s.place_id, s.product_id, s.lot collate "C", s.disposition collate "C",
      s.unit collate "C"
    for update of s`.execute(tx.db);
  return new Map(locked.rows.map((row) => [rowText(row), row]));
}

/** Sets what rows that are locked hold, where their new movements alone say it. */
export function setQuantities(tx: Tx, rows: readonly (StintRow & { quantity: string })[]): void {
  if (rows.length === 0) return;
  tx.write(sql`
    update stock s set quantity = n.quantity, negative_event_id = null,
      changed_at = ${tx.now}::timestamptz
    from (select *, row_number() over () as n from ${keysOf(rows)}) k
    join unnest(${column(rows, (row) => row.quantity)}::numeric[])
      with ordinality n(quantity, n) on n.n = k.n
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
      and s.place_id = k.place_id and s.product_id = k.product_id and s.lot = k.lot
      and s.disposition = k.disposition and s.unit = k.unit`);
}

/**
 * What some rows `k` come to: what the last count found, or else what their stint began with, and
 * whatever has moved after it. What happened at the very time of a count is in it. Below zero the
 * last event that took goods out says why. `foldEntries` says the same without a database.
 */
function folded(tx: Tx, rows: ReturnType<typeof keysOf>) {
  const of = sql`m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
    and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot
    and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint`;
  const live = sql`${of} and m.voided_by is null`;
  return sql`
    select k.*, f.quantity as sum, f.counted as last_count,
      case when f.quantity < 0 then f.taken_by end as taken_by
    from ${rows} cross join lateral (
      select coalesce(c.quantity, o.quantity, 0) + coalesce(b.moved, 0) as quantity,
        c.at as counted, coalesce(t.event_id, o.negative_event_id) as taken_by
      from (values (1)) one
      left join lateral (select m.at, m.quantity from stock_movement m
        where ${live} and m.kind = 'counted' order by m.at desc, m.event_id desc limit 1) c on true
      left join lateral (select m.quantity, m.negative_event_id from stock_opening m
        where ${of}) o on true
      left join lateral (select sum(m.quantity) as moved from stock_movement m
        where ${live} and m.kind = 'moved' and (c.at is null or m.at > c.at)) b on true
      left join lateral (select m.event_id from stock_movement m
        where ${live} and m.kind = 'moved' and m.quantity < 0
        order by m.at desc, m.event_id desc limit 1) t on true) f`;
}

/** Folds rows that are locked out of all their entries. */
export function foldRows(tx: Tx, rows: readonly StintRow[]): void {
  if (rows.length === 0) return;
  tx.write(sql`
    update stock s set quantity = f.sum, counted_at = f.last_count,
      negative_event_id = f.taken_by, changed_at = ${tx.now}::timestamptz
    from (${folded(tx, keysOf(rows))}) f
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
      and s.place_id = f.place_id and s.product_id = f.product_id and s.lot = f.lot
      and s.disposition = f.disposition and s.unit = f.unit`);
}

/** Dates of rows that had none. */
export function setDates(tx: Tx, rows: readonly Touched[]): void {
  const dated = rows.filter(({ best_before }) => best_before !== null);
  if (dated.length === 0) return;
  tx.write(sql`
    update stock s set best_before = n.best_before
    from (select *, row_number() over () as n from ${keysOf(dated)}) k
    join unnest(${column(dated, (row) => row.best_before)}::date[])
      with ordinality n(best_before, n) on n.n = k.n
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
      and s.place_id = k.place_id and s.product_id = k.product_id and s.lot = k.lot
      and s.disposition = k.disposition and s.unit = k.unit and s.best_before is null`);
}

/** Those of some rows that are not there. */
export async function absentRows<Row extends StintRow>(
  tx: Tx,
  rows: readonly Row[],
): Promise<Row[]> {
  if (rows.length === 0) return [];
  const there = await sql<RowKey>`
    select s.place_id, s.product_id, s.lot, s.disposition, s.unit
    from stock s join ${keysOf(rows)} on s.place_id = k.place_id and s.product_id = k.product_id
      and s.lot = k.lot and s.disposition = k.disposition and s.unit = k.unit
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid`.execute(tx.db);
  const known = new Set(there.rows.map(rowText));
  return rows.filter((row) => !known.has(rowText(row)));
}

const asKey = ({ place_id, product_id, lot, disposition, unit }: RowKey) =>
  sql`(${place_id}::uuid, ${product_id}::uuid, ${lot}, ${disposition}, ${unit})`;

/**
 * Looks through some rows at the actor's places that events move, in the order of their keys.
 * @param after the last row of the page before; null begins
 * @returns those that are not what their entries come to, and the last one that was looked at
 */
export async function partedRows(
  tx: Tx,
  after: RowKey | null,
): Promise<{ parted: Touched[]; last: RowKey | null }> {
  const behind =
    after === null
      ? sql``
      : sql`and (s.place_id, s.product_id, s.lot, s.disposition,
    s.unit) > ${asKey(after)}`;
  const page = sql`(
    select s.place_id, s.product_id, s.lot, s.disposition, s.unit, p.stock_stint as stint,
      s.product_name, s.best_before, s.quantity, s.counted_at, s.negative_event_id
    from stock s join place p on p.chain_id = s.chain_id and p.id = s.place_id
      and p.owner_id = s.owner_id and p.stock_kept_by = 'events'
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid ${behind}
    order by s.place_id, s.product_id, s.lot, s.disposition, s.unit
    limit ${limits.stock_refolded}) k`;
  const { rows } = await sql<Touched & { is_parted: boolean }>`
    select place_id, product_id, lot, disposition, unit, stint, product_name, best_before,
      quantity <> sum or counted_at is distinct from last_count
        or negative_event_id is distinct from taken_by as is_parted
    from (${folded(tx, page)}) f
    order by place_id, product_id, lot, disposition, unit`.execute(tx.db);
  return { parted: rows.filter(({ is_parted }) => is_parted), last: rows.at(-1) ?? null };
}
