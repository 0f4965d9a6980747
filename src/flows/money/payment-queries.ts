import { sql } from 'kysely';
import { z } from 'zod';
import { businessDate, decodeCursor, pageOf, type Tx, uuid } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { allocations, type Payment, type PaymentQuery } from './schema.ts';

const columns = [
  'p.id',
  'p.payer_id',
  'p.payee_id',
  'f.name_zh as payer_zh',
  'f.name_en as payer_en',
  't.name_zh as payee_zh',
  't.name_en as payee_en',
  'p.currency',
  'p.amount_minor',
  'p.allocated_minor',
  'p.paid_on',
  'p.reference',
  'p.remittance',
  'p.state',
  'p.reason',
  'p.recorded_at',
  'p.confirmed_at',
] as const;

function payments(tx: Tx) {
  return tx.db
    .selectFrom('payment as p')
    .innerJoin('party as f', 'f.id', 'p.payer_id')
    .innerJoin('party as t', 't.id', 'p.payee_id')
    .select(columns)
    .where('p.chain_id', '=', tx.chain);
}

type Row = Awaited<ReturnType<ReturnType<typeof payments>['executeTakeFirstOrThrow']>>;

function paymentOf(row: Row): Payment {
  const { payer_id, payee_id, payer_zh, payer_en, payee_zh, payee_en, ...rest } = row;
  return {
    ...rest,
    payer: { id: payer_id, name: { zh: payer_zh, en: payer_en } },
    payee: { id: payee_id, name: { zh: payee_zh, en: payee_en } },
    remittance: allocations.parse(row.remittance),
    state: row.state as Payment['state'],
  };
}

/** @throws money.payment_unknown */
export async function getPayment(tx: Tx, id: string): Promise<Payment> {
  const row = await payments(tx).where('p.id', '=', id).executeTakeFirst();
  if (!row) throw fault('money.payment_unknown');
  return paymentOf(row);
}

/** What the actor was paid, or paid, the newest first. */
export async function listPayments(tx: Tx, query: PaymentQuery) {
  const [own, other] =
    query.side === 'payee'
      ? (['p.payee_id', 'p.payer_id'] as const)
      : (['p.payer_id', 'p.payee_id'] as const);
  let rows = payments(tx).where(own, '=', tx.actor.party);
  if (query.counterparty_id) rows = rows.where(other, '=', query.counterparty_id);
  if (query.state) rows = rows.where('p.state', '=', query.state);
  if (query.after) {
    const [day, id] = decodeCursor(query.after, z.tuple([businessDate, uuid]));
    rows = rows.where((is) => is(is.refTuple('p.paid_on', 'p.id'), '<', is.tuple(day, id)));
  }
  const found = await rows
    .orderBy('p.paid_on', 'desc')
    .orderBy('p.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found, query.limit, (row) => [row.paid_on, row.id]);
  return { items: listed.items.map(paymentOf), next: listed.next };
}

const MOST_PAIRS = 5_000;

/** What was paid and confirmed from one party to another since a day, by pair and currency. */
export async function paidBetween(tx: Tx, since: string) {
  return tx.db
    .selectFrom('payment')
    .select(['payer_id', 'payee_id', 'currency'])
    .select(sql<bigint>`sum(amount_minor)::bigint`.as('paid_minor'))
    .where('chain_id', '=', tx.chain)
    .where('state', '=', 'confirmed')
    .where('paid_on', '>=', since)
    .groupBy(['payer_id', 'payee_id', 'currency'])
    .orderBy('payer_id')
    .orderBy('payee_id')
    .limit(MOST_PAIRS)
    .execute();
}
