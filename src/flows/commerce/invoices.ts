import { z } from 'zod';
import {
  businessDate,
  currency,
  Decimal,
  decimal,
  decodeCursor,
  instant,
  minorUnits,
  nonNegativeDecimal,
  type PageQuery,
  pageOf,
  positiveDecimal,
  recordFact,
  shortText,
  type Tx,
  toJson,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import { getAgreement, type SupplyAgreement } from './agreements.ts';
import { fault } from './faults.ts';
import { type Difference, difference, foldMatch, matchLine, noTolerance } from './matching.ts';
import { numberOf } from './numbering.ts';
import { assertCurrency, netOf, taxOf } from './order-lines.ts';
import { lineOf } from './order-response.ts';
import { lockOrder, saveLines } from './orders.ts';
import { namesOf, type PairFound, pairColumns, withNames } from './pair.ts';
import { type Order, partyName } from './schema.ts';

const rate = z.string().regex(/^0(\.\d{1,4})?$/);
/** Below zero on the line of a discount (折扣行) or of goods taken back within the same bill. */
const billedQuantity = decimal.refine((text) => Number(text) !== 0, '不能为零|must not be zero');

export const newInvoiceLine = z.object({
  order_line_no: z.int().min(1).optional(),
  name: shortText.optional(),
  quantity: billedQuantity,
  unit: unitCode.optional(),
  price: nonNegativeDecimal.optional(),
  price_base_quantity: positiveDecimal.optional(),
  tax_rate: rate.optional(),
  tax_code: z
    .string()
    .regex(/^\d{19}$/)
    .optional(),
  /** The net of the line where the seller's own books rounded it; at most one minor unit off. */
  net_minor: minorUnits.optional(),
  /** Its tax, likewise: a bill rounds once for each rate, so a line may be one minor unit off. */
  tax_minor: minorUnits.optional(),
});

export const newInvoice = z.object({
  /** The number of the tax invoice (数电票: 20 digits); the platform numbers it where left out. */
  number: z.string().trim().min(1).max(60).optional(),
  buyer_id: uuid,
  order_id: uuid.optional(),
  issued_on: businessDate.optional(),
  currency: currency.optional(),
  lines: z.array(newInvoiceLine).min(1).max(1_000),
});
export type NewInvoice = z.output<typeof newInvoice>;

export const invoiceLine = z.object({
  line_no: z.int(),
  order_id: uuid.nullable(),
  order_line_no: z.int().nullable(),
  product_id: uuid.nullable(),
  name: z.string(),
  quantity: decimal,
  unit: z.string(),
  price: decimal,
  price_base_quantity: decimal,
  tax_rate: decimal,
  tax_code: z.string().nullable(),
  net_minor: minorUnits,
  tax_minor: minorUnits,
  differences: z.array(difference),
});
export type InvoiceLine = z.output<typeof invoiceLine>;

export const invoiceRow = z
  .object({
    id: uuid,
    kind: z.enum(['invoice', 'credit_note']),
    number: z.string(),
    seller: partyName,
    buyer: partyName,
    order_id: uuid.nullable(),
    corrects_id: uuid.nullable(),
    issued_on: businessDate,
    currency,
    net_minor: minorUnits,
    tax_minor: minorUnits,
    total_minor: minorUnits,
    match: z.enum(['matched', 'within_tolerance', 'differs', 'unchecked']),
    disputed_minor: minorUnits,
    recorded_at: instant,
  })
  .meta({ id: 'InvoiceRow' });
export type InvoiceRow = z.output<typeof invoiceRow>;

export const invoice = invoiceRow.extend({ lines: z.array(invoiceLine) }).meta({ id: 'Invoice' });
export type Invoice = z.output<typeof invoice>;

type GivenLine = z.output<typeof newInvoiceLine>;

/** The amount that counts: the seller's own where it is a rounding away from ours. */
function statedOr(given: bigint | undefined, computed: bigint, what: [string, string]): bigint {
  if (given === undefined) return computed;
  const off = given - computed;
  if (off >= -1n && off <= 1n) return given;
  const zh = `行${what[0]} ${given} 与计算所得 ${computed} 不符(最小货币单位)。`;
  const en = `The line's ${what[1]} ${given} is not ${computed} as computed (minor units).`;
  throw fault('commerce.identifier_invalid', { zh, en });
}

function billedLine(given: GivenLine, at: number, order: Order | null, money: string): InvoiceLine {
  const ordered = order && given.order_line_no ? lineOf(order, given.order_line_no) : null;
  const name = given.name ?? ordered?.name;
  const unit = given.unit ?? ordered?.unit;
  const price = given.price ?? ordered?.price;
  if (!name || !unit || price === undefined) {
    throw fault('commerce.line_unknown', { number: order?.number ?? '—', line: at + 1 });
  }
  const priced = {
    quantity: given.quantity,
    price,
    price_base_quantity: given.price_base_quantity ?? ordered?.price_base_quantity ?? '1',
    tax_rate: given.tax_rate ?? ordered?.tax_rate ?? '0.13',
  };
  const net_minor = statedOr(given.net_minor, netOf(priced, money), ['金额', 'net']);
  const tax_minor = taxOf(net_minor, priced.tax_rate);
  return {
    line_no: at + 1,
    order_id: ordered && order ? order.id : null,
    order_line_no: ordered?.line_no ?? null,
    product_id: ordered?.product_id ?? null,
    name,
    unit,
    ...priced,
    tax_code: given.tax_code ?? null,
    net_minor,
    tax_minor: statedOr(given.tax_minor, tax_minor, ['税额', 'tax']),
    differences: [],
  };
}

/** Matches lines one after another: two lines for one order line share what is left of it. */
async function matched(tx: Tx, order: Order | null, lines: readonly InvoiceLine[]) {
  if (!order) return { lines, order, agreement: null, match: 'unchecked' as const };
  const agreement = order.agreement_id ? await getAgreement(tx, order.agreement_id) : null;
  const tolerance = agreement
    ? {
        quantity_percent: agreement.quantity_tolerance_percent,
        price_percent: agreement.price_tolerance_percent,
      }
    : noTolerance;
  const orderLines = new Map(order.lines.map((line) => [line.line_no, line]));
  const found: (Difference[] | null)[] = [];
  const matchedLines = lines.map((line) => {
    const ordered = line.order_line_no ? orderLines.get(line.order_line_no) : undefined;
    const differences = ordered ? matchLine(line, ordered, tolerance) : null;
    found.push(differences);
    if (ordered) {
      const invoiced = new Decimal(ordered.invoiced).plus(line.quantity).toFixed();
      orderLines.set(ordered.line_no, { ...ordered, invoiced });
    }
    return { ...line, differences: differences ?? [] };
  });
  const saved = await saveLines(tx, order, [...orderLines.values()]);
  return { lines: matchedLines, order: saved, agreement, match: foldMatch(found) };
}

const sum = (lines: readonly InvoiceLine[], pick: 'net_minor' | 'tax_minor') =>
  lines.reduce((all, line) => all + line[pick], 0n);

/** An order is billed in its own currency: its prices are held against those of the bill. */
function currencyOf(given: NewInvoice, order: Order | null): string {
  const money = given.currency ?? order?.currency ?? 'CNY';
  assertCurrency(money);
  if (order && money !== order.currency) {
    const zh = `发票货币 ${money} 与订单 ${order.number} 的 ${order.currency} 不符。`;
    const en = `The bill is in ${money}, order ${order.number} in ${order.currency}.`;
    throw fault('commerce.identifier_invalid', { zh, en });
  }
  return money;
}

/**
 * The seller invoices a buyer: for what an order's receipts say, or (without an order) for what it
 * describes. The match with order and receipt is computed here and kept line by line.
 * @throws commerce.not_the_seller, commerce.number_taken, commerce.line_unknown,
 *   commerce.identifier_invalid, commerce.bill_below_zero, commerce.bill_of_nothing
 */
export async function issueInvoice(
  tx: Tx,
  given: NewInvoice,
): Promise<{ invoice: Invoice; order: Order | null; agreement: SupplyAgreement | null }> {
  const locked = given.order_id ? await lockOrder(tx, given.order_id) : null;
  if (locked && locked.seller.id !== tx.actor.party) throw fault('commerce.not_the_seller');
  if (locked && locked.buyer.id !== given.buyer_id) throw fault('commerce.partner_unknown');
  const money = currencyOf(given, locked);
  const billed = given.lines.map((line, at) => billedLine(line, at, locked, money));
  const { lines, order, agreement, match } = await matched(tx, locked, billed);
  const kept = await insertInvoice(tx, {
    kind: 'invoice',
    number: await numberOf(tx, given.number, { series: 'invoice', prefix: 'FP-' }),
    buyer_id: given.buyer_id,
    order_id: order?.id ?? null,
    corrects_id: null,
    issued_on: given.issued_on ?? tx.today,
    currency: money,
    match,
    lines,
  });
  return { invoice: kept, order, agreement };
}

type InvoiceValues = Pick<
  InvoiceRow,
  'kind' | 'number' | 'order_id' | 'corrects_id' | 'issued_on' | 'currency' | 'match'
> & { buyer_id: string; lines: readonly InvoiceLine[] };

async function insertInvoice(tx: Tx, values: InvoiceValues): Promise<Invoice> {
  const { lines, ...header } = values;
  const pair = { seller_id: tx.actor.party, buyer_id: header.buyer_id };
  const names = await namesOf(tx, pair);
  const net_minor = sum(lines, 'net_minor');
  const tax_minor = sum(lines, 'tax_minor');
  if (net_minor < 0n || tax_minor < 0n) throw fault('commerce.bill_below_zero');
  if (net_minor + tax_minor === 0n) throw fault('commerce.bill_of_nothing');
  const row = {
    ...header,
    id: tx.newId(),
    seller_id: pair.seller_id,
    net_minor,
    tax_minor,
    total_minor: net_minor + tax_minor,
    disputed_minor: 0n,
    recorded_at: tx.now,
  };
  const done = await tx.db
    .insertInto('invoice')
    .values({ chain_id: tx.chain, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) {
    throw fault('commerce.number_taken', { number: row.number });
  }
  const keys = {
    chain_id: tx.chain,
    invoice_id: row.id,
    seller_id: row.seller_id,
    buyer_id: row.buyer_id,
  };
  tx.append(
    'invoice_line',
    lines.map((line) => ({ ...keys, ...line, differences: toJson(line.differences) })),
  );
  await recordFact(tx, {
    type: row.kind === 'invoice' ? 'commerce.invoice.issued' : 'commerce.credit_note.issued',
    subject: row.order_id ?? row.id,
    parties: [row.seller_id, row.buyer_id],
    body: { invoice_id: row.id, ...row, lines },
  });
  const { seller_id: _seller, buyer_id: _buyer, ...plain } = row;
  return {
    ...plain,
    ...names,
    lines: [...lines],
  };
}

export const newCreditNote = z.object({
  invoice_id: uuid,
  number: z.string().trim().min(1).max(60).optional(),
  issued_on: businessDate.optional(),
  reason: shortText,
  lines: z
    .array(
      z.object({
        name: shortText.optional(),
        order_line_no: z.int().min(1).optional(),
        quantity: billedQuantity,
        unit: unitCode.optional(),
        price: nonNegativeDecimal,
        price_base_quantity: positiveDecimal.optional(),
        tax_rate: rate.optional(),
        net_minor: minorUnits.optional(),
        tax_minor: minorUnits.optional(),
      }),
    )
    .min(1)
    .max(1_000),
});
export type NewCreditNote = z.output<typeof newCreditNote>;

/** What of an invoice has not been credited yet, in minor units. */
export async function leftToCredit(tx: Tx, invoiceId: string, total: bigint): Promise<bigint> {
  const rows = await tx.db
    .selectFrom('invoice')
    .select('total_minor')
    .where('chain_id', '=', tx.chain)
    .where('corrects_id', '=', invoiceId)
    .execute();
  return rows.reduce((left, row) => left - row.total_minor, total);
}

const nothing = { product_id: null, tax_code: null };

/** The one line of an invoice that bears a name; none where several do. */
function onlyNamed({ lines }: Invoice, name: string): InvoiceLine | undefined {
  const [first, ...others] = lines.filter((one) => one.name === name);
  return others.length === 0 ? first : undefined;
}

/**
 * The seller takes back a part of an invoice (红字发票). Amounts are written above zero.
 * @throws commerce.not_the_seller, commerce.credit_too_large, commerce.number_taken,
 * commerce.bill_of_nothing
 */
export async function issueCreditNote(
  tx: Tx,
  given: NewCreditNote,
): Promise<{ credit: Invoice; corrected: Invoice }> {
  const corrected = await lockInvoice(tx, given.invoice_id);
  if (corrected.seller.id !== tx.actor.party) throw fault('commerce.not_the_seller');
  const lines = given.lines.map((line, at) => {
    const of = corrected.lines.find((one) => one.order_line_no === line.order_line_no);
    const filled = {
      ...line,
      name: line.name ?? of?.name ?? given.reason,
      unit: line.unit ?? of?.unit ?? 'C62',
      tax_rate: line.tax_rate ?? of?.tax_rate ?? '0.13',
    };
    const { product_id, tax_code } = of ?? onlyNamed(corrected, filled.name) ?? nothing;
    const billed = billedLine(filled, at, null, corrected.currency);
    // What it was stays on what is taken back: revenue by kind of sale nets the two.
    return { ...billed, order_line_no: null, product_id, tax_code };
  });
  const asked = sum(lines, 'net_minor') + sum(lines, 'tax_minor');
  const left = await leftToCredit(tx, corrected.id, corrected.total_minor);
  if (asked > left) throw fault('commerce.credit_too_large', { asked, left });
  const credit = await insertInvoice(tx, {
    kind: 'credit_note',
    number: await numberOf(tx, given.number, { series: 'credit_note', prefix: 'HZ-' }),
    buyer_id: corrected.buyer.id,
    order_id: corrected.order_id,
    corrects_id: corrected.id,
    issued_on: given.issued_on ?? tx.today,
    currency: corrected.currency,
    match: 'unchecked',
    lines,
  });
  return { credit, corrected };
}

const rowColumns = [
  'i.id',
  'i.kind',
  'i.number',
  'i.order_id',
  'i.corrects_id',
  'i.issued_on',
  'i.currency',
  'i.net_minor',
  'i.tax_minor',
  'i.total_minor',
  'i.match',
  'i.disputed_minor',
  'i.recorded_at',
  'i.seller_id',
  'i.buyer_id',
  ...pairColumns,
] as const;

type Found = Omit<InvoiceRow, 'seller' | 'buyer'> & PairFound;

function invoices(tx: Tx) {
  return tx.db
    .selectFrom('invoice as i')
    .innerJoin('party as s', 's.id', 'i.seller_id')
    .innerJoin('party as b', 'b.id', 'i.buyer_id')
    .select(rowColumns)
    .where('i.chain_id', '=', tx.chain);
}

/** @throws commerce.invoice_unknown */
export async function getInvoice(tx: Tx, id: string): Promise<Invoice> {
  const found = await invoices(tx).where('i.id', '=', id).executeTakeFirst();
  if (!found) throw fault('commerce.invoice_unknown');
  const lines = await tx.db
    .selectFrom('invoice_line')
    .select(['line_no', 'order_id', 'order_line_no', 'product_id', 'name', 'quantity', 'unit'])
    .select(['price', 'price_base_quantity', 'tax_rate', 'tax_code', 'net_minor', 'tax_minor'])
    .select(['differences'])
    .where('chain_id', '=', tx.chain)
    .where('invoice_id', '=', id)
    .orderBy('line_no')
    .execute();
  return { ...withNames(found as Found), lines: lines as InvoiceLine[] };
}

/** Locks an invoice against others for the rest of the command. */
export async function lockInvoice(tx: Tx, id: string): Promise<Invoice> {
  await tx.db
    .selectFrom('invoice')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return getInvoice(tx, id);
}

/** The invoices and credit notes of one order, oldest first. */
export async function invoicesOf(tx: Tx, orderId: string): Promise<InvoiceRow[]> {
  const rows = await invoices(tx)
    .where('i.order_id', '=', orderId)
    .orderBy('i.id')
    .limit(200)
    .execute();
  return rows.map((row) => withNames(row as Found));
}

/** The seller's invoice with this number, or undefined. */
export async function findInvoice(tx: Tx, seller: string, number: string) {
  const found = await invoices(tx)
    .where('i.seller_id', '=', seller)
    .where('i.number', '=', number)
    .executeTakeFirst();
  return found ? withNames(found as Found) : undefined;
}

export const invoiceQuery = z.object({
  side: z.enum(['buying', 'selling']).optional(),
  kind: z.enum(['invoice', 'credit_note']).optional(),
  match: z.enum(['matched', 'within_tolerance', 'differs', 'unchecked']).optional(),
  partner_id: uuid.optional(),
  number: z.string().trim().max(60).optional(),
});

/** Invoices and credit notes that the actor may see, newest first. */
export async function listInvoices(tx: Tx, query: PageQuery & z.output<typeof invoiceQuery>) {
  const me = tx.actor.party;
  let rows = invoices(tx);
  const { side, kind, match, partner_id, number } = query;
  if (side) rows = rows.where(side === 'buying' ? 'i.buyer_id' : 'i.seller_id', '=', me);
  if (kind) rows = rows.where('i.kind', '=', kind);
  if (match) rows = rows.where('i.match', '=', match);
  if (number) rows = rows.where('i.number', '=', number);
  if (partner_id) {
    rows = rows.where((is) =>
      is.or([is('i.buyer_id', '=', partner_id), is('i.seller_id', '=', partner_id)]),
    );
  }
  if (query.after) rows = rows.where('i.id', '<', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('i.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(
    found.map((row) => withNames(row as Found)),
    query.limit,
    (row) => [row.id],
  );
}
