import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildFromEvents } from '../../flows/goods/index.ts';
import { recall } from '../recall/index.ts';
import { openTradeServer, type TradeServer } from '../trade/testing.ts';
import { stockroom } from './index.ts';
import { link, openKitchen } from './testing.ts';

let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer([recall, stockroom]);
});
afterAll(() => trade.close());

type Json = Record<string, unknown>;
type Kitchen = Awaited<ReturnType<typeof openKitchen>>;

const done = (url: string, body: Json) => trade.done('buyer', url, body);
const read = (url: string) => trade.read('buyer', url);
const refused = async (who: 'buyer' | 'seller', url: string, body: Json) =>
  (await trade.send(who, `/api/v1/${url}`, body)).json().code;
/** Time goes on: what is recorded now comes behind all that was. */
function pass(minutes: number): string {
  trade.clock.set(new Date(trade.clock.now().getTime() + minutes * 60_000));
  return trade.clock.now().toISOString();
}

async function stockOf({ kitchen }: Kitchen) {
  const { items } = await read(`stock?place_id=${kitchen.id}`);
  const rows = (items as Json[]).map((row) => [row.lot, Number(row.quantity), row.best_before]);
  expect(await read('stock/reconciliation')).toEqual({ differences: [] });
  return Object.fromEntries(rows.map(([lot, ...rest]) => [lot, rest]));
}

/** What a recall of a lot would find. */
async function madeOf(item: string): Promise<unknown[]> {
  const list = await done('recalls/dry-run', { items: [{ item }] });
  return (list.there as Json[]).flatMap((place) => (place.rows as Json[]).map((row) => row.item));
}

const count = ({ kitchen, dumplings }: Kitchen, lot: string, counted: string) =>
  done('stock/counts', {
    ...{ place_id: kitchen.id, reason: '盘点' },
    lines: [{ product_id: dumplings.id, product_name: '水饺', lot, unit: 'CT', counted }],
  });

/** Some of a lot goes to a dealer. */
async function ship({ kitchen, dumplings }: Kitchen, quantity: string, lot: string) {
  const order = await trade.done('other', 'orders', {
    ...{ seller_id: trade.parties.buyer.id, requested_on: '2026-03-20' },
    lines: [{ product_id: dumplings.id, name: '水饺', unit: 'CT', price: '90', quantity }],
  });
  await done(`orders/${order.id}/responses`, { lines: [{ line_no: 1, answer: 'accept' }] });
  await done('despatches', {
    ...{ order_id: order.id, from_place_id: kitchen.id, expected_on: '2026-03-20' },
    lines: [{ order_line_no: 1, quantity, lot }],
  });
}

test('what was never made is taken back: no stock has it, no trace leads to it', async () => {
  const kitchen = await openKitchen(trade);
  const before = await stockOf(kitchen);
  const body = { place_id: kitchen.kitchen.id, used: kitchen.used('30'), made: kitchen.made('12') };
  const { event_id } = await done('productions', body);
  expect(await madeOf(link(kitchen.meatGtin, 'M1'))).toContain(link(kitchen.gtin, 'D1'));
  pass(5);

  const url = `productions/${event_id}/withdrawal`;
  expect(await refused('seller', url, { reason: '不是我的' })).toBe('goods.production_unknown');
  const { event_id: declared, instead_id } = await done(url, { reason: '重复记录' });
  expect(instead_id).toBeNull();
  expect(await stockOf(kitchen)).toEqual(before);
  expect(await madeOf(link(kitchen.meatGtin, 'M1'))).not.toContain(link(kitchen.gtin, 'D1'));
  const event = JSON.parse((await read(`events/${declared}`)).json).epcisBody.eventList[0];
  expect(event).toMatchObject({
    eventID: `urn:uuid:${event_id}`,
    errorDeclaration: { reason: 'did_not_occur' },
    outputQuantityList: [{ epcClass: link(kitchen.gtin, 'D1'), quantity: 12 }],
  });
  expect((await read(`productions/${event_id}`)).withdrawn_by).toBe(declared);
  expect(await refused('buyer', url, { reason: '再次' })).toBe('goods.production_withdrawn');
  expect(await refused('buyer', `productions/${declared}/withdrawal`, { reason: '反悔' })).toBe(
    'goods.production_unknown',
  );

  const row = { product_id: kitchen.dumplings.id, lot: 'D1', unit: 'CT' };
  const search = new URLSearchParams({ ...row, place_id: kitchen.kitchen.id });
  const { items } = await read(`stock/thread?${search}`);
  const told = (items as Json[]).map((one) => [one.quantity, one.takes_back, one.voided_at]);
  expect(told).toEqual([
    ['-12', true, null],
    ['12', false, null],
  ]);
  const rebuilt = await rebuildFromEvents((work) => trade.as('buyer', work));
  expect(rebuilt).toMatchObject({ entries: 0, rows: 0 });
  expect((await read(`stock/thread?${search}`)).items).toEqual(items);
});

