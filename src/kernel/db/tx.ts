import type { CompiledQuery, Insertable, Kysely } from 'kysely';
import type pg from 'pg';
import { assert } from '../assert.ts';
import type { Bytes, Clock } from '../clock.ts';
import { dateInZone } from '../dates.ts';
import { fault } from '../faults.ts';
import type { PrefixFormats } from '../identifiers/prefix-formats.ts';
import type { Vault } from '../identity/vault.ts';
import { idMaker } from '../ids.ts';
import { limits } from '../limits.ts';
import { inSpan } from '../operating/tracing.ts';
import type { ChainRole, Scope } from '../schema.ts';
import { type CallRules, strictRules } from '../webhooks/call-rules.ts';
import { builderFor, runStatement, sendText } from './driver.ts';
import type { Tables } from './generated/tables.ts';
import { insertOf, type Row } from './insert.ts';
import type { Database } from './place.ts';

/** On whose behalf a command runs, and what that party may do and read. */
export type Actor = {
  party: string;
  user: string | null;
  key: string | null;
  roles: readonly ChainRole[];
  /** Patterns such as `commerce.*.*`; see identity/permissions. */
  permissions: readonly string[];
  /** Owners whose rows of a scope the actor may read, from live sharing agreements. */
  reads: Partial<Record<Scope, readonly string[]>>;
};

/** One command = one transaction = one chain. The only source of time and ids. */
export type Tx = {
  db: Kysely<Tables>;
  chain: string;
  zone: string;
  actor: Actor;
  now: string;
  /** The business date in the chain's zone. */
  today: string;
  newId(): string;
  random(bytes: Bytes): Bytes;
  /**
   * Sends a statement whose answer nobody needs, without waiting for it. Statements run in the
   * order in which they are sent; one that fails fails the whole command at its end, at the latest.
   */
  write(query: { compile(builder: Kysely<Tables>): CompiledQuery }): void;
  /**
   * Inserts rows of the same columns, sent as `write` sends. Most of what a command writes are new
   * rows, and building such a statement anew each time was a fifth of the server's work.
   */
  append<Table extends keyof Tables & string>(
    table: Table,
    rows: readonly Insertable<Tables[Table]>[],
  ): void;
  /** Waits for what was written so far. @throws the first error among it */
  settle(): Promise<void>;
  /** Encrypts what the database must give back; null where the installation has no key. */
  vault: Vault | null;
  /** Where users may have the platform call. */
  call_rules: CallRules;
  /** Where the codes on packs lead, `https://host`; null where the operator has not said it. */
  resolver: string | null;
  /** How long company prefixes are, where the operator has given GS1's table. */
  prefix_formats: PrefixFormats;
  /** Told of each fact once the transaction is durable. */
  recorded: { id: string; type: string; parties: readonly string[] }[];
};

export type TxContext = {
  chain: string;
  zone: string;
  actor: Actor;
  bearer?: string;
  /** The database takes no write. */
  read_only?: true;
};

/** What is needed to run commands: a database, time, and who listens for new facts. */
export type Store = {
  database: Database;
  clock: Clock;
  newId(): string;
  onRecorded(chain: string, facts: Tx['recorded']): void;
  /** Commits without waiting for the disk: for a simulated past that is loaded again when cut. */
  relaxed: boolean;
  /** Encrypts what the database must give back; null where the installation has no key. */
  vault: Vault | null;
  call_rules: CallRules;
  resolver: string | null;
  prefix_formats: PrefixFormats;
};

