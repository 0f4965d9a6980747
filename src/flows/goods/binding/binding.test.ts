import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits, shareWith } from '../../../kernel/index.ts';
import { registerPrefix } from '../company-prefixes.ts';
import { epcisBindings } from './index.ts';
import { documentOf, eventsIn, openRepository, type Repository } from './testing.ts';

let repository: Repository;
const dealerGln = '6945678000003';
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
  const { owner } = repository.test.store.database;
  const { maker, dealer } = repository.parties;
  await owner.query('update party set gln = $2 where id = $1', [dealer.id, dealerGln]);
  await owner.query('update party set gln = $2 where id = $1', [maker.id, makerGln]);
});
afterAll(() => repository.close());

const json = { 'content-type': 'application/json' };
const gtin = '06901234000016';
const lot = (name: string) => `https://id.gs1.org/01/${gtin}/10/${name}`;
const unit = (serial: string) => `https://id.gs1.org/01/${gtin}/21/${serial}`;
const makerGln = '6901234000009';
const dock = `https://id.gs1.org/414/${makerGln}`;

/** An event of the maker's day; times go on by the hour. */
const eventAt = (hour: number, more: object) => ({
  type: 'ObjectEvent',
  eventTime: `2026-03-02T${String(hour).padStart(2, '0')}:00:00.000Z`,
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  ...more,
});

const capture = (
  name: 'maker' | 'dealer' | 'rival',
  events: readonly object[],
  headers: Record<string, string> = {},
) =>
  repository.send(name, 'POST', '/capture', {
    headers: { ...json, ...headers },
    body: documentOf(events),
  });

const ask = (name: 'maker' | 'dealer' | 'rival', query: string, headers = {}) =>
  repository.send(name, 'GET', `/events?${query}`, { headers });

describe('a document that is captured', () => {
  it('is seen by its parties, and by nobody else in any answer', async () => {
    const shipped = eventAt(1, {
      bizStep: 'shipping',
      epcList: [unit('S1'), unit('S2')],
      readPoint: { id: dock },
      destinationList: [
        { type: 'owning_party', destination: `https://id.gs1.org/417/${dealerGln}` },
      ],
    });
    const sent = await capture('maker', [shipped]);
    expect([sent.status, sent.body]).toEqual([202, '']);
    const job = await repository.send('maker', 'GET', `/capture/${jobOf(sent)}`);
    expect(JSON.parse(job.body)).toMatchObject({ running: false, success: true, captured: 1 });
    const query = `MATCH_epc=${encodeURIComponent(unit('S1'))}`;
    for (const [name, count] of [
      ['maker', 1],
      ['dealer', 1],
      ['rival', 0],
    ] as const) {
      const { body } = await ask(name, query);
      expect(eventsIn(body), name).toHaveLength(count);
      const found = await repository.send(name, 'GET', `/epcs/${encodeURIComponent(unit('S2'))}`);
      expect(found.status, name).toBe(count ? 200 : 404);
      const lists = await repository.send(name, 'GET', '/readPoints');
      expect(JSON.parse(lists.body).member, name).toEqual(count ? [dock] : []);
    }
    const stolen = await repository.send('rival', 'GET', `/capture/${jobOf(sent)}`);
    const unknown = await repository.send(
      'rival',
      'GET',
      '/capture/019000a0-0000-7000-8000-000000000000',
    );
    expect([stolen.status, stolen.body]).toEqual([unknown.status, unknown.body]);
  });

  it('is shared by an agreement about shipments, and the look is written down', async () => {
    const { test, parties } = repository;
    await repository.as('maker', (tx) =>
      shareWith(tx, { reader_id: parties.rival.id, scope: 'shipments', purpose: 'recall' }),
    );
    const { body } = await ask('rival', `MATCH_epc=${encodeURIComponent(unit('S1'))}`);
    expect(eventsIn(body)).toHaveLength(1);
    const looked = await test.store.database.owner.query(
      `select operation, record_count from shared_access where owner_id = $1`,
      [parties.maker.id],
    );
    expect(looked.rows).toEqual([{ operation: 'epcis.event_list', record_count: 1 }]);
    await test.store.database.owner.query('update sharing_agreement set revoked_at = now()');
    expect(eventsIn((await ask('rival', '')).body)).toHaveLength(0);
  });

  it('is not opened by a location number that nobody has checked', async () => {
    const { test, parties } = repository;
    const { owner } = test.store.database;
    const claimed = '6912345000000';
    await owner.query('update party set gln = $2, verified_at = null where id = $1', [
      parties.rival.id,
      claimed,
    ]);
    const sent = (serial: string) =>
      capture('maker', [
        eventAt(1, {
          epcList: [unit(serial)],
          destinationList: [
            { type: 'owning_party', destination: `https://id.gs1.org/417/${claimed}` },
          ],
        }),
      ]);
    const isSeen = async (serial: string) =>
      eventsIn((await ask('rival', `MATCH_epc=${encodeURIComponent(unit(serial))}`)).body).length;
    await sent('V1');
    expect(await isSeen('V1')).toBe(0);
    // Whoever invited a firm wrote its number down, and so knows whom it means.
    await owner.query('update member set invited_by = $2 where party_id = $1', [
      parties.rival.id,
      parties.maker.id,
    ]);
    await sent('V2');
    expect(await isSeen('V2')).toBe(1);
    await owner.query('update party set gln = null, verified_at = now() where id = $1', [
      parties.rival.id,
    ]);
  });

  it('has one effect however often it is sent', async () => {
    const made = [eventAt(2, { bizStep: 'commissioning', epcList: [unit('D1')] })];
    const both = await Promise.all([capture('maker', made), capture('maker', made)]);
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    const jobs = await Promise.all(
      both.map(async (one) => {
        const { body } = await repository.send('maker', 'GET', `/capture/${jobOf(one)}`);
        const { success, captured, alreadyKnown } = JSON.parse(body);
        return { success, captured, alreadyKnown };
      }),
    );
    expect(jobs.map(({ captured }) => captured).toSorted()).toEqual([0, 1]);
    expect(jobs.every(({ success }) => success)).toBe(true);
    const { body } = await ask('maker', `MATCH_epc=${encodeURIComponent(unit('D1'))}`);
    expect(eventsIn(body).map((event) => event.eventID)).toEqual([
      expect.stringMatching(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/),
    ]);
  });
});