test('as known before a correction, what was said then is what was made', async () => {
  const kitchen = await openKitchen(trade);
  const body = { place_id: kitchen.kitchen.id, used: kitchen.used('30'), made: kitchen.made('12') };
  const { event_id } = await done('productions', body);
  const known_at = pass(60);
  pass(60);
  await done(`productions/${event_id}/withdrawal`, { reason: '没有生产' });
  const forward = { items: [{ item: link(kitchen.meatGtin, 'M1') }], direction: 'forward' };
  const reached = async (more: Json) =>
    JSON.stringify(await done('trace', { ...forward, ...more })).includes(link(kitchen.gtin, 'D1'));
  expect([await reached({}), await reached({ known_at })]).toEqual([false, true]);
});

test('a lot of which some has left is said to be made of something else', async () => {
  const kitchen = await openKitchen(trade);
  const { used, made } = kitchen;
  const cellar = { place_id: kitchen.kitchen.id };
  await done('stock/counts', {
    ...{ ...cellar, reason: '期初' },
    lines: [
      {
        product_id: kitchen.meat.id,
        product_name: '猪肉馅',
        lot: 'M2',
        unit: 'KGM',
        counted: '50',
      },
    ],
  });
  const made_at = trade.clock.now().toISOString();
  const body = { ...cellar, order_number: 'SC-1', used: used('40'), made: made('12') };
  const { event_id } = await done('productions', body);
  pass(60);
  await ship(kitchen, '9', 'D1');
  const url = `productions/${event_id}/withdrawal`;
  // What has left cannot have never been: it was made of something. Nor does a count change that.
  expect(await refused('buyer', url, { reason: '用错批次' })).toBe('goods.production_gone');
  const few = { used: used('20', 'M2'), made: made('8') };
  expect(await refused('buyer', url, { reason: '用错批次', instead: few })).toBe(
    'goods.stock_short',
  );
  const lines = made('11').map((line) => ({ ...line, best_before: '2027-01-31' }));
  const instead = { order_number: 'SC-1', used: used('20', 'M2'), made: lines };
  const { instead_id } = await done(url, { reason: '用错批次', instead });
  expect(await stockOf(kitchen)).toEqual({
    ...{ M1: [40, null], M2: [30, null], D1: [2, '2027-01-31'] },
  });
  expect(await read(`productions/${instead_id}`)).toMatchObject({
    ...{ made_at, order_number: 'SC-1', withdrawn_by: null },
    used: [{ lot: 'M2', quantity: '20' }],
    made: [{ lot: 'D1', quantity: '11', best_before: '2027-01-31' }],
  });
  // It was made before it left: whoever got some of it is found from its meat.
  expect(await madeOf(link(kitchen.meatGtin, 'M2'))).toContain(link(kitchen.gtin, 'D1'));
  expect(await madeOf(link(kitchen.meatGtin, 'M1'))).not.toContain(link(kitchen.gtin, 'D1'));
});

test('what is written down in the evening was made in the morning', async () => {
  const kitchen = await openKitchen(trade);
  const place = { place_id: kitchen.kitchen.id };
  const morning = pass(60);
  const later = new Date(trade.clock.now().getTime() + 60_000).toISOString();
  const body = { ...place, used: kitchen.used('10'), made: kitchen.made('4') };
  expect(await refused('buyer', 'productions', { ...body, made_at: later })).toBe(
    'goods.made_later',
  );
  pass(40 * 24 * 60);
  const { event_id } = await done('productions', { ...body, made_at: morning });
  expect(await read(`productions/${event_id}`)).toMatchObject({ made_at: morning });
  const [[, best_before]] = [(await stockOf(kitchen)).D1] as [[number, string]];
  expect(best_before).toBe('2027-03-02');
});

