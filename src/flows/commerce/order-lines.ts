import { Decimal, isCurrency, lineAmountMinor, type Tx } from '../../kernel/index.ts';
import { findAgreement, pricesOn, type SupplyAgreement } from './agreements.ts';
import { findProducts } from './catalogue.ts';
import { fault } from './faults.ts';
import { scheduledQuantity } from './order-state.ts';
import type { Product } from './products.ts';
import type { NewOrderLine, OrderLine, Schedule } from './schema.ts';

/** The terms and the products that lines between two parties can be filled in from. */
export type LineTerms = {
  seller_id: string;
  buyer_id: string;
  currency: string;
  requested_on: string;
  agreement: SupplyAgreement | undefined;
};

/** @throws commerce.identifier_invalid for a code that ISO 4217 does not list. */
export function assertCurrency(code: string): void {
  if (isCurrency(code)) return;
  const zh = `不认识货币 ${code}。`;
  throw fault('commerce.identifier_invalid', { zh, en: `Unknown currency ${code}.` });
}

export async function termsBetween(tx: Tx, pair: Omit<LineTerms, 'agreement'>): Promise<LineTerms> {
  assertCurrency(pair.currency);
  const agreement = await findAgreement(tx, pair.seller_id, pair.buyer_id, tx.today);
  return { ...pair, agreement };
}

/** Net of a line in minor units: quantity × price ÷ base quantity, rounded half up once. */
export function netOf(
  line: Pick<OrderLine, 'quantity' | 'price' | 'price_base_quantity'>,
  currency: string,
): bigint {
  return lineAmountMinor(line.quantity, line.price, line.price_base_quantity, currency);
}

/** Tax on a net amount, rounded half up to minor units. */
export function taxOf(net_minor: bigint, tax_rate: string): bigint {
  return BigInt(
    new Decimal(net_minor.toString())
      .times(tax_rate)
      .toDecimalPlaces(0, Decimal.ROUND_HALF_UP)
      .toFixed(),
  );
}

type TermsOfPrice = { unit: string; price: string; tax_rate: string };

function priceFor(
  asked: NewOrderLine,
  product: Product | undefined,
  prices: readonly (TermsOfPrice & { product_id: string; quantity_min: string })[],
): TermsOfPrice | undefined {
  if (!product) return undefined;
  const unit = asked.unit ?? prices.find((one) => one.product_id === product.id)?.unit;
  return prices
    .filter((one) => one.product_id === product.id && one.unit === unit)
    .find((one) => new Decimal(one.quantity_min).lte(asked.quantity));
}

/** When the buyer wants how much: no more and no less than it orders. */
function wishedSchedule(asked: NewOrderLine, line: number, terms: LineTerms): Schedule {
  const { schedule, quantity } = asked;
  if (schedule) {
    const sum = scheduledQuantity(schedule);
    if (sum.eq(quantity)) return schedule;
    throw fault('commerce.schedule_uneven', { line, sum: sum.toFixed(), quantity });
  }
  return [{ quantity: asked.quantity, on: asked.requested_on ?? terms.requested_on }];
}

/**
 * Makes full lines of what a buyer wrote: product from its codes, unit, price and tax from the
 * agreement of the day. What the buyer wrote itself stands, even where it differs: the seller
 * answers to it line by line.
 *
 * @throws commerce.product_unknown where a line names no product and does not describe itself,
 *   commerce.schedule_uneven
 */
export async function fillLines(
  tx: Tx,
  terms: LineTerms,
  asked: readonly NewOrderLine[],
  firstNo = 1,
): Promise<OrderLine[]> {
  const { seller_id, buyer_id, agreement } = terms;
  const products = await findProducts(tx, seller_id, buyer_id, asked);
  const ids = products.flatMap((one) => (one ? [one.id] : []));
  // A price of 5.20 yuan is no price of 5.20 dollars: in another currency nothing is agreed.
  const priced = agreement?.currency === terms.currency ? agreement : undefined;
  const prices = priced ? await pricesOn(tx, priced.id, ids, tx.today) : [];
  const numbers = new Set<number>();
  return asked.map((line, at) => {
    const product = products[at];
    const line_no = line.line_no ?? firstNo + at;
    if (numbers.has(line_no)) {
      const zh = `行号 ${line_no} 重复。`;
      throw fault('commerce.identifier_invalid', { zh, en: `Line number ${line_no} is twice.` });
    }
    numbers.add(line_no);
    return fillLine(line, line_no, terms, product, priceFor(line, product, prices));
  });
}

function fillLine(
  asked: NewOrderLine,
  line_no: number,
  terms: LineTerms,
  product: Product | undefined,
  agreed: TermsOfPrice | undefined,
): OrderLine {
  const name = asked.name ?? product?.name_zh;
  const unit = asked.unit ?? agreed?.unit ?? product?.unit;
  const price = asked.price ?? agreed?.price;
  if (!name || !unit || price === undefined) {
    const code = asked.seller_code ?? asked.buyer_code ?? asked.gtin ?? `#${line_no}`;
    throw fault('commerce.product_unknown', { code });
  }
  const line = {
    line_no,
    product_id: product?.id ?? null,
    buyer_code: asked.buyer_code ?? null,
    seller_code: asked.seller_code ?? product?.code ?? null,
    gtin: asked.gtin ?? product?.gtin ?? null,
    name,
    quantity: asked.quantity,
    unit,
    price,
    price_base_quantity: asked.price_base_quantity ?? '1',
    tax_rate: asked.tax_rate ?? agreed?.tax_rate ?? '0.13',
  };
  return {
    ...line,
    net_minor: netOf(line, terms.currency),
    state: 'open',
    requested: wishedSchedule(asked, line_no, terms),
    offered: null,
    offered_price: null,
    promised: null,
    first_promise: null,
    first_promised_at: null,
    reason: null,
    ...nothingMoved,
  };
}

const nothingMoved = {
  despatched: '0',
  accepted: '0',
  short: '0',
  damaged: '0',
  turned_away: '0',
  returned: '0',
  invoiced: '0',
};

/** The sums of an order's live lines, tax rounded line by line. */
export function totalsOf(lines: readonly OrderLine[]) {
  const live = lines.filter((line) => line.state !== 'cancelled' && line.state !== 'refused');
  const net_minor = live.reduce((sum, line) => sum + line.net_minor, 0n);
  const tax_minor = live.reduce((sum, line) => sum + taxOf(line.net_minor, line.tax_rate), 0n);
  return { net_minor, tax_minor, total_minor: net_minor + tax_minor };
}
