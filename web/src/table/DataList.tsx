import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { Button } from '../controls/Button.tsx';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { call } from '../kernel/api/client.ts';
import type { Search } from '../kernel/search.ts';
import { PHONE, useMedia } from '../kernel/use-media.ts';
import { Cards } from './Cards.tsx';
import type { Column, Filter, ListPage } from './columns.ts';
import { ExportButton } from './ExportButton.tsx';
import { FilterBar } from './FilterBar.tsx';
import { type ListState, useListState } from './list-state.ts';
import { Table } from './Table.tsx';
import { useTableTexts } from './texts.ts';
import './table.css';

export type DataListProps<Row> = {
  /** The list of the API, e.g. '/api/v1/orders'. */
  path: string;
  columns: readonly Column<Row>[];
  filters?: readonly Filter[];
  /** Conditions of the page itself, which the reader cannot change. */
  fixed?: Search;
  rowKey: (row: Row) => string;
  /** Where a click on a row leads. */
  rowLink?: (row: Row) => string;
  isLate?: (row: Row) => boolean;
  /** Shown where nothing was ever recorded: what to do first. */
  empty: ReactNode;
  /** The name of the exported file. */
  name: string;
};

const NO_FILTERS: readonly Filter[] = [];
const NOTHING_FIXED: Search = {};

/** A list that the server pages, filters and sorts: a table on a desk, cards on a phone. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { path, columns, filters = NO_FILTERS, fixed = NOTHING_FIXED, empty, name } = props;
  const t = useTableTexts();
  const phone = useMedia(PHONE);
  const state = useListState(filters, fixed);
  const list = useQuery({
    queryKey: [path, state.query],
    queryFn: ({ signal }) => call<ListPage<Row>>(path, { query: state.query, signal }),
    placeholderData: keepPreviousData,
  });
  const filtered = Object.keys(state.conditions).length > 0;
  const rows = list.data?.items ?? [];
  const Shape = phone ? Cards : Table;
  return (
    <section className="data-list">
      <div className="data-list-tools">
        <FilterBar filters={filters} columns={columns} state={state} />
        {rows.length > 0 && (
          <ExportButton path={path} columns={columns} state={state} name={name} />
        )}
      </div>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={8} />}
      {list.isSuccess && rows.length > 0 && (
        <div className={list.isPlaceholderData ? 'is-stale' : ''} aria-busy={list.isFetching}>
          <Shape {...props} rows={rows} state={state} />
        </div>
      )}
      {list.isSuccess && rows.length === 0 && !filtered && empty}
      {list.isSuccess && rows.length === 0 && filtered && (
        <Empty
          title={t('nothing')}
          action={<Button onClick={state.clearConditions}>{t('clear')}</Button>}
        >
          {t('nothing_more')}
        </Empty>
      )}
      <Pager state={state} next={list.data?.next ?? null} busy={list.isPlaceholderData} />
    </section>
  );
}

type PagerProps = { state: ListState; next: string | null; busy: boolean };

/** Keyset pages know only what comes next; the cursors gone through are remembered to go back. */
function Pager({ state, next, busy }: PagerProps) {
  const t = useTableTexts();
  const cursors = useRef(new Map<number, string | undefined>([[1, undefined]]));
  const { page } = state;
  cursors.current.set(page, state.query.after);
  if (page === 1 && !next) return null;
  const known = cursors.current.has(page - 1);
  return (
    <nav className="pager">
      {page > 1 && (
        <Button onClick={() => state.goTo(known ? page - 1 : 1, cursors.current.get(page - 1))}>
          {t(known ? 'previous' : 'first')}
        </Button>
      )}
      <span className="muted">{t('page', { page })}</span>
      {next && (
        <Button disabled={busy} onClick={() => state.goTo(page + 1, next)}>
          {t('next')}
        </Button>
      )}
    </nav>
  );
}
