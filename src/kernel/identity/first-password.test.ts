import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { createApiKey } from './api-keys.ts';
import { resetFactors } from './rescue.ts';

const given = 'teapot-harbour-lantern';
const chosen = 'gravel-sunday-otter';
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

type Method = 'GET' | 'POST';

async function ask(method: Method, path: string, credential: string, payload?: object) {
  const reply = await server.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${credential}` },
    ...(payload ? { payload } : {}),
  });
  return { status: reply.statusCode, body: reply.json() };
}

async function signIn(password: string) {
  const reply = await server.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: 'newcomer', password },
  });
  const session = reply.cookies.find(({ name }) => name === 'jingwei')?.value ?? '';
  return { session, status: reply.statusCode, body: reply.json() };
}

/** Held until the password is one's own; then signed in with it. */
async function changeAtTheGate(password: string, fresh: string): Promise<void> {
  const { session, body } = await signIn(password);
  expect(body).toMatchObject({ held: 'new_password' });
  for (const path of ['/people', '/account/guard', '/account/sessions', '/facts/stream']) {
    const refused = await ask('GET', path, session);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'identity.password_due' });
  }
  const to = (next: string) =>
    ask('POST', '/account/password', session, { old: password, fresh: next });
  expect((await to(password)).body).toMatchObject({ code: 'identity.same_password' });
  expect((await ask('GET', '/people', session)).status).toBe(403);
  expect((await to(fresh)).status).toBe(200);
  expect((await ask('GET', '/people', session)).status).toBe(200);
  expect((await signIn(password)).status).toBe(401);
  expect((await signIn(fresh)).body).toMatchObject({ held: null });
}

test('a password that somebody else chose opens nothing but the way to one’s own', async () => {
  const { as } = await openTestChain(opened.store, { works: 'core' });
  const { key } = await as('works', (tx) => createApiKey(tx, { name: 'boss' }));
  const person = { login: 'newcomer', name: '新人', role: 'trade', password: given };
  expect((await ask('POST', '/people', key, person)).status).toBe(201);
  await changeAtTheGate(given, chosen);
  // Whoever runs the installation helps with another one, and it is no longer lived than the first.
  await resetFactors(opened.store, 'newcomer', given);
  await changeAtTheGate(given, `${chosen}-too`);
  await resetFactors(opened.store, 'newcomer');
  expect((await signIn(`${chosen}-too`)).body, 'their own stays theirs').toMatchObject({
    held: null,
  });
});
