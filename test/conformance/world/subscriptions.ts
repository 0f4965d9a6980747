import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'vitest';
import { sendDue } from '../../../src/flows/goods/testing.ts';
import { limits } from '../../../src/kernel/index.ts';
import { webhookKeysOf } from '../../../src/kernel/webhooks/signing-key.ts';
import { type Send, sender } from './goods-events.ts';
import { type By, type Player, plainly } from './trade-story.ts';
import type { World } from './world.ts';

const json = { 'content-type': 'application/json' };
const dest = 'https://erp.example.com/epcis';
const at = (name: string) => `/epcis/queries/${name}/subscriptions`;

function eventNamed(name: string): string {
  return JSON.stringify({
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'ObjectEvent',
    eventID: `urn:uuid:subscribed-${name}`,
    eventTime: '2026-03-02T05:00:00.000Z',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep: 'loading',
    epcList: ['https://id.gs1.org/01/06901234000016/21/7'],
  });
}

/**
 * A firm has events sent to its own server: what is sent is taken, refused, too large, withheld,
 * nothing at all, and more than the query lets it be; then the firm leaves.
 * @param around hears what is said to the database from outside of requests
 */
export async function tellSubscriptions(
  world: World<Player>,
  around: (work: () => Promise<unknown>) => Promise<void>,
  send: Send = sender(world),
): Promise<void> {
  const { store, clock } = world.test;
  const { owner } = store.database;
  const keys = await webhookKeysOf([generateKeyPairSync('ed25519').privateKey]);
  const ask = async (status: number, ...asked: Parameters<Send>) => {
    const said = await send(...asked);
    expect(said.status, `${asked.join(' ')} ${said.body}`).toBe(status);
    return said;
  };
  const post = (path: string, body: object | string) =>
    [
      'maker',
      'POST',
      path,
      { headers: json, body: typeof body === 'string' ? body : JSON.stringify(body) },
    ] as const;
  const capture = (name: string) => ask(201, ...post('/epcis/events', eventNamed(name)));
  const go = async (...said: number[]) => {
    const answer = async () => {
      const status = said.shift() ?? 200;
      const error = status < 300 ? null : ('status' as const);
      return { error, status, excerpt: null, retry_after: null };
    };
    await around(() => sendDue({ store, keys, send: answer }));
    clock.set(new Date(clock.now().getTime() + 600_000));
  };
  for (const [name, more] of [
    ['loads', {}],
    ['few', { maxEventCount: 1 }],
  ] as const) {
    await ask(
      201,
      ...post('/epcis/queries', { name, query: { EQ_bizStep: ['loading'], ...more } }),
    );
  }
  const stream = { dest, signatureToken: '13df38d8275b13f0', stream: true };
  const { headers } = await ask(201, ...post(at('loads'), stream));
  const path = String(headers.location);
  const schedule = { minute: '0/5' };
  await ask(201, ...post(at('few'), { dest, schedule, reportIfEmpty: true }));
  for (const one of [path, at('loads'), `${at('loads')}?perPage=1`])
    await ask(200, 'maker', 'GET', one);
  await go();
  await capture('1');
  await capture('2');
  await go(413, 413, 500);
  await go();
  clock.set(new Date(clock.now().getTime() + 2 * limits.epcis_subscription_overlap_ms));
  await capture('3');
  await go(500, 500);
  await owner.query(`update subscription_event set event_id = subscription_id`);
  await go();
  const stay = (status: string) =>
    owner.query('update member set status = $1 where party_id = $2', [
      status,
      world.parties.maker.id,
    ]);
  await stay('left');
  await go();
  await stay('active');
  await ask(204, 'maker', 'DELETE', path);
  await ask(204, 'maker', 'DELETE', '/epcis/queries/few');
  await ask(204, 'maker', 'DELETE', '/epcis/queries/loads');
}

/** The same from the console: a search gets a name, and is subscribed to, resumed and ended. */
export async function tellStandingQueries(
  world: World<Player>,
  tell: By = plainly(world),
): Promise<void> {
  const { owner } = world.test.store.database;
  const body = { name: 'loaded', biz_step: 'loading', query: 'EQ_action=OBSERVE' };
  const { name } = await tell('maker', 'event_query.save', { body });
  await tell('maker', 'event_query.list', { query: { limit: 1 } });
  const wanted = { query_name: name, dest, signature_token: '13df38d8275b13f0' };
  const { id } = await tell('maker', 'event_subscription.create', { body: wanted });
  await tell('maker', 'event_subscription.list', { query: { limit: 1 } });
  await owner.query(`update query_subscription set state = 'off', off_reason = 'gone'
    where id = '${id}'`);
  const renewed = await tell('maker', 'event_subscription.renew', { params: { id }, body: {} });
  expect(renewed).toMatchObject({ id, query_name: name, dest, state: 'active' });
  await tell('maker', 'event_subscription.drop', { params: { id } });
  await tell('maker', 'event_query.drop', { params: { name } });
}
