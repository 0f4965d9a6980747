import { z } from 'zod';
import {
  decodeCursor,
  getParty,
  instant,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { type PrefixLength, prefixLengths } from './epcis/identity/company-prefix.ts';
import { fault } from './faults.ts';

/** A company prefix: 4 to 12 digits that GS1 has given (General Specifications, 1.4.4). */
export const companyPrefix = z
  .object({ prefix: z.string(), owner_id: uuid, recorded_at: instant })
  .meta({ id: 'CompanyPrefix' });
export type CompanyPrefix = z.output<typeof companyPrefix>;

export const newCompanyPrefix = z.object({ prefix: z.string().regex(/^\d{4,12}$/) });

/**
 * Registers a prefix of the actor's. That it is theirs is seen from a location number of theirs
 * that begins with it.
 * @throws goods.prefix_not_own, goods.prefix_taken
 */
export async function registerPrefix(
  tx: Tx,
  { prefix }: z.output<typeof newCompanyPrefix>,
): Promise<CompanyPrefix> {
  const { gln } = await getParty(tx, tx.actor.party);
  if (!gln?.startsWith(prefix)) throw fault('goods.prefix_not_own', { prefix });
  const row = { prefix, owner_id: tx.actor.party, recorded_at: tx.now };
  const added = await tx.db
    .insertInto('company_prefix')
    .values({ chain_id: tx.chain, ...row })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw fault('goods.prefix_taken', { prefix });
  await recordFact(tx, {
    type: 'goods.prefix.registered',
    subject: tx.actor.party,
    parties: [tx.actor.party],
    body: row,
  });
  return row;
}

const columns = ['prefix', 'owner_id', 'recorded_at'] as const;

/** Prefixes that members of the chain have registered: to read a key by them is everybody's. */
export async function listPrefixes(tx: Tx, query: PageQuery) {
  let rows = tx.db.selectFrom('company_prefix').select(columns).where('chain_id', '=', tx.chain);
  if (query.after) {
    rows = rows.where('prefix', '>', decodeCursor(query.after, z.tuple([z.string()]))[0]);
  }
  const found = await rows
    .orderBy('prefix')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found, query.limit, ({ prefix }) => [prefix]);
}

/** Whether a GTIN of 14 digits begins, behind its indicator, with a prefix of the actor's. */
export async function ownsGtin(tx: Tx, gtin: string): Promise<boolean> {
  const digits = gtin.slice(1);
  const prefixes = Array.from({ length: 9 }, (_, at) => digits.slice(0, at + 4));
  const row = await tx.db
    .selectFrom('company_prefix')
    .select('prefix')
    .where('chain_id', '=', tx.chain)
    .where('prefix', 'in', prefixes)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirst();
  return row !== undefined;
}

/** Members of a chain are thousands at most, and few have a second prefix. */
const MOST_PREFIXES = 20_000;

export async function knownPrefixes(tx: Tx): Promise<PrefixLength> {
  const rows = await tx.db
    .selectFrom('company_prefix')
    .select('prefix')
    .where('chain_id', '=', tx.chain)
    .limit(MOST_PREFIXES)
    .execute();
  return prefixLengths(
    rows.map(({ prefix }) => prefix),
    tx.prefix_formats,
  );
}
