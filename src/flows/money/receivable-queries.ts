import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { businessDate, decodeCursor, pageOf, type Tx, uuid } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { START_RULES, type StartRule, TERM_RULES, type TermRule } from './payment-clock.ts';
import { type ListRow, listColumns, receivableOf, receivables } from './receivable-rows.ts';
import type { ReceivableDetail, ReceivableQuery, ReceivableState } from './schema.ts';

/** What a party is owed, or owes, the oldest due first. */
export async function listReceivables(tx: Tx, query: ReceivableQuery) {
  const party = query.party_id ?? tx.actor.party;
  const [own, other] =
    query.side === 'seller'
      ? (['r.seller_id', 'r.buyer_id'] as const)
      : (['r.buyer_id', 'r.seller_id'] as const);
  let rows = receivables(tx)
    .select(listColumns)
    .where(own, '=', party)
    .where(inState(query.state, tx.today));
  if (query.counterparty_id) rows = rows.where(other, '=', query.counterparty_id);
  if (query.number) rows = rows.where('r.number', '=', query.number);
  if (query.due_from) rows = rows.where('r.due_on', '>=', query.due_from);
  if (query.due_to) rows = rows.where('r.due_on', '<=', query.due_to);
  if (query.after) {
    const [day, id] = decodeCursor(query.after, z.tuple([businessDate, uuid]));
    rows = rows.where((is) => is(is.refTuple('r.due_on', 'r.id'), '>', is.tuple(day, id)));
  }
  const found = await rows
    .orderBy('r.due_on')
    .orderBy('r.id')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found as ListRow[], query.limit, (row) => [row.due_on, row.id]);
  return { items: listed.items.map((row) => receivableOf(row, tx.today)), next: listed.next };
}

/** Each state as `stateOf` tells it, in words of the table; `open` is all that is not settled. */
function inState(state: ReceivableState | undefined, today: string): RawBuilder<boolean> {
  switch (state) {
    case undefined:
      return sql`true`;
    case 'settled':
      return sql`r.open_minor = 0`;
    case 'open':
      return sql`r.open_minor > 0`;
    case 'disputed':
      return sql`r.open_minor > 0 and r.disputed_minor > 0`;
    case 'overdue':
      return sql`r.open_minor > 0 and r.open_minor > r.disputed_minor and r.due_on < ${today}`;
  }
}

/**
 * One receivable with its clock, the rules that set it, and everything that moved it.
 * @throws money.receivable_unknown
 */
export async function getReceivable(tx: Tx, id: string): Promise<ReceivableDetail> {
  const row = await receivables(tx)
    .select(listColumns)
    .select([
      'r.buyer_kind',
      'r.seller_size',
      'r.inspection_due_on',
      'r.accepted_on',
      'r.term_days',
      'r.late_rate_daily',
      'r.start_rule',
      'r.term_rule',
    ])
    .where('r.id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('money.receivable_unknown');
  return {
    ...receivableOf(row as ListRow, tx.today),
    buyer_kind: row.buyer_kind as ReceivableDetail['buyer_kind'],
    seller_size: row.seller_size as ReceivableDetail['seller_size'],
    inspection_due_on: row.inspection_due_on,
    accepted_on: row.accepted_on,
    term_days: row.term_days,
    late_rate_daily: row.late_rate_daily,
    start_rule: START_RULES[row.start_rule as StartRule],
    term_rule: TERM_RULES[row.term_rule as TermRule],
    credits: await creditsOf(tx, id),
    disputes: await disputesOf(tx, id),
    allocations: await allocationsOf(tx, id),
  };
}

async function creditsOf(tx: Tx, id: string): Promise<ReceivableDetail['credits']> {
  return tx.db
    .selectFrom('receivable_credit')
    .select(['credit_note_id', 'number', 'amount_minor', 'credited_on'])
    .where('chain_id', '=', tx.chain)
    .where('receivable_id', '=', id)
    .orderBy('credit_note_id')
    .execute();
}

async function disputesOf(tx: Tx, id: string): Promise<ReceivableDetail['disputes']> {
  const rows = await tx.db
    .selectFrom('receivable_dispute')
    .select(['id', 'amount_minor', 'state', 'raised_on', 'closed_on'])
    .where('chain_id', '=', tx.chain)
    .where('receivable_id', '=', id)
    .orderBy('id')
    .execute();
  return rows as ReceivableDetail['disputes'];
}

async function allocationsOf(tx: Tx, id: string): Promise<ReceivableDetail['allocations']> {
  const rows = await tx.db
    .selectFrom('payment_allocation')
    .select(['payment_id', 'toward', 'amount_minor', 'paid_on'])
    .where('chain_id', '=', tx.chain)
    .where('receivable_id', '=', id)
    .orderBy('id')
    .execute();
  return rows as ReceivableDetail['allocations'];
}