const jobOf = ({ headers }: { headers: Record<string, unknown> }) =>
  String(headers.location).split('/').at(-1);

describe('what is wrong', () => {
  const good = eventAt(3, { bizStep: 'packing', epcList: [unit('B1')], eventID: 'urn:uuid:1' });
  const bad = { ...eventAt(3, { epcList: ['urn:epc:id:sgtin:nonsense'] }), action: 'TAKE' };

  it('is refused whole, with a place and a sentence, and the job says so afterwards', async () => {
    const { status, body } = await capture('maker', [good, bad]);
    const problem = JSON.parse(body);
    expect([status, problem.type]).toEqual([400, 'epcisException:ValidationException']);
    expect(problem.errors).toContainEqual(
      expect.objectContaining({ path: expect.stringContaining('eventList[1].action') }),
    );
    const job = await repository.send('maker', 'GET', problem.instance.replace('/epcis', ''));
    expect(JSON.parse(job.body)).toMatchObject({ success: false, captured: 0 });
    expect(
      eventsIn((await ask('maker', `MATCH_epc=${encodeURIComponent(unit('B1'))}`)).body),
    ).toEqual([]);
  });

  it('is left out where the header says proceed', async () => {
    const sent = await capture('maker', [bad, good], { 'gs1-capture-error-behaviour': 'proceed' });
    expect(sent.status).toBe(202);
    const job = await repository.send('maker', 'GET', `/capture/${jobOf(sent)}`, {
      headers: { accept: 'application/xml' },
    });
    expect(job.body).toMatch(/running="false" success="false"/);
    expect(job.body).toMatch(/eventList\[0\]\.action/);
    const { body } = await ask('maker', `MATCH_epc=${encodeURIComponent(unit('B1'))}`);
    expect(eventsIn(body)).toHaveLength(1);
  });

  it('is master data under names that no index could hold', async () => {
    const long = (word: string) => `urn:x:${word.repeat(300)}`;
    const vocabulary = { type: long('types'), vocabularyElementList: [{ id: long('names') }] };
    const epcisHeader = { epcisMasterData: { vocabularyList: [vocabulary] } };
    const body = documentOf([good], { epcisHeader });
    const sent = await repository.send('maker', 'POST', '/capture', { headers: json, body });
    expect([sent.status, JSON.parse(sent.body).errors[0].rule]).toEqual([400, 'EPCIS-URI']);
  });

  it('is no other event’s fault, whatever of the list could not be read', async () => {
    const named = (name: string, more: object = {}) =>
      eventAt(3, {
        bizStep: 'packing',
        epcList: [unit(name)],
        eventID: `urn:uuid:${name}`,
        ...more,
      });
    const proceed = { 'gs1-capture-error-behaviour': 'proceed' };
    const mistyped = { ...named('P2'), type: 'ObjectEvnt' };
    const astray = named('P4', { bizLocation: 'urn:x:1' });
    const list = ['no event', named('P1'), mistyped, named('P3'), astray, named('P5')];
    const sent = await capture('maker', list as object[], proceed);
    const job = await repository.send('maker', 'GET', `/capture/${jobOf(sent)}`);
    const said = JSON.parse(job.body);
    expect(said).toMatchObject({ success: false, captured: 3 });
    expect(said.errors.map((one: { instance: string }) => one.instance)).toEqual([
      'epcisBody.eventList[0]',
      'epcisBody.eventList[2].type',
      'epcisBody.eventList[4].bizLocation',
    ]);
    for (const name of ['P1', 'P2', 'P3', 'P4', 'P5']) {
      const { body } = await ask('maker', `MATCH_epc=${encodeURIComponent(unit(name))}`);
      expect(eventsIn(body), name).toHaveLength(['P2', 'P4'].includes(name) ? 0 : 1);
    }
    const taken = named('P3', { bizStep: 'shipping' });
    const again = await capture('maker', [mistyped, taken, named('P6')], proceed);
    const { body } = await repository.send('maker', 'GET', `/capture/${jobOf(again)}`);
    expect(JSON.parse(body).errors.map((one: { instance: string }) => one.instance)).toEqual([
      'epcisBody.eventList[0].type',
      'epcisBody.eventList[1].eventID',
    ]);
  });

  it('is an eventID that stands for something else: nothing of the document stays', async () => {
    const other = { ...good, bizStep: 'shipping' };
    const fresh = eventAt(3, { bizStep: 'packing', epcList: [unit('B2')] });
    const sent = await capture('maker', [fresh, other]);
    const { body } = await repository.send('maker', 'GET', `/capture/${jobOf(sent)}`);
    expect(JSON.parse(body)).toMatchObject({ success: false, captured: 0, alreadyKnown: 0 });
    expect(
      eventsIn((await ask('maker', `MATCH_epc=${encodeURIComponent(unit('B2'))}`)).body),
    ).toEqual([]);
    // Another firm's eventIDs are its own: nobody can keep one from somebody else.
    expect((await capture('rival', [other])).status).toBe(202);
  });

  it('is said in the words of the binding, whatever it is', async () => {
    const one = async (method: 'GET' | 'POST' | 'DELETE', path: string, given = {}) => {
      const { status, body } = await repository.send('maker', method, path, given);
      return [status, JSON.parse(body).type];
    };
    const is = (status: number, name: string) => [status, `epcisException:${name}Exception`];
    expect(await one('GET', '/events?EQ_nothing=1')).toEqual(is(400, 'QueryParameter'));
    expect(await one('GET', '/events?perPage=0')).toEqual(is(400, 'QueryParameter'));
    expect(await one('GET', '/events/urn:uuid:none')).toEqual(is(404, 'NoSuchResource'));
    expect(await one('GET', '/queries/none')).toEqual(is(404, 'NoSuchName'));
    expect(await one('GET', `/events?EQ_bizStep=${'x'.repeat(limits.epcis_url_chars)}`)).toEqual(
      is(414, 'URITooLong'),
    );
    const csv = { headers: { 'content-type': 'text/csv' }, body: 'a,b' };
    expect(await one('POST', '/capture', csv)).toEqual(is(415, 'UnsupportedMediaType'));
    const pdf = { headers: { accept: 'application/pdf' } };
    expect(await one('GET', '/events', pdf)).toEqual(is(406, 'NotAcceptable'));
    const later = { headers: { 'gs1-epcis-min': '3.0.0' } };
    expect(await one('GET', '/events', later)).toEqual(is(406, 'NotAcceptable'));
    expect(await one('GET', '/queries/none/subscriptions')).toEqual(is(404, 'NoSuchName'));
    const many = Array.from({ length: limits.epcis_capture_events + 1 }, () => good);
    const tooMany = await capture('maker', many);
    expect([tooMany.status, tooMany.headers]).toMatchObject([
      413,
      {
        'gs1-epcis-capture-limit': String(limits.epcis_capture_events),
        'gs1-epcis-capture-file-size-limit': String(limits.document_bytes),
      },
    ]);
    const put = await repository.send('maker', 'PUT', '/capture');
    expect([put.status, put.headers.allow]).toEqual([405, 'POST, GET, OPTIONS']);
    expect(await one('DELETE', '/events')).toEqual(is(405, 'Implementation'));
    const stranger = await repository.server.inject({
      url: '/epcis/events',
      headers: {
        authorization: 'Bearer none',
        accept: 'application/xml',
      },
    });
    expect(stranger.statusCode).toBe(401);
    expect(stranger.headers['content-type']).toMatch(/^application\/problem\+xml/);
    expect(stranger.body).toContain('<type>epcisException:SecurityException</type>');
  });
});

