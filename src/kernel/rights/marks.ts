import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { limits } from '../limits.ts';
import { instant, uuid } from '../schema.ts';

/** That somebody objects to a fact: shown wherever the fact is, to everybody who sees it. */
export const objectionMark = z
  .object({
    request_id: uuid,
    /** Who objects: for the two of them; whoever else sees the fact need not know of that party. */
    requester_id: uuid.nullable(),
    state: z.enum(['open', 'accepted', 'refused']),
    asked_at: instant,
    answered_at: instant.nullable(),
    /** What the objector adds to a fact that stands (征信业管理条例 第十六条). */
    note: z.string().nullable(),
  })
  .meta({ id: 'ObjectionMark' });
export type ObjectionMark = z.output<typeof objectionMark>;

const columns = [
  'request_id',
  'requester_id',
  'holder_id',
  'state',
  'asked_at',
  'answered_at',
  'note',
  'fact_id',
] as const;

/**
 * The objections to each of a page's facts, the first one first. The mark of one that was withdrawn
 * or refused is gone, unless the objector added a note (征信业管理条例 第二十五条第三款).
 */
export async function marksOf(
  tx: Tx,
  facts: readonly string[],
): Promise<Map<string, ObjectionMark[]>> {
  const marks = new Map<string, ObjectionMark[]>();
  if (facts.length === 0) return marks;
  const rows = await tx.db
    .selectFrom('objection_mark')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('fact_id', 'in', [...facts])
    .where(({ or, and, eb }) =>
      or([
        eb('state', 'in', ['open', 'accepted']),
        and([eb('state', '=', 'refused'), eb('note', 'is not', null)]),
      ]),
    )
    .orderBy('asked_at')
    .orderBy('request_id')
    .limit(limits.marks_of_page)
    .execute();
  for (const { fact_id, holder_id, ...row } of rows) {
    const between = [row.requester_id, holder_id].includes(tx.actor.party);
    const mark = { ...row, requester_id: between ? row.requester_id : null };
    marks.set(fact_id, [...(marks.get(fact_id) ?? []), mark as ObjectionMark]);
  }
  return marks;
}

type Marked = { id: string; fact_id: string; requester_id: string; holder_id: string };

/** Marks a fact as objected to, for its whole audience. */
export function markFact(tx: Tx, request: Marked, audience: readonly string[]): void {
  const { id, fact_id, requester_id, holder_id } = request;
  tx.append('objection_mark', [
    {
      chain_id: tx.chain,
      request_id: id,
      fact_id,
      requester_id,
      holder_id,
      audience: [...audience],
      state: 'open',
      asked_at: tx.now,
      answered_at: null,
      note: null,
    },
  ]);
}

/** Says on the fact what became of the objection; without effect where there is no mark. */
export function changeMark(
  tx: Tx,
  request: string,
  change: { state: ObjectionMark['state'] | 'withdrawn'; answered_at: string } | { note: string },
): void {
  tx.write(
    tx.db
      .updateTable('objection_mark')
      .set(change)
      .where('chain_id', '=', tx.chain)
      .where('request_id', '=', request),
  );
}
