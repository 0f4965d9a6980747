import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdStock } from '../../flows/goods/index.ts';
import { recall } from '../recall/index.ts';
import { openTradeServer, type TradeServer } from '../trade/testing.ts';
import { stockroom } from './index.ts';

let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer([recall, stockroom]);
});
afterAll(() => trade.close());

type Who = 'buyer' | 'seller' | 'other';
type Json = Record<string, unknown>;

const done = (who: Who, url: string, body: Json) => trade.done(who, url, body);
const read = (who: Who, url: string) => trade.read(who, url);

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
let serial = 0;

/** Events of 2 March from two o'clock (UTC) on, an hour after the clock of these tests. */
const eventAt = (minute: number, bizStep: string, more: Json): Json => {
  serial += 1;
  return {
    type: 'ObjectEvent',
    eventID: `urn:uuid:stock-${serial}`,
    eventTime: new Date(Date.UTC(2026, 2, 2, 2, minute)).toISOString(),
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep,
    ...more,
  };
};
const wrong = (event: Json): Json => ({
  ...event,
  errorDeclaration: { declarationTime: '2026-03-02T09:00:00Z', reason: 'incorrect_data' },
});

/** A warehouse system sends what happened. */
async function capture(who: Who, events: readonly Json[]) {
  const answer = await trade.send(who, '/epcis/capture', {
    '@context': [context],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-02T01:00:00Z',
    epcisBody: { eventList: events },
  });
  expect(answer.statusCode, answer.body).toBe(202);
}

const digits = () => String(10_000 + ++serial).slice(-5);
function checked(body: string): string {
  const sum = [...body].reverse().reduce((so_far, digit, at) => {
    return so_far + Number(digit) * (at % 2 === 0 ? 3 : 1);
  }, 0);
  return body + ((10 - (sum % 10)) % 10);
}

/** A firm with a product in cartons of ten kilograms, and a store with a location number. */
async function openStore(who: Who, kept_by: 'events' | 'platform' = 'events') {
  const gtin = checked(`06901234${digits()}`);
  const gln = checked(`6901234${digits()}`);
  const product = await done(who, 'products', {
    ...{ code: `P${serial}`, gtin, name_zh: '水饺', unit: 'KGM' },
    units: [{ unit: 'CT', base_quantity: '10' }],
  });
  const place = await done(who, 'places', { name_zh: '一号库', kind: 'warehouse', gln });
  if (kept_by === 'events') {
    await done(who, `places/${place.id}/stock-keeping`, { kept_by, reason: '上线仓库系统' });
  }
  const dock = { id: `https://id.gs1.org/414/${gln}` };
  const lot = (name: string, quantity: number, uom = 'KGM') => ({
    quantityList: [{ epcClass: `https://id.gs1.org/01/${gtin}/10/${name}`, quantity, uom }],
    readPoint: dock,
    bizLocation: dock,
  });
  const stock = async (reader: Who = who) => {
    const { items } = await read(reader, `stock?place_id=${place.id}`);
    return (items as Json[]).map(
      (row) => `${row.lot || '–'} ${row.disposition} ${Number(row.quantity)} ${row.unit}`,
    );
  };
  return { gtin, gln, product, place, dock, lot, stock };
}
const sellable = (lot: string, quantity: number) => `${lot} sellable_accessible ${quantity} KGM`;

test('a day in a warehouse, received, picked, shipped, counted; nobody else sees it', async () => {
  const { lot, stock, gtin, dock } = await openStore('buyer');
  await capture('buyer', [
    eventAt(0, 'receiving', lot('A', 20, 'CT')),
    eventAt(1, 'storing', lot('A', 200)),
    eventAt(10, 'picking', { ...lot('A', 50), disposition: 'in_progress' }),
    eventAt(11, 'packing', {
      type: 'AggregationEvent',
      action: 'ADD',
      parentID: 'https://id.gs1.org/00/069012340000000016',
      childQuantityList: [
        { epcClass: `https://id.gs1.org/01/${gtin}/10/A`, quantity: 50, uom: 'KGM' },
      ],
      bizLocation: dock,
    }),
    eventAt(20, 'shipping', { ...lot('A', 50), disposition: 'in_transit' }),
    eventAt(25, 'inspecting', { ...lot('A', 3), disposition: 'damaged' }),
  ]);
  expect(await stock()).toEqual([`A damaged 3 KGM`, sellable('A', 147)]);
  await capture('buyer', [eventAt(30, 'cycle_counting', lot('A', 145))]);
  expect(await stock()).toEqual([`A damaged 3 KGM`, sellable('A', 145)]);
  expect(await stock('other')).toEqual([]);
  expect(await read('buyer', 'stock/reconciliation')).toEqual({ differences: [] });
});

