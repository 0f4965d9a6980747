import { sql } from 'kysely';
import { addDays, type Tx } from '../../kernel/index.ts';
import type { AgeingRow } from './schema.ts';

const MOST_PARTNERS = 1_000;

/**
 * What is open by partner and currency, by how late its undisputed part is. The buckets of a row
 * and its disputed part add up to what is open.
 */
export async function ageing(tx: Tx, side: 'seller' | 'buyer'): Promise<AgeingRow[]> {
  const [own, other] =
    side === 'seller'
      ? (['r.seller_id', 'r.buyer_id'] as const)
      : (['r.buyer_id', 'r.seller_id'] as const);
  const before = (days: number) => addDays(tx.today, -days);
  // Days late from `first` to `last`: the due date lies so many days back.
  const bucket = (first: number, last: number) =>
    sql<bigint>`coalesce(sum(r.open_minor - r.disputed_minor) filter (
      where r.due_on between ${before(last)} and ${before(first)}), 0)::bigint`;
  const rows = await tx.db
    .selectFrom('receivable as r')
    .innerJoin('party as p', 'p.id', other)
    .select(['p.id', 'p.name_zh', 'p.name_en', 'r.currency'])
    .select([
      sql<bigint>`coalesce(sum(r.open_minor - r.disputed_minor) filter (
        where r.due_on >= ${tx.today}), 0)::bigint`.as('not_due_minor'),
      bucket(1, 30).as('late_1_30_minor'),
      bucket(31, 60).as('late_31_60_minor'),
      bucket(61, 90).as('late_61_90_minor'),
      sql<bigint>`coalesce(sum(r.open_minor - r.disputed_minor) filter (
        where r.due_on < ${before(90)}), 0)::bigint`.as('late_over_90_minor'),
      sql<bigint>`sum(r.disputed_minor)::bigint`.as('disputed_minor'),
      sql<bigint>`sum(r.open_minor)::bigint`.as('open_minor'),
    ])
    .where('r.chain_id', '=', tx.chain)
    .where(own, '=', tx.actor.party)
    .where('r.open_minor', '>', 0n)
    .groupBy(['p.id', 'p.name_zh', 'p.name_en', 'r.currency'])
    .orderBy(sql`sum(r.open_minor)`, 'desc')
    .orderBy('p.id')
    .limit(MOST_PARTNERS)
    .execute();
  return rows.map(({ id, name_zh, name_en, ...row }) => ({
    counterparty: { id, name: { zh: name_zh, en: name_en } },
    ...row,
  }));
}
