import {
  findInvoice,
  findOrder,
  getInvoice,
  newCreditNote,
  newInvoice,
  type Order,
} from '../../flows/commerce/index.ts';
import type { Adjustment, InvoiceDocument, InvoiceLine, Tax } from '../../flows/data/index.ts';
import {
  Decimal,
  fromMinor,
  isCurrency,
  lineAmountMinor,
  minorUnits,
  type Tx,
  toMinor,
} from '../../kernel/index.ts';
import { billBuyer, creditBuyer } from './billing.ts';
import { appliedTo, type Effect, keptFor } from './effects.ts';
import { fault } from './faults.ts';
import { shareOf } from './incoming-orders.ts';
import { type LineFinder, linesOf } from './line-names.ts';
import * as note from './notes.ts';
import { partnerOf, type Sides } from './sides.ts';

/** A line of a bill in the words of commerce, net and tax in minor units. */
type Billed = {
  order_line_no?: number;
  name: string;
  quantity: string;
  unit: string;
  price: string;
  price_base_quantity?: string;
  tax_rate: string;
  net_minor: bigint;
  tax_minor: bigint;
};

/** The one rate of a document whose lines leave it out; undefined when it has several. */
function onlyRate({ taxes, tax_amount }: InvoiceDocument): string | undefined {
  if (taxes.length === 0) return new Decimal(tax_amount ?? 0).eq(0) ? '0' : undefined;
  const rates = taxes.map(({ percent, amount, taxable }) => {
    if (percent !== null) return shareOf(percent);
    if (new Decimal(taxable).eq(0)) return '0';
    return new Decimal(amount).div(taxable).toDecimalPlaces(4).toFixed();
  });
  return new Set(rates).size === 1 ? rates[0] : undefined;
}

function rateOf(tax: Tax | null, document: InvoiceDocument, line: string): string {
  if (tax?.percent) return shareOf(tax.percent);
  // A category without a rate (exempt, export, reverse charge) has none; "S" must have one.
  if (tax && tax.category !== 'S') return '0';
  const rate = onlyRate(document);
  if (rate === undefined) throw fault('trade.tax_unclear', { line });
  return rate;
}

/** Quantity and price that give the stated amount; where they do not, the amount is the price. */
function pricedOf(line: InvoiceLine, net_minor: bigint, currency: string) {
  const { quantity, price, base_quantity, amount } = line;
  const counts = quantity !== null && !new Decimal(quantity).eq(0);
  const isBased = new Decimal(base_quantity ?? 1).gt(0);
  if (counts && isBased && price !== null && !price.startsWith('-')) {
    const computed = lineAmountMinor(quantity, price, base_quantity ?? '1', currency);
    const off = computed - net_minor;
    const priced = { quantity, price, price_base_quantity: base_quantity ?? '1' };
    if (off >= -1n && off <= 1n) return priced;
  }
  const sign = amount.startsWith('-') ? '-' : '';
  const size = counts ? new Decimal(quantity).abs().toFixed() : '1';
  const whole = new Decimal(amount).abs().toFixed();
  return { quantity: `${sign}${size}`, price: whole, price_base_quantity: size };
}

function taxOf(net_minor: bigint, rate: string): bigint {
  return BigInt(new Decimal(net_minor.toString()).times(rate).toFixed(0));
}

function billedLine(line: InvoiceLine, document: InvoiceDocument, find: LineFinder | null): Billed {
  const { currency } = document;
  const net_minor = toMinor(line.amount, currency);
  const tax_rate = rateOf(line.item.tax, document, line.line_id);
  const name = line.item.name ?? line.item.description ?? `#${line.line_id}`;
  const refers = find !== null && line.order_line_id !== null;
  return {
    ...(refers ? { order_line_no: find(line.order_line_id, line.line_id) } : {}),
    name: name.slice(0, 200),
    unit: line.unit ?? 'C62',
    ...pricedOf(line, net_minor, currency),
    tax_rate,
    net_minor,
    tax_minor: taxOf(net_minor, tax_rate),
  };
}

/** A discount or a charge of the whole bill is a line of its own, as 折扣行 are by law. */
function adjustmentLine(of: Adjustment, document: InvoiceDocument, at: number): Billed {
  const net_minor = toMinor(of.amount, document.currency) * (of.charge ? 1n : -1n);
  const first = document.lines[0]?.item.tax ?? null;
  const tax_rate = rateOf(of.tax ?? first, document, `±${at + 1}`);
  return {
    name: of.reason ?? (of.charge ? '附加费 Charge' : '折扣 Allowance'),
    quantity: of.charge ? '1' : '-1',
    unit: 'C62',
    price: new Decimal(of.amount).abs().toFixed(),
    tax_rate,
    net_minor,
    tax_minor: taxOf(net_minor, tax_rate),
  };
}

/**
 * A bill rounds its tax once for each rate, lines round one by one: the odd cents go to the first
 * lines of the rate, one each, so that the sum is the tax that the bill states (EN 16931,
 * BR-CO-17).
 */
function withStatedTax(lines: readonly Billed[], document: InvoiceDocument): Billed[] {
  const off = new Map<string, bigint>();
  for (const { percent, amount } of document.taxes) {
    const rate = percent === null ? onlyRate(document) : shareOf(percent);
    if (rate === undefined) continue;
    off.set(rate, (off.get(rate) ?? 0n) + toMinor(amount, document.currency));
  }
  for (const { tax_rate, tax_minor } of lines) {
    const left = off.get(tax_rate);
    if (left !== undefined) off.set(tax_rate, left - tax_minor);
  }
  return lines.map((line) => {
    const left = off.get(line.tax_rate) ?? 0n;
    const cent = left > 0n ? 1n : left < 0n ? -1n : 0n;
    off.set(line.tax_rate, left - cent);
    return { ...line, tax_minor: line.tax_minor + cent };
  });
}

