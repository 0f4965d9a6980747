import type { FastifyInstance } from 'fastify';
import { modules } from '../../../src/app/modules.ts';
import {
  type Chain,
  type ChainRole,
  createApiKey,
  openLog,
  openServer,
  type Party,
  type Providers,
  type Tx,
} from '../../../src/kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../../src/kernel/testing.ts';

export type World<Name extends string> = {
  test: TestStore;
  server: FastifyInstance;
  chain: Chain;
  parties: Record<Name, Party>;
  /** An API key with every permission for each party. */
  keys: Record<Name, string>;
  as<T>(name: Name, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Says of whoever comes that it is the account `works-1`: what is tried here lies behind it. */
const providers: Providers = {
  offered: [{ id: 'works', name: { zh: '集团', en: 'Group' }, issuer: 'https://id.works.example' }],
  wayTo: async () => 'https://id.works.example/authorize',
  shownBy: async () => ({
    issuer: 'https://id.works.example',
    subject: 'works-1',
    label: 'w@works.example',
  }),
};

/** The whole platform behind HTTP: a fresh database, one chain, a key for each of its parties. */
export async function openWorld<Name extends string>(
  roles: Record<Name, ChainRole>,
  options: Parameters<typeof openTestStore>[1] = {},
): Promise<World<Name>> {
  const test = await openTestStore(modules, options);
  const { chain, parties, as } = await openTestChain(test.store, roles);
  const keys = {} as Record<Name, string>;
  for (const name of Object.keys(roles) as Name[]) {
    keys[name] = (await as(name, (tx) => createApiKey(tx, { name: 'story' }))).key;
  }
  const server = await openServer(test.store, {
    modules,
    log: openLog('silent'),
    https: false,
    providers,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  return {
    test,
    server,
    chain,
    parties,
    keys,
    as,
    async close() {
      await server.close();
      await test.close();
    },
  };
}
