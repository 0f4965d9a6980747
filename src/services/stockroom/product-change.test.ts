import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTradeServer, type TradeServer } from '../trade/testing.ts';
import { stockroom } from './index.ts';
import { newGtin, openKitchen } from './testing.ts';

let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer([stockroom]);
});
afterAll(() => trade.close());

type Who = 'buyer' | 'seller' | 'other';
let serial = 0;
/** A product of the buyer's, listed in haste. */
async function listed(more: object = {}): Promise<string> {
  serial += 1;
  const product = { code: `P-${serial}`, name_zh: '三先水饺', unit: 'KGM', ...more };
  return (await trade.done('buyer', 'products', product)).id;
}
const change = (id: string, body: object, who: Who = 'buyer') =>
  trade.send(who, `/api/v1/products/${id}`, body as Record<string, unknown>, 'PATCH');
const shown = (id: string, who: Who = 'buyer') => trade.read(who, `products/${id}`);

test('What was misspelt or forgotten is put right, and what is not named stays', async () => {
  const id = await listed({ shelf_life_days: 30, temperature_max_c: '-18' });
  const said = await change(id, {
    name_zh: '三鲜水饺',
    name_en: 'Dumplings',
    shelf_life_days: 365,
  });
  expect(said.statusCode).toBe(200);
  const after = await shown(id, 'seller');
  expect(after).toMatchObject({ name_zh: '三鲜水饺', name_en: 'Dumplings', shelf_life_days: 365 });
  expect(after).toMatchObject({ unit: 'KGM', temperature_max_c: '-18.00', units: [] });
  expect((await change(id, { temperature_max_c: null })).json().temperature_max_c).toBe(null);
  const { items } = await trade.read('buyer', `facts?subject=${id}`);
  const types = (items as { type: string }[]).map(({ type }) => type);
  const changed = 'commerce.product.changed';
  expect(types.toSorted()).toEqual([changed, changed, 'commerce.product.listed']);
});

test('Nobody changes a product of somebody else', async () => {
  const hidden = await listed({ published: false });
  const open = await listed();
  expect((await change(open, { name_zh: '假水饺' }, 'seller')).statusCode).toBe(404);
  expect((await change(hidden, { name_zh: '假水饺' }, 'seller')).statusCode).toBe(404);
  expect((await shown(open)).name_zh).toBe('三先水饺');
});

test('A GTIN is given once, and a wrong one not at all', async () => {
  const id = await listed();
  const [gtin, other] = [newGtin(), newGtin()];
  expect((await change(id, { gtin: '06901234000017' })).json().code).toBe(
    'commerce.identifier_invalid',
  );
  expect((await change(id, { gtin: '' })).statusCode).toBe(422);
  expect((await change(id, { gtin })).json()).toMatchObject({ gtin: `0${gtin}`.slice(-14) });
  expect((await change(id, { gtin, name_zh: '再说一遍' })).statusCode).toBe(200);
  const refused = await change(id, { gtin: other, name_zh: '换了' });
  expect(refused.json()).toMatchObject({ code: 'commerce.gtin_given' });
  expect((await shown(id)).name_zh).toBe('再说一遍');
});

test('Once goods have moved without a GTIN none is given: traces would part', async () => {
  const id = await listed();
  const { id: place_id } = await trade.done('buyer', 'places', {
    name_zh: '新库',
    kind: 'factory',
  });
  const line = { product_id: id, product_name: '水饺', lot: 'N1', unit: 'KGM', counted: '5' };
  await trade.done('buyer', 'stock/counts', { place_id, reason: '期初', lines: [line] });
  const refused = await change(id, { gtin: newGtin(), name_zh: '三鲜水饺' });
  expect(refused.json()).toMatchObject({ code: 'stockroom.goods_have_moved' });
  expect(await shown(id)).toMatchObject({ gtin: null, name_zh: '三先水饺' });
});

test('What has been ordered is ordered on as it was', async () => {
  const { id: product_id } = await trade.done('seller', 'products', {
    ...{ code: 'ORD-1', name_zh: '冻肉', unit: 'KGM' },
  });
  const { id: place_id } = await trade.done('buyer', 'places', { name_zh: '库', kind: 'factory' });
  const line = { product_id, name: '冻肉', unit: 'XBX', price: '30', quantity: '4' };
  await trade.done('buyer', 'orders', {
    seller_id: trade.parties.seller.id,
    ...{ requested_on: '2026-03-05', place_id, lines: [line] },
  });
  const ask = async (body: object) => (await change(product_id, body, 'seller')).json().code;
  expect(await ask({ gtin: newGtin() })).toBe('commerce.ordered_without_gtin');
  const units = (unit: string) => ({ units: [{ unit, base_quantity: '0.5' }] });
  expect(await ask(units('XBX'))).toBe('commerce.unit_ordered');
  expect((await change(product_id, units('XBG'), 'seller')).statusCode).toBe(200);
});

test('What lies in stock is called by its new name', async () => {
  const id = await listed();
  const { id: place_id } = await trade.done('buyer', 'places', { name_zh: '仓', kind: 'factory' });
  const line = { product_id: id, product_name: '三先水饺', lot: 'R1', unit: 'KGM', counted: '5' };
  await trade.done('buyer', 'stock/counts', { place_id, reason: '期初', lines: [line] });
  await change(id, { name_zh: '三鲜水饺' });
  const { items } = await trade.read('buyer', `stock?place_id=${place_id}`);
  expect((items as { product_name: string }[]).map((row) => row.product_name)).toEqual([
    '三鲜水饺',
  ]);
});

test('Where nothing is said, nothing is recorded', async () => {
  const id = await listed();
  const { changed_at } = await shown(id);
  expect((await change(id, {})).json().changed_at).toBe(changed_at);
  const { items } = await trade.read('buyer', `facts?subject=${id}`);
  expect((items as object[]).length).toBe(1);
});

test('A packing unit is added, and none is said twice', async () => {
  const { dumplings } = await openKitchen(trade);
  const box = { unit: 'XBX', base_quantity: '0.5' };
  expect((await change(dumplings.id, { units: [box] })).json().units).toEqual([box]);
  const again = { ...box, base_quantity: '0.25' };
  expect((await change(dumplings.id, { units: [again] })).json().code).toBe('commerce.unit_known');
  const base = { unit: 'CT', base_quantity: '2' };
  expect((await change(dumplings.id, { units: [base] })).json().code).toBe('commerce.unit_known');
});
