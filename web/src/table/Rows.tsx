import { PHONE, useMedia } from '../kernel/use-media.ts';
import { Cards } from './Cards.tsx';
import { type RowsProps, Table } from './Table.tsx';
import './table.css';

/** Rows that are all here: a table on a desk, cards on a phone. */
export function Rows<Row>(props: RowsProps<Row>) {
  const phone = useMedia(PHONE);
  return phone ? <Cards {...props} /> : <Table {...props} />;
}
