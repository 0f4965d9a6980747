import { describe, expect, it } from 'vitest';
import type { Operations, Product } from '../generated/api.ts';
import { offersOf, orderedLines, orderNet } from './offers.ts';

type Price = Operations['agreement.get']['reply']['prices'][number];

const product = (id: string) => ({ id, unit: 'KGM', published: true }) as Product;
const price = (product_id: string, unit: string, valid_until: string | null = null) =>
  ({
    product_id,
    unit,
    price: '130.00',
    tax_rate: '0.09',
    valid_from: '2026-01-01',
    valid_until,
  }) as Price;

describe('offersOf', () => {
  it('has one offer for each agreed unit, and those without a price last', () => {
    const offers = offersOf(
      [product('b'), product('a')],
      [price('a', 'CT'), price('a', 'XPX'), price('b', 'CT', '2026-02-01')],
      '2026-11-23',
    );
    expect(offers.map(({ key }) => key)).toEqual(['a CT', 'a XPX', 'b']);
    expect(offers.at(-1)?.price).toBeNull();
  });
});

describe('an order from offers', () => {
  const offers = offersOf([product('a')], [price('a', 'CT')], '2026-11-23');

  it('takes only what has a quantity', () => {
    expect(orderedLines(offers, new Map([['a CT', ' 12 ']]))).toEqual([
      { product_id: 'a', unit: 'CT', quantity: '12' },
    ]);
    expect(orderedLines(offers, new Map())).toEqual([]);
    expect(orderedLines(offers, new Map([['a CT', 'viele']]))).toBeNull();
  });

  it('is worth its quantities at the agreed prices', () => {
    expect(orderNet(offers, new Map([['a CT', '1.5']]), 'CNY')).toBe('19500');
  });
});
