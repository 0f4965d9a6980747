import type * as invoice from '../../trade/invoice.ts';
import type { XmlElement } from '../tree.ts';
import { aggregate, basic, documentOf } from './element.ts';
import * as to from './parts.ts';

type Built = XmlElement | undefined;
type Names = readonly [customization: Built, profile: Built];
type Invoice = invoice.InvoiceDocument;

/** The tax of the document with one part for each category and rate (EN 16931, BG-23). */
function taxTotal(of: Invoice): Built {
  const subtotals = of.taxes.map((tax) =>
    aggregate(
      'TaxSubtotal',
      to.amount('TaxableAmount', tax.taxable, of.currency),
      to.amount('TaxAmount', tax.amount, of.currency),
      aggregate(
        'TaxCategory',
        basic('ID', tax.category),
        basic('Percent', tax.percent),
        basic('TaxExemptionReason', tax.exemption_reason),
        aggregate('TaxScheme', basic('ID', 'VAT')),
      ),
    ),
  );
  return aggregate('TaxTotal', to.amount('TaxAmount', of.tax_amount, of.currency), subtotals);
}

/** Invoice and credit note lines differ in their own name and that of the quantity. */
function invoiceLine(line: invoice.InvoiceLine, of: Invoice): Built {
  const isInvoice = of.kind === 'invoice';
  return aggregate(
    isInvoice ? 'InvoiceLine' : 'CreditNoteLine',
    basic('ID', line.line_id),
    basic('Note', line.note),
    to.quantity(isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity', line.quantity, line.unit),
    to.amount('LineExtensionAmount', line.amount, of.currency),
    aggregate('OrderLineReference', basic('LineID', line.order_line_id)),
    to.adjustments(line.adjustments, of.currency),
    to.item(line.item),
    to.price(line, of.currency),
  );
}

/** Other documents, in the order in which UBL names them. */
function references(of: Invoice): Built[] {
  return [
    to.reference('OrderReference', of.order_number),
    ...of.invoice_numbers.map((number) =>
      aggregate('BillingReference', to.reference('InvoiceDocumentReference', number)),
    ),
    ...of.despatch_numbers.map((number) => to.reference('DespatchDocumentReference', number)),
    ...of.receipt_numbers.map((number) => to.reference('ReceiptDocumentReference', number)),
    to.reference('ContractDocumentReference', of.contract_number),
  ];
}

/** How and by when to pay; UBL knows no payment means without a code (UNCL 4461). */
function payment(of: Invoice): Built[] {
  const means =
    of.payment_means === null
      ? undefined
      : aggregate(
          'PaymentMeans',
          basic('PaymentMeansCode', of.payment_means),
          // A credit note has no due date of its own before UBL 2.3: it says it here.
          of.kind === 'credit_note' ? basic('PaymentDueDate', of.due_date) : undefined,
          basic('PaymentID', of.payment_reference),
          aggregate('PayeeFinancialAccount', basic('ID', of.payment_account)),
        );
  return [means, aggregate('PaymentTerms', basic('Note', of.payment_terms))];
}

/** An invoice or a credit note: the two differ in names and in the place of the type code. */
export function writeInvoice(of: Invoice, names: Names): XmlElement {
  const isInvoice = of.kind === 'invoice';
  return documentOf(
    isInvoice ? 'Invoice' : 'CreditNote',
    names,
    basic('ID', of.number),
    basic('IssueDate', of.issue_date),
    isInvoice ? basic('DueDate', of.due_date) : undefined,
    isInvoice
      ? basic('InvoiceTypeCode', of.type_code ?? '380')
      : basic('CreditNoteTypeCode', of.type_code ?? '381'),
    basic('Note', of.note),
    basic('DocumentCurrencyCode', of.currency),
    basic('BuyerReference', of.buyer_reference),
    to.period('InvoicePeriod', of.period),
    references(of),
    to.partyAs('AccountingSupplierParty', of.seller),
    to.partyAs('AccountingCustomerParty', of.buyer),
    to.delivery(of.delivery),
    payment(of),
    to.adjustments(of.adjustments, of.currency),
    taxTotal(of),
    to.totals('LegalMonetaryTotal', of.totals, of.currency),
    of.lines.map((line) => invoiceLine(line, of)),
  );
}
