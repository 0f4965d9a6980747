import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { listenTo } from './listening.ts';
import type { NewSubscription } from './subscriptions.ts';
import { eventNamed, type Name, namesIn, stageForSubscriptions } from './testing.ts';

const stage = stageForSubscriptions();
let port: number;
beforeAll(async () => {
  await stage.repository.server.listen({ port: 0, host: '127.0.0.1' });
  port = (stage.repository.server.server.address() as AddressInfo).port;
});

const bearer = (name: Name) => ({ authorization: `Bearer ${stage.repository.keys[name]}` });
const address = (path: string) => `ws://127.0.0.1:${port}/epcis${path}`;
const stream = '/queries/packs/events?stream=true';

/** A client that keeps what it is told, and with what it was let in. */
async function listen(name: Name, path = stream, headers: Record<string, string> = {}) {
  const socket = new WebSocket(address(path), { headers: { ...bearer(name), ...headers } });
  const told: string[] = [];
  socket.on('message', (data: RawData) => told.push(String(data)));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const opening = new Promise<Record<string, unknown>>((resolve) =>
    socket.once('upgrade', (answer) => resolve(answer.headers)),
  );
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { socket, told, closed, opened_with: await opening };
}

/** What is answered where no connection is opened. */
async function refused(headers: Record<string, string>, path = stream) {
  const socket = new WebSocket(address(path), { headers });
  return new Promise<{ status: number | undefined; type: string }>((resolve, reject) => {
    socket.once('open', () => reject(new Error('it was opened')));
    socket.once('unexpected-response', (_, answer) => {
      let body = '';
      answer.on('data', (part) => (body += part));
      answer.on('end', () => resolve({ status: answer.statusCode, type: JSON.parse(body).type }));
    });
  });
}

