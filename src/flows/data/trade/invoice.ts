import { z } from 'zod';
import { currency, decimal } from '../../../kernel/index.ts';
import { head } from './order.ts';
import * as part from './parts.ts';

/** The tax of one category and rate over the whole document. */
export const taxSubtotal = z.object({
  category: part.code,
  percent: part.money,
  taxable: decimal,
  amount: decimal,
  exemption_reason: part.optionalText,
});
export type TaxSubtotal = z.output<typeof taxSubtotal>;

/** One thing invoiced; amounts are net of tax. */
export const invoiceLine = z.object({
  line_id: part.code,
  order_line_id: part.optionalCode,
  item: part.tradeItem,
  quantity: part.quantity,
  unit: part.unit,
  price: part.money,
  base_quantity: part.quantity,
  amount: decimal,
  note: part.optionalText,
  adjustments: z.array(part.adjustment).default([]),
});
export type InvoiceLine = z.output<typeof invoiceLine>;

/** An invoice, or a credit note: the same fields, counted the other way. */
export const invoiceDocument = head.extend({
  kind: z.enum(['invoice', 'credit_note']),
  due_date: part.optionalDate,
  /** UNCL 1001: 380 commercial invoice, 381 credit note … */
  type_code: part.optionalCode,
  currency,
  buyer_reference: part.optionalCode,
  order_number: part.optionalCode,
  despatch_numbers: z.array(part.code).default([]),
  receipt_numbers: z.array(part.code).default([]),
  /** Invoices that a credit note corrects. */
  invoice_numbers: z.array(part.code).default([]),
  contract_number: part.optionalCode,
  period: part.optionalPeriod,
  delivery: part.optionalDelivery,
  /** UNCL 4461: 30 credit transfer, 10 cash … */
  payment_means: part.optionalCode,
  payment_account: part.optionalCode,
  payment_reference: part.optionalCode,
  payment_terms: part.optionalText,
  adjustments: z.array(part.adjustment).default([]),
  tax_amount: part.money,
  taxes: z.array(taxSubtotal).default([]),
  totals: part.totals,
  lines: z.array(invoiceLine).min(1),
});
export type InvoiceDocument = z.output<typeof invoiceDocument>;
