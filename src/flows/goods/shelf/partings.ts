import { sql } from 'kysely';
import { z } from 'zod';
import { Decimal, instant, type Tx, uuid } from '../../../kernel/index.ts';
import {
  hasOtherSide,
  NEAR_MS,
  type OtherSide,
  type Suspect,
  suspectsOf,
  suspicions,
} from './suspects.ts';
import {
  balanceBefore,
  isCount,
  type Lived,
  live,
  openingOf,
  type RowQuery,
  rankOf,
  readThread,
} from './thread.ts';

const suspect = z.object({
  event_id: uuid,
  at: instant,
  step: z.string().nullable(),
  quantity: z.string(),
  why: z.enum(suspicions),
  explains: z.boolean(),
  zh: z.string(),
  en: z.string(),
});

/** Where a count and the events before it part, or a row that is below zero with no count yet. */
const parting = z.object({
  /** The count before it, whose figure the books took over; null: what the row began with. */
  from: z.object({ event_id: uuid.nullable(), at: instant.nullable(), balance: z.string() }),
  /** The count that does not agree; null where the row is below zero now. */
  to: z.object({ event_id: uuid, at: instant, counted: z.string() }).nullable(),
  expected: z.string(),
  difference: z.string().nullable(),
  events: z.int(),
  suspects: z.array(suspect),
});

export const partings = z
  .object({
    /** Since when the row is kept so, and what it began with; null: since ever. */
    since: instant.nullable(),
    opening: z.string(),
    quantity: z.string(),
    counts: z.int(),
    agreed: z.int(),
    partings: z.array(parting),
    /** There are more events than were looked through: what is older is not in here. */
    is_cut: z.boolean(),
  })
  .meta({ id: 'StockPartings' });
export type StockPartings = z.output<typeof partings>;

/** Newest events of a row that are looked through, and partings that are told. */
const MOST_EVENTS = 2_000;
const MOST_PARTINGS = 20;
const MOST_COMPARED = 200;

type Run = { from: Lived | null; to: Lived | null; events: Lived[] };

/** The runs between counts, oldest first; the last has no count behind it. */
function runsOf(lived: readonly Lived[]): Run[] {
  const runs: Run[] = [{ from: null, to: null, events: [] }];
  for (const one of lived) {
    const run = runs.at(-1) as Run;
    run.events.push(one);
    if (!isCount(one.entry) || one.entry.voided_by !== null) continue;
    run.to = one;
    runs.push({ from: one, to: null, events: [] });
  }
  return runs;
}

/** Events that say themselves how much they move: of a pallet alone no other side says the same. */
async function namingGoods(tx: Tx, lived: readonly Lived[]): Promise<Set<string>> {
  const ids = lived.map(({ entry }) => entry.event_id);
  const { rows } = await sql<{ event_id: string }>`
    select event_id from event_item
    where chain_id = ${tx.chain}::uuid and event_id = any(${ids}::uuid[]) and role = 'epc'
    group by event_id having bool_and(by_class)`.execute(tx.db);
  return new Set(rows.map(({ event_id }) => event_id));
}

/**
 * What the other side of movements recorded of the same goods under the same document, as far as
 * the actor sees it.
 */