describe('an error that is declared', () => {
  it('voids the event for good, and can be asked for', async () => {
    const wrong = eventAt(4, {
      eventID: 'urn:uuid:w1',
      bizStep: 'receiving',
      epcList: [unit('W1')],
    });
    const errorDeclaration = {
      declarationTime: '2026-03-02T05:00:00.000Z',
      reason: 'did_not_occur',
      correctiveEventIDs: ['urn:uuid:w2'],
    };
    await capture('maker', [wrong]);
    // A rival's declaration about it is the rival's own event, and voids nothing.
    await capture('rival', [{ ...wrong, errorDeclaration }]);
    const query = `MATCH_epc=${encodeURIComponent(unit('W1'))}`;
    const before = eventsIn((await ask('maker', query)).body);
    expect(before.map((event) => event.errorDeclaration)).toEqual([undefined]);
    await capture('maker', [{ ...wrong, errorDeclaration }]);
    const after = eventsIn((await ask('maker', query)).body);
    expect(after).toMatchObject([{ errorDeclaration: { reason: 'did_not_occur' } }]);
    const story = await repository.send('maker', 'GET', '/events/urn:uuid:w1');
    expect(eventsIn(story.body)).toHaveLength(2);
    for (const declared of ['EXISTS_errorDeclaration=true', 'EQ_errorReason=did_not_occur']) {
      expect(eventsIn((await ask('maker', declared)).body)).toHaveLength(1);
    }
  });

  it('voids one that comes after it', async () => {
    const late = eventAt(4, {
      eventID: 'urn:uuid:l1',
      bizStep: 'receiving',
      epcList: [unit('L1')],
    });
    const errorDeclaration = { declarationTime: '2026-03-02T05:00:00.000Z' };
    await capture('maker', [{ ...late, errorDeclaration }]);
    await capture('maker', [late]);
    const { body } = await ask('maker', `MATCH_epc=${encodeURIComponent(unit('L1'))}`);
    expect(eventsIn(body)).toHaveLength(1);
  });
});