/** Waits while the chain's time goes on, so that what is due comes to be so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (await isSo()) return;
    stage.later(0.1);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never came');
}

const rows = async () =>
  (await stage.repository.test.store.database.owner.query('select 1 from query_subscription')).rows
    .length;

describe('a client that listens to a query', () => {
  it('is told of each event once, in order, as they come, and of nobody else’s', async () => {
    const client = await listen('maker');
    await stage.capture('maker', [eventNamed('L1'), eventNamed('L2', { bizStep: 'loading' })]);
    await stage.capture('rival', [eventNamed('R1')]);
    await until(() => client.told.length > 0);
    await stage.capture('maker', [eventNamed('L3'), eventNamed('L4')]);
    await until(() => client.told.length > 1);
    expect(client.told.map(namesIn)).toEqual([['L1'], ['L3', 'L4']]);
    client.socket.close();
    await client.closed;
    await until(async () => (await rows()) === 0);
  });

  it('comes again from where it was cut off, and misses nothing', async () => {
    const { repository, later } = stage;
    const client = await listen('maker');
    const since = String(client.opened_with['gs1-query-min-record-time']);
    client.socket.once('message', () => client.socket.terminate());
    await stage.capture('maker', [eventNamed('C1')]);
    await until(async () => (await rows()) === 0);
    later(60);
    await stage.capture('maker', [eventNamed('C2')]);
    const again = await listen('maker', `${stream}&initialRecordTime=${since}`);
    await until(() => again.told.flatMap(namesIn).length > 1);
    expect(again.told.flatMap(namesIn)).toEqual(['C1', 'C2']);
    const { body } = await repository.send('maker', 'GET', '/queries/packs/subscriptions');
    expect(JSON.parse(body)).toMatchObject([{ queryName: 'packs', stream: true, state: 'active' }]);
    again.socket.close();
    await again.closed;
  });

  it('may have a time for it, and be told that there is nothing', async () => {
    const client = await listen('maker', '/queries/packs/events?second=0&reportIfEmpty=true');
    await until(async () => (await rows()) === 1);
    expect(client.told).toEqual([]);
    client.socket.close();
    await client.closed;
    stage.later(61);
    const asked = '/queries/packs/events?second=[0-59]&reportIfEmpty=true';
    const every = await listen('maker', asked);
    stage.later(1);
    await until(() => every.told.length > 0);
    expect(namesIn(every.told[0] ?? '')).toEqual([]);
    every.socket.close();
    await every.closed;
  });

  it('is let go when its query ends, and when its key does', async () => {
    const client = await listen('maker');
    const other = await listen('dealer');
    await stage.repository.send('maker', 'DELETE', '/queries/packs');
    expect(await client.closed).toBe(1000);
    const { owner } = stage.repository.test.store.database;
    const { dealer } = stage.repository.parties;
    const end = 'update api_key set revoked_at = $2 where party_id = $1';
    const { clock } = stage.repository.test;
    await owner.query(end, [dealer.id, clock.now().toISOString()]);
    expect(await other.closed).toBe(1008);
    await owner.query(end, [dealer.id, null]);
    await until(async () => (await rows()) === 0);
  });

  it('is not written to: whoever speaks is let go', async () => {
    const client = await listen('maker');
    client.socket.send('hello');
    expect(await client.closed).toBe(1003);
    const loud = await listen('maker');
    loud.socket.send('hello'.repeat(1_000));
    expect(await loud.closed).toBe(1009);
    await until(async () => (await rows()) === 0);
  });

  it('leaves a row that the next round clears away where its server was killed', async () => {
    const given = { dest: null, signature_token: null, initial_record_time: null };
    const more = { report_if_empty: false, schedule: null, epc_format: 'Always_GS1_Digital_Link' };
    await stage.repository.as('maker', (tx) =>
      listenTo(tx, 'packs', { ...given, ...more } as NewSubscription),
    );
    await stage.capture('maker', [eventNamed('K1')]);
    stage.later(5);
    await stage.go();
    expect(await rows()).toBe(1);
    stage.later(60);
    await stage.go();
    expect(await rows()).toBe(0);
    expect(stage.told()).toEqual([]);
  });
});

describe('what a killed server leaves behind', () => {
  it('does not count against the firm, though its schedule is due next year alone', async () => {
    const given = { dest: null, signature_token: null, initial_record_time: null };
    const yearly = { report_if_empty: false, schedule: { month: '1', dayOfMonth: '1' } };
    for (let n = 0; n < 20; n++) {
      await stage.repository.as('maker', (tx) =>
        listenTo(tx, 'packs', { ...given, ...yearly, epc_format: 'Always_GS1_Digital_Link' }),
      );
    }
    expect((await refused(bearer('maker'))).status).toBe(409);
    stage.later(60);
    const client = await listen('maker');
    expect(await rows()).toBe(1);
    client.socket.close();
    await client.closed;
  });
});

describe('a connection that is not opened', () => {
  it('is refused by HTTP, in the words of the binding', async () => {
    const problem = (status: number, name: string) => ({
      status,
      type: `epcisException:${name}Exception`,
    });
    expect(await refused({})).toEqual(problem(401, 'Security'));
    const elsewhere = { ...bearer('maker'), origin: 'https://elsewhere.example' };
    expect(await refused(elsewhere)).toEqual(problem(403, 'Security'));
    const maker = bearer('maker');
    expect(await refused(maker, '/queries/none/events?stream=true')).toEqual(
      problem(404, 'NoSuchName'),
    );
    expect(await refused(maker, '/queries/packs/events')).toEqual(
      problem(400, 'SubscriptionControls'),
    );
    expect(await refused(maker, `${stream}&EQ_action=ADD`)).toEqual(
      problem(400, 'SubscriptionControls'),
    );
    expect(await refused(maker, '/events')).toEqual(problem(400, 'Implementation'));
    expect(await rows()).toBe(0);
  });

  it('is one too many for a firm that has as many subscriptions as it may', async () => {
    for (let n = 0; n < 20; n++) await stage.subscribe('maker');
    expect((await refused(bearer('maker'))).status).toBe(409);
  });

  it('is no matter to a client that offers another protocol with a plain request', async () => {
    const headers = { ...bearer('maker'), connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' };
    const status = await new Promise((resolve, reject) => {
      const asked = request({ port, path: '/epcis/events', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject).end();
    });
    expect(status).toBe(200);
  });
});

describe('a server that stops', () => {
  it('lets its clients go, who may come again to another one', async () => {
    const client = await listen('maker');
    await stage.repository.server.close();
    expect(await client.closed).toBe(1001);
    expect(await rows()).toBe(0);
  });
});
