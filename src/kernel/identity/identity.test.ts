import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTx } from '../db/tx.ts';
import { completeUscc } from '../identifiers/uscc.ts';
import { limits } from '../limits.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { asBearer, authenticate } from './authenticate.ts';
import { acceptInvitation, invite } from './invitations.ts';
import { listParties, newParty } from './parties.ts';
import { endSeat, hashPassword, listPeople, seatPerson } from './people.ts';
import { permits, seatPermissions } from './permissions.ts';
import { resetFactors } from './rescue.ts';
import { closeSession, readSession } from './sessions.ts';
import { endSharing, listSharing, shareWith } from './sharing.ts';
import { signIn as enter } from './sign-in.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const password = 'correct horse battery';

/** Signs in from one place; nobody here has a second factor. */
async function signIn(store: TestStore['store'], login: string, text: string): Promise<string> {
  const visit = { address: '203.0.113.7', agent: '', device: null, origin: null };
  const entered = await enter({ store, visit }, login, text);
  return 'token' in entered ? entered.token : '';
}

test('a person signs in, is known by the session, and is not after signing out', async () => {
  const { store } = opened;
  const { as, parties, chain } = await openTestChain(store, { maker: 'core' });
  const password_hash = await hashPassword(password);
  await as('maker', (tx) =>
    seatPerson(tx, { login: 'lin', name: '林', password_hash, role: 'trade' }),
  );
  await expect(signIn(store, 'lin', 'wrong')).rejects.toThrow(/wrong/);
  const token = await signIn(store, 'LIN ', password);
  const session = await readSession(store, token);
  expect(session).toMatchObject({
    chain: { id: chain.id },
    party: { id: parties.maker.id, roles: ['core'] },
    seat: 'trade',
  });
  await closeSession(store, token);
  await expect(readSession(store, token)).rejects.toMatchObject({ code: 'kernel.signed_out' });
});

test('a seat that ends takes its session with it, but the last administrator stays', async () => {
  const { store } = opened;
  const { as } = await openTestChain(store, { maker: 'core' });
  const password_hash = await hashPassword(password);
  const [admin, clerk] = await as('maker', async (tx) => [
    await seatPerson(tx, { login: 'boss', name: 'A', password_hash, role: 'admin' }),
    await seatPerson(tx, { login: 'clerk', name: 'B', password_hash, role: 'viewer' }),
  ]);
  const token = await signIn(store, 'clerk', password);
  await as('maker', (tx) => endSeat(tx, clerk?.id ?? ''));
  expect(await authenticate(store, token)).toBeNull();
  await expect(as('maker', (tx) => endSeat(tx, admin?.id ?? ''))).rejects.toMatchObject({
    code: 'identity.last_admin',
  });
  expect(await as('maker', listPeople)).toHaveLength(2);
});

test('a key opens what its scopes say, to its own party, until it is revoked', async () => {
  const { store } = opened;
  const { as, parties, chain } = await openTestChain(store, { maker: 'core', rival: 'supplier' });
  const { key, id } = await as('maker', (tx) =>
    createApiKey(tx, { name: 'ERP', scopes: ['identity.party.read'] }),
  );
  const context = await authenticate(store, key);
  expect(context).toMatchObject({
    chain: chain.id,
    actor: { party: parties.maker.id, permissions: ['identity.party.read'] },
  });
  expect(await as('rival', listApiKeys)).toEqual([]);
  const forged = key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect(await authenticate(store, forged)).toBeNull();
  await as('maker', (tx) => revokeApiKey(tx, id));
  expect(await authenticate(store, key)).toBeNull();
});

test('an agreement opens rows to its reader and ends at once', async () => {
  const { store } = opened;
  const { as, parties } = await openTestChain(store, { dealer: 'dealer', maker: 'core' });
  const { key } = await as('maker', (tx) => createApiKey(tx, { name: 'k' }));
  const agreement = await as('dealer', (tx) =>
    shareWith(tx, { reader_id: parties.maker.id, scope: 'stock', purpose: '补货' }),
  );
  expect((await authenticate(store, key))?.actor.reads).toEqual({ stock: [parties.dealer.id] });
  await as('dealer', (tx) => endSharing(tx, agreement.id));
  expect((await authenticate(store, key))?.actor.reads).toEqual({});
});

test('agreements of one moment are listed the latest first, as all others', async () => {
  const { as, parties } = await openTestChain(opened.store, { dealer: 'dealer', maker: 'core' });
  const reader = { reader_id: parties.maker.id, purpose: '补货' };
  const made = await as('dealer', async (tx) => [
    await shareWith(tx, { ...reader, scope: 'stock' }),
    await shareWith(tx, { ...reader, scope: 'orders' }),
    await shareWith(tx, { ...reader, scope: 'invoices' }),
  ]);
  const listed = await as('dealer', listSharing);
  expect(new Set(listed.map(({ valid_from }) => valid_from)).size).toBe(1);
  expect(listed.map(({ id }) => id)).toEqual(made.map(({ id }) => id).toReversed());
});

test('an invited party joins by its link, once', async () => {
  const { store } = opened;
  const { as, parties } = await openTestChain(store, { maker: 'core' });
  const { token, party_id } = await as('maker', (tx) =>
    invite(tx, { name_zh: '新供应商', roles: ['supplier'] }),
  );
  await acceptInvitation(store, { token, login: 'new', name: '新', password });
  const session = await readSession(store, await signIn(store, 'new', password));
  expect(session.party).toMatchObject({ id: party_id, roles: ['supplier'] });
  expect(session.seat).toBe('admin');
  await expect(
    acceptInvitation(store, { token, login: 'new2', name: '新', password }),
  ).rejects.toMatchObject({ code: 'identity.invitation_over' });
  const listed = await as('maker', (tx) => listParties(tx, { limit: 50 }));
  expect(listed.items.map((one) => one.status)).toEqual(['active', 'active']);
  expect(parties.maker.id).not.toBe(party_id);
});

