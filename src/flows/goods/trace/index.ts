export {
  type Containment,
  type Content,
  containmentsOf,
  contentsAt,
  eachContent,
  type Look,
  parentsAt,
} from './containment.ts';
export { type Dispersal, dispersalOf } from './dispersal.ts';
export { foodSafetySheet } from './food-safety-law.ts';
export { foodTraceabilitySheet, type TrackingEvent } from './food-traceability-rule.ts';
export type { EventSource, Mention, TraceEvent } from './graph.ts';
export type { Column, Sheet } from './handlings.ts';
export { type History, historyOf } from './history.ts';
export { type Loading, loadDownwards, loadUpwards, openLoading, wholeRuns } from './loading.ts';
export {
  classesOf,
  type LossAllowance,
  type MassBalance,
  massBalances,
} from './mass-balance.ts';
export { productClass } from './measured.ts';
export { type Moment, momentOf } from './moments.ts';
export { startsAt } from './presence.ts';
export { type Recall, type RecallRow, recallOf } from './recall.ts';
export { type Origin, type Shares, sharesOf } from './shares.ts';
export {
  building,
  buildSnapshot as buildGoodsSnapshot,
  type Snapshot as GoodsSnapshot,
} from './snapshot.ts';
export { addBehind, withdraw } from './snapshot-delta.ts';
export { reachForward, type SnapshotReach } from './snapshot-reach.ts';
export {
  addEventRecords,
  addRecord as addGoodsRecord,
  openRecords as openGoodsRecords,
  type RecordedEvent,
  type Records,
  roleCode as recordCode,
} from './snapshot-records.ts';
export { nobody } from './snapshot-stays.ts';
export { type Start, type TraceOptions, trace } from './trace.ts';
export type { Trace } from './trace-result.ts';
export { type Whereabouts, whereaboutsOf } from './whereabouts.ts';
