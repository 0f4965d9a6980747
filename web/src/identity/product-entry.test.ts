import { expect, test } from 'vitest';
import type { Product } from '../generated/api.ts';
import { bodyOf, changeOf, EMPTY, entryOf, isWhole } from './product-entry.ts';

const dumplings: Product = {
  ...{ id: '1', owner_id: '2', code: 'SJ', gtin: null, name_zh: '水饺', name_en: 'Dumplings' },
  ...{ unit: 'CT', shelf_life_days: 365, temperature_min_c: '-20.00', temperature_max_c: '-18.50' },
  ...{ tax_code: null, industry_class: null, published: true, changed_at: '2026-01-01T00:00:00Z' },
};

test('a product is said with what was typed alone', () => {
  const entry = { ...EMPTY, code: ' SJ ', name_zh: '水饺', shelf_life_days: '30' };
  expect(bodyOf(entry)).toEqual({ code: 'SJ', name_zh: '水饺', unit: 'CT', shelf_life_days: 30 });
  expect(isWhole(entry)).toBe(true);
  expect(isWhole({ ...entry, pack: 'XBX' })).toBe(false);
  expect(isWhole({ ...entry, pack_holds: '12' })).toBe(false);
});

test('of a listed product only what differs is said, and what was emptied is taken away', () => {
  const entry = entryOf(dumplings);
  expect(entry).toMatchObject({ temperature_min_c: '-20', temperature_max_c: '-18.5' });
  expect(changeOf(entry, dumplings)).toEqual({});
  const changed = { ...entry, name_zh: '三鲜水饺', temperature_min_c: '', shelf_life_days: ' ' };
  expect(changeOf(changed, dumplings)).toEqual({
    ...{ name_zh: '三鲜水饺', temperature_min_c: null, shelf_life_days: null },
  });
  expect(changeOf({ ...entry, name_en: '' }, dumplings)).toEqual({ name_en: '水饺' });
  const packed = { ...entry, gtin: '06901234000016', pack: 'XBX', pack_holds: '0.5' };
  expect(changeOf(packed, dumplings)).toEqual({
    ...{ gtin: '06901234000016', units: [{ unit: 'XBX', base_quantity: '0.5' }] },
  });
});
