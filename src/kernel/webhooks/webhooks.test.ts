import { describe, expect, it } from 'vitest';
import { endSharing, shareWith } from '../identity/sharing.ts';
import { listFacts, recordFacts } from '../trust/facts.ts';
import { deliverDue } from './courier.ts';
import { webhookKeysOf } from './signing-key.ts';
import { type Name, stageForWebhooks } from './stage-testing.ts';
import { holdsUnder, newKey, verifiedJws } from './testing.ts';
import { createWebhook, getWebhook, rotateWebhook } from './webhooks.ts';

const stage = stageForWebhooks();
const { seal, later, happen, subscribe, messagesOf, told } = stage;

describe('a message', () => {
  it('is a fact as the API shows it, signed twice over each of its letters', async () => {
    const { id, secret } = await subscribe('maker');
    const [fact] = await happen(1);
    await deliverDue(stage.courier);
    const [call] = stage.receiver.calls;
    if (!call) throw new Error('nothing came');
    const { items } = await stage.chain.as('maker', (tx) => listFacts(tx, { limit: 1 }));
    expect(call.json).toEqual({
      type: 'test.thing.happened',
      timestamp: items[0]?.recorded_at,
      chain_id: stage.chain.chain.id,
      data: items[0],
    });
    expect(items[0]).toMatchObject({ id: fact, sealed_position: expect.any(Number) });
    expect(holdsUnder(secret, call)).toBe(true);
    const header = await verifiedJws(call, stage.courier.keys.jwks);
    expect(header).toMatchObject({ alg: 'EdDSA', b64: false, crit: ['b64'], aud: id });
    const changed = { ...call, body: call.body.replace('水饺', '汤圆') };
    expect(holdsUnder(secret, changed)).toBe(false);
    await expect(verifiedJws(changed, stage.courier.keys.jwks)).rejects.toThrow();
    const moved = { ...call, headers: { ...call.headers, 'webhook-id': 'another' } };
    expect(holdsUnder(secret, moved)).toBe(false);
    await expect(verifiedJws(moved, stage.courier.keys.jwks)).rejects.toThrow();
    const strange = await webhookKeysOf([newKey()]);
    await expect(verifiedJws(call, strange.jwks)).rejects.toThrow();
  });

  it('carries both signatures while its secret is moved, and then the new one alone', async () => {
    const { id, secret } = await subscribe('maker');
    const turned = await stage.chain.as('maker', (tx) =>
      rotateWebhook(tx, id, { overlap_hours: 1 }),
    );
    await happen(1);
    await deliverDue(stage.courier);
    later(3_601);
    await happen(1);
    await deliverDue(stage.courier);
    const [during, behind] = stage.receiver.calls;
    if (!during || !behind) throw new Error('two were to come');
    expect([holdsUnder(secret, during), holdsUnder(turned.secret, during)]).toEqual([true, true]);
    // An hour ahead of the machine: the reference library has to be told of the signature alone.
    expect(String(behind.headers['webhook-signature']).split(' ')).toHaveLength(1);
    expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  it('leaves no secret in the database that could be read there', async () => {
    const { id, secret } = await subscribe('maker');
    const { rows } = await stage.test.store.database.owner.query(
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
    const { as, parties } = stage.chain;
    for (const name of ['maker', 'dealer', 'stranger'] as const) {
      await subscribe(name, { url: `${stage.receiver.url}/${name}` });
    }
    const agreement = await as('maker', (tx) =>
      shareWith(tx, { reader_id: parties.stranger.id, scope: 'orders', purpose: '对账' }),
    );
    await happen(3, ['maker']);
    await happen(2, ['maker', 'dealer']);
    await happen(2, ['dealer']);
    await deliverDue(stage.courier);
    await as('maker', (tx) => endSharing(tx, agreement.id));
    await happen(2, ['maker', 'dealer', 'stranger']);
    await happen(1, ['maker']);
    await deliverDue(stage.courier);
    for (const name of ['maker', 'dealer', 'stranger'] as const) {
      const calls = stage.receiver.calls.filter(({ path }) => path === `/hook/${name}`);
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
    const { rows } = await stage.test.store.database.owner.query(
      'select id from webhook where owner_id = $1',
      [stage.chain.parties[name].id],
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
    await deliverDue(stage.courier);
    expect(told()).toEqual(wanted);
  });

  it('leaves out nothing that commits late, with a lower id', async () => {
    await subscribe('maker');
    const { as, parties } = stage.chain;
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
    await deliverDue(stage.courier);
    expect(told()).toEqual(quick);
    commit();
    const late = await slow;
    expect((late[0] ?? '') < (quick[0] ?? '')).toBe(true);
    await seal();
    await deliverDue(stage.courier);
    expect(told()).toEqual([...quick, ...late]);
  });

  it('is withheld where the party may not see it any more when its turn comes', async () => {
    const { id } = await subscribe('maker');
    stage.receiver.answers(() => ({ status: 503 }));
    const [first, second] = await happen(2);
    await deliverDue(stage.courier);
    stage.receiver.answers(() => ({ status: 204 }));
    await stage.test.store.database.owner.query('update fact set parties = $1 where id = $2', [
      [stage.chain.parties.stranger.id],
      second,
    ]);
    later(10);
    await deliverDue(stage.courier);
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
    await deliverDue(stage.courier);
    await happen(3, ['maker', 'dealer']);
    await stage.test.store.database.owner.query(
      `update member set status = 'left' where chain_id = $1 and party_id = $2`,
      [stage.chain.chain.id, stage.chain.parties.dealer.id],
    );
    expect(await deliverDue(stage.courier)).toBe(0);
    expect(stage.receiver.calls).toHaveLength(1);
    const webhook = await stage.chain.as('dealer', (tx) => getWebhook(tx, id));
    expect(webhook).toMatchObject({ state: 'off', off_reason: 'left' });
    expect(await deliverDue(stage.courier)).toBe(0);
  });

  it('is nothing of a key that may not read facts', async () => {
    const making = stage.chain.as('maker', (tx) => {
      const actor = { ...tx.actor, permissions: ['kernel.webhook.*'] };
      return createWebhook(
        { ...tx, actor },
        { url: stage.receiver.url, description: 'x', kinds: [] },
      );
    });
    await expect(making).rejects.toMatchObject({ code: 'kernel.not_permitted' });
  });
});
