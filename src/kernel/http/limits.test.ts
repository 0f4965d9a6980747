import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../identity/api-keys.ts';
import { limits } from '../limits.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { Pace } from './pace.ts';

let opened: TestStore;
let server: FastifyInstance;
beforeAll(async () => {
  opened = await openTestStore();
  server = await openKernelServer(opened.store);
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
  expect(answer.json()).toMatchObject({ code: 'kernel.invalid', status: 422 });
});

test('a part of a path past all bounds is refused before cookies are read', async () => {
  const answer = await server.inject({
    url: `/api/v1/facts/${'x'.repeat(limits.path_part_chars + 1)}`,
  });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
  expect(answer.json()).toMatchObject({ code: 'kernel.malformed' });
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

const from = (remoteAddress: string, path: string, key = '') =>
  server.inject({
    url: path,
    remoteAddress,
    headers: key ? { authorization: `Bearer ${key}` } : {},
  });

test('a scanner of paths is held, and a good key beside it is not', async () => {
  const { as } = await openTestChain(opened.store, { dealer: 'dealer' });
  const { key } = await as('dealer', (tx) => createApiKey(tx, { name: 'k' }));
  const place = '192.0.2.10';
  expect((await from(place, '/api/v1/keys', key)).statusCode).toBe(200);
  for (let tries = 0; tries < limits.failures_per_minute; tries++) {
    await from(place, tries % 2 ? `/api/${tries}` : '/api/v1/keys', `made-up-${tries}`);
  }
  const held = await from(place, '/api/nothing');
  expect(held.json()).toMatchObject({ code: 'kernel.too_many', status: 429 });
  expect(held.json().messages.zh).toMatch(/\d+ 秒后再试/);
  expect(held.headers['content-type']).toMatch('application/problem+json');
  expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
  expect((await from(place, '/api/v1/keys', key)).statusCode).toBe(200);
  expect((await from('192.0.2.11', '/api/nothing')).statusCode).toBe(404);
});

test('all keys of a party share one budget, and nobody else’s claims use it up', () => {
  const clock = { now: () => opened.clock.now() };
  const pace = new Pace(clock);
  const headers: Record<string, unknown> = {};
  const reply = {
    header(name: string, value: unknown) {
      headers[name] = value;
    },
  };
  const actor = (party: string, key: string) => ({ chain: 'c', actor: { party, key, user: null } });
  const ask = (party: string, key: string) =>
    pace.spend(actor(party, key) as never, key, reply as never);
  const half = limits.party_requests_per_minute / 2;
  for (let count = 0; count < half; count++) {
    ask('one', 'a');
    ask('one', 'b');
  }
  expect(headers).toMatchObject({ 'ratelimit-remaining': 0, 'ratelimit-reset': 60 });
  expect(() => ask('one', 'c')).toThrow(/come again in 60 s/);
  expect(() => ask('two', 'd')).not.toThrow();
  opened.clock.set(new Date(opened.clock.now().getTime() + 60_000));
  expect(() => ask('one', 'c')).not.toThrow();
});
