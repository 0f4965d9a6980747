import { recordFact, type Tx, toJson } from '../../kernel/index.ts';
import { allocate } from './allocations.ts';
import { lesser } from './amounts.ts';
import { fault } from './faults.ts';
import { lockPayment, type PaymentRow } from './payment-rows.ts';
import type { Allocation, NewPayment } from './schema.ts';

const LONGEST_LIST = 200;

/**
 * Records a transfer. The payer says that it paid and what for; nothing is booked until the payee
 * confirms. Recorded by the payee, who has the money, it is confirmed at once.
 *
 * @returns the id of the payment
 * @throws money.not_your_part, money.pays_itself, money.in_future, money.payment_known, and what
 *   `confirmPayment` throws
 */
export async function recordPayment(tx: Tx, input: NewPayment): Promise<string> {
  const { remittance, ...given } = input;
  if (given.payer_id === given.payee_id) throw fault('money.pays_itself');
  if (![given.payer_id, given.payee_id].includes(tx.actor.party)) {
    throw fault('money.not_your_part', { zh: '付款方或收款方', en: 'payer or payee' });
  }
  if (given.paid_on > tx.today) throw fault('money.in_future', { date: given.paid_on });
  const id = tx.newId();
  const added = await tx.db
    .insertInto('payment')
    .values({
      chain_id: tx.chain,
      id,
      ...given,
      allocated_minor: 0n,
      remittance: toJson(remittance),
      state: 'recorded',
      reason: null,
      recorded_by: tx.actor.party,
      recorded_at: tx.now,
      confirmed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) {
    throw fault('money.payment_known', { reference: given.reference });
  }
  await recordFact(tx, {
    type: 'money.payment.recorded',
    subject: id,
    parties: [given.payer_id, given.payee_id],
    body: { ...given, remittance },
  });
  if (tx.actor.party === given.payee_id) await confirmPayment(tx, id, []);
  return id;
}

/**
 * The payee has the money. Both books are written, and the payment is put against what the payee
 * names, else what the payer named, else the debts that are due, the oldest first (民法典 第560条).
 *
 * @throws money.payment_unknown, money.payment_state, money.not_your_part, and the faults of
 *   `allocate`
 */
export async function confirmPayment(
  tx: Tx,
  id: string,
  named: readonly Allocation[],
): Promise<void> {
  const payment = await lockPayment(tx, id);
  if (tx.actor.party !== payment.payee_id) {
    throw fault('money.not_your_part', { zh: '收款方', en: 'payee' });
  }
  if (payment.state !== 'recorded') throw fault('money.payment_state', { state: payment.state });
  const strict = named.length > 0;
  const wanted = [named, payment.remittance].find((list) => list.length > 0);
  await allocate(tx, payment, wanted ?? (await oldestDue(tx, payment)), {
    strict,
    isConfirmation: true,
  });
}

/**
 * Puts what is left of a confirmed payment against more receivables; either side may.
 * @throws money.payment_unknown, money.payment_state, and the faults of `allocate`
 */
export async function allocatePayment(
  tx: Tx,
  id: string,
  wanted: readonly Allocation[],
): Promise<void> {
  const payment = await lockPayment(tx, id);
  if (payment.state !== 'confirmed') throw fault('money.payment_state', { state: payment.state });
  await allocate(tx, payment, wanted, { strict: true, isConfirmation: false });
}

/**
 * The payee never got the money, and says why. The payer may record the transfer again.
 * @throws money.payment_unknown, money.payment_state, money.not_your_part
 */
export async function refusePayment(tx: Tx, id: string, reason: string): Promise<void> {
  const payment = await lockPayment(tx, id);
  if (tx.actor.party !== payment.payee_id) {
    throw fault('money.not_your_part', { zh: '收款方', en: 'payee' });
  }
  if (payment.state !== 'recorded') throw fault('money.payment_state', { state: payment.state });
  tx.write(
    tx.db
      .updateTable('payment')
      .set({ state: 'refused', reason })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: 'money.payment.refused',
    subject: id,
    parties: [payment.payer_id, payment.payee_id],
    body: { reason },
  });
}

/** The open debts of the pair, the oldest due first, as far as the payment reaches. */
async function oldestDue(tx: Tx, payment: PaymentRow): Promise<Allocation[]> {
  const rows = await tx.db
    .selectFrom('receivable')
    .select(['id', 'open_minor', 'disputed_minor'])
    .where('chain_id', '=', tx.chain)
    .where('seller_id', '=', payment.payee_id)
    .where('buyer_id', '=', payment.payer_id)
    .where('currency', '=', payment.currency)
    .where('open_minor', '>', 0n)
    .orderBy('due_on')
    .orderBy('id')
    .limit(LONGEST_LIST)
    .execute();
  let left = payment.amount_minor;
  return rows.flatMap(({ id, open_minor, disputed_minor }): Allocation[] => {
    const amount_minor = lesser(open_minor - disputed_minor, left);
    left -= amount_minor;
    return amount_minor > 0n ? [{ receivable_id: id, toward: 'principal', amount_minor }] : [];
  });
}
