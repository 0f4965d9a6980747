import { z } from 'zod';
import { membersNamed } from '../../flows/goods/index.ts';
import {
  decodeCursor,
  kernelFault,
  limits,
  pageOf,
  recordFact,
  recordFacts,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { addUp, sumsOf } from './progress.ts';
import type { noticeQuery, RecallNotice, sending } from './schema.ts';

const columns = [
  'id',
  'recall_id',
  'owner_id',
  'addressee_uri',
  'addressee_id',
  'number',
  'title',
  'hazard',
  'grade',
  'note',
  'told_by',
  'drafted_at',
  'sent_at',
  'acknowledged_at',
  'answered_at',
  'closed_at',
] as const;

const ofChain = (tx: Tx) =>
  tx.db.selectFrom('recall_notice').select(columns).where('chain_id', '=', tx.chain);
type Row = Awaited<ReturnType<ReturnType<typeof ofChain>['executeTakeFirstOrThrow']>>;

function stateOf(row: Row): RecallNotice['state'] {
  if (row.closed_at !== null) return 'closed';
  if (row.answered_at !== null) return 'answered';
  if (row.acknowledged_at !== null) return 'acknowledged';
  return row.sent_at === null ? 'draft' : 'sent';
}

/**
 * Rows of which the drafts go to whom their URI names now: between a draft and its sending a party
 * may have come to the chain or left it, and who left would never read what it was sent.
 */
async function addressed(tx: Tx, rows: readonly Row[]): Promise<Row[]> {
  const drafts = rows.filter(({ sent_at }) => sent_at === null);
  const members = await membersNamed(
    tx,
    drafts.map(({ addressee_uri }) => addressee_uri),
  );
  return rows.map((row) =>
    row.sent_at === null ? { ...row, addressee_id: members.get(row.addressee_uri) ?? null } : row,
  );
}

/** Rows with what became of their goods. */
async function withProgress(tx: Tx, found: readonly Row[]): Promise<RecallNotice[]> {
  if (found.length === 0) return [];
  const rows = await addressed(tx, found);
  const sums = await sumsOf(tx, { notice_ids: rows.map(({ id }) => id) });
  const counts = await tx.db
    .selectFrom('recall_line')
    .select(['notice_id', ({ fn }) => fn.countAll<bigint>().as('lines')])
    .where('chain_id', '=', tx.chain)
    .where(
      'notice_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy('notice_id')
    .execute();
  const lines = new Map(counts.map((one) => [one.notice_id, Number(one.lines)]));
  return rows.map((row) => ({
    ...row,
    grade: row.grade as RecallNotice['grade'],
    state: stateOf(row),
    line_count: lines.get(row.id) ?? 0,
    progress: addUp(sums.filter(({ notice_id }) => notice_id === row.id)),
  }));
}

/** All notices of a recall of the actor's, of which there are `limits.recall_notices` at most. */
export async function noticesOf(tx: Tx, recall_id: string): Promise<RecallNotice[]> {
  const rows = await ofChain(tx)
    .where('recall_id', '=', recall_id)
    .orderBy('id')
    .limit(limits.recall_notices)
    .execute();
  return withProgress(tx, rows);
}

/** @throws kernel.not_found where there is none, or it is not the actor's to see (yet) */
export async function getNotice(tx: Tx, id: string): Promise<RecallNotice> {
  const row = await ofChain(tx).where('id', '=', id).executeTakeFirst();
  if (!row) throw kernelFault('kernel.not_found');
  const [notice] = await withProgress(tx, [row]);
  return notice as RecallNotice;
}

/** Notices that the actor has sent or drafted, and those it was sent; newest first. */
export async function listNotices(tx: Tx, query: z.output<typeof noticeQuery>) {
  let rows = ofChain(tx);
  const { side, state, recall_id, after, limit } = query;
  if (side === 'received') rows = rows.where('shown_to_id', '=', tx.actor.party);
  if (side === 'sent') rows = rows.where('owner_id', '=', tx.actor.party);
  if (recall_id) rows = rows.where('recall_id', '=', recall_id);
  if (state === 'closed') rows = rows.where('closed_at', 'is not', null);
  if (state === 'open' || state === 'answered') {
    rows = rows
      .where('closed_at', 'is', null)
      .where('answered_at', state === 'open' ? 'is' : 'is not', null);
  }
  if (after) rows = rows.where('id', '<', decodeCursor(after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, next } = pageOf(found, limit, ({ id }) => [id]);
  return { items: await withProgress(tx, items), next };
}

/** The recall of the actor's, locked. @throws kernel.not_found, recall.closed */
export async function lockOpenRecall(tx: Tx, id: string) {
  const row = await tx.db
    .selectFrom('recall')
    .select(['id', 'number', 'title', 'hazard', 'first_sent_at', 'closed_at'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw kernelFault('kernel.not_found');
  if (row.closed_at !== null) throw fault('recall.closed');
  return row;
}

/**
 * Sends notices: a member of the chain sees its own from then on. A party outside has to be told by
 * other means, and `told_by` says how.
 * @returns how many went out
 * @throws kernel.not_found, recall.closed, recall.nothing_to_send
 */
export async function sendNotices(
  tx: Tx,
  recall_id: string,
  { notice_ids, note, told_by }: z.output<typeof sending>,
): Promise<{ sent: number }> {
  const recall = await lockOpenRecall(tx, recall_id);
  let drafts = ofChain(tx).where('recall_id', '=', recall_id).where('sent_at', 'is', null);
  if (notice_ids) drafts = drafts.where('id', 'in', notice_ids);
  const found = await drafts.orderBy('id').limit(limits.recall_notices).execute();
  const rows = (await addressed(tx, found)).filter(
    ({ addressee_id }) => addressee_id !== null || told_by !== undefined,
  );
  if (rows.length === 0) throw fault('recall.nothing_to_send');
  for (const { id, addressee_id } of rows) {
    const shown = { shown_to_id: addressee_id };
    tx.write(
      tx.db
        .updateTable('recall_notice')
        .set({ ...shown, addressee_id, note: note ?? null, sent_at: tx.now })
        .set({ told_by: addressee_id === null ? (told_by ?? null) : null })
        .where('chain_id', '=', tx.chain)
        .where('id', '=', id),
    );
    tx.write(
      tx.db
        .updateTable('recall_line')
        .set(shown)
        .where('chain_id', '=', tx.chain)
        .where('recall_id', '=', recall_id)
        .where('list_id', '=', id),
    );
  }
  if (recall.first_sent_at === null) {
    tx.write(ofRecall(tx, recall_id).set({ first_sent_at: tx.now }));
  }
  const { number, title, hazard } = recall;
  // One fact for each: a party must not see who else was told.
  await recordFacts(
    tx,
    rows.map(({ id, addressee_id, addressee_uri }) => ({
      type: 'recall.notice.sent',
      subject: id,
      parties: [tx.actor.party, ...(addressee_id === null ? [] : [addressee_id])],
      body: { number, title, hazard, addressee_uri, note: note ?? null },
    })),
  );
  return { sent: rows.length };
}

export const ofRecall = (tx: Tx, id: string) =>
  tx.db.updateTable('recall').where('chain_id', '=', tx.chain).where('id', '=', id);

/** The notice that the actor was sent, locked. @throws kernel.not_found, recall.not_addressee */
export async function lockReceived(tx: Tx, id: string): Promise<RecallNotice> {
  const row = await ofChain(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw kernelFault('kernel.not_found');
  if (row.addressee_id !== tx.actor.party) throw fault('recall.not_addressee');
  if (row.closed_at !== null) throw fault('recall.closed');
  const [notice] = await withProgress(tx, [row]);
  return notice as RecallNotice;
}

/** Says that the notice has come; a second time changes nothing. @throws see `lockReceived` */
export async function acknowledgeNotice(tx: Tx, id: string): Promise<RecallNotice> {
  const notice = await lockReceived(tx, id);
  if (notice.acknowledged_at !== null) return notice;
  tx.write(
    tx.db
      .updateTable('recall_notice')
      .set({ acknowledged_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: 'recall.notice.acknowledged',
    subject: id,
    parties: [notice.owner_id, tx.actor.party],
    body: { number: notice.number },
  });
  const state = notice.state === 'sent' ? 'acknowledged' : notice.state;
  return { ...notice, state, acknowledged_at: tx.now };
}
