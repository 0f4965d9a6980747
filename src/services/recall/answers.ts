import { z } from 'zod';
import { type HeldStock, holdStock } from '../../flows/goods/index.ts';
import {
  decodeCursor,
  limits,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { getNotice, lockOpenRecall, lockReceived } from './notices.ts';
import { lotsOfItems } from './product-lots.ts';
import type { noticeAnswer, RecallLine, RecallNotice } from './schema.ts';

const lineColumns = [
  'line_no',
  'notice_id',
  'is_own',
  'item',
  'lot',
  'state',
  'place',
  'inside',
  'ended',
  'quantity',
  'unit',
] as const;
const answerColumns = [
  'line_no',
  'kept',
  'destroyed',
  'passed_on',
  'missing',
  'remark',
  'answered_at',
] as const;

/** Lines of a recall, or of one notice, with the newest answer to each. */
export async function listLines(
  tx: Tx,
  of: { recall_id: string; notice_id?: string | undefined },
  { limit, after }: PageQuery,
) {
  let rows = tx.db
    .selectFrom('recall_line')
    .select(lineColumns)
    .select('list_id')
    .where('chain_id', '=', tx.chain)
    .where('recall_id', '=', of.recall_id);
  if (of.notice_id) rows = rows.where('list_id', '=', of.notice_id);
  if (after) {
    const [list, line_no] = decodeCursor(after, z.tuple([uuid, z.int()]));
    rows = rows.where(({ or, and, eb }) =>
      or([eb('list_id', '>', list), and([eb('list_id', '=', list), eb('line_no', '>', line_no)])]),
    );
  }
  const found = await rows
    .orderBy('list_id')
    .orderBy('line_no')
    .limit(limit + 1)
    .execute();
  const { items, next } = pageOf(found, limit, ({ list_id, line_no }) => [list_id, line_no]);
  const answers = await newestAnswers(tx, items);
  return {
    items: items.map(({ list_id, ...line }): RecallLine => {
      const answer = answers.get(`${list_id} ${line.line_no}`) ?? null;
      return { ...line, state: line.state as RecallLine['state'], answer };
    }),
    next,
  };
}

async function newestAnswers(tx: Tx, lines: readonly { list_id: string; line_no: number }[]) {
  if (lines.length === 0) return new Map<string, never>();
  const lists = [...new Set(lines.map(({ list_id }) => list_id))];
  const rows = await tx.db
    .selectFrom('recall_answer')
    .distinctOn(['notice_id', 'line_no'])
    .select(answerColumns)
    .select('notice_id')
    .where('chain_id', '=', tx.chain)
    .where('notice_id', 'in', lists)
    .where('line_no', 'in', [...new Set(lines.map(({ line_no }) => line_no))])
    .orderBy('notice_id')
    .orderBy('line_no')
    .orderBy('id', 'desc')
    .execute();
  return new Map(
    rows.map(({ notice_id, line_no, ...answer }) => [`${notice_id} ${line_no}`, answer]),
  );
}

/**
 * Says what was found of the goods in a notice. A later answer to a line replaces the one before;
 * a quantity that is not the one listed is taken as it is, and shows as a difference.
 * @throws kernel.not_found, recall.not_addressee, recall.closed, recall.line_unknown,
 *   recall.line_twice
 */
export async function answerNotice(
  tx: Tx,
  id: string,
  { lines }: z.output<typeof noticeAnswer>,
): Promise<RecallNotice> {
  const notice = await lockReceived(tx, id);
  const known = await linesOf(tx, notice);
  const seen = new Set<number>();
  for (const { line_no } of lines) {
    if (!known.some((line) => line.line_no === line_no)) {
      throw fault('recall.line_unknown', { line_no });
    }
    if (seen.has(line_no)) throw fault('recall.line_twice', { line_no });
    seen.add(line_no);
  }
  const { recall_id, owner_id } = notice;
  tx.append(
    'recall_answer',
    lines.map(({ remark, ...line }) => ({
      ...{ chain_id: tx.chain, id: tx.newId(), notice_id: id, recall_id },
      ...{ owner_id: tx.actor.party, asked_by_id: owner_id, remark: remark ?? null },
      ...line,
      answered_at: tx.now,
    })),
  );
  tx.write(
    tx.db
      .updateTable('recall_notice')
      .set({ answered_at: tx.now, acknowledged_at: notice.acknowledged_at ?? tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: 'recall.notice.answered',
    subject: id,
    parties: [owner_id, tx.actor.party],
    body: { number: notice.number, lines },
  });
  await tx.settle();
  return getNotice(tx, id);
}

/** Lines of a notice, of which there are `limits.recall_lines` at most. */
async function linesOf(tx: Tx, { id, recall_id }: { id: string; recall_id: string }) {
  return tx.db
    .selectFrom('recall_line')
    .select(['line_no', 'item'])
    .where('chain_id', '=', tx.chain)
    .where('recall_id', '=', recall_id)
    .where('list_id', '=', id)
    .orderBy('line_no')
    .limit(limits.recall_lines)
    .execute();
}

/**
 * Takes what the actor has of the goods in a notice out of sale.
 * @throws kernel.not_found, recall.not_addressee, recall.closed, goods.too_much_to_hold
 */
export async function holdForNotice(tx: Tx, id: string): Promise<{ held: HeldStock[] }> {
  const notice = await lockReceived(tx, id);
  const items = (await linesOf(tx, notice)).map(({ item }) => item);
  return hold(tx, items, notice);
}

/**
 * Takes what the owner of a recall has of all its goods out of sale, also what lies where no event
 * says so.
 * @throws kernel.not_found, recall.closed, goods.too_much_to_hold
 */
export async function holdForRecall(tx: Tx, id: string): Promise<{ held: HeldStock[] }> {
  const recall = await lockOpenRecall(tx, id);
  const rows = await tx.db
    .selectFrom('recall_line')
    .select('item')
    .distinct()
    .where('chain_id', '=', tx.chain)
    .where('recall_id', '=', id)
    .limit(limits.recall_lines)
    .execute();
  return hold(
    tx,
    rows.map(({ item }) => item),
    recall,
  );
}

async function hold(
  tx: Tx,
  items: readonly string[],
  { id, number, title }: { id: string; number: string; title: string },
): Promise<{ held: HeldStock[] }> {
  const { lots, gtins } = await lotsOfItems(tx, items);
  const reason = `${number} ${title}`;
  return { held: await holdStock(tx, { lots, gtins, reason, subject: id }) };
}
