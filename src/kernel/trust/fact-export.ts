import type { Kysely } from 'kysely';
import { asSealer } from '../db/as-sealer.ts';
import type { Tables } from '../db/generated/tables.ts';
import type { Store } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { leafColumns } from './leaf.ts';
import { unsealedIds } from './sealing.ts';

type Db = Kysely<Tables>;

/**
 * Writes a chain's whole tree with its facts as NDJSON, for a verifier beside the database: a first
 * line with the newest checkpoint; a line a leaf, `fact` null where it is gone; a line for each
 * fact that has no leaf; and a last line, so that a file that was cut is known.
 *
 * The wall does not hold here: whoever runs it holds the database anyway.
 *
 * @throws kernel.seal_pending where nothing is sealed yet
 */
export async function exportFacts(
  { database }: Pick<Store, 'database'>,
  chain: string,
  write: (lines: string) => Promise<void>,
): Promise<{ sealed: number; unsealed: number }> {
  const ask = <T>(work: (db: Db) => Promise<T>) => asSealer(database, chain, work);
  const say = (items: readonly object[]) =>
    write(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const seal = await ask((db) => newestSeal(db, chain));
  const head = { chain_id: chain, key: seal.verifier_key, checkpoint: seal.note };
  await say([{ format: 'jingwei-export/1', ...head }]);
  const size = Number(seal.size);
  for (let from = 0; from < size; from += limits.seal_slice_facts) {
    const to = Math.min(size, from + limits.seal_slice_facts);
    await say(await ask((db) => leavesBetween(db, chain, from, to)));
  }
  const unsealed = await sayUnsealed(ask, chain, say);
  await say([{ end: true, sealed: size, unsealed }]);
  return { sealed: size, unsealed };
}

async function newestSeal(db: Db, chain: string) {
  const row = await db
    .selectFrom('seal')
    .select(['size', 'note', 'verifier_key'])
    .where('chain_id', '=', chain)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw fault('kernel.seal_pending');
  return row;
}

async function leavesBetween(db: Db, chain: string, from: number, to: number) {
  const rows = await db
    .selectFrom('seal_leaf as l')
    .leftJoin('sealed_fact as s', (join) =>
      join.onRef('s.chain_id', '=', 'l.chain_id').onRef('s.position', '=', 'l.position'),
    )
    .leftJoin('fact as f', (join) =>
      join.onRef('f.chain_id', '=', 's.chain_id').onRef('f.id', '=', 's.fact_id'),
    )
    .select(['l.position', 'l.leaf_hash', 's.fact_id'])
    .select(leafColumns.map((name) => `f.${name}` as const))
    .where('l.chain_id', '=', chain)
    .where('l.position', '>=', BigInt(from))
    .where('l.position', '<', BigInt(to))
    .orderBy('l.position')
    .execute();
  return rows.map(({ position, leaf_hash, fact_id, ...fact }) => ({
    position: Number(position),
    fact_id,
    leaf: Buffer.from(leaf_hash).toString('base64'),
    fact: fact.id === null ? null : fact,
  }));
}

async function sayUnsealed(
  ask: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  chain: string,
  say: (items: readonly object[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const found = await ask((db) => unsealedAfter(db, chain, after));
    if (found.length === 0) return count;
    await say(found.map((fact) => ({ fact })));
    count += found.length;
    after = found.at(-1)?.id ?? null;
  }
}

async function unsealedAfter(db: Db, chain: string, after: string | null) {
  const ids = await unsealedIds(db, chain, { after, most: limits.seal_slice_facts });
  if (ids.length === 0) return [];
  return db
    .selectFrom('fact')
    .select(leafColumns)
    .where('chain_id', '=', chain)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
}
