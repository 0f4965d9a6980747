import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { listAccounts, openAccount } from './accounts.ts';
export { type Accrual, accrueInterest } from './accruals.ts';
export { ageing } from './ageing.ts';
export { listBalances } from './balances.ts';
export { CHART, type ChartAccount, MIRRORS } from './chart.ts';
export { applyCreditNote } from './credits.ts';
export { disputePart, settleDispute } from './disputes.ts';
export { getEntry, listEntries, postEntry, reverseEntry } from './entries.ts';
export { type Instalment, type LateDebt, lateInterest } from './late-interest.ts';
export { acceptMatch, listMatches, setLineAside } from './matches.ts';
export {
  type BuyerKind,
  type ClockTerms,
  clockOn,
  isProtected,
  lateDailyRate,
  type PaymentClock,
  paymentClock,
  type SellerSize,
} from './payment-clock.ts';
export { getPayment, listPayments, paidBetween } from './payment-queries.ts';
export { paymentRecords } from './payment-record.ts';
export { allocatePayment, confirmPayment, recordPayment, refusePayment } from './payments.ts';
export { getReceivable, listReceivables } from './receivable-queries.ts';
export { openReceivable, recordAcceptance } from './receivables.ts';
export { reconcile } from './reconciliation.ts';
export {
  type Account,
  type AgeingRow,
  type Allocation,
  type Balance,
  type Entry,
  type Finding,
  type ManualEntry,
  type MatchChoice,
  type MatchProposal,
  type NewAccount,
  type NewCredit,
  type NewDispute,
  type NewPayment,
  type NewReceivable,
  type Payment,
  type PaymentQuery,
  type PaymentRecord,
  payment,
  type Receivable,
  type ReceivableDetail,
  type ReceivableQuery,
  type ReceivableState,
  receivable,
  receivableDetail,
  receivableQuery,
  type StatementLine,
} from './schema.ts';
export { importStatement, listStatementLines } from './statements.ts';

/** The money flow 资金流: what is owed, what is paid, and the books of both sides. */
export const money: Module = {
  name: 'money',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  faults: fault.table,
};
