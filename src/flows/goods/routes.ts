import { z } from 'zod';
import { page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { eventRow, listEvents } from './events.ts';
import { picking, pickingQuery, proposePicking } from './picking.ts';
import { addPlace, getOwnPlace, listPlaces, newPlace, place, placeQuery } from './places.ts';
import { reconcileStock, stockDifference } from './reconciliation.ts';
import { countStock, listStock, stockCount, stockQuery, stockRow } from './stock.ts';

export const routes = [
  route({
    id: 'place.list',
    method: 'GET',
    path: '/api/v1/places',
    permission: 'goods.place.read',
    summary: { zh: '地点', en: 'Places' },
    query: pageQuery.extend(placeQuery.shape),
    reply: page(place),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listPlaces(tx, query),
  }),
  route({
    id: 'place.create',
    method: 'POST',
    path: '/api/v1/places',
    permission: 'goods.place.create',
    summary: { zh: '新增地点', en: 'Open a place' },
    body: newPlace,
    reply: place,
    status: 201,
    faults: ['goods.gln_invalid'],
    run: (tx, { body }) => addPlace(tx, body),
  }),
  route({
    id: 'stock.list',
    method: 'GET',
    path: '/api/v1/stock',
    permission: 'goods.stock.read',
    shared: ['stock'],
    summary: { zh: '库存', en: 'Stock' },
    query: pageQuery.extend(stockQuery.shape),
    reply: page(stockRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listStock(tx, query),
  }),
  route({
    id: 'stock.count',
    method: 'POST',
    path: '/api/v1/stock/counts',
    permission: 'goods.stock.count',
    summary: { zh: '盘点', en: 'Count stock' },
    body: stockCount,
    reply: z.object({ event_id: uuid, changed: z.int() }),
    status: 201,
    faults: ['goods.place_unknown', 'goods.nothing_changes', 'goods.counted_twice'],
    run: async (tx, { body }) => countStock(tx, await getOwnPlace(tx, body.place_id), body),
  }),
  route({
    id: 'stock.pick',
    method: 'GET',
    path: '/api/v1/stock/picking',
    permission: 'goods.stock.read',
    summary: { zh: '先到期先出拣货建议', en: 'Propose lots, first expired first out' },
    query: pickingQuery,
    reply: picking,
    faults: [],
    run: (tx, { query }) => proposePicking(tx, query),
  }),
  route({
    id: 'stock.reconcile',
    method: 'GET',
    path: '/api/v1/stock/reconciliation',
    permission: 'goods.stock.read',
    summary: { zh: '库存与事件对账', en: 'Hold stock against its events' },
    reply: z.object({ differences: z.array(stockDifference) }),
    faults: [],
    run: async (tx) => ({ differences: await reconcileStock(tx) }),
  }),
  route({
    id: 'event.list',
    method: 'GET',
    path: '/api/v1/events',
    permission: 'goods.event.read',
    summary: { zh: '物流事件(EPCIS 2.0)', en: 'Goods events (EPCIS 2.0)' },
    query: pageQuery,
    reply: page(eventRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listEvents(tx, query),
  }),
];
