import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { hashPassword, seatPerson } from './people.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';
import { codeAt, stepAt } from './totp.ts';

const password = 'correct horse battery';
const api = '/api/v1';
const host = 'localhost:7300';
let opened: TestStore;
let server: FastifyInstance;
let hashed: string;
let login: string;
let people = 0;

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
  login = `person-${++people}`;
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  await as('maker', (tx) =>
    seatPerson(tx, { login, name: '林', password_hash: hashed, role: 'viewer' }),
  );
});

type Said = { status: number; body: Record<string, never>; wait: number };

/** A browser: keeps its cookies, and knocks from one address. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly address: string;

  constructor(address = `198.51.100.${people % 250}`) {
    this.address = address;
  }

  async ask(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object): Promise<Said> {
    const reply = await server.inject({
      method,
      url: `${api}${path}`,
      remoteAddress: this.address,
      headers: { host, 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36' },
      cookies: Object.fromEntries(this.cookies),
      ...(payload ? { payload } : {}),
    });
    for (const { name, value } of reply.cookies) this.cookies.set(name, value);
    const wait = Number(reply.headers['retry-after'] ?? 0);
    return { status: reply.statusCode, body: reply.json(), wait };
  }

  post = (path: string, payload: object = {}) => this.ask('POST', path, payload);
  get = (path: string) => this.ask('GET', path);
  end = (path: string) => this.ask('DELETE', path);
  signIn = (text = password, name = login) =>
    this.post('/session', { login: name, password: text });
}

const later = (seconds: number) =>
  opened.clock.set(new Date(opened.clock.now().getTime() + seconds * 1_000));

/** The bytes of a base32 secret, as an authenticator app reads them. */
function appOf(secret: string) {
  const bits = [...secret]
    .map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0'))
    .join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return () => codeAt(bytes, stepAt(opened.clock.now()));
}

async function withTotp(browser: Browser) {
  await browser.signIn();
  const { body } = await browser.post('/account/totp');
  const code = appOf(String(body.secret));
  const added = await browser.post('/account/totp/confirmation', { code: code() });
  return { code, codes: (added.body as unknown as { recovery_codes: string[] }).recovery_codes };
}

async function withPasskey(browser: Browser, key = new SoftAuthenticator(`http://${host}`)) {
  const { body } = await browser.post('/account/passkeys/options');
  const response = key.register(body);
  return { key, added: await browser.post('/account/passkeys', { name: '手机', response }) };
}

describe('sessions', () => {
  test('are listed as their owner knows them, and ended one by one or all at once', async () => {
    const [desk, phone, tablet] = [new Browser(), new Browser('2001:db8:1:2::9'), new Browser()];
    for (const one of [desk, phone, tablet]) await one.signIn();
    const { items } = (await desk.get('/account/sessions')).body as unknown as {
      items: { id: string; current: boolean; agent: string; address: string }[];
    };
    expect(items).toHaveLength(3);
    expect(items.filter(({ current }) => current)).toHaveLength(1);
    expect(items.map(({ agent }) => agent)).toContain('Chrome, Windows');
    expect(items.map(({ address }) => address)).toContain('2001:db8:1:*');
    const onPhone = items.find(({ address }) => address.startsWith('2001'));
    await desk.end(`/account/sessions/${onPhone?.id}`);
    expect((await phone.get('/session')).status).toBe(401);
    expect((await tablet.get('/session')).status).toBe(200);
    expect((await desk.end('/account/sessions')).body).toEqual({ ended: 1 });
    expect((await tablet.get('/session')).status).toBe(401);
    expect((await desk.get('/session')).status).toBe(200);
  });

  test('of somebody else are not there to be ended', async () => {
    const [mine, theirs] = [new Browser(), new Browser()];
    await mine.signIn();
    const { items } = (await mine.get('/account/sessions')).body as unknown as {
      items: { id: string }[];
    };
    const { as } = await openTestChain(opened.store, { rival: 'dealer' });
    await as('rival', (tx) =>
      seatPerson(tx, { login: `${login}-x`, name: '乙', password_hash: hashed, role: 'admin' }),
    );
    await theirs.signIn(password, `${login}-x`);
    expect((await theirs.end(`/account/sessions/${items[0]?.id}`)).status).toBe(404);
    expect((await mine.get('/session')).status).toBe(200);
  });

  test('end when nobody uses them, and in the end whoever does', async () => {
    const [idle, busy] = [new Browser(), new Browser()];
    await idle.signIn();
    await busy.signIn();
    for (let hours = 0; hours < limits.session_idle_hours; hours += 24) {
      later(24 * 3_600);
      expect((await busy.get('/account/sessions')).status).toBe(200);
    }
    expect((await idle.get('/session')).status).toBe(401);
    for (let days = 3; days < limits.session_days; days++) {
      expect((await busy.get('/account/sessions')).status).toBe(200);
      later(24 * 3_600);
    }
    expect((await busy.get('/session')).status).toBe(401);
  });

  test('are not made younger by moving to another place', async () => {
    const browser = new Browser();
    const { places } = (await browser.signIn()).body as unknown as {
      places: { chain_id: string; party_id: string }[];
    };
    const expiry = async () =>
      (
        (await browser.get('/account/sessions')).body as unknown as {
          items: { expires_at: string }[];
        }
      ).items[0]?.expires_at;
    const before = await expiry();
    later(3_600);
    const { chain_id, party_id } = places[0] ?? { chain_id: '', party_id: '' };
    expect((await browser.post('/session/switch', { chain_id, party_id })).status).toBe(200);
    expect(await expiry()).toBe(before);
  });

  test('other than one’s own end with the password', async () => {
    const [desk, phone] = [new Browser(), new Browser()];
    await desk.signIn();
    await phone.signIn();
    const fresh = 'another long password';
    const wrong = await desk.post('/account/password', { old: 'guessed', fresh });
    expect(wrong.body).toMatchObject({ code: 'kernel.wrong_password' });
    expect((await desk.post('/account/password', { old: password, fresh })).status).toBe(200);
    expect((await phone.get('/session')).status).toBe(401);
    expect((await desk.get('/session')).status).toBe(200);
    expect((await phone.signIn()).status).toBe(401);
    expect((await phone.signIn(fresh)).status).toBe(201);
  });
});

