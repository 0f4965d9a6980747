import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

/** Recall (S11): from a suspicion to the list of what is where, and to the end of it. */
export const recall: Module = {
  name: 'recall',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
