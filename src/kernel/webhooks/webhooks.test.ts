import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listPartySecurity } from '../identity/security-log.ts';
import { endSharing, shareWith } from '../identity/sharing.ts';
import { limits } from '../limits.ts';
import { openLog } from '../log.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { listFacts, recordFacts } from '../trust/facts.ts';
import { sealAll } from '../trust/sealer.ts';
import { type Courier, deliverDue, startWebhooks } from './courier.ts';
import { listMessages, ping, replay, resend, setAside } from './messages.ts';
import { attemptsAtMost } from './schedule.ts';
import { type Lookup, post } from './sending.ts';
import { type WebhookKeys, webhookKeysOf } from './signing-key.ts';
import {
  holdsUnder,
  newKey,
  openReceiver,
  type Receiver,
  rulesFor,
  verifiedJws,
} from './testing.ts';
import { changeWebhook, createWebhook, getWebhook, rotateWebhook } from './webhooks.ts';

type Name = 'maker' | 'dealer' | 'stranger';
type Opened = Awaited<ReturnType<typeof openTestChain<Name>>>;

const sealKey = newKey();
let test: TestStore;
let keys: WebhookKeys;
let chain: Opened;
let receiver: Receiver;
let courier: Courier;

beforeAll(async () => {
  // The reference library looks at the machine's own clock.
  test = await openTestStore([], { start: new Date().toISOString() });
  keys = await webhookKeysOf([newKey()]);
  courier = { store: test.store, keys };
}, 60_000);
afterAll(() => test?.close());

beforeEach(async () => {
  test.clock.set(new Date());
  receiver = await openReceiver();
  test.store.call_rules = rulesFor(receiver);
  chain = await openTestChain(test.store, {
    maker: 'core',
    dealer: 'dealer',
    stranger: 'supplier',
  });
});
afterEach(async () => {
  // What one story leaves waiting is not for the next one's receiver.
  await test.store.database.owner.query('delete from webhook');
  await receiver.close();
});

const later = (seconds: number) =>
  test.clock.set(new Date(test.clock.now().getTime() + seconds * 1_000));
const seal = () => sealAll(test.store, sealKey);

/** Facts of the maker that the named parties see, numbered; sealed, as they are to be told. */
async function happen(
  count: number,
  sees: readonly Name[] = ['maker'],
  type = 'test.thing.happened',
) {
  const { as, parties } = chain;
  const ids = await as('maker', (tx) =>
    recordFacts(
      tx,
      Array.from({ length: count }, (_, n) => ({
        type,
        subject: parties.maker.id,
        parties: sees.map((name) => parties[name].id),
        body: { n, text: '水饺', amount_minor: 12n },
      })),
    ),
  );
  await seal();
  return ids;
}

const subscribe = (name: Name, given: Partial<Parameters<typeof createWebhook>[1]> = {}) =>
  chain.as(name, (tx) =>
    createWebhook(tx, { url: receiver.url, description: 'ERP', kinds: [], ...given }),
  );
const messagesOf = async (name: Name, id: string) =>
  (await chain.as(name, (tx) => listMessages(tx, id, { limit: 200 }))).items;
const told = () => receiver.calls.map(({ json }) => json.data.id);
const ids = () => receiver.calls.map(({ id }) => id);

