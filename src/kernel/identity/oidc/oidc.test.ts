import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../limits.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../../testing.ts';
import { hashPassword, seatPerson } from '../people.ts';
import { openProviders } from './providers.ts';
import { clientOf, passProvider, startProvider } from './test-provider.ts';

const password = 'correct horse battery';
const host = 'localhost:7300';
let opened: TestStore;
let server: FastifyInstance;
let works: Awaited<ReturnType<typeof startProvider>>;
let hashed: string;
let login: string;
let people = 0;

beforeAll(async () => {
  works = await startProvider();
  opened = await openTestStore();
  hashed = await hashPassword(password);
  server = await openKernelServer(opened.store, {
    providers: openProviders([
      clientOf(works.issuer),
      { ...clientOf('http://127.0.0.1:9'), id: 'gone' },
    ]),
  });
});
afterAll(async () => {
  await server.close();
  await opened.close();
  await works.close();
});
beforeEach(async () => {
  login = `linked-${++people}`;
  await newPerson(login);
});

async function newPerson(name: string): Promise<void> {
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  await as('maker', (tx) =>
    seatPerson(tx, { login: name, name: '林', password_hash: hashed, role: 'viewer' }),
  );
}

type Body = Record<string, never> & { code: string; ticket: string; url: string };

/** A browser: keeps its cookies, and the ticket of its way to the provider. */
class Browser {
  readonly cookies = new Map<string, string>();

  async ask(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
    const reply = await server.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: `198.51.100.${people}`,
      headers: { host },
      cookies: Object.fromEntries(this.cookies),
      ...(payload ? { payload } : {}),
    });
    for (const { name, value } of reply.cookies) this.cookies.set(name, value);
    return { status: reply.statusCode, body: reply.json() as Body };
  }

  signIn = (name = login) => this.ask('POST', '/session', { login: name, password });
  whoAmI = async () => (await this.ask('GET', '/session')).status;

  /** Goes to the provider and signs in there. */
  async fetchAnswer(as: string, path = '/session/provider') {
    const { ticket } = (await this.ask('POST', path, { provider: 'works' })).body;
    const { url } = (await this.ask('POST', '/session/provider/way', { ticket })).body;
    return { ticket, answer: new URL(await passProvider(url, as)).search.slice(1) };
  }

  bring = (came: { ticket: string; answer: string }) =>
    this.ask('POST', '/session/provider/answer', came);

  enter = async (as: string) => this.bring(await this.fetchAnswer(as));
  link = async (as: string) => this.bring(await this.fetchAnswer(as, '/account/providers'));
}

async function linked(as: string): Promise<Browser> {
  const browser = new Browser();
  await browser.signIn();
  expect((await browser.link(as)).status).toBe(201);
  return browser;
}

