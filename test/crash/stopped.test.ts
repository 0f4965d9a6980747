import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openEmbedded } from '../../src/kernel/db/embedded.ts';
import { limits } from '../../src/kernel/index.ts';
import { type RealServer, realServer } from './real-server.ts';
import { openRush, pause, type Rush } from './rush.ts';
import { hears } from './stream.ts';

let server: RealServer;
let rush: Rush;

const secrets = {
  password: 'Sesame-open-the-gate',
  key: `jwk_${'K'.repeat(64)}.${'S'.repeat(43)}`,
  session: `jws_${'E'.repeat(64)}.${'T'.repeat(43)}`,
  invitation: `jwi_${'I'.repeat(64)}.${'N'.repeat(43)}`,
  totp: '918273',
  phone: '13912345678',
  mail: 'lin@example.com',
  name: '林黛玉',
};

/** A request that has begun and never ends. */
function stuck(): void {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST /api/v1/orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n');
  socket.write('content-length: 1000\r\n\r\n{');
}

beforeAll(async () => {
  server = await realServer({ JINGWEI_LOG: 'debug' });
  if (inject('postgres') === null) return;
  await server.start();
  rush = await openRush(server, 4);
}, 240_000);
afterAll(async () => {
  await server?.stop();
  server?.remove();
}, 30_000);

describe.skipIf(inject('postgres') === null)('a server in operation', () => {
  it('says that it is ready, and shows its numbers without a party’s', async () => {
    expect(await (await fetch(`${server.url}/ready`)).json()).toEqual({ ready: true, causes: [] });
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/request_duration_seconds_count\{route="\/api\/v1\/places",method="POST"/);
    expect(text).toMatch(/jingwei_pool_connections\{pool="app",state="waiting"\} \d/);
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds/);
    expect(text).toMatch(/jingwei_job_runs_total\{job="sealing",result="done"\} \d/);
    for (const id of Object.values(rush.load.ids)) expect(text).not.toContain(id);
    const proxied = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '::1' } });
    expect(proxied.status).toBe(404);
  });

  it('writes no secret and no person into its log, wherever a request carries them', async () => {
    const all = Object.values(secrets);
    const headers = {
      authorization: `Bearer ${secrets.key}`,
      cookie: `jingwei_session=${secrets.session}`,
      'content-type': 'application/json',
      'x-file-name': encodeURIComponent(secrets.phone),
      'idempotency-key': secrets.mail,
    };
    const paths = ['session', 'session/second-step', 'invitations/accept', 'orders', 'people'];
    for (const path of paths) {
      for (const body of [JSON.stringify(secrets), `{"password":"${secrets.password}`]) {
        const query = new URLSearchParams(secrets);
        const at = `${server.url}/api/v1/${path}/${secrets.invitation}?${query}`;
        await fetch(at, { method: 'POST', headers, body });
        await fetch(`${server.url}/api/v1/${path}`, { method: 'POST', headers, body });
      }
    }
    expect(all.filter((secret) => server.said().includes(secret))).toEqual([]);
  });

  it('says so when its database hangs, and goes on by itself, and so do streams', async () => {
    const stream = await hears(server.url, rush.load.keys.dealer);
    const held = server.holdDatabase();
    try {
      const began = performance.now();
      for (;;) {
        const ready = await fetch(`${server.url}/ready`);
        if (ready.status === 503) break;
        expect(performance.now() - began).toBeLessThan(15_000);
        await pause(200);
      }
      expect((await server.health())?.status).toBe('down');
      expect((await server.health())?.causes.map(({ code }) => code)).toEqual(['database_gone']);
      const headers = { authorization: `Bearer ${rush.load.keys.dealer}` };
      const refused = await fetch(`${server.url}/api/v1/orders`, { headers });
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(await refused.json()).toMatchObject({
        code: 'kernel.unready',
        messages: { zh: /数据库/, en: /database/ },
      });
    } finally {
      held.goOn();
    }
    await server.untilHealthy(30);
    await rush.work('after', () => pause(1_500));
    expect(await rush.goOn()).toEqual([]);
    const placed = rush.journeys.map((one) => String(one.acknowledged[0]?.body.id));
    await stream.until((text) => placed.every((id) => text.includes(id)));
    stream.close();
    expect(server.said()).not.toMatch(/unhandled/i);
  }, 120_000);

  it('ends on SIGTERM under load within its time, a client stuck or not', async () => {
    let took = 0;
    await rush.work('stop', async () => {
      await pause(700);
      stuck();
      await pause(100);
      const began = performance.now();
      await server.stop();
      took = performance.now() - began;
    });
    expect(took).toBeLessThan(limits.stop_ms + 500);
    expect(server.process()?.exitCode).toBe(0);
    await server.start();
    expect(await rush.goOn()).toEqual([]);
    await server.stop();
    const database = await openEmbedded(server.folder);
    expect(database.joined).toBe(false);
    expect(await rush.broken(database.owner).finally(() => database.close())).toEqual([]);
  }, 120_000);
});
