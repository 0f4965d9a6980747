import { expect, it } from 'vitest';
import { limits } from '../../kernel/index.ts';
import {
  answered,
  eventNamed,
  type Name,
  namesIn,
  stageForSubscriptions,
} from './subscriptions/testing.ts';

const stage = stageForSubscriptions();
const { later, capture, go, told } = stage;
const pause_s = limits.epcis_subscription_interval_ms / 1_000;

let asked = 0;

/** Asks as a screen does. */
async function call(name: Name, method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) {
  const { server, keys } = stage.repository;
  const reply = await server.inject({
    ...{ method, url: `/api/v1${path}` },
    headers: { authorization: `Bearer ${keys[name]}`, 'idempotency-key': `screen-${++asked}` },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: reply.statusCode, said: reply.json() };
}

const search = { biz_step: 'picking', at_from: '2026-03-01', query: 'MATCH_epc=urn:x:1|urn:x:2' };
const listed = async (name: Name) => (await call(name, 'GET', '/event-subscriptions')).said.items;

it('a search is saved under a name, and asked by it like any named query', async () => {
  const bad = await call('maker', 'POST', '/event-queries', { name: 'a b', ...search });
  expect([bad.status, bad.said.errors?.[0]?.path]).toEqual([400, 'name']);
  const wrong = { name: 'picks', query: 'EQ_bizStap=picking' };
  expect((await call('maker', 'POST', '/event-queries', wrong)).said.code).toBe(
    'goods.query_invalid',
  );
  const odd = { name: 'many', query: 'GE_quantity=+5&GT_percRank=.5' };
  const many = await call('maker', 'POST', '/event-queries', odd);
  expect(many.said.definition).toBe('{"GE_quantity":5,"GT_percRank":0.5}');
  const saved = await call('maker', 'POST', '/event-queries', { name: 'picks', ...search });
  expect(saved.status).toBe(201);
  expect(JSON.parse(saved.said.definition)).toEqual({
    MATCH_epc: ['urn:x:1', 'urn:x:2'],
    EQ_bizStep: ['picking'],
    GE_eventTime: '2026-03-01T00:00:00+08:00',
  });
  expect((await call('maker', 'POST', '/event-queries', { name: 'picks' })).status).toBe(409);
  expect((await stage.repository.send('maker', 'GET', '/queries/picks/events')).status).toBe(200);
  expect((await stage.repository.send('rival', 'GET', '/queries/picks')).status).toBe(404);
});

it('a receiver that was gone is told of all that came meanwhile, once it is back', async () => {
  const wanted = { query_name: 'packs', dest: stage.receiver.url, signature_token: 'secret' };
  const made = await call('maker', 'POST', '/event-subscriptions', wanted);
  expect(made.status).toBe(201);
  expect(JSON.stringify(made.said)).not.toContain('secret');
  const renew = (name: Name, id: string, body = {}) =>
    call(name, 'POST', `/event-subscriptions/${id}/renewals`, body);
  expect((await renew('maker', made.said.id)).said.code).toBe('goods.subscription_active');
  await capture('maker', [eventNamed('while-there')]);
  await go();
  later(pause_s);
  await capture('maker', [eventNamed('while-away')]);
  await go(async () => answered(410));
  expect(await listed('maker')).toMatchObject([{ state: 'off', off_reason: 'gone' }]);
  later(3_600);
  await capture('maker', [eventNamed('since-then')]);
  await go();
  // It is the firm's own: nobody else sees it, ends it, or has it go on.
  expect(await listed('rival')).toEqual([]);
  expect((await renew('rival', made.said.id)).status).toBe(404);
  const path = `/event-subscriptions/${made.said.id}`;
  expect((await call('rival', 'DELETE', path)).status).toBe(404);
  const again = await renew('maker', made.said.id);
  expect(again.said).toMatchObject({ id: made.said.id, state: 'active', off_reason: null });
  await go();
  const names = () => told().flat();
  expect(names().slice(-2)).toEqual(['while-away', 'since-then']);
  const [last] = stage.receiver.calls.slice(-1);
  expect(last?.headers['gs1-signature']).toMatch(/^sha256=/);
  // Whoever has lost what was sent has it sent again, from a moment on.
  const later_on = new Date(stage.repository.test.clock.now().getTime() + 1_000).toISOString();
  expect((await renew('maker', made.said.id, { from: later_on })).status).toBe(400);
  const from = made.said.created_at;
  expect((await renew('maker', made.said.id, { from })).status).toBe(200);
  await go();
  expect(names().slice(-3)).toEqual(['while-there', 'while-away', 'since-then']);
});

it('what was sent before a subscription began again moves it no further', async () => {
  const wanted = { query_name: 'packs', dest: stage.receiver.url };
  const { said: made } = await call('maker', 'POST', '/event-subscriptions', wanted);
  await capture('maker', [eventNamed('first')]);
  await go();
  later(pause_s);
  await capture('maker', [eventNamed('second')]);
  const from = new Date(Date.parse(made.created_at) - 1_000).toISOString();
  // It is taken back while its receiver says that it takes no more.
  const sent: string[][] = [];
  await go(async ({ body }) => {
    sent.push(namesIn(body));
    if (sent.length > 1) return answered(200);
    await call('maker', 'POST', `/event-subscriptions/${made.id}/renewals`, { from });
    return answered(410);
  });
  expect(await listed('maker')).toMatchObject([{ state: 'active', off_reason: null }]);
  later(pause_s);
  await go(async ({ body }) => {
    sent.push(namesIn(body));
    return answered(200);
  });
  expect(sent.flat()).toEqual(['second', 'first', 'second']);
  // A moment is one whatever offset it is written with.
  const written = from.replace('Z', '+00:00');
  const again = { from: written };
  const path = `/event-subscriptions/${made.id}/renewals`;
  expect((await call('maker', 'POST', path, again)).status).toBe(200);
});

it('a query that is dropped ends what is subscribed to it', async () => {
  const nightly = { hour: '2', dayOfWeek: '[1-5]' };
  const wanted = { query_name: 'packs', dest: stage.receiver.url, schedule: nightly };
  const made = await call('maker', 'POST', '/event-subscriptions', wanted);
  expect(made.said).toMatchObject({ schedule: nightly, state: 'active', dest: wanted.dest });
  const hourless = { ...wanted, schedule: { hour: '25' } };
  const bad = await call('maker', 'POST', '/event-subscriptions', hourless);
  expect([bad.status, bad.said.errors?.[0]?.path]).toEqual([400, 'schedule.hour']);
  const inside = { ...wanted, dest: 'https://127.0.0.1/events' };
  expect((await call('maker', 'POST', '/event-subscriptions', inside)).status).toBe(400);
  expect((await call('maker', 'DELETE', '/event-queries/packs')).status).toBe(200);
  expect(await listed('maker')).toEqual([]);
  expect((await call('maker', 'DELETE', '/event-queries/packs')).status).toBe(404);
});
