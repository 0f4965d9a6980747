import { sql } from 'kysely';
import { assert, recordFact, type Tx } from '../../kernel/index.ts';
import { lesser } from './amounts.ts';
import { fault } from './faults.ts';
import { lockPayment, type PaymentRow } from './payment-rows.ts';
import { linesOf, type NewEntry, type Posting, writeEntries } from './posting.ts';
import { changeReceivable, lockReceivables, type ReceivableRow } from './receivable-rows.ts';
import type { Allocation } from './schema.ts';

/** How much still fits. A contested part is not paid: the buyer withdraws the dispute first. */
function roomFor(row: ReceivableRow, { toward }: Pick<Allocation, 'toward'>): bigint {
  return toward === 'principal'
    ? row.open_minor - row.disputed_minor
    : row.interest_minor - row.interest_paid_minor;
}

/**
 * Puts a confirmed payment, or what is left of it, against receivables. The receivables are changed
 * and both books written; what is left over stays an advance.
 *
 * @param options `strict`: an allocation that does not fit is a fault; otherwise it is cut to what
 *   is open, since the payer's remittance may be older than a credit note. `isConfirmation`: the
 *   money itself is booked in the same command.
 * @throws money.receivable_unknown, money.wrong_pair, money.above_open, money.above_payment
 */
export async function allocate(
  tx: Tx,
  payment: PaymentRow,
  wanted: readonly Allocation[],
  options: { strict: boolean; isConfirmation: boolean },
): Promise<void> {
  const rows = await lockReceivables(
    tx,
    wanted.map(({ receivable_id }) => receivable_id),
  );
  const made = fitted(payment, rows, wanted, options.strict);
  const sum = made.reduce((total, { amount_minor }) => total + amount_minor, 0n);
  if (sum > payment.amount_minor - payment.allocated_minor) {
    throw fault('money.above_payment', { left: payment.amount_minor - payment.allocated_minor });
  }
  await changeReceivables(tx, payment, rows, made);
  await insertAllocations(tx, payment, made);
  await changePayment(tx, payment, sum, options.isConfirmation);
  const fact_id = await recordFact(tx, {
    type: options.isConfirmation ? 'money.payment.confirmed' : 'money.payment.allocated',
    subject: payment.id,
    parties: [payment.payer_id, payment.payee_id],
    body: { amount_minor: payment.amount_minor, allocations: made },
  });
  await writeEntries(tx, paymentEntries(tx, payment, made, options.isConfirmation, fact_id));
}

/**
 * Takes a part of what was paid on a receivable off again, the newest payment first: a credit note
 * came after the money. The payments are advances again by that much, free for other invoices.
 * @returns the receivable as it stands then
 */
export async function releasePaid(
  tx: Tx,
  row: ReceivableRow,
  amount_minor: bigint,
): Promise<ReceivableRow> {
  let left = amount_minor;
  for (const { payment, paid_minor } of await paymentsOn(tx, row.id)) {
    if (left === 0n) break;
    const part = lesser(left, paid_minor);
    left -= part;
    const back: Allocation[] = [
      { receivable_id: row.id, toward: 'principal', amount_minor: -part },
    ];
    await insertAllocations(tx, payment, back);
    await changePayment(tx, payment, -part, false);
    const fact_id = await recordFact(tx, {
      type: 'money.payment.released',
      subject: payment.id,
      parties: [payment.payer_id, payment.payee_id],
      body: { receivable_id: row.id, number: row.number, amount_minor: part },
    });
    await writeEntries(tx, paymentEntries(tx, payment, back, false, fact_id));
  }
  assert(left === 0n, 'a receivable is paid by its allocations');
  const paid_minor = row.paid_minor - amount_minor;
  await changeReceivable(tx, row, { paid_minor });
  return { ...row, paid_minor, open_minor: row.open_minor + amount_minor };
}

/** The payments that pay the principal of a receivable, and by how much, the newest first. */
async function paymentsOn(tx: Tx, receivable_id: string) {
  const paid = await tx.db
    .selectFrom('payment_allocation')
    .select(['payment_id', sql<bigint>`sum(amount_minor)::bigint`.as('paid_minor')])
    .where('chain_id', '=', tx.chain)
    .where('receivable_id', '=', receivable_id)
    .where('toward', '=', 'principal')
    .groupBy('payment_id')
    .having(sql`sum(amount_minor)`, '>', 0)
    .orderBy('payment_id', 'desc')
    .execute();
  const found = [];
  for (const { payment_id, paid_minor } of paid) {
    found.push({ payment: await lockPayment(tx, payment_id), paid_minor });
  }
  return found;
}

