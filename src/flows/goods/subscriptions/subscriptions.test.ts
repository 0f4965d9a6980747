import { createHmac } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { limits, shareWith } from '../../../kernel/index.ts';
import { holdsUnder, verifiedJws } from '../../../kernel/testing.ts';
import { readEpcis } from '../epcis/read.ts';
import { dealerGln, eventNamed, stageForSubscriptions } from './testing.ts';

const stage = stageForSubscriptions();
const { later, capture, ask, subscribe, show, go, told } = stage;
const pause_s = limits.epcis_subscription_interval_ms / 1_000;
const numbered = (from: number, count: number, word: string) =>
  Array.from({ length: count }, (_, at) => `${word}-${String(from + at).padStart(3, '0')}`);

describe('a stream of events that a query asks for', () => {
  it('tells each event that fits once, in the order of recording, from now on', async () => {
    await capture('maker', [eventNamed('before')]);
    later(1);
    const at = await subscribe('maker');
    expect(await go()).toBe(0);
    later(pause_s);
    await capture('maker', [eventNamed('b-1'), eventNamed('other', { bizStep: 'picking' })]);
    await capture('maker', [eventNamed('a-2')]);
    await go();
    later(pause_s);
    await go();
    expect(told()).toEqual([['b-1', 'a-2']]);
    const { lastNotifiedAt, ...shown } = await show('maker', at);
    expect(lastNotifiedAt).toBeDefined();
    expect(shown).toMatchObject({ queryName: 'packs', stream: true, state: 'active' });
    // Whoever else looks finds nothing there.
    expect((await stage.repository.send('rival', 'GET', at)).status).toBe(404);
  });

  it('sends documents that our own reader takes, signed by the token that was given', async () => {
    const token = '13df38d8275b13f05704629e5f1cf3d45d6132d5';
    const wished = { 'gs1-epc-format': 'Never_Translates' };
    const made = await ask('maker', { stream: true, signatureToken: token }, wished);
    const id = JSON.parse(made.body).subscriptionID;
    await capture('maker', [eventNamed('signed')]);
    await go();
    const [call] = stage.receiver.calls;
    if (!call) throw new Error('nothing was sent');
    const { document, problems } = readEpcis(Buffer.from(call.body));
    expect(problems).toEqual([]);
    expect(document?.query).toEqual({ queryName: 'packs', subscriptionID: id });
    const mac = createHmac('sha256', token).update(call.body).digest('hex');
    expect(call.headers['gs1-signature']).toBe(`sha256=${mac}`);
    // The reference library of the signatures looks at the machine's own clock.
    vi.useFakeTimers({ toFake: ['Date'], now: stage.repository.test.clock.now() });
    expect(holdsUnder(`whsec_${Buffer.from(token).toString('base64')}`, call)).toBe(true);
    vi.useRealTimers();
    const jws = await verifiedJws(call, stage.sender.keys.jwks);
    expect(jws?.aud).toBe(id);
    for (const path of ['/queries/packs/subscriptions', `/queries/packs/subscriptions/${id}`]) {
      const { body } = await stage.repository.send('maker', 'GET', path);
      expect(body).toContain(id);
      expect(body).not.toContain(token);
    }
    const { owner } = stage.repository.test.store.database;
    const { rows } = await owner.query('select sealed_token from query_subscription');
    expect(Buffer.from(rows[0]?.sealed_token).includes(token)).toBe(false);
  });

  it('goes back to the time of recording that was asked for', async () => {
    await capture('maker', [eventNamed('too-early')]);
    later(60);
    const initialRecordTime = stage.repository.test.clock.now().toISOString();
    await capture('maker', [eventNamed('early')]);
    later(3_600);
    await subscribe('maker', { stream: true, initialRecordTime });
    await go();
    expect(told()).toEqual([['early']]);
  });

  it('shows nobody more than they may see when it is sent', async () => {
    await subscribe('dealer');
    const sold = {
      destinationList: [
        { type: 'owning_party', destination: `https://id.gs1.org/417/${dealerGln}` },
      ],
    };
    await capture('maker', [eventNamed('to-dealer', sold), eventNamed('for-nobody')]);
    await go();
    expect(told()).toEqual([['to-dealer']]);
    await stage.repository.as('maker', (tx) =>
      shareWith(tx, {
        reader_id: stage.repository.parties.dealer.id,
        scope: 'shipments',
        purpose: '协同',
      }),
    );
    later(pause_s);
    await capture('maker', [eventNamed('shared')]);
    await go();
    expect(told().flat()).toContain('shared');
    const { owner } = stage.repository.test.store.database;
    const { rows } = await owner.query('select operation, record_count from shared_access');
    expect(rows).toContainEqual(expect.objectContaining({ operation: 'epcis.subscription' }));
    await owner.query('update sharing_agreement set revoked_at = $1', [
      stage.repository.test.clock.now().toISOString(),
    ]);
    later(pause_s);
    await capture('maker', [eventNamed('not-any-more')]);
    await go();
    expect(told().flat()).not.toContain('not-any-more');
  });

  it('ends with its owner leaving the chain', async () => {
    const { owner } = stage.repository.test.store.database;
    const { dealer } = stage.repository.parties;
    const at = await subscribe('dealer');
    const member = (status: string) =>
      owner.query('update member set status = $1 where party_id = $2', [status, dealer.id]);
    await member('left');
    await go();
    await member('active');
    later(pause_s);
    await capture('dealer', [eventNamed('after-leaving')]);
    await go();
    expect(told()).toEqual([]);
    expect(await show('dealer', at)).toMatchObject({ state: 'off', offReason: 'left' });
  });

  it('ends where it is deleted, or its query is', async () => {
    const first = await subscribe('maker');
    await subscribe('maker');
    expect((await stage.repository.send('maker', 'DELETE', first)).status).toBe(204);
    expect((await stage.repository.send('maker', 'DELETE', first)).status).toBe(404);
    await capture('maker', [eventNamed('to-the-second')]);
    await go();
    expect(told()).toEqual([['to-the-second']]);
    await stage.repository.send('maker', 'DELETE', '/queries/packs');
    const { owner } = stage.repository.test.store.database;
    const { rows } = await owner.query(
      `select id from query_subscription union all select event_id from subscription_event
        where subscription_id not in (select id from query_subscription)`,
    );
    const left = rows.length;
    later(pause_s);
    expect([await go(), left]).toEqual([0, 0]);
  });
});

