import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Given, type Operation, type Said, say } from '../conformance/world/client.ts';
import { unsound } from '../conformance/world/soundness.ts';
import {
  cast,
  type Player,
  photoBytes,
  type Story,
  tellStory,
} from '../conformance/world/trade-story.ts';
import { openWorld, type World } from '../conformance/world/world.ts';

let world: World<Player>;
let story: Story;
let serial = 0;

beforeAll(async () => {
  world = await openWorld(cast);
  story = await tellStory(world);
});
afterAll(() => world?.close());

const as = <Name extends Operation>(who: Player, name: Name, given?: Given<Name>) =>
  ask(world.server, world.keys[who], name, given);
const saying = <Name extends Operation>(who: Player, name: Name, given?: Given<Name>) =>
  say(world.server, world.keys[who], name, given);
const many = (times: number, one: (at: number) => Promise<Said>) =>
  Promise.all(Array.from({ length: times }, (_, at) => one(at)));
const statuses = (all: readonly Said[]) => all.map(({ status }) => status).toSorted();
const count = async (sql: string, values: unknown[] = []) =>
  (await world.test.store.database.owner.query(`select count(*)::int as n ${sql}`, values)).rows[0]
    .n;

const orderBody = (number: string, quantity = '2') => ({
  number,
  seller_id: world.parties.maker.id,
  requested_on: '2026-03-09',
  place_id: story.places.dealer,
  lines: [{ product_id: story.products[0] as string, quantity, unit: 'CT' }],
});
const newOrder = (quantity?: string) =>
  as('dealer', 'order.place', { body: orderBody(`T-${++serial}`, quantity) });
const confirmed = async (quantity?: string) => {
  const order = await newOrder(quantity);
  return as('maker', 'order.respond', {
    params: { id: order.id },
    body: { lines: [{ line_no: 1, answer: 'accept' }] },
  });
};
const sending = (order_id: string, quantity: string, key?: string) =>
  saying('maker', 'despatch.send', {
    body: {
      order_id,
      from_place_id: story.places.maker,
      expected_on: '2026-03-09',
      lines: [{ order_line_no: 1, quantity, lot: 'L0' }],
    },
    ...(key ? { headers: { 'idempotency-key': key } } : {}),
  });

describe('two people at one order', () => {
  it('answer it once', async () => {
    const { id } = await newOrder();
    const answers = ['accept', 'counter', 'refuse'] as const;
    const said = await many(6, (at) => {
      const answer = answers[at % 3] ?? 'accept';
      const line =
        answer === 'accept' ? { line_no: 1, answer } : { line_no: 1, answer, reason: '缺货' };
      return saying('maker', 'order.respond', { params: { id }, body: { lines: [line] } });
    });
    expect(statuses(said)).toEqual([200, 409, 409, 409, 409, 409]);
    expect(await count(`from fact where subject_id = $1`, [id])).toBe(2);
  });

  it('cancel it or send it, never both', async () => {
    const { id } = await confirmed();
    const [sent, cancelled] = await Promise.all([
      sending(id, '2'),
      saying('dealer', 'order.cancel', { params: { id }, body: { reason: '不要了' } }),
    ]);
    expect([sent.status < 300, cancelled.status < 300].filter(Boolean)).toHaveLength(1);
  });

  it('send what there is once', async () => {
    const { id } = await confirmed('3');
    const said = await many(4, () => sending(id, '3'));
    expect(statuses(said).filter((status) => status === 201)).toHaveLength(1);
    expect(said.every(({ status }) => status < 500)).toBe(true);
  });

  it('take the last of the stock once, though it was promised to several', async () => {
    const { items } = await as('maker', 'stock.list', {
      query: { product_id: story.products[0] ?? '' },
    });
    const left = Number(items.find((row) => row.lot === 'L0')?.quantity) / 12;
    const each = String(Math.floor(left / 2) + 1);
    const orders = [await confirmed(each), await confirmed(each), await confirmed(each)];
    const said = await many(3, (at) => sending(orders[at]?.id ?? '', each));
    expect(statuses(said)).toEqual([201, 409, 409]);
  });

  it('confirm one payment once', async () => {
    const { id } = await as('dealer', 'payment.record', {
      body: {
        payer_id: world.parties.dealer.id,
        payee_id: world.parties.maker.id,
        currency: 'CNY',
        amount_minor: '100',
        paid_on: '2026-03-02',
      },
    });
    const said = await many(4, () =>
      saying('maker', 'payment.confirm', { params: { id }, body: {} }),
    );
    expect(statuses(said)).toEqual([200, 409, 409, 409]);
  });
});

