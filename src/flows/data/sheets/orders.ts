import { Decimal } from '../../../kernel/index.ts';
import { type OrderDocument, orderDocument } from '../trade/order.ts';
import type { SheetRow } from './kinds.ts';
import type { SheetPreview } from './preview.ts';

type OrderRow = { row: number; values: SheetRow<'orders'> };

/** What a sheet leaves unsaid; a seller may also send the order of its customer. */
export type OrderDefaults = { issue_date: string; currency: string; sender_is: 'buyer' | 'seller' };

function lineOf({ row, values }: OrderRow, position: number) {
  const { price, quantity } = values;
  const amount =
    price === null || quantity === null ? null : new Decimal(quantity).times(price).toFixed(2);
  return {
    line_id: values.line_id ?? String(position + 1),
    item: {
      name: values.name ?? values.code ?? values.gtin ?? `第 ${row} 行`,
      seller_id: values.code,
      standard_id: values.gtin === null ? null : { scheme: '0160', value: values.gtin },
    },
    quantity,
    unit: values.unit,
    price,
    amount,
    requested:
      values.requested_on === null
        ? null
        : { from: values.requested_on, until: values.requested_on },
    note: values.note,
  };
}

/**
 * Gathers the good rows of an order sheet into orders, one for each number and partner, in the
 * order of the sheet. The partner stays an identifier as typed: who that is, trade finds out.
 */
export function ordersOf(
  preview: SheetPreview<'orders'>,
  defaults: OrderDefaults,
): OrderDocument[] {
  const groups = Map.groupBy(preview.good_rows, ({ values }) =>
    JSON.stringify([values.order_number, values.partner]),
  );
  return [...groups.values()].map((rows) => {
    const head = rows[0]?.values;
    const partner = head?.partner;
    const party = partner ? { ids: [{ value: partner }], name: partner } : null;
    return orderDocument.parse({
      kind: 'order',
      number: head?.order_number,
      issue_date: head?.issue_date ?? defaults.issue_date,
      currency: head?.currency ?? defaults.currency,
      buyer: defaults.sender_is === 'seller' ? party : null,
      seller: defaults.sender_is === 'buyer' ? party : null,
      lines: rows.map(lineOf),
    });
  });
}