describe('a query', () => {
  const hours = Array.from({ length: 25 }, (_, at) => at);
  beforeAll(async () => {
    const events = hours.map((at) =>
      eventAt(at % 24, {
        bizStep: at % 2 ? 'loading' : 'unloading',
        eventID: `urn:uuid:page-${at}`,
        quantityList: [{ epcClass: lot('A'), quantity: at / 10, uom: 'KGM' }],
        bizLocation: { id: `https://id.gs1.org/414/6901234000009/254/shelf-${at % 3}` },
        'ex:rank': String(hours.length - at),
        ...(at === 7
          ? {
              sensorElementList: [
                { sensorReport: [{ type: 'Temperature', value: 4.5, uom: 'CEL' }] },
              ],
            }
          : {}),
      }),
    );
    const masterData = {
      epcisHeader: {
        epcisMasterData: {
          vocabularyList: [
            {
              type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
              vocabularyElementList: [
                { id: dock, children: [`${dock}/254/shelf-0`, `${dock}/254/shelf-1`] },
              ],
            },
          ],
        },
      },
    };
    const body = documentOf(events, masterData);
    expect(
      (await repository.send('maker', 'POST', '/capture', { headers: json, body })).status,
    ).toBe(202);
  });

  async function pages(query: string, headers: Record<string, string> = {}) {
    const ids: unknown[][] = [];
    for (let next: string | undefined = `/events?${query}`; next; ) {
      const {
        body,
        headers: said,
        status,
      } = await repository.send('maker', 'GET', next, { headers });
      expect(status, body).toBe(200);
      ids.push(eventsIn(body).map(({ eventID }) => String(eventID).split('page-')[1]));
      next = /<\/epcis([^>]+)>; rel="next"/.exec(String(said.link ?? ''))?.[1];
    }
    return ids;
  }
  const ofLot = `MATCH_anyEPCClass=${encodeURIComponent(lot('A'))}`;

  it('is answered page by page, each event once, whatever is captured meanwhile', async () => {
    const found = await pages(`${ofLot}&perPage=7`);
    expect(found.map((page) => page.length)).toEqual([7, 7, 7, 4]);
    expect(new Set(found.flat()).size).toBe(25);
    const recorded = await pages(`${ofLot}&perPage=10&orderBy=recordTime&orderDirection=ASC`);
    expect(recorded.flat()).toEqual(hours.map(String));
  });

  it('gives the first so many, or says that there are more than so many', async () => {
    const first = await pages(
      `${ofLot}&perPage=4&eventCountLimit=6&orderBy=eventTime&orderDirection=ASC`,
    );
    expect(first.map((page) => page.length)).toEqual([4, 2]);
    expect((await ask('maker', `${ofLot}&maxEventCount=25`)).status).toBe(200);
    const { status, body } = await ask('maker', `${ofLot}&maxEventCount=24`);
    expect([status, JSON.parse(body).type]).toEqual([413, 'epcisException:QueryTooLargeException']);
  });

  it('may be in the order of an extension, as a number where it is one', async () => {
    const headers = { 'gs1-extensions': 'ex=https://ns.example.com/' };
    const found = await pages(`${ofLot}&perPage=9&orderBy=ex:rank&orderDirection=ASC`, headers);
    expect(found.flat()).toEqual(hours.map(String).toReversed());
  });

  it('goes down into places by the master data, and compares across units', async () => {
    const within = await pages(`${ofLot}&WD_bizLocation=${encodeURIComponent(dock)}`);
    expect(new Set(within.flat().map((id) => Number(id) % 3))).toEqual(new Set([0, 1]));
    expect(await pages(`GE_value_KEL=277.65&LE_value_KEL=277.65`)).toEqual([['7']]);
    expect(await pages(`${ofLot}&EQ_quantity_KGM=0.7`)).toEqual([['7']]);
    expect((await pages(`${ofLot}&GE_eventTime=2026-03-02T22:00:00+00:00`)).flat()).toHaveLength(2);
  });

  it('is done with a token that was ended, or is of another question', async () => {
    const { headers } = await ask('maker', `${ofLot}&perPage=5`);
    const token = /nextPageToken=([^&>]+)/.exec(String(headers.link))?.[1] ?? '';
    const other = await ask('maker', `EQ_bizStep=loading&nextPageToken=${token}`);
    expect(other.status).toBe(400);
    expect((await ask('maker', `${ofLot}&perPage=9&nextPageToken=${token}`)).status).toBe(200);
    const ended = await repository.send('maker', 'DELETE', `/nextPageToken/${token}`);
    expect(ended.status).toBe(204);
    expect((await ask('maker', `${ofLot}&nextPageToken=${token}`)).status).toBe(400);
  });

  it('has a name of its own, and takes no further conditions there', async () => {
    const definition = {
      name: 'loads',
      query: { eventType: ['ObjectEvent'], EQ_bizStep: ['loading'] },
    };
    const post = () =>
      repository.send('maker', 'POST', '/queries', {
        headers: json,
        body: JSON.stringify(definition),
      });
    expect(await post()).toMatchObject({
      status: 201,
      headers: { location: '/epcis/queries/loads' },
    });
    expect((await post()).status).toBe(409);
    const { body } = await repository.send('maker', 'GET', '/queries/loads/events?perPage=100');
    expect(eventsIn(body)).toHaveLength(12);
    expect(JSON.parse(body).epcisBody.queryResults.queryName).toBe('loads');
    expect((await repository.send('dealer', 'GET', '/queries/loads')).status).toBe(404);
    const more = await repository.send('maker', 'GET', '/queries/loads/events?EQ_action=ADD');
    expect(more.status).toBe(400);
    expect((await repository.send('maker', 'DELETE', '/queries/loads')).status).toBe(204);
    expect((await repository.send('maker', 'GET', '/queries/loads')).status).toBe(404);
  });
});

