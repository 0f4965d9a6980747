import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './api-keys.ts';
import { asBearer, authenticate } from './authenticate.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const later = (hours: number) =>
  opened.clock.set(new Date(opened.clock.now().getTime() + hours * 3_600_000));
const works = async (key: string) => (await authenticate(opened.store, key)) !== null;

test('a rotated key has two secrets for the overlap, then one', async () => {
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  const { id, key: first } = await as('maker', (tx) => createApiKey(tx, { name: 'ERP' }));
  const second = await as('maker', (tx) => rotateApiKey(tx, id, { overlap_hours: 24 }));
  expect(second.prefix).not.toContain(second.key.slice(-20));
  expect(await Promise.all([first, second.key].map(works))).toEqual([true, true]);
  later(25);
  expect(await Promise.all([first, second.key].map(works))).toEqual([false, true]);
  const third = await as('maker', (tx) => rotateApiKey(tx, id, { overlap_hours: 24 }));
  const fourth = await as('maker', (tx) => rotateApiKey(tx, id, {}));
  const all = [second.key, third.key, fourth.key];
  expect(await Promise.all(all.map(works))).toEqual([false, true, true]);
  await as('maker', (tx) => revokeApiKey(tx, id));
  expect(await Promise.all(all.map(works))).toEqual([false, false, false]);
  await expect(as('maker', (tx) => rotateApiKey(tx, id, {}))).rejects.toMatchObject({
    code: 'kernel.not_found',
  });
});

test('a key rotates no key that may do more than itself, and none of another party', async () => {
  const { as } = await openTestChain(opened.store, { maker: 'core', rival: 'dealer' });
  const { id } = await as('maker', (tx) => createApiKey(tx, { name: 'all' }));
  const scopes = ['identity.key.*'];
  const { key } = await as('maker', (tx) => createApiKey(tx, { name: 'IT', scopes }));
  const byKey = asBearer(opened.store, key, (tx) => rotateApiKey(tx, id, {}));
  await expect(byKey).rejects.toMatchObject({ code: 'kernel.not_permitted' });
  await expect(as('rival', (tx) => rotateApiKey(tx, id, {}))).rejects.toMatchObject({
    code: 'kernel.not_found',
  });
});

test('a key is refused what no route asks for, and an expiry that is over', async () => {
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  const make = (more: object) => as('maker', (tx) => createApiKey(tx, { name: 'k', ...more }));
  await expect(make({ scopes: ['identity.keys.read'] })).rejects.toMatchObject({
    code: 'identity.scope_unknown',
  });
  await expect(make({ expires_at: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
    code: 'identity.expiry_past',
  });
  const expires_at = new Date(opened.clock.now().getTime() + 3_600_000).toISOString();
  const { key } = await make({ expires_at });
  expect(await works(key)).toBe(true);
  later(2);
  expect(await works(key)).toBe(false);
});

test('when a key was used is known, and written once in a while', async () => {
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  const { key } = await as('maker', (tx) => createApiKey(tx, { name: 'ERP' }));
  const used = async () => (await as('maker', listApiKeys))[0]?.used_at;
  expect(await used()).toBeNull();
  await works(key);
  const first = await used();
  expect(first).toBe(opened.clock.now().toISOString());
  later(limits.used_minutes / 60 / 2);
  await works(key);
  expect(await used()).toBe(first);
  later(limits.used_minutes / 60);
  await works(key);
  expect(await used()).not.toBe(first);
});

test('keys of one moment stand in one order, the newest first', async () => {
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  const made: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    made.unshift((await as('maker', (tx) => createApiKey(tx, { name }))).id);
  }
  expect((await as('maker', listApiKeys)).map(({ id }) => id)).toEqual(made);
});
