import { expect, it } from 'vitest';
import { bodyOf, EMPTY_PROMISE, isPriceWrong, isWhole } from './bundle.ts';

const promise = (more: object) => ({ ...EMPTY_PROMISE(1), name: '配送', ...more });

it('sends names without blanks, and says null where nothing is known', () => {
  const promises = [
    promise({ low: '50', high: '60.5', industry_class: '5432' }),
    promise({ name: ' 维护 ' }),
  ];
  expect(isWhole(promises)).toBe(true);
  expect(bodyOf(promises)).toEqual([
    { name: '配送', low: '50', high: '60.5', industry_class: '5432' },
    { name: '维护', low: null, high: null, industry_class: null },
  ]);
});

it('holds back what the server would refuse', () => {
  expect(isPriceWrong(promise({ low: '5' }))).toBe(true);
  expect(isPriceWrong(promise({ low: '6', high: '5' }))).toBe(true);
  expect(isPriceWrong(promise({ low: 'x', high: '5' }))).toBe(true);
  expect(isWhole([promise({ name: ' ' })])).toBe(false);
  expect(isWhole([promise({ industry_class: '54' })])).toBe(false);
});