describe('one request that comes again', () => {
  const placing = (number: string, key: string, quantity?: string) =>
    saying('dealer', 'order.place', {
      body: orderBody(number, quantity),
      headers: { 'idempotency-key': key },
    });

  it('has one effect as a double click', async () => {
    const said = await many(5, () => placing('D-1', 'd-1'));
    expect(statuses(said)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(said.map(({ body }) => body)).size).toBe(1);
    expect(said.filter(({ headers }) => headers['idempotency-replayed'])).toHaveLength(4);
    expect(await count(`from purchase_order where number = 'D-1'`)).toBe(1);
  });

  it('has one effect as a double click without a number of its own', async () => {
    const { id } = await confirmed('2');
    const said = await many(3, () => sending(id, '1', 'half'));
    expect(statuses(said)).toEqual([201, 201, 201]);
    expect(await count('from despatch where order_id = $1', [id])).toBe(1);
  });

  it('is told when the key stood for something else', async () => {
    expect((await placing('D-2', 'd-2')).status).toBe(201);
    const other = await placing('D-2b', 'd-2');
    expect([other.status, JSON.parse(other.body).code]).toEqual([422, 'kernel.key_reused']);
    expect(await count(`from purchase_order where number = 'D-2b'`)).toBe(0);
  });

  it('gets the first answer after everything has moved on', async () => {
    const first = await placing('D-3', 'd-3');
    const { id } = JSON.parse(first.body);
    await as('dealer', 'order.cancel', { params: { id }, body: { reason: '不要了' } });
    const again = await placing('D-3', 'd-3');
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('keeps apart the keys of two parties', async () => {
    expect((await placing('D-4', 'same')).status).toBe(201);
    const other = await saying('maker', 'place.create', {
      body: { name_zh: '三号库', kind: 'warehouse' },
      headers: { 'idempotency-key': 'same' },
    });
    expect(other.status).toBe(201);
  });

  it('shows a secret again to who asked, and to no colleague', async () => {
    const making = (by: string, name = '仓库系统') =>
      say(world.server, by, 'key.create', {
        body: { name, scopes: ['goods.*.*'] },
        headers: { 'idempotency-key': 'k-1' },
      });
    const first = await making(world.keys.dealer);
    const again = await making(world.keys.dealer);
    expect([again.status, again.body]).toEqual([201, first.body]);
    const { key } = JSON.parse(first.body);
    const stored = `from idempotency_key where body like '%' || $1 || '%'`;
    expect(await count(stored, [key.slice(-20)])).toBe(0);
    const colleague = await ask(world.server, world.keys.dealer, 'key.create', {
      body: { name: '同事', scopes: ['*.*.*'] },
    });
    expect(JSON.parse((await making(colleague.key)).body).code).toBe('kernel.answer_sealed');
    // Who may not make keys does not learn that one was made: `key` is for goods alone.
    expect(JSON.parse((await making(key)).body).code).toBe('kernel.not_permitted');
    expect(JSON.parse((await making(key, '别的')).body).code).toBe('kernel.not_permitted');
  });
});

/** Begins a request on a socket of its own, and dies in the middle of its body. */
async function diesMidway(port: number, head: string[], body: Uint8Array): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write([...head, `Content-Length: ${body.length * 2}`, '', ''].join('\r\n'));
  socket.write(body);
  await new Promise((resolve) => setTimeout(resolve, 30));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.resetAndDestroy();
  await closed;
}

describe('a client that dies in the middle of an upload', () => {
  it('writes nothing, and the server lives', async () => {
    await world.server.listen({ port: 0, host: '127.0.0.1' });
    const address = world.server.server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const bearer = `Authorization: Bearer ${world.keys.dealer}`;
    const files = await count('from file');
    const orders = await count('from purchase_order');
    const json = new TextEncoder().encode(JSON.stringify(orderBody('HALF')));
    for (let at = 0; at < 8; at++) {
      await Promise.all([
        diesMidway(
          port,
          ['POST /api/v1/files HTTP/1.1', 'Host: x', bearer, 'Content-Type: image/png'],
          photoBytes,
        ),
        diesMidway(
          port,
          ['POST /api/v1/orders HTTP/1.1', 'Host: x', bearer, 'Content-Type: application/json'],
          json,
        ),
        diesMidway(
          port,
          ['POST /api/v1/documents HTTP/1.1', 'Host: x', bearer, 'Content-Type: application/xml'],
          new TextEncoder().encode('<Order xmlns="urn'),
        ),
      ]);
    }
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(health.status).toBe(200);
    expect([await count('from file'), await count('from purchase_order')]).toEqual([files, orders]);
    expect((await as('dealer', 'order.list')).items.length).toBeGreaterThan(0);
  });
});

it('all of it left the chain sound', async () => {
  expect(await unsound(world.test.store.database.owner)).toEqual([]);
});
