import { getProduct, type Product } from '../../flows/commerce/index.ts';
import { kernelFault, type Tx } from '../../kernel/index.ts';

/** @throws commerce.product_unknown, kernel.not_found where the product is somebody else's */
export async function ownProduct(tx: Tx, id: string): Promise<Product> {
  const product = await getProduct(tx, id);
  if (product.owner_id !== tx.actor.party) throw kernelFault('kernel.not_found');
  return product;
}