test('what comes late goes where it belongs in time: a count has seen it or not', async () => {
  const { lot, stock } = await openStore('buyer');
  await capture('buyer', [
    eventAt(0, 'receiving', lot('A', 100)),
    eventAt(20, 'cycle_counting', lot('A', 90)),
  ]);
  await capture('buyer', [eventAt(10, 'shipping', lot('A', 10))]);
  expect(await stock()).toEqual([sellable('A', 90)]);
  const sent = eventAt(30, 'shipping', lot('A', 25));
  await capture('buyer', [sent, sent]);
  expect(await stock()).toEqual([sellable('A', 65)]);
  await capture('buyer', [wrong(sent)]);
  expect(await stock()).toEqual([sellable('A', 90)]);
  const ahead = eventAt(40, 'shipping', lot('A', 5));
  await capture('buyer', [wrong(ahead)]);
  await capture('buyer', [ahead]);
  expect(await stock()).toEqual([sellable('A', 90)]);
});

test('a fact is not refused for an empty shelf: the row goes below zero by its name', async () => {
  const { lot, stock, place } = await openStore('buyer');
  await capture('buyer', [eventAt(5, 'shipping', lot('A', 10))]);
  expect(await stock()).toEqual([sellable('A', -10)]);
  const { rows } = await trade.store.database.owner.query(
    `select e.event_uri from stock s join event e on e.chain_id = s.chain_id
       and e.id = s.negative_event_id where s.place_id = $1`,
    [place.id],
  );
  expect(rows).toEqual([{ event_uri: `urn:uuid:stock-${serial}` }]);
  await capture('buyer', [eventAt(1, 'receiving', lot('A', 30))]);
  expect(await stock()).toEqual([sellable('A', 20)]);
});

test('a shipment leaves once, whether trade tells of it or the warehouse or both', async () => {
  const events = await openStore('seller');
  const platform = await openStore('seller', 'platform');
  const line = { product_name: '水饺', lot: 'A', unit: 'KGM', counted: '300' };
  for (const { place, product } of [events, platform]) {
    const lines = [{ ...line, product_id: product.id }];
    await done('seller', 'stock/counts', { place_id: place.id, reason: '期初', lines });
    const order = await done('buyer', 'orders', {
      seller_id: trade.parties.seller.id,
      requested_on: '2026-03-05',
      lines: [{ product_id: product.id, name: '水饺', unit: 'CT', price: '130', quantity: '4' }],
    });
    const accept = { lines: [{ line_no: 1, answer: 'accept' }] };
    await done('seller', `orders/${order.id}/responses`, accept);
    await done('seller', 'despatches', {
      ...{ order_id: order.id, from_place_id: place.id, expected_on: '2026-03-05' },
      lines: [{ order_line_no: 1, quantity: '4', lot: 'A' }],
    });
  }
  await capture('seller', [
    eventAt(5, 'shipping', events.lot('A', 4, 'CT')),
    eventAt(5, 'shipping', platform.lot('A', 4, 'CT')),
  ]);
  expect(await events.stock()).toEqual([sellable('A', 260)]);
  expect(await platform.stock()).toEqual([sellable('A', 260)]);
  expect(await read('seller', 'stock/reconciliation')).toEqual({ differences: [] });
});

