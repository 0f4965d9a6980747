import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { migrationSources } from '../../src/app/platform.ts';
import { askedNothing } from '../../src/kernel/backup/check.ts';
import { type RestoreOrder, restoreBackup } from '../../src/kernel/backup/restore.ts';
import { connectionsOf } from '../../src/kernel/db/embedded.ts';
import { readConfig } from '../../src/kernel/index.ts';
import type { TestServer } from '../../src/kernel/test-server.ts';

const noDate = '2026-03-20T00:00:00.000Z';

export function testServer(): TestServer {
  const server = inject('postgres');
  if (!server) throw new Error('Backups need a PostgreSQL.');
  return server;
}

function urlOf({ user, password, host, port }: pg.PoolConfig, database: string): string {
  const at = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password))}`;
  const socket = encodeURIComponent(String(host));
  return `postgresql://${at}@localhost:${port}/${database}?host=${socket}`;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client(testServer().owner as pg.ClientConfig);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

export type Target = {
  config: ReturnType<typeof readConfig>;
  owner: pg.Pool;
  close(): Promise<void>;
};

/** An empty database on the test's server; of an owner without any power over row security. */
export async function emptyDatabase({ plain_owner = false } = {}): Promise<Target> {
  const database = `restored_${randomUUID().replaceAll('-', '')}`;
  const { owner: admin, app } = testServer();
  const owner = plain_owner ? { ...admin, user: `o_${database}`, password: 'pw' } : admin;
  if (plain_owner) {
    await asAdmin(`create role ${owner.user} login password 'pw'`);
    const how = 'with inherit false, set true';
    await asAdmin(`grant jingwei_sealer, jingwei_keeper to ${owner.user} ${how}`);
  }
  await asAdmin(`create database ${database} owner ${owner.user}`);
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-target-'));
  const { owner: pool, app: unused } = connectionsOf({ ...owner, database }, { ...app, database });
  await unused.end();
  return {
    config: readConfig({
      DATABASE_URL: urlOf(owner, database),
      DATABASE_APP_URL: urlOf(app, database),
      JINGWEI_DATA: folder,
    }),
    owner: pool,
    async close() {
      await pool.end();
      await asAdmin(`drop database ${database} with (force)`);
      if (plain_owner) await asAdmin(`drop role ${owner.user}`);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Restores as the command line does, into a target. */
export function restoreInto(target: Target, file: string, more: Partial<RestoreOrder> = {}) {
  return restoreBackup({
    ...{ file, key: null, asked: askedNothing, config: target.config, modules: migrationSources },
    ...{ now: noDate, accept_findings: false, secrets: null, without_secrets: true },
    onFindings: () => {},
    ...more,
  });
}

/** Every table of a database, by the hash of all its rows. */
export async function contentOf(owner: Pick<pg.Pool, 'query'>): Promise<Record<string, string>> {
  const { rows: tables } = await owner.query(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and relname <> 'backup_run'`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as said
         from ${name} t`,
    );
    content[name] = rows[0].said;
  }
  return content;
}
