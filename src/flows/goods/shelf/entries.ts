import { sql } from 'kysely';
import { Decimal, type Tx } from '../../../kernel/index.ts';
import type { Disposition } from '../events.ts';

/** What stock is kept apart by at a place of the actor's. */
export type RowKey = {
  place_id: string;
  product_id: string;
  lot: string;
  disposition: Disposition;
  unit: string;
};

/** What one event does to one row of stock: goods moved, or counted. One for each event and row. */
export type Entry = RowKey & {
  stint: number;
  /** When it counts from: see the table. */
  at: string;
  event_id: string;
  kind: 'moved' | 'counted';
  quantity: string;
  product_name: string;
  best_before: string | null;
  step: string | null;
  voided_by: string | null;
};

export const rowText = (key: RowKey): string =>
  [key.place_id, key.product_id, key.lot, key.disposition, key.unit].join('|');

type KeyOfRow = RowKey & { stint: number };

/** Rows once each, in one order: two captures then never wait for each other in a ring. */
function distinctRows<Row extends KeyOfRow>(rows: readonly Row[]): Row[] {
  const found = new Map(rows.map((row) => [rowText(row), row]));
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

const column = <Row, Value>(rows: readonly Row[], value: (row: Row) => Value) => rows.map(value);

const keysOf = (rows: readonly KeyOfRow[]) => sql`unnest(
  ${column(rows, (row) => row.place_id)}::uuid[], ${column(rows, (row) => row.product_id)}::uuid[],
  ${column(rows, (row) => row.lot)}::text[], ${column(rows, (row) => row.disposition)}::text[],
  ${column(rows, (row) => row.unit)}::text[], ${column(rows, (row) => row.stint)}::integer[])
  as k(place_id, product_id, lot, disposition, unit, stint)`;

/** @returns those that were not there yet */
async function insertEntries(tx: Tx, entries: readonly Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const list = <Value>(value: (one: Entry) => Value) => column(entries, value);
  const { rows } = await sql<{ n: number }>`
    with given as (
      select * from unnest(${list((one) => one.place_id)}::uuid[],
        ${list((one) => one.product_id)}::uuid[], ${list((one) => one.lot)}::text[],
        ${list((one) => one.disposition)}::text[], ${list((one) => one.unit)}::text[],
        ${list((one) => one.stint)}::integer[], ${list((one) => one.at)}::timestamptz[],
        ${list((one) => one.event_id)}::uuid[], ${list((one) => one.kind)}::text[],
        ${list((one) => one.quantity)}::numeric[], ${list((one) => one.product_name)}::text[],
        ${list((one) => one.best_before)}::date[], ${list((one) => one.step)}::text[],
        ${list((one) => one.voided_by)}::uuid[])
      with ordinality u(place_id, product_id, lot, disposition, unit, stint, at, event_id, kind,
        quantity, product_name, best_before, step, voided_by, n)),
    added as (
      insert into stock_movement (chain_id, owner_id, place_id, product_id, lot, disposition, unit,
        stint, at, event_id, kind, quantity, product_name, best_before, step, voided_by,
        recorded_at)
      select ${tx.chain}::uuid, ${tx.actor.party}::uuid, place_id, product_id, lot, disposition,
        unit, stint, at, event_id, kind, quantity, product_name, best_before, step, voided_by,
        ${tx.now}::timestamptz
      from given
      on conflict do nothing
      returning place_id, product_id, lot, disposition, unit, event_id)
    select g.n::integer as n from added a join given g on g.event_id = a.event_id
      and g.place_id = a.place_id and g.product_id = a.product_id and g.lot = a.lot
      and g.disposition = a.disposition and g.unit = a.unit`.execute(tx.db);
  return rows.flatMap(({ n }) => entries[n - 1] ?? []);
}

/**
 * Rows that no entry had yet are made with nothing in them, and all of these are locked. A lot has
 * one date at a place, whatever becomes of its parts.
 */
async function lockRows(
  tx: Tx,
  rows: readonly (KeyOfRow & Pick<Entry, 'product_name' | 'best_before'>)[],
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
    order by k.n
    on conflict do nothing`);
  const locked = await sql<RowKey & { quantity: string; counted_at: string | null }>`
    select s.place_id, s.product_id, s.lot, s.disposition, s.unit, s.quantity, s.counted_at
    from stock s join ${keysOf(rows)} on s.place_id = k.place_id and s.product_id = k.product_id
      and s.lot = k.lot and s.disposition = k.disposition and s.unit = k.unit
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
    order by s.place_id, s.product_id, s.lot, s.disposition, s.unit
    for update of s`.execute(tx.db);
  return new Map(locked.rows.map((row) => [rowText(row), row]));
}

type Summed = KeyOfRow & { quantity: string };

/** Adds what has moved behind the last count to rows that are locked. */
function addToRows(tx: Tx, rows: readonly Summed[]): void {
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
 * Folds rows anew: what the last count found, or else what their stint began with, and whatever
 * has moved after it. What happened at the very time of a count is in it. Below zero the last
 * event that took goods out says why. `foldEntries` says the same without a database.
 */
function foldRows(tx: Tx, rows: readonly KeyOfRow[]): void {
  if (rows.length === 0) return;
  const of = sql`m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
    and m.place_id = k.place_id and m.product_id = k.product_id and m.lot = k.lot
    and m.disposition = k.disposition and m.unit = k.unit and m.stint = k.stint`;
  const live = sql`${of} and m.voided_by is null`;
  tx.write(sql`
    update stock s set quantity = f.quantity, counted_at = f.counted_at,
      negative_event_id = case when f.quantity < 0 then f.taken_by end,
      changed_at = ${tx.now}::timestamptz
    from (
      select k.*, coalesce(c.quantity, o.quantity, 0) + coalesce(b.moved, 0) as quantity,
        c.at as counted_at, coalesce(t.event_id, o.negative_event_id) as taken_by
      from ${keysOf(rows)}
      left join lateral (select m.at, m.quantity from stock_movement m
        where ${live} and m.kind = 'counted' order by m.at desc, m.event_id desc limit 1) c on true
      left join lateral (select m.quantity, m.negative_event_id from stock_opening m
        where ${of}) o on true
      left join lateral (select sum(m.quantity) as moved from stock_movement m
        where ${live} and m.kind = 'moved' and (c.at is null or m.at > c.at)) b on true
      left join lateral (select m.event_id from stock_movement m
        where ${live} and m.kind = 'moved' and m.quantity < 0
        order by m.at desc, m.event_id desc limit 1) t on true) f
    where s.chain_id = ${tx.chain}::uuid and s.owner_id = ${tx.actor.party}::uuid
      and s.place_id = f.place_id and s.product_id = f.product_id and s.lot = f.lot
      and s.disposition = f.disposition and s.unit = f.unit`);
}

/** Dates of rows that had none. */
function setDates(tx: Tx, rows: readonly Touched[]): void {
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

const instantOf = (text: string) => new Date(text).getTime();

/** A row's quantity with its new movements, where these alone say it: no count, not below zero. */
function sumOf(
  row: { quantity: string; counted_at: string | null } | undefined,
  entries: readonly Entry[],
): string | null {
  if (row === undefined || entries.some(({ kind }) => kind === 'counted')) return null;
  const since = row.counted_at === null ? Number.NEGATIVE_INFINITY : instantOf(row.counted_at);
  const after = entries.filter(({ at, voided_by }) => voided_by === null && instantOf(at) > since);
  const sum = after.reduce(
    (so_far, { quantity }) => so_far.plus(quantity),
    new Decimal(row.quantity),
  );
  return sum.lt(0) || new Decimal(row.quantity).lt(0) ? null : sum.toFixed();
}

type Touched = KeyOfRow & Pick<Entry, 'product_name' | 'best_before'>;

/**
 * Enters what events do to the actor's stock, and brings its rows up to it in the same transaction.
 * An entry that is there already changes nothing.
 * @param anew rows that are folded again whatever is entered: some of their entries have gone
 */
export async function enterMovements(
  tx: Tx,
  entries: readonly Entry[],
  anew: readonly Touched[] = [],
): Promise<void> {
  const added = await insertEntries(tx, entries);
  const rows = distinctRows<Touched>([...anew, ...added]);
  if (rows.length === 0) return;
  const locked = await lockRows(tx, rows);
  const again = new Set(anew.map(rowText));
  const byRow = Map.groupBy(added, rowText);
  const summed: Summed[] = [];
  const folded: KeyOfRow[] = [];
  for (const row of rows) {
    const own = byRow.get(rowText(row)) ?? [];
    const quantity = again.has(rowText(row)) ? null : sumOf(locked.get(rowText(row)), own);
    if (quantity === null) folded.push(row);
    else summed.push({ ...row, quantity });
  }
  addToRows(tx, summed);
  foldRows(tx, folded);
  setDates(tx, added);
}

/** Entries of events that count no more. @returns the rows that they stand in */
export async function voidEntries(
  tx: Tx,
  voids: readonly { event_id: string; by_event_id: string }[],
): Promise<Touched[]> {
  if (voids.length === 0) return [];
  const { rows } = await sql<Touched>`
    update stock_movement m set voided_by = v.by_event_id
    from unnest(${column(voids, (one) => one.event_id)}::uuid[],
      ${column(voids, (one) => one.by_event_id)}::uuid[]) v(event_id, by_event_id)
    where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
      and m.event_id = v.event_id and m.voided_by is null
    returning m.place_id, m.product_id, m.lot, m.disposition, m.unit, m.stint, m.product_name,
      m.best_before`.execute(tx.db);
  return rows;
}

/** Takes out all entries of some events, to enter them anew. @returns the rows they stood in */
export async function removeEntries(tx: Tx, events: readonly string[]): Promise<Touched[]> {
  if (events.length === 0) return [];
  const { rows } = await sql<Touched>`
    delete from stock_movement m
    where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
      and m.event_id = any(${events}::uuid[])
    returning m.place_id, m.product_id, m.lot, m.disposition, m.unit, m.stint, m.product_name,
      m.best_before`.execute(tx.db);
  return rows;
}

type Folding = Pick<Entry, 'at' | 'event_id' | 'kind' | 'quantity' | 'voided_by'>;
export type Balanced<One extends Folding> = {
  entry: One;
  /** What should be there before a count; what is there after any entry. */
  expected: string;
  balance: string;
};

/**
 * The life of one row, oldest first, from what its stint began with. The order is that of time;
 * at one time movements come before counts, which find what has moved by then.
 */
export function foldEntries<One extends Folding>(
  opening: string,
  entries: readonly One[],
): Balanced<One>[] {
  const rank = { moved: 0, counted: 1 } as const;
  const ordered = entries.toSorted(
    (one, other) =>
      instantOf(one.at) - instantOf(other.at) ||
      rank[one.kind] - rank[other.kind] ||
      (one.event_id < other.event_id ? -1 : 1),
  );
  let balance = new Decimal(opening);
  return ordered.map((entry) => {
    const before = balance;
    if (entry.voided_by === null) {
      balance =
        entry.kind === 'counted' ? new Decimal(entry.quantity) : before.plus(entry.quantity);
    }
    const expected = (entry.kind === 'counted' ? before : balance).toFixed();
    return { entry, expected, balance: balance.toFixed() };
  });
}
