import { z } from 'zod';
import { type BytesReply, page, pageQuery, route, type Tx, uuid } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { ownProduct } from './own-product.ts';
import { productPage } from './page/product-page.ts';
import { publicPage } from './public-page.ts';
import { productsOfRecall } from './recall-products.ts';
import {
  consumerPage,
  consumerWarning,
  newWarning,
  pageSettings,
  previewQuery,
  recallProduct,
} from './schema.ts';
import { findPage, getPage, savePage } from './settings.ts';
import { listWarnings, publishWarning, withdrawWarning } from './warnings.ts';

const ofProduct = z.object({ product_id: uuid });
const unknown = ['commerce.product_unknown', 'kernel.not_found'];
const HTML = 'text/html; charset=utf-8';

/** The page as others would see it, shared or not, with a line that says which. */
async function preview(
  tx: Tx,
  product_id: string,
  { lot, language }: z.output<typeof previewQuery>,
): Promise<BytesReply> {
  const { gtin, name_zh } = await ownProduct(tx, product_id);
  if (gtin === null) throw fault('consumer.no_gtin', { product: name_zh });
  const page = await publicPage(
    tx,
    product_id,
    { key: '01', value: gtin, qualifiers: lot ? [['10', lot]] : [] },
    true,
  );
  if (page === null) throw fault('consumer.nothing_here');
  const is_shared = (await findPage(tx, product_id))?.is_shared ?? false;
  const text = productPage(page, language, null, { is_shared });
  return { bytes: new TextEncoder().encode(text), media_type: HTML };
}

const pages = [
  route({
    id: 'consumer_page.get',
    method: 'GET',
    path: '/api/v1/products/{product_id}/consumer-page',
    permission: 'consumer.page.read',
    summary: { zh: '商品对消费者公开什么', en: 'What consumers see of a product' },
    params: ofProduct,
    reply: consumerPage,
    faults: unknown,
    run: (tx, { params }) => getPage(tx, params.product_id),
  }),
  route({
    id: 'consumer_page.save',
    method: 'PUT',
    path: '/api/v1/products/{product_id}/consumer-page',
    permission: 'consumer.page.change',
    summary: { zh: '设定商品对消费者公开什么', en: 'Say what consumers see of a product' },
    params: ofProduct,
    body: pageSettings,
    reply: consumerPage,
    faults: [
      ...unknown,
      'consumer.no_gtin',
      'consumer.gtin_not_own',
      'consumer.gtin_shared',
      'consumer.warning_stands',
    ],
    run: (tx, { params, body }) => savePage(tx, params.product_id, body),
  }),
  route({
    id: 'consumer_page.preview',
    method: 'GET',
    path: '/api/v1/products/{product_id}/consumer-page/preview',
    permission: 'consumer.page.read',
    summary: { zh: '预览扫码后的页面', en: 'Look at the page that a scan leads to' },
    params: ofProduct,
    query: previewQuery,
    gives: [HTML],
    reply: z.never(),
    faults: [...unknown, 'consumer.no_gtin', 'consumer.nothing_here'],
    run: (tx, { params, query }) => preview(tx, params.product_id, query),
  }),
];

const warnings = [
  route({
    id: 'recall.products',
    method: 'GET',
    path: '/api/v1/recalls/{id}/products',
    permission: 'goods.recall.read',
    summary: { zh: '召回涉及的本单位商品，及消费者是否已知', en: 'Own products that are recalled' },
    params: z.object({ id: uuid }),
    reply: z.object({ items: z.array(recallProduct) }),
    faults: ['kernel.not_found'],
    run: (tx, { params }) => productsOfRecall(tx, params.id),
  }),
  route({
    id: 'consumer_warning.list',
    method: 'GET',
    path: '/api/v1/products/{product_id}/consumer-warnings',
    permission: 'consumer.warning.read',
    summary: { zh: '给消费者的召回提示', en: 'Warnings to consumers' },
    params: ofProduct,
    query: pageQuery,
    reply: page(consumerWarning),
    faults: [...unknown, 'kernel.malformed'],
    run: (tx, { params, query }) => listWarnings(tx, params.product_id, query),
  }),
  route({
    id: 'consumer_warning.publish',
    method: 'POST',
    path: '/api/v1/products/{product_id}/consumer-warnings',
    permission: 'consumer.warning.publish',
    summary: { zh: '发布给消费者的召回提示', en: 'Publish a warning to consumers' },
    params: ofProduct,
    body: newWarning,
    reply: consumerWarning,
    status: 201,
    faults: [...unknown, 'consumer.not_shared', 'consumer.too_many_warnings'],
    run: (tx, { params, body }) => publishWarning(tx, params.product_id, body),
  }),
  route({
    id: 'consumer_warning.withdraw',
    method: 'POST',
    path: '/api/v1/consumer-warnings/{id}/withdrawal',
    permission: 'consumer.warning.withdraw',
    summary: { zh: '撤回给消费者的提示', en: 'Withdraw a warning to consumers' },
    params: z.object({ id: uuid }),
    reply: consumerWarning,
    faults: ['kernel.not_found', 'consumer.withdrawn'],
    run: (tx, { params }) => withdrawWarning(tx, params.id),
  }),
];

export const routes = [...pages, ...warnings];
