import { z } from 'zod';
import { despatchDocument, receiptDocument } from './goods.ts';
import { invoiceDocument } from './invoice.ts';
import {
  orderCancellationDocument,
  orderChangeDocument,
  orderDocument,
  orderResponseDocument,
} from './order.ts';

/** A trade document in no format: what UBL, a sheet or the console say in the same words. */
export const tradeDocument = z.discriminatedUnion('kind', [
  orderDocument,
  orderResponseDocument,
  orderChangeDocument,
  orderCancellationDocument,
  despatchDocument,
  receiptDocument,
  invoiceDocument,
]);
export type TradeDocument = z.output<typeof tradeDocument>;
export type TradeDocumentKind = TradeDocument['kind'];
