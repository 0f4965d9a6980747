import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../dates.ts';
import { eraseFile, getFile, keepFile } from '../files/files.ts';
import { noteSharedAccess } from '../identity/shared-access.ts';
import { endSharing, listSharing } from '../identity/sharing.ts';
import { limits } from '../limits.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { getFact, listFacts, recordFact } from '../trust/facts.ts';
import { addNote, answerRequest } from './answering.ts';
import { askFor, type NewRequest, newRequest, withdrawRequest } from './asking.ts';
import { forgetWhatIsDue } from './keeping.ts';
import { getRequest, listRequests, requestQuery } from './requests.ts';

const start = '2026-03-02T01:00:00.000Z';
let opened: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;

const openChain = () =>
  openTestChain(opened.store, {
    buyer: 'core',
    seller: 'supplier',
    carrier: 'carrier',
    lender: 'lender',
  });
type Name = 'buyer' | 'seller' | 'carrier' | 'lender';

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());
beforeEach(async () => {
  opened.clock.set(start);
  chain = await openChain();
});

const days = (count: number) =>
  opened.clock.set(new Date(Date.parse(start) + count * 86_400_000 + 3_600_000));
const ask = (who: Name, input: NewRequest) => chain.as(who, (tx) => askFor(tx, input));
const answer = (who: Name, id: string, given: Parameters<typeof answerRequest>[2]) =>
  chain.as(who, (tx) => answerRequest(tx, id, given));
const inState = (who: Name, query: object) =>
  chain.as(who, (tx) => listRequests(tx, requestQuery.parse(query)));

/** The buyer writes down, for all three, that the seller's goods came late. */
const lateness = (corrects?: string) =>
  chain.as('buyer', (tx) =>
    recordFact(tx, {
      type: 'trade.delivery.late',
      subject: chain.parties.seller.id,
      parties: [chain.parties.buyer.id, chain.parties.seller.id, chain.parties.carrier.id],
      body: { days: corrects ? 0 : 3 },
      ...(corrects ? { corrects } : {}),
    }),
  );
const code = (name: string) => ({ code: name });

