import { z } from 'zod';
import { instant, longText, minorUnits, recordFact, type Tx, uuid } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { type Invoice, leftToCredit, lockInvoice } from './invoices.ts';

/** A part of an invoice that the buyer contests; the rest stays payable. */
export const dispute = z
  .object({
    id: uuid,
    invoice_id: uuid,
    amount_minor: minorUnits,
    reason: z.string(),
    state: z.enum(['open', 'withdrawn', 'credited']),
    opened_at: instant,
    closed_at: instant.nullable(),
  })
  .meta({ id: 'Dispute' });
export type Dispute = z.output<typeof dispute>;

export const newDispute = z.object({ amount_minor: minorUnits, reason: longText });

const columns = [
  'id',
  'invoice_id',
  'amount_minor',
  'reason',
  'state',
  'opened_at',
  'closed_at',
] as const;

async function setDisputed(tx: Tx, invoice: Invoice, disputed_minor: bigint): Promise<void> {
  tx.write(
    tx.db
      .updateTable('invoice')
      .set({ disputed_minor })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', invoice.id),
  );
}

/**
 * The buyer contests a part of an invoice: no more than is neither credited nor contested already.
 * @throws commerce.not_the_buyer, commerce.dispute_too_large
 */
export async function openDispute(
  tx: Tx,
  invoiceId: string,
  input: z.output<typeof newDispute>,
): Promise<{ dispute: Dispute; invoice: Invoice }> {
  const invoice = await lockInvoice(tx, invoiceId);
  if (invoice.buyer.id !== tx.actor.party) throw fault('commerce.not_the_buyer');
  const uncredited = await leftToCredit(tx, invoiceId, invoice.total_minor);
  const left = uncredited - invoice.disputed_minor;
  if (input.amount_minor <= 0n || input.amount_minor > left || invoice.kind !== 'invoice') {
    throw fault('commerce.dispute_too_large', { asked: input.amount_minor, left });
  }
  const row = {
    id: tx.newId(),
    invoice_id: invoiceId,
    ...input,
    state: 'open' as const,
    opened_at: tx.now,
    closed_at: null,
  };
  const parties = { seller_id: invoice.seller.id, buyer_id: invoice.buyer.id };
  tx.append('dispute', [{ chain_id: tx.chain, ...parties, ...row }]);
  const disputed_minor = invoice.disputed_minor + input.amount_minor;
  await setDisputed(tx, invoice, disputed_minor);
  await recordFact(tx, {
    type: 'commerce.dispute.opened',
    subject: invoice.order_id ?? invoiceId,
    parties: [parties.seller_id, parties.buyer_id],
    body: { invoice_number: invoice.number, currency: invoice.currency, ...row },
  });
  return { dispute: row, invoice: { ...invoice, disputed_minor } };
}

/**
 * Ends a dispute: the buyer withdraws it and pays, or the seller has credited it.
 * @throws commerce.dispute_unknown, commerce.dispute_closed, commerce.not_the_buyer
 */
export async function closeDispute(
  tx: Tx,
  id: string,
  state: 'withdrawn' | 'credited',
): Promise<{ dispute: Dispute; invoice: Invoice }> {
  const found = await tx.db
    .selectFrom('dispute')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw fault('commerce.dispute_unknown');
  if (found.state !== 'open') throw fault('commerce.dispute_closed');
  const invoice = await lockInvoice(tx, found.invoice_id);
  const party = state === 'withdrawn' ? invoice.buyer.id : invoice.seller.id;
  if (party !== tx.actor.party) {
    throw fault(state === 'withdrawn' ? 'commerce.not_the_buyer' : 'commerce.not_the_seller');
  }
  tx.write(
    tx.db
      .updateTable('dispute')
      .set({ state, closed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  const disputed_minor = invoice.disputed_minor - found.amount_minor;
  await setDisputed(tx, invoice, disputed_minor);
  await recordFact(tx, {
    type: 'commerce.dispute.closed',
    subject: invoice.order_id ?? invoice.id,
    parties: [invoice.seller.id, invoice.buyer.id],
    body: {
      dispute_id: id,
      invoice_number: invoice.number,
      state,
      amount_minor: found.amount_minor,
      currency: invoice.currency,
    },
  });
  const closed = { ...(found as Dispute), state, closed_at: tx.now };
  return { dispute: closed, invoice: { ...invoice, disputed_minor } };
}

/** The disputes of an invoice, or all open ones of the actor's. */
export async function listDisputes(tx: Tx, invoiceId?: string): Promise<Dispute[]> {
  let rows = tx.db.selectFrom('dispute').select(columns).where('chain_id', '=', tx.chain);
  rows = invoiceId ? rows.where('invoice_id', '=', invoiceId) : rows.where('state', '=', 'open');
  return (await rows.orderBy('id').limit(200).execute()) as Dispute[];
}
