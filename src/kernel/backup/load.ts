import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { type Migration, migrationTable } from '../db/migrate.ts';
import { keeperRole } from '../db/place.ts';
import { readArchive } from './archive.ts';
import { type CheckedBackup, unpack } from './check.ts';
import { backupFault } from './faults.ts';
import type { BackupKey } from './key.ts';
import { type Head, tableOfPart } from './manifest.ts';
import { SealCheck, trustOf } from './seal-check.ts';
import { copyIn, copyOut, readShapes, type TableShape } from './snapshot.ts';

export type Load = {
  file: string;
  key: BackupKey | null;
  checked: CheckedBackup;
  /** Of this version, in the order in which a new installation runs them. */
  migrations: readonly Migration[];
  now: string;
};

/**
 * The migrations that made the tables of the backup, as this version has them.
 * @throws backup.newer, backup.other_migration
 */
export function migrationsBefore({ migrations, version }: Head, ours: readonly Migration[]) {
  const known = new Map(ours.map((one) => [one.id, one]));
  for (const { id, hash } of migrations) {
    const one = known.get(id);
    if (!one) throw backupFault('backup.newer', { migration: id, version });
    if (one.hash !== hash) throw backupFault('backup.other_migration', { migration: id, version });
  }
  const had = new Set(migrations.map(({ id }) => id));
  return ours.filter(({ id }) => had.has(id));
}

async function run(
  client: pg.ClientBase,
  migrations: readonly Migration[],
  at: (id: string) => string,
) {
  for (const { id, hash, sql } of migrations) {
    await client.query('insert into migration (id, hash, applied_at) values ($1, $2, $3)', [
      id,
      hash,
      at(id),
    ]);
    await client.query(sql);
  }
}

async function forcedTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query(
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relforcerowsecurity order by c.relname`,
  );
  return rows.map(({ relname }) => relname as string);
}

/** COPY is refused where row security holds its caller: it lets the owner be, and comes back. */
async function setForced(client: pg.ClientBase, tables: readonly string[], forced: boolean) {
  for (const name of tables) {
    const how = forced ? 'force' : 'no force';
    await client.query(`alter table ${pg.escapeIdentifier(name)} ${how} row level security`);
  }
}

/** The tables of the backup are those that its migrations have just made. */
async function matchShapes(client: pg.ClientBase, { tables }: Head): Promise<TableShape[]> {
  const made = await readShapes(client);
  const text = (list: readonly Head['tables'][number][]) =>
    new Map(list.map(({ name, columns }) => [name, [...columns].sort().join()]));
  const [theirs, ours] = [text(tables), text(made)];
  for (const name of [...theirs.keys(), ...ours.keys()]) {
    if (theirs.get(name) !== ours.get(name))
      throw backupFault('backup.other_tables', { table: name });
  }
  return made;
}

/** Sends each table's parts on, in the order of the archive, which is that of the foreign keys. */
async function copyTables(client: pg.ClientBase, { file, key, checked }: Load): Promise<void> {
  const columns = new Map(checked.head.tables.map((table) => [table.name, table.columns]));
  let table: string | null = null;
  let sink: ReturnType<typeof copyIn> | null = null;
  for await (const { name, bytes } of readArchive(file, key)) {
    const next = tableOfPart(name);
    const given = columns.get(next ?? '');
    if (next === null || !given) continue;
    if (sink === null || next !== table) {
      await end(sink);
      sink = copyIn(client, next, given);
      table = next;
    }
    if (!sink.write(await unpack(bytes))) await once(sink, 'drain');
  }
  await end(sink);
}

async function end(sink: Writable | null): Promise<void> {
  sink?.end();
  if (sink) await finished(sink);
}

/**
 * A copy calls nobody by itself: it may be a drill beside the real one, and addresses may have
 * moved since. Their owners let them go on.
 */
async function quietWebhooks(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(`select to_regclass('public.webhook') is not null as is`);
  if (rows[0].is) await client.query(`update webhook set state = 'paused' where state = 'active'`);
}

/** Every table as it stands now against what the backup says that it held. */
async function compareTables(client: pg.ClientBase, made: readonly TableShape[], load: Load) {
  const { head, tables } = load.checked;
  for (const { name, columns } of head.tables) {
    const key = made.find((one) => one.name === name)?.key ?? [];
    const hash = createHash('sha256');
    for await (const text of copyOut(client, { name, columns, key })) hash.update(text);
    const said = tables.find((one) => one.name === name)?.sha256;
    if (hash.digest('hex') !== said) throw backupFault('backup.not_the_same', { table: name });
  }
}

/** That no migration since has touched a fact or a seal. */
async function checkFacts(client: pg.ClientBase, { checked }: Load): Promise<void> {
  await client.query(`set local role ${keeperRole}`);
  const check = new SealCheck(trustOf([]));
  const shapes = await readShapes(client);
  for (const table of shapes.filter(({ name }) => SealCheck.reads(name))) {
    for await (const text of copyOut(client, table)) check.take(table.name, table.columns, text);
  }
  await client.query('reset role');
  const { findings } = check.end(null);
  const before = new Set(checked.findings.map(({ kind, at }) => `${kind} ${at}`));
  if (findings.some(({ kind, at }) => !before.has(`${kind} ${at}`))) {
    throw backupFault('backup.not_the_same', { table: 'fact' });
  }
}

/**
 * Fills an empty database from a backup that was checked, in one transaction: its tables as its own
 * migrations make them, its rows, each table read back and held against its hash, then the
 * migrations since. Whatever breaks or dies leaves the database empty.
 * @returns how many migrations came on top
 * @throws backup.newer, backup.other_migration, backup.other_tables, backup.not_the_same
 */
export async function loadBackup(client: pg.ClientBase, load: Load): Promise<number> {
  const { head } = load.checked;
  const before = migrationsBefore(head, load.migrations);
  const since = load.migrations.filter((one) => !before.includes(one));
  const applied = new Map(head.migrations.map(({ id, applied_at }) => [id, applied_at]));
  await client.query('begin');
  await client.query(migrationTable);
  await run(client, before, (id) => applied.get(id) ?? load.now);
  const made = await matchShapes(client, head);
  const forced = await forcedTables(client);
  await setForced(client, forced, false);
  await copyTables(client, load);
  await compareTables(client, made, load);
  await setForced(client, forced, true);
  await run(client, since, () => load.now);
  if (since.length > 0) await checkFacts(client, load);
  await quietWebhooks(client);
  await client.query('commit');
  await client.query('analyze');
  return since.length;
}
