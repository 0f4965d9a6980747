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
export {
  type Contract,
  type Decision,
  type Grounds,
  type RevenueSplit,
  splitRevenue,
} from './revenue-split.ts';
export { getRule, type ServiceRule, serviceRules } from './service-rule.ts';
export { type ThresholdTest, testThreshold, withNearest } from './threshold.ts';
