import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Search } from '../kernel/search.ts';

export type Tab<Id extends string> = { id: Id; label: string; count?: number | undefined };

/** Which part of a page is shown; it stands in the address, and the first part needs no word. */
export function useTab<Id extends string>(tabs: readonly Tab<Id>[]): Id {
  const search = useSearch({ strict: false }) as Search;
  const [first] = tabs;
  if (!first) throw new Error('a page with tabs has at least one');
  return (tabs.find(({ id }) => id === search.tab) ?? first).id;
}

export function Tabs<Id extends string>({ label, tabs }: { label: string; tabs: Tab<Id>[] }) {
  const current = useTab(tabs);
  const list = useRef<HTMLElement>(null);
  // On a phone the chosen one may lie beyond the edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew for each one that is chosen
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-current=page]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav className="tabs" aria-label={label} ref={list}>
      {tabs.map(({ id, label: name, count }, index) => (
        <Link
          key={id}
          to="."
          // A tab begins afresh: the conditions of the last one would not fit.
          search={(index === 0 ? {} : { tab: id }) as never}
          className="tab"
          // The router marks a link by its own reading of the address; here the tab decides.
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={id === current ? 'page' : undefined}
        >
          {name}
          {count !== undefined && count > 0 && <span className="tab-count">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
