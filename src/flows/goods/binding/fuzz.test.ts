import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../kernel/index.ts';
import { patiently } from '../repository/patience.ts';
import { epcisBindings } from './index.ts';
import { documentOf, eventsIn, openRepository, type Reply, type Repository } from './testing.ts';

let repository: Repository;
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
});
afterAll(() => repository.close());

const bytes = (text: string) => Buffer.from(text);
const json = { 'content-type': 'application/json' };
const unit = 'https://id.gs1.org/01/06901234000016/21/A1';
const seen = {
  type: 'ObjectEvent',
  eventID: 'urn:uuid:seen',
  eventTime: '2026-03-02T01:00:00.5Z',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  bizStep: 'shipping',
  disposition: 'in_transit',
  epcList: [unit],
  quantityList: [{ epcClass: 'https://id.gs1.org/01/06901234000016', quantity: 2.5, uom: 'KGM' }],
  readPoint: { id: 'https://id.gs1.org/414/6901234000009' },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:po:1' }],
  sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 4, uom: 'CEL' }] }],
  'ex:note': { 'ex:inner': ['a', 'b'] },
};
const masterData = {
  epcisHeader: {
    epcisMasterData: {
      vocabularyList: [
        {
          type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
          vocabularyElementList: [{ id: 'urn:x:site', children: ['urn:x:hall'] }],
        },
      ],
    },
  },
};

/** Values that a careless or a hostile client writes where something else belongs. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    [],
    {},
    0,
    -1,
    1e308,
    true,
    'a\u0000b',
    '\ud800',
    '__proto__',
    'urn:epc:id:sgtin:1.2.3',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59.9999Z',
    '2026-02-30T00:00:00Z',
    `urn:x:${'长'.repeat(3_000)}`,
    `urn:x:${'%41'.repeat(700)}`,
    [['a'], { b: [] }],
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 3 }),
);

type Place = { holder: Record<string | number, unknown>; key: string | number };

/** Every place in a document where a value stands. */
function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Place['holder'];
  for (const key of Object.keys(holder)) {
    found.push({ holder, key });
    placesIn(holder[key], found);
  }
  return found;
}

const change = fc.tuple(fc.nat(), fc.constantFrom('replace', 'drop', 'repeat', 'rename'), odd);

function changed(text: string, changes: readonly [number, string, unknown][]): string {
  const document = JSON.parse(text);
  for (const [at, how, value] of changes) {
    const places = placesIn(document);
    const place = places[at % Math.max(1, places.length)];
    if (!place) continue;
    const { holder, key } = place;
    if (how === 'replace') holder[key] = value;
    else if (how === 'drop') delete holder[key];
    else if (how === 'repeat') holder[key] = [holder[key], holder[key]];
    // Not by String(): a value may have a toString of its own, which is no function.
    else holder[(JSON.stringify(value) ?? '').slice(0, 50)] = holder[key];
  }
  return JSON.stringify(document);
}

/** Whatever is asked, the answer is the binding's: never that something broke here. */
function expectSound({ status, headers, body }: Reply, asked: unknown): void {
  expect(status, `${JSON.stringify(asked)} ${body.slice(0, 600)}`).toBeLessThan(500);
  if (status < 400) return;
  expect(String(headers['content-type'])).toMatch(/^application\/problem\+(json|xml)/);
  expect(body).toMatch(/epcisException:[A-Z][A-Za-z]+Exception/);
  // What the database says of a value is no client's business.
  expect(body).not.toMatch(/invalid (input|byte)|out of range|index row/);
}

