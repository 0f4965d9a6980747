import { currencyExponent } from '../../../src/kernel/currencies.ts';
import { Decimal } from '../../../src/kernel/decimal.ts';
import type { Operations, Product } from '../generated/api.ts';
import { parseDecimal } from '../kernel/format/entry.ts';

type Price = Operations['agreement.get']['reply']['prices'][number];

/** Something that can be ordered: a product in the unit in which its price was agreed. */
export type Offer = {
  key: string;
  product: Product;
  unit: string;
  /** For one unit, before tax; null where nothing was agreed. */
  price: string | null;
  tax_rate: string | null;
};

/** What the catalogue offers on a day: agreed prices first, the rest without a price. */
export function offersOf(
  products: readonly Product[],
  prices: readonly Price[],
  today: string,
): Offer[] {
  const valid = prices.filter(
    ({ valid_from, valid_until }) =>
      valid_from <= today && (valid_until === null || valid_until >= today),
  );
  const offers = products
    .filter(({ published }) => published)
    .flatMap((product): Offer[] => {
      const own = valid.filter(({ product_id }) => product_id === product.id);
      const byUnit = new Map(own.map((price) => [price.unit, price]));
      if (byUnit.size === 0) {
        return [{ key: product.id, product, unit: product.unit, price: null, tax_rate: null }];
      }
      return [...byUnit.values()].map(({ unit, price, tax_rate }) => ({
        key: `${product.id} ${unit}`,
        product,
        unit,
        price,
        tax_rate,
      }));
    });
  return offers.toSorted((a, b) => Number(a.price === null) - Number(b.price === null));
}

/** The lines of the order; null while an entry is no number. */
export function orderedLines(offers: readonly Offer[], quantities: ReadonlyMap<string, string>) {
  const lines = [];
  for (const { key, product, unit } of offers) {
    const typed = quantities.get(key)?.trim();
    if (!typed) continue;
    const quantity = parseDecimal(typed);
    if (quantity === undefined) return null;
    if (Number(quantity) > 0) lines.push({ product_id: product.id, unit, quantity });
  }
  return lines;
}

/** What the order comes to before tax, in minor units, as far as prices were agreed. */
export function orderNet(
  offers: readonly Offer[],
  quantities: ReadonlyMap<string, string>,
  currency: string,
): string {
  const scale = new Decimal(10).pow(currencyExponent(currency));
  const net = offers.reduce((sum, { key, price }) => {
    const quantity = parseDecimal(quantities.get(key) ?? '');
    if (quantity === undefined || price === null) return sum;
    return sum.plus(new Decimal(quantity).times(price).times(scale).toDecimalPlaces(0));
  }, new Decimal(0));
  return net.toFixed(0);
}
