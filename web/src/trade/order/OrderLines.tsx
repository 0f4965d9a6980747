import { useProductName } from '../../commerce/product-names.ts';
import { Card } from '../../controls/Card.tsx';
import type { OrderView } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { ExportSheet } from '../../table/ExportSheet.tsx';
import { Rows } from '../../table/Rows.tsx';
import './order.css';
import { lineState, lineViews, type OrderLineView } from './line-view.ts';
import { useOrderTexts } from './texts.ts';

export function OrderLines({ view }: { view: OrderView }) {
  const t = useOrderTexts();
  const columns = useColumns(view.order.currency);
  const rows = lineViews(view);
  return (
    <Card
      title={t('lines')}
      action={<ExportSheet name={view.order.number} columns={columns} rows={rows} />}
    >
      <Rows columns={columns} rows={rows} rowKey={({ line }) => String(line.line_no)} />
    </Card>
  );
}

function useColumns(currency: string): Column<OrderLineView>[] {
  const t = useOrderTexts();
  const format = useFormat();
  const productName = useProductName();
  const state = useStateText();
  const promise = (row: OrderLineView) => row.first_promised_on.map(format.date).join(' · ') || '–';
  const actual = (row: OrderLineView) => (row.received_on ? format.date(row.received_on) : '–');
  const share = (row: OrderLineView) => (row.fulfilled ? format.share(row.fulfilled) : '–');
  const isShort = (row: OrderLineView) => Number(row.missing) > 0;
  return [
    {
      id: 'item',
      label: t('item'),
      card: 'title',
      cell: (row) => <ItemCell row={row} />,
      text: ({ line }) => productName(line),
    },
    {
      id: 'quantity',
      label: t('quantity'),
      figure: true,
      card: 'aside',
      cell: ({ line }) => format.quantity(line.quantity, line.unit),
      text: ({ line }) => line.quantity,
    },
    {
      id: 'price',
      label: t('price', { currency: format.currency(currency) }),
      figure: true,
      cell: ({ line }) => format.price(line.price),
      text: ({ line }) => line.price,
    },
    { id: 'promise', label: t('first_promise'), figure: true, cell: promise, text: promise },
    {
      id: 'actual',
      label: t('actual'),
      figure: true,
      cell: (row) => <span className={row.late ? 'late' : ''}>{actual(row)}</span>,
      text: actual,
    },
    {
      id: 'in_full',
      label: t('in_full'),
      figure: true,
      cell: (row) => <span className={isShort(row) ? 'late' : ''}>{share(row)}</span>,
      text: share,
    },
    {
      id: 'state',
      label: t('state'),
      figure: true,
      cell: (row) => <span className={isShort(row) ? 'late' : ''}>{state(row)}</span>,
      text: state,
    },
  ];
}

function useStateText(): (row: OrderLineView) => string {
  const t = useOrderTexts();
  const format = useFormat();
  return (row) => {
    const state = lineState(row);
    const quantity = format.quantity(row.missing, row.line.unit);
    return state === 'missing' ? t('line_missing', { quantity }) : t(`line_${state}`);
  };
}

function ItemCell({ row }: { row: OrderLineView }) {
  const t = useOrderTexts();
  const format = useFormat();
  const productName = useProductName();
  const { line, lots, best_before } = row;
  const wanted = line.requested.map(({ on }) => format.date(on)).join(' · ');
  const offered = line.offered
    ?.map((part) => `${format.date(part.on)} ${format.quantity(part.quantity, line.unit)}`)
    .join(' · ');
  const notes = [
    t('wanted', { date: wanted }),
    line.state === 'countered' && offered && t('offered', { offer: offered }),
    line.reason && t('reason', { reason: line.reason }),
    lots.length > 0 && t('lots', { lots: lots.join('、') }),
    best_before && t('best_before', { date: format.date(best_before) }),
  ].filter(Boolean);
  return (
    <>
      <span className="order-item">{productName(line)}</span>
      <span className="order-item-note muted">{notes.join(' · ')}</span>
    </>
  );
}