describe('a consent', () => {
  const wanted = () =>
    ({
      kind: 'consent',
      holder_id: chain.parties.seller.id,
      scope: 'orders',
      statement: '应收账款融资授信',
    }) as const;

  test('lets the lender read once it is given, for what was asked, and no longer', async () => {
    const { id, due_on } = await ask('lender', wanted());
    expect(due_on).toBe('2026-04-01');
    await expect(ask('lender', wanted())).rejects.toMatchObject(code('rights.open_already'));
    const given = await answer('seller', id, { accept: true });
    expect(given).toMatchObject({ state: 'accepted', answer: null });
    const [agreement] = await chain.as('lender', listSharing);
    expect(agreement).toMatchObject({
      id: given.agreement_id,
      owner_id: chain.parties.seller.id,
      reader_id: chain.parties.lender.id,
      scope: 'orders',
      purpose: '应收账款融资授信',
    });
    await expect(answer('seller', id, { accept: true })).rejects.toMatchObject(
      code('rights.not_open'),
    );
    await chain.as('seller', (tx) => endSharing(tx, agreement?.id ?? ''));
    expect((await ask('lender', wanted())).state).toBe('open');
  });

  test('is not made by silence, and a "no" is not asked about again the next day', async () => {
    const first = await ask('lender', wanted());
    days(31);
    expect(await chain.as('lender', (tx) => getRequest(tx, first.id))).toMatchObject({
      state: 'lapsed',
      overdue: false,
    });
    expect((await inState('lender', { state: 'open' })).items).toEqual([]);
    await expect(answer('seller', first.id, { accept: true })).rejects.toMatchObject(
      code('rights.not_open'),
    );
    const second = await ask('lender', wanted());
    expect((await inState('seller', { state: 'lapsed' })).items).toMatchObject([{ id: first.id }]);
    await answer('seller', second.id, { accept: false, answer: '暂不需要融资' });
    days(32);
    await expect(ask('lender', wanted())).rejects.toMatchObject(code('rights.asked_lately'));
    days(31 + limits.ask_again_days);
    expect((await ask('lender', wanted())).state).toBe('open');
  });

  test('that nobody answered takes no room from what may be asked for', async () => {
    const { owner } = opened.store.database;
    await ask('lender', wanted());
    await owner.query(
      `insert into rights_request (chain_id, id, kind, requester_id, holder_id, scope, statement,
         state, asked_at, due_on)
       select chain_id, gen_random_uuid(), kind, requester_id, gen_random_uuid(), scope, statement,
         state, asked_at, due_on from rights_request, generate_series(2, $2) where chain_id = $1`,
      [chain.chain.id, limits.rights_open],
    );
    const another = { ...wanted(), scope: 'stock' } as const;
    await expect(ask('lender', another)).rejects.toMatchObject(code('rights.too_many'));
    days(31);
    expect((await ask('lender', another)).state).toBe('open');
  });

  test('ends at the instant that was meant, whatever offset it was written with', () => {
    const until = (text: string) => newRequest.safeParse({ ...wanted(), share_until: text });
    expect(until('2026-03-02T02:00:00+14:00').data).toMatchObject({
      share_until: '2026-03-01T12:00:00.000Z',
    });
    // No answer can say the year 10000: it broke the owner's list for good.
    expect(until('9999-12-31T23:59:59-12:00').success).toBe(false);
  });

  test('is given once, however many answer at the same time', async () => {
    const { id } = await ask('lender', wanted());
    const all = await Promise.allSettled([
      answer('seller', id, { accept: true }),
      answer('seller', id, { accept: true }),
      answer('seller', id, { accept: false, answer: '不同意' }),
      chain.as('lender', (tx) => withdrawRequest(tx, id)),
    ]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { state } = await chain.as('seller', (tx) => getRequest(tx, id));
    const agreements = await chain.as('seller', listSharing);
    expect(agreements).toHaveLength(state === 'accepted' ? 1 : 0);
  });
});

describe('an objection', () => {
  test('marks the fact for all who see it, and its words stay between the two', async () => {
    const fact_id = await lateness();
    const asked = await ask('seller', {
      kind: 'correction',
      fact_id,
      statement: '车在门口等了两天',
    });
    expect(asked).toMatchObject({ holder_id: chain.parties.buyer.id, due_on: '2026-03-22' });
    const mark = (requester_id: string | null) => ({
      request_id: asked.id,
      requester_id,
      state: 'open',
    });
    const { seller } = chain.parties;
    for (const who of ['buyer', 'seller', 'carrier'] as const) {
      const fact = await chain.as(who, (tx) => getFact(tx, fact_id));
      // The carrier sees that it is disputed, and not by whom.
      expect(fact.objections).toMatchObject([mark(who === 'carrier' ? null : seller.id)]);
      expect(JSON.stringify(fact)).not.toContain('两天');
    }
    const { items } = await chain.as('carrier', (tx) => listFacts(tx, { limit: 10 }));
    expect(items.find(({ id }) => id === fact_id)?.objections).toMatchObject([mark(null)]);
    expect(items.filter(({ type }) => type.startsWith('rights.'))).toEqual([]);
    await expect(chain.as('carrier', (tx) => getRequest(tx, asked.id))).rejects.toMatchObject(
      code('kernel.not_found'),
    );
    await chain.as('seller', (tx) => withdrawRequest(tx, asked.id));
    expect((await chain.as('carrier', (tx) => getFact(tx, fact_id))).objections).toEqual([]);
  });

  test('is due in twenty days, and one that is refused leaves the objector’s note', async () => {
    const fact_id = await lateness();
    const { id } = await ask('seller', { kind: 'correction', fact_id, statement: '没有迟到' });
    const noteOf = (note: string) => chain.as('seller', (tx) => addNote(tx, id, note));
    await expect(noteOf('已申诉')).rejects.toMatchObject(code('rights.note_not_due'));
    days(20);
    expect((await inState('buyer', { side: 'received', state: 'open' })).items).toMatchObject([
      { id, overdue: false },
    ]);
    days(21);
    expect((await inState('buyer', { state: 'open' })).items).toMatchObject([{ overdue: true }]);
    await expect(answer('buyer', id, { accept: false })).rejects.toMatchObject(
      code('rights.answer_needed'),
    );
    await expect(answer('seller', id, { accept: true, answer: '好' })).rejects.toMatchObject(
      code('rights.not_yours'),
    );
    await answer('buyer', id, { accept: false, answer: '门卫记录为准' });
    await noteOf('对方门卫记录有误，已附照片');
    await expect(noteOf('再说一次')).rejects.toMatchObject(code('rights.note_not_due'));
    const { objections } = await chain.as('carrier', (tx) => getFact(tx, fact_id));
    expect(objections).toMatchObject([{ state: 'refused', note: '对方门卫记录有误，已附照片' }]);
  });

  test('that is right ends with another fact of the holder’s own', async () => {
    const fact_id = await lateness();
    const { id } = await ask('seller', { kind: 'correction', fact_id, statement: '没有迟到' });
    const strange = await chain.as('seller', (tx) =>
      recordFact(tx, {
        type: 'trade.delivery.late',
        subject: chain.parties.seller.id,
        parties: [chain.parties.buyer.id, chain.parties.seller.id],
        body: {},
      }),
    );
    for (const corrected_by of [fact_id, strange]) {
      await expect(
        answer('buyer', id, { accept: true, answer: '已更正', corrected_by }),
      ).rejects.toMatchObject(code('rights.no_correction'));
    }
    const unheard = await chain.as('buyer', (tx) =>
      recordFact(tx, {
        type: 'trade.delivery.late',
        subject: chain.parties.seller.id,
        parties: [chain.parties.buyer.id],
        corrects: fact_id,
        body: {},
      }),
    );
    await expect(
      answer('buyer', id, { accept: true, answer: '已更正', corrected_by: unheard }),
    ).rejects.toMatchObject(code('rights.no_correction'));
    const corrected_by = await lateness(fact_id);
    const done = await answer('buyer', id, { accept: true, answer: '已更正', corrected_by });
    expect(done).toMatchObject({ state: 'accepted', corrected_by });
  });

  test('is for whoever sees the fact, and not for its own author', async () => {
    const fact_id = await lateness();
    const input = { kind: 'explanation', fact_id, statement: '怎么算的' } as const;
    await expect(ask('lender', input)).rejects.toMatchObject(code('kernel.not_found'));
    await expect(ask('buyer', input)).rejects.toMatchObject(code('rights.own_record'));
    const { id, due_on } = await ask('carrier', input);
    expect(due_on).toBe(addDays('2026-03-02', 30));
    await answer('buyer', id, { accept: true, answer: '以预约时段的结束为准' });
    expect((await chain.as('carrier', (tx) => getRequest(tx, id))).answer).toContain('预约');
  });
});

test('a photo that shows a face is taken away, and its place stays', async () => {
  const bytes = Buffer.from('89504e470d0a1a0a0000', 'hex');
  const photo = await chain.as('buyer', (tx) =>
    keepFile(tx, { bytes, media_type: 'image/png', file_name: '李某.png' }, [
      chain.parties.carrier.id,
    ]),
  );
  const { id } = await ask('carrier', {
    kind: 'deletion',
    file_id: photo.id,
    statement: '照片里有我们的司机',
  });
  await expect(
    ask('lender', { kind: 'deletion', file_id: photo.id, statement: '删除' }),
  ).rejects.toMatchObject(code('kernel.not_found'));
  const ours = await chain.as('buyer', async (tx) => tx.actor);
  const clerk = { ...ours, permissions: ['rights.*.*'] };
  await expect(
    chain.as('buyer', (tx) =>
      answerRequest({ ...tx, actor: clerk }, id, { accept: true, answer: '已删除' }),
    ),
  ).rejects.toMatchObject(code('kernel.not_permitted'));
  // The owner was quicker than the answer: it is done all the same.
  await chain.as('buyer', (tx) => eraseFile(tx, photo.id));
  await answer('buyer', id, { accept: true, answer: '已删除' });
  const told = await chain.as('carrier', (tx) => listFacts(tx, { limit: 10, subject: photo.id }));
  expect(told.items).toMatchObject([{ type: 'kernel.file.erased' }]);
  for (const who of ['buyer', 'carrier'] as const) {
    await expect(chain.as(who, (tx) => getFile(tx, photo.id))).rejects.toMatchObject(
      code('kernel.file_erased'),
    );
  }
  const { rows } = await opened.store.database.owner.query(
    'select name, length(bytes) as left, length(sha256) as hash from file where id = $1',
    [photo.id],
  );
  expect(rows).toEqual([{ name: '', left: 0, hash: 32 }]);
});

test('an answer that was kept for a repeat is forgotten after its time', async () => {
  const { database } = opened.store;
  const keep = (key: string) =>
    database.owner.query(
      `insert into idempotency_key values ($1, $2, $3, '', 201, '{"name":"周某"}', $4)`,
      [chain.chain.id, chain.parties.buyer.id, key, opened.clock.now().toISOString()],
    );
  await keep('old');
  // More than one statement takes: a busy chain keeps so many within minutes.
  await database.owner.query(
    `insert into idempotency_key select chain_id, party_id, key || n, request_hash, status, body,
       recorded_at from idempotency_key, generate_series(1, $2) n where chain_id = $1`,
    [chain.chain.id, limits.forgotten_rows * 2],
  );
  days(limits.idempotency_days - 1);
  await keep('new');
  days(limits.idempotency_days + 1);
  await forgetWhatIsDue(opened.store);
  const { rows } = await database.owner.query(
    'select key from idempotency_key where chain_id = $1',
    [chain.chain.id],
  );
  expect(rows).toEqual([{ key: 'new' }]);
});

test('lines of logs go when they have had their time, and not before', async () => {
  const { seller, lender } = chain.parties;
  const look = () =>
    chain.as('lender', (tx) => {
      const actor = { ...tx.actor, reads: { orders: [seller.id] } };
      const shown = () => [{ id: opened.store.newId(), seller_id: seller.id }];
      return noteSharedAccess({ ...tx, actor }, 'order.list', ['orders'], shown);
    });
  const count = async () => {
    const { rows } = await opened.store.database.owner.query(
      'select count(*)::int as n from shared_access where reader_id = $1',
      [lender.id],
    );
    return rows[0].n;
  };
  await look();
  days(limits.shared_access_days - 1);
  await look();
  await forgetWhatIsDue(opened.store);
  expect(await count()).toBe(2);
  days(limits.shared_access_days + 1);
  await forgetWhatIsDue(opened.store);
  expect(await count()).toBe(1);
});
