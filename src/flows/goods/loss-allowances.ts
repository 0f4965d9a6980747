import { sql } from 'kysely';
import { z } from 'zod';
import {
  decodeCursor,
  instant,
  limits,
  page,
  pageOf,
  pageQuery,
  recordFact,
  route,
  type Tx,
} from '../../kernel/index.ts';
import { isUri } from './epcis/check-event.ts';
import { canonicalIdentity } from './epcis/identity/identity.ts';
import { fault } from './faults.ts';
import { productClass } from './trace/index.ts';

/** How much of a product that goes into a transformation the firm lets be lost. */
const lossAllowance = z
  .object({
    /** The class: a GTIN as a Digital Link, or `urn:uuid:` and a product's own id. */
    item: z.string(),
    percent: z.string(),
    changed_at: instant,
  })
  .meta({ id: 'LossAllowance' });

const newAllowance = z.object({
  /** A product, or a lot or a thing of it, in any writing. */
  item: z.string().trim().refine(isUri, '请填写 URI|give a URI'),
  /** Null takes it away: then what a trace says counts. */
  percent: z
    .string()
    .regex(/^(?:100(?:\.0{1,2})?|\d{1,2}(?:\.\d{1,2})?)$/)
    .nullable(),
});

const own = (tx: Tx) =>
  tx.db
    .selectFrom('loss_allowance')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);

const classOf = (written: string) => productClass(canonicalIdentity(written));

const allowanceQuery = pageQuery.extend({
  /** One product alone, or a lot or a thing of it. */
  item: z.string().trim().max(2_000).optional(),
});

/** The actor's allowances, by class. */
async function listAllowances(tx: Tx, query: z.output<typeof allowanceQuery>) {
  const { limit, after, item: written } = query;
  let rows = own(tx).select(['item', 'percent', 'changed_at']).where('percent', 'is not', null);
  if (written) rows = rows.where('item', '=', classOf(written));
  if (after) rows = rows.where('item', '>', decodeCursor(after, z.tuple([z.string()]))[0]);
  const found = await rows
    .orderBy('item')
    .limit(limit + 1)
    .execute();
  const items = found.map(({ percent, ...row }) => ({ ...row, percent: percent ?? '' }));
  return pageOf(items, limit, ({ item }) => [item]);
}

/** Says, or takes back, how much of a product may be lost. @throws goods.too_many_allowances */
async function setAllowance(
  tx: Tx,
  { item: written, percent }: z.output<typeof newAllowance>,
): Promise<void> {
  const item = classOf(written);
  const most = limits.loss_allowances;
  const others = await own(tx)
    .select('item')
    .where('percent', 'is not', null)
    .where('item', '<>', item)
    .limit(most)
    .execute();
  if (others.length >= most) throw fault('goods.too_many_allowances', { most });
  const row = { percent, changed_at: tx.now };
  tx.write(
    tx.db
      .insertInto('loss_allowance')
      .values({ chain_id: tx.chain, owner_id: tx.actor.party, item, ...row })
      .onConflict((conflict) =>
        conflict.columns(['chain_id', 'owner_id', 'item']).doUpdateSet(row),
      ),
  );
  await recordFact(tx, {
    type: 'goods.loss_allowance.set',
    subject: tx.actor.party,
    parties: [tx.actor.party],
    body: { item, percent },
  });
}

/** What the actor allows of some classes, in percent. */
export async function allowancesOf(
  tx: Tx,
  classes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (classes.length === 0) return new Map();
  const rows = await own(tx)
    .select(['item', 'percent'])
    .where(sql<boolean>`item = any(${classes}::text[])`)
    .execute();
  return new Map(rows.flatMap(({ item, percent }) => (percent === null ? [] : [[item, percent]])));
}

export const lossAllowanceRoutes = [
  route({
    id: 'loss_allowance.list',
    method: 'GET',
    path: '/api/v1/loss-allowances',
    permission: 'goods.loss.read',
    summary: { zh: '各产品允许的加工损耗', en: 'Loss allowed in making, by product' },
    query: allowanceQuery,
    reply: page(lossAllowance),
    faults: ['kernel.malformed'],
    run: (tx, { query }) => listAllowances(tx, query),
  }),
  route({
    id: 'loss_allowance.set',
    method: 'PUT',
    path: '/api/v1/loss-allowances',
    permission: 'goods.loss.change',
    summary: { zh: '设定一个产品允许的加工损耗', en: 'Say how much of a product may be lost' },
    body: newAllowance,
    reply: z.object({ done: z.literal(true) }),
    faults: ['goods.too_many_allowances'],
    run: async (tx, { body }) => {
      await setAllowance(tx, body);
      return { done: true as const };
    },
  }),
];
