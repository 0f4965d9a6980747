import { z } from 'zod';
import { packedProduct, productChange } from '../../flows/commerce/index.ts';
import {
  changeKeeping,
  getProduction,
  keepers,
  newKeeping,
  recordedProduction,
} from '../../flows/goods/index.ts';
import { instant, route, uuid } from '../../kernel/index.ts';
import { productsOfEvents } from './catalogue.ts';
import { matchNames, newName, sayName } from './naming.ts';
import { changeOwnProduct } from './product-change.ts';
import {
  newProduction,
  productionWithdrawal,
  recordProduction,
  takeBackProduction,
} from './production.ts';

const byId = z.object({ id: uuid });
const makingFaults = [
  'stockroom.not_own_product',
  'goods.made_by_events',
  'goods.made_later',
  'goods.lot_twice',
  'goods.lot_not_here',
  'goods.lot_dated_otherwise',
  'goods.used_before_there',
  'goods.left_before_made',
  'goods.stock_short',
] as const;

export const routes = [
  route({
    id: 'product.change',
    method: 'PATCH',
    path: '/api/v1/products/{id}',
    permission: 'commerce.product.change',
    summary: { zh: '修改产品', en: 'Change a product' },
    params: byId,
    body: productChange,
    reply: packedProduct,
    faults: [
      'commerce.product_unknown',
      'kernel.not_found',
      'commerce.identifier_invalid',
      'commerce.gtin_given',
      'commerce.ordered_without_gtin',
      'commerce.unit_ordered',
      'commerce.unit_known',
      'commerce.too_many_units',
      'stockroom.goods_have_moved',
    ],
    run: (tx, { params, body }) => changeOwnProduct(tx, params.id, body),
  }),
  route({
    id: 'place.keep_stock',
    method: 'POST',
    path: '/api/v1/places/{id}/stock-keeping',
    permission: 'goods.place.keep_stock',
    summary: { zh: '设定该地点的库存由什么变动', en: 'Say what moves the stock of a place' },
    params: byId,
    body: newKeeping,
    reply: z.object({ kept_by: z.enum(keepers), since: instant, rows: z.int() }),
    faults: ['goods.place_unknown', 'goods.kept_so_already', 'goods.number_kept_twice'],
    run: (tx, { params, body }) => changeKeeping(tx, params.id, body, productsOfEvents),
  }),
  route({
    id: 'stock_name.match',
    method: 'POST',
    path: '/api/v1/stock/names/match',
    permission: 'goods.stock_name.say',
    summary: { zh: '重新匹配事件中的名称', en: 'Match the names in events once more' },
    reply: z.object({ found: z.int(), settled: z.int() }),
    faults: ['goods.name_in_use'],
    run: (tx) => matchNames(tx),
  }),
  route({
    id: 'stock_name.say',
    method: 'POST',
    path: '/api/v1/stock/names',
    permission: 'goods.stock_name.say',
    summary: { zh: '说明事件中的名称指什么', en: 'Say what a name in events stands for' },
    body: newName,
    reply: z.object({ settled: z.int() }),
    faults: ['stockroom.product_unknown', 'goods.name_in_use'],
    run: (tx, { body }) => sayName(tx, body),
  }),
  route({
    id: 'production.record',
    method: 'POST',
    path: '/api/v1/productions',
    permission: 'goods.production.record',
    summary: { zh: '记录生产：投入与产出', en: 'Record production: what was used and made' },
    body: newProduction,
    reply: z.object({ event_id: uuid }),
    status: 201,
    faults: [...makingFaults, 'goods.place_unknown'],
    run: (tx, { body }) => recordProduction(tx, body),
  }),
  route({
    id: 'production.get',
    method: 'GET',
    path: '/api/v1/productions/{id}',
    permission: 'goods.production.read',
    summary: { zh: '一次生产记录', en: 'One production' },
    params: byId,
    reply: recordedProduction,
    faults: ['goods.production_unknown'],
    run: (tx, { params }) => getProduction(tx, params.id),
  }),
  route({
    id: 'production.withdraw',
    method: 'POST',
    path: '/api/v1/productions/{id}/withdrawal',
    permission: 'goods.production.withdraw',
    summary: {
      zh: '撤回生产记录，可同时改记为实际情况',
      en: 'Take a production back, and record what was made instead',
    },
    params: byId,
    body: productionWithdrawal,
    reply: z.object({ event_id: uuid, instead_id: uuid.nullable() }),
    status: 201,
    faults: [
      ...makingFaults,
      'goods.production_unknown',
      'goods.production_withdrawn',
      'goods.production_gone',
    ],
    run: (tx, { params, body }) => takeBackProduction(tx, params.id, body),
  }),
];