test('a count behind it found it done, and what was counted stays', async () => {
  const kitchen = await openKitchen(trade);
  const place = { place_id: kitchen.kitchen.id };
  const morning = pass(60);
  pass(60);
  await count(kitchen, 'D1', '5');
  pass(60);
  const body = { ...place, made_at: morning, used: kitchen.used('10'), made: kitchen.made('5') };
  const { event_id } = await done('productions', body);
  expect(await stockOf(kitchen)).toEqual({ M1: [30, null], D1: [5, '2027-04-11'] });
  await done(`productions/${event_id}/withdrawal`, { reason: '记错' });
  expect(await stockOf(kitchen)).toEqual({ M1: [40, null], D1: [5, '2027-04-11'] });

  const { event_id: again } = await done('productions', { ...body, made_at: undefined });
  pass(60);
  await count(kitchen, 'D1', '3');
  pass(60);
  const instead = { used: kitchen.used('20'), made: kitchen.made('30') };
  await done(`productions/${again}/withdrawal`, { reason: '记错', instead });
  expect(await stockOf(kitchen)).toEqual({ M1: [20, null], D1: [3, '2027-04-11'] });
});

test('goods are used once they came, and made before they left', async () => {
  const kitchen = await openKitchen(trade);
  const place = { place_id: kitchen.kitchen.id };
  const early = trade.clock.now().toISOString();
  pass(60);
  await done('productions', { ...place, used: kitchen.used('20'), made: kitchen.made('9', 'X1') });
  const dough = [{ product_id: kitchen.dumplings.id, lot: 'X1', unit: 'CT', quantity: '4' }];
  const before = { ...place, made_at: early, used: dough, made: kitchen.made('3', 'Y1') };
  expect(await refused('buyer', 'productions', before)).toBe('goods.used_before_there');
  pass(60);
  const { event_id } = await done('productions', { ...before, made_at: undefined });
  pass(60);
  await ship(kitchen, '1', 'Y1');
  const late = { used: dough, made: kitchen.made('3', 'Y1'), made_at: pass(60) };
  const url = `productions/${event_id}/withdrawal`;
  expect(await refused('buyer', url, { reason: '时间不对', instead: late })).toBe(
    'goods.left_before_made',
  );
  await count(kitchen, 'Y1', '1');
  expect(await refused('buyer', url, { reason: '没有生产' })).toBe('goods.production_gone');
});

test('a material that is on hold by now does not come back into sale', async () => {
  const kitchen = await openKitchen(trade);
  const body = { place_id: kitchen.kitchen.id, used: kitchen.used('30'), made: kitchen.made('12') };
  const { event_id } = await done('productions', body);
  pass(60);
  const suspicion = { items: [{ item: link(kitchen.meatGtin, 'M1') }] };
  const recalled = await done('recalls', {
    ...{ number: 'ZH-1', title: '抽检不合格', hazard: '异物', grade: 1, suspicion },
    known_at: trade.clock.now().toISOString(),
  });
  await done(`recalls/${recalled.id}/holds`, {});
  const instead = { used: kitchen.used('1'), made: kitchen.made('12') };
  const url = `productions/${event_id}/withdrawal`;
  await done(url, { reason: '用量记错', instead });
  const { items } = await read(
    `stock?place_id=${kitchen.kitchen.id}&product_id=${kitchen.meat.id}`,
  );
  expect((items as Json[]).map((row) => [row.disposition, row.quantity])).toEqual([
    ['recalled', '39'],
  ]);
  expect(await read('stock/reconciliation')).toEqual({ differences: [] });
});

test('a lot keeps the date of what else there is of it', async () => {
  const kitchen = await openKitchen(trade);
  const dated = (lot: string, quantity: string, best_before: string) =>
    kitchen.made(quantity, lot).map((line) => ({ ...line, best_before }));
  const place = { place_id: kitchen.kitchen.id };
  await done('productions', {
    ...place,
    used: kitchen.used('1'),
    made: dated('D1', '10', '2027-01-01'),
  });
  const { event_id } = await done('productions', {
    ...{ ...place, used: kitchen.used('1'), made: kitchen.made('5') },
  });
  const url = `productions/${event_id}/withdrawal`;
  const other = { used: kitchen.used('1'), made: dated('D1', '4', '2027-03-01') };
  expect(await refused('buyer', url, { reason: '少装', instead: other })).toBe(
    'goods.lot_dated_otherwise',
  );
  pass(60);
  await count(kitchen, 'D2', '5');
  await count(kitchen, 'D1', '9');
  pass(60);
  const instead = { used: kitchen.used('1'), made: dated('D2', '5', '2027-01-31') };
  await done(url, { reason: '批号贴错', instead });
  expect(await stockOf(kitchen)).toEqual({
    ...{ M1: [38, null], D1: [9, '2027-01-01'], D2: [5, '2027-01-31'] },
  });
});
