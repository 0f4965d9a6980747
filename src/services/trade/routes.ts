import { z } from 'zod';
import {
  despatch,
  dispute,
  getOrder,
  invoice,
  newCreditNote,
  newDespatch,
  newDispute,
  newInvoice,
  newOrder,
  newReceipt,
  newReturn,
  order,
  receipt,
  returnNote,
} from '../../flows/commerce/index.ts';
import { longText, route, uuid } from '../../kernel/index.ts';
import { billBuyer, contestInvoice, creditBuyer, withdrawDispute } from './billing.ts';
import { chainMap, chainView } from './chain-map.ts';
import { despatchGoods, receiveGoods, reportLoss, sendBack } from './delivery.ts';
import { documentRoutes } from './document-routes.ts';
import { orderView, viewOrder } from './order-view.ts';
import { orderGoods } from './ordering.ts';
import { openToday, today } from './today.ts';
import { weave, weaveOrder } from './weave.ts';

const byId = z.object({ id: uuid });

const views = [
  route({
    id: 'today.get',
    method: 'GET',
    path: '/api/v1/today',
    permission: 'trade.today.read',
    summary: { zh: '今天要看的事', en: 'What needs attention today' },
    reply: today,
    faults: [],
    run: (tx) => openToday(tx),
  }),
  route({
    id: 'order.view',
    method: 'GET',
    path: '/api/v1/orders/{id}/view',
    permission: 'commerce.order.read',
    shared: ['orders', 'shipments', 'invoices'],
    summary: { zh: '一张订单的全貌', en: 'One order with everything around it' },
    params: byId,
    reply: orderView,
    faults: ['commerce.order_unknown'],
    run: (tx, { params }) => viewOrder(tx, params.id),
  }),
  route({
    id: 'order.weave',
    method: 'GET',
    path: '/api/v1/orders/{id}/weave',
    permission: 'commerce.order.read',
    shared: ['orders', 'shipments', 'invoices'],
    summary: { zh: '订单的经纬图', en: "An order's weave" },
    params: byId,
    reply: weave,
    faults: ['commerce.order_unknown'],
    shows: async (tx, _reply, { params }) => [await getOrder(tx, params.id)],
    run: (tx, { params }) => weaveOrder(tx, params.id),
  }),
  route({
    id: 'chain.map',
    method: 'GET',
    path: '/api/v1/chain',
    permission: 'trade.chain.read',
    shared: ['orders', 'shipments', 'invoices', 'ledger'],
    summary: { zh: '谁与谁往来：四流与地点', en: 'Who trades with whom: four flows and places' },
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(90) }),
    reply: chainView,
    faults: [],
    run: (tx, { query }) => chainMap(tx, query.days),
  }),
];

const orders = [
  route({
    id: 'order.place',
    method: 'POST',
    path: '/api/v1/orders',
    permission: 'commerce.order.place',
    summary: { zh: '下单', en: 'Place an order' },
    body: newOrder,
    reply: order,
    status: 201,
    etag: (reply) => String(reply.version),
    faults: [
      'commerce.trades_with_itself',
      'commerce.order_number_taken',
      'commerce.product_unknown',
      'commerce.schedule_uneven',
      'commerce.partner_unknown',
      'goods.place_unknown',
    ],
    run: (tx, { body }) => orderGoods(tx, body),
  }),
];

const deliveries = [
  route({
    id: 'despatch.send',
    method: 'POST',
    path: '/api/v1/despatches',
    permission: 'trade.despatch.send',
    summary: { zh: '发运', en: 'Despatch goods' },
    body: newDespatch,
    reply: z.object({ despatch, order }),
    status: 201,
    faults: [
      'commerce.not_the_seller',
      'commerce.order_state',
      'commerce.too_much',
      'goods.stock_short',
      'goods.place_unknown',
    ],
    run: (tx, { body }) => despatchGoods(tx, body),
  }),
  route({
    id: 'receipt.record',
    method: 'POST',
    path: '/api/v1/receipts',
    permission: 'trade.receipt.record',
    summary: { zh: '收货', en: 'Receive goods' },
    body: newReceipt,
    reply: z.object({ receipt, despatch, order }),
    status: 201,
    faults: [
      'commerce.not_the_buyer',
      'commerce.despatch_state',
      'commerce.receipt_uneven',
      'commerce.reason_missing',
      'commerce.received_ahead',
    ],
    run: (tx, { body }) => receiveGoods(tx, body),
  }),
  route({
    id: 'despatch.lose',
    method: 'POST',
    path: '/api/v1/despatches/{id}/loss',
    permission: 'trade.despatch.lose',
    summary: { zh: '报告丢失', en: 'Report a despatch lost' },
    params: byId,
    body: z.object({ reason: longText }),
    reply: despatch,
    faults: ['commerce.despatch_unknown', 'commerce.despatch_state'],
    run: (tx, { params, body }) => reportLoss(tx, params.id, body.reason),
  }),
  route({
    id: 'return.send',
    method: 'POST',
    path: '/api/v1/returns',
    permission: 'trade.return.send',
    summary: { zh: '退货', en: 'Return goods' },
    body: newReturn,
    reply: z.object({ note: returnNote, order }),
    status: 201,
    faults: ['commerce.not_the_buyer', 'commerce.too_much', 'goods.stock_short'],
    run: (tx, { body }) => sendBack(tx, body),
  }),
];

const bills = [
  route({
    id: 'invoice.issue',
    method: 'POST',
    path: '/api/v1/invoices',
    permission: 'trade.invoice.issue',
    summary: { zh: '开票', en: 'Issue an invoice' },
    body: newInvoice,
    reply: invoice,
    status: 201,
    faults: [
      'commerce.not_the_seller',
      'commerce.number_taken',
      'commerce.line_unknown',
      'commerce.identifier_invalid',
      'commerce.bill_below_zero',
      'commerce.bill_of_nothing',
    ],
    run: (tx, { body }) => billBuyer(tx, body),
  }),
  route({
    id: 'credit_note.issue',
    method: 'POST',
    path: '/api/v1/credit-notes',
    permission: 'trade.invoice.credit',
    summary: { zh: '开红字发票', en: 'Issue a credit note' },
    body: newCreditNote,
    reply: invoice,
    status: 201,
    faults: [
      'commerce.not_the_seller',
      'commerce.credit_too_large',
      'commerce.bill_of_nothing',
      'money.above_open',
    ],
    run: (tx, { body }) => creditBuyer(tx, body),
  }),
  route({
    id: 'dispute.open',
    method: 'POST',
    path: '/api/v1/invoices/{id}/disputes',
    permission: 'trade.invoice.dispute',
    summary: { zh: '对发票的一部分提出争议', en: 'Contest a part of an invoice' },
    params: byId,
    body: newDispute,
    reply: dispute,
    status: 201,
    faults: ['commerce.not_the_buyer', 'commerce.dispute_too_large'],
    run: (tx, { params, body }) => contestInvoice(tx, params.id, body),
  }),
  route({
    id: 'dispute.withdraw',
    method: 'POST',
    path: '/api/v1/disputes/{id}/withdrawal',
    permission: 'trade.invoice.dispute',
    summary: { zh: '撤回争议', en: 'Withdraw a dispute' },
    params: byId,
    reply: dispute,
    faults: ['commerce.dispute_unknown', 'commerce.dispute_closed'],
    run: (tx, { params }) => withdrawDispute(tx, params.id),
  }),
];

export const routes = [...views, ...orders, ...deliveries, ...bills, ...documentRoutes];
