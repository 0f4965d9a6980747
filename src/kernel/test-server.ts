import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectionsOf, openEmbedded } from './db/embedded.ts';
import { migrate } from './db/migrate.ts';
import { openPglite } from './db/pglite.ts';
import type { Database } from './db/place.ts';
import { openServer } from './db/server.ts';
import type { Module } from './http/route.ts';
import { kernel } from './module.ts';

/** How a test reaches the PostgreSQL that a whole test run shares, as plain options. */
export type TestServer = { owner: pg.PoolConfig; app: pg.PoolConfig };

/** A server for one run, and how to leave it: null is PGlite, where no PostgreSQL can start. */
export type StartedServer = { server: TestServer | null; stop(): Promise<void> };

function optionsOf({ options }: pg.Pool): pg.PoolConfig {
  // The pool hides its password from whoever lists what it holds: it has to be asked for by name.
  const { connectionString, host, port, user, password } = options as pg.PoolConfig;
  if (!connectionString)
    return { host, port, user, password, database: 'postgres' } as pg.PoolConfig;
  const url = new URL(connectionString);
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1) || 'postgres',
  };
}

/**
 * A folder that is thrown away need not outlive a power cut: what does is tried on servers of their
 * own (`test/crash/`). Each database that is dropped is looked for in every buffer there is.
 */
const thrownAway = { fsync: 'off', full_page_writes: 'off', shared_buffers: '256MB' };

/**
 * One PostgreSQL for a test run: the one that DATABASE_URL names (for tests alone: databases are
 * made and dropped there, and the application's role gets a password), or an embedded one in a
 * folder that is thrown away. Where neither can be, tests fall back to PGlite, aloud.
 * @param settings of the embedded one, beside those of all that are thrown away
 */
export async function startTestServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedServer> {
  const { DATABASE_URL: url, DATABASE_APP_URL: appUrl } = process.env;
  if (url) {
    const database = await openServer(url, appUrl ?? null);
    const server = { owner: optionsOf(database.owner), app: optionsOf(database.app) };
    await database.close();
    return { server, stop: async () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-test-'));
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const database = await openEmbedded(folder, { ...thrownAway, ...settings });
    return {
      server: { owner: optionsOf(database.owner), app: optionsOf(database.app) },
      async stop() {
        await database.close();
        remove();
      },
    };
  } catch (error) {
    process.stderr.write(`No PostgreSQL for the tests, they run on PGlite: ${error}\n`);
    return { server: null, stop: async () => remove() };
  }
}

async function asAdmin(server: TestServer, statement: string): Promise<void> {
  const admin = new pg.Client(server.owner as pg.ClientConfig);
  await admin.connect();
  await admin.query(statement);
  await admin.end();
}

/**
 * A database of its own on a test server, dropped when it is closed.
 * @param bounds options of the application's connections in place of the usual ones
 */
export async function openOnServer(
  server: TestServer,
  template?: string,
  bounds: pg.PoolConfig = {},
): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, `create database ${name}${template ? ` template ${template}` : ''}`);
  const pools = connectionsOf(
    { ...server.owner, database: name },
    { ...server.app, database: name, ...bounds },
  );
  return {
    place: 'embedded',
    durable: true,
    joined: true,
    role_prelude: '',
    isUp: () => true,
    ...pools,
    async close() {
      await pools.end();
      await asAdmin(server, `drop database ${name} with (force)`);
    },
  };
}

/** Brings a fresh database to the form of these modules. */
export async function migrateAll(
  database: Database,
  modules: readonly Module[],
  now: string,
): Promise<void> {
  const sources = [...new Set<Module>([kernel, ...modules])].flatMap(({ name, migrations }) =>
    migrations ? [{ name, migrations }] : [],
  );
  await migrate(database, sources, now);
}

/**
 * What is played by a seed knows no real time: on a busy machine a transaction that the dice let
 * wait was ended by the server after ten seconds, and the same life was sound when played again.
 */
const timeless = { options: '-c TimeZone=UTC', connectionTimeoutMillis: 0 };

/** Makes fresh databases that are migrated already: by copy, which takes a tenth of the time. */
export type Nursery = { open(): Promise<Database>; close(): Promise<void> };

export async function openNursery(
  server: TestServer | null,
  modules: readonly Module[],
  now: string,
): Promise<Nursery> {
  const fresh = async (database: Database) => {
    await migrateAll(database, modules, now);
    return database;
  };
  if (server === null) {
    return { open: async () => fresh(await openPglite(null)), close: async () => {} };
  }
  const template = `template_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, `create database ${template}`);
  const { owner, app, end } = connectionsOf(
    { ...server.owner, database: template },
    { ...server.app, database: template },
  );
  await migrateAll({ owner, app } as Database, modules, now);
  // A database that somebody is connected to cannot be copied.
  await end();
  return {
    open: () => openOnServer(server, template, timeless),
    close: () => asAdmin(server, `drop database ${template}`),
  };
}
