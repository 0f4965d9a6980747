import { expect, test } from 'vitest';
import { entryOf, type Item, typedValue } from './values.ts';

const item = (kind: Item['kind']): Item => ({
  ...{ code: 'sales', name: { zh: '收入', en: 'Revenue' }, kind, takes_interval: true },
});

test('amounts are typed in yuan and sent in fen; bounds stay bounds', () => {
  const sales = item('amount');
  expect(typedValue(sales, entryOf(sales, '1234550'))).toBe('1234550');
  expect(entryOf(sales, { low: '100', high: '250' })).toEqual({
    ...{ low: '1.00', high: '2.50', is_interval: true },
  });
  expect(typedValue(sales, { low: '1,000.5', high: '', is_interval: false })).toBe('100050');
  expect(typedValue(sales, { low: '-3', high: '2', is_interval: true })).toEqual({
    ...{ low: '-300', high: '200' },
  });
});

test('what is empty is no answer, and what is no figure is told apart from it', () => {
  const share = item('percent');
  expect(typedValue(share, { low: ' ', high: '', is_interval: false })).toBeNull();
  expect(typedValue(share, { low: '三成', high: '', is_interval: false })).toBeUndefined();
  expect(typedValue(share, { low: '30', high: '', is_interval: true })).toBeUndefined();
  expect(typedValue(item('text'), { low: ' 无 ', high: '', is_interval: false })).toBe('无');
});
