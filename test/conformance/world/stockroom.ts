import { expect } from 'vitest';
import { documentOf, type Send, sender } from './goods-events.ts';
import { type By, type Player, plainly } from './trade-story.ts';
import type { World } from './world.ts';

const gln = '6901234000016';
const gtin = '06901234000023';
const dock = { id: `https://id.gs1.org/414/${gln}` };
const lot = `https://id.gs1.org/01/${gtin}/10/W1`;
const pallet = 'https://id.gs1.org/00/069012340000000016';
const alone = { quantityList: undefined };
/** What turns an event into that of packing a carton on the pallet. */
const packing = {
  ...{ type: 'AggregationEvent', eventID: 'urn:uuid:wms-packing', action: 'ADD' },
  ...{ parentID: pallet, childEPCs: [`https://id.gs1.org/01/${gtin}/10/W1/21/1`] },
  ...alone,
};

/** What the events name is listed, and then better said. */
async function listProduct(tell: By): Promise<{ id: string }> {
  const { id } = await tell('maker', 'product.create', {
    body: { code: 'W', gtin, name_zh: '春卷', unit: 'KGM' },
  });
  const units = [{ unit: 'CT', base_quantity: '10' }];
  await tell('maker', 'product.change', { params: { id }, body: { name_zh: '韭菜春卷', units } });
  return tell('maker', 'product.get', { params: { id } });
}

/** The maker opens a store whose own system moves its stock, and looks at what came of it. */
export async function tellStockroom(
  world: World<Player>,
  tell: By = plainly(world),
  send: Send = sender(world),
): Promise<void> {
  const place = await tell('maker', 'place.create', {
    body: { name_zh: '自动化立库', kind: 'cold_store', gln },
  });
  const keep = (kept_by: 'events' | 'platform') =>
    tell('maker', 'place.keep_stock', {
      params: { id: place.id },
      body: { kept_by, reason: '上线仓库系统' },
    });
  await keep('events');
  const hour = (at: string, bizStep: string, more: object = {}) => ({
    type: 'ObjectEvent',
    eventID: `urn:uuid:wms-${at}`,
    eventTime: `2026-04-02T${at}:00:00.000Z`,
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep,
    quantityList: [{ epcClass: lot, quantity: 12, uom: 'KGM' }],
    readPoint: dock,
    bizLocation: dock,
    bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:desadv:W1' }],
    ...more,
  });
  const capture = async (...events: object[]) => {
    const sending = { headers: { 'content-type': 'application/json' }, body: documentOf(events) };
    const said = await send('maker', 'POST', '/epcis/capture', sending);
    expect(said.status, said.body).toBe(202);
  };
  const sent = hour('03', 'shipping');
  await capture(hour('01', 'receiving'), hour('02', 'inspecting', { disposition: 'damaged' }));
  await tell('maker', 'stock.unknown_list', { query: { limit: 1 } });
  const product = await listProduct(tell);
  await tell('maker', 'stock_name.match');
  await tell('maker', 'stock_name.say', {
    body: { name: `https://id.gs1.org/01/${gtin}`, product_id: product.id },
  });
  await tell('maker', 'stock_name.say', { body: { name: 'urn:wms:hall', product_id: null } });
  await capture(sent, sent, hour('04', 'cycle_counting'));
  const errorDeclaration = { declarationTime: '2026-04-02T09:00:00Z', reason: 'did_not_occur' };
  await capture({ ...sent, errorDeclaration });
  await capture(hour('05', 'shipping', { ...alone, epcList: [pallet] }));
  await capture(hour('04', 'packing', packing));
  const row = { place_id: place.id, product_id: product.id, lot: 'W1', unit: 'KGM' };
  const first = await tell('maker', 'stock.thread', { query: { ...row, limit: 1 } });
  await tell('maker', 'stock.thread', {
    query: { ...row, limit: 1, ...(first.next ? { after: first.next } : {}) },
  });
  await tell('maker', 'stock.partings', { query: row });
  await tell('maker', 'stock.count', {
    body: {
      place_id: place.id,
      reason: '抽盘',
      lines: [
        { product_id: product.id, product_name: '春卷', lot: 'W1', unit: 'KGM', counted: '5' },
      ],
    },
  });
  const { differences } = await tell('maker', 'stock.reconcile');
  expect(differences).toEqual([]);
  await keep('platform');
  await tellProduction(tell, place.id, product.id);
}

/** What was taken from the store is made into more of it, with goods of no GTIN. */
async function tellProduction(tell: By, place_id: string, product_id: string): Promise<void> {
  const filling = await tell('maker', 'product.create', {
    body: { code: 'W0', name_zh: '馅料', unit: 'KGM' },
  });
  const bowl = { product_id: filling.id, product_name: '馅料', unit: 'KGM', counted: '8' };
  await tell('maker', 'stock.count', {
    body: { place_id, reason: '期初', lines: [bowl] },
  });
  const { event_id } = await tell('maker', 'production.record', {
    body: {
      place_id,
      order_number: 'SC-1',
      used: [
        { product_id: filling.id, unit: 'KGM', quantity: '3' },
        { product_id, lot: 'W1', unit: 'KGM', quantity: '2' },
      ],
      made: [{ product_id, lot: 'W2', quantity: '5' }],
    },
  });
  const { used } = await tell('maker', 'production.get', { params: { id: event_id } });
  const [bowlful] = used.map(({ product_name: _, ...line }) => line);
  await tell('maker', 'production.withdraw', {
    params: { id: event_id },
    body: {
      reason: '用错原料',
      instead: {
        used: bowlful ? [bowlful] : [],
        made: [{ product_id, lot: 'W2', quantity: '4' }],
      },
    },
  });
  expect(await tell('maker', 'stock.reconcile')).toEqual({ differences: [] });
}
