import type { FastifyInstance } from 'fastify';
import { commerce } from '../../flows/commerce/index.ts';
import { data } from '../../flows/data/index.ts';
import { goods } from '../../flows/goods/index.ts';
import { money } from '../../flows/money/index.ts';
import {
  createApiKey,
  kernel,
  type Module,
  openLog,
  openServer,
  type Tx,
} from '../../kernel/index.ts';
import { openTestChain, openTestStore } from '../../kernel/testing.ts';
import { trade } from './index.ts';

/**
 * A server of all four flows and a chain of a buyer, a seller and somebody else, for tests.
 * @param more services beside trade
 */
export async function openTradeServer(more: readonly Module[] = []) {
  const modules = [commerce, goods, money, data, trade, ...more];
  const test = await openTestStore(modules);
  const server: FastifyInstance = await openServer(test.store, {
    modules: [kernel, ...modules],
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  const chain = await openTestChain(test.store, {
    buyer: 'core',
    seller: 'supplier',
    other: 'dealer',
  });
  type Who = keyof typeof chain.parties;
  const keys = new Map<string, string>();

  /** The credential of a party; with scopes, one that may do only that. */
  async function keyOf(who: Who, scopes?: string[]): Promise<string> {
    const name = `${who} ${scopes?.join() ?? ''}`;
    const given = { name: 'test', ...(scopes ? { scopes } : {}) };
    const made = keys.get(name) ?? (await chain.as(who, (tx) => createApiKey(tx, given))).key;
    keys.set(name, made);
    return `Bearer ${made}`;
  }

  return {
    server,
    ...{ store: test.store, clock: test.clock },
    parties: chain.parties,
    as: <T>(who: Who, work: (tx: Tx) => Promise<T>) => chain.as(who, work),
    keyOf,
    async post(
      who: Who,
      bytes: Uint8Array | string,
      { query = '', type = 'application/xml', scopes }: PostOptions = {},
    ) {
      return server.inject({
        method: 'POST',
        url: `/api/v1/documents${query}`,
        headers: { authorization: await keyOf(who, scopes), 'content-type': type },
        payload: Buffer.from(bytes),
      });
    },
    async get(who: Who, url: string, accept = 'application/json') {
      const headers = { authorization: await keyOf(who), accept };
      return server.inject({ method: 'GET', url, headers });
    },
    async send(who: Who, url: string, payload: Record<string, unknown>, method: Sent = 'POST') {
      const headers = { authorization: await keyOf(who) };
      return server.inject({ method, url, headers, payload });
    },
    /** What the API answers, which has to be good. @throws where it is not, with the answer */
    async done(who: Who, url: string, payload: Record<string, unknown>) {
      return goodJson(await this.send(who, `/api/v1/${url}`, payload));
    },
    async read(who: Who, url: string) {
      return goodJson(await this.get(who, `/api/v1/${url}`));
    },
    async end(who: Who, url: string) {
      const headers = { authorization: await keyOf(who) };
      return server.inject({ method: 'DELETE', url, headers });
    },
    async close() {
      await server.close();
      await test.close();
    },
  };
}

function goodJson({ statusCode, body }: { statusCode: number; body: string }) {
  if (statusCode >= 300) throw new Error(`${statusCode} ${body}`);
  return JSON.parse(body);
}

type Sent = 'POST' | 'PATCH';
type PostOptions = { query?: string; type?: string; scopes?: string[] };
export type TradeServer = Awaited<ReturnType<typeof openTradeServer>>;
