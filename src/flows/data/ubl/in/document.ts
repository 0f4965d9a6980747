import { type TradeDocument, tradeDocument } from '../../trade/document.ts';
import { isTradeDocumentType, type TradeDocumentType } from '../document-types.ts';
import { MOST_PROBLEMS, type Problem } from '../problem.ts';
import type { XmlElement } from '../tree.ts';
import { documentTypeOf } from '../validate.ts';
import { readDespatch, readReceipt } from './goods.ts';
import { readInvoice } from './invoice.ts';
import { readOrder, readOrderCancellation, readOrderChange, readOrderResponse } from './order.ts';

const READERS: Readonly<Record<TradeDocumentType, (root: XmlElement) => TradeDocument>> = {
  Order: readOrder,
  OrderResponse: readOrderResponse,
  OrderChange: readOrderChange,
  OrderCancellation: readOrderCancellation,
  DespatchAdvice: readDespatch,
  ReceiptAdvice: readReceipt,
  Invoice: readInvoice,
  CreditNote: readInvoice,
};

export type Reading =
  | { document: TradeDocument; errors?: undefined }
  | { document?: undefined; errors: Problem[] };

/**
 * What a valid UBL document says in neutral words. Undefined for a type that is only stored.
 * A document may be valid UBL and still say too little to trade by (no number, no currency), or
 * more than fits (a name of five thousand characters): that comes back as errors.
 */
export function readTradeDocument(root: XmlElement): Reading | undefined {
  const type = documentTypeOf(root);
  if (type === undefined || !isTradeDocumentType(type)) return undefined;
  const parsed = tradeDocument.safeParse(READERS[type](root));
  if (parsed.success) return { document: parsed.data };
  const errors = parsed.error.issues.slice(0, MOST_PROBLEMS).map((issue) => ({
    rule: 'TRADE-FIELD',
    path: `/${issue.path.join('/')}`,
    zh: `字段 ${issue.path.join('.')} 缺失或超出范围。`,
    en: `The field ${issue.path.join('.')} is missing or out of range.`,
  }));
  return { errors };
}
