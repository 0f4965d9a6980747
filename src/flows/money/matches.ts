import { type PageQuery, partiesById, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import {
  type Candidates,
  type KnownPayment,
  type OpenDebt,
  proposeMatches,
} from './match-proposals.ts';
import { confirmPayment, recordPayment } from './payments.ts';
import type { MatchChoice, MatchProposal } from './schema.ts';
import { dealWithLine, listStatementLines, lockWaitingLine } from './statements.ts';

const MOST_CANDIDATES = 1_000;

/** The statement lines that wait, each with what it seems to be. Nothing is written. */
export async function listMatches(
  tx: Tx,
  query: PageQuery,
): Promise<{ items: MatchProposal[]; next: string | null }> {
  const lines = await listStatementLines(tx, { ...query, waiting: true });
  if (lines.items.length === 0) return { items: [], next: null };
  return { items: proposeMatches(lines.items, await candidates(tx)), next: lines.next };
}

async function candidates(tx: Tx): Promise<Candidates> {
  const payments = await openPayments(tx);
  const debts = await openDebts(tx);
  const ids = [...payments, ...debts].map(({ partner_id }) => partner_id);
  const partners = [...(await partiesById(tx, ids)).values()].map(({ id, name_zh, name_en }) => ({
    id,
    name: { zh: name_zh, en: name_en },
  }));
  return { payments, debts, partners };
}

/** Payments that no line is tied to: recorded ones that come in, and the actor's own. */
async function openPayments(tx: Tx): Promise<KnownPayment[]> {
  const rows = await tx.db
    .selectFrom('payment as p')
    .leftJoin('bank_statement_line as l', (join) =>
      join
        .onRef('l.chain_id', '=', 'p.chain_id')
        .onRef('l.payment_id', '=', 'p.id')
        .on('l.owner_id', '=', tx.actor.party),
    )
    .select([
      'p.id',
      'p.payer_id',
      'p.payee_id',
      'p.currency',
      'p.amount_minor',
      'p.paid_on',
      'p.reference',
    ])
    .where('p.chain_id', '=', tx.chain)
    .where('l.id', 'is', null)
    .where((is) =>
      is.or([
        is.and([is('p.payee_id', '=', tx.actor.party), is('p.state', '=', 'recorded')]),
        is.and([is('p.payer_id', '=', tx.actor.party), is('p.state', '<>', 'refused')]),
      ]),
    )
    .orderBy('p.paid_on', 'desc')
    .orderBy('p.id')
    .limit(MOST_CANDIDATES)
    .execute();
  return rows.map(({ payer_id, payee_id, ...row }) => {
    const isPayer = payer_id === tx.actor.party;
    return {
      ...row,
      partner_id: isPayer ? payee_id : payer_id,
      direction: isPayer ? ('out' as const) : ('in' as const),
    };
  });
}

async function openDebts(tx: Tx): Promise<OpenDebt[]> {
  const rows = await tx.db
    .selectFrom('receivable')
    .select(['id', 'number', 'seller_id', 'buyer_id', 'currency', 'open_minor', 'disputed_minor'])
    .where('chain_id', '=', tx.chain)
    .where((is) =>
      is.or([is('seller_id', '=', tx.actor.party), is('buyer_id', '=', tx.actor.party)]),
    )
    .where('open_minor', '>', 0n)
    .orderBy('due_on')
    .orderBy('id')
    .limit(MOST_CANDIDATES)
    .execute();
  return rows.map(({ seller_id, buyer_id, open_minor, disputed_minor, ...row }) => {
    const isSeller = seller_id === tx.actor.party;
    return {
      ...row,
      partner_id: isSeller ? buyer_id : seller_id,
      direction: isSeller ? ('in' as const) : ('out' as const),
      payable_minor: open_minor - disputed_minor,
    };
  });
}

/**
 * Says what a statement line is: a payment that is known (one that came in is thereby confirmed),
 * or a new one with what it pays. The bank's own day and reference are kept.
 *
 * @returns the id of the payment
 * @throws money.statement_line_unknown, money.match_unfit, and the faults of the payment's commands
 */
export async function acceptMatch(tx: Tx, line_id: string, choice: MatchChoice): Promise<string> {
  const line = await lockWaitingLine(tx, line_id);
  const isIncome = line.amount_minor > 0n;
  const amount_minor = isIncome ? line.amount_minor : -line.amount_minor;
  if ('payment_id' in choice) {
    await tieKnownPayment(tx, choice.payment_id, { ...line, amount_minor, isIncome });
    await dealWithLine(tx, line_id, choice.payment_id);
    return choice.payment_id;
  }
  const own = tx.actor.party;
  const partner = choice.counterparty_id;
  const payment_id = await recordPayment(tx, {
    payer_id: isIncome ? partner : own,
    payee_id: isIncome ? own : partner,
    currency: line.currency,
    amount_minor,
    paid_on: line.booked_on,
    reference: line.reference,
    remittance: choice.allocations,
  });
  await dealWithLine(tx, line_id, payment_id);
  return payment_id;
}

async function tieKnownPayment(
  tx: Tx,
  payment_id: string,
  line: { currency: string; amount_minor: bigint; isIncome: boolean },
): Promise<void> {
  const payment = await tx.db
    .selectFrom('payment')
    .select(['payer_id', 'payee_id', 'currency', 'amount_minor', 'state'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', payment_id)
    .forUpdate()
    .executeTakeFirst();
  if (!payment) throw fault('money.payment_unknown');
  const tied = await tx.db
    .selectFrom('bank_statement_line')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('payment_id', '=', payment_id)
    .executeTakeFirst();
  const own = line.isIncome ? payment.payee_id : payment.payer_id;
  const fits =
    !tied &&
    own === tx.actor.party &&
    payment.currency === line.currency &&
    payment.amount_minor === line.amount_minor;
  if (!fits) throw fault('money.match_unfit');
  if (payment.state === 'refused') throw fault('money.payment_state', { state: payment.state });
  if (line.isIncome && payment.state === 'recorded') await confirmPayment(tx, payment_id, []);
}

/** A line that is no trade of this chain: wages, bank fees. @throws money.statement_line_unknown */
export async function setLineAside(tx: Tx, line_id: string): Promise<void> {
  await lockWaitingLine(tx, line_id);
  await dealWithLine(tx, line_id, null);
}
