import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '../../src/kernel/db/place.ts';
import { completeUscc } from '../../src/kernel/index.ts';
import { openOnServer } from '../../src/kernel/test-server.ts';
import { type RealServer, realServer } from '../crash/real-server.ts';
import { openRush, pause, type Rush } from '../crash/rush.ts';
import { hears } from '../crash/stream.ts';
import { openBalancer } from './balancer.ts';

const postgres = inject('postgres');
let database: Database;
let [a, b]: RealServer[] = [];
let balancer: Awaited<ReturnType<typeof openBalancer>>;
let rush: Rush;

function urlOf({ host, port, user, password }: pg.PoolConfig, name: string): string {
  const url = new URL(`postgresql://localhost/${name}`);
  url.username = String(user);
  url.password = encodeURIComponent(String(password));
  url.port = String(port);
  url.searchParams.set('host', String(host));
  return url.href;
}

async function surroundings(): Promise<NodeJS.ProcessEnv> {
  if (postgres === null) return {};
  database = await openOnServer(postgres);
  const { rows } = await database.owner.query('select current_database() as name');
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    DATABASE_URL: urlOf(postgres.owner, rows[0].name),
    DATABASE_APP_URL: urlOf(postgres.app, rows[0].name),
    JINGWEI_SECRET_KEY: '07'.repeat(32),
    JINGWEI_SEAL_KEY: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  };
}

beforeAll(async () => {
  if (postgres === null) return;
  const env = await surroundings();
  a = await realServer(env);
  b = await realServer(env);
  // Together: of two that migrate one database one waits and goes on.
  await Promise.all([a.start(), b.start()]);
  balancer = await openBalancer([a.url, b.url]);
  rush = await openRush(a, 8, balancer.url);
}, 240_000);
afterAll(async () => {
  balancer?.close();
  await Promise.all([a?.stop(), b?.stop()]);
  a?.remove();
  b?.remove();
  await database?.close();
}, 60_000);

const server = (which: 'a' | 'b') => (which === 'a' ? a : b) as RealServer;

function place(which: 'a' | 'b', number: string, key: string): Promise<Response> {
  const { keys, ids } = rush.load;
  return fetch(`${server(which).url}/api/v1/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${keys.dealer}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({
      number,
      seller_id: ids.maker,
      requested_on: '2030-01-01',
      lines: [{ name: '包装', quantity: '1', unit: 'C62', price: '1' }],
    }),
  });
}

async function count(statement: string, ...values: unknown[]): Promise<number> {
  const { rows } = await database.owner.query(`select (${statement})::int as found`, values);
  return rows[0].found;
}

describe.skipIf(postgres === null)('two servers on one database', () => {
  it('who has signed in at one is signed in at the other, and signed out there too', async () => {
    const code = completeUscc('9141030000000002');
    const password = 'a-long-way-to-zhengzhou';
    await server('a').jingwei(
      ...['people', 'create', '--chain', 'crash', '--party', code, '--login', 'lin'],
      ...['--name', '林', '--role', 'admin', '--password', password],
    );
    const entered = await fetch(`${server('a').url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'lin', password }),
    });
    expect(entered.status).toBe(201);
    const cookie = entered.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const seen = () => fetch(`${server('b').url}/api/v1/session`, { headers: { cookie } });
    expect((await seen()).status).toBe(200);
    const origin = server('a').url;
    await fetch(`${origin}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin } });
    expect((await seen()).status).toBe(401);
  }, 60_000);

  it('does once what is asked of both at once under one key', async () => {
    for (let round = 0; round < 10; round++) {
      const number = `TWICE-${round}`;
      const replies = await Promise.all([place('a', number, number), place('b', number, number)]);
      const said = await Promise.all(replies.map((reply) => reply.text()));
      expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      expect(said[0]).toBe(said[1]);
      const again = await place(round % 2 ? 'a' : 'b', number, number);
      expect(await again.text()).toBe(said[0]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
    const placed = await count(`select count(*) from purchase_order where number like 'TWICE-%'`);
    expect(placed).toBe(10);
  }, 60_000);

  it('tells who listens at one what was written at the other', async () => {
    const stream = await hears(server('a').url, rush.load.keys.maker);
    const { id } = (await (await place('b', 'HEARD', 'HEARD')).json()) as { id: string };
    await stream.until((text) => text.includes(id));
    stream.close();
  }, 60_000);

  it('loses nothing when one is killed under load, and its clients go on', async () => {
    await rush.work('killed', async () => {
      await pause(1_000);
      await server('b').kill();
      await pause(1_000);
    });
    expect(await rush.goOn()).toEqual([]);
    expect((await server('a').health())?.status).toBe('ok');
    await server('b').start();
    await rush.work('both', () => pause(1_500));
    expect(await rush.goOn()).toEqual([]);
    const foreign = /TWICE-|HEARD/;
    expect((await rush.broken(database.owner)).filter((one) => !foreign.test(one))).toEqual([]);
  }, 120_000);

  it('seals every fact once, in one tree that has no hole, whoever of them sealed it', async () => {
    for (let tries = 0; tries < 60; tries++) {
      const open = await count(
        `select count(*) from fact f where not exists (select from sealed_fact s
           where s.chain_id = f.chain_id and s.fact_id = f.id)`,
      );
      if (open === 0) break;
      await pause(500);
    }
    const facts = await count('select count(*) from fact');
    expect(facts).toBeGreaterThan(50);
    for (const table of ['sealed_fact', 'seal_leaf']) {
      expect(await count(`select count(distinct position) from ${table}`)).toBe(facts);
      expect(await count(`select max(position) + 1 from ${table}`)).toBe(facts);
    }
    const out = join(server('a').folder, 'chain.ndjson');
    await server('a').jingwei('facts', 'export', '--chain', 'crash', '--out', out);
    const key = await server('b').jingwei('seals', 'key', '--chain', 'crash');
    const verify = promisify(execFile)(process.execPath, [
      'verifier/verify.mjs',
      '--key',
      key,
      out,
    ]);
    await expect(verify).resolves.toBeDefined();
  }, 90_000);
});
