import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { listFacts } from '../trust/facts.ts';
import { createApiKey } from './api-keys.ts';
import { hashPassword, seatKnownPerson, seatPerson } from './people.ts';
import type { SeatRole } from './permissions.ts';
import { resetFactors } from './rescue.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';
import { codeAt, stepAt } from './totp.ts';

const password = 'correct horse battery';
const host = 'localhost:7300';
const policy = '/sign-in-policy';
let opened: TestStore;
let server: FastifyInstance;
let hashed: string;
let firm: Awaited<ReturnType<typeof openTestChain<'works' | 'rival'>>>;
let serial = 0;

beforeAll(async () => {
  opened = await openTestStore();
  hashed = await hashPassword(password);
  server = await openKernelServer(opened.store);
});
afterAll(async () => {
  await server.close();
  await opened.close();
});
beforeEach(async () => {
  firm = await openTestChain(opened.store, { works: 'core', rival: 'dealer' });
});

type Said = { status: number; body: Record<string, never>; etag: string };

function appOf(secret: string) {
  const bits = [...secret]
    .map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
    .join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return () => codeAt(bytes, stepAt(opened.clock.now()));
}

/** Somebody at a browser of their own. */
class Visitor {
  readonly login: string;
  readonly cookies = new Map<string, string>();
  code = () => '';

  constructor(login: string) {
    this.login = login;
  }

  async ask(method: string, path: string, payload?: object, headers = {}): Promise<Said> {
    const reply = await server.inject({
      method: method as 'GET',
      url: `/api/v1${path}`,
      remoteAddress: `198.51.100.${serial % 250}`,
      headers: { host, ...headers },
      cookies: Object.fromEntries(this.cookies),
      ...(payload ? { payload } : {}),
    });
    for (const { name, value } of reply.cookies) this.cookies.set(name, value);
    return { status: reply.statusCode, body: reply.json(), etag: String(reply.headers.etag) };
  }

  get = (path: string) => this.ask('GET', path);
  post = (path: string, payload: object = {}) => this.ask('POST', path, payload);
  signIn = () => this.post('/session', { login: this.login, password });
  held = async () => (await this.get('/session')).body.held as unknown;
  /** What a request behind the gate is answered, by its code; null where it is let through. */
  code_of = async (path: string) => (await this.get(path)).body.code ?? null;

  /** An authenticator app, from its QR code to the first code. */
  async setUpCodes(): Promise<Said> {
    const { body } = await this.post('/account/totp');
    this.code = appOf(String(body.secret));
    return this.post('/account/totp/confirmation', { code: this.code() });
  }

  require = (factor_from?: string, seen?: string) =>
    this.ask(
      'PUT',
      policy,
      { factor_required: true, ...(factor_from ? { factor_from } : {}) },
      seen ? { 'if-match': seen } : {},
    );
  lift = (seen?: string) =>
    this.ask('PUT', policy, { factor_required: false }, seen ? { 'if-match': seen } : {});
}

async function hire(role: SeatRole, at: 'works' | 'rival' = 'works'): Promise<Visitor> {
  const login = `hand-${++serial}`;
  await firm.as(at, (tx) =>
    seatPerson(tx, { login, name: `人${serial}`, password_hash: hashed, role }),
  );
  return new Visitor(login);
}

/** An administrator with an authenticator app, signed in. */
async function hireBoss(): Promise<Visitor> {
  const boss = await hire('admin');
  await boss.signIn();
  await boss.setUpCodes();
  return boss;
}

const later = (minutes: number) =>
  opened.clock.set(new Date(opened.clock.now().getTime() + minutes * 60_000));
const inDays = (days: number) =>
  new Date(opened.clock.now().getTime() + days * 86_400_000).toISOString();

