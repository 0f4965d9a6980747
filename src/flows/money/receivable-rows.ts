import { assert, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { clockOn } from './payment-clock.ts';
import type { Receivable, ReceivableState } from './schema.ts';

/** A receivable as it stands in its table, for the commands that change it. */
export type ReceivableRow = {
  id: string;
  number: string;
  seller_id: string;
  buyer_id: string;
  currency: string;
  net_minor: bigint;
  tax_minor: bigint;
  total_minor: bigint;
  credited_minor: bigint;
  paid_minor: bigint;
  disputed_minor: bigint;
  open_minor: bigint;
  interest_minor: bigint;
  interest_paid_minor: bigint;
  revenue_account: string;
  cost_account: string;
  due_on: string;
  late_rate_daily: string;
  settled_on: string | null;
};

const commandColumns = [
  'id',
  'number',
  'seller_id',
  'buyer_id',
  'currency',
  'net_minor',
  'tax_minor',
  'total_minor',
  'credited_minor',
  'paid_minor',
  'disputed_minor',
  'open_minor',
  'interest_minor',
  'interest_paid_minor',
  'revenue_account',
  'cost_account',
  'due_on',
  'late_rate_daily',
  'settled_on',
] as const;

/**
 * Locks receivables for a change, in the order of their ids, so that two payments over the same
 * invoices wait for each other and not in a ring.
 * @throws money.receivable_unknown
 */
export async function lockReceivables(
  tx: Tx,
  ids: Iterable<string>,
): Promise<Map<string, ReceivableRow>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('receivable')
    .select(commandColumns)
    .where('chain_id', '=', tx.chain)
    .where('id', 'in', wanted)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length !== wanted.length) throw fault('money.receivable_unknown');
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws money.receivable_unknown */
export async function lockReceivable(tx: Tx, id: string): Promise<ReceivableRow> {
  const row = (await lockReceivables(tx, [id])).get(id);
  assert(row, 'a locked receivable is there');
  return row;
}

type Change = Partial<
  Pick<
    ReceivableRow,
    | 'credited_minor'
    | 'paid_minor'
    | 'disputed_minor'
    | 'interest_minor'
    | 'interest_paid_minor'
    | 'settled_on'
  >
>;

/** Writes what a command changed; what is open follows from it. */
export async function changeReceivable(tx: Tx, row: ReceivableRow, change: Change): Promise<void> {
  const { total_minor, credited_minor, paid_minor, disputed_minor } = { ...row, ...change };
  const open_minor = total_minor - credited_minor - paid_minor;
  assert(open_minor >= 0n && disputed_minor <= open_minor, 'a receivable is never overpaid');
  const settled_on = open_minor === 0n ? (change.settled_on ?? row.settled_on ?? tx.today) : null;
  tx.write(
    tx.db
      .updateTable('receivable')
      .set({ ...change, open_minor, settled_on })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', row.id),
  );
}

/** Receivables with the names of both sides. */
export function receivables(tx: Tx) {
  return tx.db
    .selectFrom('receivable as r')
    .innerJoin('party as s', 's.id', 'r.seller_id')
    .innerJoin('party as b', 'b.id', 'r.buyer_id')
    .where('r.chain_id', '=', tx.chain);
}

export const listColumns = [
  'r.id',
  'r.number',
  'r.seller_id',
  'r.buyer_id',
  's.name_zh as seller_zh',
  's.name_en as seller_en',
  'b.name_zh as buyer_zh',
  'b.name_en as buyer_en',
  'r.currency',
  'r.total_minor',
  'r.credited_minor',
  'r.paid_minor',
  'r.disputed_minor',
  'r.open_minor',
  'r.interest_minor',
  'r.interest_paid_minor',
  'r.issued_on',
  'r.delivered_on',
  'r.clock_start_on',
  'r.due_on',
  'r.statutory_due_on',
  'r.settled_on',
] as const;

export type ListRow = Omit<Receivable, 'seller' | 'buyer' | 'state' | 'clock' | 'payable_minor'> & {
  seller_id: string;
  buyer_id: string;
  seller_zh: string;
  seller_en: string;
  buyer_zh: string;
  buyer_en: string;
  clock_start_on: string;
  due_on: string;
  statutory_due_on: string | null;
};

export function receivableOf(row: ListRow, today: string): Receivable {
  const paid = row.open_minor === 0n;
  const { days_left, days_late } = clockOn(row.due_on, row.settled_on ?? today);
  return {
    id: row.id,
    number: row.number,
    seller: { id: row.seller_id, name: { zh: row.seller_zh, en: row.seller_en } },
    buyer: { id: row.buyer_id, name: { zh: row.buyer_zh, en: row.buyer_en } },
    currency: row.currency,
    total_minor: row.total_minor,
    credited_minor: row.credited_minor,
    paid_minor: row.paid_minor,
    disputed_minor: row.disputed_minor,
    open_minor: row.open_minor,
    payable_minor: row.open_minor - row.disputed_minor,
    interest_minor: row.interest_minor,
    interest_paid_minor: row.interest_paid_minor,
    issued_on: row.issued_on,
    delivered_on: row.delivered_on,
    state: stateOf(row, today),
    clock: {
      starts_on: row.clock_start_on,
      due_on: row.due_on,
      statutory_due_on: row.statutory_due_on,
      paid,
      days_left: paid ? 0 : days_left,
      days_late,
    },
    settled_on: row.settled_on,
  };
}

// A part in dispute does not make the rest less late: article 15 of the decree.
function stateOf(
  row: Pick<ListRow, 'open_minor' | 'disputed_minor' | 'due_on'>,
  today: string,
): ReceivableState {
  if (row.open_minor === 0n) return 'settled';
  if (row.open_minor > row.disputed_minor && row.due_on < today) return 'overdue';
  return row.disputed_minor > 0n ? 'disputed' : 'open';
}
