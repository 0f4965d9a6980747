import { type Order, packingOf } from '../../flows/commerce/index.ts';
import type { EventItem } from '../../flows/goods/index.ts';
import { Decimal, type Tx } from '../../kernel/index.ts';

type MovedLine = {
  order_line_no: number;
  quantity: string;
  lot: string | null;
  best_before: string | null;
  sscc: string | null;
  disposition: EventItem['disposition'];
};

/** To the ten places that a quantity has on the wire: stock that has more could not be listed. */
function inBaseUnits(quantity: string, perUnit: string): string {
  return new Decimal(quantity).times(perUnit).toDecimalPlaces(10).toFixed();
}

/**
 * What of an order moved, in the words of goods: in the product's base unit, so that cartons that
 * came in and kilograms that go out are one stock. A line without a product keeps no stock.
 */
export async function itemsOf(
  tx: Tx,
  order: Order,
  lines: readonly MovedLine[],
): Promise<EventItem[]> {
  const products = order.lines.flatMap((line) => (line.product_id ? [line.product_id] : []));
  const packing = await packingOf(tx, products);
  return lines.flatMap(({ order_line_no, quantity, ...moved }) => {
    const line = order.lines.find((one) => one.line_no === order_line_no);
    if (!line?.product_id || new Decimal(quantity).eq(0)) return [];
    const pack = packing.get(line.product_id)?.find((one) => one.unit === line.unit);
    const base = pack ? inBaseUnits(quantity, pack.base_quantity) : quantity;
    return [
      {
        ...moved,
        product_id: line.product_id,
        product_name: line.name,
        gtin: line.gtin,
        quantity: base,
        unit: pack ? pack.base_unit : line.unit,
      },
    ];
  });
}
