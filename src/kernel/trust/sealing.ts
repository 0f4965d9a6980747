import type { KeyObject } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { assert } from '../assert.ts';
import { asSealer } from '../db/as-sealer.ts';
import type { Tables } from '../db/generated/tables.ts';
import type { Store } from '../db/tx.ts';
import { limits } from '../limits.ts';
import { type LeafFact, leafColumns, leafHashOf } from './leaf.ts';
import type { Hash, Tile, TreeEdge } from './merkle.ts';
import { signerOf } from './seal-key.ts';
import { readEdge } from './seal-tree.ts';
import { signCheckpoint, verifierKey } from './signed-note.ts';

type Db = Kysely<Tables>;
/** Another server was first with these positions, or with these facts. */
class SealedMeanwhile extends Error {}

type SealStore = Pick<Store, 'database' | 'clock'>;

/**
 * Seals at most one batch of a chain's facts that have no leaf yet, in one transaction.
 * @param after facts are looked for behind this id; null looks through all of them
 * @returns how many were sealed, and the last of them: the next batch of one look begins behind it,
 *   so that looking through all costs one pass. null where another server was first.
 */
export async function sealBatch(
  { database, clock }: SealStore,
  chain: string,
  key: KeyObject,
  after: string | null,
  batch: number = limits.seal_batch_facts,
): Promise<{ sealed: number; last: string | null } | null> {
  const work = async (db: Db) => {
    const ids = await unsealedIds(db, chain, { after, most: batch });
    if (ids.length === 0) return { sealed: 0, last: null };
    const edge = await readEdge(db, chain, await sealedSize(db, chain));
    const sealed_at = clock.now().toISOString();
    for (let at = 0; at < ids.length; at += limits.seal_slice_facts) {
      await addSlice(db, chain, edge, ids.slice(at, at + limits.seal_slice_facts), sealed_at);
    }
    const signer = signerOf(chain, key);
    const root = edge.root();
    const note = signCheckpoint(edge.size, root, signer);
    const size = BigInt(edge.size);
    const verifier_key = verifierKey(signer);
    await db
      .insertInto('seal')
      .values({ chain_id: chain, size, root, note, verifier_key, sealed_at })
      .execute();
    return { sealed: ids.length, last: ids.at(-1) ?? null };
  };
  try {
    return await asSealer(database, chain, work);
  } catch (error) {
    // The primary keys of leaf and fact are the guard: a tree never forks, one of two goes without.
    if (error instanceof SealedMeanwhile) return null;
    throw error;
  }
}

/**
 * A fact can be sealed when it can be seen and has no leaf: never by a mark that time has passed,
 * for ids and instants are taken before their transaction commits.
 */
export async function unsealedIds(
  db: Db,
  chain: string,
  { after, most }: { after: string | null; most: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('fact as f')
    .select('f.id')
    .where('f.chain_id', '=', chain)
    .$if(after !== null, (query) => query.where('f.id', '>', after))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sealed_fact as s')
            .select('s.fact_id')
            .whereRef('s.chain_id', '=', 'f.chain_id')
            .whereRef('s.fact_id', '=', 'f.id'),
        ),
      ),
    )
    .orderBy('f.id')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
}

/** How many leaves the chain's tree has. */
export async function sealedSize(db: Db, chain: string): Promise<number> {
  const row = await db
    .selectFrom('seal')
    .select('size')
    .where('chain_id', '=', chain)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(row?.size ?? 0n);
}

/**
 * A slice is small: the server's thread hashes it in a few milliseconds and goes on. What it writes
 * is sent at once, and waited for together.
 */
async function addSlice(
  db: Db,
  chain: string,
  edge: TreeEdge,
  ids: readonly string[],
  sealed_at: string,
): Promise<void> {
  const facts = (await db
    .selectFrom('fact')
    .select(leafColumns)
    .where('chain_id', '=', chain)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()) as LeafFact[];
  assert(facts.length === ids.length, 'a fact that was seen stays');
  const first = edge.size;
  const hashes = facts.map(leafHashOf);
  const tiles = hashes.flatMap((hash) => edge.append(hash));
  const inserted = await Promise.all([
    insertLeaves(db, chain, first, hashes),
    insertSealedFacts(db, chain, first, ids, sealed_at),
    insertTiles(db, chain, tiles),
  ]);
  const expected = [ids.length, ids.length, tiles.length];
  if (inserted.some((count, at) => count !== expected[at])) throw new SealedMeanwhile();
}

// Arrays, not rows: three parameters for a slice instead of hundreds. Citus takes an insert from a
// select under row security only with "do nothing", so the rows that went in are counted.
async function insertLeaves(db: Db, chain: string, first: number, hashes: readonly Hash[]) {
  const bytes = hashes.map((hash) => Buffer.from(hash));
  const { numAffectedRows } = await sql`
    insert into seal_leaf (chain_id, position, leaf_hash)
    select ${chain}::uuid, ${first}::bigint + l.at - 1, l.hash
      from unnest(${bytes}::bytea[]) with ordinality as l(hash, at)
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
}

async function insertSealedFacts(
  db: Db,
  chain: string,
  first: number,
  ids: readonly string[],
  sealed_at: string,
) {
  const { numAffectedRows } = await sql`
    insert into sealed_fact (chain_id, fact_id, position, sealed_at, parties)
    select f.chain_id, f.id, ${first}::bigint + i.at - 1, ${sealed_at}::timestamptz, f.parties
      from fact f join unnest(${ids}::uuid[]) with ordinality as i(id, at) on i.id = f.id
     where f.chain_id = ${chain}
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows);
}

async function insertTiles(db: Db, chain: string, tiles: readonly Tile[]) {
  if (tiles.length === 0) return 0;
  const rows = tiles.map(({ level, index, hashes, root }) => ({
    chain_id: chain,
    level,
    tile: BigInt(index),
    hashes: Buffer.concat(hashes),
    root,
  }));
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('seal_tile')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows);
}
