import type { ReactNode } from 'react';
import type { Option } from '../controls/Choice.tsx';

/** What every list of the API answers. */
export type ListPage<Row> = { items: readonly Row[]; next: string | null };

export type Column<Row> = {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** The cell as text, for the exported sheet; a column without it is not exported. */
  text?: (row: Row) => string;
  /** Figures stand at the end, under each other. */
  figure?: boolean;
  /** A word or a time, which is not broken: Chinese breaks anywhere. */
  short?: boolean;
  /** The server can sort by `id`. */
  sortable?: boolean;
  /** Where it stands on the card of a phone; 'wide' takes a line of its own. */
  card?: 'title' | 'aside' | 'line' | 'wide' | 'none';
};

/** A condition on a list; its `id` is the parameter of the API and of the address. */
export type Filter =
  | { kind: 'text'; id: string; label: string }
  | { kind: 'choice'; id: string; label: string; options: readonly Option<string>[] }
  | { kind: 'dates'; id: string; label: string };

/** The parameters of a filter: a stretch of dates has two. */
export function filterParameters(filter: Filter): readonly string[] {
  return filter.kind === 'dates' ? [`${filter.id}_from`, `${filter.id}_to`] : [filter.id];
}
