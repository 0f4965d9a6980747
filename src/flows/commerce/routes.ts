import { z } from 'zod';
import { longText, page, pageQuery, route, uuid } from '../../kernel/index.ts';
import {
  endAgreement,
  getAgreement,
  listAgreements,
  listPrices,
  newPrice,
  newSupplyAgreement,
  price,
  proposeAgreement,
  setPrices,
  supplyAgreement,
  takeUpAgreement,
} from './agreements.ts';
import { listProducts, productQuery } from './catalogue.ts';
import { despatch, despatchQuery, despatchRow, getDespatch, listDespatches } from './despatches.ts';
import { dispute, listDisputes } from './disputes.ts';
import { getInvoice, invoice, invoiceQuery, invoiceRow, listInvoices } from './invoices.ts';
import { listMessages, writeMessage } from './messages.ts';
import { cancelOrder, changeOrder } from './order-change.ts';
import { answerCounter, respondToOrder } from './order-response.ts';
import { assertVersion, getOrder, listOrders, orderQuery } from './orders.ts';
import { addProduct, getPackedProduct, newProduct, packedProduct, product } from './products.ts';
import { receipt, receiptPartiesOf, receiptsOf } from './receipts.ts';
import {
  cancellation,
  counterAnswer,
  message,
  order,
  orderChange,
  orderResponse,
  orderRow,
} from './schema.ts';

const byId = z.object({ id: uuid });
const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
const version = (reply: { version: number }) => String(reply.version);

const catalogueRoutes = [
  route({
    id: 'product.list',
    method: 'GET',
    path: '/api/v1/products',
    permission: 'commerce.product.read',
    summary: { zh: '产品目录', en: 'Catalogue' },
    query: pageQuery.extend(productQuery.shape),
    reply: page(product),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listProducts(tx, query),
  }),
  route({
    id: 'product.create',
    method: 'POST',
    path: '/api/v1/products',
    permission: 'commerce.product.create',
    summary: { zh: '上架产品', en: 'List a product' },
    body: newProduct,
    reply: product,
    status: 201,
    faults: ['commerce.product_code_taken', 'commerce.identifier_invalid'],
    run: (tx, { body }) => addProduct(tx, body),
  }),
  route({
    id: 'product.get',
    method: 'GET',
    path: '/api/v1/products/{id}',
    permission: 'commerce.product.read',
    summary: { zh: '一个产品及其包装单位', en: 'A product with its packing units' },
    params: byId,
    reply: packedProduct,
    faults: ['commerce.product_unknown'],
    run: (tx, { params }) => getPackedProduct(tx, params.id),
  }),
];

const agreementRoutes = [
  route({
    id: 'agreement.list',
    method: 'GET',
    path: '/api/v1/agreements',
    permission: 'commerce.agreement.read',
    summary: { zh: '供货协议', en: 'Supply agreements' },
    query: pageQuery,
    reply: page(supplyAgreement),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listAgreements(tx, query),
  }),
  route({
    id: 'agreement.get',
    method: 'GET',
    path: '/api/v1/agreements/{id}',
    permission: 'commerce.agreement.read',
    summary: { zh: '一份供货协议及其价格', en: 'One supply agreement with its prices' },
    params: byId,
    reply: supplyAgreement.extend({ prices: z.array(price) }),
    faults: ['commerce.agreement_unknown'],
    run: async (tx, { params }) => ({
      ...(await getAgreement(tx, params.id)),
      prices: await listPrices(tx, params.id),
    }),
  }),
  route({
    id: 'agreement.propose',
    method: 'POST',
    path: '/api/v1/agreements',
    permission: 'commerce.agreement.propose',
    summary: { zh: '提出供货协议', en: 'Propose a supply agreement' },
    body: newSupplyAgreement,
    reply: supplyAgreement,
    status: 201,
    faults: ['commerce.trades_with_itself', 'commerce.not_the_seller', 'kernel.not_found'],
    run: (tx, { body }) => proposeAgreement(tx, body),
  }),
  route({
    id: 'agreement.take_up',
    method: 'POST',
    path: '/api/v1/agreements/{id}/acceptance',
    permission: 'commerce.agreement.take_up',
    summary: { zh: '同意供货协议', en: 'Take a supply agreement up' },
    params: byId,
    reply: supplyAgreement,
    faults: ['commerce.agreement_unknown', 'commerce.agreement_state'],
    run: (tx, { params }) => takeUpAgreement(tx, params.id),
  }),
  route({
    id: 'agreement.end',
    method: 'POST',
    path: '/api/v1/agreements/{id}/end',
    permission: 'commerce.agreement.end',
    summary: { zh: '终止供货协议', en: 'End a supply agreement' },
    params: byId,
    reply: supplyAgreement,
    faults: ['commerce.agreement_unknown', 'commerce.agreement_state'],
    run: (tx, { params }) => endAgreement(tx, params.id),
  }),
  route({
    id: 'price.set',
    method: 'POST',
    path: '/api/v1/agreements/{id}/prices',
    permission: 'commerce.price.set',
    summary: { zh: '设定价格', en: 'Set prices' },
    params: byId,
    body: z.object({ prices: z.array(newPrice).min(1).max(1_000) }),
    reply: supplyAgreement,
    status: 201,
    faults: ['commerce.agreement_unknown', 'commerce.not_the_seller'],
    run: (tx, { params, body }) => setPrices(tx, params.id, body.prices),
  }),
];

