import { z } from 'zod';
import {
  lookUpNames,
  nameOf,
  sayNames,
  settlePacked,
  waitingNames,
} from '../../flows/goods/index.ts';
import { type Tx, uuid } from '../../kernel/index.ts';
import { productsOfEvents } from './catalogue.ts';
import { fault } from './faults.ts';

/**
 * Looks up once more what captured events named and no catalogue knew: a product may have been
 * listed since, or a unit of it. Pallets that were named alone are looked into once more as well.
 */
export async function matchNames(tx: Tx): Promise<{ found: number; settled: number }> {
  const found = await lookUpNames(tx, productsOfEvents, await waitingNames(tx));
  const { settled } = await sayNames(tx, found);
  return { found: found.length, settled: settled + (await settlePacked(tx, productsOfEvents)) };
}

export const newName = z.object({
  name: z.string().trim().min(1).max(2_000),
  /** The product that it is; null where it is none of the goods or places of this party's. */
  product_id: uuid.nullable(),
});

/**
 * Says what a name in the actor's events stands for, where no catalogue can tell: two products bear
 * one GTIN, or the systems of a warehouse have names of their own.
 * @throws stockroom.product_unknown
 */
export async function sayName(
  tx: Tx,
  { name, product_id }: z.output<typeof newName>,
): Promise<{ settled: number }> {
  if (product_id === null) {
    const none = { product_id: null, product_name: null, unit: null, packing: [] };
    return sayNames(tx, [{ name, ...none }]);
  }
  const [product] = await productsOfEvents(tx, { gtins: [], ids: [product_id] });
  if (!product) throw fault('stockroom.product_unknown');
  return sayNames(tx, [nameOf(name, product)]);
}