describe('documents changed at random', () => {
  it('are captured or refused, and leave nothing where they are refused', async () => {
    const { owner } = repository.test.store.database;
    const countRows = async () =>
      (
        await owner.query(`select (select count(*) from event) as events,
          (select count(*) from event_item) as items, (select count(*) from master_data) as master,
          (select count(*) from fact) as facts`)
      ).rows[0];
    const types = fc.constantFrom('application/json', 'application/ld+json', 'text/xml', 'x/y');
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('/capture', '/events'),
        fc.constantFrom('rollback', 'proceed'),
        types,
        async (changes, path, behaviour, type) => {
          const whole = documentOf([seen, { ...seen, eventID: 'urn:uuid:other' }], masterData);
          const single = JSON.stringify({ '@context': JSON.parse(whole)['@context'], ...seen });
          const body = changed(path === '/events' ? single : whole, changes);
          const headers = { 'content-type': type, 'gs1-capture-error-behaviour': behaviour };
          const before = await countRows();
          const said = await repository.send('maker', 'POST', path, { headers, body });
          expectSound(said, body);
          if (said.status >= 400) expect(await countRows()).toEqual(before);
        },
      ),
      { numRuns: 250 },
    );
  }, 120_000);

  it('are refused where a name or a fault shown in part is half a character', async () => {
    const half = `${'a'.repeat(370)}${'😀'.repeat(40)}`;
    for (const name of ['\ud800', 'ex:\ud800', 'ex:\u0000', half, `a${half}`]) {
      for (const body of [
        documentOf([{ ...seen, [name]: 'x' }]),
        documentOf([seen], { [name]: 'x' }),
        documentOf([{ ...seen, bizStep: name }]),
      ]) {
        const said = await repository.send('maker', 'POST', '/capture', { headers: json, body });
        expectSound(said, name);
        expect(said.status).toBe(400);
      }
    }
  });

  it('are read back whole, whatever was captured of them', async () => {
    for (const accept of ['application/json', 'application/xml']) {
      for (const epc of ['Always_GS1_Digital_Link', 'Always_EPC_URN']) {
        const headers = { accept, 'gs1-epc-format': epc };
        const said = await repository.send('maker', 'GET', '/events?perPage=1000', { headers });
        expect(said.status, said.body.slice(0, 500)).toBe(200);
      }
    }
  });
});

const names = [
  'EQ_bizStep',
  'EQ_action',
  'EQ_eventID',
  'EQ_transformationID',
  'GE_eventTime',
  'LT_recordTime',
  'MATCH_epc',
  'MATCH_anyEPCClass',
  'WD_bizLocation',
  'EQ_quantity_KGM',
  'GE_value_CEL',
  'EQ_ex:note',
  'EXISTS_errorDeclaration',
  'orderBy',
  'orderDirection',
  'eventCountLimit',
  'maxEventCount',
  'perPage',
  'nextPageToken',
  '__proto__',
];
const values = [
  'shipping',
  'OBSERVE',
  'urn:uuid:seen',
  '2026-03-02T01:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999Z',
  unit,
  'urn:epc:idpat:sgtin:6901234.*.*',
  'urn:epc:idpat:sgtin:*.*.*',
  'urn:epc:idpat:sgln:6901234.*.*',
  '1',
  '999999999',
  '1e400',
  'eventTime',
  'recordTime',
  'ex:note',
  'DESC',
  'a|b||c',
  '%',
  '%00',
  '%ED%A0%80',
  '+',
  '日',
];
const headers = fc.dictionary(
  fc.constantFrom(
    'accept',
    'gs1-epc-format',
    'gs1-cbv-xml-format',
    'gs1-epcis-min',
    'gs1-epcis-max',
    'gs1-cbv-max',
    'gs1-extensions',
    'accept-language',
    'upgrade',
  ),
  fc.constantFrom(
    'application/json',
    'text/xml;q=0.5,*/*;q=nonsense',
    'Always_EPC_URN',
    '2.0.0',
    '1.2',
    '99999999999',
    'ex=https://ns.example.com/, __proto__=urn:x:, =,,=',
    'en',
    '',
  ),
);
const paths = [...new Set(epcisBindings.map(({ path }) => path.replace('/epcis', '')))];

