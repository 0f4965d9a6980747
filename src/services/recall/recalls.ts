import type { ExpressionBuilder } from 'kysely';
import { z } from 'zod';
import {
  decodeCursor,
  kernelFault,
  pageOf,
  recordFacts,
  type Tables,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { type Grade, startBy } from './grades.ts';
import { lockOpenRecall, noticesOf, ofRecall } from './notices.ts';
import { addUp, sumsOf } from './progress.ts';
import type { RecallCase, RecallRow, recallQuery } from './schema.ts';

const columns = [
  'id',
  'number',
  'title',
  'hazard',
  'grade',
  'known_at',
  'opened_at',
  'first_sent_at',
  'closed_at',
  'outcome',
] as const;

type Head = Pick<RecallRow, 'known_at' | 'first_sent_at' | 'closed_at'> & { grade: number };

function timesOf(tx: Tx, { grade, known_at, first_sent_at, closed_at }: Head) {
  const start_by = startBy(grade as Grade, known_at);
  // Where there was nobody to tell, it was begun at the latest when it was over.
  const begun_at = first_sent_at ?? closed_at ?? tx.now;
  return { grade: grade as Grade, start_by, is_late: begun_at > start_by };
}

/** The actor's recalls, newest first. */
export async function listRecalls(tx: Tx, query: z.output<typeof recallQuery>) {
  const counted = (count: 'id' | 'answered_at') => (is: ExpressionBuilder<Tables, 'recall'>) =>
    is
      .selectFrom('recall_notice as n')
      .select(({ fn }) => fn.count<bigint>(`n.${count}`).as('count'))
      .where('n.chain_id', '=', tx.chain)
      .whereRef('n.recall_id', '=', 'recall.id');
  let rows = tx.db
    .selectFrom('recall')
    .select(columns)
    .select((is) => [counted('id')(is).as('notices'), counted('answered_at')(is).as('answered')])
    .where('recall.chain_id', '=', tx.chain);
  if (query.state) rows = rows.where('closed_at', query.state === 'open' ? 'is' : 'is not', null);
  if (query.after) rows = rows.where('id', '<', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const { items, next } = pageOf(found, query.limit, ({ id }) => [id]);
  return {
    items: items.map(({ notices: all, answered, ...row }): RecallRow => {
      const counts = { notice_count: Number(all), answered_count: Number(answered) };
      return { ...row, ...timesOf(tx, row), ...counts };
    }),
    next,
  };
}

/** @throws kernel.not_found where the actor has no such recall */
export async function getRecall(tx: Tx, id: string): Promise<RecallCase> {
  const row = await tx.db
    .selectFrom('recall')
    .select(columns)
    .select(['suspicion', 'listed_as_of', 'is_cut'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw kernelFault('kernel.not_found');
  const sums = await sumsOf(tx, { recall_id: id });
  const without = sums.filter(({ notice_id }) => notice_id === null);
  return {
    ...row,
    suspicion: row.suspicion as RecallCase['suspicion'],
    ...timesOf(tx, row),
    progress: addUp(sums),
    own: addUp(without.filter(({ is_own }) => is_own)),
    nobody: addUp(without.filter(({ is_own }) => !is_own)),
    notices: await noticesOf(tx, id),
  };
}

export const closing = z.object({ outcome: z.string().trim().min(1).max(2_000) });

/**
 * Ends a recall, once everybody was told: those that were told see that it is over.
 * @throws kernel.not_found, recall.closed, recall.not_told
 */
export async function closeRecall(
  tx: Tx,
  id: string,
  { outcome }: z.output<typeof closing>,
): Promise<RecallCase> {
  const recall = await lockOpenRecall(tx, id);
  const notices = await noticesOf(tx, id);
  const drafts = notices.filter(({ state }) => state === 'draft');
  if (drafts.length > 0) throw fault('recall.not_told', { count: drafts.length });
  tx.write(ofRecall(tx, id).set({ closed_at: tx.now, outcome }));
  tx.write(
    tx.db
      .updateTable('recall_notice')
      .set({ closed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('recall_id', '=', id),
  );
  const body = { number: recall.number };
  const { party } = tx.actor;
  await recordFacts(tx, [
    { type: 'recall.case.closed', subject: id, parties: [party], body: { ...body, outcome } },
    ...notices.flatMap(({ id: subject, addressee_id }) =>
      addressee_id === null
        ? []
        : [{ type: 'recall.notice.closed', subject, parties: [party, addressee_id], body }],
    ),
  ]);
  await tx.settle();
  return getRecall(tx, id);
}
