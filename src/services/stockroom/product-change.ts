import {
  changeProduct,
  type PackedProduct,
  type ProductChange,
} from '../../flows/commerce/index.ts';
import { isNamed, renameGoods } from '../../flows/goods/index.ts';
import type { Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';

/**
 * Says some things anew of the actor's own product. A GTIN is given before goods of it move: what
 * events have named without one would be other goods to every trace.
 * @throws stockroom.goods_have_moved, and see `changeProduct`
 */
export async function changeOwnProduct(
  tx: Tx,
  id: string,
  change: ProductChange,
): Promise<PackedProduct> {
  const changed = await changeProduct(tx, id, change);
  const isGiven = change.gtin !== undefined;
  if (isGiven && (await isNamed(tx, `urn:uuid:${id}`))) throw fault('stockroom.goods_have_moved');
  if (change.name_zh !== undefined) renameGoods(tx, id, changed.name_zh);
  return changed;
}
