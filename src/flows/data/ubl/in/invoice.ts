import type * as invoice from '../../trade/invoice.ts';
import { totals } from '../../trade/parts.ts';
import { all, attribute, first, text, type XmlElement } from '../tree.ts';
import { currencyOf } from './order.ts';
import * as from from './parts.ts';

/** Lines of invoices and credit notes differ only in the name of the quantity. */
function lineOf(line: XmlElement): invoice.InvoiceLine {
  const counted = line.name === 'cac:InvoiceLine' ? 'Invoiced' : 'Credited';
  return {
    line_id: text(line, 'cbc:ID') ?? '',
    order_line_id: from.word(line, 'cac:OrderLineReference/cbc:LineID'),
    item: from.itemOf(first(line, 'cac:Item')),
    ...from.pricedOf(line, `cbc:${counted}Quantity`),
    amount: from.plain(line, 'cbc:LineExtensionAmount') ?? '0',
    note: from.notes(line),
    adjustments: from.adjustmentsOf(line),
  };
}

/** The parts of the tax total. UBL 2.0 states the rate beside the category, later ones in it. */
function taxesOf(total: XmlElement | undefined): invoice.TaxSubtotal[] {
  return all(total, 'cac:TaxSubtotal').map((subtotal) => {
    const category = first(subtotal, 'cac:TaxCategory');
    return {
      category: text(category, 'cbc:ID') ?? 'S',
      percent: from.plain(category, 'cbc:Percent') ?? from.plain(subtotal, 'cbc:Percent'),
      taxable: from.plain(subtotal, 'cbc:TaxableAmount') ?? '0',
      amount: from.plain(subtotal, 'cbc:TaxAmount') ?? '0',
      exemption_reason: from.word(category, 'cbc:TaxExemptionReason'),
    };
  });
}

/** The total in the currency of the document; a second one may repeat it in the tax currency. */
function taxTotalOf(root: XmlElement, currency: string | undefined): XmlElement | undefined {
  const found = all(root, 'cac:TaxTotal');
  const own = (total: XmlElement) =>
    attribute(first(total, 'cbc:TaxAmount'), 'currencyID') === currency;
  return found.find(own) ?? found[0];
}

/** The first means of payment counts; a due date may stand on the document or with it. */
function paymentOf(root: XmlElement) {
  const means = first(root, 'cac:PaymentMeans');
  return {
    payment_means: from.word(means, 'cbc:PaymentMeansCode'),
    payment_account: from.word(means, 'cac:PayeeFinancialAccount/cbc:ID'),
    payment_reference: from.word(means, 'cbc:PaymentID'),
    payment_terms: from.word(root, 'cac:PaymentTerms/cbc:Note'),
    due_date: from.day(root, 'cbc:DueDate') ?? from.day(means, 'cbc:PaymentDueDate'),
  };
}

/** What an Invoice or a CreditNote says, amounts in the currency of the document. */
export function readInvoice(root: XmlElement): invoice.InvoiceDocument {
  const isInvoice = root.name === 'ubl:Invoice';
  const currency = currencyOf(root);
  const taxTotal = taxTotalOf(root, currency);
  return {
    kind: isInvoice ? 'invoice' : 'credit_note',
    ...from.headOf(root, 'cac:AccountingCustomerParty', 'cac:AccountingSupplierParty'),
    ...paymentOf(root),
    type_code: from.word(root, `cbc:${isInvoice ? 'Invoice' : 'CreditNote'}TypeCode`),
    currency: currency ?? '',
    buyer_reference: from.word(root, 'cbc:BuyerReference'),
    order_number: from.word(root, 'cac:OrderReference/cbc:ID'),
    despatch_numbers: from.words(all(root, 'cac:DespatchDocumentReference'), 'cbc:ID'),
    receipt_numbers: from.words(all(root, 'cac:ReceiptDocumentReference'), 'cbc:ID'),
    invoice_numbers: from.words(
      all(root, 'cac:BillingReference/cac:InvoiceDocumentReference'),
      'cbc:ID',
    ),
    contract_number: from.word(root, 'cac:ContractDocumentReference/cbc:ID'),
    period: from.periodOf(first(root, 'cac:InvoicePeriod')),
    delivery: from.deliveryOf(first(root, 'cac:Delivery')),
    adjustments: from.adjustmentsOf(root),
    tax_amount: from.plain(taxTotal, 'cbc:TaxAmount'),
    taxes: taxesOf(taxTotal),
    totals: from.totalsOf(first(root, 'cac:LegalMonetaryTotal')) ?? totals.parse({}),
    lines: all(root, isInvoice ? 'cac:InvoiceLine' : 'cac:CreditNoteLine').map(lineOf),
  };
}
