import type { FastifyInstance } from 'fastify';
import { createApiKey, openLog, openServer } from '../../../kernel/index.ts';
import { openTestChain, openTestStore } from '../../../kernel/testing.ts';
import { captureBindings, goods } from '../index.ts';
import type { Catalogue } from '../shelf/names.ts';

export type Reply = { status: number; headers: Record<string, unknown>; body: string };

/**
 * A server of goods alone, with firms of one chain that each have a key, and with a catalogue that
 * knows nothing where none is given.
 */
export async function openRepository<Name extends string>(
  firms: Record<Name, 'supplier' | 'core'>,
  catalogue: Catalogue = async () => [],
) {
  const bindings = [...captureBindings(catalogue), ...(goods.bindings ?? [])];
  const test = await openTestStore([goods]);
  const { parties, as } = await openTestChain(test.store, firms);
  const keys = {} as Record<Name, string>;
  for (const name of Object.keys(firms) as Name[]) {
    keys[name] = (await as(name, (tx) => createApiKey(tx, { name: 'epcis' }))).key;
  }
  const server: FastifyInstance = await openServer(test.store, {
    modules: [{ ...goods, bindings }],
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  async function send(
    name: Name,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS',
    path: string,
    given: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Reply> {
    const { statusCode, headers, body } = await server.inject({
      method,
      url: `/epcis${path}`,
      headers: { authorization: `Bearer ${keys[name]}`, ...given.headers },
      ...(given.body === undefined ? {} : { payload: given.body }),
    });
    return { status: statusCode, headers, body };
  }
  return {
    test,
    parties,
    as,
    keys,
    server,
    send,
    async close() {
      await server.close();
      await test.close();
    },
  };
}
export type Repository = Awaited<ReturnType<typeof openRepository<'maker' | 'dealer' | 'rival'>>>;

export const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** A document of events in JSON-LD. */
export function documentOf(events: readonly object[], more: object = {}): string {
  return JSON.stringify({
    '@context': [CONTEXT, { ex: 'https://ns.example.com/' }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-02T01:00:00Z',
    epcisBody: { eventList: events },
    ...more,
  });
}

export const eventsIn = (body: string) =>
  JSON.parse(body).epcisBody.queryResults.resultsBody.eventList as Record<string, unknown>[];
