import { recordFact, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { getOrder } from './orders.ts';
import type { Message } from './schema.ts';

const columns = ['id', 'author_id', 'author_name', 'text', 'written_at'] as const;

/** What the two sides of an order have said about it, oldest first. */
export async function listMessages(tx: Tx, orderId: string): Promise<Message[]> {
  return tx.db
    .selectFrom('order_message')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('order_id', '=', orderId)
    .orderBy('id')
    .limit(500)
    .execute();
}

/** @throws commerce.order_unknown, commerce.not_a_side for whoever only reads the order */
export async function writeMessage(tx: Tx, orderId: string, text: string): Promise<Message> {
  const order = await getOrder(tx, orderId);
  const author = [order.buyer, order.seller].find((side) => side.id === tx.actor.party);
  if (!author) throw fault('commerce.not_a_side');
  const row = {
    id: tx.newId(),
    author_id: tx.actor.party,
    author_name: author.name.zh,
    text,
    written_at: tx.now,
  };
  tx.append('order_message', [
    {
      chain_id: tx.chain,
      order_id: orderId,
      buyer_id: order.buyer.id,
      seller_id: order.seller.id,
      ...row,
    },
  ]);
  await recordFact(tx, {
    type: 'commerce.message.written',
    subject: orderId,
    parties: [order.buyer.id, order.seller.id],
    body: { number: order.number, text },
  });
  return row;
}