describe('questions changed at random', () => {
  it('are answered or refused in the words of the binding', async () => {
    const link = encodeURIComponent(unit);
    const filled = fc.constantFrom('shipping', 'ObjectEvent', link, '%00', '%2F');
    const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values));
    const methods = fc.constantFrom('GET', 'GET', 'GET', 'DELETE', 'OPTIONS');
    await fc.assert(
      fc.asyncProperty(
        methods,
        fc.constantFrom(...paths),
        filled,
        fc.array(pair, { maxLength: 4 }),
        headers,
        async (method, path, value, pairs, given) => {
          const there = path.replaceAll(/\{\w+\}/g, value);
          const query = pairs.map(([name, one]) => `${name}=${one}`).join('&');
          const asked = `${there}?${query}`;
          if (!epcisBindings.some((one) => one.path === `/epcis${path}` && one.method === method)) {
            return;
          }
          const said = await repository.send('maker', method as 'GET', asked, { headers: given });
          expectSound(said, [method, asked, given]);
        },
      ),
      { numRuns: 600 },
    );
  }, 120_000);

  it('are refused where a token was written by somebody else', async () => {
    await repository.send('maker', 'POST', '/capture', {
      headers: json,
      body: documentOf([
        { ...seen, eventID: 'urn:uuid:t1' },
        { ...seen, eventID: 'urn:uuid:t2' },
      ]),
    });
    const tokenOf = async (path: string) => {
      const { headers: said, body } = await repository.send('maker', 'GET', `${path}?perPage=1`);
      const text = /nextPageToken=([^&>]+)/.exec(String(said.link))?.[1];
      expect(text, body).toBeDefined();
      return JSON.parse(Buffer.from(String(text), 'base64url').toString());
    };
    const asked = async (path: string, token: unknown) => {
      const text = Buffer.from(JSON.stringify(token)).toString('base64url');
      const said = await repository.send('maker', 'GET', `${path}?perPage=1&nextPageToken=${text}`);
      expectSound(said, token);
      return said.status;
    };
    const [id, of, until, from] = await tokenOf('/events');
    expect(await asked('/events', [id, of, until, from])).toBe(200);
    for (const at of ['', 'now', 'infinity', '2026-03-02', '2026-13-02T00:00:00Z', null]) {
      expect(await asked('/events', [id, of, until, { ...from, at }]), String(at)).toBe(400);
    }
    const [other, ofSteps, end, step] = await tokenOf('/dispositions').catch(() => [id, of, until]);
    for (const value of ['a\u0000', '\ud800', null, 7]) {
      expect(await asked('/dispositions', [other, ofSteps, end, value]), String(step)).toBe(400);
    }
  });
});

describe('what would cost too much', () => {
  it('is refused before it does', async () => {
    const whole = documentOf([seen]);
    const packed = { ...json, 'content-encoding': 'gzip' };
    const post = (body: string | Buffer, given: Record<string, string> = json) =>
      repository.send('maker', 'POST', '/capture', { headers: given, body });
    expect((await post(gzipSync(whole), packed)).status).toBe(202);
    const bomb = gzipSync(Buffer.alloc(10 * limits.document_bytes));
    expect((await post(bomb, packed)).status).toBe(413);
    const bare = `{"type":"ObjectEvent"},`.repeat(limits.epcis_capture_events);
    const many = whole.replace('"eventList":[', `"eventList":[${bare}`);
    expect((await post(many)).status).toBe(413);
    const bad = Array.from({ length: 2_000 }, () => ({ ...seen, epcList: Array(200).fill('a') }));
    const { status, body } = await post(documentOf(bad));
    expect([status, JSON.parse(body).errors.length]).toEqual([400, 200]);
  }, 60_000);

  it('is done in one pass where things are listed', async () => {
    const units = Array.from({ length: 20_000 }, (_, at) => `${unit}-${at}`);
    const body = documentOf([{ ...seen, eventID: 'urn:uuid:many', epcList: units }]);
    expect(
      (await repository.send('maker', 'POST', '/capture', { headers: json, body })).status,
    ).toBe(202);
    const listed: string[] = [];
    for (let next: string | undefined = '/epcs?perPage=1000'; next !== undefined; ) {
      const said = await repository.send('maker', 'GET', next);
      listed.push(...JSON.parse(said.body).member);
      next = /<\/epcis([^>]+)>; rel="next"/.exec(String(said.headers.link ?? ''))?.[1];
    }
    const inOrder = [...listed].sort((one, other) => Buffer.compare(bytes(one), bytes(other)));
    expect(listed).toEqual(inOrder);
    expect(listed.filter((one) => one.startsWith(`${unit}-`))).toHaveLength(units.length);
    expect(new Set(listed).size).toBe(listed.length);
  }, 60_000);

  it('is stopped where the database would take too long', async () => {
    const slow = repository.as('maker', async (tx) => {
      await sql.raw('set local statement_timeout = 20').execute(tx.db);
      await patiently(sql`select pg_sleep(2)`.execute(tx.db));
    });
    await expect(slow).rejects.toMatchObject({ code: 'goods.query_too_slow' });
  });

  it('is no master data under a name that no index holds', async () => {
    const long = `urn:x:${Array.from({ length: 4_000 }, (_, at) => at.toString(36)).join('')}`;
    for (const from of ['urn:x:site', 'urn:x:hall', 'urn:epcglobal:epcis:vtype:BusinessLocation']) {
      const text = documentOf([{ ...seen, eventID: 'urn:uuid:m' }], masterData);
      const said = await repository.send('maker', 'POST', '/capture', {
        headers: json,
        body: text.replace(`"${from}"`, `"${long}"`),
      });
      expectSound(said, from);
      expect(said.status).toBe(400);
    }
  });
});

