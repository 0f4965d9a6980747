import { Decimal, type Tx } from '../../../kernel/index.ts';
import { type Entry, instantOf, rowText } from './entries.ts';
import { insertEntries, removeEntries, storedEntries } from './movements.ts';
import {
  absentRows,
  distinctRows,
  foldRows,
  lockRows,
  setDates,
  setQuantities,
  type Touched,
} from './rows.ts';

/** A row's quantity with its new movements, where these alone say it: no count, not below zero. */
function sumOf(
  row: { quantity: string; counted_at: string | null } | undefined,
  entries: readonly Entry[],
): string | null {
  if (row === undefined || entries.some(({ kind }) => kind === 'counted')) return null;
  const since = row.counted_at === null ? Number.NEGATIVE_INFINITY : instantOf(row.counted_at);
  const after = entries.filter(({ at, voided_by }) => voided_by === null && instantOf(at) > since);
  const sum = after.reduce(
    (so_far, { quantity }) => so_far.plus(quantity),
    new Decimal(row.quantity),
  );
  return sum.lt(0) || new Decimal(row.quantity).lt(0) ? null : sum.toFixed();
}

/**
 * Enters what events do to the actor's stock, and brings its rows up to it in the same transaction.
 * An entry that is there already changes nothing.
 * @param anew rows that are folded again whatever is entered: some of their entries have gone
 */
export async function enterMovements(
  tx: Tx,
  entries: readonly Entry[],
  anew: readonly Touched[] = [],
): Promise<void> {
  const added = await insertEntries(tx, entries);
  const rows = distinctRows<Touched>([...anew, ...entries]);
  if (rows.length === 0) return;
  const locked = await lockRows(tx, rows);
  // Where some were there already, nobody knows which: then what all of them come to is said anew.
  const again = new Set((added < entries.length ? rows : anew).map(rowText));
  const byRow = Map.groupBy(entries, rowText);
  const sums = rows.map((row) => {
    const text = rowText(row);
    const quantity = again.has(text) ? null : sumOf(locked.get(text), byRow.get(text) ?? []);
    return { ...row, quantity };
  });
  setQuantities(
    tx,
    sums.flatMap(({ quantity, ...row }) => (quantity === null ? [] : [{ ...row, quantity }])),
  );
  foldRows(
    tx,
    sums.filter(({ quantity }) => quantity === null),
  );
  setDates(tx, entries);
}

/** By whatever name goods went then. */
const isSame = (one: Entry, other: Entry) =>
  instantOf(one.at) === instantOf(other.at) &&
  one.kind === other.kind &&
  new Decimal(one.quantity).eq(other.quantity) &&
  one.best_before === other.best_before &&
  one.step === other.step &&
  one.voided_by === other.voided_by;

/**
 * Brings what some events have entered to what they enter by the names and places of today. What
 * they entered in a former stint of a place stays: it moves nothing any more.
 * @returns how many entries were taken out, changed or made
 */
export async function enterAnew(
  tx: Tx,
  places: readonly { id: string; stint: number }[],
  events: readonly string[],
  entries: readonly Entry[],
): Promise<number> {
  const found = await storedEntries(tx, places, events);
  if (found.length === 0) {
    await enterMovements(tx, entries);
    return entries.length;
  }
  const keyOf = (one: Entry) => `${one.event_id}|${rowText(one)}`;
  const stored = new Map(found.map((one) => [keyOf(one), one]));
  const made: Entry[] = [];
  const kept: Entry[] = [];
  for (const entry of entries) {
    const before = stored.get(keyOf(entry));
    if (before === undefined || !isSame(before, entry)) {
      made.push(entry);
      continue;
    }
    kept.push(entry);
    stored.delete(keyOf(entry));
  }
  const gone = [...stored.values()];
  removeEntries(tx, gone);
  await enterMovements(tx, made, [...gone, ...(await absentRows(tx, distinctRows(kept)))]);
  const changed = made.filter((one) => stored.has(keyOf(one))).length;
  return made.length + gone.length - changed;
}
