import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type pg from 'pg';
import { type Database, keeperRole, sealerRole } from './place.ts';
import { oneAtATime } from './start-lock.ts';

/** A module's migrations: `NNNN_name.sql` files in one folder, run in order, never changed. */
export type MigrationSource = { name: string; migrations: URL };

export type Migration = { id: string; hash: string; sql: string };

export const migrationTable = `create table if not exists migration (
  id text primary key, hash text not null, applied_at timestamptz not null)`;

/** All migrations of the modules, in the order in which a new installation runs them. */
export function migrationsOf(modules: readonly MigrationSource[]): Migration[] {
  return modules.flatMap(readMigrations);
}

function readMigrations({ name, migrations }: MigrationSource): Migration[] {
  const files = readdirSync(migrations).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const sql = readFileSync(new URL(file, migrations), 'utf8');
    const hash = createHash('sha256').update(sql).digest('hex');
    return { id: `${name}/${file.replace(/\.sql$/, '')}`, hash, sql };
  });
}

async function appliedOf(client: pg.PoolClient): Promise<Map<string, string>> {
  await client.query(migrationTable);
  const { rows } = await client.query('select id, hash from migration');
  return new Map(rows.map((row) => [row.id as string, row.hash as string]));
}

/**
 * Makes the roles without a log-in where they are missing. Roles are the whole cluster's, and our
 * lock is one database's: two installations that begin on one server at once would collide.
 */
async function makeRoles(client: pg.PoolClient): Promise<void> {
  for (const role of [sealerRole, keeperRole]) {
    await client.query(`do $$ begin
      if not exists (select 1 from pg_roles where rolname = '${role}') then
        create role ${role} nologin nosuperuser nobypassrls;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  }
}

/**
 * Brings the database to the modules' newest form and returns how many migrations stand there.
 * Each file runs in its own transaction. Of two servers that start together one waits and finds
 * everything done.
 *
 * @throws when a released file has changed since it ran here.
 */
export async function migrate(
  database: Database,
  modules: readonly MigrationSource[],
  now: string,
): Promise<number> {
  return oneAtATime(database.owner, async (client) => {
    await makeRoles(client);
    const applied = await appliedOf(client);
    const wanted = migrationsOf(modules);
    for (const migration of wanted) {
      const before = applied.get(migration.id);
      if (before === undefined) await apply(client, migration, now);
      else if (before !== migration.hash) {
        throw new Error(
          `Migration ${migration.id} ran here with other text. A released migration never ` +
            'changes: put the file back and write a new one.',
        );
      }
    }
    return wanted.length;
  });
}

async function apply(client: pg.PoolClient, migration: Migration, now: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query('insert into migration (id, hash, applied_at) values ($1, $2, $3)', [
      migration.id,
      migration.hash,
      now,
    ]);
    await client.query(migration.sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${migration.id} failed: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
