import { sql } from 'kysely';
import { assert, type Tx } from '../../kernel/index.ts';
import type { EntryKind, EntryLine } from './schema.ts';

/** An entry about to be written into one party's book. */
export type NewEntry = {
  owner_id: string;
  /** The other party, or the owner itself where nobody else is concerned. */
  counterparty_id: string;
  kind: EntryKind;
  subject_id: string;
  fact_id: string;
  booked_on: string;
  memo: string;
  reverses_id?: string;
  lines: readonly EntryLine[];
};

/** A line in short: account, and the amount of the entry's one currency (debit above zero). */
export type Posting = readonly [account_code: string, amount_minor: bigint];

/** Lines of one currency; a part that comes to nothing (no tax, say) is no line. */
export function linesOf(currency: string, ...postings: readonly Posting[]): EntryLine[] {
  return postings
    .filter(([, amount_minor]) => amount_minor !== 0n)
    .map(([account_code, amount_minor]) => ({ account_code, currency, amount_minor }));
}

/** What is missing to balance, by currency; empty for an entry that balances. */
export function imbalances(lines: readonly EntryLine[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, amount_minor } of lines) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amount_minor);
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0n));
}

/**
 * Writes entries, of one book or of several, with their lines and balances: three statements,
 * however many. Balances are touched in one order everywhere, so that two commands never wait for
 * each other in a ring.
 */
export async function writeEntries(tx: Tx, entries: readonly NewEntry[]): Promise<string[]> {
  const written = entries.filter(({ lines }) => lines.length > 0);
  if (written.length === 0) return [];
  for (const { lines, kind } of written) {
    assert(imbalances(lines).size === 0, `an entry balances (${kind})`);
  }
  const rows = written.map(({ lines: _, reverses_id, ...entry }) => ({
    chain_id: tx.chain,
    id: tx.newId(),
    ...entry,
    reverses_id: reverses_id ?? null,
    recorded_at: tx.now,
  }));
  tx.append('entry', rows);
  const lines = written.flatMap(({ lines, owner_id, counterparty_id }, at) =>
    lines.map((line, index) => ({
      chain_id: tx.chain,
      entry_id: rows[at]?.id ?? '',
      line_no: index + 1,
      owner_id,
      counterparty_id,
      ...line,
    })),
  );
  tx.append('entry_line', lines);
  await addToBalances(tx, lines);
  return rows.map(({ id }) => id);
}

type BookedLine = EntryLine & { owner_id: string; counterparty_id: string };

async function addToBalances(tx: Tx, lines: readonly BookedLine[]): Promise<void> {
  const groups = Map.groupBy(lines, (line) =>
    [line.owner_id, line.account_code, line.counterparty_id, line.currency].join(' '),
  );
  const rows = [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, [first, ...rest]]) => {
      assert(first, 'a group has a line');
      const amounts = [first, ...rest].map(({ amount_minor }) => amount_minor);
      const sum = (of: readonly bigint[]) => of.reduce((total, amount) => total + amount, 0n);
      return {
        chain_id: tx.chain,
        owner_id: first.owner_id,
        account_code: first.account_code,
        counterparty_id: first.counterparty_id,
        currency: first.currency,
        debit_minor: sum(amounts.filter((amount) => amount > 0n)),
        credit_minor: -sum(amounts.filter((amount) => amount < 0n)),
      };
    });
  tx.write(
    tx.db
      .insertInto('account_balance')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['chain_id', 'owner_id', 'account_code', 'counterparty_id', 'currency'])
          .doUpdateSet({
            debit_minor: sql`account_balance.debit_minor + excluded.debit_minor`,
            credit_minor: sql`account_balance.credit_minor + excluded.credit_minor`,
          }),
      ),
  );
}