describe('a subscription by schedule', () => {
  it('asks at its times in the chain’s zone, and says where there was nothing', async () => {
    const { clock } = stage.repository.test;
    clock.set(new Date(`${clock.now().toISOString().slice(0, 10)}T20:00:00.000Z`));
    const at = await subscribe('maker', {
      schedule: { hour: 1, minute: '5' },
      reportIfEmpty: true,
    });
    await capture('maker', [eventNamed('by-night')]);
    expect(await go()).toBe(0);
    // 01:05 in Shanghai is 17:05 of the day before, by UTC.
    later(21 * 3_600 + 4 * 60 + 59);
    expect(await go()).toBe(0);
    later(1);
    expect(await go()).toBe(1);
    expect(told()).toEqual([['by-night']]);
    expect(await go()).toBe(0);
    later(86_400);
    await go();
    expect(told()).toEqual([['by-night'], []]);
    const shown = await show('maker', at);
    expect(shown).toMatchObject({ schedule: { hour: '1', minute: '5' }, reportIfEmpty: true });
    expect(shown.lastNotifiedAt).toBe(clock.now().toISOString());
  });

  it('tells the same address that a run found more than its query lets it', async () => {
    const query = { EQ_bizStep: ['packing'], maxEventCount: 2 };
    const body = JSON.stringify({ name: 'few', query });
    const headers = { 'content-type': 'application/json' };
    await stage.repository.send('maker', 'POST', '/queries', { headers, body });
    await subscribe('maker', { schedule: { minute: '0/10' } }, 'few');
    await capture(
      'maker',
      numbered(0, 3, 'many').map((name) => eventNamed(name)),
    );
    later(600);
    await go();
    const [call] = stage.receiver.calls;
    expect(call?.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      type: 'epcisException:QueryTooLargeException',
      status: 413,
      queryName: 'few',
    });
    // That run is over; the next one has its own events.
    await capture(
      'maker',
      numbered(0, 2, 'few').map((name) => eventNamed(name)),
    );
    later(600);
    await go();
    expect(told()).toEqual([numbered(0, 2, 'few')]);
  });
});

describe('a subscription that cannot be', () => {
  const invalid = async (more: object) => {
    const { status, body } = await ask('maker', more);
    const { type, errors } = JSON.parse(body);
    return [status, type, ...errors.map(({ path }: { path: string }) => path)];
  };
  const refusal = [400, 'epcisException:SubscriptionControlsException'];

  it.each<[object, string[]]>([
    [{}, ['stream']],
    [{ stream: false }, ['stream']],
    [{ stream: true, schedule: { hour: '1' } }, ['stream']],
    [{ schedule: { hour: '25' } }, ['schedule.hour']],
    [{ schedule: {} }, ['schedule']],
    [{ stream: true, reportIfEmpty: true }, ['reportIfEmpty']],
    [{ stream: true, initialRecordTime: 'yesterday' }, ['initialRecordTime']],
    [{ stream: true, signatureToken: '' }, ['signatureToken']],
    [{ stream: true, reportifempty: true }, ['reportifempty']],
    [{ stream: true, dest: 'http://169.254.169.254/latest' }, ['dest']],
    [{ stream: true, dest: 'https://10.0.0.7/hook' }, ['dest']],
    [{ stream: true, dest: 'no url' }, ['dest']],
  ])('is refused in the words of the standard: %j', async (more, paths) => {
    expect(await invalid(more)).toEqual([...refusal, ...paths]);
  });

  it('neither to a query that is not there, nor past the limit, nor to a part of it', async () => {
    expect((await ask('maker', { stream: true }, {}, 'none')).status).toBe(404);
    const query = { EQ_bizStep: ['packing'], orderBy: 'eventTime', eventCountLimit: 1 };
    const body = JSON.stringify({ name: 'first', query });
    const headers = { 'content-type': 'application/json' };
    await stage.repository.send('maker', 'POST', '/queries', { headers, body });
    expect((await ask('maker', { stream: true }, {}, 'first')).status).toBe(400);
    for (let at = 0; at < limits.epcis_subscriptions; at++) await subscribe('maker');
    expect((await ask('maker', { stream: true })).status).toBe(409);
  });
});
