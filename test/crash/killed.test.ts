import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openEmbedded } from '../../src/kernel/db/embedded.ts';
import { completeUscc } from '../../src/kernel/index.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { isDone, type Journey, type Load, orderOf, travel } from './journeys.ts';
import { type RealServer, realServer } from './real-server.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let server: RealServer;
let load: Load;
const journeys: Journey[] = [];

async function post<T>(path: string, key: string, body: object): Promise<T> {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.status).toBe(201);
  return (await reply.json()) as T;
}

/** A chain of two, made by the command line beside the running server. */
async function settleIn(): Promise<void> {
  await server.jingwei('chains', 'create', '--slug', 'crash', '--name', '试链');
  const member = async (digits: string, role: string) => {
    const code = completeUscc(`91410300${digits}`);
    const at = ['--chain', 'crash'];
    const made = await server.jingwei(
      ...['parties', 'create', ...at, '--code', code, '--name', role, '--role', role, '--json'],
    );
    const key = await server.jingwei('keys', 'create', ...at, '--party', code);
    return { id: (JSON.parse(made) as { id: string }).id, key };
  };
  const maker = await member('00000001', 'core');
  const dealer = await member('00000002', 'dealer');
  const place = await post<{ id: string }>('/api/v1/places', maker.key, {
    name_zh: '一号库',
    kind: 'cold_store',
  });
  const product = await post<{ id: string }>('/api/v1/products', maker.key, {
    code: 'DUMPLING',
    name_zh: '水饺',
    unit: 'KGM',
  });
  await post('/api/v1/stock/counts', maker.key, {
    place_id: place.id,
    reason: '期初',
    lines: [
      { product_id: product.id, product_name: '水饺', lot: 'L', unit: 'KGM', counted: '100000' },
    ],
  });
  load = {
    url: server.url,
    keys: { maker: maker.key, dealer: dealer.key },
    ids: { maker: maker.id, dealer: dealer.id, place: place.id, product: product.id },
  };
}

/** Four clients at work, each with one order after the other, until something breaks under them. */
async function work(round: string, breaks: () => Promise<void>): Promise<void> {
  let goes = true;
  const clients = Array.from({ length: 4 }, async (_, client) => {
    for (let at = 0; goes; at++) {
      const journey = { number: `${round}-${client}-${at}`, acknowledged: [] };
      journeys.push(journey);
      if (!(await travel(journey, load, () => goes))) return;
    }
  });
  await breaks();
  goes = false;
  await Promise.all(clients);
}

/** Every journey that stands still goes on from where it was, under its old keys. */
async function goOn(): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    const waiting = journeys.filter((one) => !isDone(one));
    const ended = await Promise.all(waiting.map((one) => travel(one, load, () => true)));
    if (ended.every(Boolean)) return;
    await pause(500);
  }
}

beforeAll(async () => {
  server = await realServer();
  if (inject('postgres') === null) return;
  await server.start();
  await settleIn();
}, 180_000);
afterAll(async () => {
  await server?.stop();
  server?.remove();
}, 30_000);

describe.skipIf(inject('postgres') === null)('a server that is killed under load', () => {
  it.each([
    ['first', 350],
    ['second', 700],
    ['third', 1_100],
  ])(
    'comes back in the same folder without help, the %s time',
    async (round, after) => {
      await work(round, async () => {
        await pause(after);
        await server.kill();
      });
      expect(await server.health()).toBeNull();
      await server.start();
      await goOn();
      expect(journeys.filter((one) => !isDone(one))).toEqual([]);
    },
    90_000,
  );

  it('brings its database back when that is killed', async () => {
    const before = server.databaseProcess();
    await work('database', async () => {
      await pause(500);
      server.killDatabase();
      await pause(1_500);
    });
    await server.untilHealthy(30);
    expect(server.databaseProcess()).not.toBe(before);
    await goOn();
    expect(journeys.filter((one) => !isDone(one))).toEqual([]);
  }, 90_000);

  it('comes back when both were killed', async () => {
    await work('both', async () => {
      await pause(500);
      server.killDatabase();
      await server.kill();
    });
    await server.start();
    await goOn();
    expect(journeys.filter((one) => !isDone(one))).toEqual([]);
  }, 90_000);

  it('has kept every answer, done everything once, and left nothing half done', async () => {
    expect(journeys.length).toBeGreaterThan(20);
    await server.stop();
    const database = await openEmbedded(server.folder);
    try {
      const { rows } = await database.owner.query(
        `select o.number, o.id::text, o.state,
            (select count(*)::int from despatch d where d.chain_id = o.chain_id
              and d.order_id = o.id) as despatches,
            (select count(*)::int from invoice i where i.chain_id = o.chain_id
              and i.order_id = o.id) as invoices
           from purchase_order o`,
      );
      const expected = journeys.map((one) => ({
        number: one.number,
        id: orderOf(one),
        state: 'delivering',
        despatches: 1,
        invoices: 1,
      }));
      const byNumber = (one: { number: string }, other: { number: string }) =>
        one.number < other.number ? -1 : 1;
      expect(rows.toSorted(byNumber)).toEqual(expected.toSorted(byNumber));
      expect(await unsound(database.owner)).toEqual([]);
    } finally {
      await database.close();
    }
  }, 60_000);
});
