import type { Kysely } from 'kysely';
import type { Tables } from '../db/generated/tables.ts';
import { type Hash, type TileReader, TreeEdge, tileWidth } from './merkle.ts';

type Db = Kysely<Tables>;

/** Reads tiles of a chain's tree, which has `size` leaves sealed; each tile once. */
export function tilesOf(db: Db, chain: string, size: number): TileReader {
  const known = new Map<string, Promise<readonly Hash[]>>();
  return (level, index) => {
    const name = `${level}/${index}`;
    const found = known.get(name) ?? readTile(db, chain, size, level, index);
    known.set(name, found);
    return found;
  };
}

async function readTile(db: Db, chain: string, size: number, level: number, index: number) {
  const first = index * tileWidth;
  const isFull = (first + tileWidth) * tileWidth ** level <= size;
  if (isFull) {
    const { hashes } = await db
      .selectFrom('seal_tile')
      .select('hashes')
      .where('chain_id', '=', chain)
      .where('level', '=', level)
      .where('tile', '=', BigInt(index))
      .executeTakeFirstOrThrow();
    return Array.from({ length: tileWidth }, (_, at) => hashes.subarray(at * 32, at * 32 + 32));
  }
  return level === 0 ? leavesFrom(db, chain, first) : rootsFrom(db, chain, level - 1, first);
}

async function leavesFrom(db: Db, chain: string, first: number): Promise<Hash[]> {
  const rows = await db
    .selectFrom('seal_leaf')
    .select('leaf_hash')
    .where('chain_id', '=', chain)
    .where('position', '>=', BigInt(first))
    .orderBy('position')
    .limit(tileWidth)
    .execute();
  return rows.map((row) => row.leaf_hash);
}

async function rootsFrom(db: Db, chain: string, level: number, first: number): Promise<Hash[]> {
  const rows = await db
    .selectFrom('seal_tile')
    .select('root')
    .where('chain_id', '=', chain)
    .where('level', '=', level)
    .where('tile', '>=', BigInt(first))
    .orderBy('tile')
    .limit(tileWidth)
    .execute();
  return rows.map((row) => row.root);
}

/** The right edge of a chain's tree, to which leaves are added. */
export async function readEdge(db: Db, chain: string, size: number): Promise<TreeEdge> {
  const read = tilesOf(db, chain, size);
  const levels: (readonly Hash[])[] = [];
  for (let full = size, level = 0; full > 0; level++) {
    const width = full % tileWidth;
    full = Math.floor(full / tileWidth);
    levels.push(width === 0 ? [] : (await read(level, full)).slice(0, width));
  }
  return new TreeEdge(size, levels);
}
