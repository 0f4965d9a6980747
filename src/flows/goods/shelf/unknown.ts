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
import { keepNames, type StockName } from './names.ts';
import { settleNamed } from './settling.ts';

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

/**
 * Keeps what some names stand for, with a fact, and enters the events that waited for them.
 * @returns how many events were entered; where it is `limits.stock_settled_by_hand`, more may wait
 */
export async function sayNames(tx: Tx, names: readonly StockName[]): Promise<{ settled: number }> {
  if (names.length === 0) return { settled: 0 };
  keepNames(tx, names);
  await recordFact(tx, {
    type: 'goods.stock.named',
    subject: tx.actor.party,
    parties: [tx.actor.party],
    body: { names: names.map(({ name, product_id }) => ({ name, product_id })) },
  });
  const said = names.map(({ name }) => name);
  return { settled: await settleNamed(tx, said, limits.stock_settled_by_hand) };
}
