import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { completeUscc, limits, type WebhookKeys } from '../../src/kernel/index.ts';
import {
  holdsUnder,
  openReceiver,
  type Receiver,
  verifiedJws,
} from '../../src/kernel/webhooks/testing.ts';
import { type RealServer, realServer } from './real-server.ts';

let server: RealServer;
let receiver: Receiver;
let key: string;

async function post<T>(path: string, body: object): Promise<T> {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.status, await reply.clone().text()).toBe(201);
  return (await reply.json()) as T;
}

const until = async (done: () => boolean, ms: number) => {
  const began = performance.now();
  while (!done() && performance.now() - began < ms) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
const openPlace = (name_zh: string) =>
  post<{ id: string }>('/api/v1/places', { name_zh, kind: 'cold_store' });

beforeAll(async () => {
  if (inject('postgres') === null) return;
  receiver = await openReceiver();
  server = await realServer({
    JINGWEI_WEBHOOK_HTTP: '1',
    JINGWEI_WEBHOOK_PORTS: String(receiver.port),
    JINGWEI_WEBHOOK_ALLOW: '127.0.0.1/32',
  });
  await server.start();
  const code = completeUscc('9141030000000009');
  const at = ['--chain', 'crash'];
  await server.jingwei('chains', 'create', '--slug', 'crash', '--name', '试链');
  await server.jingwei(
    ...['parties', 'create', ...at, '--code', code, '--name', '厂', '--role', 'core'],
  );
  key = await server.jingwei('keys', 'create', ...at, '--party', code);
}, 180_000);
afterAll(async () => {
  await server?.stop();
  server?.remove();
  await receiver?.close();
}, 30_000);

describe.skipIf(inject('postgres') === null)('a server that is killed while it sends', () => {
  it('sends again what it has no answer for, under the same id, and then the rest', async () => {
    const { secret } = await post<{ secret: string }>('/api/v1/webhooks', {
      url: receiver.url,
      description: 'ERP',
      kinds: ['goods.place.opened'],
    });
    receiver.answers(() => new Promise(() => {}));
    const opened = [await openPlace('一号库'), await openPlace('二号库')];
    await until(() => receiver.calls.length > 0, 20_000);
    expect(receiver.calls).toHaveLength(1);
    await server.kill();
    receiver.answers(() => ({ status: 204 }));
    await server.start();
    opened.push(await openPlace('三号库'));
    await until(() => receiver.calls.length >= 4, limits.webhook_lease_ms + 20_000);
    const [first, ...rest] = receiver.calls;
    expect(rest.map(({ id }) => id)[0]).toBe(first?.id);
    expect(new Set(rest.map(({ id }) => id)).size).toBe(opened.length);
    const subjects = rest.map(
      ({ json }) => (json.data as unknown as { subject_id: string }).subject_id,
    );
    expect(subjects).toEqual(opened.map(({ id }) => id));
    const reply = await fetch(`${server.url}/.well-known/jwks.json`);
    const jwks = (await reply.json()) as WebhookKeys['jwks'];
    expect(jwks.keys).toHaveLength(1);
    for (const call of receiver.calls) {
      expect(holdsUnder(secret, call)).toBe(true);
      // The key outlives the process: what was signed before it died still verifies.
      expect(await verifiedJws(call, jwks)).toMatchObject({ kid: jwks.keys[0]?.kid });
    }
  }, 120_000);
});
