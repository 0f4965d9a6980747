import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { openLog } from '../log.ts';
import { openTestChain, openTestStore } from '../testing.ts';
import { recordFacts } from '../trust/facts.ts';
import { sealAll } from '../trust/sealer.ts';
import { type Courier, deliverDue, startWebhooks } from './courier.ts';
import { stageForWebhooks } from './stage-testing.ts';
import { newKey, rulesFor } from './testing.ts';
import { createWebhook } from './webhooks.ts';

const stage = stageForWebhooks();
const { later, happen, subscribe, told, ids } = stage;

const until = async (done: () => boolean | Promise<boolean>) => {
  for (let tries = 0; tries < 800 && !(await done()); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('several servers on one database', () => {
  it('send each message once between them, and to one webhook one at a time', async () => {
    await subscribe('maker');
    stage.receiver.answers(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 204 };
    });
    // More than one go of one server.
    const facts = await happen(limits.webhook_go_messages + 20);
    const log = openLog('silent');
    const servers = [stage.courier, stage.courier, stage.courier].map((one) =>
      startWebhooks(one, log),
    );
    await until(() => stage.receiver.calls.length >= facts.length);
    await Promise.all(servers.map((one) => one.stop()));
    expect(told()).toEqual(facts);
    expect(new Set(ids()).size).toBe(facts.length);
    expect(stage.receiver.mostAtOnce()).toBe(1);
  }, 60_000);

  it('stop within seconds though a receiver hangs, and leave the message to the next', async () => {
    await subscribe('maker');
    stage.receiver.answers(() => new Promise(() => {}));
    const facts = await happen(1);
    const server = startWebhooks(stage.courier, openLog('silent'));
    await until(() => stage.receiver.calls.length === 1);
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(limits.stop_ms);
    stage.receiver.answers(() => ({ status: 204 }));
    expect(await deliverDue(stage.courier)).toBe(1);
    expect(told()).toEqual([...facts, ...facts]);
    expect(new Set(ids()).size).toBe(1);
  });

  it('take over from one that died in the middle of a call, under the same id', async () => {
    await subscribe('maker');
    const facts = await happen(2);
    let reached = () => {};
    const dying = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const dead: Courier = {
      ...stage.courier,
      send: () => {
        reached();
        return new Promise(() => {});
      },
    };
    deliverDue(dead).catch(() => {});
    await dying;
    expect(await deliverDue(stage.courier)).toBe(0);
    later(limits.webhook_lease_ms / 1_000 + 1);
    await deliverDue(stage.courier);
    expect(told()).toEqual(facts);
  });
});

it('holds up nobody for a party whose receivers take for ever', async () => {
  for (let at = 0; at < limits.webhooks; at++) await subscribe('maker');
  await subscribe('dealer', { url: stage.receiver.url.replace('hook', 'dealer') });
  const slow = () => stage.receiver.calls.filter(({ path }) => path === '/hook');
  stage.receiver.answers(({ path }) =>
    path === '/hook' ? new Promise(() => {}) : { status: 204 },
  );
  await happen(3, ['maker', 'dealer']);
  const server = startWebhooks(stage.courier, openLog('silent'));
  const prompt = () => stage.receiver.calls.length - slow().length;
  await until(() => prompt() === 3);
  expect(prompt()).toBe(3);
  expect(slow().length).toBeLessThanOrEqual(limits.webhooks_at_once_of_party);
  await server.stop();
}, 60_000);

it('sends on PGlite as well, and holds its one connection for no receiver', async () => {
  const small = await openTestStore([], { place: 'pglite', start: new Date().toISOString() });
  try {
    small.store.call_rules = rulesFor(stage.receiver);
    const { as, parties } = await openTestChain(small.store, { maker: 'core' });
    const given = { url: stage.receiver.url, description: 'ERP', kinds: [] };
    await as('maker', (tx) => createWebhook(tx, given));
    const fact = { type: 'test.thing.happened', subject: parties.maker.id, body: {} };
    const record = () =>
      as('maker', (tx) => recordFacts(tx, [{ ...fact, parties: [parties.maker.id] }]));
    const facts = await record();
    await sealAll(small.store, newKey());
    // What the receiver does meanwhile at the platform's own door is not kept waiting.
    stage.receiver.answers(async () => {
      await record();
      return { status: 204 };
    });
    await deliverDue({ ...stage.courier, store: small.store });
    expect(told()).toEqual(facts);
  } finally {
    await small.close();
  }
}, 120_000);