describe('a party that requires a second factor', () => {
  test('holds who has none until they set one up, and lets them go on then', async () => {
    const boss = await hireBoss();
    const clerk = await hire('trade');
    await clerk.signIn();
    expect(await clerk.code_of('/people')).toBeNull();
    expect((await boss.require()).status).toBe(200);
    expect(await boss.code_of('/people'), 'who turned it on goes on').toBeNull();
    // The session that was open before is held from the next request on.
    const refused = await clerk.get('/people');
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      code: 'identity.factor_needed',
      messages: { zh: expect.stringContaining('请先设置'), en: expect.stringContaining('Set up') },
    });
    expect((await clerk.post('/account/totp')).status).toBe(200);
    const fresh = new Visitor(clerk.login);
    expect((await fresh.signIn()).body).toMatchObject({
      held: 'no_factor',
      factor: { is_set: false, required_from: opened.clock.now().toISOString() },
    });
    expect((await fresh.get('/account/guard')).status).toBe(200);
    expect((await fresh.setUpCodes()).body).toMatchObject({
      recovery_codes: expect.arrayContaining([expect.any(String)]),
    });
    expect(await fresh.held()).toBeNull();
    expect(await fresh.code_of('/people')).toBeNull();
    // The other browser has not shown what there is now: to set up one more is no way round.
    expect(await clerk.held()).toBe('factor_not_shown');
    expect(await clerk.code_of('/people')).toBe('identity.factor_unshown');
    expect((await clerk.post('/account/totp')).body.code).toBe('identity.factor_unshown');
    expect((await clerk.post('/account/passkeys/options')).body.code).toBe(
      'identity.factor_unshown',
    );
    await clerk.post('/account/proof', { password });
    expect(await clerk.held(), 'a password is no second factor').toBe('factor_not_shown');
    later(1);
    expect((await clerk.post('/account/proof', { code: fresh.code() })).status).toBe(200);
    expect(await clerk.code_of('/people')).toBeNull();
  });

  test('takes a passkey as one, alone or set up at the gate', async () => {
    const boss = await hireBoss();
    await boss.require();
    const driver = await hire('goods');
    await driver.signIn();
    const key = new SoftAuthenticator(`http://${host}`);
    const { body } = await driver.post('/account/passkeys/options');
    const made = { name: '手机', response: key.register(body) };
    expect((await driver.post('/account/passkeys', made)).status).toBe(201);
    expect(await driver.held()).toBeNull();
    const alone = new Visitor(driver.login);
    const options = (await alone.post('/session/passkey/options')).body;
    const signed = await alone.post('/session/passkey', { response: key.sign(options) });
    expect(signed.body).toMatchObject({ held: null });
  });

  test('lets one browser set up the first, and not two at once', async () => {
    const boss = await hireBoss();
    await boss.require();
    const { login } = await hire('trade');
    const guesser = new Visitor(login);
    const owner = new Visitor(login);
    const both = await Promise.all(
      [guesser, owner].map(async (one) => {
        await one.signIn();
        const key = new SoftAuthenticator(`http://${host}`);
        const { body } = await one.post('/account/passkeys/options');
        return { one, made: { name: '手机', response: key.register(body) } };
      }),
    );
    const added = await Promise.all(
      both.map(({ one, made }) => one.post('/account/passkeys', made)),
    );
    expect(added.map(({ status }) => status).toSorted()).toEqual([201, 403]);
    const [kept] = added.filter(({ status }) => status === 403);
    expect(kept?.body).toMatchObject({ code: 'identity.factor_unshown' });
  });

  test('lets the two steps of a sign-in through, a recovery code among them', async () => {
    const boss = await hireBoss();
    const { body } = await boss.post('/account/recovery-codes');
    const [recovery_code] = body.recovery_codes as unknown as string[];
    await boss.require();
    later(1);
    for (const shown of [{ code: boss.code() }, { recovery_code }]) {
      const again = new Visitor(boss.login);
      const { ticket } = (await again.signIn()).body;
      const entered = await again.post('/session/second-step', { ticket, shown });
      expect(entered.body).toMatchObject({ held: null, factor: { is_set: true } });
    }
  });

  test('gives time where it names a day, and says so at each sign-in', async () => {
    const boss = await hireBoss();
    const clerk = await hire('trade');
    const from = inDays(2);
    const far = await boss.require(inDays(limits.factor_grace_days + 1));
    expect(far.body).toMatchObject({ code: 'identity.grace_too_long', status: 422 });
    await boss.require(from);
    expect((await clerk.signIn()).body).toMatchObject({
      held: null,
      factor: { is_set: false, required_from: from },
    });
    expect((await clerk.get(policy)).body).toMatchObject({ factor_from: from });
    later(2 * 24 * 60 - 1);
    expect(await clerk.code_of('/people')).toBeNull();
    later(1);
    expect(await clerk.code_of('/people')).toBe('identity.factor_needed');
    // What has begun is not put off by asking for it once more, and is by naming another day.
    await boss.post('/account/proof', { code: boss.code() });
    expect((await boss.require()).body).toMatchObject({ factor_from: from, version: 1 });
    expect((await boss.require(inDays(1))).body).toMatchObject({ version: 2 });
    expect(await clerk.code_of('/people')).toBeNull();
  });

  test('is not made one by whoever has none, or has not shown it', async () => {
    const boss = await hire('admin');
    await boss.signIn();
    expect((await boss.require()).body).toMatchObject({ code: 'identity.own_factor_first' });
    const elsewhere = new Visitor(boss.login);
    await elsewhere.signIn();
    await elsewhere.setUpCodes();
    expect((await boss.require()).body).toMatchObject({ code: 'identity.own_factor_first' });
    expect((await elsewhere.require()).status).toBe(200);
  });

  test('asks for a fresh proof, of an administrator in person', async () => {
    const boss = await hireBoss();
    const clerk = await hire('trade');
    await clerk.signIn();
    await clerk.setUpCodes();
    for (const said of [await clerk.require(), await clerk.get(`${policy}/colleagues`)]) {
      expect(said.body).toMatchObject({ code: 'kernel.not_permitted' });
    }
    const { key } = await firm.as('works', (tx) => createApiKey(tx, { name: 'erp' }));
    for (const [method, url] of [
      ['PUT', policy],
      ['GET', `${policy}/colleagues`],
    ] as const) {
      const said = await server.inject({
        method,
        url: `/api/v1${url}`,
        headers: { authorization: `Bearer ${key}` },
        ...(method === 'PUT' ? { payload: { factor_required: false } } : {}),
      });
      expect(said.json()).toMatchObject({ code: 'identity.not_a_person' });
    }
    await boss.require();
    later(limits.proof_minutes + 1);
    expect((await boss.lift()).body).toMatchObject({ code: 'identity.proof_needed' });
    await boss.post('/account/proof', { code: boss.code() });
    expect((await boss.lift()).body).toMatchObject({ factor_from: null, version: 2 });
    const newcomer = await hire('viewer');
    expect((await newcomer.signIn()).body).toMatchObject({ held: null });
  });

  test('keeps the last factor of each of its people, and any but the last goes', async () => {
    const boss = await hireBoss();
    const key = new SoftAuthenticator(`http://${host}`);
    const { body } = await boss.post('/account/passkeys/options');
    const added = await boss.post('/account/passkeys', {
      name: '甲',
      response: key.register(body),
    });
    const { id } = added.body.passkey as unknown as { id: string };
    await boss.require();
    // Both at once, each of them not the last when it is looked at: one of them stays.
    const gone = await Promise.all([
      boss.ask('DELETE', '/account/totp'),
      boss.ask('DELETE', `/account/passkeys/${id}`),
    ]);
    expect(gone.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(gone.find(({ status }) => status === 409)?.body.code).toBe('identity.last_factor');
    expect((await boss.get('/account/guard')).body).toMatchObject({
      recovery_codes_left: limits.recovery_codes,
    });
    expect(await boss.held()).toBeNull();
    await boss.lift();
    await boss.ask('DELETE', '/account/totp');
    await boss.ask('DELETE', `/account/passkeys/${id}`);
    expect((await boss.get('/account/guard')).body).toMatchObject({ recovery_codes_left: 0 });
  });

  test('hears of two administrators who decide at once: the second is told', async () => {
    const [one, other] = [await hireBoss(), await hireBoss()];
    const seen = (await one.get(policy)).etag.replaceAll('"', '');
    for (const [first, second] of [
      [one.require(undefined, seen), other.require(inDays(3), seen)],
      [one.lift('1'), other.require(inDays(3), '1')],
    ]) {
      const answers = await Promise.all([first, second]);
      expect(answers.map((said) => said?.status).toSorted()).toEqual([200, 412]);
    }
    expect((await one.get(policy)).body).toMatchObject({ version: 2 });
    const facts = await firm.as('works', (tx) => listFacts(tx, { limit: 50 }));
    const told = facts.items.filter(({ type }) => type.startsWith('identity.second_factor.'));
    expect(told, 'each change is a fact, and nothing else is').toHaveLength(2);
    expect(told.every(({ user_id }) => user_id !== null)).toBe(true);
    const theirs = await firm.as('rival', (tx) => listFacts(tx, { limit: 50 }));
    expect(theirs.items).toEqual([]);
    const log = (await one.get('/security-events')).body as unknown as {
      items: { kind: string }[];
    };
    expect(log.items.filter(({ kind }) => /^factor_(required|lifted)$/.test(kind))).toHaveLength(2);
  });

  test('shows its administrator who has none, and not what the others have', async () => {
    const boss = await hireBoss();
    const clerk = await hire('trade');
    await hire('admin', 'rival');
    await clerk.signIn();
    const { body } = await boss.get(`${policy}/colleagues`);
    const items = body.items as unknown as { login: string; has_factor: boolean }[];
    expect(items.map(({ login, has_factor }) => [login, has_factor])).toEqual(
      [
        [boss.login, true],
        [clerk.login, false],
      ].toSorted(),
    );
    expect(Object.keys(items[0] ?? {}).toSorted()).toEqual(['has_factor', 'id', 'login', 'name']);
    // A secret that no code has confirmed is none.
    await clerk.post('/account/totp');
    const again = (await boss.get(`${policy}/colleagues`)).body as unknown as {
      items: typeof items;
    };
    expect(again.items.find(({ login }) => login === clerk.login)?.has_factor).toBe(false);
  });

  test('holds nobody at another party, and whoever comes over from there', async () => {
    const boss = await hireBoss();
    await boss.require();
    const agent = await hire('trade', 'rival');
    await firm.as('works', (tx) => seatKnownPerson(tx, agent.login, 'viewer'));
    await agent.signIn();
    const go = (name: 'works' | 'rival') =>
      agent.post('/session/switch', { chain_id: firm.chain.id, party_id: firm.parties[name].id });
    expect((await go('works')).body).toMatchObject({ held: 'no_factor' });
    expect(await agent.code_of('/people')).toBe('identity.factor_needed');
    expect((await go('rival')).body).toMatchObject({ held: null });
    expect(await agent.code_of('/people')).toBeNull();
    await agent.setUpCodes();
    expect((await go('works')).body, 'what was shown goes along').toMatchObject({ held: null });
    expect(await agent.code_of('/people')).toBeNull();
    // Where nobody asks for it the last one may go; where somebody does, its owner is held again.
    await go('rival');
    expect((await agent.ask('DELETE', '/account/totp')).status).toBe(200);
    expect((await go('works')).body).toMatchObject({ held: 'no_factor' });
  });

  test('lets its keys go on, and holds whoever the operator has helped', async () => {
    const boss = await hireBoss();
    await boss.require();
    const { key } = await firm.as('works', (tx) => createApiKey(tx, { name: 'erp' }));
    const url = '/api/v1/people';
    const byKey = await server.inject({ url, headers: { authorization: `Bearer ${key}` } });
    expect(byKey.statusCode).toBe(200);
    await resetFactors(opened.store, boss.login);
    const back = new Visitor(boss.login);
    expect((await back.signIn()).body).toMatchObject({ held: 'no_factor' });
    expect((await back.lift()).body).toMatchObject({ code: 'identity.factor_needed' });
    await back.setUpCodes();
    expect((await back.lift()).status).toBe(200);
  });
});
