import { z } from 'zod';
import {
  bilingual,
  businessDate,
  currency,
  decimal,
  instant,
  longText,
  minorUnits,
  pageQuery,
  shortText,
  uuid,
} from '../../kernel/index.ts';

const positiveMinor = minorUnits.refine((amount) => amount > 0n, 'must be above zero');

const named = z.object({ id: uuid, name: bilingual });

// ---- the ledger

export const accountCode = z.string().regex(/^[0-9]{4}(\.[0-9A-Z]{1,10})?$/);

export const account = z
  .object({
    code: accountCode,
    name: bilingual,
    kind: z.enum(['asset', 'liability', 'equity', 'revenue', 'expense']),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof account>;

export const newAccount = z.object({ code: accountCode, name: bilingual });
export type NewAccount = z.output<typeof newAccount>;

export const entryKind = z.enum([
  'invoice',
  'credit_note',
  'payment',
  'allocation',
  'late_interest',
  'manual',
  'reversal',
]);
export type EntryKind = z.output<typeof entryKind>;

/** Debit above zero, credit below: the lines of an entry add up to nothing in each currency. */
export const entryLine = z.object({
  account_code: accountCode,
  currency,
  amount_minor: minorUnits.refine((amount) => amount !== 0n, 'must not be zero'),
});
export type EntryLine = z.output<typeof entryLine>;

export const entry = z
  .object({
    id: uuid,
    counterparty_id: uuid.nullable(),
    kind: entryKind,
    subject_id: uuid,
    fact_id: uuid,
    reverses_id: uuid.nullable(),
    booked_on: businessDate,
    memo: z.string(),
    recorded_at: instant,
    lines: z.array(entryLine),
  })
  .meta({ id: 'Entry' });
export type Entry = z.output<typeof entry>;

export const manualEntry = z.object({
  booked_on: businessDate,
  memo: shortText,
  lines: z.array(entryLine).min(2).max(100),
});
export type ManualEntry = z.output<typeof manualEntry>;

export const reversal = z.object({ reason: shortText });

export const balance = z
  .object({
    account_code: accountCode,
    counterparty: named.nullable(),
    currency,
    debit_minor: minorUnits,
    credit_minor: minorUnits,
    balance_minor: minorUnits,
  })
  .meta({ id: 'Balance' });
export type Balance = z.output<typeof balance>;

// ---- what is owed

export const buyerKind = z.enum(['large', 'public', 'sme']);
export const sellerSize = z.enum(['micro', 'small', 'medium', 'large', 'undeclared']);

/** What an invoice says, and what the contract behind it says about paying. */
export type NewReceivable = {
  invoice_id: string;
  number: string;
  seller_id: string;
  buyer_id: string;
  currency: string;
  net_minor: bigint;
  tax_minor: bigint;
  issued_on: string;
  buyer_kind: z.output<typeof buyerKind>;
  seller_size: z.output<typeof sellerSize>;
  delivered_on: string;
  inspection_due_on?: string | null;
  accepted_on?: string | null;
  settled_amount_on?: string | null;
  term_days?: number | null;
  industry_norm?: boolean;
  pay_when_paid?: boolean;
  /** Agreed late interest a year, as a share: "0.12" is 12 %. */
  late_rate_yearly?: string | null;
  /** One-year loan prime rate of the day of the contract, as a share. */
  prime_rate_yearly?: string | null;
  revenue_account?: string;
  cost_account?: string;
};

const rule = z.object({ article: bilingual, text: bilingual });

export const receivableState = z.enum(['open', 'disputed', 'overdue', 'settled']);
export type ReceivableState = z.output<typeof receivableState>;

export const receivable = z
  .object({
    id: uuid,
    number: z.string(),
    seller: named,
    buyer: named,
    currency,
    total_minor: minorUnits,
    credited_minor: minorUnits,
    paid_minor: minorUnits,
    disputed_minor: minorUnits,
    open_minor: minorUnits,
    payable_minor: minorUnits.meta({ description: 'open and undisputed: to be paid on time' }),
    interest_minor: minorUnits,
    interest_paid_minor: minorUnits,
    issued_on: businessDate,
    delivered_on: businessDate,
    state: receivableState,
    clock: z.object({
      starts_on: businessDate,
      due_on: businessDate,
      statutory_due_on: businessDate.nullable(),
      paid: z.boolean(),
      days_left: z.int(),
      days_late: z.int(),
    }),
    settled_on: businessDate.nullable(),
  })
  .meta({ id: 'Receivable' });
export type Receivable = z.output<typeof receivable>;

export const toward = z.enum(['principal', 'interest']);

export const receivableDetail = receivable
  .extend({
    buyer_kind: buyerKind,
    seller_size: sellerSize,
    inspection_due_on: businessDate.nullable(),
    accepted_on: businessDate.nullable(),
    term_days: z.int().nullable(),
    late_rate_daily: decimal,
    start_rule: rule,
    term_rule: rule,
    credits: z.array(
      z.object({
        credit_note_id: uuid,
        number: z.string(),
        amount_minor: minorUnits,
        credited_on: businessDate,
      }),
    ),
    disputes: z.array(
      z.object({
        id: uuid,
        amount_minor: minorUnits,
        state: z.enum(['open', 'withdrawn', 'credited']),
        raised_on: businessDate,
        closed_on: businessDate.nullable(),
      }),
    ),
    allocations: z.array(
      z.object({ payment_id: uuid, toward, amount_minor: minorUnits, paid_on: businessDate }),
    ),
  })
  .meta({ id: 'ReceivableDetail' });
export type ReceivableDetail = z.output<typeof receivableDetail>;

export const receivableQuery = pageQuery.extend({
  side: z.enum(['seller', 'buyer']).default('seller'),
  /** Whose receivables or payables: the actor's own unless another party shares them. */
  party_id: uuid.optional(),
  counterparty_id: uuid.optional(),
  state: receivableState.optional(),
  due_from: businessDate.optional(),
  due_to: businessDate.optional(),
  number: z.string().max(200).optional(),
});
export type ReceivableQuery = z.output<typeof receivableQuery>;

export type NewCredit = {
  credit_note_id: string;
  receivable_id: string;
  number: string;
  net_minor: bigint;
  tax_minor: bigint;
  credited_on: string;
};

export type NewDispute = { id: string; receivable_id: string; amount_minor: bigint };

// ---- payments

export const allocation = z.object({
  receivable_id: uuid,
  toward: toward.default('principal'),
  amount_minor: positiveMinor,
});
export type Allocation = z.output<typeof allocation>;
export const allocations = z.array(allocation).max(500);

export const newPayment = z.object({
  payer_id: uuid,
  payee_id: uuid,
  currency,
  amount_minor: positiveMinor,
  paid_on: businessDate,
  /** The bank's number of the transfer. */
  reference: z.string().trim().min(1).max(100).nullable().default(null),
  /** What it pays, as the payer says (民法典 第560条); else the oldest due first. */
  remittance: allocations.default([]),
});
export type NewPayment = z.output<typeof newPayment>;

export const paymentState = z.enum(['recorded', 'confirmed', 'refused']);

export const payment = z
  .object({
    id: uuid,
    payer: named,
    payee: named,
    currency,
    amount_minor: minorUnits,
    allocated_minor: minorUnits,
    paid_on: businessDate,
    reference: z.string().nullable(),
    remittance: z.array(z.object({ receivable_id: uuid, toward, amount_minor: minorUnits })),
    state: paymentState,
    reason: z.string().nullable(),
    recorded_at: instant,
    confirmed_at: instant.nullable(),
  })
  .meta({ id: 'Payment' });
export type Payment = z.output<typeof payment>;

export const paymentQuery = pageQuery.extend({
  side: z.enum(['payer', 'payee']).default('payee'),
  counterparty_id: uuid.optional(),
  state: paymentState.optional(),
});
export type PaymentQuery = z.output<typeof paymentQuery>;

export const refusal = z.object({ reason: longText });

// ---- measures

export const ageingRow = z
  .object({
    counterparty: named,
    currency,
    not_due_minor: minorUnits,
    late_1_30_minor: minorUnits,
    late_31_60_minor: minorUnits,
    late_61_90_minor: minorUnits,
    late_over_90_minor: minorUnits,
    disputed_minor: minorUnits,
    open_minor: minorUnits,
  })
  .meta({ id: 'AgeingRow' });
export type AgeingRow = z.output<typeof ageingRow>;

export const paymentRecord = z
  .object({
    buyer_id: uuid,
    currency,
    from: businessDate,
    to: businessDate,
    invoices: z.int(),
    invoices_on_time: z.int(),
    /** Null where nothing fell due: no record is not a good record. */
    on_time_share: decimal.nullable(),
    amount_minor: minorUnits,
    on_time_amount_share: decimal.nullable(),
    weighted_days_late: decimal.nullable(),
    worst_days_late: z.int(),
    late_now_minor: minorUnits,
  })
  .meta({ id: 'PaymentRecord' });
export type PaymentRecord = z.output<typeof paymentRecord>;

export const finding = z
  .object({
    rule: z.string(),
    subject: z.string(),
    expected: z.string(),
    found: z.string(),
  })
  .meta({ id: 'LedgerFinding' });
export type Finding = z.output<typeof finding>;

// ---- bank statements

export const statementLine = z
  .object({
    id: uuid,
    statement_id: uuid,
    line_no: z.int(),
    booked_on: businessDate,
    currency,
    amount_minor: minorUnits,
    counterparty_name: z.string(),
    reference: z.string().nullable(),
    memo: z.string(),
    payment_id: uuid.nullable(),
    set_aside: z.boolean(),
  })
  .meta({ id: 'StatementLine' });
export type StatementLine = z.output<typeof statementLine>;

export const matchProposal = z
  .object({
    line: statementLine,
    counterparty: named.nullable(),
    /** A payment that is recorded already and fits the line. */
    payment_id: uuid.nullable(),
    /** Otherwise the invoices that the line seems to pay. */
    allocations: z.array(
      z.object({ receivable_id: uuid, number: z.string(), amount_minor: minorUnits }),
    ),
    reason: bilingual,
  })
  .meta({ id: 'MatchProposal' });
export type MatchProposal = z.output<typeof matchProposal>;

export const matchChoice = z.union([
  z.object({ payment_id: uuid }),
  z.object({ counterparty_id: uuid, allocations }),
]);
export type MatchChoice = z.output<typeof matchChoice>;
