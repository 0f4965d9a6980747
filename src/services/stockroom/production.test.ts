import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventItem, type GoodsEvent, recordEvents } from '../../flows/goods/index.ts';
import { offsetInZone } from '../../kernel/index.ts';
import { recall } from '../recall/index.ts';
import { openTradeServer, type TradeServer } from '../trade/testing.ts';
import { stockroom } from './index.ts';
import { link, newGtin, openKitchen } from './testing.ts';

let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer([recall, stockroom]);
});
afterAll(() => trade.close());

type Who = 'buyer' | 'seller' | 'other';
type Json = Record<string, unknown>;

const done = (who: Who, url: string, body: Json) => trade.done(who, url, body);
const read = (who: Who, url: string) => trade.read(who, url);
async function eventOf(id: string) {
  const { json } = await read('buyer', `events/${id}`);
  return JSON.parse(json).epcisBody.eventList[0];
}
const refused = async (body: Json) =>
  (await trade.send('buyer', '/api/v1/productions', body)).json().code;

test('what was made of a bad lot is found, without a system that captures events', async () => {
  const { kitchen, used, made, meat, meatGtin, gtin } = await openKitchen(trade);
  const body = {
    place_id: kitchen.id,
    order_number: 'SC-0302',
    used: used('30'),
    made: made('12'),
  };
  const { event_id } = await done('buyer', 'productions', body);

  const { items } = await read('buyer', `stock?place_id=${kitchen.id}`);
  const rows = (items as Json[]).map((row) => [row.lot, Number(row.quantity), row.best_before]);
  expect(rows.toSorted()).toEqual([
    ['D1', 12, '2027-03-02'],
    ['M1', 10, null],
  ]);
  expect(await read('buyer', 'stock/reconciliation')).toEqual({ differences: [] });

  expect(await eventOf(event_id)).toMatchObject({
    type: 'TransformationEvent',
    inputQuantityList: [{ epcClass: link(meatGtin, 'M1'), quantity: 30, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: link(gtin, 'D1'), quantity: 12, uom: 'CT' }],
    bizTransactionList: [{ type: 'prodorder', bizTransaction: 'urn:jingwei:prodorder:SC-0302' }],
    ilmd: { 'cbvmda:bestBeforeDate': '2027-03-02' },
  });

  const list = await done('buyer', 'recalls/dry-run', { items: [{ item: link(meatGtin, 'M1') }] });
  const affected = (list.there as Json[]).flatMap((place) => place.rows as Json[]);
  expect(affected.map((row) => row.item)).toContain(link(gtin, 'D1'));
  const seen = await read('seller', `stock?product_id=${meat.id}`);
  expect((seen.items as Json[]).map(({ place_id }) => place_id)).not.toContain(kitchen.id);
  const elsewhere = await trade.get('seller', `/api/v1/events/${event_id}`);
  expect(elsewhere.statusCode).toBe(404);
});

test('nothing is made of what is not there, of itself, or for somebody else', async () => {
  const { kitchen, used, made, meat } = await openKitchen(trade);
  const place = { place_id: kitchen.id };
  const before = await read('buyer', `stock?place_id=${kitchen.id}`);
  const tries: [Json, string][] = [
    [{ used: used('41'), made: made('1') }, 'goods.stock_short'],
    [{ used: used('1', 'M9'), made: made('1') }, 'goods.lot_not_here'],
    [{ used: [...used('1'), ...used('2')], made: made('1') }, 'goods.lot_twice'],
    [
      { used: used('1'), made: [{ product_id: meat.id, lot: 'M1', quantity: '1' }] },
      'stockroom.not_own_product',
    ],
  ];
  for (const [body, code] of tries) expect(await refused({ ...place, ...body })).toBe(code);
  expect(await read('buyer', `stock?place_id=${kitchen.id}`)).toEqual(before);
  await done('buyer', 'productions', { ...place, used: used('1'), made: made('1') });
  const again = { used: [{ ...used('1')[0], ...made('1')[0], unit: 'CT' }], made: made('2') };
  expect(await refused({ ...place, ...again })).toBe('goods.lot_twice');
  const twice = { used: used('1'), made: [...made('1', 'D7'), ...made('2', 'D7')] };
  expect(await refused({ ...place, ...twice })).toBe('goods.lot_twice');
});

test('where the own system tells what is made, nobody tells it by hand as well', async () => {
  const { kitchen, used, made } = await openKitchen(trade);
  const keep = { kept_by: 'events', reason: '上线车间系统' };
  await done('buyer', `places/${kitchen.id}/stock-keeping`, keep);
  const body = { place_id: kitchen.id, used: used('1'), made: made('1') };
  expect(await refused(body)).toBe('goods.made_by_events');
});

test('goods keep the GTIN of their receipt, whatever the catalogue has or hides', async () => {
  const { kitchen, made, meat } = await openKitchen(trade);
  const carton = newGtin();
  const receive = (product_id: string, lot: string) =>
    trade.as('buyer', (tx) => {
      const item: EventItem = {
        ...{ product_id, product_name: '调料', gtin: carton, lot, best_before: null },
        ...{ quantity: '5', unit: 'KGM', sscc: null },
        disposition: 'sellable_accessible',
      };
      const event: GoodsEvent = {
        ...{ id: tx.newId(), at: tx.now, zone_offset: offsetInZone(tx.now, tx.zone) },
        ...{ owner_id: tx.actor.party, place_id: kitchen.id, place_gln: null, transactions: [] },
        ...{ source_id: null, destination_id: null, reason: null },
        step: 'receiving',
        items: [item],
      };
      return recordEvents(tx, [event], []);
    });
  const unseen = trade.store.newId();
  await receive(unseen, 'S1');
  await receive(meat.id, 'M2');
  const used = [
    { product_id: unseen, lot: 'S1', unit: 'KGM', quantity: '5' },
    { product_id: meat.id, lot: 'M2', unit: 'KGM', quantity: '5' },
    { product_id: meat.id, lot: 'M1', unit: 'KGM', quantity: '1' },
  ];
  const body = { place_id: kitchen.id, used, made: made('1') };
  const { event_id } = await done('buyer', 'productions', body);
  const inputs: Json[] = (await eventOf(event_id)).inputQuantityList;
  expect(inputs.map(({ epcClass }) => epcClass)).toEqual([
    link(carton, 'S1'),
    link(carton, 'M2'),
    link(meat.gtin, 'M1'),
  ]);
});

test('a lot has one date, and none where its maker says so', async () => {
  const { kitchen, used, made } = await openKitchen(trade);
  const make = (lot: string, date?: string | null) => {
    const lines = made('1', lot).map((line) => ({
      ...line,
      ...(date === undefined ? {} : { best_before: date }),
    }));
    return { place_id: kitchen.id, used: used('1'), made: lines };
  };
  const dateOf = async (lot: string) => {
    const { items } = await read('buyer', `stock?place_id=${kitchen.id}`);
    return (items as Json[]).find((row) => row.lot === lot)?.best_before;
  };
  await done('buyer', 'productions', make('D1', '2027-01-31'));
  const { event_id } = await done('buyer', 'productions', make('D1'));
  expect((await eventOf(event_id)).ilmd).toEqual({ 'cbvmda:bestBeforeDate': '2027-01-31' });
  expect(await refused(make('D1', '2027-02-01'))).toBe('goods.lot_dated_otherwise');
  expect(await refused(make('D1', null))).toBe('goods.lot_dated_otherwise');
  await done('buyer', 'productions', make('D2', null));
  expect([await dateOf('D1'), await dateOf('D2')]).toEqual(['2027-01-31', null]);
});
