import type { Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';

/**
 * UBL lets a line be called anything; here a line has a number. Lines that all have different whole
 * numbers keep them, others are numbered by their place, and what they were called is remembered:
 * an answer from the partner's system then finds its line.
 */
export function numbersOf(names: readonly string[]): number[] {
  const numbers = names.map((name) => (/^\d{1,6}$/.test(name) ? Number(name) : 0));
  const own = numbers.every((one) => one > 0) && new Set(numbers).size === numbers.length;
  return own ? numbers : names.map((_, at) => at + 1);
}

type Named = { subject_id: string; buyer_id: string; seller_id: string };

/** Remembers the names that are not the numbers themselves. */
export async function rememberLines(
  tx: Tx,
  named: Named,
  lines: readonly { name: string; line_no: number }[],
): Promise<void> {
  const others = lines.filter(({ name, line_no }) => name !== String(line_no));
  if (others.length === 0) return;
  tx.write(
    tx.db
      .insertInto('line_name')
      .values(others.map((one) => ({ chain_id: tx.chain, ...named, ...one })))
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** Finds the number of a line by what a document calls it. */
export type LineFinder = (name: string | null, inLine: string) => number;

async function namesOf(tx: Tx, subject: string) {
  return tx.db
    .selectFrom('line_name')
    .select(['name', 'line_no'])
    .where('chain_id', '=', tx.chain)
    .where('subject_id', '=', subject)
    .execute();
}

/** @returns a finder that throws trade.line_unclear for a name that is no line of the subject. */
export async function linesOf(tx: Tx, subject: string): Promise<LineFinder> {
  const rows = await namesOf(tx, subject);
  const numbers = new Map(rows.map((row) => [row.name, row.line_no]));
  return (name, inLine) => {
    const number = name === null ? undefined : (numbers.get(name) ?? wholeNumber(name));
    if (number === undefined) throw fault('trade.line_unclear', { line: inLine });
    return number;
  };
}

function wholeNumber(name: string): number | undefined {
  return /^0*[1-9]\d{0,5}$/.test(name) ? Number(name) : undefined;
}

/** What partners call a line of an order or of a despatch: its name where it has one. */
export async function lineNamesOf(tx: Tx, subject: string): Promise<(line_no: number) => string> {
  const names = new Map((await namesOf(tx, subject)).map((row) => [row.line_no, row.name]));
  return (line_no) => names.get(line_no) ?? String(line_no);
}
