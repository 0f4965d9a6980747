import { recordFact, type Tx } from '../../kernel/index.ts';
import { releasePaid } from './allocations.ts';
import { closeDisputes } from './disputes.ts';
import { fault } from './faults.ts';
import { linesOf, writeEntries } from './posting.ts';
import { changeReceivable, lockReceivable, type ReceivableRow } from './receivable-rows.ts';
import type { NewCredit } from './schema.ts';

/**
 * Takes a credit note off what is owed, once; what was paid already becomes an advance again. One
 * that is larger than the undisputed part answers the open disputes: they are closed as credited,
 * and what is left is undisputed.
 *
 * @throws money.receivable_unknown, money.not_your_part, money.above_open, money.credit_note_used
 */
export async function applyCreditNote(tx: Tx, input: NewCredit): Promise<void> {
  const before = await lockReceivable(tx, input.receivable_id);
  if (tx.actor.party !== before.seller_id) {
    throw fault('money.not_your_part', { zh: '开票方', en: 'seller' });
  }
  const amount_minor = input.net_minor + input.tax_minor;
  const { number, open_minor, paid_minor } = before;
  if (amount_minor > open_minor + paid_minor) {
    throw fault('money.above_open', { number, open: open_minor + paid_minor });
  }
  const excess = amount_minor - open_minor;
  const row = excess > 0n ? await releasePaid(tx, before, excess) : before;
  await insertCredit(tx, row, input, amount_minor);
  const answers = amount_minor > row.open_minor - row.disputed_minor;
  if (answers) await closeDisputes(tx, row.id, 'credited');
  await changeReceivable(tx, row, {
    credited_minor: row.credited_minor + amount_minor,
    disputed_minor: answers ? 0n : row.disputed_minor,
    settled_on: input.credited_on,
  });
  const fact_id = await recordFact(tx, {
    type: 'money.credit_note.applied',
    subject: row.id,
    parties: [row.seller_id, row.buyer_id],
    body: { ...input, amount_minor },
  });
  await bookCredit(tx, row, input, fact_id);
}

async function insertCredit(
  tx: Tx,
  row: ReceivableRow,
  input: NewCredit,
  amount_minor: bigint,
): Promise<void> {
  const added = await tx.db
    .insertInto('receivable_credit')
    .values({
      chain_id: tx.chain,
      ...input,
      seller_id: row.seller_id,
      buyer_id: row.buyer_id,
      amount_minor,
      recorded_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) {
    throw fault('money.credit_note_used', { number: input.number });
  }
}

/** The entries of the invoice the other way round, over the credited part. */
async function bookCredit(
  tx: Tx,
  { id, seller_id, buyer_id, currency, revenue_account, cost_account }: ReceivableRow,
  { net_minor, tax_minor, credited_on, number }: NewCredit,
  fact_id: string,
): Promise<void> {
  const total = net_minor + tax_minor;
  const shared = {
    kind: 'credit_note' as const,
    subject_id: id,
    fact_id,
    booked_on: credited_on,
    memo: number,
  };
  await writeEntries(tx, [
    {
      ...shared,
      owner_id: seller_id,
      counterparty_id: buyer_id,
      lines: linesOf(
        currency,
        [revenue_account, net_minor],
        ['2221.02', tax_minor],
        ['1122', -total],
      ),
    },
    {
      ...shared,
      owner_id: buyer_id,
      counterparty_id: seller_id,
      lines: linesOf(
        currency,
        ['2202', total],
        [cost_account, -net_minor],
        ['2221.01', -tax_minor],
      ),
    },
  ]);
}
