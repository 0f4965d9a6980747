import { useNavigate, useSearch } from '@tanstack/react-router';
import { SmallClock } from '../clock/PaymentClock.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Tag } from '../controls/Tag.tsx';
import type { Receivable } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import type { Search } from '../kernel/search.ts';
import type { Column, Filter } from '../table/columns.ts';
import { DataList } from '../table/DataList.tsx';
import { useMoneyTexts } from './texts.ts';

const STATES = ['overdue', 'disputed', 'open', 'settled', 'all'] as const;

/** What is owed to the reader, or by the reader: what is late is shown first. */
export function ReceivableList({ side }: { side: 'seller' | 'buyer' }) {
  const t = useMoneyTexts();
  const columns = useColumns(side);
  const filters: Filter[] = [
    { kind: 'text', id: 'number', label: t('number') },
    { kind: 'dates', id: 'due', label: t('due') },
  ];
  const what = side === 'seller' ? 'receivables' : 'payables';
  const today = useApi('today.get', {});
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const late = today.data?.[`overdue_${what}`].count ?? 0;
  const usual = late > 0 ? 'overdue' : 'open';
  const state = STATES.find((one) => one === search.state) ?? usual;
  if (today.isPending) return <Skeleton rows={8} />;
  return (
    <>
      <div className="scrolled">
        <Choice
          label={t('state')}
          options={STATES.map((value) => ({ value, label: t(`state_${value}`) }))}
          value={state}
          onChange={(value) =>
            void navigate({ to: '.', search: { tab: search.tab, state: value } as never })
          }
        />
      </div>
      <DataList<Receivable>
        key={state}
        path="/api/v1/receivables"
        fixed={{ side, ...(state === 'all' ? {} : { state }) }}
        columns={columns}
        filters={filters}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/invoices/${id}`}
        isLate={({ state }) => state === 'overdue'}
        name={t(`export_${what}`)}
        empty={
          state === 'all' || state === 'open' ? (
            <Empty title={t(`none_${what}`)}>{t(`none_${what}_more`)}</Empty>
          ) : (
            <Empty title={t(`none_${state}`)} />
          )
        }
      />
    </>
  );
}

function useColumns(side: 'seller' | 'buyer'): Column<Receivable>[] {
  const t = useMoneyTexts();
  const format = useFormat();
  const read = useBilingual();
  const partner = (row: Receivable) => read((side === 'seller' ? row.buyer : row.seller).name);
  const money = (row: Receivable, minor: string) => format.money(minor, row.currency);
  return [
    {
      id: 'number',
      label: t('number'),
      card: 'title',
      cell: ({ number }) => number,
      text: ({ number }) => number,
    },
    { id: 'partner', label: t('partner'), cell: partner, text: partner },
    {
      id: 'state',
      label: t('state'),
      card: 'none',
      cell: ({ state }) => (
        <Tag tone={state === 'overdue' || state === 'disputed' ? 'late' : 'plain'}>
          {t(`state_${state}`)}
        </Tag>
      ),
      text: ({ state }) => t(`state_${state}`),
    },
    {
      id: 'clock',
      label: t('clock'),
      card: 'aside',
      cell: ({ clock }) => <SmallClock {...clock} />,
    },
    {
      id: 'due',
      label: t('due_on'),
      figure: true,
      cell: ({ clock }) => format.date(clock.due_on),
      text: ({ clock }) => clock.due_on,
    },
    {
      id: 'total',
      label: t('total'),
      figure: true,
      cell: (row) => money(row, row.total_minor),
      text: (row) => format.minor(row.total_minor, row.currency),
    },
    {
      id: 'disputed',
      label: t('disputed'),
      figure: true,
      cell: (row) => (
        <span className={row.disputed_minor === '0' ? 'muted' : 'late'}>
          {row.disputed_minor === '0' ? '–' : money(row, row.disputed_minor)}
        </span>
      ),
      text: (row) => format.minor(row.disputed_minor, row.currency),
    },
    {
      id: 'payable',
      label: t('payable'),
      figure: true,
      cell: (row) => <span className="strong">{money(row, row.payable_minor)}</span>,
      text: (row) => format.minor(row.payable_minor, row.currency),
    },
  ];
}
