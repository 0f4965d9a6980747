import type { z } from 'zod';
import {
  closeDispute,
  type Dispute,
  type Invoice,
  issueCreditNote,
  issueInvoice,
  lastReceivedAt,
  listDisputes,
  type NewCreditNote,
  type NewInvoice,
  type newDispute,
  type Order,
  openDispute,
  type SupplyAgreement,
} from '../../flows/commerce/index.ts';
import {
  applyCreditNote,
  disputePart,
  getReceivable,
  type NewReceivable,
  openReceivable,
  settleDispute,
} from '../../flows/money/index.ts';
import { addDays, dateInZone, type Tx } from '../../kernel/index.ts';

/** Where no agreement says otherwise, nobody has declared a size and no term was agreed. */
const noTerms = {
  buyer_kind: 'sme',
  seller_size: 'undeclared',
  term_days: null,
} as const satisfies Partial<NewReceivable>;

/**
 * What the payment clock needs to know of an invoice's order: when the goods came, until when they
 * could be inspected, and what the two had agreed (Decree 802, articles 3, 8 and 9).
 */
async function clockTermsOf(
  tx: Tx,
  order: Order | null,
  agreement: SupplyAgreement | null,
  issued_on: string,
) {
  const received_at = order ? await lastReceivedAt(tx, order.id) : undefined;
  const delivered_on = received_at ? dateInZone(received_at, tx.zone) : issued_on;
  if (!agreement) return { ...noTerms, delivered_on };
  const inspected = agreement.inspection_days > 0;
  return {
    delivered_on,
    inspection_due_on: inspected ? addDays(delivered_on, agreement.inspection_days) : null,
    accepted_on: inspected && received_at ? delivered_on : null,
    buyer_kind: agreement.buyer_kind,
    seller_size: agreement.seller_size,
    term_days: agreement.payment_days,
    industry_norm: agreement.industry_norm,
    late_rate_yearly: agreement.late_rate_yearly,
    prime_rate_yearly: agreement.prime_rate_yearly,
  };
}

/**
 * The seller invoices: the invoice with its three-way match, what is owed on it with its payment
 * clock, and both sides' books, in one transaction.
 */
export async function billBuyer(tx: Tx, input: NewInvoice): Promise<Invoice> {
  const { invoice, order, agreement } = await issueInvoice(tx, input);
  await openReceivable(tx, {
    invoice_id: invoice.id,
    number: invoice.number,
    seller_id: invoice.seller.id,
    buyer_id: invoice.buyer.id,
    currency: invoice.currency,
    net_minor: invoice.net_minor,
    tax_minor: invoice.tax_minor,
    issued_on: invoice.issued_on,
    ...(await clockTermsOf(tx, order, agreement, invoice.issued_on)),
  });
  return invoice;
}

/**
 * The disputes that a credit note answers: those that it covers, or all of them where it takes more
 * than is payable and not contested.
 */
async function answeredBy(tx: Tx, credit: Invoice, corrected: Invoice): Promise<Dispute[]> {
  const open = (await listDisputes(tx, corrected.id)).filter((one) => one.state === 'open');
  const { payable_minor } = await getReceivable(tx, corrected.id);
  if (credit.total_minor > payable_minor) return open;
  let left = credit.total_minor;
  return open.filter((dispute) => {
    if (dispute.amount_minor > left) return false;
    left -= dispute.amount_minor;
    return true;
  });
}

/** The seller takes back a part of an invoice; disputes that it answers are closed. */
export async function creditBuyer(tx: Tx, input: NewCreditNote): Promise<Invoice> {
  const { credit, corrected } = await issueCreditNote(tx, input);
  for (const dispute of await answeredBy(tx, credit, corrected)) {
    await closeDispute(tx, dispute.id, 'credited');
    await settleDispute(tx, { id: dispute.id, outcome: 'credited' });
  }
  await applyCreditNote(tx, {
    credit_note_id: credit.id,
    receivable_id: corrected.id,
    number: credit.number,
    net_minor: credit.net_minor,
    tax_minor: credit.tax_minor,
    credited_on: credit.issued_on,
  });
  return credit;
}

/** The buyer contests a part; the undisputed rest stays payable (Decree 802, article 15). */
export async function contestInvoice(
  tx: Tx,
  invoiceId: string,
  input: z.output<typeof newDispute>,
): Promise<Dispute> {
  const { dispute } = await openDispute(tx, invoiceId, input);
  await disputePart(tx, {
    id: dispute.id,
    receivable_id: invoiceId,
    amount_minor: dispute.amount_minor,
  });
  return dispute;
}

/** The buyer withdraws a dispute: the part is payable again, on its old day. */
export async function withdrawDispute(tx: Tx, id: string): Promise<Dispute> {
  const { dispute } = await closeDispute(tx, id, 'withdrawn');
  await settleDispute(tx, { id, outcome: 'withdrawn' });
  return dispute;
}