describe('a message', () => {
  it('is a fact as the API shows it, signed twice, and nobody can change a letter of it', async () => {
    const { id, secret } = await subscribe('maker');
    const [fact] = await happen(1);
    await deliverDue(courier);
    const [call] = receiver.calls;
    if (!call) throw new Error('nothing came');
    const { items } = await chain.as('maker', (tx) => listFacts(tx, { limit: 1 }));
    expect(call.json).toEqual({
      type: 'test.thing.happened',
      timestamp: items[0]?.recorded_at,
      chain_id: chain.chain.id,
      data: items[0],
    });
    expect(items[0]).toMatchObject({ id: fact, sealed_position: expect.any(Number) });
    expect(holdsUnder(secret, call)).toBe(true);
    const header = await verifiedJws(call, keys.jwks);
    expect(header).toMatchObject({ alg: 'EdDSA', b64: false, crit: ['b64'], aud: id });
    const changed = { ...call, body: call.body.replace('水饺', '汤圆') };
    expect(holdsUnder(secret, changed)).toBe(false);
    await expect(verifiedJws(changed, keys.jwks)).rejects.toThrow();
    const moved = { ...call, headers: { ...call.headers, 'webhook-id': 'another' } };
    expect(holdsUnder(secret, moved)).toBe(false);
    await expect(verifiedJws(moved, keys.jwks)).rejects.toThrow();
    const strange = await webhookKeysOf([newKey()]);
    await expect(verifiedJws(call, strange.jwks)).rejects.toThrow();
  });

  it('carries both signatures while its secret is moved, and then the new one alone', async () => {
    const { id, secret } = await subscribe('maker');
    const turned = await chain.as('maker', (tx) => rotateWebhook(tx, id, { overlap_hours: 1 }));
    await happen(1);
    await deliverDue(courier);
    later(3_601);
    await happen(1);
    await deliverDue(courier);
    const [during, behind] = receiver.calls;
    if (!during || !behind) throw new Error('two were to come');
    expect([holdsUnder(secret, during), holdsUnder(turned.secret, during)]).toEqual([true, true]);
    // An hour ahead of the machine: the reference library has to be told of the signature alone.
    expect(String(behind.headers['webhook-signature']).split(' ')).toHaveLength(1);
    expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  it('leaves no secret in the database that could be read there', async () => {
    const { id, secret } = await subscribe('maker');
    const { rows } = await test.store.database.owner.query(
      'select to_jsonb(w)::text as text, sealed_secret from webhook w where id = $1',
      [id],
    );
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(bytes).toHaveLength(32);
    expect(rows[0].text).not.toContain(secret.slice(6));
    expect(rows[0].text).not.toContain(bytes.toString('hex'));
    expect(Buffer.from(rows[0].sealed_secret).includes(bytes)).toBe(false);
  });
});

describe('what is told', () => {
  it('is what each party sees, in order, under an agreement too and behind its end', async () => {
    const { as, parties } = chain;
    for (const name of ['maker', 'dealer', 'stranger'] as const) {
      await subscribe(name, { url: `${receiver.url}/${name}` });
    }
    const agreement = await as('maker', (tx) =>
      shareWith(tx, { reader_id: parties.stranger.id, scope: 'orders', purpose: '对账' }),
    );
    await happen(3, ['maker']);
    await happen(2, ['maker', 'dealer']);
    await happen(2, ['dealer']);
    await deliverDue(courier);
    await as('maker', (tx) => endSharing(tx, agreement.id));
    await happen(2, ['maker', 'dealer', 'stranger']);
    await happen(1, ['maker']);
    await deliverDue(courier);
    for (const name of ['maker', 'dealer', 'stranger'] as const) {
      const calls = receiver.calls.filter(({ path }) => path === `/hook/${name}`);
      const { items } = await as(name, (tx) => listFacts(tx, { limit: 200 }));
      const seen = items.toSorted((one, other) => {
        return (one.sealed_position ?? 0) - (other.sealed_position ?? 0);
      });
      const since = (await messagesOf(name, await idOf(name))).map(({ fact_id }) => fact_id);
      expect(calls.map(({ json }) => json.data.id)).toEqual(
        seen.map(({ id }) => id).filter((id) => since.includes(id)),
      );
      const places = calls.map(({ json }) => json.data.sealed_position);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(calls.length).toBe({ maker: 10, dealer: 6, stranger: 4 }[name]);
    }
  });

  const idOf = async (name: Name) => {
    const { rows } = await test.store.database.owner.query(
      'select id from webhook where owner_id = $1',
      [chain.parties[name].id],
    );
    return rows[0].id as string;
  };

  it('is only of the kinds that were asked for', async () => {
    await subscribe('maker', { kinds: ['commerce.*.*', 'test.thing.seen'] });
    const wanted = [
      ...(await happen(1, ['maker'], 'commerce.order.placed')),
      ...(await happen(1, ['maker'], 'test.thing.seen')),
    ];
    await happen(1);
    await deliverDue(courier);
    expect(told()).toEqual(wanted);
  });

  it('leaves out nothing that commits late, with a lower id', async () => {
    await subscribe('maker');
    const { as, parties } = chain;
    const fact = { type: 'test.thing.late', subject: parties.maker.id, body: {} };
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let began = () => {};
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const slow = as('maker', async (tx) => {
      const made = await recordFacts(tx, [{ ...fact, parties: [parties.maker.id] }]);
      await tx.settle();
      began();
      await held;
      return made;
    });
    await begun;
    const quick = await happen(2);
    await deliverDue(courier);
    expect(told()).toEqual(quick);
    commit();
    const late = await slow;
    expect((late[0] ?? '') < (quick[0] ?? '')).toBe(true);
    await seal();
    await deliverDue(courier);
    expect(told()).toEqual([...quick, ...late]);
  });

  it('is withheld where the party may not see it any more when its turn comes', async () => {
    const { id } = await subscribe('maker');
    receiver.answers(() => ({ status: 503 }));
    const [first, second] = await happen(2);
    await deliverDue(courier);
    receiver.answers(() => ({ status: 204 }));
    await test.store.database.owner.query('update fact set parties = $1 where id = $2', [
      [chain.parties.stranger.id],
      second,
    ]);
    later(10);
    await deliverDue(courier);
    expect(told()).toEqual([first, first]);
    const states = (await messagesOf('maker', id)).map(({ fact_id, state }) => [fact_id, state]);
    expect(Object.fromEntries(states)).toEqual({
      [String(first)]: 'delivered',
      [String(second)]: 'withheld',
    });
  });

  it('ends when the party leaves the chain', async () => {
    const { id } = await subscribe('dealer');
    await happen(1, ['maker', 'dealer']);
    await deliverDue(courier);
    await happen(3, ['maker', 'dealer']);
    await test.store.database.owner.query(
      `update member set status = 'left' where chain_id = $1 and party_id = $2`,
      [chain.chain.id, chain.parties.dealer.id],
    );
    expect(await deliverDue(courier)).toBe(0);
    expect(receiver.calls).toHaveLength(1);
    const webhook = await chain.as('dealer', (tx) => getWebhook(tx, id));
    expect(webhook).toMatchObject({ state: 'off', off_reason: 'left' });
    expect(await deliverDue(courier)).toBe(0);
  });

  it('is nothing of a key that may not read facts', async () => {
    const making = chain.as('maker', (tx) => {
      const actor = { ...tx.actor, permissions: ['kernel.webhook.*'] };
      return createWebhook({ ...tx, actor }, { url: receiver.url, description: 'x', kinds: [] });
    });
    await expect(making).rejects.toMatchObject({ code: 'kernel.not_permitted' });
  });
});

describe('a receiver that fails', () => {
  it('is tried again, later and later, and gets what comes behind in its order', async () => {
    const { id } = await subscribe('maker');
    let fails = 2;
    receiver.answers(() => ({ status: fails-- > 0 ? 500 : 204, body: 'out of stock' }));
    const facts = await happen(3);
    await deliverDue(courier);
    expect(await deliverDue(courier)).toBe(0);
    expect(told()).toEqual([facts[0]]);
    const [waiting] = (await messagesOf('maker', id)).filter(({ attempts }) => attempts > 0);
    expect(waiting).toMatchObject({ state: 'waiting', attempts: 1, last_status: 500 });
    // The receiver stands in a network of the operator's own: what it says stays there.
    expect(waiting).toMatchObject({ last_error: 'status', last_excerpt: null });
    later(6.1);
    await deliverDue(courier);
    later(200);
    expect(await deliverDue(courier)).toBe(0);
    later(200);
    await deliverDue(courier);
    expect(told()).toEqual([facts[0], facts[0], ...facts]);
    expect(new Set(ids()).size).toBe(3);
    const webhook = await chain.as('maker', (tx) => getWebhook(tx, id));
    expect(webhook.failing_since).toBeNull();
  });

  it('is not asked before it wants to be, within a day', async () => {
    await subscribe('maker');
    const headers = { 'retry-after': '7200' };
    receiver.answers(() => ({ status: 429, headers }));
    await happen(1);
    await deliverDue(courier);
    later(7_190);
    expect(await deliverDue(courier)).toBe(0);
    later(11);
    headers['retry-after'] = '99999999';
    expect(await deliverDue(courier)).toBe(1);
    later(limits.webhook_retry_after_s + 1);
    expect(await deliverDue(courier)).toBe(1);
  });

  it('loses no message: a dead one can be sent again, and all from any fact on', async () => {
    const { id } = await subscribe('maker');
    const [bad, ...good] = await happen(4);
    receiver.answers(({ json }) => ({ status: json.data.id === bad ? 500 : 204 }));
    for (let tries = 0; tries < attemptsAtMost; tries++) {
      await deliverDue(courier);
      const [first] = (await messagesOf('maker', id)).filter(({ attempts }) => attempts > 0);
      if (first?.next_at) test.clock.set(first.next_at);
    }
    expect(told()).toEqual([...Array(attemptsAtMost).fill(bad), ...good]);
    const dead = await chain.as('maker', (tx) => listMessages(tx, id, { limit: 9, state: 'dead' }));
    expect(dead.items.map(({ fact_id, attempts }) => [fact_id, attempts])).toEqual([
      [bad, attemptsAtMost],
    ]);
    receiver.answers(() => ({ status: 204 }));
    receiver.calls.length = 0;
    await chain.as('maker', (tx) => resend(tx, id, dead.items[0]?.id ?? ''));
    await deliverDue(courier);
    expect(told()).toEqual([bad]);
    const before = ids();
    await chain.as('maker', (tx) => replay(tx, id, { from_fact_id: bad }));
    await deliverDue(courier);
    expect(told()).toEqual([bad, bad, ...good]);
    expect(ids()[1]).toBe(before[0]);
    receiver.calls.length = 0;
    await chain.as('maker', (tx) => replay(tx, id, { from_fact_id: good[1] }));
    await deliverDue(courier);
    expect(told()).toEqual(good.slice(1));
  });

  it('can have what holds it up set aside, and be replayed while it waits', async () => {
    const { id } = await subscribe('maker');
    const facts = await happen(3);
    receiver.answers(() => ({ status: 500 }));
    await deliverDue(courier);
    const held = (await messagesOf('maker', id)).find(({ attempts }) => attempts === 1);
    await chain.as('maker', (tx) => setAside(tx, id, held?.id ?? ''));
    const twice = chain.as('maker', (tx) => setAside(tx, id, held?.id ?? ''));
    await expect(twice).rejects.toMatchObject({ code: 'webhook.not_waiting' });
    receiver.answers(() => ({ status: 204 }));
    await deliverDue(courier);
    expect(told()).toEqual(facts);
    receiver.answers(() => ({ status: 500 }));
    const more = await happen(2);
    await deliverDue(courier);
    receiver.answers(() => ({ status: 204 }));
    receiver.calls.length = 0;
    await chain.as('maker', (tx) => replay(tx, id, { from_fact_id: facts[0] }));
    await deliverDue(courier);
    expect(told()).toEqual([...facts, ...more]);
  });

  it('that is gone, or fails for days, is switched off; its owner hears of it and can go on', async () => {
    const { id } = await subscribe('maker');
    receiver.answers(() => ({ status: 410 }));
    const facts = await happen(2);
    await deliverDue(courier);
    const state = () => chain.as('maker', (tx) => getWebhook(tx, id));
    expect(await state()).toMatchObject({ state: 'off', off_reason: 'gone' });
    receiver.answers(() => ({ status: 204 }));
    await chain.as('maker', (tx) => changeWebhook(tx, id, { state: 'active' }));
    await seal();
    await deliverDue(courier);
    expect(told().slice(0, 3)).toEqual([facts[0], ...facts]);
    // The fact of its own switching off came along: it is the owner's like any other.
    expect(receiver.calls.at(-1)?.json.type).toBe('kernel.webhook.switched_off');
    receiver.answers(() => ({ status: 500 }));
    await happen(3);
    for (let day = 0; day <= limits.webhook_failing_days; day++) {
      await deliverDue(courier);
      later(86_400 * 1.1);
    }
    await deliverDue(courier);
    expect(await state()).toMatchObject({ state: 'off', off_reason: 'failing' });
    expect(await deliverDue(courier)).toBe(0);
    const { items } = await chain.as('maker', (tx) => listPartySecurity(tx, { limit: 20 }));
    const kinds = items.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'webhook_switched_off')).toHaveLength(2);
  });

  it('can be tested while it is paused, once and without an effect on anything else', async () => {
    const { id, secret } = await subscribe('maker');
    await chain.as('maker', (tx) => changeWebhook(tx, id, { state: 'paused' }));
    const facts = await happen(1);
    receiver.answers(() => ({ status: 500 }));
    await chain.as('maker', (tx) => ping(tx, id));
    await deliverDue(courier);
    later(90_000);
    expect(await deliverDue(courier)).toBe(0);
    test.clock.set(new Date());
    expect(receiver.calls.map(({ json }) => json.type)).toEqual(['kernel.webhook.pinged']);
    expect(receiver.calls.every((call) => holdsUnder(secret, call))).toBe(true);
    expect(await messagesOf('maker', id)).toMatchObject([{ kind: 'ping', state: 'dead' }]);
    receiver.answers(() => ({ status: 204 }));
    await chain.as('maker', (tx) => changeWebhook(tx, id, { state: 'active' }));
    await deliverDue(courier);
    expect(told().slice(1)).toEqual(facts);
  });
});

