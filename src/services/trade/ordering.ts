import { type NewOrder, type Order, placeOrder } from '../../flows/commerce/index.ts';
import { getOwnPlace } from '../../flows/goods/index.ts';
import type { Tx } from '../../kernel/index.ts';

/**
 * The buyer orders, to a place of its own: what is sent to somebody else's place it could never
 * receive. @throws goods.place_unknown, and what `placeOrder` throws
 */
export async function orderGoods(tx: Tx, input: NewOrder): Promise<Order> {
  if (input.place_id) await getOwnPlace(tx, input.place_id);
  return placeOrder(tx, input);
}
