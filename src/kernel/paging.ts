import { z } from 'zod';
import { fault } from './faults.ts';
import { limits } from './limits.ts';

/** What every list takes: how many rows, and after which (a cursor from the page before). */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.page_rows).default(limits.page_rows_default),
  after: z.string().max(500).optional(),
});
export type PageQuery = z.output<typeof pageQuery>;

/** What every list answers: rows, and the cursor of the next page, or null behind the last. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws kernel.malformed when the cursor was not made by `encodeCursor` for this list. */
export function decodeCursor<Shape extends z.ZodType>(text: string, shape: Shape): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw fault('kernel.malformed', { reason: 'after' });
  }
}

/** Cuts the one row too many that a list asked for, and makes the cursor from the last row kept. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: (row: Row) => readonly (string | number)[],
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, next: more ? encodeCursor(cursor(last)) : null };
}