describe('codes', () => {
  test('make a sign-in two steps, of which the first is worth nothing alone', async () => {
    const browser = new Browser();
    const { code } = await withTotp(browser);
    later(60);
    const fresh = new Browser();
    const half = await fresh.signIn();
    expect(half.body).toMatchObject({ ways: ['totp', 'recovery_code'] });
    expect(fresh.cookies.size).toBe(0);
    const ticket = String(half.body.ticket);
    const bearer = await server.inject({
      url: `${api}/session`,
      headers: { authorization: `Bearer ${ticket}` },
    });
    expect(bearer.statusCode).toBe(401);
    const shown = { code: code() };
    expect((await fresh.post('/session/second-step', { ticket, shown })).status).toBe(201);
    expect((await fresh.get('/session')).status).toBe(200);
    expect((await fresh.post('/session/second-step', { ticket, shown })).body).toMatchObject({
      code: 'identity.ticket_over',
    });
  });

  test('are good once, and so are those before them', async () => {
    const { code } = await withTotp(new Browser());
    later(60);
    const shown = { code: code() };
    const tickets = [
      (await new Browser().signIn()).body.ticket,
      (await new Browser().signIn()).body.ticket,
    ];
    const answers = await Promise.all(
      tickets.map((ticket) => new Browser().post('/session/second-step', { ticket, shown })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 401]);
  });

  test('cannot be guessed by asking for ticket after ticket', async () => {
    await withTotp(new Browser());
    let tried = 0;
    let held: Said | null = null;
    while (!held && tried < 40) {
      const { ticket } = (await new Browser('192.0.2.1').signIn()).body;
      for (let tries = 0; tries < limits.half_session_tries && !held; tries++) {
        const guess = await new Browser('192.0.2.1').post('/session/second-step', {
          ticket,
          shown: { code: '000000' },
        });
        tried += 1;
        if (guess.status === 429) held = guess;
      }
      const spent = await new Browser('192.0.2.1').post('/session/second-step', {
        ticket,
        shown: { code: '000000' },
      });
      expect([401, 429]).toContain(spent.status);
    }
    expect(held?.body).toMatchObject({ code: 'identity.slow_down' });
    expect(tried).toBeLessThanOrEqual(limits.second_step_tries + 2);
  });

  test('end with the ticket: in time, and by tries', async () => {
    const { code } = await withTotp(new Browser());
    const { ticket } = (await new Browser().signIn()).body;
    later(limits.half_session_minutes * 60 + 1);
    const late = await new Browser().post('/session/second-step', {
      ticket,
      shown: { code: code() },
    });
    expect(late.body).toMatchObject({ code: 'identity.ticket_over' });
  });

  test('have recovery codes beside them: good once each, void when renewed', async () => {
    const browser = new Browser();
    const { codes } = await withTotp(browser);
    expect(new Set(codes).size).toBe(limits.recovery_codes);
    // Five bits a letter: past 112 bits, a plain hash may keep them.
    for (const code of codes) expect(code.replaceAll('-', '').length * 5).toBeGreaterThan(112);
    const use = async (recovery_code = '') => {
      const { ticket } = (await new Browser().signIn()).body;
      return (
        await new Browser().post('/session/second-step', { ticket, shown: { recovery_code } })
      ).status;
    };
    expect(await use(codes[0]?.toLowerCase().replaceAll('-', ' '))).toBe(201);
    expect(await use(codes[0])).toBe(401);
    expect((await browser.get('/account/guard')).body).toMatchObject({
      recovery_codes_left: limits.recovery_codes - 1,
    });
    expect((await browser.post('/account/recovery-codes')).status).toBe(201);
    expect(await use(codes[1])).toBe(401);
  });

  test('stand encrypted in the database, and recovery codes hashed', async () => {
    const { codes } = await withTotp(new Browser());
    const { rows } = await opened.store.database.owner.query(
      `select encode(t.sealed_secret, 'hex') || (select string_agg(encode(r.code_hash, 'hex'), '')
         from recovery_code r where r.user_id = t.user_id) as kept
         from totp t join user_account u on u.id = t.user_id where u.login = $1`,
      [login],
    );
    const kept = Buffer.from(rows[0].kept, 'hex').toString('latin1');
    for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''));
    const other = opened.store.vault;
    opened.store.vault = null;
    try {
      const { ticket } = (await new Browser().signIn()).body;
      const shown = { code: '123456' };
      const said = await new Browser().post('/session/second-step', { ticket, shown });
      expect(said.body).toMatchObject({ code: 'identity.no_secret_key', status: 409 });
    } finally {
      opened.store.vault = other;
    }
  });

  test('are changed only by who has just proved who they are', async () => {
    const browser = new Browser();
    const { code } = await withTotp(browser);
    later(limits.proof_minutes * 60 + 1);
    const refused = await browser.end('/account/totp');
    expect(refused.body).toMatchObject({ code: 'identity.proof_needed' });
    expect((await browser.post('/account/proof', { code: '000000' })).status).toBe(401);
    expect((await browser.end('/account/totp')).status).toBe(403);
    expect((await browser.post('/account/proof', { code: code() })).status).toBe(200);
    expect((await browser.end('/account/totp')).status).toBe(200);
    const again = await new Browser().signIn();
    expect(again.body).toMatchObject({ user: { login } });
    expect((await browser.get('/account/guard')).body).toMatchObject({ recovery_codes_left: 0 });
  });
});

