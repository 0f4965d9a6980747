import { z } from 'zod';
import {
  businessDate,
  decodeCursor,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { checkAccounts } from './accounts.ts';
import { MIRRORED } from './chart.ts';
import { fault } from './faults.ts';
import { imbalances, writeEntries } from './posting.ts';
import type { Entry, EntryKind, EntryLine, ManualEntry } from './schema.ts';

const columns = [
  'id',
  'owner_id',
  'counterparty_id',
  'kind',
  'subject_id',
  'fact_id',
  'reverses_id',
  'booked_on',
  'memo',
  'recorded_at',
] as const;

type Row = Omit<Entry, 'lines' | 'counterparty_id' | 'kind'> & {
  owner_id: string;
  counterparty_id: string;
  kind: string;
};

function entryOf({ owner_id, counterparty_id, kind, ...row }: Row, lines: EntryLine[]): Entry {
  return {
    ...row,
    kind: kind as EntryKind,
    counterparty_id: counterparty_id === owner_id ? null : counterparty_id,
    lines,
  };
}

/**
 * Posts an entry made by hand into the actor's own book.
 * @throws money.unbalanced, money.account_unknown, money.account_reserved, money.in_future
 */
export async function postEntry(tx: Tx, input: ManualEntry): Promise<Entry> {
  const { booked_on, memo, lines } = input;
  if (booked_on > tx.today) throw fault('money.in_future', { date: booked_on });
  for (const [currency, difference] of imbalances(lines)) {
    throw fault('money.unbalanced', { currency, difference });
  }
  const codes = lines.map(({ account_code }) => account_code);
  const reserved = codes.find((code) => MIRRORED.has(code.split('.')[0] ?? code));
  if (reserved) throw fault('money.account_reserved', { code: reserved });
  await checkAccounts(tx, tx.actor.party, codes);
  return writeOwn(tx, { kind: 'manual', booked_on, memo, lines });
}

/**
 * Takes back an entry made by hand with its mirror image; both stay in the book.
 * @throws money.entry_unknown, money.entry_not_reversible
 */
export async function reverseEntry(tx: Tx, id: string, reason: string): Promise<Entry> {
  const original = await getEntry(tx, id);
  if (original.kind !== 'manual') throw fault('money.entry_not_reversible');
  await lockBook(tx, original);
  const earlier = await tx.db
    .selectFrom('entry')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('reverses_id', '=', id)
    .executeTakeFirst();
  if (earlier) throw fault('money.entry_not_reversible');
  const lines = original.lines.map((line) => ({ ...line, amount_minor: -line.amount_minor }));
  return writeOwn(tx, {
    kind: 'reversal',
    booked_on: tx.today,
    memo: reason,
    lines,
    reverses_id: id,
  });
}

/** Entries take no lock; of two reversals at once the second waits here, and finds the first. */
async function lockBook(tx: Tx, { lines: [first] }: Entry): Promise<void> {
  await tx.db
    .selectFrom('account_balance')
    .select('account_code')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('counterparty_id', '=', tx.actor.party)
    .where('account_code', '=', first?.account_code ?? '')
    .where('currency', '=', first?.currency ?? '')
    .forUpdate()
    .execute();
}

async function writeOwn(
  tx: Tx,
  entry: ManualEntry & { kind: EntryKind; reverses_id?: string },
): Promise<Entry> {
  const owner_id = tx.actor.party;
  const subject_id = entry.reverses_id ?? owner_id;
  const fact_id = await recordFact(tx, {
    type: entry.reverses_id ? 'money.entry.reversed' : 'money.entry.posted',
    subject: subject_id,
    parties: [owner_id],
    body: { booked_on: entry.booked_on, memo: entry.memo, lines: entry.lines },
  });
  const [id] = await writeEntries(tx, [
    { ...entry, owner_id, counterparty_id: owner_id, subject_id, fact_id },
  ]);
  return getEntry(tx, id ?? '');
}

/** One entry of the actor's own book. @throws money.entry_unknown */
export async function getEntry(tx: Tx, id: string): Promise<Entry> {
  const row = await tx.db
    .selectFrom('entry')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirst();
  if (!row) throw fault('money.entry_unknown');
  const lines = await linesOfEntries(tx, [id]);
  return entryOf(row, lines.get(id) ?? []);
}

export const entryFilter = z.object({
  party_id: uuid.optional(),
  account_code: z.string().max(20).optional(),
  counterparty_id: uuid.optional(),
  subject_id: uuid.optional(),
  from: businessDate.optional(),
  to: businessDate.optional(),
});
export type EntryFilter = z.output<typeof entryFilter>;

/** A party's book, newest first: the actor's own, or one that is shared with it. */
export async function listEntries(tx: Tx, query: PageQuery & EntryFilter) {
  let rows = tx.db
    .selectFrom('entry')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', query.party_id ?? tx.actor.party);
  const { account_code, counterparty_id, subject_id, from, to } = query;
  if (counterparty_id) rows = rows.where('counterparty_id', '=', counterparty_id);
  if (subject_id) rows = rows.where('subject_id', '=', subject_id);
  if (from) rows = rows.where('booked_on', '>=', from);
  if (to) rows = rows.where('booked_on', '<=', to);
  if (account_code) {
    rows = rows.where((is) =>
      is.exists(
        is
          .selectFrom('entry_line as l')
          .select('l.line_no')
          .whereRef('l.chain_id', '=', 'entry.chain_id')
          .whereRef('l.entry_id', '=', 'entry.id')
          .where('l.chain_id', '=', tx.chain)
          .where('l.account_code', '=', account_code),
      ),
    );
  }
  if (query.after) {
    const [day, id] = decodeCursor(query.after, z.tuple([businessDate, uuid]));
    rows = rows.where((is) =>
      is.or([is('booked_on', '<', day), is.and([is('booked_on', '=', day), is('id', '<', id)])]),
    );
  }
  const found = await rows
    .orderBy('booked_on', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found, query.limit, (row) => [row.booked_on, row.id]);
  const lines = await linesOfEntries(
    tx,
    listed.items.map(({ id }) => id),
  );
  return {
    items: listed.items.map((row) => entryOf(row, lines.get(row.id) ?? [])),
    next: listed.next,
  };
}

async function linesOfEntries(tx: Tx, ids: readonly string[]): Promise<Map<string, EntryLine[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('entry_line')
    .select(['entry_id', 'account_code', 'currency', 'amount_minor'])
    .where('chain_id', '=', tx.chain)
    .where('entry_id', 'in', ids)
    .orderBy('entry_id')
    .orderBy('line_no')
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ entry_id }) => entry_id)].map(([id, lines]) => [
      id,
      lines.map(({ entry_id: _, ...line }) => line),
    ]),
  );
}