describe('the account of a firm’s own identity provider', () => {
  test('signs in whoever linked it, and nobody before that', async () => {
    // The same name here and there makes nothing one.
    const stranger = await new Browser().enter(login);
    expect(stranger).toMatchObject({ status: 403, body: { code: 'identity.not_linked' } });
    expect(JSON.stringify(stranger.body)).toContain(`${login}@works.example`);
    const desk = await linked(login);
    const { links } = (await desk.ask('GET', '/account/guard')).body as unknown as {
      links: { id: string; label: string; used_at: string | null }[];
    };
    expect(links).toMatchObject([{ label: `${login}@works.example`, used_at: null }]);
    const phone = new Browser();
    expect((await phone.enter(login)).body).toMatchObject({ user: { login } });
    expect(await phone.whoAmI()).toBe(200);
    await desk.ask('DELETE', `/account/providers/${links[0]?.id}`);
    expect((await new Browser().enter(login)).status).toBe(403);
    const { items } = (await desk.ask('GET', '/account/security-events')).body as unknown as {
      items: { kind: string; detail: string }[];
    };
    const told = items.map(({ kind, detail }) => `${kind} ${detail}`);
    expect(told).toContain(`provider_added ${login}@works.example`);
    expect(told).toContain('signed_in provider');
    expect(told).toContain(`provider_removed ${login}@works.example`);
  });

  test('is one person’s: a second one cannot link it', async () => {
    await linked('shared');
    const other = new Browser();
    await newPerson(`${login}-b`);
    await other.signIn(`${login}-b`);
    expect((await other.link('shared')).body.code).toBe('identity.provider_account_taken');
  });

  test('lets nobody in whose account was closed', async () => {
    await linked('leaver');
    const closed = `update user_account set disabled_at = now() where login = $1`;
    await opened.store.database.owner.query(closed, [login]);
    expect((await new Browser().enter('leaver')).body.code).toBe('identity.not_linked');
  });

  test('is followed by the second step that its owner set up here', async () => {
    const browser = await linked('careful');
    const withCodes = `
      insert into totp (user_id, sealed_secret, created_at, confirmed_at, last_step)
      select id, '\\x00', now(), now(), 0 from user_account where login = $1`;
    await opened.store.database.owner.query(withCodes, [login]);
    const { status, body } = await browser.enter('careful');
    expect(status).toBe(201);
    expect(body).toMatchObject({ ways: ['totp'] });
    expect(await new Browser().whoAmI()).toBe(401);
  });
});

describe('an answer of the provider', () => {
  test('is worth something once, and to the browser that fetched it', async () => {
    await linked('once');
    const [thief, victim] = [new Browser(), new Browser()];
    const stolen = await thief.fetchAnswer('once');
    const own = await victim.fetchAnswer('once');
    // A link with the attacker's answer, opened in the victim's browser, signs nobody in.
    const crossed = await victim.bring({ ticket: own.ticket, answer: stolen.answer });
    expect(crossed.body.code).toBe('identity.provider_refused');
    expect((await victim.bring(own)).body.code).toBe('identity.ticket_over');
    expect((await thief.bring(stolen)).status).toBe(201);
    expect((await thief.bring(stolen)).body.code).toBe('identity.ticket_over');
  });

  test('that was changed, cut, refused or late is refused', async () => {
    await linked('changed');
    const browser = new Browser();
    const answers = [
      (answer: string) => answer.replace(/code=[^&]+/, 'code=guessed'),
      (answer: string) => answer.replace(/state=[^&]+/, 'state=other'),
      (answer: string) => answer.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'),
      (answer: string) => `error=access_denied&${answer.replace(/code=[^&]+&/, '')}`,
      () => '',
    ];
    for (const change of answers) {
      const came = await browser.fetchAnswer('changed');
      const said = await browser.bring({ ...came, answer: change(came.answer) });
      expect(said.body.code).toBe('identity.provider_refused');
    }
    const late = await browser.fetchAnswer('changed');
    const then = opened.clock.now().getTime() + limits.oidc_visit_minutes * 60_000;
    opened.clock.set(new Date(then + 1));
    expect((await browser.bring(late)).body.code).toBe('identity.ticket_over');
    expect(await browser.whoAmI()).toBe(401);
  });

  test('links nothing for a session that is another person’s or over', async () => {
    const browser = new Browser();
    await newPerson(`${login}-c`);
    await browser.signIn();
    const came = await browser.fetchAnswer('guest', '/account/providers');
    await browser.signIn(`${login}-c`);
    expect((await browser.bring(came)).body.code).toBe('kernel.signed_out');
    expect((await new Browser().enter('guest')).body.code).toBe('identity.not_linked');
  });
});

test('a provider that is away is said to be, and one that is unknown is not found', async () => {
  const browser = new Browser();
  const { ticket } = (await browser.ask('POST', '/session/provider', { provider: 'gone' })).body;
  const way = await browser.ask('POST', '/session/provider/way', { ticket });
  expect(way).toMatchObject({ status: 503, body: { code: 'identity.provider_away' } });
  const unknown = await browser.ask('POST', '/session/provider', { provider: 'nobody' });
  expect(unknown.body.code).toBe('identity.provider_unknown');
});
