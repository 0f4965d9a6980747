import type { Explanation } from './explanation.ts';

/** A node of an explanation with the place of the one above it: a tree as a list. */
export type Row = Omit<Explanation, 'parts'> & {
  /** Place in the list of what this is a part of; null for what was asked for. */
  above: number | null;
  depth: number;
  /** Its share of the weights of its siblings that count; null for what was asked for. */
  share: number | null;
};

/** An explanation from the top down, each node before its parts. */
export function rowsOf(explanation: Explanation): Row[] {
  const rows: Row[] = [];
  const add = (node: Explanation, above: number | null, depth: number, share: number | null) => {
    const { parts, ...rest } = node;
    const place = rows.push({ ...rest, above, depth, share }) - 1;
    for (const part of parts) add(part.explanation, place, depth + 1, part.share);
  };
  add(explanation, null, 0, null);
  return rows;
}
