import { Decimal } from '../../../kernel/index.ts';
import type { Disposition } from '../events.ts';

/** What stock is kept apart by at a place of the actor's. */
export type RowKey = {
  place_id: string;
  product_id: string;
  lot: string;
  disposition: Disposition;
  unit: string;
};

/** What one event does to one row of stock: goods moved, or counted. One for each event and row. */
export type Entry = RowKey & {
  stint: number;
  /** When it counts from: see the table. */
  at: string;
  event_id: string;
  kind: 'moved' | 'counted';
  quantity: string;
  product_name: string;
  best_before: string | null;
  step: string | null;
  voided_by: string | null;
};

export const rowText = (key: RowKey): string =>
  [key.place_id, key.product_id, key.lot, key.disposition, key.unit].join('|');

export const instantOf = (text: string) => new Date(text).getTime();

type Folding = Pick<Entry, 'at' | 'event_id' | 'kind' | 'quantity' | 'voided_by'>;
export type Balanced<One extends Folding> = {
  entry: One;
  /** What should be there before a count; what is there after any entry. */
  expected: string;
  balance: string;
};

/**
 * The life of one row, oldest first, from what its stint began with. The order is that of time;
 * at one time movements come before counts, which find what has moved by then.
 */
export function foldEntries<One extends Folding>(
  opening: string,
  entries: readonly One[],
): Balanced<One>[] {
  const rank = { moved: 0, counted: 1 } as const;
  const ordered = entries.toSorted(
    (one, other) =>
      instantOf(one.at) - instantOf(other.at) ||
      rank[one.kind] - rank[other.kind] ||
      (one.event_id < other.event_id ? -1 : 1),
  );
  let balance = new Decimal(opening);
  return ordered.map((entry) => {
    const before = balance;
    if (entry.voided_by === null) {
      balance =
        entry.kind === 'counted' ? new Decimal(entry.quantity) : before.plus(entry.quantity);
    }
    const expected = (entry.kind === 'counted' ? before : balance).toFixed();
    return { entry, expected, balance: balance.toFixed() };
  });
}
