import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { resolverBindings } from './resolver.ts';
import { routes } from './routes.ts';

export { newWarning, pageSettings } from './schema.ts';
export { savePage } from './settings.ts';
export { publishWarning } from './warnings.ts';

/** What a firm shows of its goods to whoever scans their code. */
export const consumer: Module = {
  name: 'consumer',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  public_bindings: resolverBindings,
  faults: fault.table,
};