describe('identities', () => {
  it('are Digital Links, URNs where a prefix is known, or as they were sent', async () => {
    const urn = 'urn:epc:id:sgtin:6901234.000001.F1';
    await capture('maker', [eventAt(6, { bizStep: 'inspecting', epcList: [urn] })]);
    const shown = async (format: string | undefined) => {
      const headers: Record<string, string> = format ? { 'gs1-epc-format': format } : {};
      const { body } = await ask('maker', `MATCH_epc=${encodeURIComponent(urn)}`, headers);
      return [eventsIn(body)[0]?.epcList].flat()[0];
    };
    const link = 'https://id.gs1.org/01/06901234000016/21/F1';
    expect(await shown(undefined)).toBe(link);
    expect(await shown('Never_Translates')).toBe(urn);
    await capture('maker', [eventAt(6, { bizStep: 'packing', epcList: [unit('F2')] })]);
    const asUrn = () =>
      ask('maker', `MATCH_epc=${encodeURIComponent(unit('F2'))}`, {
        'gs1-epc-format': 'Always_EPC_URN',
      });
    expect(eventsIn((await asUrn()).body)[0]?.epcList).toEqual([unit('F2')]);
    // GS1's table, where the operator has one, knows it too; what its owner registers goes before.
    repository.test.store.prefix_formats = new Map([['690', 8]]);
    expect(eventsIn((await asUrn()).body)[0]?.epcList).toEqual([
      'urn:epc:id:sgtin:69012340.00001.F2',
    ]);
    await repository.as('maker', (tx) => registerPrefix(tx, { prefix: '6901234' }));
    expect(eventsIn((await asUrn()).body)[0]?.epcList).toEqual([
      'urn:epc:id:sgtin:6901234.000001.F2',
    ]);
  });
});

describe('what a client finds out', () => {
  it('of every path: its methods and the releases', async () => {
    const paths = new Set(epcisBindings.map(({ path }) => path));
    for (const path of paths) {
      // Of one subscription it says how far that has come: of none it says so.
      if (path.endsWith('/subscriptions/{id}')) continue;
      const there = path.replace('/epcis', '').replaceAll(/\{\w+\}/g, 'x');
      const { status, headers } = await repository.send('maker', 'OPTIONS', there);
      expect([path, status]).toEqual([path, 204]);
      expect(headers).toMatchObject({ 'gs1-epcis-max': '2.0.0', 'gs1-cbv-max': '2.0.0' });
      expect(headers.allow).toMatch(/OPTIONS$/);
    }
    const { headers } = await repository.send('maker', 'OPTIONS', '/capture');
    expect(headers).toMatchObject({ 'gs1-capture-error-behaviour': 'all' });
  });
});
