import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modules } from '../../src/app/modules.ts';
import { createSubscription, nameQuery, sendDue } from '../../src/flows/goods/testing.ts';
import {
  createApiKey,
  listParties,
  onBehalfOf,
  openLog,
  openServer,
  sealAll,
  shareWith,
  type Tx,
} from '../../src/kernel/index.ts';
import { openTestStore, type TestStore } from '../../src/kernel/testing.ts';
import { deliverDue } from '../../src/kernel/webhooks/courier.ts';
import { replay } from '../../src/kernel/webhooks/messages.ts';
import type { Letter } from '../../src/kernel/webhooks/sending.ts';
import { webhookKeysOf } from '../../src/kernel/webhooks/signing-key.ts';
import { createWebhook } from '../../src/kernel/webhooks/webhooks.ts';
import { asStatistician, collectFrom } from '../../src/observatory/collections/testing.ts';
import { releaseFrom } from '../../src/observatory/publishing/testing.ts';
import { simulateFrozenFood } from '../../src/simulation/index.ts';
import { idsIn, readTruth, stockIn, type Truth } from './eyes/sight.ts';
import { urlOf } from './world/client.ts';
import { goodsQuestions } from './world/goods-events.ts';
import { type Field, type Question, questionsOf } from './world/requests.ts';

type Eye = {
  chain: string;
  party: string;
  key: string;
  scopes: readonly string[];
  known: ReadonlySet<string>;
  /** Without what others share. */
  own: ReadonlySet<string>;
};

const questions = [...questionsOf(modules.flatMap((module) => module.routes)), ...goodsQuestions];
const permissions = new Map([
  ...modules
    .flatMap((module) => module.routes)
    .map((route) => [route.id, 'permission' in route ? route.permission : ''] as const),
  ...goodsQuestions.map(({ id, permission }) => [id, permission] as const),
]);
const scopeSets = [['*.*.*'], ['*.*.*'], ['*.*.read'], ['commerce.*.*'], ['money.entry.read']];
const readable = ['orders', 'shipments', 'stock', 'invoices', 'ledger'] as const;

/** How much is asked, and from which seed: `npm run eyes:long` asks for more. */
const asks = Number(process.env.EYES_REQUESTS ?? 1_200);
const seed = Number(process.env.EYES_SEED ?? 20_260_302);
const bound_ms = 120_000 + asks * 100;

let test: TestStore;
let server: FastifyInstance;
let truth: Truth;
let askable: readonly string[];
let stored: ReadonlySet<string>;
const eyes: Eye[] = [];

/** Every sixth pair of members shares something: some readers see far more than their own. */
async function openEyes(chain: {
  id: string;
  zone: string;
}): Promise<Omit<Eye, 'known' | 'own'>[]> {
  const act = <T>(party: string, work: Parameters<typeof onBehalfOf<T>>[3]) =>
    onBehalfOf(test.store, chain, party, work);
  const { items } = await act(test.store.newId(), (tx) => listParties(tx, { limit: 200 }));
  const opened: Omit<Eye, 'known' | 'own'>[] = [];
  for (const [at, { id }] of items.entries()) {
    const scopes = scopeSets[at % scopeSets.length] ?? [];
    const { key } = await act(id, (tx) => createApiKey(tx, { name: 'eye', scopes: [...scopes] }));
    opened.push({ chain: chain.id, party: id, key, scopes });
    const reader = items[(at * 7 + 3) % items.length];
    const scope = readable[at % readable.length];
    if (at % 3 !== 0 || !reader || !scope || reader.id === id) continue;
    await act(id, (tx) => shareWith(tx, { reader_id: reader.id, scope, purpose: '协同' }));
  }
  // Two that each ask a part of the others: neither may learn whom the other asks.
  const ids = items.map(({ id }) => id);
  for (const half of [0, 1]) {
    const asked = ids.slice(2).filter((_, at) => at % 3 !== half);
    const collector = ids[half] ?? '';
    const collected = await collectFrom(act, collector, asked);
    const publish = <T>(party: string, work: (tx: Tx) => Promise<T>) =>
      act(party, (tx) => work(asStatistician(tx)));
    await releaseFrom(publish, collector, collected, 'sales');
  }
  return opened;
}