const orderRoutes = [
  route({
    id: 'order.list',
    method: 'GET',
    path: '/api/v1/orders',
    permission: 'commerce.order.read',
    shared: ['orders'],
    summary: { zh: '订单，新的在前', en: 'Orders, newest first' },
    query: pageQuery.extend(orderQuery.shape),
    reply: page(orderRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listOrders(tx, query),
  }),
  route({
    id: 'order.get',
    method: 'GET',
    path: '/api/v1/orders/{id}',
    permission: 'commerce.order.read',
    shared: ['orders'],
    summary: { zh: '一张订单', en: 'One order' },
    params: byId,
    reply: order,
    etag: version,
    faults: ['commerce.order_unknown'],
    run: (tx, { params }) => getOrder(tx, params.id),
  }),
  route({
    id: 'order.respond',
    method: 'POST',
    path: '/api/v1/orders/{id}/responses',
    permission: 'commerce.order.respond',
    summary: { zh: '逐行答复订单', en: 'Answer an order line by line' },
    params: byId,
    body: orderResponse,
    reply: order,
    etag: version,
    faults: [
      'commerce.not_the_seller',
      'commerce.order_state',
      'commerce.line_state',
      'kernel.stale',
    ],
    run: async (tx, { params, body, if_match }) => {
      await assertVersion(tx, params.id, if_match);
      return respondToOrder(tx, params.id, body);
    },
  }),
  route({
    id: 'order.answer_counter',
    method: 'POST',
    path: '/api/v1/orders/{id}/counter-answers',
    permission: 'commerce.order.respond',
    summary: { zh: '买方回复还价', en: 'Agree to counter-offers or turn them down' },
    params: byId,
    body: counterAnswer,
    reply: order,
    etag: version,
    faults: [
      'commerce.not_the_buyer',
      'commerce.order_state',
      'commerce.line_state',
      'kernel.stale',
    ],
    run: async (tx, { params, body, if_match }) => {
      await assertVersion(tx, params.id, if_match);
      return answerCounter(tx, params.id, body);
    },
  }),
  route({
    id: 'order.change',
    method: 'POST',
    path: '/api/v1/orders/{id}/changes',
    permission: 'commerce.order.change',
    summary: { zh: '变更订单', en: 'Change an order' },
    params: byId,
    body: orderChange,
    reply: order,
    etag: version,
    faults: [
      'commerce.not_the_buyer',
      'commerce.order_state',
      'commerce.line_state',
      'kernel.stale',
    ],
    run: async (tx, { params, body, if_match }) => {
      await assertVersion(tx, params.id, if_match);
      return changeOrder(tx, params.id, body);
    },
  }),
  route({
    id: 'order.cancel',
    method: 'POST',
    path: '/api/v1/orders/{id}/cancellation',
    permission: 'commerce.order.cancel',
    summary: { zh: '取消订单', en: 'Cancel an order' },
    params: byId,
    body: cancellation,
    reply: order,
    etag: version,
    faults: ['commerce.not_the_buyer', 'commerce.order_state', 'kernel.stale'],
    run: async (tx, { params, body, if_match }) => {
      await assertVersion(tx, params.id, if_match);
      return cancelOrder(tx, params.id, body.reason);
    },
  }),
];

const messageRoutes = [
  route({
    id: 'message.list',
    method: 'GET',
    path: '/api/v1/orders/{id}/messages',
    permission: 'commerce.order.read',
    summary: { zh: '订单讨论', en: 'Messages on an order' },
    params: byId,
    reply: list(message),
    faults: [],
    run: async (tx, { params }) => ({ items: await listMessages(tx, params.id) }),
  }),
  route({
    id: 'message.write',
    method: 'POST',
    path: '/api/v1/orders/{id}/messages',
    permission: 'commerce.message.write',
    summary: { zh: '留言', en: 'Write a message' },
    params: byId,
    body: z.object({ text: longText }),
    reply: message,
    status: 201,
    faults: ['commerce.order_unknown', 'commerce.not_a_side'],
    run: (tx, { params, body }) => writeMessage(tx, params.id, body.text),
  }),
];

const deliveryRoutes = [
  route({
    id: 'despatch.list',
    method: 'GET',
    path: '/api/v1/despatches',
    permission: 'commerce.despatch.read',
    shared: ['shipments'],
    summary: { zh: '发运，新的在前', en: 'Despatches, newest first' },
    query: pageQuery.extend(despatchQuery.shape),
    reply: page(despatchRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listDespatches(tx, query),
  }),
  route({
    id: 'despatch.get',
    method: 'GET',
    path: '/api/v1/despatches/{id}',
    permission: 'commerce.despatch.read',
    shared: ['shipments'],
    summary: { zh: '一次发运', en: 'One despatch' },
    params: byId,
    reply: despatch,
    faults: ['commerce.despatch_unknown'],
    run: (tx, { params }) => getDespatch(tx, params.id),
  }),
  route({
    id: 'receipt.list',
    method: 'GET',
    path: '/api/v1/orders/{id}/receipts',
    permission: 'commerce.despatch.read',
    shared: ['shipments'],
    summary: { zh: '订单的收货记录', en: 'Receipts of an order' },
    params: byId,
    reply: list(receipt),
    faults: [],
    shows: (tx, _reply, { params }) => receiptPartiesOf(tx, params.id),
    run: async (tx, { params }) => ({ items: await receiptsOf(tx, params.id) }),
  }),
];

const invoiceRoutes = [
  route({
    id: 'invoice.list',
    method: 'GET',
    path: '/api/v1/invoices',
    permission: 'commerce.invoice.read',
    shared: ['invoices'],
    summary: { zh: '发票与红字发票', en: 'Invoices and credit notes' },
    query: pageQuery.extend(invoiceQuery.shape),
    reply: page(invoiceRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listInvoices(tx, query),
  }),
  route({
    id: 'invoice.get',
    method: 'GET',
    path: '/api/v1/invoices/{id}',
    permission: 'commerce.invoice.read',
    shared: ['invoices'],
    summary: { zh: '一张发票', en: 'One invoice' },
    params: byId,
    reply: invoice.extend({ disputes: z.array(dispute) }),
    faults: ['commerce.invoice_unknown'],
    run: async (tx, { params }) => ({
      ...(await getInvoice(tx, params.id)),
      disputes: await listDisputes(tx, params.id),
    }),
  }),
];

/**
 * An order's placing, despatch, receipt, return, invoice and dispute concern other flows too:
 * services/trade has them.
 */
export const routes = [
  ...catalogueRoutes,
  ...agreementRoutes,
  ...orderRoutes,
  ...messageRoutes,
  ...deliveryRoutes,
  ...invoiceRoutes,
];
