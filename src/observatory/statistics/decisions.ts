import { z } from 'zod';
import {
  decodeCursor,
  limits,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { getIndustry, industriesOn } from '../classification/index.ts';
import { fault } from './faults.ts';
import { keyOf } from './line.ts';
import type { Contract, Decision } from './revenue-split.ts';
import type { Bundle, NewBundle, NewDecision, SaleDecision } from './schema.ts';

const decisionColumns = [
  'id',
  'name',
  'product_id',
  'industry_class',
  'tax_code',
  'class',
  'edition',
  'reason',
  'decided_on',
  'recorded_at',
] as const;

/** Commands beside each other may go past a limit; what they wrote counts all the same. */
const READ_AT_MOST = 2;

/** @throws statistics.too_large once a firm has said as much as a split will read */
async function assertRoom(tx: Tx, table: 'sale_decision' | 'product_bundle'): Promise<void> {
  const limit = { sale_decision: limits.sale_decisions, product_bundle: limits.product_bundles };
  const { count } = await tx.db
    .selectFrom(table)
    .select((is) => is.fn.countAll<bigint>().as('count'))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirstOrThrow();
  if (count < BigInt(limit[table])) return;
  const what = { sale_decision: '归类决定 decisions', product_bundle: '打包商品 bundles' }[table];
  throw fault('statistics.too_large', { what, limit: limit[table] });
}

/**
 * The firm says from which activity a kind of its sales comes. It counts from now on, also for
 * months that are over; what the tax code contradicts stays ambiguous all the same.
 * @throws classification.class_unknown, statistics.too_large
 */
export async function decideSale(tx: Tx, input: NewDecision): Promise<SaleDecision> {
  const industries = industriesOn();
  getIndustry(industries, input.class);
  await assertRoom(tx, 'sale_decision');
  const row = {
    ...input,
    id: tx.newId(),
    edition: industries.edition.id,
    decided_on: tx.today,
    recorded_at: tx.now,
  };
  tx.append('sale_decision', [{ chain_id: tx.chain, owner_id: tx.actor.party, ...row }]);
  await recordFact(tx, {
    type: 'statistics.sale.decided',
    subject: row.id,
    parties: [tx.actor.party],
    body: row,
  });
  return row;
}

/** The actor's decisions, newest first. */
export async function listDecisions(tx: Tx, query: PageQuery) {
  let rows = tx.db
    .selectFrom('sale_decision')
    .select(decisionColumns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('id', '<', id);
  }
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found, query.limit, (row) => [row.id]);
}

/** All that counts, oldest first: of one kind of sale the last one is the one that holds. */
export async function decisionsOf(tx: Tx): Promise<(Decision & { phrase: string })[]> {
  const rows = await tx.db
    .selectFrom('sale_decision')
    .select(decisionColumns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .orderBy('id')
    .limit(READ_AT_MOST * limits.sale_decisions)
    .execute();
  return rows.map((row) => ({
    key: keyOf({
      name: row.name,
      product: row.product_id,
      industry: row.industry_class,
      tax_code: row.tax_code,
      contract: null,
    }),
    phrase: row.name,
    code: row.class,
    decided_on: row.decided_on,
    reason: row.reason,
  }));
}

/**
 * The firm says what a product of several things promises, and what each is sold for by itself.
 * @throws statistics.too_large
 */
export async function describeBundle(tx: Tx, input: NewBundle): Promise<Bundle> {
  await assertRoom(tx, 'product_bundle');
  const row = {
    id: tx.newId(),
    product_id: input.product_id,
    described_on: tx.today,
    recorded_at: tx.now,
  };
  const stored = { ...row, obligations: JSON.stringify(input.obligations) };
  tx.append('product_bundle', [{ chain_id: tx.chain, owner_id: tx.actor.party, ...stored }]);
  await recordFact(tx, {
    type: 'statistics.bundle.described',
    subject: row.product_id,
    parties: [tx.actor.party],
    body: { ...row, obligations: input.obligations },
  });
  return { ...row, obligations: input.obligations };
}

/** The newest description of each of the actor's bundles, by product. */
export async function bundlesOf(tx: Tx): Promise<Map<string, Contract>> {
  const rows = await tx.db
    .selectFrom('product_bundle')
    .select(['id', 'product_id', 'obligations'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .orderBy('id')
    .limit(READ_AT_MOST * limits.product_bundles)
    .execute();
  return new Map(
    rows.map(({ product_id, obligations }) => [
      product_id,
      {
        id: product_id,
        obligations: (obligations as Bundle['obligations']).map((one) => ({
          name: one.name,
          product: null,
          industry: one.industry_class,
          tax_code: one.tax_code,
          price:
            one.low === null || one.high === null
              ? null
              : { low: Number(one.low), high: Number(one.high) },
        })),
      },
    ]),
  );
}