/** @throws trade.totals_differ when the lines do not come to what the document says it costs */
function assertTotal(lines: readonly Billed[], { totals, tax_amount, currency }: InvoiceDocument) {
  const { without_tax, with_tax, payable, prepaid, rounding } = totals;
  const stated =
    without_tax !== null && tax_amount !== null
      ? new Decimal(without_tax).plus(tax_amount)
      : (with_tax ??
        (payable === null ? null : new Decimal(payable).plus(prepaid ?? 0).minus(rounding ?? 0)));
  if (stated === null) return;
  const computed = lines.reduce((sum, line) => sum + line.net_minor + line.tax_minor, 0n);
  if (toMinor(stated, currency) === computed) return;
  throw fault('trade.totals_differ', {
    stated: new Decimal(stated).toFixed(),
    computed: fromMinor(computed, currency),
  });
}

function billedLines(document: InvoiceDocument, find: LineFinder | null) {
  const { currency } = document;
  if (!isCurrency(currency)) throw fault('trade.currency_unknown', { currency });
  const lines = [
    ...document.lines.map((line) => billedLine(line, document, find)),
    ...document.adjustments.map((one, at) => adjustmentLine(one, document, at)),
  ];
  const taxed = withStatedTax(lines, document);
  assertTotal(taxed, document);
  return taxed.map(({ net_minor, tax_minor, ...line }) => ({
    ...line,
    net_minor: minorUnits.encode(net_minor),
    tax_minor: minorUnits.encode(tax_minor),
  }));
}

/** Lines in another unit than the order's cannot be held against it. @throws trade.unit_differs */
function assertUnits(document: InvoiceDocument, order: Order, find: LineFinder): void {
  for (const line of document.lines) {
    if (line.order_line_id === null || line.unit === null) continue;
    const line_no = find(line.order_line_id, line.line_id);
    const ordered = order.lines.find((one) => one.line_no === line_no);
    if (!ordered) throw fault('trade.line_unclear', { line: line.line_id });
    if (ordered.unit !== line.unit) {
      const at = { line: line.line_id, unit: line.unit, ordered: ordered.unit };
      throw fault('trade.unit_differs', at);
    }
  }
}

/**
 * An Invoice of the seller's: matched with its order where that is here, otherwise a real invoice
 * that nothing was held against (`match: unchecked`).
 */
export async function takeInvoice(
  tx: Tx,
  document: InvoiceDocument,
  sides: Sides,
): Promise<Effect> {
  if (sides.standing === 'muddled') return keptFor(sides, note.SAME_SIDES);
  if (sides.standing === 'theirs') {
    return keptFor(sides, note.theirsToSend(sides.partner?.name_zh ?? '—'));
  }
  const partner = partnerOf(sides, document);
  const { order_number } = document;
  const order = order_number ? await findOrder(tx, partner.id, order_number) : undefined;
  const find = order ? await linesOf(tx, order.id) : null;
  if (order && find) assertUnits(document, order, find);
  const invoice = await billBuyer(
    tx,
    newInvoice.parse({
      number: document.number,
      buyer_id: partner.id,
      ...(order ? { order_id: order.id } : {}),
      issued_on: document.issue_date,
      currency: document.currency,
      lines: billedLines(document, find),
    }),
  );
  const { prepaid, rounding } = document.totals;
  const left = [prepaid, rounding].some((amount) => !new Decimal(amount ?? 0).eq(0));
  const notes = [
    ...(order_number && !order ? [note.invoiceUnchecked(order_number)] : []),
    ...(left ? [note.PREPAID_LEFT_OUT] : []),
  ];
  return order
    ? appliedTo(sides, order, invoice.id, notes)
    : { ...keptFor(sides, ...notes), state: 'applied', subject_id: invoice.id };
}

/** A CreditNote of the seller's on one of its invoices; without that here it is passed on. */
export async function takeCreditNote(
  tx: Tx,
  document: InvoiceDocument,
  sides: Sides,
): Promise<Effect> {
  if (sides.standing === 'muddled') return keptFor(sides, note.SAME_SIDES);
  const { partner } = sides;
  if (sides.standing === 'theirs') {
    return keptFor(sides, note.theirsToSend(partner?.name_zh ?? '—'));
  }
  const numbers = [...new Set(document.invoice_numbers)];
  const [number] = numbers;
  const row = number ? await findInvoice(tx, tx.actor.party, number) : undefined;
  if (row?.kind !== 'invoice' || row.buyer.id !== partner?.id) {
    return keptFor(sides, note.invoiceNotHere(number ?? null));
  }
  if (numbers.length > 1) throw fault('trade.one_invoice_each', { numbers: numbers.join(', ') });
  const invoice = await getInvoice(tx, row.id);
  const find = invoice.order_id ? await linesOf(tx, invoice.order_id) : null;
  const credit = await creditBuyer(
    tx,
    newCreditNote.parse({
      invoice_id: invoice.id,
      number: document.number,
      issued_on: document.issue_date,
      reason: (document.note ?? `红字 ${invoice.number}`).slice(0, 200),
      lines: billedLines(document, find),
    }),
  );
  const order = invoice.order_id
    ? { id: invoice.order_id, buyer: invoice.buyer, seller: invoice.seller }
    : null;
  return order
    ? appliedTo(sides, order, credit.id)
    : { ...keptFor(sides), state: 'applied', subject_id: credit.id };
}
