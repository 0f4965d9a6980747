import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { assert } from '../assert.ts';
import { asSealer } from '../db/as-sealer.ts';
import type { Tables } from '../db/generated/tables.ts';
import type { Store } from '../db/tx.ts';
import { firstIdAt } from '../ids.ts';
import { limits } from '../limits.ts';
import { type LeafFact, leafColumns, leafHashOf } from './leaf.ts';
import type { Hash, Tile, TreeEdge } from './merkle.ts';
import { signerOf } from './seal-key.ts';
import { readEdge } from './seal-tree.ts';
import { signCheckpoint, verifierKey } from './signed-note.ts';

type Db = Kysely<Tables>;
type SealStore = Pick<Store, 'database' | 'clock'>;

/**
 * Seals at most one batch of a chain's facts that have no leaf yet, in one transaction.
 * @param since facts whose id was made before are not looked for; null looks through all of them
 * @returns how many were sealed; 0 too where another server was first with the same positions
 */
export async function sealBatch(
  { database, clock }: SealStore,
  chain: string,
  key: KeyObject,
  since: Date | null,
  batch: number = limits.seal_batch_facts,
): Promise<number> {
  const work = async (db: Db) => {
    const after = since === null ? null : firstIdAt(since);
    const ids = await unsealedIds(db, chain, { after, most: batch });
    if (ids.length === 0) return 0;
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
    return ids.length;
  };
  try {
    return await asSealer(database, chain, work);
  } catch (error) {
    // The primary keys of leaf and fact are the guard: a tree never forks, one of two goes without.
    if ((error as { code?: string }).code === '23505') return 0;
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

async function sealedSize(db: Db, chain: string): Promise<number> {
  const row = await db
    .selectFrom('seal')
    .select('size')
    .where('chain_id', '=', chain)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Number(row?.size ?? 0n);
}

/** A slice is small: the server's thread hashes it in about a millisecond and goes on. */
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
  await insertLeaves(db, chain, first, hashes);
  await insertSealedFacts(db, first, facts, sealed_at);
  await insertTiles(db, chain, tiles);
}

async function insertLeaves(db: Db, chain: string, first: number, hashes: readonly Hash[]) {
  const rows = hashes.map((leaf_hash, at) => ({
    chain_id: chain,
    position: BigInt(first + at),
    leaf_hash,
  }));
  await db.insertInto('seal_leaf').values(rows).execute();
}

async function insertSealedFacts(
  db: Db,
  first: number,
  facts: readonly LeafFact[],
  sealed_at: string,
) {
  const rows = facts.map(({ chain_id, id, parties }, at) => ({
    chain_id,
    fact_id: id,
    position: BigInt(first + at),
    sealed_at,
    parties,
  }));
  await db.insertInto('sealed_fact').values(rows).execute();
}

async function insertTiles(db: Db, chain: string, tiles: readonly Tile[]) {
  if (tiles.length === 0) return;
  const rows = tiles.map(({ level, index, hashes, root }) => ({
    chain_id: chain,
    level,
    tile: BigInt(index),
    hashes: Buffer.concat(hashes),
    root,
  }));
  await db.insertInto('seal_tile').values(rows).execute();
}