test('a second link to a firm opens no seat in it once the firm is here', async () => {
  const { store } = opened;
  const { as } = await openTestChain(store, { maker: 'core', schemer: 'dealer' });
  const firm = {
    name_zh: '新供应商',
    uscc: completeUscc('9141010077000001'),
    roles: ['supplier'],
  };
  const { token } = await as('maker', (tx) => invite(tx, newParty.parse(firm)));
  await expect(as('schemer', (tx) => invite(tx, newParty.parse(firm)))).rejects.toMatchObject({
    code: 'identity.invited_already',
  });
  const second = await as('maker', (tx) => invite(tx, newParty.parse(firm)));
  await acceptInvitation(store, { token, login: 'owner', name: '主', password });
  await expect(
    acceptInvitation(store, { token: second.token, login: 'spy', name: '探', password }),
  ).rejects.toMatchObject({ code: 'identity.invitation_over' });
  await expect(signIn(store, 'spy', password)).rejects.toMatchObject({
    code: 'kernel.wrong_password',
  });
});

test('whoever joins claims no code that a firm of another chain has', async () => {
  const { store } = opened;
  const { as } = await openTestChain(store, { maker: 'core' });
  const elsewhere = await openTestChain(store, { other: 'core' });
  const { token } = await as('maker', (tx) =>
    invite(tx, { name_zh: '同号供应商', roles: ['supplier'] }),
  );
  const uscc = elsewhere.parties.other.uscc as string;
  await acceptInvitation(store, { token, login: 'claimant', name: '冒', password, uscc });
  const session = await readSession(store, await signIn(store, 'claimant', password));
  const { items } = await as('maker', (tx) => listParties(tx, { limit: 50 }));
  expect(items.find((one) => one.id === session.party.id)?.uscc).toBeNull();
});

test('an owner that shares the same thing often does not lock its reader out', async () => {
  const { store } = opened;
  const { as, parties } = await openTestChain(store, { dealer: 'dealer', maker: 'core' });
  const { key } = await as('maker', (tx) => createApiKey(tx, { name: 'k' }));
  await as('dealer', async (tx) => {
    for (let times = 0; times <= limits.reads_owners; times++) {
      await shareWith(tx, { reader_id: parties.maker.id, scope: 'stock', purpose: '补货' });
    }
  });
  expect((await authenticate(store, key))?.actor.reads).toEqual({ stock: [parties.dealer.id] });
});

test('a key makes no key that may do more than itself', async () => {
  const { store } = opened;
  const { as } = await openTestChain(store, { maker: 'core' });
  const { key } = await as('maker', (tx) =>
    createApiKey(tx, { name: 'IT', scopes: ['identity.key.*', 'kernel.fact.*'] }),
  );
  const narrow = await asBearer(store, key, (tx) =>
    createApiKey(tx, { name: 'ERP', scopes: ['kernel.fact.read'] }),
  );
  expect(narrow.scopes).toEqual(['kernel.fact.read']);
  await expect(
    asBearer(store, key, (tx) => createApiKey(tx, { name: 'all' })),
  ).rejects.toMatchObject({ code: 'kernel.not_permitted' });
});

test('whoever receives goods for a trade desk can prove the damage with a photo', () => {
  expect(permits(seatPermissions.trade, 'trade.receipt.record')).toBe(true);
  expect(permits(seatPermissions.trade, 'kernel.file.create')).toBe(true);
});

test('whoever lost everything begins anew by the operator’s hand, and is told of it', async () => {
  const { store } = opened;
  const { as } = await openTestChain(store, { maker: 'core' });
  const password_hash = await hashPassword(password);
  const { id } = await as('maker', (tx) =>
    seatPerson(tx, { login: 'lost', name: '失', password_hash, role: 'admin' }),
  );
  const token = await signIn(store, 'lost', password);
  await resetFactors(store, ' LOST', 'a password to begin with');
  expect(await authenticate(store, token)).toBeNull();
  await expect(signIn(store, 'lost', password)).rejects.toMatchObject({
    code: 'kernel.wrong_password',
  });
  expect(await signIn(store, 'lost', 'a password to begin with')).not.toBe('');
  const { rows } = await store.database.owner.query(
    `select 1 from security_event where user_id = $1 and kind = 'factors_reset'`,
    [id],
  );
  expect(rows).toHaveLength(1);
  await expect(resetFactors(store, 'nobody-at-all')).rejects.toMatchObject({
    code: 'identity.login_unknown',
  });
});

test('a stranger to the chain sees none of its rows', async () => {
  const { store } = opened;
  const one = await openTestChain(store, { maker: 'core' });
  const two = await openTestChain(store, { other: 'core' });
  const actor = {
    party: one.parties.maker.id,
    user: null,
    key: null,
    roles: [],
    permissions: [],
    reads: {},
  };
  const seen = await withTx(store, { chain: one.chain.id, zone: 'UTC', actor }, (tx) =>
    tx.db.selectFrom('member').select('chain_id').where('chain_id', '=', two.chain.id).execute(),
  );
  expect(seen).toEqual([]);
});
