import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { activityOf, bases, MAPPING } from './activity.ts';
export { classRows } from './class-table.ts';
export { type Evidence, evidenceOf } from './evidence.ts';
export { fault as statisticsFault } from './faults.ts';
export {
  type FirmLedger,
  type Ledger,
  ledgerOf,
  openLedger,
  type Period,
  recordLines,
} from './ledger.ts';
export { batchOf, type InvoiceLine, keyOf, type LineBatch } from './line.ts';
export { readContracts, readDecisions, readLines } from './line-reading.ts';
export { allocate, partOfBundle } from './obligations.ts';
export { viewSplit } from './own-split.ts';
export {
  type Contract,
  type Decision,
  type Grounds,
  type RevenueSplit,
  splitByDerived,
  splitRevenue,
} from './revenue-split.ts';
export { getRule, type ServiceRule, serviceRules } from './service-rule.ts';
export { type ThresholdTest, testThreshold, withNearest } from './threshold.ts';

/** 统计: what part of a firm's revenue is service, manufacturing, farming. */
export const statistics: Module = {
  name: 'statistics',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
