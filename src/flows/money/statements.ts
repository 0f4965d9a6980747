import { createHash } from 'node:crypto';
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
import { fault } from './faults.ts';
import type { StatementLine } from './schema.ts';
import { type ReadLine, readStatement } from './statement-csv.ts';

const ROWS_OF_INSERT = 500;

export type Imported = { statement_id: string; taken: number; known: number; unread: number };

/**
 * Takes a bank's CSV into the actor's own statements. The same file twice is refused; a transfer
 * with the bank's number that another statement held already is not taken again. With `take_good`,
 * lines that cannot be read are left out instead of refusing the whole.
 *
 * @throws money.statement_unreadable (the errors name the lines), money.statement_known
 */
export async function importStatement(
  tx: Tx,
  input: { bytes: Uint8Array; file_name: string; currency: string; take_good: boolean },
): Promise<Imported> {
  const { lines, errors } = readStatement(decodeText(input.bytes), input.currency);
  if (lines.length === 0 || (errors.length > 0 && !input.take_good)) {
    throw fault('money.statement_unreadable', { count: errors.length }, errors.slice(0, 100));
  }
  const statement_id = tx.newId();
  const added = await tx.db
    .insertInto('bank_statement')
    .values({
      chain_id: tx.chain,
      id: statement_id,
      owner_id: tx.actor.party,
      file_name: input.file_name,
      sha256: new Uint8Array(createHash('sha256').update(input.bytes).digest()),
      imported_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw fault('money.statement_known');
  const taken = await insertLines(tx, statement_id, input.currency, lines);
  await recordFact(tx, {
    type: 'money.statement.imported',
    subject: statement_id,
    parties: [tx.actor.party],
    body: { file_name: input.file_name, currency: input.currency, lines: taken },
  });
  return { statement_id, taken, known: lines.length - taken, unread: errors.length };
}

/** Chinese banks still hand out GB 18030; what is valid UTF-8 is hardly ever anything else. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function insertLines(
  tx: Tx,
  statement_id: string,
  currency: string,
  lines: readonly ReadLine[],
): Promise<number> {
  let taken = 0n;
  for (let at = 0; at < lines.length; at += ROWS_OF_INSERT) {
    const added = await tx.db
      .insertInto('bank_statement_line')
      .values(
        lines.slice(at, at + ROWS_OF_INSERT).map((line) => ({
          chain_id: tx.chain,
          id: tx.newId(),
          statement_id,
          owner_id: tx.actor.party,
          currency,
          ...line,
          payment_id: null,
          set_aside_at: null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    taken += added.numInsertedOrUpdatedRows ?? 0n;
  }
  return Number(taken);
}

const columns = [
  'id',
  'statement_id',
  'line_no',
  'booked_on',
  'currency',
  'amount_minor',
  'counterparty_name',
  'reference',
  'memo',
  'payment_id',
  'set_aside_at',
] as const;

/** The actor's statement lines, the newest first; `waiting` are the ones nobody has dealt with. */
export async function listStatementLines(
  tx: Tx,
  query: PageQuery & { waiting?: boolean | undefined },
) {
  let rows = tx.db
    .selectFrom('bank_statement_line')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
  if (query.waiting) {
    rows = rows.where('payment_id', 'is', null).where('set_aside_at', 'is', null);
  }
  if (query.after) {
    const [day, id] = decodeCursor(query.after, z.tuple([businessDate, uuid]));
    rows = rows.where((is) => is(is.refTuple('booked_on', 'id'), '<', is.tuple(day, id)));
  }
  const found = await rows
    .orderBy('booked_on', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found, query.limit, (row) => [row.booked_on, row.id]);
  const items = listed.items.map(
    ({ set_aside_at, ...row }): StatementLine => ({ ...row, set_aside: set_aside_at !== null }),
  );
  return { items, next: listed.next };
}

/** A line that nobody has dealt with, locked. @throws money.statement_line_unknown */
export async function lockWaitingLine(tx: Tx, id: string) {
  const row = await tx.db
    .selectFrom('bank_statement_line')
    .select(['id', 'booked_on', 'currency', 'amount_minor', 'reference'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .where('payment_id', 'is', null)
    .where('set_aside_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw fault('money.statement_line_unknown');
  return row;
}

/** Ties a line to the payment that it shows, or sets it aside as no trade of this chain. */
export async function dealWithLine(tx: Tx, id: string, payment_id: string | null): Promise<void> {
  tx.write(
    tx.db
      .updateTable('bank_statement_line')
      .set(payment_id ? { payment_id } : { set_aside_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
}
