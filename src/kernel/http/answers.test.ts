import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiKey } from '../identity/api-keys.ts';
import { kernel } from '../module.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { type Module, openRoute } from './route.ts';
import { openServer } from './server.ts';

const open = { method: 'POST', summary: { zh: '', en: '' }, faults: [] } as const;

/** One route that breaks, and one that gives back what it was given, and more. */
const odd: Module = {
  name: 'odd',
  migrations: null,
  faults: {},
  routes: [
    openRoute({
      ...open,
      id: 'session.break',
      path: '/api/v1/break',
      reply: z.object({}),
      run: async () => {
        throw new Error('select secret\nfrom vault');
      },
    }),
    openRoute({
      ...open,
      id: 'session.wait',
      path: '/api/v1/wait',
      reply: z.object({}),
      run: async () => {
        const why = 'canceling statement due to statement timeout';
        throw Object.assign(new Error(why), { code: '57014' });
      },
    }),
    openRoute({
      ...open,
      id: 'session.echo',
      path: '/api/v1/echo',
      query: z.object({ limit: z.coerce.number().optional() }),
      body: z.object({ name: z.string() }),
      reply: z.object({ given: z.object({ name: z.string() }), fields: z.array(z.string()) }),
      run: async (_door, { body }) => ({
        given: { ...body, secret_hash: 'never' },
        fields: Object.keys(body),
        owner_id: 'never',
      }),
    }),
  ],
};

let opened: TestStore;
let server: FastifyInstance;
let key: string;
const lines: string[] = [];

beforeAll(async () => {
  opened = await openTestStore();
  server = await openServer(opened.store, {
    modules: [kernel, odd],
    log: pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  ({ key } = await as('maker', (tx) => createApiKey(tx, { name: 'k' })));
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

const echo = (payload: string, query = '') =>
  server.inject({
    method: 'POST',
    url: `/api/v1/echo${query}`,
    headers: { 'content-type': 'application/json' },
    payload,
  });

test('what breaks is one line of the log, and the client learns its number alone', async () => {
  const answer = await server.inject({ method: 'POST', url: '/api/v1/break' });
  expect(answer.json()).toMatchObject({ code: 'kernel.failed', status: 500 });
  expect(answer.body).not.toMatch(/select|vault|\.ts|node_modules/);
  const [line = '{}', ...more] = lines.filter((one) => one.includes('request failed'));
  expect(more).toEqual([]);
  expect(line.trimEnd()).not.toContain('\n');
  const { request, route } = JSON.parse(line) as { request: string; route: string };
  expect(route).toBe('/api/v1/break');
  expect(answer.json().messages.en).toContain(request);
});

test('whoever waited too long for others in the database is told to come again', async () => {
  const answer = await server.inject({ method: 'POST', url: '/api/v1/wait' });
  expect(answer.json()).toMatchObject({ code: 'kernel.busy', status: 503 });
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(lines.filter((one) => one.includes('took too long')).length).toBe(1);
});

describe('a field that no schema names', () => {
  test('comes in nowhere and goes out nowhere', async () => {
    const answer = await echo('{"name":"a","owner_id":"mine","role":"admin"}');
    expect(answer.json()).toEqual({ given: { name: 'a' }, fields: ['name'] });
  });

  test('and reaches for a prototype is refused', async () => {
    for (const own of [
      '{"name":"a","__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{}}}',
    ]) {
      expect((await echo(own)).statusCode, own).toBe(400);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

test('a parameter given twice, or elsewhere than its route wants it, is not taken', async () => {
  expect((await echo('{"name":"a"}', '?limit=1')).statusCode).toBe(200);
  expect((await echo('{"name":"a"}', '?limit=1&limit=2')).statusCode).toBe(422);
  expect((await echo('{}', '?name=a')).statusCode).toBe(422);
});

describe('a file', () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
  const keep = (payload: Buffer, type: string, name = 'a.png') =>
    server.inject({
      method: 'POST',
      url: '/api/v1/files',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': type,
        'x-file-name': encodeURIComponent(name),
      },
      payload,
    });

  test('is what its bytes say, and of the few kinds that are taken', async () => {
    expect((await keep(png, 'image/png')).statusCode).toBe(201);
    expect((await keep(png, 'application/pdf')).statusCode).toBe(415);
    expect((await keep(Buffer.from('<svg onload="x()"/>'), 'image/svg+xml')).statusCode).toBe(415);
    expect((await keep(Buffer.from('<script>x()</script>'), 'text/html')).statusCode).toBe(415);
  });

  test('is given back to be saved and not shown, whatever its name says', async () => {
    const name = '../门口"; filename=evil.html\r\nX-Evil: 1';
    const { id } = (await keep(png, 'image/png', name)).json();
    const { headers, rawPayload } = await server.inject({
      url: `/api/v1/files/${id}`,
      headers: { authorization: `Bearer ${key}` },
    });
    expect(rawPayload.equals(png)).toBe(true);
    expect(headers['content-type']).toBe('image/png');
    expect(headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    expect(headers).not.toHaveProperty('x-evil');
  });
});