beforeAll(async () => {
  test = await openTestStore(modules);
  const say = () => {};
  const end = test.clock.now();
  const size = { days: 12, dealers: 3, shops_per_dealer: 2, end, say };
  const first = await simulateFrozenFood(test.store, { ...size, slug: 'one', seed: 7 });
  const less = { ...size, days: 4, dealers: 1, shops_per_dealer: 1 };
  const second = await simulateFrozenFood(test.store, { ...less, slug: 'two', seed: 8 });
  const opened = [...(await openEyes(first.chain)), ...(await openEyes(second.chain))];
  await sealAll(test.store, generateKeyPairSync('ed25519').privateKey);
  truth = await readTruth(test.store.database.owner);
  stored = new Set(truth.ids);
  askable = truth.ids.filter((id) => id.length === 36);
  const now = test.clock.now().toISOString();
  for (const eye of opened) {
    const { chain, party } = eye;
    eyes.push({ ...eye, known: truth.known(chain, party, now), own: truth.own(chain, party) });
  }
  server = await openServer(test.store, {
    modules,
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await test?.close();
});

const may = ({ scopes }: Eye, permission: string) =>
  scopes.some((scope) =>
    new RegExp(`^${scope.replaceAll('.', '\\.').replaceAll('*', '[a-z_]+')}$`).test(permission),
  );

async function look(eye: Eye, url: string, accept = 'application/json') {
  const headers = { authorization: `Bearer ${eye.key}`, accept };
  const { statusCode: status, body, headers: told } = await server.inject({ url, headers });
  const type = String(told['content-type']);
  return { status, body, type };
}

/** Numbers from which one request is made: they shrink to the plainest request that fails. */
const dice = fc.record({
  eye: fc.nat(),
  question: fc.nat(),
  id: fc.nat(),
  fields: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  accept: fc.constantFrom('application/json', 'application/xml'),
});
type Dice = typeof dice extends fc.Arbitrary<infer Thrown> ? Thrown : never;

const pick = <T>(all: readonly T[], at: number): T => all[at % all.length] as T;
/** Where lists went on, for whomever: another's cursor opens nothing. */
const cursors: string[] = ['bm90IGEgY3Vyc29y'];

function valueFor(field: Field, id: string, thrown: number): string | null {
  const asks = field.required || thrown % 3 === 0;
  if (!asks) return null;
  if (field.kind === 'id') return id;
  if (field.kind === 'cursor') return pick(cursors, thrown);
  return pick(field.samples, thrown);
}

function requestOf({ eye, question, id, fields }: Dice) {
  const asked = pick(questions, question);
  const target = pick(askable, id);
  const fill = (all: readonly Field[], from: number) =>
    Object.fromEntries(
      all.flatMap((field, at) => {
        const value = valueFor(field, target, fields[(from + at) % fields.length] ?? 0);
        return value === null ? [] : [[field.name, value]];
      }),
    );
  const url = urlOf(asked.path, fill(asked.params, 0), fill(asked.query, 3));
  return { eye: pick(eyes, eye), asked, target, url };
}

/** A question asked about one thing, or, where it is a list, about everything. */
function plainUrlOf({ path, params, query }: Question, id: string): string {
  const fill = (fields: readonly Field[]) =>
    Object.fromEntries(
      fields.map((one) => [one.name, one.kind === 'id' ? id : pick(one.samples, 0)]),
    );
  return urlOf(path, fill(params), fill(query.filter((one) => one.required)));
}

/** Their answers tell of others' records by sums and days: no id shows that they do. */
const withoutIds = new Set(['order.weave', 'chain.map']);

/** The ids, and the marks of stock, that a reply shows and was not asked with. */
function shownIn(url: string, body: string): string[] {
  const asked = new Set(idsIn(url));
  const shown = [...idsIn(body), ...(/^.api.v1.stock(\?|$)/.test(url) ? stockIn(body) : [])];
  return shown.filter((id) => !asked.has(id));
}

/** Ids in a reply that its reader has no row to know them from; what it asked with is no news. */
function strangeIds(eye: Eye, url: string, body: string): string[] {
  return shownIn(url, body).filter((id) => stored.has(id) && !eye.known.has(id));
}

const policyOfParties = `chain_id = nullif(current_setting('jingwei.chain_id', true), '')::uuid
  and nullif(current_setting('jingwei.actor_id', true), '')::uuid = any(parties)`;

/** The first facts that a webhook of each of these sends, and ids in them that are not theirs. */
async function sentTo(some: readonly Eye[]) {
  const made = new Map<string, Eye>();
  for (const eye of some) {
    const work = async (tx: Tx) => {
      const given = { url: 'https://erp.example.com/', description: 'ERP', kinds: [] };
      const { id } = await createWebhook(tx, given);
      await replay(tx, id, { from_position: 0 });
      return id;
    };
    const place = { id: eye.chain, zone: 'Asia/Shanghai' };
    made.set(await onBehalfOf(test.store, place, eye.party, work), eye);
  }
  const strange: string[] = [];
  let sent = 0;
  const keys = await webhookKeysOf([generateKeyPairSync('ed25519').privateKey]);
  const send = async ({ headers, body }: Letter) => {
    const jws = String(headers['jingwei-signature-jws']).split('.')[0] ?? '';
    const { aud } = JSON.parse(Buffer.from(jws, 'base64url').toString()) as { aud: string };
    strange.push(...strangeIds(made.get(aud) as Eye, '', body));
    sent += 1;
    return { error: null, status: 204, excerpt: null, retry_after: null };
  };
  await deliverDue({ store: test.store, keys, send });
  await test.store.database.owner.query('delete from webhook');
  return { sent, strange };
}

/** The first events that a subscription of each of these sends, and ids in them not theirs. */
async function subscribedTo(some: readonly Eye[]) {
  const made = new Map<string, Eye>();
  for (const eye of some) {
    const work = async (tx: Tx) => {
      await nameQuery(tx, 'all', '{}');
      const given = {
        dest: 'https://erp.example.com/',
        signature_token: null,
        initial_record_time: '1970-01-01T00:00:00.000Z',
        report_if_empty: false,
        schedule: null,
        epc_format: 'Never_Translates' as const,
      };
      return (await createSubscription(tx, 'all', given, tx.now)).id;
    };
    const place = { id: eye.chain, zone: 'Asia/Shanghai' };
    made.set(await onBehalfOf(test.store, place, eye.party, work), eye);
  }
  const strange: string[] = [];
  let sent = 0;
  const keys = await webhookKeysOf([generateKeyPairSync('ed25519').privateKey]);
  const send = async ({ body }: Letter) => {
    const { queryResults } = JSON.parse(body).epcisBody;
    strange.push(...strangeIds(made.get(queryResults.subscriptionID) as Eye, '', body));
    sent += queryResults.resultsBody.eventList.length;
    return { error: null, status: 200, excerpt: null, retry_after: null };
  };
  await sendDue({ store: test.store, keys, send });
  const { owner } = test.store.database;
  for (const table of ['query_subscription', 'subscription_event', 'named_query']) {
    await owner.query(`delete from ${table}`);
  }
  return { sent, strange };
}

describe('what anybody may see', () => {
  it('is looked at in earnest: two chains, many eyes, and rows that most may not see', () => {
    expect(eyes.length).toBeGreaterThan(30);
    expect(new Set(eyes.map(({ chain }) => chain)).size).toBe(2);
    for (const { known } of eyes) expect(known.size).toBeLessThan(truth.ids.length * 0.8);
  });

  it(
    'holds no id of a row that is not theirs, on any route, for any question',
    async () => {
      const answered = new Set<string>();
      await fc.assert(
        fc.asyncProperty(dice, async (thrown) => {
          const { eye, asked, url } = requestOf(thrown);
          const { status, body } = await look(eye, url, thrown.accept);
          expect(status, `${url} ${body}`).toBeLessThan(500);
          const allowed = may(eye, permissions.get(asked.id) ?? '');
          expect(status === 403, `${url} as ${eye.scopes}`).toBe(!allowed);
          expect(strangeIds(eye, url, body), url).toEqual([]);
          if (status !== 200) return;
          answered.add(asked.id);
          const next = /"next":"([\w-]+)"/.exec(body)?.[1];
          if (next) cursors.push(next);
        }),
        { numRuns: asks, seed },
      );
      expect(answered.size).toBeGreaterThan(questions.length / 2);
    },
    bound_ms,
  );

  it('holds on every page of every list for every eye', async () => {
    const lists = questions.filter(
      ({ params, query }) => params.length === 0 && query.every((field) => !field.required),
    );
    for (const [at, eye] of eyes.entries()) {
      for (const { path } of at % 4 === 0 ? lists : lists.slice(at % 4, (at % 4) + 2)) {
        const { status, body } = await look(eye, path);
        expect([200, 403], `${path} ${body}`).toContain(status);
        expect(strangeIds(eye, path, body), path).toEqual([]);
      }
    }
  }, 120_000);

  it('is known to its owner wherever somebody looked at what they share', async () => {
    const { owner } = test.store.database;
    const readers = eyes.filter(({ known, own }) => known.size > own.size);
    expect(readers.length).toBeGreaterThan(5);
    const unlogged = new Set<string>();
    const untrue = new Set<string>();
    for (const eye of readers) {
      const ids = [...eye.known].filter((id) => id.length === 36 && !eye.own.has(id));
      for (const [at, question] of questions.entries()) {
        const url = plainUrlOf(question, pick(ids, at * 7));
        await owner.query('truncate shared_access');
        const { status, body, type } = await look(eye, url);
        const { rows } = await owner.query('select owner_id from shared_access');
        const isTheirs = (id: string) => eye.known.has(id) && !eye.own.has(id);
        const shared = shownIn(url, body).some(isTheirs);
        if (shared && rows.length === 0) unlogged.add(question.id);
        // A document names things by their numbers, and not by our ids.
        const tells = type.includes('json') && !withoutIds.has(question.id);
        // What was asked for by its id is no news, and has been looked at all the same.
        const isSeen = status === 200 && idsIn(body).some(isTheirs);
        if (!shared && !isSeen && rows.length > 0 && tells) untrue.add(question.id);
      }
    }
    expect({ unlogged: [...unlogged], untrue: [...untrue] }).toEqual({ unlogged: [], untrue: [] });
  }, 240_000);

  it(
    'does not tell an id that is not theirs from one that does not exist',
    async () => {
      const nobody = test.store.newId();
      const byId = questions.filter((one) =>
        [...one.params, ...one.query].some((field) => field.kind === 'id'),
      );
      await fc.assert(
        fc.asyncProperty(dice, async (thrown) => {
          const asked = pick(byId, thrown.question);
          const eye = pick(eyes, thrown.eye);
          const secret = pick(
            askable.filter((id) => !eye.known.has(id)),
            thrown.id,
          );
          const urlFor = (id: string) => {
            const fill = (all: readonly Field[]) =>
              Object.fromEntries(
                all
                  .filter((field) => field.required || field.kind === 'id')
                  .map((field) => [field.name, field.kind === 'id' ? id : pick(field.samples, 0)]),
              );
            return urlOf(asked.path, fill(asked.params), fill(asked.query));
          };
          const [theirs, none] = [await look(eye, urlFor(secret)), await look(eye, urlFor(nobody))];
          expect(theirs.status, urlFor(secret)).toBeLessThan(500);
          const blank = { ...theirs, body: theirs.body.replaceAll(secret, nobody) };
          expect(blank, urlFor(secret)).toEqual(none);
        }),
        { numRuns: Math.ceil(asks / 3), seed: seed + 1 },
      );
    },
    bound_ms,
  );

  it('holds for whoever scans a code: no name but the owner’s, and no id', async () => {
    const { owner } = test.store.database;
    const { rows: others } = await owner.query(
      `select name_zh, name_en from party
        where name_zh not in (select name_zh from party join shared_gtin on shared_owner_id = id)`,
    );
    const names = others.flatMap(({ name_zh, name_en }) => [name_zh, name_en] as string[]);
    const { rows: items } = await owner.query(
      `select distinct item from event_item where item like 'https://id.gs1.org/%' limit 300`,
    );
    const statuses = new Map<number, number>();
    for (const { item } of items as { item: string }[]) {
      const path = item.slice('https://id.gs1.org'.length);
      for (const url of [path, `${path}?lang=en`, `${path}?linkType=linkset`]) {
        const { statusCode, body } = await server.inject({ url });
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
        expect(idsIn(body), url).toEqual([]);
        expect(
          names.filter((name) => body.includes(name)),
          url,
        ).toEqual([]);
      }
    }
    expect([...statuses.keys()].every((status) => status === 200 || status === 404)).toBe(true);
    expect(statuses.get(200)).toBeGreaterThan(60);
  }, 120_000);

  it('holds for what webhooks send, from the first fact on', async () => {
    const before = await sentTo(eyes.filter((_, at) => at % 3 === 0));
    expect(before.sent).toBeGreaterThan(100);
    expect(before.strange).toEqual([]);
    const { owner } = test.store.database;
    const walls = ['fact', 'sealed_fact'];
    const alter = (to: string) =>
      Promise.all(
        walls.map((table) => owner.query(`alter policy reads on ${table} using (${to})`)),
      );
    await alter('true');
    try {
      const after = await sentTo(eyes.filter((_, at) => at % 12 === 0));
      expect(after.strange.length).toBeGreaterThan(0);
    } finally {
      await alter(policyOfParties);
    }
  }, 120_000);

  it('holds for what a subscription sends, and would be seen to if events had a hole', async () => {
    const { sent, strange } = await subscribedTo(eyes.filter((_, at) => at % 3 === 0));
    expect(sent).toBeGreaterThan(20);
    expect(strange).toEqual([]);
    const { owner } = test.store.database;
    const before = await owner.query(
      `select qual from pg_policies where tablename = 'event' and policyname = 'reads'`,
    );
    await owner.query('alter policy reads on event using (true)');
    try {
      expect(
        (await subscribedTo(eyes.filter((_, at) => at % 12 === 0))).strange.length,
      ).toBeGreaterThan(0);
    } finally {
      await owner.query(`alter policy reads on event using (${before.rows[0]?.qual})`);
    }
  }, 120_000);

  it.each([
    ['purchase_order', '/api/v1/orders?limit=200'],
    ['stock', '/api/v1/stock?limit=200'],
    ['fact', '/api/v1/facts?limit=200'],
    ['despatch', '/api/v1/despatches?limit=200'],
    ['sharing_agreement', '/api/v1/sharing-agreements'],
    ['sealed_fact', '/api/v1/seals/facts?limit=200'],
  ])('would be seen to be wrong if %s had a hole in its wall', async (table, path) => {
    const { owner } = test.store.database;
    const { rows } = await owner.query(
      `select pg_get_expr(polqual, polrelid) as wall from pg_policy
        where polname = 'reads' and polrelid = $1::regclass`,
      [table],
    );
    await owner.query(`alter policy reads on ${table} using (true)`);
    try {
      const strange = [];
      for (const eye of eyes) strange.push(...strangeIds(eye, path, (await look(eye, path)).body));
      expect(strange.length).toBeGreaterThan(0);
    } finally {
      await owner.query(`alter policy reads on ${table} using (${rows[0].wall})`);
    }
  });
});