export function openStore(
  database: Database,
  clock: Clock,
  onRecorded: Store['onRecorded'] = () => {},
  relaxed = false,
  vault: Vault | null = null,
): Store {
  const call_rules = strictRules;
  const newId = idMaker(clock);
  return {
    ...{ database, clock, newId, onRecorded, relaxed, vault, call_rules },
    ...{ resolver: null, prefix_formats: new Map() },
  };
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID as a quoted literal. `set` takes no parameters, so nothing else ever gets this far. */
export function quoteUuid(id: string): string {
  assert(uuidShape.test(id), 'a context value is a UUID');
  return `'${id}'`;
}

/** Whom a transaction is opened for: claimed by a credential until it is looked up. */
export type Claims = {
  chain: string;
  party: string;
  user?: string | null;
  bearer?: string;
  read_only?: true;
};

function prelude(store: Store, claims: Claims): string {
  let text =
    `begin${claims.read_only ? ' read only' : ''}; ` +
    (store.relaxed ? 'set local synchronous_commit = off; ' : '') +
    store.database.role_prelude +
    `set local jingwei.chain_id = ${quoteUuid(claims.chain)}; ` +
    `set local jingwei.actor_id = ${quoteUuid(claims.party)}; `;
  if (claims.user) text += `set local jingwei.user_id = ${quoteUuid(claims.user)}; `;
  if (claims.bearer) text += `set local jingwei.bearer_id = ${quoteUuid(claims.bearer)}; `;
  return text;
}

function readsText({ reads }: Actor): string {
  const lists = Object.entries(reads).map(([scope, owners]) => {
    assert(owners.length <= limits.reads_owners, 'a reader has at most limits.reads_owners owners');
    const list = owners.map((owner) => quoteUuid(owner).slice(1, -1)).join(',');
    return `set local jingwei.reads_${scope} = '{${list}}'; `;
  });
  return lists.join('');
}

const retryable = new Set(['40001', '40P01']);

/**
 * Runs `work` in one transaction on behalf of an actor: all of it or nothing. A serialisation
 * failure or a deadlock runs it again; `work` must therefore have no effect outside the database.
 *
 * @throws kernel.busy when it failed so for limits.transaction_tries times.
 */
export async function withTx<T>(
  store: Store,
  context: TxContext,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const { chain, bearer, actor, read_only } = context;
  const who = { chain, party: actor.party, user: actor.user };
  const claims = { ...who, ...(bearer ? { bearer } : {}), ...(read_only ? { read_only } : {}) };
  return withClaims(store, claims, async () => context, work);
}

/**
 * Like `withTx`, for a credential whose claims are looked up inside the transaction that they open:
 * one journey to the database instead of two.
 * @param look finds out who it is, under the claims; it throws where they are worth nothing.
 */
export async function withClaims<T>(
  store: Store,
  claims: Claims,
  look: (client: pg.PoolClient) => Promise<TxContext>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return inSpan('transaction', {}, () => untilDone(store, claims, look, work));
}

async function untilDone<T>(
  store: Store,
  claims: Claims,
  look: (client: pg.PoolClient) => Promise<TxContext>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const client = await store.database.app.connect();
    let broken: Error | undefined;
    const began = performance.now();
    const opened = keep(sendText(client, prelude(store, claims)));
    const sent: Promise<pg.QueryResult>[] = [opened];
    try {
      const context = await look(client);
      // PGlite has no log-in: until its role is set, nothing would hold a command back.
      if (store.database.role_prelude !== '') await opened;
      const reads = readsText(context.actor);
      if (reads) sent.push(keep(sendText(client, reads)));
      const tx = makeTx(store, context, client, sent);
      const result = await work(tx);
      if (performance.now() - began > limits.transaction_ms) throw fault('kernel.busy');
      await inSpan('commit', {}, () => commit(client, sent));
      if (tx.recorded.length > 0) store.onRecorded(tx.chain, tx.recorded);
      return result;
    } catch (error) {
      // Without its context a command sees nothing, and would call missing what is there.
      const cause = await opened.then(
        () => firstFailure(sent, error),
        (unopened: unknown) => unopened,
      );
      broken = await rollBack(client);
      if (!retryable.has((cause as { code?: string }).code ?? '')) throw cause;
      if (tries >= limits.transaction_tries) throw fault('kernel.busy');
    } finally {
      client.release(broken);
    }
  }
}

/** A failure of a statement that nobody waits for yet must not end the process. */
function keep<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/**
 * A statement that never left (a value that cannot be written as text) fails here and not in the
 * database, which would commit without it. Its promise is rejected by now and only has to be heard:
 * that takes turns of this queue, no answer from anywhere.
 */
async function refuseUnsent(sent: readonly Promise<unknown>[]): Promise<void> {
  let failed: { reason: unknown } | null = null;
  for (const one of sent) one.catch((reason) => (failed ??= { reason }));
  for (let turn = 0; turn < 5 && failed === null; turn++) await null;
  if (failed !== null) throw (failed as { reason: unknown }).reason;
}

/**
 * Ends the transaction behind whatever is still under way. PostgreSQL answers `commit` with a
 * rollback when one of the statements before it failed, so nothing is half done.
 */
async function commit(client: pg.PoolClient, sent: readonly Promise<unknown>[]): Promise<void> {
  await refuseUnsent(sent);
  const ended = keep(sendText(client, 'commit'));
  for (const one of sent) await one;
  const { command } = await ended;
  assert(command === 'COMMIT', 'a transaction without a failed statement commits');
}

const inFailedTransaction = '25P02';

/**
 * The error that began it. Behind it every statement fails only because the transaction has, and
 * what a command then takes for missing is what it failed to write.
 */
async function firstFailure(sent: readonly Promise<unknown>[], error: unknown): Promise<unknown> {
  const settled = await Promise.allSettled(sent);
  const first = settled.find(
    (one) => one.status === 'rejected' && one.reason?.code !== inFailedTransaction,
  );
  return first?.status === 'rejected' ? first.reason : error;
}

function makeTx(
  store: Store,
  context: TxContext,
  client: pg.PoolClient,
  sent: Promise<pg.QueryResult>[],
): Tx {
  const now = store.clock.now().toISOString();
  return {
    db: builderFor(client),
    chain: context.chain,
    zone: context.zone,
    actor: context.actor,
    now,
    get today() {
      return dateInZone(now, context.zone);
    },
    newId: store.newId,
    random: store.clock.random,
    vault: store.vault,
    call_rules: store.call_rules,
    resolver: store.resolver,
    prefix_formats: store.prefix_formats,
    write(query) {
      const { sql, parameters } = query.compile(builderFor(client));
      sent.push(keep(runStatement(client, sql, parameters)));
    },
    append(table, rows) {
      if (rows.length === 0) return;
      const { text, values } = insertOf(table, rows as readonly Row[]);
      sent.push(keep(runStatement(client, text, values)));
    },
    async settle() {
      const settled = await Promise.allSettled(sent.splice(0));
      const failed = settled.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    },
    recorded: [],
  };
}

/** Rolls back; returns the error of a connection that is not fit to go back to the pool. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await sendText(client, 'rollback');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
