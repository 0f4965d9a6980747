import { z } from 'zod';
import { mediaTypeOf } from '../../flows/data/index.ts';
import {
  eventsShown,
  heldSettlement,
  readBeside,
  settleHeldStock,
} from '../../flows/goods/index.ts';
import { page, pageQuery, route, uuid } from '../../kernel/index.ts';
import { answerNotice, holdForNotice, holdForRecall, listLines } from './answers.ts';
import { dryRun, recallList, recallSheet, sheetQuery, suspicion } from './dry-run.ts';
import { acknowledgeNotice, getNotice, listNotices, sendNotices } from './notices.ts';
import { openRecall } from './opening.ts';
import { gtinsOfProducts } from './product-lots.ts';
import { closeRecall, closing, getRecall, listRecalls } from './recalls.ts';
import {
  heldReply,
  newRecall,
  noticeAnswer,
  noticeQuery,
  recallCase,
  recallLine,
  recallNotice,
  recallQuery,
  recallRow,
  sending,
} from './schema.ts';

const following = ['recall.nothing_affected', 'goods.trace_without_start', 'goods.trace_too_wide'];
const answering = ['kernel.not_found', 'recall.not_addressee', 'recall.closed'];
const byId = z.object({ id: uuid });

/** From a suspicion to what is where; nothing is kept. */
const trying = [
  route({
    id: 'recall.try',
    method: 'POST',
    path: '/api/v1/recalls/dry-run',
    permission: 'goods.event.read',
    shared: ['shipments'],
    summary: { zh: '试算召回：不留下任何记录', en: 'Try a recall: nothing is left behind' },
    body: suspicion,
    reply: recallList,
    faults: following,
    shows: (tx, { events }) => eventsShown(tx, events),
    run: (tx, { body }) => dryRun(tx, body),
  }),
  route({
    id: 'recall.sheet',
    method: 'GET',
    path: '/api/v1/recalls/dry-run/sheet',
    permission: 'goods.event.read',
    shared: ['shipments'],
    summary: { zh: '召回试算的记录表', en: 'The records of a recall that is tried, as a sheet' },
    query: sheetQuery,
    gives: [mediaTypeOf('csv'), mediaTypeOf('xlsx')],
    reply: z.never(),
    faults: following,
    run: (tx, { query }) => recallSheet(tx, query),
  }),
];

const cases = [
  route({
    id: 'recall.open',
    method: 'POST',
    path: '/api/v1/recalls',
    permission: 'goods.recall.open',
    shared: ['shipments'],
    summary: { zh: '启动召回：列出清单，起草通知', en: 'Open a recall: list goods, draft notices' },
    body: newRecall,
    /** With the events that the list rests on. */
    reply: recallCase.extend({ events: recallList.shape.events }).meta({ id: 'RecallOpened' }),
    status: 201,
    faults: [...following, 'recall.number_taken', 'recall.known_later', 'recall.too_wide'],
    shows: (tx, { events }) => eventsShown(tx, events),
    run: async (tx, { body }) => {
      const { id, loading } = await openRecall(tx, body);
      await tx.settle();
      return { ...(await getRecall(tx, id)), events: readBeside(loading, []) };
    },
  }),
  route({
    id: 'recall.list',
    method: 'GET',
    path: '/api/v1/recalls',
    permission: 'goods.recall.read',
    summary: { zh: '本单位的召回', en: 'Own recalls' },
    query: recallQuery,
    reply: page(recallRow),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listRecalls(tx, query),
  }),
  route({
    id: 'recall.get',
    method: 'GET',
    path: '/api/v1/recalls/{id}',
    permission: 'goods.recall.read',
    summary: { zh: '一次召回及其进展', en: 'A recall and how far it has come' },
    params: byId,
    reply: recallCase,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getRecall(tx, params.id),
  }),
  route({
    id: 'recall.lines',
    method: 'GET',
    path: '/api/v1/recalls/{id}/lines',
    permission: 'goods.recall.read',
    summary: { zh: '召回清单的各行及答复', en: 'The goods of a recall, with the answers' },
    params: byId,
    query: pageQuery,
    reply: page(recallLine),
    faults: ['kernel.not_found', 'kernel.malformed'],
    run: async (tx, { params, query }) => {
      const { id } = await getRecall(tx, params.id);
      return listLines(tx, { recall_id: id }, query);
    },
  }),
  route({
    id: 'recall.send',
    method: 'POST',
    path: '/api/v1/recalls/{id}/sendings',
    permission: 'goods.recall.send',
    summary: { zh: '发出召回通知', en: 'Send notices of a recall' },
    params: byId,
    body: sending,
    reply: z.object({ sent: z.int() }),
    faults: ['kernel.not_found', 'recall.closed', 'recall.nothing_to_send'],
    run: (tx, { params, body }) => sendNotices(tx, params.id, body),
  }),
  route({
    id: 'recall.hold',
    method: 'POST',
    path: '/api/v1/recalls/{id}/holds',
    permission: 'goods.recall.hold',
    summary: { zh: '封存本单位库存', en: 'Take own stock out of sale' },
    params: byId,
    reply: heldReply,
    faults: ['kernel.not_found', 'recall.closed', 'goods.too_much_to_hold'],
    run: (tx, { params }) => holdForRecall(tx, params.id),
  }),
  route({
    id: 'recall.close',
    method: 'POST',
    path: '/api/v1/recalls/{id}/closing',
    permission: 'goods.recall.close',
    summary: { zh: '结束召回', en: 'Close a recall' },
    params: byId,
    body: closing,
    reply: recallCase,
    faults: ['kernel.not_found', 'recall.closed', 'recall.not_told'],
    run: (tx, { params, body }) => closeRecall(tx, params.id, body),
  }),
];