describe('passkeys', () => {
  test('sign in alone, and stand for the second step', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { key, added } = await withPasskey(browser);
    expect(added.status).toBe(201);
    const alone = new Browser();
    const options = (await alone.post('/session/passkey/options')).body;
    const answer = { response: key.sign(options) };
    expect((await alone.post('/session/passkey', answer)).status).toBe(201);
    expect((await new Browser().post('/session/passkey', answer)).body).toMatchObject({
      code: 'identity.passkey_refused',
    });
    const second = new Browser();
    const { ticket } = (await second.signIn()).body;
    const asked = (await second.post('/session/second-step/passkey', { ticket })).body;
    const shown = { passkey: key.sign(asked) };
    expect((await second.post('/session/second-step', { ticket, shown })).status).toBe(201);
  });

  const dishonest: [string, Partial<SoftAuthenticator>][] = [
    ['without verifying its user', { verifies: false }],
    ['with a counter that stands still', { counter: 6 }],
    ['from another site', { origin: 'https://evil.example' }],
  ];
  test.each(dishonest)('are refused %s', async (_, spoilt) => {
    const browser = new Browser();
    await browser.signIn();
    const honest = new SoftAuthenticator(`http://${host}`);
    honest.counter = 5;
    const { key } = await withPasskey(browser, honest);
    const ask = async () => (await new Browser().post('/session/passkey/options')).body;
    key.counter = 6;
    const good = await new Browser().post('/session/passkey', { response: key.sign(await ask()) });
    expect(good.status).toBe(201);
    key.counter = 7;
    Object.assign(key, spoilt);
    const bad = await new Browser().post('/session/passkey', { response: key.sign(await ask()) });
    expect(bad.body).toMatchObject({ code: 'identity.passkey_refused' });
  });

  test('do not answer a challenge that was made for something else, or too late', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { key } = await withPasskey(browser);
    const forProof = (await browser.post('/account/proof/passkey')).body;
    const elsewhere = await new Browser().post('/session/passkey', {
      response: key.sign(forProof),
    });
    expect(elsewhere.status).toBe(401);
    const { body } = await browser.post('/account/passkeys/options');
    const other = new SoftAuthenticator(`http://${host}`);
    const made = other.register(body);
    later(limits.challenge_minutes * 60 + 1);
    const late = await browser.post('/account/passkeys', { name: '迟', response: made });
    expect(late.body).toMatchObject({ code: 'identity.passkey_refused' });
  });

  test('are not made at an address that the server does not know to be its own', async () => {
    const reply = await server.inject({
      method: 'POST',
      url: `${api}/session/passkey/options`,
      headers: { host: 'evil.example' },
    });
    expect(reply.json()).toMatchObject({ code: 'identity.no_origin' });
  });
});

