import { channel } from 'node:diagnostics_channel';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { modules } from '../../src/app/modules.ts';
import { hashPassword, seatPerson } from '../../src/kernel/index.ts';
import { openWorld, type World } from './world/world.ts';

const password = 'correct horse battery';
type Registered = { method: string; url: string };

/**
 * Everything that a held session is answered for, and why. A route that is not here has to refuse
 * it; one that is new and does not is found by the walk below.
 */
const opened: Readonly<Record<string, readonly string[]>> = {
  'the doors: nobody has to be known there': [
    'POST /api/v1/session',
    'POST /api/v1/session/second-step',
    'POST /api/v1/session/second-step/passkey',
    'POST /api/v1/session/passkey',
    'POST /api/v1/session/passkey/options',
    'GET /api/v1/session/providers',
    'POST /api/v1/session/provider',
    'POST /api/v1/session/provider/way',
    'POST /api/v1/session/provider/answer',
    'POST /api/v1/invitations/accept',
  ],
  'to see oneself, to go elsewhere, and to leave': [
    'GET /api/v1/session',
    'POST /api/v1/session/switch',
    'DELETE /api/v1/session',
  ],
  'what is read by anybody, whoever they are': [
    'GET /api/openapi.json',
    'GET /health',
    'GET /ready',
    'GET /metrics',
  ],
};
const always = Object.values(opened).flat();
const seeing = ['GET /api/v1/account/guard'];
const proving = ['POST /api/v1/account/proof', 'POST /api/v1/account/proof/passkey'];
const settingUp = [
  'POST /api/v1/account/totp',
  'POST /api/v1/account/totp/confirmation',
  'POST /api/v1/account/passkeys/options',
  'POST /api/v1/account/passkeys',
];
const holds = [
  ['new_password', 'identity.password_due', ['POST /api/v1/account/password']],
  ['no_factor', 'identity.factor_needed', [...seeing, ...proving, ...settingUp]],
  ['factor_not_shown', 'identity.factor_unshown', [...seeing, ...proving]],
] as const;

const registered: Registered[] = [];
let world: World<'maker'>;
const cookies = new Map<string, string>();
/** What one of them had begun before. */
let visit: { ticket: string };
let stream: Promise<string>;

/** Hears of every route that the server is given, by whatever hand: none has another way in. */
function hearRoutes(): () => void {
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) registered.push({ method: one, url });
    });
  };
  const made = channel('fastify.initialization');
  made.subscribe(listen);
  return () => made.unsubscribe(listen);
}

async function signIn(login: string): Promise<string> {
  const reply = await world.server.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login, password },
  });
  return reply.cookies.find(({ name }) => name === 'jingwei')?.value ?? '';
}