function fitted(
  payment: PaymentRow,
  rows: ReadonlyMap<string, ReceivableRow>,
  wanted: readonly Allocation[],
  strict: boolean,
): Allocation[] {
  const taken = new Map<string, bigint>();
  return wanted.flatMap((allocation) => {
    const row = rows.get(allocation.receivable_id);
    assert(row, 'every receivable of an allocation is locked');
    const isPair = row.seller_id === payment.payee_id && row.buyer_id === payment.payer_id;
    if (!isPair || row.currency !== payment.currency) {
      throw fault('money.wrong_pair', { number: row.number });
    }
    const key = `${row.id} ${allocation.toward}`;
    const room = roomFor(row, allocation) - (taken.get(key) ?? 0n);
    if (strict && allocation.amount_minor > room) {
      throw fault('money.above_open', { number: row.number, open: room });
    }
    const amount_minor = lesser(allocation.amount_minor, room);
    taken.set(key, (taken.get(key) ?? 0n) + amount_minor);
    return amount_minor > 0n ? [{ ...allocation, amount_minor }] : [];
  });
}

async function changeReceivables(
  tx: Tx,
  payment: PaymentRow,
  rows: ReadonlyMap<string, ReceivableRow>,
  made: readonly Allocation[],
): Promise<void> {
  for (const row of rows.values()) {
    const own = made.filter(({ receivable_id }) => receivable_id === row.id);
    if (own.length === 0) continue;
    const principal = sumOf(own, 'principal');
    await changeReceivable(tx, row, {
      paid_minor: row.paid_minor + principal,
      interest_paid_minor: row.interest_paid_minor + sumOf(own, 'interest'),
      settled_on: payment.paid_on,
    });
  }
}

async function insertAllocations(
  tx: Tx,
  payment: PaymentRow,
  made: readonly Allocation[],
): Promise<void> {
  if (made.length === 0) return;
  tx.append(
    'payment_allocation',
    made.map((allocation) => ({
      chain_id: tx.chain,
      id: tx.newId(),
      payment_id: payment.id,
      payer_id: payment.payer_id,
      payee_id: payment.payee_id,
      ...allocation,
      paid_on: payment.paid_on,
      allocated_on: tx.today,
    })),
  );
}

async function changePayment(
  tx: Tx,
  payment: PaymentRow,
  sum: bigint,
  isConfirmation: boolean,
): Promise<void> {
  tx.write(
    tx.db
      .updateTable('payment')
      .set({
        allocated_minor: payment.allocated_minor + sum,
        ...(isConfirmation ? { state: 'confirmed', confirmed_at: tx.now } : {}),
      })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', payment.id),
  );
}

/**
 * A confirmed payment moves money: payee Dr 银行存款 / Cr 应收账款, 应收利息, and 预收账款 for what
 * pays nothing yet; payer the other way round, with 预付账款. A later allocation moves the advance.
 */
function paymentEntries(
  tx: Tx,
  payment: PaymentRow,
  made: readonly Allocation[],
  isConfirmation: boolean,
  fact_id: string,
): NewEntry[] {
  const principal = sumOf(made, 'principal');
  const interest = sumOf(made, 'interest');
  const { amount_minor, currency, payer_id, payee_id } = payment;
  const moved = isConfirmation ? amount_minor : 0n;
  const advance = principal + interest - moved;
  const shared = {
    kind: isConfirmation ? ('payment' as const) : ('allocation' as const),
    subject_id: payment.id,
    fact_id,
    booked_on: isConfirmation ? payment.paid_on : tx.today,
    memo: payment.reference ?? '',
  };
  const mirrored = (sign: bigint, codes: readonly [string, string, string, string]): Posting[] => [
    [codes[0], sign * moved],
    [codes[1], sign * -principal],
    [codes[2], sign * -interest],
    [codes[3], sign * advance],
  ];
  return [
    {
      ...shared,
      owner_id: payee_id,
      counterparty_id: payer_id,
      lines: linesOf(currency, ...mirrored(1n, ['1002', '1122', '1132', '2203'])),
    },
    {
      ...shared,
      owner_id: payer_id,
      counterparty_id: payee_id,
      lines: linesOf(currency, ...mirrored(-1n, ['1002', '2202', '2231', '1123'])),
    },
  ];
}

function sumOf(made: readonly Allocation[], toward: Allocation['toward']): bigint {
  return made.reduce(
    (sum, allocation) => (allocation.toward === toward ? sum + allocation.amount_minor : sum),
    0n,
  );
}
