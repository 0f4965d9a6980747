import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export * from './agreements.ts';
export * from './catalogue.ts';
export * from './despatches.ts';
export * from './disputes.ts';
export * from './invoices.ts';
export * from './matching.ts';
export * from './messages.ts';
export * from './order-change.ts';
export { answerCounter, respondToOrder } from './order-response.ts';
export { foldState, stateNames } from './order-state.ts';
export {
  countLiveOrders,
  findOrder,
  getOrder,
  listOrders,
  type OrderQuery,
  placeOrder,
} from './orders.ts';
export * from './products.ts';
export * from './promises.ts';
export * from './receipts.ts';
export * from './returns.ts';
export * from './schema.ts';
export { type TradeBetween, tradeBetween } from './trade-between.ts';

/** 商流: what was agreed. */
export const commerce: Module = {
  name: 'commerce',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
