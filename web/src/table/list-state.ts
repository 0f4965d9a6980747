import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '../kernel/search.ts';
import { type Filter, filterParameters } from './columns.ts';

export type ListState = {
  /** What goes to the API: the conditions, the order and the cursor. */
  query: Search;
  conditions: Search;
  sort: { by: string; down: boolean } | undefined;
  page: number;
  setConditions: (changes: Readonly<Record<string, string>>) => void;
  clearConditions: () => void;
  sortBy: (column: string) => void;
  goTo: (page: number, after: string | undefined) => void;
};

/** The state of a list lives in the address: it can be sent, bookmarked and gone back to. */
export function useListState(filters: readonly Filter[], fixed: Search): ListState {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const names = filters.flatMap(filterParameters);
  const conditions = Object.fromEntries(
    names.flatMap((name) => (search[name] ? [[name, search[name]]] : [])),
  );
  const sorting = search.sort;
  const down = sorting?.startsWith('-') ?? false;
  const after = search.after;
  const change = (changes: Readonly<Record<string, string | undefined>>, replace: boolean) =>
    navigate({ to: '.', search: { ...search, ...changes } as never, replace, resetScroll: false });
  // New conditions begin at the first page; a cursor of the old ones would point nowhere.
  const fromStart = { after: undefined, page: undefined };
  return {
    query: {
      ...fixed,
      ...conditions,
      ...(sorting ? { sort: sorting } : {}),
      ...(after ? { after } : {}),
    },
    conditions,
    sort: sorting ? { by: down ? sorting.slice(1) : sorting, down } : undefined,
    page: Math.max(1, Number(search.page) || 1),
    setConditions: (changes) => void change({ ...changes, ...fromStart }, true),
    clearConditions: () =>
      void change({ ...Object.fromEntries(names.map((name) => [name, ''])), ...fromStart }, true),
    sortBy: (column) => {
      const next = sorting === column ? `-${column}` : column;
      void change({ sort: next, ...fromStart }, true);
    },
    goTo: (page, cursor) =>
      void change({ after: cursor, page: page > 1 ? String(page) : undefined }, false),
  };
}
