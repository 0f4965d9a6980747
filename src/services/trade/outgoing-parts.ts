import { getOrder, type Order, type OrderLine } from '../../flows/commerce/index.ts';
import { type Tax, type TradeItem, type TradeParty, tradeParty } from '../../flows/data/index.ts';
import { Decimal, getParty, type Party, type Tx } from '../../kernel/index.ts';
import { lineNamesOf } from './line-names.ts';
import { aliasesOf } from './partners.ts';

/**
 * A party as its partners' systems know it: GLN under 0088; 统一社会信用代码 without a scheme, since
 * ISO 6523 has none for all of its 18 places, and behind "CN" as tax number; then what the actor's
 * own documents called it.
 */
export async function tradePartyOf(tx: Tx, id: string): Promise<TradeParty> {
  const known: Party = await getParty(tx, id);
  const aliases = await aliasesOf(tx, id);
  const tax = aliases.find((one) => one.scheme === 'VAT')?.value ?? null;
  const others = aliases.filter(({ scheme }) => scheme !== 'VAT' && scheme !== 'name');
  return tradeParty.parse({
    ids: [
      ...(known.gln ? [{ scheme: '0088', value: known.gln }] : []),
      ...(known.uscc ? [{ scheme: null, value: known.uscc }] : []),
      ...others.map(({ scheme, value }) => ({ scheme: scheme || null, value })),
    ],
    name: known.name_zh,
    tax_id: known.uscc ? `CN${known.uscc}` : tax,
    // A firm with a Chinese code sits in China; of others the directory does not know it.
    address: known.uscc ? { country: 'CN' } : null,
  });
}

export async function bothSides(tx: Tx, of: { buyer: { id: string }; seller: { id: string } }) {
  return {
    buyer: await tradePartyOf(tx, of.buyer.id),
    seller: await tradePartyOf(tx, of.seller.id),
  };
}

/** 增值税 in UNCL 5305: S with its rate; what is free of it is zero-rated (Z) to everybody else. */
export function taxOf(rate: string): Tax {
  const percent = new Decimal(rate).times(100).toFixed();
  return { category: percent === '0' ? 'Z' : 'S', percent };
}

/** An item as both sides name it. */
export function itemOf(line: Partial<OrderLine> & { name: string }): Omit<TradeItem, 'lots'> {
  return {
    name: line.name,
    description: null,
    seller_id: line.seller_code ?? null,
    buyer_id: line.buyer_code ?? null,
    standard_id: line.gtin ? { scheme: '0160', value: line.gtin } : null,
    tax: line.tax_rate === undefined ? null : taxOf(line.tax_rate),
  };
}

/** An order with the names that its document gave to its lines. */
export async function namedOrder(tx: Tx, id: string) {
  const order: Order = await getOrder(tx, id);
  return { order, names: await lineNamesOf(tx, id) };
}

/** A price per one needs no base quantity. */
export function baseOf(quantity: string): string | null {
  return new Decimal(quantity).eq(1) ? null : quantity;
}
