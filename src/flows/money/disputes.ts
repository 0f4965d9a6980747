import { recordFact, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { changeReceivable, lockReceivable } from './receivable-rows.ts';
import type { NewDispute } from './schema.ts';

/**
 * Sets a part aside that the buyer contests. The rest stays payable: Decree 802, article 15.
 * @throws money.receivable_unknown, money.not_your_part, money.above_open, money.dispute_known
 */
export async function disputePart(tx: Tx, input: NewDispute): Promise<void> {
  const row = await lockReceivable(tx, input.receivable_id);
  if (tx.actor.party !== row.buyer_id) {
    throw fault('money.not_your_part', { zh: '采购方', en: 'buyer' });
  }
  const undisputed = row.open_minor - row.disputed_minor;
  if (input.amount_minor > undisputed) {
    throw fault('money.above_open', { number: row.number, open: undisputed });
  }
  const added = await tx.db
    .insertInto('receivable_dispute')
    .values({
      chain_id: tx.chain,
      ...input,
      seller_id: row.seller_id,
      buyer_id: row.buyer_id,
      state: 'open',
      raised_on: tx.today,
      closed_on: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw fault('money.dispute_known');
  await changeReceivable(tx, row, { disputed_minor: row.disputed_minor + input.amount_minor });
  await recordFact(tx, {
    type: 'money.dispute.raised',
    subject: row.id,
    parties: [row.seller_id, row.buyer_id],
    body: input,
  });
}

/**
 * Closes a dispute: the buyer withdraws it, and the part is payable again as if never contested; or
 * the seller concedes it, and a credit note follows.
 * @throws money.dispute_unknown, money.not_your_part
 */
export async function settleDispute(
  tx: Tx,
  input: { id: string; outcome: 'withdrawn' | 'credited' },
): Promise<void> {
  const dispute = await tx.db
    .selectFrom('receivable_dispute')
    .select(['receivable_id', 'amount_minor'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', input.id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (!dispute) throw fault('money.dispute_unknown');
  const row = await lockReceivable(tx, dispute.receivable_id);
  const mine = input.outcome === 'withdrawn' ? row.buyer_id : row.seller_id;
  if (tx.actor.party !== mine) {
    const [zh, en] = mine === row.buyer_id ? ['采购方', 'buyer'] : ['供应方', 'seller'];
    throw fault('money.not_your_part', { zh, en });
  }
  const closed = await closeDisputes(tx, row.id, input.outcome, input.id);
  // Somebody else closed it while this command waited for the receivable.
  if (closed === 0n) throw fault('money.dispute_unknown');
  await changeReceivable(tx, row, { disputed_minor: row.disputed_minor - dispute.amount_minor });
  await recordFact(tx, {
    type: 'money.dispute.settled',
    subject: row.id,
    parties: [row.seller_id, row.buyer_id],
    body: { ...input, amount_minor: dispute.amount_minor },
  });
}

/** Closes the open disputes of a locked receivable, or the one named. @returns how many */
export async function closeDisputes(
  tx: Tx,
  receivable_id: string,
  state: 'withdrawn' | 'credited',
  id?: string,
): Promise<bigint> {
  let rows = tx.db
    .updateTable('receivable_dispute')
    .set({ state, closed_on: tx.today })
    .where('chain_id', '=', tx.chain)
    .where('receivable_id', '=', receivable_id)
    .where('state', '=', 'open');
  if (id) rows = rows.where('id', '=', id);
  const { numUpdatedRows } = await rows.executeTakeFirst();
  return numUpdatedRows;
}
