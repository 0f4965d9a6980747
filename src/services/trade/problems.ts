import { z } from 'zod';
import type { Problem } from '../../flows/data/index.ts';
import { Fault, invalid } from '../../kernel/index.ts';

/** Where in a document to look for what a fault is about. */
const PATHS: Readonly<Record<string, string>> = {
  'commerce.order_number_taken': '/cbc:ID',
  'commerce.number_taken': '/cbc:ID',
  'commerce.order_state': '/cac:OrderReference/cbc:ID',
  'commerce.line_state': '/cac:OrderLine',
  'commerce.product_unknown': '/cac:OrderLine/cac:LineItem/cac:Item',
  'commerce.too_much': '/cac:DespatchLine/cbc:DeliveredQuantity',
  'commerce.despatch_state': '/cac:DespatchDocumentReference/cbc:ID',
  'commerce.receipt_uneven': '/cac:ReceiptLine/cbc:ReceivedQuantity',
  'commerce.reason_missing': '/cac:ReceiptLine/cbc:RejectReason',
  'commerce.bill_below_zero': '/cac:LegalMonetaryTotal',
  'commerce.bill_of_nothing': '/cac:LegalMonetaryTotal',
  'commerce.credit_too_large': '/cac:LegalMonetaryTotal',
  'trade.answer_unclear': '/cbc:OrderResponseCode',
  'trade.one_invoice_each': '/cac:BillingReference',
  'trade.one_order_each': '/cac:OrderReference',
  'trade.despatch_unclear': '/cac:DespatchDocumentReference',
  'trade.totals_differ': '/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount',
  'trade.tax_unclear': '/cac:TaxTotal',
};

/**
 * What went wrong with the effect of a document, in the words that its sender reads it in: a trade
 * fault by its code, a value out of range by its field. Undefined for what is not the document's.
 */
export function problemsOf(error: unknown): Problem[] | undefined {
  const found = error instanceof z.ZodError ? invalid(error, 'document') : error;
  if (!(found instanceof Fault) || found.status >= 500) return undefined;
  const { code, errors, messages } = found;
  if (errors.length === 0) return [{ rule: code, path: PATHS[code] ?? '/', ...messages }];
  return errors.map(({ rule, path, zh, en }) => ({ rule: rule ?? code, path, zh, en }));
}