test('what no catalogue knows is listed, and moves stock once it does', async () => {
  const { dock, stock, lot, gln } = await openStore('seller');
  const gtin = checked(`06901234${digits()}`);
  const named = (epcClass: string, more: Json = {}) => ({
    quantityList: [{ epcClass, quantity: 7, ...more }],
    bizLocation: dock,
  });
  const item = `https://id.gs1.org/01/${gtin}`;
  await capture('seller', [
    eventAt(1, 'receiving', named(`${item}/10/N`)),
    eventAt(2, 'receiving', named('urn:wms:article:77')),
    eventAt(3, 'receiving', { ...lot('A', 5, 'XPX') }),
    eventAt(4, 'receiving', { ...lot('A', 5), bizLocation: { id: 'urn:wms:hall:2' } }),
    eventAt(5, 'shipping', {
      epcList: ['https://id.gs1.org/00/069012340000000016'],
      readPoint: dock,
    }),
    eventAt(6, 'cycle_counting', {
      ...lot('A', 5),
      bizLocation: { id: `https://id.gs1.org/414/${gln}/254/shelf-1` },
    }),
  ]);
  const unknown = async () =>
    ((await read('seller', 'stock/unknown')).items as Json[]).map(({ what }) => what);
  expect(await unknown()).toEqual(['container', 'goods', 'goods', 'part', 'place', 'unit']);
  expect((await read('other', 'stock/unknown')).items).toEqual([]);
  expect(await stock()).toEqual([]);
  await done('seller', 'products', { code: 'NEW', gtin, name_zh: '春卷', unit: 'CT' });
  expect(await done('seller', 'stock/names/match', {})).toEqual({ found: 2, settled: 2 });
  expect(await stock()).toEqual(['N sellable_accessible 7 CT']);
  const twin = await done('seller', 'products', { code: 'TWIN', name_zh: '馄饨', unit: 'CT' });
  await done('seller', 'stock/names', { name: 'urn:wms:article:77', product_id: twin.id });
  expect(await stock()).toContain('– sellable_accessible 7 CT');
  // Said wrong, and said again: what was moved goes with the name.
  await done('seller', 'stock/names', { name: 'urn:wms:article:77', product_id: null });
  expect(await stock()).toEqual(['N sellable_accessible 7 CT']);
  await done('seller', 'stock/names', { name: 'urn:wms:article:77', product_id: twin.id });
  expect(await stock()).toContain('– sellable_accessible 7 CT');
  await done('seller', 'stock/names', { name: 'urn:wms:hall:2', product_id: null });
  expect(await unknown()).toEqual(['container', 'part', 'unit']);
  expect(await read('seller', 'stock/reconciliation')).toEqual({ differences: [] });
});

test('single things, and what is made of others', async () => {
  const { gtin, dock, stock } = await openStore('seller');
  const bread = await openStore('seller');
  const piece = (n: number) => `https://id.gs1.org/01/${bread.gtin}/10/B/21/${n}`;
  await capture('seller', [
    eventAt(1, 'receiving', {
      bizLocation: dock,
      quantityList: [{ epcClass: `https://id.gs1.org/01/${gtin}/10/F`, quantity: 1, uom: 'TNE' }],
    }),
    {
      ...eventAt(2, 'commissioning', { bizLocation: dock }),
      action: undefined,
      type: 'TransformationEvent',
      inputQuantityList: [
        { epcClass: `https://id.gs1.org/01/${gtin}/10/F`, quantity: 400, uom: 'KGM' },
      ],
      outputQuantityList: [
        { epcClass: `https://id.gs1.org/01/${bread.gtin}/10/B`, quantity: 30, uom: 'CT' },
      ],
    },
    eventAt(3, 'retail_selling', { epcList: [piece(1), piece(2)], readPoint: dock }),
  ]);
  expect(await stock()).toEqual([sellable('F', 600), sellable('B', 300)]);
  const { items } = await read('seller', 'stock/unknown?limit=200');
  expect((items as Json[]).map(({ name }) => name)).toContain(
    `https://id.gs1.org/01/${bread.gtin}`,
  );
});

