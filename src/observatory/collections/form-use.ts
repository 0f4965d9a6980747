import { sql } from 'kysely';
import type { Tx } from '../../kernel/index.ts';
import type { FormUse } from './schema.ts';

function ownAsks(tx: Tx) {
  return tx.db
    .selectFrom('collection_ask as a')
    .where('a.chain_id', '=', tx.chain)
    .where('a.collector_id', '=', tx.actor.party);
}

/** First reports to the actor on which the firm noted its time. A correction costs other time. */
export function notedReports(tx: Tx) {
  return ownAsks(tx)
    .innerJoin('report as r', (join) =>
      join.onRef('r.chain_id', '=', 'a.chain_id').onRef('r.ask_id', '=', 'a.id'),
    )
    .where('r.chain_id', '=', tx.chain)
    .where('r.number', '=', 1)
    .where('r.minutes', 'is not', null);
}

export const NOT_USED: FormUse = {
  collections: 0,
  firms: 0,
  reported: 0,
  last_period: null,
  reports_with_minutes: 0,
  median_minutes: null,
};

/** What the actor itself has asked with some forms; of what others asked it sees nothing. */
export async function usesOf(
  tx: Tx,
  form_ids: readonly string[],
): Promise<(form_id: string) => FormUse> {
  if (form_ids.length === 0) return () => NOT_USED;
  const asked = await ownAsks(tx)
    .select('a.form_id')
    .select((is) => [
      is.fn.count<bigint>('a.collection_id').distinct().as('collections'),
      is.fn.count<bigint>('a.owner_id').distinct().as('firms'),
      is.fn
        .count<bigint>('a.owner_id')
        .distinct()
        .filterWhere('a.report_id', 'is not', null)
        .as('reported'),
      is.fn.max('a.period').as('last_period'),
    ])
    .where('a.form_id', 'in', form_ids)
    .groupBy('a.form_id')
    .execute();
  const noted = await notedReports(tx)
    .select('a.form_id')
    .select((is) => [
      is.fn.count<bigint>('r.id').as('reports'),
      sql<number>`percentile_disc(0.5) within group (order by r.minutes)`.as('median'),
    ])
    .where('a.form_id', 'in', form_ids)
    .groupBy('a.form_id')
    .execute();
  return (form_id) => {
    const one = asked.find((row) => row.form_id === form_id);
    const minutes = noted.find((row) => row.form_id === form_id);
    if (!one) return NOT_USED;
    return {
      collections: Number(one.collections),
      firms: Number(one.firms),
      reported: Number(one.reported),
      last_period: one.last_period,
      reports_with_minutes: Number(minutes?.reports ?? 0),
      median_minutes: minutes?.median ?? null,
    };
  };
}
