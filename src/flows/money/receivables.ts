import { recordFact, type Tx } from '../../kernel/index.ts';
import { checkAccounts } from './accounts.ts';
import { fault } from './faults.ts';
import { lateDailyRate, type PaymentClock, paymentClock } from './payment-clock.ts';
import { linesOf, type NewEntry, writeEntries } from './posting.ts';
import { buyerKind, type NewReceivable, sellerSize } from './schema.ts';

/** What a contract that says nothing of it means. */
const DEFAULTS = {
  inspection_due_on: null,
  accepted_on: null,
  settled_amount_on: null,
  term_days: null,
  industry_norm: false,
  pay_when_paid: false,
  late_rate_yearly: null,
  prime_rate_yearly: null,
  revenue_account: '6001',
  cost_account: '1405',
};

type Filled = Required<NewReceivable>;

/**
 * Opens what is owed on an invoice: sets its payment clock and writes it into both books. The size
 * of the seller and every term are kept as they are now; a later change of either changes nothing.
 *
 * @throws money.not_your_part, money.receivable_exists, money.account_unknown
 */
export async function openReceivable(
  tx: Tx,
  input: NewReceivable,
): Promise<PaymentClock & { id: string }> {
  const given: Filled = { ...DEFAULTS, ...input };
  const { seller_id, buyer_id } = given;
  if (![seller_id, buyer_id].includes(tx.actor.party) || seller_id === buyer_id) {
    throw fault('money.not_your_part', { zh: '开票方或受票方', en: 'seller or buyer' });
  }
  await checkAccounts(tx, seller_id, [given.revenue_account]);
  await checkAccounts(tx, buyer_id, [given.cost_account]);
  const clock = paymentClock(given);
  await insertReceivable(tx, given, clock);
  const fact_id = await recordFact(tx, {
    type: 'money.receivable.opened',
    subject: given.invoice_id,
    parties: [seller_id, buyer_id],
    body: { ...given, ...clock },
  });
  await writeEntries(tx, invoiceEntries(given, fact_id));
  return { id: given.invoice_id, ...clock };
}

async function insertReceivable(tx: Tx, given: Filled, clock: PaymentClock): Promise<void> {
  const { invoice_id, late_rate_yearly, prime_rate_yearly, ...terms } = given;
  const { start_on, ...rules } = clock;
  const total_minor = given.net_minor + given.tax_minor;
  const added = await tx.db
    .insertInto('receivable')
    .values({
      chain_id: tx.chain,
      id: invoice_id,
      ...terms,
      ...rules,
      clock_start_on: start_on,
      late_rate_daily: lateDailyRate(given, late_rate_yearly, prime_rate_yearly),
      total_minor,
      open_minor: total_minor,
      credited_minor: 0n,
      paid_minor: 0n,
      disputed_minor: 0n,
      interest_minor: 0n,
      interest_paid_minor: 0n,
      interest_accrued_to: null,
      settled_on: null,
      recorded_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) {
    throw fault('money.receivable_exists', { number: given.number });
  }
}

/** Seller: Dr 应收账款 / Cr 收入, 销项税额. Buyer: Dr 库存商品, 进项税额 / Cr 应付账款. */
function invoiceEntries(given: Filled, fact_id: string): NewEntry[] {
  const { seller_id, buyer_id, currency, net_minor, tax_minor } = given;
  const total = net_minor + tax_minor;
  const shared = {
    kind: 'invoice' as const,
    subject_id: given.invoice_id,
    fact_id,
    booked_on: given.issued_on,
    memo: given.number,
  };
  return [
    {
      ...shared,
      owner_id: seller_id,
      counterparty_id: buyer_id,
      lines: linesOf(
        currency,
        ['1122', total],
        [given.revenue_account, -net_minor],
        ['2221.02', -tax_minor],
      ),
    },
    {
      ...shared,
      owner_id: buyer_id,
      counterparty_id: seller_id,
      lines: linesOf(
        currency,
        [given.cost_account, net_minor],
        ['2221.01', tax_minor],
        ['2202', -total],
      ),
    },
  ];
}

/**
 * Records the day on which the inspection passed, which sets the clock anew: earlier than the last
 * day agreed, it brings the due date forward; later, it changes nothing.
 *
 * @throws money.receivable_unknown, money.accepted_already, money.not_your_part, money.in_future
 */
export async function recordAcceptance(
  tx: Tx,
  id: string,
  accepted_on: string,
): Promise<PaymentClock> {
  if (accepted_on > tx.today) throw fault('money.in_future', { date: accepted_on });
  const row = await tx.db
    .selectFrom('receivable')
    .select([
      'seller_id',
      'buyer_id',
      'buyer_kind',
      'seller_size',
      'delivered_on',
      'inspection_due_on',
      'accepted_on',
      'settled_amount_on',
      'term_days',
      'industry_norm',
      'pay_when_paid',
    ])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw fault('money.receivable_unknown');
  const { seller_id, buyer_id, ...found } = row;
  if (tx.actor.party !== buyer_id) {
    throw fault('money.not_your_part', { zh: '采购方', en: 'buyer' });
  }
  if (!found.inspection_due_on || found.accepted_on) throw fault('money.accepted_already');
  const clock = paymentClock({
    ...found,
    buyer_kind: buyerKind.parse(found.buyer_kind),
    seller_size: sellerSize.parse(found.seller_size),
    accepted_on,
  });
  const { start_on, ...rules } = clock;
  tx.write(
    tx.db
      .updateTable('receivable')
      .set({ ...rules, clock_start_on: start_on, accepted_on })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: 'money.receivable.accepted',
    subject: id,
    parties: [seller_id, buyer_id],
    body: { accepted_on, ...clock },
  });
  return clock;
}