const notices = [
  route({
    id: 'recall_notice.list',
    method: 'GET',
    path: '/api/v1/recall-notices',
    permission: 'goods.recall.read',
    summary: { zh: '收到或发出的召回通知', en: 'Notices of recalls, received and sent' },
    query: noticeQuery,
    reply: page(recallNotice),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listNotices(tx, query),
  }),
  route({
    id: 'recall_notice.get',
    method: 'GET',
    path: '/api/v1/recall-notices/{id}',
    permission: 'goods.recall.read',
    summary: { zh: '一份召回通知', en: 'A notice of a recall' },
    params: byId,
    reply: recallNotice,
    faults: ['kernel.not_found'],
    run: (tx, { params }) => getNotice(tx, params.id),
  }),
  route({
    id: 'recall_notice.lines',
    method: 'GET',
    path: '/api/v1/recall-notices/{id}/lines',
    permission: 'goods.recall.read',
    summary: { zh: '通知所列货物及答复', en: 'The goods in a notice, with the answers' },
    params: byId,
    query: pageQuery,
    reply: page(recallLine),
    faults: ['kernel.not_found', 'kernel.malformed'],
    run: async (tx, { params, query }) => {
      const { recall_id, id } = await getNotice(tx, params.id);
      return listLines(tx, { recall_id, notice_id: id }, query);
    },
  }),
  route({
    id: 'recall_notice.acknowledge',
    method: 'POST',
    path: '/api/v1/recall-notices/{id}/acknowledgement',
    permission: 'goods.recall.answer',
    summary: { zh: '确认收到召回通知', en: 'Acknowledge a notice of a recall' },
    params: byId,
    reply: recallNotice,
    faults: answering,
    run: (tx, { params }) => acknowledgeNotice(tx, params.id),
  }),
  route({
    id: 'recall_notice.answer',
    method: 'POST',
    path: '/api/v1/recall-notices/{id}/answers',
    permission: 'goods.recall.answer',
    summary: { zh: '答复召回通知：各行找到多少', en: 'Answer a notice: what was found' },
    params: byId,
    body: noticeAnswer,
    reply: recallNotice,
    faults: [...answering, 'recall.line_unknown', 'recall.line_twice'],
    run: (tx, { params, body }) => answerNotice(tx, params.id, body),
  }),
  route({
    id: 'recall_notice.hold',
    method: 'POST',
    path: '/api/v1/recall-notices/{id}/holds',
    permission: 'goods.recall.hold',
    summary: { zh: '按通知封存本单位库存', en: 'Take own stock in a notice out of sale' },
    params: byId,
    reply: heldReply,
    faults: [...answering, 'goods.too_much_to_hold'],
    run: (tx, { params }) => holdForNotice(tx, params.id),
  }),
];

const held = [
  route({
    id: 'stock.settle_held',
    method: 'POST',
    path: '/api/v1/stock/held',
    permission: 'goods.stock.settle',
    summary: { zh: '处理封存的库存：放行或销毁', en: 'Release or destroy stock on hold' },
    body: heldSettlement,
    reply: z.object({ event_id: uuid }),
    status: 201,
    faults: ['goods.place_unknown', 'goods.not_held', 'goods.stock_short'],
    run: async (tx, { body }) => {
      const products = body.lines.map(({ product_id }) => product_id);
      return settleHeldStock(tx, body, await gtinsOfProducts(tx, products));
    },
  }),
];

export const routes = [...trying, ...cases, ...notices, ...held];
