import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import type { Database } from '../db/place.ts';
import { keeperRole } from '../db/place.ts';
import { limits } from '../limits.ts';
import { piecesOf } from './copy-text.ts';
import { backupFault } from './faults.ts';
import type { Head } from './manifest.ts';

/** A table as it is backed up: its columns, and those that its rows are put in order by. */
export type TableShape = { name: string; columns: string[]; key: string[] };

type Asked = Pick<pg.ClientBase, 'query'>;

/** What is of this database and not of the data: made anew where a backup is restored. */
export const notBackedUp: readonly string[] = ['migration', 'backup_run'];

/** A connection of its own beside the pool, whose connections are pipelined and cannot COPY. */
export async function openDirect(pool: pg.Pool): Promise<pg.Client> {
  const { options } = pool as unknown as { options: pg.PoolConfig };
  // The pool hides its password from whoever lists what it holds: it has to be asked for by name.
  const { password } = options;
  const client = new pg.Client({
    ...options,
    ...(password ? { password } : {}),
    pipeline: false,
  } as pg.ClientConfig);
  await client.connect();
  client.on('error', () => {}); // What it is doing fails, and says so.
  await client.query(`set TimeZone = 'UTC'; set DateStyle = 'ISO'; set IntervalStyle = 'postgres';
    set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0;
    set idle_in_transaction_session_timeout = 0`);
  return client;
}

const deniedCode = '42501'; // insufficient_privilege

const shapesSql = `
  select c.relname as name,
    (select json_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = c.oid
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
    coalesce((select json_agg(a.attname order by k.at) from pg_index i
       cross join unnest(i.indkey::int2[]) with ordinality as k(attnum, at)
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary), '[]') as key,
    coalesce((select json_agg(distinct r.relname) from pg_constraint f
       join pg_class r on r.oid = f.confrelid
      where f.conrelid = c.oid and f.contype = 'f' and r.oid <> c.oid), '[]') as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
     and c.relname <> all ($1)
   order by c.relname collate "C"`;

/** The tables, each behind those that its foreign keys name: the order in which they load. */
export async function readShapes(client: Asked): Promise<TableShape[]> {
  type Row = TableShape & { needs: string[] };
  let waiting = (await client.query<Row>(shapesSql, [notBackedUp])).rows;
  const ordered: TableShape[] = [];
  const placed = new Set<string>();
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((one) => placed.has(one)));
    if (ready.length === 0) {
      throw new Error(`Foreign keys in a ring: ${waiting.map(({ name }) => name).join(', ')}.`);
    }
    for (const { name, columns, key } of ready) {
      placed.add(name);
      ordered.push({ name, columns, key });
    }
    waiting = waiting.filter(({ name }) => !placed.has(name));
  }
  return ordered;
}

const quoted = (names: readonly string[]) => names.map(pg.escapeIdentifier).join(', ');

/** A table's rows as COPY text, in the order of its key, in pieces of whole rows. */
export function copyOut(client: pg.ClientBase, table: TableShape): AsyncGenerator<Buffer> {
  const order = table.key.length > 0 ? ` order by ${quoted(table.key)}` : '';
  const rows = `select ${quoted(table.columns)} from ${quoted([table.name])}${order}`;
  return piecesOf(
    client.query(copyStreams.to(`copy (${rows}) to stdout`)),
    limits.backup_piece_bytes,
  );
}

/** Opens the way in for a table's rows: COPY text is written to it, then its end. */
export function copyIn(client: pg.ClientBase, name: string, columns: readonly string[]) {
  return client.query(copyStreams.from(`copy ${quoted([name])} (${quoted(columns)}) from stdin`));
}

/** Row security does not hold a superuser; anybody else reads all of it as the keeper's role. */
async function seeAll(client: Asked): Promise<void> {
  const { rows } = await client.query(
    `select rolsuper or rolbypassrls as free, (select count(*) from pg_roles
       where rolname = $1)::int as keepers from pg_roles where rolname = current_user`,
    [keeperRole],
  );
  // Off means that a policy which would hide a row is an error, and never a smaller backup.
  if (rows[0].free) await client.query('set local row_security = off');
  else if (rows[0].keepers === 1) await client.query(`set local role ${keeperRole}`);
  else throw backupFault('backup.sees_not_all');
}

export type Snapshot = {
  postgres: string;
  migrations: Head['migrations'];
  tables: TableShape[];
  rowsOf(table: TableShape): AsyncGenerator<Buffer>;
};

/**
 * Runs `work` on one consistent view of the whole database: what commits meanwhile is not in it,
 * and nobody waits for it but a migration.
 * @throws backup.pglite; backup.sees_not_all
 */
export async function withSnapshot<T>(
  database: Pick<Database, 'owner' | 'place'>,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  if (database.place === 'pglite') throw backupFault('backup.pglite');
  const client = await openDirect(database.owner);
  try {
    await client.query('begin isolation level repeatable read read only');
    await seeAll(client);
    const tables = await readShapes(client);
    if (tables.length > 0) {
      await client.query(
        `lock table ${quoted(tables.map(({ name }) => name))} in access share mode`,
      );
    }
    const { rows } = await client.query(
      `select id, hash, to_char(applied_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as applied_at
         from migration order by id collate "C"`,
    );
    const { rows: servers } = await client.query('show server_version');
    return await work({
      postgres: servers[0].server_version,
      migrations: rows,
      tables,
      rowsOf: (table) => copyOut(client, table),
    });
  } catch (error) {
    // A table that the keeper may not read: it is from before the migration that opens it.
    const { code } = error as { code?: string };
    throw code === deniedCode ? backupFault('backup.sees_not_all') : error;
  } finally {
    await client.end();
  }
}