describe('a guesser', () => {
  const guess = (browser: Browser) => browser.signIn('a wrong password');

  test('at one place is held, and its owner elsewhere is not', async () => {
    const guesser = new Browser('192.0.2.66');
    const answers: Said[] = [];
    for (let tries = 0; tries < 20; tries++) answers.push(await guess(guesser));
    const wrong = answers.filter(({ status }) => status === 401);
    expect(wrong).toHaveLength(limits.sign_in_pair_tries + 1);
    const held = answers.at(-1);
    expect(held?.body).toMatchObject({ code: 'identity.slow_down', status: 429 });
    expect(held?.wait).toBeGreaterThan(0);
    // Even the right password is not told from a wrong one there, until the waiting is over.
    expect((await guesser.signIn()).status).toBe(429);
    expect((await new Browser('198.51.100.9').signIn()).status).toBe(201);
  });

  test('waits twice as long each time', async () => {
    const guesser = new Browser('192.0.2.67');
    for (let tries = 0; tries < limits.sign_in_pair_tries; tries++) await guess(guesser);
    const waits: number[] = [];
    for (let times = 0; times < 5; times++) {
      await guess(guesser);
      const { wait } = await guess(guesser);
      waits.push(wait);
      later(wait);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32]);
  });

  test('in many places slows strangers down, and never the browser of the owner', async () => {
    const own = new Browser('198.51.100.10');
    expect((await own.signIn()).status).toBe(201);
    await own.end('/session');
    let held = 0;
    for (let at = 0; at < limits.sign_in_login_tries + 5; at++) {
      const { status } = await guess(new Browser(`10.9.${at >> 8}.${at & 255}`));
      if (status === 429) held += 1;
    }
    expect(held).toBeGreaterThan(0);
    expect((await new Browser('10.10.0.1').signIn()).status).toBe(429);
    expect((await own.signIn()).status).toBe(201);
  }, 60_000);

  test('learns nothing about which logins there are', async () => {
    const none = `nobody-${people}`;
    const known = new Browser('192.0.2.68');
    const unknown = new Browser('192.0.2.69');
    for (let tries = 0; tries < limits.sign_in_pair_tries + 3; tries++) {
      const one = await known.signIn('a wrong password');
      const other = await unknown.signIn('a wrong password', none);
      expect(other).toEqual(one);
    }
  });

  test('does as much work for the database whether the login is there or not', async () => {
    const pool = opened.store.database.app;
    const count = async (name: string, at: string) => {
      const connect = pool.connect.bind(pool);
      let asked = 0;
      pool.connect = (async () => {
        asked += 1;
        return connect();
      }) as typeof pool.connect;
      await new Browser(at).signIn('a wrong password', name);
      pool.connect = connect;
      return asked;
    };
    expect(await count(`nobody-${people}`, '192.0.2.70')).toBe(await count(login, '192.0.2.71'));
  });
});

describe('the security log', () => {
  test('shows its owner what happened, newest first, page by page', async () => {
    const browser = new Browser();
    await new Browser('192.0.2.80').signIn('a wrong password');
    later(1);
    await withTotp(browser);
    const first = (await browser.get('/account/security-events?limit=3')).body as unknown as {
      items: { kind: string; happened_at: string }[];
      next: string;
    };
    const rest = (await browser.get(`/account/security-events?limit=3&after=${first.next}`))
      .body as unknown as typeof first;
    const kinds = [...first.items, ...rest.items].map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual([
      'recovery_codes_made',
      'sign_in_failed',
      'signed_in',
      'totp_added',
    ]);
    expect(kinds.at(-1)).toBe('sign_in_failed');
    expect(rest.next).toBeNull();
  });

  test('of the party is for its administrators', async () => {
    const browser = new Browser();
    await browser.signIn();
    expect((await browser.get('/security-events')).body).toMatchObject({
      code: 'kernel.not_permitted',
    });
  });
});
