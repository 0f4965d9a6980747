import { sql } from 'kysely';
import { z } from 'zod';
import {
  Decimal,
  decodeCursor,
  instant,
  type PageQuery,
  pageOf,
  type Tx,
  uuid,
} from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { dispositions } from '../events.ts';
import { type Entry, foldEntries } from './entries.ts';

/** One row of the actor's own stock. */
export const rowQuery = z.object({
  place_id: uuid,
  product_id: uuid,
  lot: z.string().max(20).default(''),
  disposition: z.enum(dispositions).default('sellable_accessible'),
  unit: z.string().min(1).max(3),
});
export type RowQuery = z.output<typeof rowQuery>;

/** One event in the life of a row, and how much was there after it. */
export const threadEntry = z
  .object({
    event_id: uuid,
    at: instant,
    recorded_at: instant,
    /** Whether trade recorded it by itself, or a system of the owner's captured it. */
    source: z.enum(['trade', 'captured']),
    step: z.string().nullable(),
    kind: z.enum(['moved', 'counted']),
    /** What came, or went below zero; of a count, what was there. */
    quantity: z.string(),
    /** Of a count: what the events before it add up to. */
    expected: z.string().nullable(),
    /** Of a count: what it found beyond that, or below zero, what it missed. */
    parting: z.string().nullable(),
    balance: z.string(),
    /** When it was declared wrong: it moves nothing any more. */
    voided_at: instant.nullable(),
    /** By it trade takes back what an earlier event of its own moved. */
    takes_back: z.boolean(),
    /** Recorded after a count that should have seen it. */
    is_late: z.boolean(),
    document: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ThreadEntry' });
export type ThreadEntry = z.output<typeof threadEntry>;

export type Told = Pick<Entry, 'at' | 'event_id' | 'kind' | 'quantity' | 'voided_by' | 'step'> & {
  recorded_at: string;
  voided_at: string | null;
  takes_back: boolean;
  is_trade: boolean;
  is_late: boolean;
  documents: { id: string }[] | null;
  reason: string | null;
};

/** What a stint of a row began with, and when; a row that began with nothing has no more. */
export async function openingOf(
  tx: Tx,
  row: RowQuery,
): Promise<{ quantity: string; since: string | null; stint: number }> {
  const { rows } = await sql<{ quantity: string | null; since: string | null; stint: number }>`
    select o.quantity, p.stock_since as since, p.stock_stint as stint from place p
    left join stock_opening o on o.chain_id = p.chain_id and o.owner_id = p.owner_id
      and o.place_id = p.id and o.stint = p.stock_stint and o.product_id = ${row.product_id}::uuid
      and o.lot = ${row.lot} and o.disposition = ${row.disposition} and o.unit = ${row.unit}
    where p.chain_id = ${tx.chain}::uuid and p.id = ${row.place_id}::uuid
      and p.owner_id = ${tx.actor.party}::uuid`.execute(tx.db);
  const [found] = rows;
  return {
    quantity: found?.quantity ?? '0',
    since: found?.since ? new Date(found.since).toISOString() : null,
    stint: found?.stint ?? 0,
  };
}

/** At one time what moved comes before what was counted. */
const order = sql`case m.kind when 'counted' then 1 else 0 end`;

const ofRow = (tx: Tx, row: RowQuery, stint: number) => sql`m.chain_id = ${tx.chain}::uuid
  and m.owner_id = ${tx.actor.party}::uuid and m.place_id = ${row.place_id}::uuid
  and m.product_id = ${row.product_id}::uuid and m.lot = ${row.lot}
  and m.disposition = ${row.disposition} and m.unit = ${row.unit} and m.stint = ${stint}::integer`;

type Before = { at: string; rank: number; event_id: string } | null;

const olderThan = (before: Before) =>
  before === null
    ? sql``
    : sql` and (m.at, ${order}, m.event_id)
        < (${before.at}::timestamptz, ${before.rank}::integer, ${before.event_id}::uuid)`;

/** Events of a row, newest first. */
export async function readThread(
  tx: Tx,
  row: RowQuery,
  stint: number,
  before: Before,
  limit: number,
): Promise<Told[]> {
  const { rows } = await sql<Told>`
    with counts as materialized (
      select m.at, e.recorded_at from stock_movement m
      join event e on e.chain_id = m.chain_id and e.id = m.event_id
      where ${ofRow(tx, row, stint)} and m.kind = 'counted' and m.voided_by is null)
    select m.at, m.event_id, m.kind, m.quantity, m.voided_by, m.step, e.recorded_at,
      v.recorded_at as voided_at, e.movement is not null as is_trade,
      e.declares_error as takes_back,
      e.body -> 'bizTransactionList' as documents, e.movement ->> 'reason' as reason,
      m.voided_by is null and m.kind = 'moved' and exists (select 1 from counts c
        where c.at >= m.at and c.recorded_at < e.recorded_at) as is_late
    from stock_movement m
    join event e on e.chain_id = m.chain_id and e.id = m.event_id
    left join event_void v on v.chain_id = m.chain_id and v.event_id = m.event_id
      and m.voided_by is not null
    where ${ofRow(tx, row, stint)}${olderThan(before)}
    order by m.at desc, ${order} desc, m.event_id desc limit ${limit}`.execute(tx.db);
  const iso = (text: string) => new Date(text).toISOString();
  return rows.map((one) => ({
    ...one,
    at: iso(one.at),
    recorded_at: iso(one.recorded_at),
    voided_at: one.voided_at === null ? null : iso(one.voided_at),
  }));
}

/** What is there before an entry: the last count behind it, and what has moved since. */
export async function balanceBefore(
  tx: Tx,
  row: RowQuery,
  { quantity, stint }: { quantity: string; stint: number },
  before: Before,
): Promise<string> {
  const of = sql`${ofRow(tx, row, stint)} and m.voided_by is null${olderThan(before)}`;
  const { rows } = await sql<{ quantity: string }>`
    select coalesce(c.quantity, ${quantity}::numeric) + coalesce(
      (select sum(m.quantity) from stock_movement m where ${of} and m.kind = 'moved'
        and (c.at is null or m.at > c.at)), 0) as quantity
    from (select 1) one left join lateral (select m.at, m.quantity from stock_movement m
      where ${of} and m.kind = 'counted'
      order by m.at desc, m.event_id desc limit 1) c on true`.execute(tx.db);
  return rows[0]?.quantity ?? quantity;
}

const plain = (quantity: string) => new Decimal(quantity).toFixed();
export const rankOf = ({ kind }: Pick<Entry, 'kind'>) => (kind === 'counted' ? 1 : 0);

/** Trade writes down of a count what it changed; the owner's systems, what was there. */
export const isCount = ({ kind, step }: Pick<Entry, 'kind' | 'step'>) =>
  kind === 'counted' || step === 'cycle_counting' || step === 'stock_taking';

export type Lived = ReturnType<typeof foldEntries<Told>>[number] & { parting: string | null };

/** The life of a row, oldest first, with what each count found apart from the events. */
export function live(opening: string, told: readonly Told[]): Lived[] {
  let before = opening;
  return foldEntries(opening, told).map((one) => {
    const expected = isCount(one.entry) ? before : one.expected;
    before = one.balance;
    const counts = isCount(one.entry) && one.entry.voided_by === null;
    const difference = new Decimal(one.balance).minus(expected);
    const parting = counts && !difference.eq(0) ? difference.toFixed() : null;
    return { ...one, expected, parting };
  });
}

/** A page of a row's life, newest first, with its running balance. */
export async function listThread(tx: Tx, query: PageQuery & RowQuery) {
  const { limit, after, ...row } = query;
  const opening = await openingOf(tx, row);
  const cursor = after
    ? decodeCursor(after, z.tuple([z.iso.datetime(), z.string(), uuid]))
    : undefined;
  const from = cursor ? { at: cursor[0], rank: Number(cursor[1]), event_id: cursor[2] } : null;
  const found = await readThread(tx, row, opening.stint, from, limit + 1);
  const shown = found.slice(0, limit);
  const oldest = shown.at(-1);
  const before = oldest ? { ...oldest, rank: rankOf(oldest) } : from;
  const balance = await balanceBefore(tx, row, opening, before);
  const { next } = pageOf(found, limit, (one) => [one.at, String(rankOf(one)), one.event_id]);
  return { items: live(balance, shown).toReversed().map(entryShown), next };
}

function entryShown({ entry, expected, balance, parting }: Lived): ThreadEntry {
  const [document] = entry.documents ?? [];
  return {
    event_id: entry.event_id,
    at: entry.at,
    recorded_at: entry.recorded_at,
    source: entry.is_trade ? 'trade' : 'captured',
    step: entry.step,
    kind: entry.kind,
    quantity: plain(entry.quantity),
    expected: isCount(entry) ? plain(expected) : null,
    parting,
    balance: plain(balance),
    voided_at: entry.voided_at,
    takes_back: entry.takes_back,
    is_late: entry.is_late,
    document: document ? canonicalIdentity(document.id) : null,
    reason: entry.reason,
  };
}
