import { expect, test } from 'vitest';
import type { Product, Production } from '../../generated/api.ts';
import {
  emptyEntry,
  entryOf,
  followDay,
  lyingWithout,
  type MadeLot,
  productionOf,
  rowKey,
} from './production.ts';

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
  productionOf({ ...emptyEntry, order: ' SC-1 ', made: lines, used }, rows, 'Asia/Shanghai');

test('what was typed is sent, the date with it or the word that there is none', () => {
  expect(given([made(), made({ lot: 'D2', best_before: '' })])).toEqual({
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

test('a production of before is typed over: with what lay there without it', () => {
  const line = { product_name: '猪肉馅', ...meat, quantity: '4.5' };
  const recorded = {
    ...{ event_id: 'e', place_id: 'kitchen', order_number: null, withdrawn_by: null },
    ...{ made_at: '2026-03-02T01:00:00.000Z', recorded_at: '2026-03-02T09:00:00.000Z' },
    used: [line],
    made: [
      {
        ...{ product_id: 'dumplings', product_name: '水饺', lot: 'D1', unit: 'CT' },
        ...{ quantity: '12', best_before: null },
      },
    ],
  } satisfies Production;
  const lying = { product_name: '水饺', best_before: null, unit: 'CT' };
  const rows = [
    { ...lying, product_id: 'dumplings', lot: 'D1', quantity: '12' },
    { ...lying, product_id: 'sauce', lot: 'S1', quantity: '0.1' },
  ];
  const then = lyingWithout(rows, recorded);
  expect(then.map(({ lot, quantity }) => [lot, quantity])).toEqual([
    ['S1', '0.1'],
    ['M1', '4.5'],
  ]);
  const entry = entryOf(recorded, [dumplings], { date: '2026-03-02', time: '09:00' });
  expect(productionOf(entry, then, 'Asia/Shanghai')).toEqual({
    used: [{ ...meat, quantity: '4.5' }],
    made: [{ product_id: 'dumplings', lot: 'D1', quantity: '12', best_before: null }],
    made_at: '2026-03-02T01:00:00.000Z',
  });
  expect(productionOf({ ...entry, time: '' }, then, 'Asia/Shanghai')).toBeNull();
});

test('lot and date follow the day of production until somebody types them', () => {
  const product = { ...dumplings, shelf_life_days: 365 };
  const line = made({ product, lot: '20260303', best_before: '2027-03-03' });
  const typed = made({ product, lot: 'D9', best_before: '2026-12-31' });
  const [followed, kept] = followDay([line, typed], '2026-03-03', '2026-03-02');
  expect(followed).toMatchObject({ lot: '20260302', best_before: '2027-03-02' });
  expect(kept).toEqual(typed);
});
