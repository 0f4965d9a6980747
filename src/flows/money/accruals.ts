import { sql } from 'kysely';
import { recordFacts, type Tx } from '../../kernel/index.ts';
import { greater } from './amounts.ts';
import { fault } from './faults.ts';
import { lateInterest } from './late-interest.ts';
import { linesOf, type NewEntry, writeEntries } from './posting.ts';
import { changeReceivable, lockReceivables, type ReceivableRow } from './receivable-rows.ts';

const MOST_AT_ONCE = 200;

export type Accrual = { receivable_id: string; number: string; interest_minor: bigint };

/**
 * Books late interest up to and with a day, of one receivable or of the actor's next ones that are
 * late, at most 200 at once. What is booked is the difference to what was booked before, so doing
 * it twice, or every day, comes to the same; where a part has since been credited or contested, the
 * difference is taken back, but never below what was paid.
 *
 * @returns what changed
 * @throws money.in_future, money.receivable_unknown, money.not_your_part
 */
export async function accrueInterest(
  tx: Tx,
  input: { as_of: string; receivable_id?: string | undefined },
): Promise<Accrual[]> {
  const { as_of, receivable_id } = input;
  if (as_of > tx.today) throw fault('money.in_future', { date: as_of });
  const ids = receivable_id ? [receivable_id] : await lateIds(tx, as_of);
  const rows = await lockReceivables(tx, ids);
  if ([...rows.values()].some(({ seller_id }) => seller_id !== tx.actor.party)) {
    throw fault('money.not_your_part', { zh: '供应方', en: 'seller' });
  }
  const instalments = await instalmentsOf(tx, ids);
  const due = [...rows.values()].flatMap((row) => {
    const paid = instalments.get(row.id) ?? [];
    const owed_minor = row.total_minor - row.credited_minor - row.disputed_minor;
    const debt = { due_on: row.due_on, owed_minor, daily_rate: row.late_rate_daily };
    const earned = lateInterest({ ...debt, instalments: paid }, as_of);
    const target = greater(earned, row.interest_paid_minor);
    const change = target - row.interest_minor;
    return change === 0n ? [] : [{ row, change }];
  });
  await markAccrued(tx, ids, as_of);
  await book(tx, due, as_of);
  return due.map(({ row, change }) => ({
    receivable_id: row.id,
    number: row.number,
    interest_minor: change,
  }));
}

/**
 * The actor's receivables that are late, or were paid late, and carry interest that was not booked
 * to that day yet.
 */
async function lateIds(tx: Tx, as_of: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('receivable')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('seller_id', '=', tx.actor.party)
    .where('due_on', '<', as_of)
    .where('late_rate_daily', '>', '0')
    .where((is) => is.or([is('open_minor', '>', 0n), is('settled_on', '>', is.ref('due_on'))]))
    .where((is) =>
      is.or([
        is('interest_accrued_to', 'is', null),
        is(
          'interest_accrued_to',
          '<',
          sql<string>`least(coalesce(settled_on, ${as_of}), ${as_of})`,
        ),
      ]),
    )
    .orderBy('due_on')
    .orderBy('id')
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.map(({ id }) => id);
}

async function markAccrued(tx: Tx, ids: readonly string[], as_of: string): Promise<void> {
  if (ids.length === 0) return;
  tx.write(
    tx.db
      .updateTable('receivable')
      .set({ interest_accrued_to: as_of })
      .where('chain_id', '=', tx.chain)
      .where('id', 'in', ids),
  );
}

async function instalmentsOf(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('payment_allocation')
    .select(['receivable_id', 'paid_on', 'amount_minor'])
    .where('chain_id', '=', tx.chain)
    .where('receivable_id', 'in', ids)
    .where('toward', '=', 'principal')
    .execute();
  return Map.groupBy(rows, ({ receivable_id }) => receivable_id);
}

/** Creditor: Dr 应收利息 / Cr 营业外收入. Debtor: Dr 财务费用 / Cr 应付利息. */
async function book(
  tx: Tx,
  due: readonly { row: ReceivableRow; change: bigint }[],
  as_of: string,
): Promise<void> {
  const facts = await recordFacts(
    tx,
    due.map(({ row, change }) => ({
      type: 'money.interest.accrued',
      subject: row.id,
      parties: [row.seller_id, row.buyer_id],
      body: { as_of, interest_minor: change, daily_rate: row.late_rate_daily },
    })),
  );
  const entries = due.flatMap(({ row, change }, at): NewEntry[] => {
    const shared = {
      kind: 'late_interest' as const,
      subject_id: row.id,
      fact_id: facts[at] ?? row.id,
      booked_on: as_of,
      memo: row.number,
    };
    const { seller_id, buyer_id, currency } = row;
    return [
      {
        ...shared,
        owner_id: seller_id,
        counterparty_id: buyer_id,
        lines: linesOf(currency, ['1132', change], ['6301', -change]),
      },
      {
        ...shared,
        owner_id: buyer_id,
        counterparty_id: seller_id,
        lines: linesOf(currency, ['6603', change], ['2231', -change]),
      },
    ];
  });
  await writeEntries(tx, entries);
  for (const { row, change } of due) {
    await changeReceivable(tx, row, { interest_minor: row.interest_minor + change });
  }
}
