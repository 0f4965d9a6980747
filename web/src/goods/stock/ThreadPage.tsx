import { Link, useSearch } from '@tanstack/react-router';
import { useProductName } from '../../commerce/product-names.ts';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { StockPartings, StockRow, ThreadEntry } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { dispositionKey } from '../dispositions.ts';
import { useGoodsTexts } from '../texts.ts';
import { useNames } from '../trace/names.ts';
import { useWords } from '../trace/words.ts';
import { Partings } from './Partings.tsx';
import { useStockTexts } from './texts.ts';
import './stock.css';

type Row = {
  place_id: string;
  product_id: string;
  lot: string;
  disposition: StockRow['disposition'];
  unit: string;
};

/** The life of one row of stock: where count and events part, then every event with its balance. */
export function ThreadPage() {
  const t = useStockTexts();
  const goods = useGoodsTexts();
  const search = useSearch({ strict: false }) as Partial<Row>;
  const { place_id = '', product_id = '', lot = '', unit = '' } = search;
  const disposition = search.disposition ?? 'sellable_accessible';
  const row = { place_id, product_id, lot, disposition, unit };
  const names = useNames();
  const stock = useApi('stock.list', { query: { place_id, product_id, disposition, limit: 200 } });
  const found = useApi('stock.partings', { query: row });
  const product = useProductName();
  const suspects = new Set(
    found.data?.partings.flatMap((one) => one.suspects.map(({ event_id }) => event_id)),
  );
  const columns = useColumns(unit, suspects);
  const stored = stock.data?.items.find((one) => one.lot === lot && one.unit === unit);
  const title = product({ product_id, name: stored?.product_name ?? t('title') });
  const about = [
    names.place(`urn:uuid:${place_id}`),
    lot || goods('no_lot'),
    goods(dispositionKey(disposition)),
  ];
  return (
    <Page title={title} back="/stock" subtitle={about.join(' · ')}>
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={4} />}
      {found.data && <Standing found={found.data} unit={unit} />}
      <DataList<ThreadEntry>
        path="/api/v1/stock/thread"
        fixed={row}
        columns={columns}
        rowKey={({ event_id }) => event_id}
        isLate={({ parting }) => parting !== null}
        name={t('export')}
        empty={<Empty title={t('none')}>{t('none_more')}</Empty>}
      />
    </Page>
  );
}

function Standing({ found, unit }: { found: StockPartings; unit: string }) {
  const t = useStockTexts();
  const format = useFormat();
  const quantity = format.quantity(found.opening, unit);
  return (
    <>
      <p className="stock-now">
        <span className={found.quantity.startsWith('-') ? 'strong late' : 'strong'}>
          {format.quantity(found.quantity, unit)}
        </span>
        <span className="muted">
          {found.since
            ? t('kept_since', { at: format.instant(found.since), quantity })
            : t('kept_ever')}
        </span>
      </p>
      <Partings found={found} unit={unit} />
    </>
  );
}

function Marks({ entry, suspect }: { entry: ThreadEntry; suspect: boolean }) {
  const t = useStockTexts();
  return (
    <>
      {suspect && <Tag tone="waiting">{t('suspect')}</Tag>}
      {entry.voided_at !== null && <Tag>{t('voided')}</Tag>}
      {entry.takes_back && <Tag>{t('takes_back')}</Tag>}
      {entry.is_late && <Tag>{t('late')}</Tag>}
      {entry.parting !== null && (
        <Tag tone="late">{t('parting_mark', { quantity: signed(entry.parting) })}</Tag>
      )}
    </>
  );
}

const signed = (quantity: string) => (quantity.startsWith('-') ? quantity : `+${quantity}`);

function useColumns(unit: string, suspects: ReadonlySet<string>): Column<ThreadEntry>[] {
  const t = useStockTexts();
  const word = useWords();
  const format = useFormat();
  const step = (row: ThreadEntry) => (row.step ? word('step', row.step) : '–');
  const change = (row: ThreadEntry) =>
    row.kind === 'counted' ? t('counted', { quantity: row.quantity }) : signed(row.quantity);
  const document = (row: ThreadEntry) => row.reason ?? documentName(row.document ?? '');
  return [
    {
      ...{ id: 'at', label: t('at'), card: 'line' },
      cell: ({ at }) => <span className="figure">{format.instant(at)}</span>,
      text: ({ at }) => at,
    },
    {
      ...{ id: 'event', label: t('event'), card: 'title' },
      cell: (row) => (
        <span className="row">
          <Link to={`/events/${row.event_id}`}>{step(row)}</Link>
          <Marks entry={row} suspect={suspects.has(row.event_id)} />
        </span>
      ),
      text: step,
    },
    {
      ...{ id: 'document', label: t('document'), card: 'wide' },
      cell: (row) => <span className="stock-document">{document(row) || '–'}</span>,
      text: document,
    },
    {
      ...{ id: 'source', label: t('source') },
      cell: ({ source }) => t(`source_${source}`),
      text: ({ source }) => t(`source_${source}`),
    },
    {
      ...{ id: 'change', label: t('change'), figure: true },
      cell: (row) => <span className={row.voided_at ? 'stock-voided' : ''}>{change(row)}</span>,
      text: change,
    },
    {
      ...{ id: 'expected', label: t('expected'), figure: true, card: 'none' },
      cell: ({ expected }) => expected ?? '',
      text: ({ expected }) => expected ?? '',
    },
    {
      ...{ id: 'balance', label: t('balance'), figure: true, card: 'aside' },
      cell: ({ balance }) => (
        <span className={balance.startsWith('-') ? 'late' : ''}>
          {format.quantity(balance, unit)}
        </span>
      ),
      text: ({ balance }) => balance,
    },
  ];
}

/** A document of trade's own by its number; others as the event names them. */
function documentName(uri: string): string {
  const [, number] = /^urn:jingwei:\w+:(.+)$/.exec(uri) ?? [];
  try {
    return number === undefined ? uri : decodeURIComponent(number);
  } catch {
    // Anybody may write such a name into an event.
    return uri;
  }
}
