import { z } from 'zod';
import {
  decodeCursor,
  kernelFault,
  limits,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { ownProduct } from './own-product.ts';
import type { ConsumerWarning, newWarning } from './schema.ts';

const columns = [
  'id',
  'product_id',
  'lots',
  'reason_zh',
  'reason_en',
  'action_zh',
  'action_en',
  'contact',
  'published_at',
  'withdrawn_at',
] as const;

const ofProduct = (tx: Tx, product_id: string) =>
  tx.db
    .selectFrom('consumer_warning')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('product_id', '=', product_id);

/** Warnings for the actor's product that stand, newest first. */
export async function standingWarnings(tx: Tx, product_id: string): Promise<ConsumerWarning[]> {
  return ofProduct(tx, product_id)
    .where('withdrawn_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(limits.consumer_warnings)
    .execute();
}

/** All warnings for the actor's product, newest first. @throws see `ownProduct` */
export async function listWarnings(tx: Tx, product_id: string, { limit, after }: PageQuery) {
  await ownProduct(tx, product_id);
  let rows = ofProduct(tx, product_id);
  if (after) rows = rows.where('id', '<', decodeCursor(after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(found, limit, ({ id }) => [id]);
}

/**
 * Tells consumers of a danger: whoever scans one of the lots reads it first. Texts are bilingual;
 * English falls back to Chinese where none is given.
 * @throws commerce.product_unknown, kernel.not_found, consumer.not_shared,
 *   consumer.too_many_warnings
 */
export async function publishWarning(
  tx: Tx,
  product_id: string,
  input: z.output<typeof newWarning>,
): Promise<ConsumerWarning> {
  const { name_zh } = await ownProduct(tx, product_id);
  // Locked: sharing that ends at once would leave a warning that nobody sees.
  const page = await tx.db
    .selectFrom('consumer_page')
    .select('is_shared')
    .where('chain_id', '=', tx.chain)
    .where('product_id', '=', product_id)
    .where('owner_id', '=', tx.actor.party)
    .forUpdate()
    .executeTakeFirst();
  if (!page?.is_shared) throw fault('consumer.not_shared', { product: name_zh });
  const most = limits.consumer_warnings;
  if ((await standingWarnings(tx, product_id)).length >= most) {
    throw fault('consumer.too_many_warnings', { most });
  }
  const { reason_zh, action_zh, contact } = input;
  const row = {
    id: tx.newId(),
    product_id,
    lots: [...new Set(input.lots)],
    reason_zh,
    reason_en: input.reason_en ?? reason_zh,
    action_zh,
    action_en: input.action_en ?? action_zh,
    contact: contact ?? null,
    published_at: tx.now,
    withdrawn_at: null,
  };
  tx.append('consumer_warning', [{ chain_id: tx.chain, owner_id: tx.actor.party, ...row }]);
  await recordFact(tx, {
    type: 'consumer.warning.published',
    subject: row.id,
    parties: [tx.actor.party],
    body: row,
  });
  return row;
}

/** Takes a warning back: the danger is over. @throws kernel.not_found, consumer.withdrawn */
export async function withdrawWarning(tx: Tx, id: string): Promise<ConsumerWarning> {
  const row = await tx.db
    .selectFrom('consumer_warning')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw kernelFault('kernel.not_found');
  if (row.withdrawn_at !== null) throw fault('consumer.withdrawn');
  tx.write(
    tx.db
      .updateTable('consumer_warning')
      .set({ withdrawn_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: 'consumer.warning.withdrawn',
    subject: id,
    parties: [tx.actor.party],
    body: { product_id: row.product_id },
  });
  return { ...row, withdrawn_at: tx.now };
}
