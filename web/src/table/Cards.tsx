import { Link } from '@tanstack/react-router';
import type { Column } from './columns.ts';
import type { RowsProps } from './Table.tsx';

/** The rows of a list on a phone. */
export function Cards<Row>({ columns, rows, rowKey, rowLink, isLate }: RowsProps<Row>) {
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={rowKey(row)} className={isLate?.(row) ? 'is-late' : ''}>
          {rowLink ? (
            <Link to={rowLink(row)} className="list-card">
              <CardCells columns={columns} row={row} />
            </Link>
          ) : (
            <div className="list-card">
              <CardCells columns={columns} row={row} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function CardCells<Row>({ columns, row }: { columns: readonly Column<Row>[]; row: Row }) {
  const at = (place: Column<Row>['card']) =>
    columns.filter((column) => (column.card ?? 'line') === place);
  return (
    <>
      <div className="list-card-head">
        {at('title').map((column) => (
          <span key={column.id} className="strong">
            {column.cell(row)}
          </span>
        ))}
        {at('aside').map((column) => (
          <span key={column.id} className="list-card-aside">
            {column.cell(row)}
          </span>
        ))}
      </div>
      <dl className="list-card-lines">
        {[...at('line'), ...at('wide')].map((column) => (
          <div key={column.id} className={column.card === 'wide' ? 'is-wide' : ''}>
            {column.label && <dt>{column.label}</dt>}
            <dd>{column.cell(row)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
