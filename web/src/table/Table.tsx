import { Link } from '@tanstack/react-router';
import { Icon } from '../controls/Icon.tsx';
import type { Column } from './columns.ts';
import type { ListState } from './list-state.ts';
import { useTableTexts } from './texts.ts';

export type RowsProps<Row> = {
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowLink?: (row: Row) => string;
  isLate?: (row: Row) => boolean;
};

type Props<Row> = RowsProps<Row> & {
  /** Without it the rows are a plain table: nothing to sort. */
  state?: ListState;
};

export function Table<Row>({ columns, rows, rowKey, rowLink, isLate, state }: Props<Row>) {
  return (
    <div className="table-frame">
      <table className={`table${rowLink ? '' : ' is-wide-first'}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} state={state} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={isLate?.(row) ? 'is-late' : ''}>
              {columns.map((column, index) => (
                <td key={column.id} className={classOf(column)}>
                  {/* One link for each row, stretched over it: the whole row can be clicked. */}
                  {index === 0 && rowLink ? (
                    <Link to={rowLink(row)} className="row-link">
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const classOf = <Row,>({ figure, short }: Column<Row>) =>
  [...(figure ? ['number'] : []), ...(short ? ['is-short'] : [])].join(' ');

type HeadProps<Row> = { column: Column<Row>; state: ListState | undefined };

function Head<Row>({ column, state }: HeadProps<Row>) {
  const t = useTableTexts();
  const sorted = state?.sort?.by === column.id ? state.sort : undefined;
  const order = sorted ? (sorted.down ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" className={column.figure ? 'number' : ''} aria-sort={order}>
      {state && column.sortable ? (
        <button
          type="button"
          className={`sort${sorted ? ' is-sorted' : ''}${sorted?.down ? ' is-down' : ''}`}
          title={t('sort', { column: column.label })}
          onClick={() => state.sortBy(column.id)}
        >
          {column.label}
          <Icon name="down" size={12} />
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}