describe('a call', () => {
  const call = (address: string, look: Lookup, rules = rulesFor(receiver)) =>
    post({ address, headers: { 'webhook-id': 'x' }, body: '{}' }, rules, { look });
  const never: Lookup = async () => {
    throw new Error('nobody is asked');
  };

  it('does not go where a redirect points', async () => {
    const { id } = await subscribe('maker');
    receiver.answers(({ path }) =>
      path === '/hook'
        ? { status: 302, headers: { location: `http://127.0.0.1:${receiver.port}/inside` } }
        : { status: 200 },
    );
    await happen(1);
    await deliverDue(courier);
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/hook']);
    expect(await messagesOf('maker', id)).toMatchObject([
      { state: 'waiting', last_status: 302, last_error: 'status' },
    ]);
  });

  it('is not made to a name that leads inside, and says no more than to one that leads nowhere', async () => {
    const { port } = receiver;
    const rules = { ports: [port], http: true, allow: [] };
    const url = `http://rebound.example:${port}/hook`;
    const inside = await call(url, async () => ['127.0.0.1', '::1', '10.0.0.1'], rules);
    const nowhere = await call(url, async () => [], rules);
    const literal = await call(receiver.url, never, rules);
    const unknown = await call(url, never, rules);
    expect(inside).toMatchObject({ error: 'address', status: null, excerpt: null });
    expect([nowhere, literal, unknown]).toEqual([inside, inside, inside]);
    expect(receiver.calls).toEqual([]);
  });

  it('goes to the very address that was checked, whatever the name says a moment later', async () => {
    let asked = 0;
    const turning: Lookup = async () => (asked++ === 0 ? ['10.9.9.9', '127.0.0.1'] : ['127.0.0.2']);
    const outcome = await call(`http://rebound.example:${receiver.port}/hook`, turning);
    expect(outcome).toMatchObject({ error: null, status: 204 });
    expect(asked).toBe(1);
    expect(receiver.calls[0]?.headers.host).toBe(`rebound.example:${receiver.port}`);
  });

  it('ends where nobody answers, and reads little of an answer without end', async () => {
    const refused = await call('http://127.0.0.1:1/hook', never, {
      ...rulesFor(receiver),
      ports: [1],
    });
    expect(refused).toMatchObject({ error: 'connection', status: null });
    receiver.answers(() => ({ status: 500, body: 'x\u0000y'.repeat(2_000_000) }));
    const began = performance.now();
    const long = await call(receiver.url, never);
    expect(long).toMatchObject({ error: 'status', status: 500, excerpt: null });
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('several servers on one database', () => {
  const until = async (done: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 800 && !(await done()); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('send each message once between them, and to one webhook one at a time', async () => {
    await subscribe('maker');
    receiver.answers(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 204 };
    });
    // More than one go of one server.
    const facts = await happen(limits.webhook_go_messages + 20);
    const log = openLog('silent');
    const servers = [courier, courier, courier].map((one) => startWebhooks(one, log));
    await until(() => receiver.calls.length >= facts.length);
    await Promise.all(servers.map((one) => one.stop()));
    expect(told()).toEqual(facts);
    expect(new Set(ids()).size).toBe(facts.length);
    expect(receiver.mostAtOnce()).toBe(1);
  }, 60_000);

  it('stop within seconds though a receiver hangs, and leave its message to the next at once', async () => {
    await subscribe('maker');
    receiver.answers(() => new Promise(() => {}));
    const facts = await happen(1);
    const server = startWebhooks(courier, openLog('silent'));
    await until(() => receiver.calls.length === 1);
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(limits.stop_ms);
    receiver.answers(() => ({ status: 204 }));
    expect(await deliverDue(courier)).toBe(1);
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
      ...courier,
      send: () => {
        reached();
        return new Promise(() => {});
      },
    };
    deliverDue(dead).catch(() => {});
    await dying;
    expect(await deliverDue(courier)).toBe(0);
    later(limits.webhook_lease_ms / 1_000 + 1);
    await deliverDue(courier);
    expect(told()).toEqual(facts);
  });
});