describe('names of queries', () => {
  it.each(['.', '..', 'a\u0000', 'a\ud800', 'a\nb', ''])('are no %j', async (name) => {
    const body = JSON.stringify({ name, query: { EQ_action: ['ADD'] } });
    const said = await repository.send('maker', 'POST', '/queries', { headers: json, body });
    expect(said.status).toBe(400);
    expectSound(said, name);
  });

  it('lead to their query, with any letters', async () => {
    for (const name of ['日报', '100%', "a'b", '<x>']) {
      const body = JSON.stringify({ name, query: { EQ_eventID: ['urn:uuid:seen'] } });
      const made = await repository.send('maker', 'POST', '/queries', { headers: json, body });
      const path = String(made.headers.location).replace('/epcis', '');
      const found = await repository.send('maker', 'GET', `${path}/events`);
      expect(eventsIn(found.body).length).toBeLessThanOrEqual(1);
      expect((await repository.send('maker', 'DELETE', path)).status).toBe(204);
    }
    const body = JSON.stringify({ name: 'nul', query: { EQ_readPoint: ['urn:x:\u0000'] } });
    const said = await repository.send('maker', 'POST', '/queries', { headers: json, body });
    expect(said.status).toBe(400);
  });
});

describe('many captures at once', () => {
  it('of the same events in other orders are one: none waits for another for ever', async () => {
    const events = Array.from({ length: 60 }, (_, at) => ({
      ...seen,
      eventID: `urn:uuid:race-${at}`,
      eventTime: `2026-03-03T01:00:${String(at).padStart(2, '0')}Z`,
    }));
    const declared = events.map((event) => ({
      ...event,
      errorDeclaration: { declarationTime: '2026-03-03T02:00:00Z' },
    }));
    const shuffled = [events, events.toReversed(), declared, declared.toReversed()].flatMap(
      (all, turn) => [all, [...all.slice(turn * 7 + 9), ...all.slice(0, turn * 7 + 9)]],
    );
    const said = await Promise.all(
      shuffled.map((all) =>
        repository.send('maker', 'POST', '/capture', {
          headers: json,
          body: documentOf(all, masterData),
        }),
      ),
    );
    expect(said.map(({ status }) => status)).toEqual(shuffled.map(() => 202));
    const { rows } = await repository.test.store.database.owner.query(
      `select (select count(*)::int from event where event_uri like 'urn:uuid:race-%') as events,
        (select count(*)::int from event_void v join event e on e.id = v.event_id
          where e.event_uri like 'urn:uuid:race-%') as voids`,
    );
    expect(rows[0]).toEqual({ events: 120, voids: 60 });
  }, 60_000);

  it('void an event that is declared wrong while it is captured', async () => {
    const pairs = Array.from({ length: 24 }, (_, at) => ({
      ...seen,
      eventID: `urn:uuid:both-${at}`,
      eventTime: `2026-03-04T01:00:${String(at).padStart(2, '0')}Z`,
    }));
    const errorDeclaration = { declarationTime: '2026-03-04T02:00:00Z' };
    const send = (event: object) =>
      repository.send('maker', 'POST', '/capture', { headers: json, body: documentOf([event]) });
    const said = await Promise.all(
      pairs.flatMap((event) => [send(event), send({ ...event, errorDeclaration })]),
    );
    expect(new Set(said.map(({ status }) => status))).toEqual(new Set([202]));
    const { rows } = await repository.test.store.database.owner.query(
      `select count(*)::int as voids from event_void v join event e on e.id = v.event_id
        where e.event_uri like 'urn:uuid:both-%'`,
    );
    expect(rows[0]).toEqual({ voids: pairs.length });
  }, 60_000);
});
