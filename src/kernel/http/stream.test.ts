import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../identity/api-keys.ts';
import { limits } from '../limits.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { recordFacts } from '../trust/facts.ts';

let opened: TestStore;
let server: FastifyInstance;
let chain: Awaited<ReturnType<typeof openTestChain<'maker' | 'other'>>>;
let key: string;

beforeAll(async () => {
  opened = await openTestStore();
  chain = await openTestChain(opened.store, { maker: 'core', other: 'dealer' });
  server = await openKernelServer(opened.store);
  await server.listen({ port: 0, host: '127.0.0.1' });
  ({ key } = await chain.as('maker', (tx) => createApiKey(tx, { name: 'listener' })));
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

const record = (count: number, who: 'maker' | 'other' = 'maker') =>
  chain.as(who, (tx) =>
    recordFacts(
      tx,
      Array.from({ length: count }, () => ({
        type: 'test.thing.happened',
        subject: tx.newId(),
        parties: [tx.actor.party],
        body: {},
      })),
    ),
  );

/** Listens as a browser does, from behind the fact that it heard last. */
async function listen(last?: string) {
  const { port } = server.server.address() as AddressInfo;
  const leaving = new AbortController();
  const reply = await fetch(`http://127.0.0.1:${port}/api/v1/facts/stream`, {
    headers: { authorization: `Bearer ${key}`, ...(last ? { 'last-event-id': last } : {}) },
    signal: leaving.signal,
  });
  const heard: string[] = [];
  const reading = (async () => {
    let text = '';
    for await (const chunk of reply.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) heard.push(...(/^id: (.*)$/m.exec(part)?.slice(1) ?? []));
    }
  })().catch(() => {});
  return {
    heard,
    hears: (ids: readonly string[]) =>
      expect.poll(() => ids.filter((id) => !heard.includes(id)), { timeout: 20_000 }).toEqual([]),
    async leave() {
      leaving.abort();
      await reading;
    },
  };
}

test('a listener hears more facts than one page holds, each once, and no others', async () => {
  const listener = await listen();
  const theirs = await record(1, 'other');
  const ids = await record(2 * limits.page_rows + 50);
  await listener.hears(ids);
  expect(new Set(listener.heard).size).toBe(listener.heard.length);
  expect(listener.heard).not.toContain(theirs[0]);
  await listener.leave();
});

test('a key that may not read facts hears none', async () => {
  const narrow = await chain.as('maker', (tx) =>
    createApiKey(tx, { name: 'narrow', scopes: ['identity.party.read'] }),
  );
  const said = await server.inject({
    url: '/api/v1/facts/stream',
    headers: { authorization: `Bearer ${narrow.key}` },
  });
  expect([said.statusCode, said.json().code]).toEqual([403, 'kernel.not_permitted']);
});

test('a listener that was cut off goes on behind what it heard last', async () => {
  const listener = await listen();
  const heard = await record(3);
  await listener.hears(heard);
  await listener.leave();
  const missed = await record(limits.page_rows + 20);
  opened.clock.set(new Date(opened.clock.now().getTime() + 3_600_000));
  const again = await listen(heard.at(-1));
  await again.hears(missed);
  await again.leave();
});