/** Listens as the console does, until the server ends it. */
async function listen(cookie: string): Promise<{ heard: Promise<string> }> {
  const { port } = world.server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/api/v1/facts/stream`;
  const reply = await fetch(url, { headers: { cookie: `jingwei=${cookie}` } });
  expect(reply.status).toBe(200);
  return { heard: reply.text() };
}

/** A person whose session is held, for each way to be. */
async function holdPeople(): Promise<void> {
  const { as, test, parties, chain } = world;
  const password_hash = await hashPassword(password);
  const { owner } = test.store.database;
  for (const [hold] of holds) {
    const { id } = await as('maker', (tx) =>
      seatPerson(tx, { login: hold, name: '林', password_hash, role: 'admin' }),
    );
    cookies.set(hold, await signIn(hold));
    if (hold === 'no_factor') await beginAs(hold);
    if (hold === 'new_password') {
      await owner.query('update user_account set password_due = true where id = $1', [id]);
    }
    if (hold === 'factor_not_shown')
      await owner.query(`insert into totp values ($1, '\\x00', now(), now(), 0)`, [id]);
  }
  await owner.query(`insert into sign_in_policy values ($1, $2, '2026-01-01', $2, now(), 1)`, [
    chain.id,
    parties.maker.id,
  ]);
}

/** Goes to the provider, and has the stream of facts open, before anything is asked of anybody. */
async function beginAs(hold: string): Promise<void> {
  const cookie = cookies.get(hold) ?? '';
  const begun = await world.server.inject({
    method: 'POST',
    url: '/api/v1/account/providers',
    cookies: { jingwei: cookie },
    payload: { provider: 'works' },
  });
  visit = begun.json();
  stream = (await listen(cookie)).heard;
}

beforeAll(async () => {
  const stop = hearRoutes();
  world = await openWorld({ maker: 'core' });
  await world.server.listen({ port: 0, host: '127.0.0.1' });
  stop();
  await holdPeople();
});
afterAll(() => world?.close());

const filled = (url: string) =>
  url.replaceAll(/:\w+/g, '00000000-0000-7000-8000-000000000000').replaceAll('*', 'any');

async function asked(hold: string, { method, url }: Registered) {
  const { statusCode, body } = await world.server.inject({
    method: method as 'GET',
    url: filled(url),
    cookies: { jingwei: cookies.get(hold) ?? '' },
    ...(['GET', 'HEAD', 'OPTIONS'].includes(method) ? {} : { payload: {} }),
  });
  return { status: statusCode, body };
}

const nameOf = ({ method, url }: Registered) => `${method === 'HEAD' ? 'GET' : method} ${url}`;

/** Pages for whoever scans a code: no credential is looked at, and there are no sessions. */
const isPublicPage = ({ url }: Registered) =>
  modules.some((module) => module.public_bindings?.some(({ path }) => path === url));

describe('a session that is held', () => {
  it('is looked at from every side: routes, standards, streams', () => {
    const paths = new Set(registered.map(({ url }) => url));
    for (const { path } of modules.flatMap((module) => module.routes)) {
      expect(paths).toContain(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    }
    expect(paths).toContain('/api/v1/facts/stream');
    expect(paths).toContain('/epcis/events');
    expect(paths.size).toBeGreaterThan(200);
    const known = new Set(registered.map(nameOf));
    for (const name of [...always, ...holds.flatMap(([, , under]) => under)]) {
      expect(known, `${name} is there`).toContain(name);
    }
  });

  it.each(holds)(
    '%s: is refused with %s wherever it is not let through',
    async (hold, code, under) => {
      const through: string[] = [];
      for (const route of registered) {
        const name = nameOf(route);
        if (always.includes(name) || isPublicPage(route)) continue;
        const { body, status } = await asked(hold, route);
        // EPCIS says whose fault it is in its own words; HEAD has none.
        const said = body.includes(code) || (status === 403 && /SecurityException|^$/.test(body));
        if (!said) through.push(name);
      }
      expect([...new Set(through)].toSorted()).toEqual([...under].toSorted());
    },
  );

  it.each(holds)('%s: is let through to what ends it', async (hold, code, under) => {
    for (const name of under) {
      const [method = '', url = ''] = name.split(' ');
      const { body } = await asked(hold, { method, url });
      expect(body, name).not.toContain(code);
    }
    const { body } = await asked(hold, { method: 'GET', url: '/api/v1/session' });
    expect(JSON.parse(body)).toMatchObject({ held: hold });
  });

  it('ends what it had begun: the stream of facts, and the way back from a provider', async () => {
    expect(await stream).toContain(': open');
    const back = await world.server.inject({
      method: 'POST',
      url: '/api/v1/session/provider/answer',
      cookies: { jingwei: cookies.get('no_factor') ?? '' },
      payload: { ...visit, answer: 'code=1' },
    });
    expect(back.json()).toMatchObject({ code: 'identity.factor_needed' });
    const { rows } = await world.test.store.database.owner.query('select 1 from oidc_link');
    expect(rows).toEqual([]);
  });

  it.each(holds)('%s: opens no WebSocket', async (hold) => {
    const { port } = world.server.server.address() as AddressInfo;
    const path = '/epcis/queries/any/events?stream=true';
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      headers: { cookie: `jingwei=${cookies.get(hold)}` },
    });
    const status = await new Promise((resolve, reject) => {
      socket.once('open', () => reject(new Error('it was opened')));
      socket.once('unexpected-response', (_, answer) => resolve(answer.statusCode));
    });
    expect(status).toBe(403);
  });
});
