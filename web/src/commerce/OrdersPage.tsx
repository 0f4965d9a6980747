import { Link, useSearch } from '@tanstack/react-router';
import { Empty } from '../controls/Empty.tsx';
import { Notice } from '../controls/Notice.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { OrderRow } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePart } from '../kernel/part.ts';
import type { Search } from '../kernel/search.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { useShellTexts } from '../shell/texts.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { useCommerceTexts } from './texts.ts';

const STATES = [
  'placed',
  'countered',
  'confirmed',
  'delivering',
  'delivered',
  'closed',
  'refused',
  'cancelled',
] as const;
const LIVE: readonly string[] = ['placed', 'countered', 'confirmed', 'delivering'];

export function OrdersPage() {
  const t = useCommerceTexts();
  const shell = useShellTexts();
  const may = useMay();
  const { today } = useFormat();
  const columns = useColumns();
  const filters = useFilters();
  const place = may('commerce.order.place') && (
    <Link to="/orders/new" className="button is-primary is-medium">
      {t('new_order')}
    </Link>
  );
  return (
    <Page title={shell('orders')} action={place} notice={<LateOrders />}>
      <DataList<OrderRow>
        path="/api/v1/orders"
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/orders/${id}`}
        isLate={(row) => isLate(row, today)}
        name={t('export_name')}
        empty={<NoOrders />}
      />
    </Page>
  );
}

/** The late ones are not always the newest: one sentence leads to them. */
function LateOrders() {
  const t = useCommerceTexts();
  const { today } = useFormat();
  const search = useSearch({ strict: false }) as Search;
  const { data } = useApi('today.get', {});
  const count = (data?.late_deliveries.count ?? 0) + (data?.late_supplies.count ?? 0);
  if (count === 0 || search.due_before) return null;
  return (
    <Notice
      tone="late"
      action={
        <Link to="/orders" search={{ due_before: today } as never}>
          {t('late_yes')}
        </Link>
      }
    >
      {t('late_count', { count })}
    </Notice>
  );
}

function isLate({ due_on, state }: OrderRow, today: string): boolean {
  return due_on !== null && due_on < today && LIVE.includes(state);
}

function NoOrders() {
  const t = useCommerceTexts();
  const { only_reads, sells } = usePart();
  const hint = only_reads ? 'none_reader' : sells ? 'none_seller' : 'none_buyer';
  return <Empty title={t('none')}>{t(hint)}</Empty>;
}

function useFilters(): Filter[] {
  const t = useCommerceTexts();
  const { today } = useFormat();
  return [
    { kind: 'text', id: 'number', label: t('number') },
    {
      kind: 'choice',
      id: 'side',
      label: t('side'),
      options: [
        { value: 'buying', label: t('buying') },
        { value: 'selling', label: t('selling') },
      ],
    },
    {
      kind: 'choice',
      id: 'state',
      label: t('state'),
      options: STATES.map((value) => ({ value, label: t(`state_${value}`) })),
    },
    {
      kind: 'choice',
      id: 'due_before',
      label: t('late_only'),
      options: [{ value: today, label: t('late_yes') }],
    },
  ];
}

function useColumns(): Column<OrderRow>[] {
  const t = useCommerceTexts();
  const format = useFormat();
  const due = (row: OrderRow) => (row.due_on ? format.date(row.due_on) : '–');
  return [
    ...useNameColumns(),
    {
      id: 'due',
      label: t('due'),
      figure: true,
      cell: (row) =>
        isLate(row, format.today) ? (
          <span className="late">{t('overdue', { date: due(row) })}</span>
        ) : (
          due(row)
        ),
      text: ({ due_on }) => due_on ?? '',
    },
    {
      id: 'placed_at',
      label: t('placed'),
      figure: true,
      cell: ({ placed_at }) => format.dateOf(placed_at),
      text: ({ placed_at }) => placed_at,
    },
    {
      id: 'lines',
      label: t('lines'),
      figure: true,
      card: 'none',
      cell: ({ line_count }) => t('line_count', { count: line_count }),
      text: ({ line_count }) => String(line_count),
    },
    {
      id: 'total',
      label: t('total'),
      figure: true,
      cell: ({ total_minor, currency }) => format.money(total_minor, currency),
      text: ({ total_minor, currency }) => format.minor(total_minor, currency),
    },
  ];
}

/** Which order it is, with whom, and how it stands. */
function useNameColumns(): Column<OrderRow>[] {
  const t = useCommerceTexts();
  const { today } = useFormat();
  const read = useBilingual();
  const { party } = useSession();
  const partner = (row: OrderRow) => {
    if (row.seller.id === party.id) return read(row.buyer.name);
    if (row.buyer.id === party.id) return read(row.seller.name);
    return `${read(row.buyer.name)} → ${read(row.seller.name)}`;
  };
  const side = (row: OrderRow) => {
    if (row.seller.id === party.id) return t('selling');
    return row.buyer.id === party.id ? t('buying') : '–';
  };
  return [
    {
      id: 'number',
      label: t('number'),
      card: 'title',
      cell: ({ number }) => number,
      text: ({ number }) => number,
    },
    { id: 'partner', label: t('partner'), cell: partner, text: partner },
    { id: 'side', label: t('side'), card: 'none', cell: side, text: side },
    {
      id: 'state',
      label: t('state'),
      card: 'aside',
      cell: (row) => (
        <Tag tone={isLate(row, today) ? 'late' : 'plain'}>{t(`state_${row.state}`)}</Tag>
      ),
      text: ({ state }) => t(`state_${state}`),
    },
  ];
}
