import { sql } from 'kysely';
import { Decimal, limits, type Tx } from '../../kernel/index.ts';
import type { PaymentRecord } from './schema.ts';

/**
 * How a buyer pays, by currency, over the invoices that fell due in a span of days: how many it
 * paid on time, and by how many days it was late with each yuan. Credited and contested parts do
 * not count. The actor sees the buyer as far as it sees the invoices: its own, or shared ones.
 */
export async function paymentRecords(
  tx: Tx,
  input: { buyer_id: string; from: string; to: string },
): Promise<PaymentRecord[]> {
  const rows = await sums(tx, input).execute();
  return rows.map((row) => ({
    ...input,
    currency: row.currency,
    invoices: Number(row.invoices),
    invoices_on_time: Number(row.invoices_on_time),
    on_time_share: ratio(row.invoices_on_time, row.invoices),
    amount_minor: row.amount_minor,
    on_time_amount_share: ratio(row.on_time_minor, row.amount_minor),
    weighted_days_late: ratio(row.minor_days_late, row.amount_minor),
    worst_days_late: row.worst_days_late,
    late_now_minor: row.late_now_minor,
  }));
}

/** Between whom the invoices are that a payment record is made of. */
export async function paymentRecordParties(
  tx: Tx,
  { buyer_id, from, to }: { buyer_id: string; from: string; to: string },
) {
  return tx.db
    .selectFrom('receivable')
    .select(['seller_id', 'buyer_id'])
    .distinct()
    .where('chain_id', '=', tx.chain)
    .where('buyer_id', '=', buyer_id)
    .where('due_on', '>=', from)
    .where('due_on', '<=', to)
    .where('due_on', '<=', tx.today)
    .limit(limits.reads_owners)
    .execute();
}

/** Four decimals; null where nothing fell due. */
function ratio(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  return new Decimal(part.toString()).div(whole.toString()).toFixed(4);
}

/**
 * One row a currency. `parts` splits each invoice into what was paid, with its day, and what is
 * payable and unpaid, which is late until today.
 */
function sums(tx: Tx, { buyer_id, from, to }: { buyer_id: string; from: string; to: string }) {
  const due = sql`r.chain_id = ${tx.chain} and r.buyer_id = ${buyer_id}
    and r.due_on between ${from} and ${to} and r.due_on <= ${tx.today}`;
  return tx.db
    .with('part', (db) =>
      db
        .selectFrom('receivable as r')
        .innerJoin('payment_allocation as a', (join) =>
          join.onRef('a.chain_id', '=', 'r.chain_id').onRef('a.receivable_id', '=', 'r.id'),
        )
        .select(['r.id', 'r.currency', 'a.amount_minor'])
        .select(sql<number>`greatest(0, a.paid_on - r.due_on)`.as('days_late'))
        .select(sql<bigint>`0::bigint`.as('late_now_minor'))
        .where(sql<boolean>`${due} and a.toward = 'principal' and a.chain_id = ${tx.chain}`)
        .unionAll(
          db
            .selectFrom('receivable as r')
            .select(['r.id', 'r.currency'])
            .select(sql<bigint>`r.open_minor - r.disputed_minor`.as('amount_minor'))
            .select(sql<number>`${tx.today}::date - r.due_on`.as('days_late'))
            .select(
              sql<bigint>`case when r.due_on < ${tx.today}::date
                then r.open_minor - r.disputed_minor else 0 end`.as('late_now_minor'),
            )
            .where(sql<boolean>`${due} and r.open_minor > r.disputed_minor`),
        ),
    )
    .with('invoice', (db) =>
      db
        .selectFrom('part')
        .select(['currency'])
        .select([
          sql<bigint>`sum(amount_minor)`.as('amount_minor'),
          sql<bigint>`sum(case when days_late = 0 then amount_minor else 0 end)`.as(
            'on_time_minor',
          ),
          sql<bigint>`sum(amount_minor * days_late)`.as('minor_days_late'),
          sql<number>`max(days_late)`.as('days_late'),
          sql<bigint>`sum(late_now_minor)`.as('late_now_minor'),
        ])
        .groupBy(['id', 'currency']),
    )
    .selectFrom('invoice')
    .select(['currency'])
    .select([
      sql<bigint>`count(*)::bigint`.as('invoices'),
      sql<bigint>`(count(*) filter (where days_late = 0))::bigint`.as('invoices_on_time'),
      sql<bigint>`sum(amount_minor)::bigint`.as('amount_minor'),
      sql<bigint>`sum(on_time_minor)::bigint`.as('on_time_minor'),
      sql<bigint>`sum(minor_days_late)::bigint`.as('minor_days_late'),
      sql<number>`max(days_late)::int`.as('worst_days_late'),
      sql<bigint>`sum(late_now_minor)::bigint`.as('late_now_minor'),
    ])
    .groupBy('currency')
    .orderBy('currency');
}
