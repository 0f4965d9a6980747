import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTradeServer, type TradeServer } from './testing.ts';

let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer();
});
afterAll(() => trade.close());

type Who = 'buyer' | 'seller' | 'other';

/** Sends a command and gives its answer; the test fails where it is refused. */
async function done(who: Who, url: string, body: Record<string, unknown>) {
  const answer = await trade.send(who, `/api/v1/${url}`, body);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

const refused = async (who: Who, url: string, body: Record<string, unknown>) =>
  (await trade.send(who, `/api/v1/${url}`, body)).json().code;

const read = async (who: Who, url: string) => (await trade.get(who, `/api/v1/${url}`)).json();

const openPlace = (who: Who) => done(who, 'places', { name_zh: `${who} 冷库`, kind: 'cold_store' });

function orderOf(line: Record<string, unknown>, more: Record<string, unknown> = {}) {
  const lines = [{ name: '冷冻前腿肉', unit: 'CT', price: '130', quantity: '100', ...line }];
  return { seller_id: trade.parties.seller.id, requested_on: '2026-03-03', lines, ...more };
}

async function confirmed(more: Record<string, unknown> = {}, line: Record<string, unknown> = {}) {
  const order = await done('buyer', 'orders', orderOf(line, more));
  const lines = [{ line_no: 1, answer: 'accept' }];
  return done('seller', `orders/${order.id}/responses`, { lines });
}

const send = (order: { id: string }, quantity: string, more: Record<string, unknown> = {}) => ({
  order_id: order.id,
  expected_on: '2026-03-03',
  lines: [{ order_line_no: 1, quantity }],
  ...more,
});

const accept = (despatch: { id: string }, accepted: string, received_at?: string) => ({
  despatch_id: despatch.id,
  ...(received_at ? { received_at } : {}),
  lines: [{ despatch_line_no: 1, accepted }],
});

test("goods are sent to the buyer's own places only: elsewhere it could not receive", async () => {
  const [mine, theirs] = [await openPlace('buyer'), await openPlace('other')];
  const away = orderOf({}, { place_id: theirs.id });
  expect(await refused('buyer', 'orders', away)).toBe('goods.place_unknown');
  const order = await confirmed({ place_id: mine.id });
  const astray = send(order, '60', { to_place_id: theirs.id });
  expect(await refused('seller', 'despatches', astray)).toBe('goods.place_unknown');
  const { despatch } = await done('seller', 'despatches', send(order, '60'));
  expect(despatch.to_place_id).toBe(mine.id);
  await done('buyer', 'receipts', accept(despatch, '60'));
});

test('goods are received today or before: the clock of payment runs from then', async () => {
  const order = await confirmed();
  const { despatch } = await done('seller', 'despatches', send(order, '100'));
  const ahead = accept(despatch, '100', '2026-03-03T01:00:00.000Z');
  expect(await refused('buyer', 'receipts', ahead)).toBe('commerce.received_ahead');
  await done('buyer', 'receipts', accept(despatch, '100', '2026-03-01T01:00:00.000Z'));
});

test('what comes at one in the morning in Shanghai comes on that day, a day late', async () => {
  const order = await confirmed({ requested_on: '2026-03-01' });
  const { despatch } = await done('seller', 'despatches', send(order, '100'));
  // 2 March, 01:00 in Shanghai, is still 1 March in UTC.
  await done('buyer', 'receipts', accept(despatch, '100', '2026-03-01T17:00:00.000Z'));
  const { knots, spans } = await read('buyer', `orders/${order.id}/weave`);
  expect(knots).toContainEqual(expect.objectContaining({ id: 'promise:2026-03-01' }));
  expect(spans).toContainEqual(expect.objectContaining({ flow: 'goods', tone: 'late' }));
});

test('a part that came in time keeps no promise of the whole', async () => {
  const order = await confirmed({ requested_on: '2026-03-01' });
  const { despatch } = await done('seller', 'despatches', send(order, '40'));
  await done('buyer', 'receipts', accept(despatch, '40', '2026-03-01T02:00:00.000Z'));
  const { knots } = await read('buyer', `orders/${order.id}/weave`);
  expect(knots).toContainEqual(expect.objectContaining({ id: 'promise:2026-03-01', tone: 'late' }));
});

test('nobody waits for a line that was called off', async () => {
  const order = await confirmed({ requested_on: '2026-03-01' });
  const second = { change: 'add', name: '五花肉', unit: 'CT', price: '90', quantity: '1' };
  const lines = [{ change: 'cancel', line_no: 1 }, second];
  await done('buyer', `orders/${order.id}/changes`, { lines });
  const view = await read('buyer', `orders/${order.id}/view`);
  expect(view).toMatchObject({ promises: [], alerts: [] });
  const { spans } = await read('buyer', `orders/${order.id}/weave`);
  expect(spans).toEqual([]);
});

test('what is sent back leaves the place that it was received into', async () => {
  const pork = await done('seller', 'products', { code: 'P-1', name_zh: '前腿肉', unit: 'CT' });
  const mine = await openPlace('buyer');
  const order = await confirmed({}, { product_id: pork.id });
  const sent = [{ order_line_no: 1, quantity: '100', lot: 'L-7' }];
  const to_there = send(order, '100', { to_place_id: mine.id, lines: sent });
  const { despatch } = await done('seller', 'despatches', to_there);
  await done('buyer', 'receipts', accept(despatch, '100'));
  const lines = [{ order_line_no: 1, quantity: '10' }];
  await done('buyer', 'returns', { order_id: order.id, reason: '包装破', lines });
  const { items } = await read('buyer', `stock?place_id=${mine.id}`);
  expect(items).toMatchObject([{ lot: 'L-7', quantity: '90' }]);
});

test('whoever only reads an order does not speak for its seller', async () => {
  const order = await confirmed();
  const share = { reader_id: trade.parties.other.id, scope: 'orders', purpose: '融资' };
  const { id } = await done('seller', 'sharing-agreements', share);
  expect((await read('other', `orders/${order.id}`)).number).toBe(order.number);
  const url = `orders/${order.id}/messages`;
  expect(await refused('other', url, { text: '请改付到新账户' })).toBe('commerce.not_a_side');
  await done('seller', url, { text: '明天发货' });
  const headers = { authorization: await trade.keyOf('seller') };
  await trade.server.inject({ method: 'DELETE', url: `/api/v1/sharing-agreements/${id}`, headers });
});

test('the parts of a line add up to what is ordered', async () => {
  const schedule = [{ quantity: '60', on: '2026-03-03' }];
  expect(await refused('buyer', 'orders', orderOf({ schedule }))).toBe('commerce.schedule_uneven');
});

test('stock in fine fractions can still be listed', async () => {
  const flour = await done('seller', 'products', {
    code: 'F-1',
    name_zh: '面粉',
    unit: 'KGM',
    units: [{ unit: 'LBR', base_quantity: '0.45359237' }],
  });
  const mine = await openPlace('buyer');
  const line = { product_id: flour.id, name: '面粉', unit: 'LBR', quantity: '0.3333333333' };
  const order = await confirmed({ place_id: mine.id }, line);
  const { despatch } = await done('seller', 'despatches', send(order, '0.3333333333'));
  await done('buyer', 'receipts', accept(despatch, '0.3333333333'));
  const { items } = await read('buyer', `stock?place_id=${mine.id}`);
  expect(items).toMatchObject([{ quantity: '0.1511974567', unit: 'KGM' }]);
});

test('an amount is answered as far as it can be kept, and refused beyond', async () => {
  const large = orderOf({ quantity: '80000000000', price: '1000000', tax_rate: '0' });
  expect(await done('buyer', 'orders', large)).toMatchObject({ net_minor: '8000000000000000000' });
  const larger = orderOf({ quantity: '90000000000', price: '2000000', tax_rate: '0' });
  expect(await refused('buyer', 'orders', larger)).toBe('kernel.malformed');
});

test('a bill that rounds to nothing is refused, and so is a credit note', async () => {
  const buyer_id = trade.parties.buyer.id;
  const line = { name: '样品', unit: 'C62', quantity: '1', price: '1' };
  const least = { ...line, quantity: '0.0000000001', price: '0.0000000001' };
  const bill = (lines: object[]) => ({ buyer_id, lines });
  expect(await refused('seller', 'invoices', bill([least]))).toBe('commerce.bill_of_nothing');
  const { id } = await done('seller', 'invoices', bill([line]));
  const lines = [{ quantity: '1', price: '1', price_base_quantity: '999999999999999' }];
  const credit = { invoice_id: id, reason: '多收', lines };
  expect(await refused('seller', 'credit-notes', credit)).toBe('commerce.bill_of_nothing');
});
