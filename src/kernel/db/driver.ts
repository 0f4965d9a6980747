import { createHash } from 'node:crypto';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import { limits } from '../limits.ts';
import { flightOf } from '../operating/tracing.ts';
import type { Tables } from './generated/tables.ts';

const textOf = (value: string) => value;
/** '2026-11-23 04:33:11.123+00' as PostgreSQL writes it in UTC → '2026-11-23T04:33:11.123Z'. */
export const instantOf = (value: string) => {
  const [day, time = '00:00:00+00'] = value.split(' ');
  const [clock = '', fraction = ''] = time.replace(/[+-]00(:00)?$/, '').split('.');
  return `${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
};

/** One set of parsers for every place of the database: what a row holds never depends on it. */
const parsers = new Map<number, (value: string) => unknown>([
  [20, BigInt],
  [1082, textOf],
  [1114, textOf],
  [1184, instantOf],
  [1186, textOf],
  [1700, textOf],
  [17, (value) => new Uint8Array(Buffer.from(value.slice(2), 'hex'))],
  [1016, (value) => (value === '{}' ? [] : value.slice(1, -1).split(',').map(BigInt))],
]);

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ??
    pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * Statement text → prepared-statement name. A text is prepared once it has come back twice: lists
 * of changing length would otherwise fill the server with statements nobody runs again.
 */
const seen = new Map<string, number>();
const names = new Map<string, string>();

function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= limits.prepared_statements) return undefined;
  const count = (seen.get(text) ?? 0) + 1;
  if (count < 3) {
    if (seen.size > 10 * limits.prepared_statements) seen.clear();
    seen.set(text, count);
    return undefined;
  }
  seen.delete(text);
  const name = `jw_${createHash('sha1').update(text).digest('base64url')}`;
  names.set(text, name);
  return name;
}

type Corked = {
  connection?: { stream?: { writableCorked: number; cork(): void; uncork(): void } };
};

/** Holds a connection's bytes back until the running code waits: one system call, not twenty. */
function gather(client: pg.ClientBase): void {
  const stream = (client as unknown as Corked).connection?.stream;
  if (!stream || stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Sends text as it is: the begin, the context and the end of a transaction. */
export function sendText(client: pg.ClientBase, text: string): Promise<pg.QueryResult> {
  gather(client);
  return client.query(text);
}

/**
 * Sends one statement at once and gives its answer later. Connections are pipelined: statements run
 * in the order in which they are sent, whether anybody has waited for the one before or not.
 */
export function runStatement(
  client: pg.ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult> {
  gather(client);
  const name = preparedName(text);
  const answer = client.query({ text, values: values as unknown[], ...(name ? { name } : {}) });
  return flightOf(text, answer);
}

function connectionOf(client: pg.ClientBase): DatabaseConnection {
  return {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const result = await runStatement(client, query.sql, query.parameters);
      return {
        rows: result.rows as R[],
        ...(result.rowCount === null ? {} : { numAffectedRows: BigInt(result.rowCount) }),
      };
    },
    streamQuery() {
      throw new Error('Lists are paged, not streamed.');
    },
  };
}

function dialectOf(client: pg.ClientBase): Dialect {
  const connection = connectionOf(client);
  const refuse = async () => {
    throw new Error('A command runs inside the one transaction that it was given.');
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  return {
    createDriver: () => driver,
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

const builders = new WeakMap<pg.ClientBase, Kysely<Tables>>();

/** The query builder that is bound to one connection, made once for it. */
export function builderFor(client: pg.ClientBase): Kysely<Tables> {
  let builder = builders.get(client);
  if (builder === undefined) {
    builder = new Kysely<Tables>({ dialect: dialectOf(client) });
    builders.set(client, builder);
  }
  return builder;
}