async function otherSidesOf(tx: Tx, lived: readonly Lived[]): Promise<Map<string, OtherSide>> {
  const near = lived.filter(hasOtherSide).slice(-MOST_COMPARED);
  const telling = await namingGoods(tx, near);
  const asked = near.filter(({ entry }) => telling.has(entry.event_id));
  const ids = asked.map(({ entry }) => entry.event_id);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ mine: string; other: string; quantity: string; own: string }>`
    with told as (
      select distinct t.event_id as mine, o.event_id as other
      from event_item t join event_item o on o.chain_id = t.chain_id and o.item = t.item
        and o.role = 'transaction' and o.event_id <> t.event_id
      where t.chain_id = ${tx.chain}::uuid and t.event_id = any(${ids}::uuid[])
        and t.role = 'transaction'
      limit 5000)
    select told.mine, min(e.id::text) as other, sum(i.quantity) as quantity,
      min(m.quantity) as own
    from told
    join event e on e.chain_id = ${tx.chain}::uuid and e.id = told.other
      and not e.declares_error and not exists (select 1 from event_void v
        where v.chain_id = e.chain_id and v.event_id = e.id)
    join event f on f.chain_id = e.chain_id and f.id = told.mine
      and f.capturer_id <> e.capturer_id
    join event_item m on m.chain_id = e.chain_id and m.event_id = told.mine and m.role = 'epc'
      and m.by_class
    join event_item i on i.chain_id = e.chain_id and i.event_id = e.id and i.role = 'epc'
      and i.item = m.item and i.uom is not distinct from m.uom
    where (f.biz_step = any(${LEAVING}::text[]) and e.biz_step = any(${ARRIVING}::text[]))
      or (f.biz_step = any(${ARRIVING}::text[]) and e.biz_step = any(${LEAVING}::text[]))
    group by told.mine having count(distinct m.item) = 1`.execute(tx.db);
  const found = new Map(rows.map((row) => [row.mine, row]));
  return new Map(
    asked.map(({ entry }): [string, OtherSide] => {
      const other = found.get(entry.event_id);
      if (!other) return [entry.event_id, { quantity: null, event_id: null }];
      // Both wrote in one unit, which stock may be kept in another one: in its own, by the ratio.
      const own = new Decimal(other.own);
      const here = new Decimal(entry.quantity).abs();
      const quantity = own.eq(0) ? null : here.times(other.quantity).div(own);
      return [
        entry.event_id,
        { quantity: quantity?.toDecimalPlaces(10).toFixed() ?? null, event_id: other.other },
      ];
    }),
  );
}

const step = (word: string) => `https://ref.gs1.org/cbv/BizStep-${word}`;
const LEAVING = ['shipping', 'departing', 'consigning'].map(step);
const ARRIVING = ['receiving', 'accepting'].map(step);

function partingOf(
  run: Run,
  opening: string,
  after: readonly Lived[],
  others: ReadonlyMap<string, OtherSide>,
): StockPartings['partings'][number] {
  const { from, to, events } = run;
  const until = to === null ? 0 : new Date(to.entry.at).getTime() + NEAR_MS;
  const near = after.filter(({ entry }) => new Date(entry.at).getTime() <= until);
  const last = events.at(-1);
  const difference = to?.parting ?? null;
  const suspects: Suspect[] = suspectsOf({
    events: [...events, ...near],
    counted: to === null ? null : { at: to.entry.at, recorded_at: to.entry.recorded_at },
    difference,
    others,
  });
  return {
    from: {
      event_id: from?.entry.event_id ?? null,
      at: from?.entry.at ?? null,
      balance: new Decimal(from?.balance ?? opening).toFixed(),
    },
    to: to && {
      event_id: to.entry.event_id,
      at: to.entry.at,
      counted: new Decimal(to.balance).toFixed(),
    },
    expected: new Decimal(to?.expected ?? last?.balance ?? opening).toFixed(),
    difference,
    events: events.filter((one) => one !== to).length,
    suspects,
  };
}

/**
 * Where the counts of a row and its events part: between which counts, over how much, and over
 * which of the events, each with its reason. A count that disagrees is taken over, so that the
 * next run begins with it.
 */
export async function findPartings(tx: Tx, row: RowQuery): Promise<StockPartings> {
  const opening = await openingOf(tx, row);
  const found = await readThread(tx, row, opening.stint, null, MOST_EVENTS + 1);
  const told = found.slice(0, MOST_EVENTS);
  const oldest = told.at(-1);
  const before = oldest ? { ...oldest, rank: rankOf(oldest) } : null;
  const start = before ? await balanceBefore(tx, row, opening, before) : opening.quantity;
  const lived = live(start, told);
  const runs = runsOf(lived);
  const balance = lived.at(-1)?.balance ?? start;
  const parted = runs
    .map((run, at) => ({ run, after: runs[at + 1]?.events ?? [] }))
    .filter(({ run: { to } }) => (to === null ? balance.startsWith('-') : to.parting !== null))
    .slice(-MOST_PARTINGS);
  const others = await otherSidesOf(
    tx,
    parted.flatMap(({ run }) => run.events),
  );
  const counts = runs.filter(({ to }) => to !== null);
  return {
    since: opening.since,
    opening: new Decimal(opening.quantity).toFixed(),
    quantity: new Decimal(balance).toFixed(),
    counts: counts.length,
    agreed: counts.filter(({ to }) => to?.parting === null).length,
    partings: parted.map(({ run, after }) => partingOf(run, start, after, others)).toReversed(),
    is_cut: found.length > MOST_EVENTS,
  };
}
