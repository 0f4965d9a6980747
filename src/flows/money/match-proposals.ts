import { type Bilingual, daysBetween } from '../../kernel/index.ts';
import { lesser } from './amounts.ts';
import type { MatchProposal, StatementLine } from './schema.ts';

/** `in`: money that comes to the owner of the statement. */
type Direction = 'in' | 'out';

export type KnownPayment = {
  id: string;
  partner_id: string;
  direction: Direction;
  currency: string;
  amount_minor: bigint;
  paid_on: string;
  reference: string | null;
};

export type OpenDebt = {
  id: string;
  number: string;
  partner_id: string;
  direction: Direction;
  currency: string;
  payable_minor: bigint;
};

export type Candidates = {
  payments: readonly KnownPayment[];
  /** The oldest due first. */
  debts: readonly OpenDebt[];
  partners: readonly { id: string; name: Bilingual }[];
};

// Banks book a transfer up to some days after the payer sent it off.
const DAYS_APART = 7;
const SHORTEST_NUMBER = 4;

const REASONS = {
  reference: { zh: '流水号与金额相同', en: 'same reference and amount' },
  payment: { zh: '金额、户名相同，日期相近', en: 'same amount and name, close in time' },
  number: { zh: '摘要中写明发票号', en: 'the memo names the invoice' },
  amount: {
    zh: '户名相同，金额等于一张发票的未付额',
    en: 'same name, and what one invoice is due',
  },
  oldest: { zh: '户名相同，按到期先后', en: 'same name; the oldest due first' },
  nothing: { zh: '没有找到对应的付款或发票', en: 'no payment or invoice fits' },
} as const satisfies Record<string, Bilingual>;

/**
 * What each line of a statement seems to be, the surest sign first. No payment and no part of a
 * debt is proposed twice.
 */
export function proposeMatches(
  lines: readonly StatementLine[],
  candidates: Candidates,
): MatchProposal[] {
  const payments = [...candidates.payments];
  const debts = candidates.debts.map((debt) => ({ ...debt }));
  return lines.map((line) => {
    const partner = candidates.partners.find(({ name }) => isSameName(name, line));
    const known = findPayment(line, payments, partner?.id);
    if (known) {
      payments.splice(payments.indexOf(known.payment), 1);
      return {
        line,
        counterparty: candidates.partners.find(({ id }) => id === known.payment.partner_id) ?? null,
        payment_id: known.payment.id,
        allocations: [],
        reason: known.reason,
      };
    }
    return proposeDebts(line, debts, candidates, partner?.id);
  });
}

function findPayment(
  line: StatementLine,
  payments: readonly KnownPayment[],
  partner_id: string | undefined,
): { payment: KnownPayment; reason: Bilingual } | undefined {
  const fitting = payments.filter(
    (payment) =>
      payment.direction === directionOf(line) &&
      payment.currency === line.currency &&
      payment.amount_minor === sizeOf(line),
  );
  const sure = fitting.find(({ reference }) => reference !== null && reference === line.reference);
  if (sure) return { payment: sure, reason: REASONS.reference };
  const close = fitting.find(
    (payment) =>
      payment.partner_id === partner_id &&
      Math.abs(daysBetween(payment.paid_on, line.booked_on)) <= DAYS_APART,
  );
  return close && { payment: close, reason: REASONS.payment };
}

function proposeDebts(
  line: StatementLine,
  debts: OpenDebt[],
  candidates: Candidates,
  partner_id: string | undefined,
): MatchProposal {
  const fitting = debts.filter(
    (debt) =>
      debt.direction === directionOf(line) &&
      debt.currency === line.currency &&
      debt.payable_minor > 0n,
  );
  const text = `${line.memo} ${line.reference ?? ''}`;
  const named = fitting.filter(
    ({ number }) => number.length >= SHORTEST_NUMBER && text.includes(number),
  );
  const owner = named[0]?.partner_id ?? partner_id;
  const own = fitting.filter((debt) => debt.partner_id === owner);
  const exact = own.filter(({ payable_minor }) => payable_minor === sizeOf(line)).slice(0, 1);
  const [chosen, reason] =
    named.length > 0
      ? [named.filter((debt) => debt.partner_id === owner), REASONS.number]
      : exact.length > 0
        ? [exact, REASONS.amount]
        : [own, own.length > 0 ? REASONS.oldest : REASONS.nothing];
  return {
    line,
    counterparty: candidates.partners.find(({ id }) => id === owner) ?? null,
    payment_id: null,
    allocations: take(chosen, sizeOf(line)),
    reason,
  };
}

/** Takes the amount out of the debts in their order; they are smaller for the lines that follow. */
function take(debts: readonly OpenDebt[], amount: bigint): MatchProposal['allocations'] {
  let left = amount;
  return debts.flatMap((debt) => {
    const amount_minor = lesser(debt.payable_minor, left);
    if (amount_minor <= 0n) return [];
    left -= amount_minor;
    debt.payable_minor -= amount_minor;
    return [{ receivable_id: debt.id, number: debt.number, amount_minor }];
  });
}

function directionOf({ amount_minor }: StatementLine): Direction {
  return amount_minor > 0n ? 'in' : 'out';
}

function sizeOf({ amount_minor }: StatementLine): bigint {
  return amount_minor < 0n ? -amount_minor : amount_minor;
}

/** Banks write names with other brackets and spaces than the register does. */
function isSameName(name: Bilingual, { counterparty_name }: StatementLine): boolean {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  const wanted = plain(counterparty_name);
  return wanted !== '' && (plain(name.zh) === wanted || plain(name.en) === wanted);
}
