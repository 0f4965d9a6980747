import { z } from 'zod';
import { getDespatch, getInvoice, getOrder } from '../../flows/commerce/index.ts';
import {
  document,
  documentTypes,
  mediaTypeOf,
  sheetKind,
  type TradeDocument,
  ublOf,
} from '../../flows/data/index.ts';
import { route, uuid } from '../../kernel/index.ts';
import { takeDocument } from './documents.ts';
import { exportKinds, exportList } from './exports.ts';
import { fault } from './faults.ts';
import { invoiceAsDocument } from './outgoing-bills.ts';
import { despatchAsDocument, receiptAsDocument } from './outgoing-goods.ts';
import { orderAsDocument, responseAsDocument } from './outgoing-orders.ts';

const sent = z.object({
  /** The kind of a sheet, where its headings leave it open. */
  sheet: sheetKind.optional(),
  /** Of a sheet with bad rows, take the good ones; without it nothing is written. */
  take_good_rows: z.stringbool().default(false),
  /** The refused document that this one mends. */
  replaces_id: uuid.optional(),
});

const byId = z.object({ id: uuid });
/** What trade says to a partner's system: always UBL, whatever is asked for. */
const asXml = { gives: ['application/xml'], reply: z.never() };

/** Documents become trade. */
const incoming = [
  route({
    id: 'document.send',
    method: 'POST',
    path: '/api/v1/documents',
    permission: 'trade.document.send',
    summary: {
      zh: '送入单据：UBL、CSV 或 XLSX',
      en: 'Send in a document: UBL, CSV or XLSX',
    },
    query: sent,
    takes: documentTypes,
    reply: document,
    status: 201,
    faults: [
      'trade.no_document',
      'data.document_refused',
      'data.document_size',
      'data.document_unknown',
      'data.document_settled',
      'data.reader_busy',
      'data.document_heavy',
      'kernel.media_type',
      'kernel.too_large',
    ],
    run: (tx, { document: given, query }) => {
      if (given === null) throw fault('trade.no_document');
      return takeDocument(tx, { document: given, ...query });
    },
  }),
];

/** Trade becomes documents. */
/** A document as UBL, with the record that it was written from. */
const ublShowing = (document: TradeDocument, record: unknown) => ({
  ...ublOf(document),
  shows: [record],
});

const outgoing = [
  route({
    id: 'order.document',
    method: 'GET',
    path: '/api/v1/orders/{id}/document',
    permission: 'commerce.order.read',
    shared: ['orders'],
    summary: { zh: '订单的 UBL', en: 'An order as UBL' },
    params: byId,
    ...asXml,
    faults: ['commerce.order_unknown'],
    run: async (tx, { params }) =>
      ublShowing(await orderAsDocument(tx, params.id), await getOrder(tx, params.id)),
  }),
  route({
    id: 'order.response_document',
    method: 'GET',
    path: '/api/v1/orders/{id}/response-document',
    permission: 'commerce.order.read',
    shared: ['orders'],
    summary: { zh: '订单答复的 UBL', en: 'The answer to an order as UBL' },
    params: byId,
    ...asXml,
    faults: ['commerce.order_unknown', 'trade.not_answered'],
    run: async (tx, { params }) =>
      ublShowing(await responseAsDocument(tx, params.id), await getOrder(tx, params.id)),
  }),
  route({
    id: 'despatch.document',
    method: 'GET',
    path: '/api/v1/despatches/{id}/document',
    permission: 'commerce.despatch.read',
    shared: ['shipments'],
    summary: { zh: '发货通知的 UBL', en: 'A despatch advice as UBL' },
    params: byId,
    ...asXml,
    faults: ['commerce.despatch_unknown'],
    run: async (tx, { params }) =>
      ublShowing(await despatchAsDocument(tx, params.id), await getDespatch(tx, params.id)),
  }),
  route({
    id: 'receipt.document',
    method: 'GET',
    path: '/api/v1/orders/{id}/receipts/{receipt_id}/document',
    permission: 'commerce.order.read',
    shared: ['shipments'],
    summary: { zh: '收货通知的 UBL', en: 'A receipt advice as UBL' },
    params: byId.extend({ receipt_id: uuid }),
    ...asXml,
    faults: ['commerce.order_unknown', 'trade.receipt_unknown'],
    run: async (tx, { params }) =>
      ublShowing(
        await receiptAsDocument(tx, params.id, params.receipt_id),
        await getOrder(tx, params.id),
      ),
  }),
  route({
    id: 'invoice.document',
    method: 'GET',
    path: '/api/v1/invoices/{id}/document',
    permission: 'commerce.invoice.read',
    shared: ['invoices'],
    summary: { zh: '发票或红字发票的 UBL', en: 'An invoice or a credit note as UBL' },
    params: byId,
    ...asXml,
    faults: ['commerce.invoice_unknown'],
    run: async (tx, { params }) =>
      ublShowing(await invoiceAsDocument(tx, params.id), await getInvoice(tx, params.id)),
  }),
  route({
    id: 'export.get',
    method: 'GET',
    path: '/api/v1/exports/{kind}',
    permission: 'trade.export.read',
    shared: ['orders', 'invoices', 'stock'],
    summary: {
      zh: '订单、发票或库存的表格（至多一万行，新的在前）',
      en: 'Orders, invoices or stock as a sheet (the newest ten thousand rows)',
    },
    params: z.object({ kind: z.enum(exportKinds) }),
    query: z.object({
      format: z.enum(['csv', 'xlsx']).default('xlsx'),
      language: z.enum(['zh', 'en']).default('zh'),
    }),
    gives: [mediaTypeOf('csv'), mediaTypeOf('xlsx')],
    reply: z.never(),
    faults: [],
    run: (tx, { params, query }) => exportList(tx, params.kind, query.format, query.language),
  }),
];

export const documentRoutes = [...incoming, ...outgoing];
