import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/index.ts';
import { patiently } from './patience.ts';

/** The top-level resources of the REST binding whose members are found in events. */
export type ValueList = 'epcs' | 'bizSteps' | 'bizLocations' | 'readPoints' | 'dispositions';

type Source = { table: string; column: string; only: RawBuilder<unknown> };

const things = sql`role in ('epc', 'parent', 'child', 'input', 'output') and not by_class`;
const always = sql`true`;
/** Of what others share, events alone are shown: who looks at those, their owner can read. */
const ownBusiness = (tx: Tx) => sql`${tx.actor.party}::uuid = any(parties)`;

const SOURCES: Readonly<Record<ValueList, Source>> = {
  epcs: { table: 'event_item', column: 'item', only: things },
  bizSteps: { table: 'event', column: 'biz_step', only: always },
  bizLocations: { table: 'event', column: 'biz_location', only: always },
  readPoints: { table: 'event', column: 'read_point', only: always },
  dispositions: { table: 'event', column: 'disposition', only: always },
};

/**
 * The values of a kind in the events that the actor is a party to, in their canonical writing and
 * in order. Few steps, places and dispositions stand in many events each: every one is found by one
 * step in the index behind the one before. Things are many, and stand in a few events each.
 * @throws goods.query_too_slow
 */
export async function listValues(
  tx: Tx,
  list: ValueList,
  { limit, after }: { limit: number; after: string | null },
): Promise<{ values: string[]; next: string | null }> {
  const { table, column, only } = SOURCES[list];
  const value = sql.ref(column);
  const those = (behind: RawBuilder<unknown>) => sql`${sql.table(table)}
    where chain_id = ${tx.chain}::uuid and ${only} and ${ownBusiness(tx)} and ${behind}`;
  const next = (behind: RawBuilder<unknown>) =>
    sql`(select ${value} as value from ${those(behind)} order by ${value} limit 1)`;
  const first = after === null ? sql`${value} is not null` : sql`${value} > ${after}`;
  const stepwise = sql<{ value: string }>`
    with recursive found as (
      ${next(first)}
      union all
      select (${next(sql`${value} > found.value`)}) from found where found.value is not null
    )
    select value from found where value is not null limit ${limit + 1}`;
  const inOnePass = sql<{ value: string }>`
    select distinct ${value} as value from ${those(first)} order by value limit ${limit + 1}`;
  const asked = list === 'epcs' ? inOnePass : stepwise;
  const { rows } = await patiently(asked.execute(tx.db));
  const values = rows.slice(0, limit).map((row) => row.value);
  return { values, next: rows.length > limit ? (values.at(-1) ?? null) : null };
}

/** Whether any event that the actor is a party to has the value. */
export async function hasValue(tx: Tx, list: ValueList, value: string): Promise<boolean> {
  const { table, column, only } = SOURCES[list];
  const asked = sql`select 1 from ${sql.table(table)}
    where chain_id = ${tx.chain}::uuid and ${sql.ref(column)} = ${value} and ${only}
      and ${ownBusiness(tx)} limit 1`;
  const { rows } = await patiently(asked.execute(tx.db));
  return rows.length > 0;
}
