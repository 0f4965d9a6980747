import { getInvoice, getOrder, type Invoice } from '../../flows/commerce/index.ts';
import { type InvoiceDocument, invoiceDocument } from '../../flows/data/index.ts';
import { getReceivable } from '../../flows/money/index.ts';
import { fromMinor, type Tx } from '../../kernel/index.ts';
import { lineNamesOf } from './line-names.ts';
import { baseOf, bothSides, itemOf, taxOf } from './outgoing-parts.ts';

/** One subtotal for each rate (EN 16931, BG-23). */
function taxesOf({ lines, currency }: Invoice) {
  const rates = Map.groupBy(lines, (line) => line.tax_rate);
  const sum = (values: readonly bigint[]) =>
    fromMinor(
      values.reduce((all, one) => all + one, 0n),
      currency,
    );
  return [...rates].map(([rate, of]) => ({
    ...taxOf(rate),
    taxable: sum(of.map((line) => line.net_minor)),
    amount: sum(of.map((line) => line.tax_minor)),
  }));
}

/** What a bill refers to, as far as its reader may see it. */
async function referencesOf(tx: Tx, bill: Invoice) {
  const isParty = [bill.seller.id, bill.buyer.id].includes(tx.actor.party);
  const order = bill.order_id && isParty ? await getOrder(tx, bill.order_id) : null;
  const corrected = bill.corrects_id ? await getInvoice(tx, bill.corrects_id) : null;
  const owed = bill.kind === 'invoice' && isParty ? await getReceivable(tx, bill.id) : null;
  return {
    order_number: order?.number ?? null,
    invoice_numbers: corrected ? [corrected.number] : [],
    due_date: owed?.clock.due_on ?? null,
  };
}

/**
 * An invoice or a credit note (红字发票) for the buyer's system, with the day until which the law or
 * the agreement lets it be paid. @throws commerce.invoice_unknown
 */
export async function invoiceAsDocument(tx: Tx, id: string): Promise<InvoiceDocument> {
  const bill = await getInvoice(tx, id);
  const { currency, kind } = bill;
  const names = bill.order_id ? await lineNamesOf(tx, bill.order_id) : null;
  const money = (minor: bigint) => fromMinor(minor, currency);
  const [net, gross] = [money(bill.net_minor), money(bill.total_minor)];
  return invoiceDocument.parse({
    kind,
    number: bill.number,
    issue_date: bill.issued_on,
    type_code: kind === 'invoice' ? '380' : '381',
    currency,
    ...(await bothSides(tx, bill)),
    ...(await referencesOf(tx, bill)),
    tax_amount: money(bill.tax_minor),
    taxes: taxesOf(bill),
    totals: { lines: net, without_tax: net, with_tax: gross, payable: gross },
    lines: bill.lines.map((line) => ({
      line_id: String(line.line_no),
      order_line_id: line.order_line_no && names ? names(line.order_line_no) : null,
      item: itemOf(line),
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      base_quantity: baseOf(line.price_base_quantity),
      amount: money(line.net_minor),
    })),
  });
}
