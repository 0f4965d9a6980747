import { z } from 'zod';
import { builderFor } from '../db/driver.ts';
import { type Actor, type Store, type Tx, withTx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { uuid } from '../schema.ts';

export const chain = z.object({
  id: uuid,
  slug: z.string(),
  name_zh: z.string(),
  name_en: z.string(),
  zone: z.string(),
});
export type Chain = z.output<typeof chain>;

export const newChain = z.object({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  name_zh: z.string().trim().min(1).max(100),
  name_en: z.string().trim().min(1).max(100),
  zone: z.string().default('Asia/Shanghai'),
});
export type NewChain = z.input<typeof newChain>;

const columns = ['id', 'slug', 'name_zh', 'name_en', 'zone'] as const;

/** Chains, parties and accounts belong to no chain: they are read and written without a context. */
async function outside<T>(store: Store, work: (db: ReturnType<typeof builderFor>) => Promise<T>) {
  const client = await store.database.app.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin; ${store.database.role_prelude}`);
    const result = await work(builderFor(client));
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not go back to the pool.
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}

export { outside as outsideChains };

/** @throws identity.chain_taken */
export async function createChain(store: Store, input: NewChain): Promise<Chain> {
  const row = { id: store.newId(), ...newChain.parse(input) };
  const created_at = store.clock.now().toISOString();
  const done = await outside(store, (db) =>
    db
      .insertInto('chain')
      .values({ ...row, created_at })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .executeTakeFirst(),
  );
  if (done.numInsertedOrUpdatedRows === 0n) throw fault('identity.chain_taken', { slug: row.slug });
  return row;
}

export async function listChains(store: Store): Promise<Chain[]> {
  return outside(store, (db) =>
    db.selectFrom('chain').select(columns).orderBy('slug').limit(1_000).execute(),
  );
}

/** A thousand ids behind `after`, or the first ones: for work that goes through all chains. */
export async function listChainIds(store: Store, after: string | null): Promise<string[]> {
  const rows = await outside(store, (db) =>
    db
      .selectFrom('chain')
      .select('id')
      .$if(after !== null, (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(1_000)
      .execute(),
  );
  return rows.map((row) => row.id);
}

/** @throws identity.chain_unknown */
export async function getChain(store: Store, slug: string): Promise<Chain> {
  const row = await outside(store, (db) =>
    db.selectFrom('chain').select(columns).where('slug', '=', slug).executeTakeFirst(),
  );
  if (!row) throw fault('identity.chain_unknown', { slug });
  return row;
}

/**
 * Runs `work` on behalf of a party without a person: the command line, the simulation and jobs.
 * The party's own rights still hold; there is no way past the wall.
 */
export async function onBehalfOf<T>(
  store: Store,
  place: Pick<Chain, 'id' | 'zone'>,
  party: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const actor: Actor = {
    party,
    user: null,
    key: null,
    roles: [],
    permissions: ['*.*.*'],
    reads: {},
  };
  return withTx(store, { chain: place.id, zone: place.zone, actor }, work);
}
