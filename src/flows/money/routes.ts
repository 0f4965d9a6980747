import { ledgerRoutes } from './ledger-routes.ts';
import { settlementRoutes } from './payment-routes.ts';
import { receivableRoutes } from './receivable-routes.ts';

export const routes = [...receivableRoutes, ...settlementRoutes, ...ledgerRoutes];
