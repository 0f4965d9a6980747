import { useProductName } from '../commerce/product-names.ts';
import { Card } from '../controls/Card.tsx';
import { useFormat } from '../kernel/format/format.ts';
import type { Column } from '../table/columns.ts';
import { ExportSheet } from '../table/ExportSheet.tsx';
import { Rows } from '../table/Rows.tsx';
import type { InvoiceDetail } from './InvoicePage.tsx';
import { useMoneyTexts } from './texts.ts';
import '../trade/order/order.css';

type Line = InvoiceDetail['lines'][number];

/** The lines of an invoice; where the three-way match found a difference, it stands in red. */
export function InvoiceLines({ invoice }: { invoice: InvoiceDetail }) {
  const t = useMoneyTexts();
  const columns = useColumns(invoice.currency);
  return (
    <Card
      title={t('lines')}
      action={<ExportSheet name={invoice.number} columns={columns} rows={invoice.lines} />}
    >
      <Rows
        columns={columns}
        rows={invoice.lines}
        rowKey={({ line_no }) => String(line_no)}
        isLate={({ differences }) => differences.some(({ within }) => !within)}
      />
    </Card>
  );
}

function useColumns(currency: string): Column<Line>[] {
  const t = useMoneyTexts();
  const format = useFormat();
  const productName = useProductName();
  return [
    {
      id: 'item',
      label: t('item'),
      card: 'title',
      cell: (line) => (
        <>
          <span className="order-item">{productName(line)}</span>
          <Differences line={line} currency={currency} />
        </>
      ),
      text: (line) => productName(line),
    },
    {
      id: 'quantity',
      label: t('quantity'),
      figure: true,
      card: 'aside',
      cell: (line) => format.quantity(line.quantity, line.unit),
      text: ({ quantity }) => quantity,
    },
    {
      id: 'price',
      label: t('price'),
      figure: true,
      cell: ({ price }) => format.priceIn(price, currency),
      text: ({ price }) => price,
    },
    {
      id: 'net',
      label: t('net'),
      figure: true,
      cell: ({ net_minor }) => format.money(net_minor, currency),
      text: ({ net_minor }) => format.minor(net_minor, currency),
    },
    {
      id: 'tax',
      label: t('tax'),
      figure: true,
      cell: ({ tax_minor, tax_rate }) =>
        `${format.money(tax_minor, currency)} · ${format.share(tax_rate)}`,
      text: ({ tax_minor }) => format.minor(tax_minor, currency),
    },
  ];
}

function Differences({ line, currency }: { line: Line; currency: string }) {
  const t = useMoneyTexts();
  const format = useFormat();
  const say = {
    quantity: (value: string) => format.quantity(value, line.unit),
    price: (value: string) => format.priceIn(value, currency),
    tax_rate: (value: string) => format.share(value),
  };
  return line.differences.map(({ what, expected, found, within }) => (
    <span key={what} className={`order-item-note difference ${within ? 'muted' : 'late'}`}>
      {t('difference', {
        what: t(`what_${what}`),
        expected: say[what](expected),
        found: say[what](found),
      })}
    </span>
  ));
}
