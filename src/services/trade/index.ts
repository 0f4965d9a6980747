import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { billBuyer, contestInvoice, creditBuyer, withdrawDispute } from './billing.ts';
export { despatchGoods, receiveGoods, reportLoss, sendBack } from './delivery.ts';
export { type SentDocument, takeDocument } from './documents.ts';
export { weaveOrder } from './weave.ts';

/** Supply-chain collaboration (S1): an order through all four flows, and documents as trade. */
export const trade: Module = {
  name: 'trade',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
