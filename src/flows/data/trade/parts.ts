import { z } from 'zod';
import { businessDate, currency, decimal, unitCode } from '../../../kernel/index.ts';

/** The pieces that trade documents are made of, whatever format they came in. */

/** Optional on the way in, null when absent: a document says nothing by leaving a field out. */
function maybe<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value) => value ?? null);
}

const words = z.string().min(1).max(4_000);
const shortWords = z.string().min(1).max(500);

/** An identifier under a scheme: an ISO 6523 code (`0088` GLN, `0160` GTIN) or null. */
export const identifier = z.object({ scheme: maybe(shortWords), value: shortWords });
export type Identifier = z.output<typeof identifier>;

export const address = z.object({
  street: maybe(shortWords),
  additional_street: maybe(shortWords),
  city: maybe(shortWords),
  postal_zone: maybe(shortWords),
  subdivision: maybe(shortWords),
  line: maybe(shortWords),
  /** ISO 3166-1 alpha-2. */
  country: maybe(shortWords),
});
export type Address = z.output<typeof address>;

export const contact = z.object({
  name: maybe(shortWords),
  phone: maybe(shortWords),
  email: maybe(shortWords),
});
export type Contact = z.output<typeof contact>;

export const tradeParty = z.object({
  ids: z.array(identifier).default([]),
  /** Where documents for the party go; a GLN among the ids serves when it is null. */
  endpoint: maybe(identifier),
  name: maybe(shortWords),
  legal_name: maybe(shortWords),
  tax_id: maybe(shortWords),
  address: maybe(address),
  contact: maybe(contact),
});
export type TradeParty = z.output<typeof tradeParty>;

/** A lot or a piece: what receipt, recall and first-expired-first-out go by. */
export const lot = z.object({
  lot: maybe(shortWords),
  serial: maybe(shortWords),
  produced_on: maybe(businessDate),
  best_before: maybe(businessDate),
  expires_on: maybe(businessDate),
});
export type Lot = z.output<typeof lot>;

/** UNCL 5305 category (`S` standard, `Z` zero, `E` exempt …) with its rate in percent. */
export const tax = z.object({ category: shortWords, percent: maybe(decimal) });
export type Tax = z.output<typeof tax>;

export const tradeItem = z.object({
  name: maybe(shortWords),
  description: maybe(words),
  seller_id: maybe(shortWords),
  buyer_id: maybe(shortWords),
  /** GTIN unless the scheme says otherwise. */
  standard_id: maybe(identifier),
  tax: maybe(tax),
  lots: z.array(lot).default([]),
});
export type TradeItem = z.output<typeof tradeItem>;

/** An allowance (`charge` false) or a charge, of the document or of a line. */
export const adjustment = z.object({
  charge: z.boolean(),
  reason: maybe(shortWords),
  reason_code: maybe(shortWords),
  amount: decimal,
  base: maybe(decimal),
  percent: maybe(decimal),
  tax: maybe(tax),
});
export type Adjustment = z.output<typeof adjustment>;

/** Amounts in the currency of the document, as decimals in major units. */
export const totals = z.object({
  lines: maybe(decimal),
  allowances: maybe(decimal),
  charges: maybe(decimal),
  without_tax: maybe(decimal),
  with_tax: maybe(decimal),
  prepaid: maybe(decimal),
  rounding: maybe(decimal),
  payable: maybe(decimal),
});
export type Totals = z.output<typeof totals>;

/** Days between which something was asked for, promised or expected. */
export const period = z.object({ from: maybe(businessDate), until: maybe(businessDate) });
export type Period = z.output<typeof period>;

export const delivery = z.object({
  place: maybe(identifier),
  address: maybe(address),
  party_name: maybe(shortWords),
  requested: maybe(period),
  delivered_on: maybe(businessDate),
});
export type Delivery = z.output<typeof delivery>;

export const money = maybe(decimal);
export const quantity = maybe(decimal);
export const unit = maybe(unitCode);
export const optionalText = maybe(words);
export const optionalCode = maybe(shortWords);
export const optionalDate = maybe(businessDate);
export const optionalParty = maybe(tradeParty);
export const optionalPeriod = maybe(period);
export const optionalDelivery = maybe(delivery);
export const optionalItem = maybe(tradeItem);
export const optionalTotals = maybe(totals);
export const optionalCurrency = maybe(currency);
export const code = shortWords;
