import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { equalInMeaning } from '../../kernel/index.ts';
export {
  acceptDocument,
  applyDocument,
  getDocument,
  getDocumentSource,
  getDocumentXml,
  isSettled,
  listDocuments,
  type NewDocument,
  type Received,
  receiveDocument,
  refusalOf,
  refuseDocument,
} from './documents.ts';
export { type ExchangedBetween, exchangedBetween } from './exchanged-between.ts';
export { type Incoming, readIncoming } from './incoming.ts';
export { loadReader, type ReadDocument } from './reader.ts';
export * from './schema.ts';
export { type SheetKind, type SheetRow, sheetKinds } from './sheets/kinds.ts';
export { type OrderDefaults, ordersOf } from './sheets/orders.ts';
export type { CellError, SheetPreview } from './sheets/preview.ts';
export {
  mediaTypeOf,
  type SheetFormat,
  type Table,
  writeTable,
  writeTemplate,
} from './sheets/write-sheet.ts';
export { type TradeDocument, type TradeDocumentKind, tradeDocument } from './trade/document.ts';
export * from './trade/goods.ts';
export * from './trade/invoice.ts';
export * from './trade/order.ts';
export {
  type Address,
  type Adjustment,
  type Delivery,
  type Identifier,
  identifier,
  type Lot,
  type Period,
  type Tax,
  type Totals,
  type TradeItem,
  type TradeParty,
  tradeItem,
  tradeParty,
} from './trade/parts.ts';
export type { ElementRule } from './ubl/peppol-structure.ts';
export type { Problem } from './ubl/problem.ts';
export { readXml } from './ubl/read-xml.ts';
export { attribute, elementsOf, text, type XmlElement } from './ubl/tree.ts';
export { writeXml } from './ubl/write-xml.ts';
export { ublOf } from './ubl-of.ts';

/** 信息流: what was exchanged and measured. */
export const data: Module = {
  name: 'data',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
