import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../identity/api-keys.ts';
import { limits } from '../limits.ts';
import { openLog } from '../log.ts';
import { kernel } from '../module.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { openServer } from './server.ts';

let opened: TestStore;
let server: FastifyInstance;
beforeAll(async () => {
  opened = await openTestStore();
  server = await openServer(opened.store, {
    modules: [kernel],
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

test('a day before all calendars is refused, not stumbled over', async () => {
  const { as, parties } = await openTestChain(opened.store, { dealer: 'dealer', maker: 'core' });
  const { key } = await as('dealer', (tx) => createApiKey(tx, { name: 'k' }));
  const share = { reader_id: parties.maker.id, scope: 'stock', purpose: '补货' };
  const answer = await server.inject({
    method: 'POST',
    url: '/api/v1/sharing-agreements',
    headers: { authorization: `Bearer ${key}` },
    payload: { ...share, valid_until: '0000-01-01T00:00:00Z' },
  });
  expect(answer.json()).toMatchObject({ code: 'kernel.malformed', status: 400 });
});

test('an id in capitals is the same id', async () => {
  const { as, parties } = await openTestChain(opened.store, { dealer: 'dealer' });
  const { key } = await as('dealer', (tx) => createApiKey(tx, { name: 'k' }));
  const answer = await server.inject({
    method: 'POST',
    url: '/api/v1/sharing-agreements',
    headers: { authorization: `Bearer ${key}` },
    payload: { reader_id: parties.dealer.id.toUpperCase(), scope: 'stock', purpose: '自己' },
  });
  expect(answer.json()).toMatchObject({ code: 'identity.shares_with_itself' });
});

test('a guesser of passwords is one guesser, whatever credential it makes up', async () => {
  let last = 0;
  for (let tries = 0; tries <= limits.sign_in_tries_per_minute; tries++) {
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { authorization: `Bearer made-up-${tries}` },
      // A login too long to be looked up: the limit stands before the password is.
      payload: { login: 'x'.repeat(101), password: 'guess' },
    });
    last = answer.statusCode;
  }
  expect(last).toBe(429);
});
