import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../src/kernel/db/embedded.ts';

/** One PostgreSQL for the test run; where none can start, tests fall back to PGlite, aloud. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-test-'));
  chmodSync(folder, 0o755);
  try {
    const database = await openEmbedded(folder);
    const options = (pool: pg.Pool) => {
      const { host, port, user, password } = pool.options as pg.PoolConfig;
      return { host, port, user, password, database: 'postgres' } as pg.PoolConfig;
    };
    project.provide('postgres', { owner: options(database.owner), app: options(database.app) });
    return async () => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    };
  } catch (error) {
    process.stderr.write(`No PostgreSQL for the tests, they run on PGlite: ${error}\n`);
    project.provide('postgres', null);
    return async () => rmSync(folder, { recursive: true, force: true });
  }
}
