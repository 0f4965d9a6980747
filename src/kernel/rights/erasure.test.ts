import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endSeat, hashPassword, listPeople, seatPerson } from '../identity/people.ts';
import { limits } from '../limits.ts';
import { openKernelServer, openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { eraseByHand } from './eraser.ts';
import { forgetWhatIsDue } from './keeping.ts';

const password = 'correct horse battery';
let opened: TestStore;
let server: FastifyInstance;
let hashed: string;
let chain: Awaited<ReturnType<typeof openTestChain<'firm'>>>;
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
  chain = await openTestChain(opened.store, { firm: 'supplier' });
});

async function seat(role: 'admin' | 'viewer', at = chain) {
  const login = `leaver-${++serial}`;
  const { id } = await at.as('firm', (tx) =>
    seatPerson(tx, { login, name: '周某', password_hash: hashed, role }),
  );
  return { id, login };
}

async function signIn(login: string) {
  const { statusCode, cookies } = await server.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login, password },
  });
  const jar = Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
  const say = async (method: 'GET' | 'POST' | 'DELETE', path: string) => {
    const reply = await server.inject({ method, url: `/api/v1/account${path}`, cookies: jar });
    return { status: reply.statusCode, body: reply.json() };
  };
  return { status: statusCode, say };
}

const days = (count: number) =>
  opened.clock.set(new Date(opened.clock.now().getTime() + count * 86_400_000));

test('a person takes a copy, leaves, and is nowhere any more', async () => {
  await seat('admin');
  const { id, login } = await seat('viewer');
  const { say } = await signIn(login);
  const copy = await say('GET', '/data');
  expect(copy.body).toMatchObject({
    account: { id, login, name: '周某' },
    seats: [{ party: { zh: 'firm' } }],
    sessions: [{ current: true }],
    security_events: [{ kind: 'signed_in' }],
    erasure: null,
  });
  expect((await say('POST', '/erasure')).status).toBe(201);
  expect((await say('DELETE', '/erasure')).status).toBe(200);
  days(limits.erasure_days);
  await forgetWhatIsDue(opened.store);
  const back = await signIn(login);
  expect(back.status, 'who takes it back stays').toBe(201);
  await back.say('POST', '/erasure');
  days(limits.erasure_days - 1);
  await forgetWhatIsDue(opened.store);
  expect((await signIn(login)).status).toBe(201);
  days(1);
  expect((await forgetWhatIsDue(opened.store)).accounts).toBe(1);
  expect((await forgetWhatIsDue(opened.store)).accounts).toBe(0);
  expect((await signIn(login)).status).toBe(401);
  expect((await back.say('GET', '/erasure')).status).toBe(401);
  const { database } = opened.store;
  const rest = await database.owner.query('select * from user_account where id = $1', [id]);
  expect(JSON.stringify(rest.rows)).not.toMatch(/周某|leaver/);
  const people = await chain.as('firm', listPeople);
  expect(people.find((one) => one.id === id)).toMatchObject({ name: '', ended: true });
  const { rows } = await database.owner.query(
    `select kind from security_event where user_id = $1 and kind = 'account_erased'`,
    [id],
  );
  expect(rows).toHaveLength(1);
});

test('an old session may not ask: whoever erases an account shows that it is theirs', async () => {
  const { login } = await seat('admin');
  const { say } = await signIn(login);
  opened.clock.set(new Date(opened.clock.now().getTime() + (limits.proof_minutes + 1) * 60_000));
  for (const [method, path] of [
    ['POST', '/erasure'],
    ['GET', '/data'],
  ] as const) {
    expect((await say(method, path)).body).toMatchObject({ code: 'identity.proof_needed' });
  }
});

test('a firm keeps somebody who leads it, in whichever chain it is', async () => {
  const [first, second] = [await seat('admin'), await seat('admin')];
  await seat('viewer');
  for (const { login } of [first, second]) {
    expect((await (await signIn(login)).say('POST', '/erasure')).status).toBe(201);
  }
  days(limits.erasure_days);
  // Two servers at the same hour.
  await Promise.all([forgetWhatIsDue(opened.store), forgetWhatIsDue(opened.store)]);
  const open = await chain.as('firm', listPeople);
  const admins = open.filter(({ role, ended }) => role === 'admin' && !ended);
  expect(admins).toHaveLength(1);
  const held = await signIn(admins[0]?.login ?? '');
  expect((await held.say('GET', '/erasure')).body.erasure).toMatchObject({
    blocked_by: { chain_id: chain.chain.id, party_id: chain.parties.firm.id },
  });
  await seat('admin');
  expect((await forgetWhatIsDue(opened.store)).accounts).toBe(1);
});

test('who was let go is erased by hand, and the names they gave things too', async () => {
  await seat('admin');
  const { id, login } = await seat('viewer');
  const { owner } = opened.store.database;
  await owner.query(
    `insert into security_event values
       (gen_random_uuid(), 'passkey_added', $1, null, null, now(), '', '', '周某的手机')`,
    [id],
  );
  await chain.as('firm', (tx) => endSeat(tx, id));
  expect((await signIn(login)).status).toBe(403);
  expect(await eraseByHand(opened.store, login)).toBe(true);
  const { rows } = await owner.query('select detail from security_event where user_id = $1', [id]);
  expect(rows.filter(({ detail }) => detail !== '')).toEqual([]);
  await expect(eraseByHand(opened.store, login)).rejects.toMatchObject({
    code: 'identity.login_unknown',
  });
});

test('one that cannot be erased holds nobody else up', async () => {
  await seat('viewer');
  const blocked = await seat('admin');
  const free = await seat('viewer', await openTestChain(opened.store, { firm: 'dealer' }));
  const { owner } = opened.store.database;
  await owner.query(
    `insert into account_erasure (user_id, asked_at, due_at)
     select u, $2::timestamptz, $2 from unnest($1::uuid[]) u`,
    [[blocked.id, free.id], opened.clock.now().toISOString()],
  );
  expect((await forgetWhatIsDue(opened.store)).accounts).toBe(1);
  expect((await signIn(blocked.login)).status).toBe(201);
});

test('whoever works alone may go', async () => {
  const { login } = await seat('admin');
  expect((await (await signIn(login)).say('POST', '/erasure')).status).toBe(201);
  days(limits.erasure_days);
  expect((await forgetWhatIsDue(opened.store)).accounts).toBe(1);
});
