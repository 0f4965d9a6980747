import type { Tx } from '../../kernel/index.ts';

/** How many documents one party sent another. */
export type ExchangedBetween = { owner_id: string; receiver_id: string; documents: number };

/** A map of a chain shows the busiest pairs; more lines than this nobody can tell apart. */
const MOST_PAIRS = 2_000;

/**
 * Documents that reached their receiver since an instant, by sender and receiver, as far as the
 * actor may see them. Refused ones and ones still waiting have reached nobody.
 */
export async function exchangedBetween(tx: Tx, since: string): Promise<ExchangedBetween[]> {
  const rows = await tx.db
    .selectFrom('document')
    .select(['owner_id', 'receiver_id'])
    .select((of) => of.fn.countAll<string>().as('documents'))
    .where('chain_id', '=', tx.chain)
    .where('received_at', '>=', since)
    .where('state', 'in', ['accepted', 'applied'])
    .where('receiver_id', 'is not', null)
    .groupBy(['owner_id', 'receiver_id'])
    .orderBy('documents', 'desc')
    .orderBy('owner_id')
    .orderBy('receiver_id')
    .limit(MOST_PAIRS)
    .execute();
  return rows.flatMap(({ owner_id, receiver_id, documents }) =>
    receiver_id === null ? [] : [{ owner_id, receiver_id, documents: Number(documents) }],
  );
}
