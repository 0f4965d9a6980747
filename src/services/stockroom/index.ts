import { captureBindings } from '../../flows/goods/index.ts';
import type { Module } from '../../kernel/index.ts';
import { productsOfEvents } from './catalogue.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { recordProduction } from './production.ts';

/** Stockroom 库房: what a warehouse's own systems capture becomes stock of the catalogue's goods. */
export const stockroom: Module = {
  name: 'stockroom',
  migrations: null,
  routes,
  bindings: captureBindings(productsOfEvents),
  faults: fault.table,
};
