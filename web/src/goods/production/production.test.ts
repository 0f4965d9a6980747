import { expect, test } from 'vitest';
import type { Product } from '../../generated/api.ts';
import { type MadeLot, productionOf, rowKey } from './production.ts';

const flour = { product_id: 'flour', lot: 'F1', unit: 'KGM' };
const meat = { product_id: 'meat', lot: 'M1', unit: 'KGM' };
const dumplings = { id: 'dumplings' } as Product;
const made = (more: Partial<MadeLot> = {}): MadeLot => ({
  ...{ product: dumplings, lot: ' D1 ', quantity: '12', best_before: '2027-03-02', ...more },
});
const typed = new Map([
  [rowKey(flour), '3'],
  [rowKey(meat), ' 4.5 '],
]);
const given = (lines: MadeLot[], rows = [flour, meat], used = typed) =>
  productionOf('kitchen', ' SC-1 ', lines, rows, used);

test('what was typed is sent, the date with it or the word that there is none', () => {
  expect(given([made(), made({ lot: 'D2', best_before: '' })])).toEqual({
    place_id: 'kitchen',
    order_number: 'SC-1',
    used: [
      { ...flour, quantity: '3' },
      { ...meat, quantity: '4.5' },
    ],
    made: [
      { product_id: 'dumplings', lot: 'D1', quantity: '12', best_before: '2027-03-02' },
      { product_id: 'dumplings', lot: 'D2', quantity: '12', best_before: null },
    ],
  });
});

test('nothing is sent without what was typed at a lot that has left meanwhile', () => {
  expect(given([made()], [flour])).toBeNull();
  expect(given([made()], [flour], new Map([[rowKey(flour), '3']]))).not.toBeNull();
});

test('nothing is sent while a line is empty, is no number, or is there already', () => {
  expect(given([])).toBeNull();
  expect(given([made({ lot: ' ' })])).toBeNull();
  expect(given([made({ quantity: 'x' })])).toBeNull();
  expect(given([made(), made({ quantity: '1' })])).toBeNull();
  expect(given([made()], [flour, meat], new Map([...typed, [rowKey(meat), 'x']]))).toBeNull();
  expect(given([made()], [flour, meat], new Map())).toBeNull();
});
