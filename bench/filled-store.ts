import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { openEmbedded } from '../src/kernel/db/embedded.ts';
import type { Store } from '../src/kernel/index.ts';
import { makeChain, withPlatform } from './chain.ts';
import { startServer, temporaryFolder } from './server.ts';

const FILL_BATCH = 500_000;

/** The one firm of the store. */
export type Owner = { chain: string; party: string; key: string };
/**
 * What fills it: each statement takes the chain ($1), the party ($2), the first number ($3) and the
 * one behind the last ($4), and more.
 */
export type Filling = {
  rows: number;
  statements: readonly string[];
  more: readonly unknown[];
  tables: string;
  /** What is set up by HTTP before, where the rows need it. */
  before?: (filled: Filled) => Promise<void>;
};
/** The server of the store; `database` is its owner's, which no policy binds. */
export type Filled = { base: string; key: string; database: pg.Pool };

export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const { folder, remove } = temporaryFolder();
  try {
    return await work(folder);
  } finally {
    remove();
  }
}

/** In the folder that was named, which is kept; else in one of its own. */
export function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const kept = asked('--folder');
  return kept === null ? inTemporaryFolder(work) : work(kept);
}

export function asked(option: string): string | null {
  const at = process.argv.indexOf(option);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}

/** Starts the server on a store, which is filled where it is new. */
export async function onStore<T>(
  folder: string,
  filling: Filling,
  work: (filled: Filled) => Promise<T>,
): Promise<T> {
  const note = join(folder, 'bench-owner.json');
  const owner: Owner = existsSync(note)
    ? JSON.parse(readFileSync(note, 'utf8'))
    : await withPlatform(folder, makeOwner);
  const server = await startServer(folder, ['--empty', '--api-only']);
  const database = await openEmbedded(folder);
  try {
    const filled = { base: server.base, key: owner.key, database: database.owner };
    if (!existsSync(note)) {
      await filling.before?.(filled);
      await fill(database.owner, owner, filling);
    }
    writeFileSync(note, JSON.stringify(owner));
    return await work(filled);
  } finally {
    await database.close({ leave: true });
    await server.stop();
  }
}

async function makeOwner(store: Store): Promise<Owner> {
  const { chain_id, pairs } = await makeChain(store, 1);
  const [pair] = pairs;
  if (!pair) throw new Error('The bench chain has no pair.');
  return { chain: chain_id, party: pair.seller_id, key: pair.seller_key };
}

async function fill(
  owner: pg.Pool,
  { chain, party }: Owner,
  { rows, statements, more, tables }: Filling,
): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('set synchronous_commit = off');
    for (let at = 0; at < rows; at += FILL_BATCH) {
      const to = Math.min(rows, at + FILL_BATCH);
      for (const text of statements) await client.query(text, [chain, party, at, to, ...more]);
      process.stderr.write(`${to.toLocaleString('en')} events\n`);
    }
    await client.query(`vacuum analyze ${tables}`);
    await client.query('checkpoint');
  } finally {
    client.release();
  }
}
