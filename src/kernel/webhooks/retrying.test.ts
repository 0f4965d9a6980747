import { describe, expect, it } from 'vitest';
import { listPartySecurity } from '../identity/security-log.ts';
import { limits } from '../limits.ts';
import { deliverDue } from './courier.ts';
import { listMessages, ping, replay, resend, setAside } from './messages.ts';
import { attemptsAtMost } from './schedule.ts';
import { stageForWebhooks } from './stage-testing.ts';
import { holdsUnder } from './testing.ts';
import { changeWebhook, getWebhook } from './webhooks.ts';

const stage = stageForWebhooks();
const { seal, later, happen, subscribe, messagesOf, told, ids } = stage;

describe('a receiver that fails', () => {
  it('is tried again, later and later, and gets what comes behind in its order', async () => {
    const { id } = await subscribe('maker');
    let fails = 2;
    stage.receiver.answers(() => ({ status: fails-- > 0 ? 500 : 204, body: 'out of stock' }));
    const facts = await happen(3);
    await deliverDue(stage.courier);
    expect(await deliverDue(stage.courier)).toBe(0);
    expect(told()).toEqual([facts[0]]);
    const [waiting] = (await messagesOf('maker', id)).filter(({ attempts }) => attempts > 0);
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, last_status: 500 });
    // The receiver stands in a network of the operator's own: what it says stays there.
    expect(waiting).toMatchObject({ last_error: 'status', last_excerpt: null });
    later(6.1);
    await deliverDue(stage.courier);
    later(200);
    expect(await deliverDue(stage.courier)).toBe(0);
    later(200);
    await deliverDue(stage.courier);
    expect(told()).toEqual([facts[0], facts[0], ...facts]);
    expect(new Set(ids()).size).toBe(3);
    const webhook = await stage.chain.as('maker', (tx) => getWebhook(tx, id));
    expect(webhook.failing_since).toBeNull();
  });

  it('is not asked before it wants to be, within a day', async () => {
    await subscribe('maker');
    const headers = { 'retry-after': '7200' };
    stage.receiver.answers(() => ({ status: 429, headers }));
    await happen(1);
    await deliverDue(stage.courier);
    later(7_190);
    expect(await deliverDue(stage.courier)).toBe(0);
    later(11);
    headers['retry-after'] = '99999999';
    expect(await deliverDue(stage.courier)).toBe(1);
    later(limits.webhook_retry_after_s + 1);
    expect(await deliverDue(stage.courier)).toBe(1);
  });

  it('loses no message: a dead one can be sent again, and all from any fact on', async () => {
    const { id } = await subscribe('maker');
    const [bad, ...good] = await happen(4);
    stage.receiver.answers(({ json }) => ({ status: json.data.id === bad ? 500 : 204 }));
    for (let tries = 0; tries < attemptsAtMost; tries++) {
      await deliverDue(stage.courier);
      const [first] = (await messagesOf('maker', id)).filter(({ attempts }) => attempts > 0);
      if (first?.next_at) stage.test.clock.set(first.next_at);
    }
    expect(told()).toEqual([...Array(attemptsAtMost).fill(bad), ...good]);
    const dead = await stage.chain.as('maker', (tx) =>
      listMessages(tx, id, { limit: 9, state: 'dead' }),
    );
    expect(dead.items.map(({ fact_id, attempts }) => [fact_id, attempts])).toEqual([
      [bad, attemptsAtMost],
    ]);
    stage.receiver.answers(() => ({ status: 204 }));
    stage.receiver.calls.length = 0;
    await stage.chain.as('maker', (tx) => resend(tx, id, dead.items[0]?.id ?? ''));
    await deliverDue(stage.courier);
    expect(told()).toEqual([bad]);
    const before = ids();
    await stage.chain.as('maker', (tx) => replay(tx, id, { from_fact_id: bad }));
    await deliverDue(stage.courier);
    expect(told()).toEqual([bad, bad, ...good]);
    expect(ids()[1]).toBe(before[0]);
    stage.receiver.calls.length = 0;
    await stage.chain.as('maker', (tx) => replay(tx, id, { from_fact_id: good[1] }));
    await deliverDue(stage.courier);
    expect(told()).toEqual(good.slice(1));
  });

  it('can have what holds it up set aside, and be replayed while it waits', async () => {
    const { id } = await subscribe('maker');
    const facts = await happen(3);
    stage.receiver.answers(() => ({ status: 500 }));
    await deliverDue(stage.courier);
    const held = (await messagesOf('maker', id)).find(({ attempts }) => attempts === 1);
    await stage.chain.as('maker', (tx) => setAside(tx, id, held?.id ?? ''));
    const twice = stage.chain.as('maker', (tx) => setAside(tx, id, held?.id ?? ''));
    await expect(twice).rejects.toMatchObject({ code: 'webhook.not_waiting' });
    stage.receiver.answers(() => ({ status: 204 }));
    await deliverDue(stage.courier);
    expect(told()).toEqual(facts);
    stage.receiver.answers(() => ({ status: 500 }));
    const more = await happen(2);
    await deliverDue(stage.courier);
    stage.receiver.answers(() => ({ status: 204 }));
    stage.receiver.calls.length = 0;
    await stage.chain.as('maker', (tx) => replay(tx, id, { from_fact_id: facts[0] }));
    await deliverDue(stage.courier);
    expect(told()).toEqual([...facts, ...more]);
  });

  it('is switched off when it is gone or fails for days, and its owner hears of it', async () => {
    const { id } = await subscribe('maker');
    stage.receiver.answers(() => ({ status: 410 }));
    const facts = await happen(2);
    await deliverDue(stage.courier);
    const state = () => stage.chain.as('maker', (tx) => getWebhook(tx, id));
    expect(await state()).toMatchObject({ state: 'off', off_reason: 'gone' });
    stage.receiver.answers(() => ({ status: 204 }));
    await stage.chain.as('maker', (tx) => changeWebhook(tx, id, { state: 'active' }));
    await seal();
    await deliverDue(stage.courier);
    expect(told().slice(0, 3)).toEqual([facts[0], ...facts]);
    // The fact of its own switching off came along: it is the owner's like any other.
    expect(stage.receiver.calls.at(-1)?.json.type).toBe('kernel.webhook.switched_off');
    stage.receiver.answers(() => ({ status: 500 }));
    await happen(3);
    for (let day = 0; day <= limits.webhook_failing_days; day++) {
      await deliverDue(stage.courier);
      later(86_400 * 1.1);
    }
    await deliverDue(stage.courier);
    expect(await state()).toMatchObject({ state: 'off', off_reason: 'failing' });
    expect(await deliverDue(stage.courier)).toBe(0);
    const { items } = await stage.chain.as('maker', (tx) => listPartySecurity(tx, { limit: 20 }));
    const kinds = items.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'webhook_switched_off')).toHaveLength(2);
  });

  it('can be tested while it is paused, once and without an effect on anything else', async () => {
    const { id, secret } = await subscribe('maker');
    await stage.chain.as('maker', (tx) => changeWebhook(tx, id, { state: 'paused' }));
    const facts = await happen(1);
    stage.receiver.answers(() => ({ status: 500 }));
    const test = () => stage.chain.as('maker', (tx) => ping(tx, id));
    const both = await Promise.allSettled([test(), test()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(test()).rejects.toMatchObject({ code: 'webhook.test_waits' });
    await deliverDue(stage.courier);
    later(90_000);
    expect(await deliverDue(stage.courier)).toBe(0);
    stage.test.clock.set(new Date());
    expect(stage.receiver.calls.map(({ json }) => json.type)).toEqual(['kernel.webhook.pinged']);
    expect(stage.receiver.calls.every((call) => holdsUnder(secret, call))).toBe(true);
    expect(await messagesOf('maker', id)).toMatchObject([{ kind: 'ping', state: 'dead' }]);
    stage.receiver.answers(() => ({ status: 204 }));
    await stage.chain.as('maker', (tx) => changeWebhook(tx, id, { state: 'active' }));
    await deliverDue(stage.courier);
    expect(told().slice(1)).toEqual(facts);
  });
});