test('a change of hands opens with what lies there, and nothing of before moves it', async () => {
  const { place, product, lot, stock, gln } = await openStore('buyer', 'platform');
  const keep = (kept_by: string) =>
    done('buyer', `places/${place.id}/stock-keeping`, { kept_by, reason: '换系统' });
  const count = (counted: string) =>
    done('buyer', 'stock/counts', {
      ...{ place_id: place.id, reason: '盘点' },
      lines: [{ product_id: product.id, product_name: '水饺', lot: 'A', unit: 'KGM', counted }],
    });
  await count('100');
  await capture('buyer', [eventAt(1, 'shipping', lot('A', 10))]);
  expect(await stock()).toEqual([sellable('A', 100)]);
  // What was sent ahead of its time happens after the change, and counts.
  expect(await keep('events')).toMatchObject({ kept_by: 'events', rows: 1 });
  expect(await stock()).toEqual([sellable('A', 90)]);
  const long_ago = { ...eventAt(2, 'shipping', lot('A', 60)), eventTime: '2026-03-01T01:00:00Z' };
  await capture('buyer', [long_ago, eventAt(3, 'shipping', lot('A', 5))]);
  expect(await stock()).toEqual([sellable('A', 85)]);
  await keep('platform');
  await capture('buyer', [eventAt(4, 'shipping', lot('A', 5))]);
  await count('80');
  expect(await stock()).toEqual([sellable('A', 80)]);
  const again = await trade.send('buyer', `/api/v1/places/${place.id}/stock-keeping`, {
    ...{ kept_by: 'platform', reason: '又一次' },
  });
  expect(again.json().code).toBe('goods.kept_so_already');
  const twin = await done('buyer', 'places', { name_zh: '二号库', kind: 'warehouse', gln });
  await keep('events');
  const both = await trade.send('buyer', `/api/v1/places/${twin.id}/stock-keeping`, {
    ...{ kept_by: 'events', reason: '同一个位置码' },
  });
  expect(both.json().code).toBe('goods.number_kept_twice');
  await keep('platform');
  const others = await trade.send('other', `/api/v1/places/${place.id}/stock-keeping`, {
    ...{ kept_by: 'events', reason: '别家' },
  });
  expect(others.json().code).toBe('goods.place_unknown');
  const { items } = await read('other', 'places?limit=200');
  expect((items as Json[]).find(({ id }) => id === place.id)).toMatchObject({
    stock_kept_by: null,
    stock_since: null,
  });
  expect(await read('buyer', 'stock/reconciliation')).toEqual({ differences: [] });
});

test('declared wrong once its place has changed hands, an event counts no more', async () => {
  const { lot, place, stock } = await openStore('other');
  const came = eventAt(0, 'receiving', lot('A', 33));
  await capture('other', [came]);
  const keeping = { kept_by: 'platform', reason: '停用仓库系统' };
  await done('other', `places/${place.id}/stock-keeping`, keeping);
  await capture('other', [wrong(came)]);
  // The change was as a count of the whole place: what lies there stays.
  expect(await stock()).toEqual([sellable('A', 33)]);
  const { rows } = await trade.store.database.owner.query(
    `select m.voided_by is null as counts from stock_movement m
       join event e on e.chain_id = m.chain_id and e.id = m.event_id where e.event_uri = $1`,
    [came.eventID],
  );
  expect(rows).toEqual([{ counts: false }]);
});

test('goods on hold that a warehouse ships are seen to have left; the hold stands', async () => {
  const { lot, stock, product, place } = await openStore('seller');
  await capture('seller', [eventAt(1, 'receiving', lot('A', 60))]);
  const asked = {
    lots: [{ product_id: product.id, lot: 'A' }],
    gtins: new Map(),
    ...{ reason: '异物', subject: place.id },
  };
  // The clock of these tests stands before the events; a hold is of when it is said.
  expect(await trade.as('seller', (tx) => holdStock(tx, asked))).toHaveLength(1);
  expect(await stock()).toEqual(['A recalled 60 KGM']);
  const held = eventAt(5, 'holding', { ...lot('A', 60), disposition: 'recalled' });
  await capture('seller', [held, eventAt(9, 'shipping', lot('A', 12))]);
  expect(await stock()).toEqual(['A recalled 60 KGM', sellable('A', -12)]);
  const mine = async (who: Who) => (await read(who, 'today')).held_goods_left.items;
  expect(await mine('seller')).toMatchObject([
    { lot: 'A', held: '60', what: 'left', quantity: '12' },
  ]);
  expect(await mine('buyer')).toEqual([]);
  const lines = [{ product_id: product.id, lot: 'A', unit: 'KGM', quantity: '12' }];
  await done('seller', 'stock/held', {
    ...{ place_id: place.id, outcome: 'released', reason: '已发出', lines },
  });
  expect(await stock()).toEqual(['A recalled 48 KGM']);
  expect(await mine('seller')).toEqual([]);
  // Whoever counts the cartons on hold among what is in sale has not put them into it unseen.
  await capture('seller', [eventAt(20, 'cycle_counting', lot('A', 48))]);
  expect(await mine('seller')).toMatchObject([{ what: 'counted', quantity: '48' }]);
  expect(await read('seller', 'stock/reconciliation')).toEqual({ differences: [] });
});
