import type { FastifyInstance } from 'fastify';
import { inject } from 'vitest';
import { seededClock } from './clock.ts';
import { openPglite } from './db/pglite.ts';
import { openStore, type Store, type Tx } from './db/tx.ts';
import type { Module } from './http/route.ts';
import { openServer, type ServerOptions } from './http/server.ts';
import { completeUscc } from './identifiers/uscc.ts';
import { type Chain, createChain, onBehalfOf } from './identity/chains.ts';
import { addParty, type Party } from './identity/parties.ts';
import { openVault } from './identity/vault.ts';
import { openLog } from './log.ts';
import { kernel } from './module.ts';
import type { ChainRole } from './schema.ts';
import { migrateAll, openOnServer, type TestServer } from './test-server.ts';

export { webhookKeysOf } from './webhooks/signing-key.ts';
export {
  type Call,
  holdsUnder,
  newKey,
  openReceiver,
  type Receiver,
  rulesFor,
  verifiedJws,
} from './webhooks/testing.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer | null;
  }
}

export type TestStore = {
  store: Store;
  clock: ReturnType<typeof seededClock>;
  close(): Promise<void>;
};

/**
 * A fresh, migrated database for one test file, with a clock that stands still until it is set.
 * PostgreSQL where the test run has a server, otherwise (or where asked for) PGlite in memory.
 */
export async function openTestStore(
  modules: readonly Module[] = [],
  options: { place?: 'postgres' | 'pglite'; start?: string } = {},
): Promise<TestStore> {
  const server = inject('postgres');
  const onPglite = options.place === 'pglite' || server === null;
  const database = onPglite ? await openPglite(null) : await openOnServer(server);
  const clock = seededClock(options.start ?? '2026-03-02T01:00:00.000Z', 7);
  await migrateAll(database, modules, clock.now().toISOString());
  const store = openStore(database, clock);
  store.vault = openVault(Buffer.alloc(32, 7), clock);
  return { store, clock, close: () => database.close() };
}

/** A server of the kernel alone, without the console; `more` in place of what it has. */
export function openKernelServer(
  store: Store,
  more: Partial<ServerOptions> = {},
): Promise<FastifyInstance> {
  return openServer(store, {
    modules: [kernel],
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
    ...more,
  });
}

/** A chain with one party for each name given, and a way to act for any of them. */
export async function openTestChain<Name extends string>(
  store: Store,
  roles: Record<Name, ChainRole>,
) {
  const chain: Chain = await createChain(store, {
    slug: `t-${store.newId().slice(-12)}`,
    name_zh: '测试链',
    name_en: 'Test chain',
  });
  const parties = {} as Record<Name, Party>;
  let serial = 0;
  for (const [name, role] of Object.entries<ChainRole>(roles)) {
    const number = (Number.parseInt(chain.id.slice(-6), 16) + serial++).toString().padStart(8, '0');
    const uscc = completeUscc(`91410100${number.slice(-8)}`);
    parties[name as Name] = await onBehalfOf(store, chain, store.newId(), (tx) =>
      addParty(tx, { name_zh: name, roles: [role], uscc }, { status: 'active', verified: true }),
    );
  }
  const as = <T>(name: Name, work: (tx: Tx) => Promise<T>) =>
    onBehalfOf(store, chain, parties[name].id, work);
  return { chain, parties, as };
}
