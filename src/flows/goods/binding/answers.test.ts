import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTEXT, documentOf, eventsIn, openRepository, type Repository } from './testing.ts';

let repository: Repository;
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
});
afterAll(() => repository.close());

const json = { 'content-type': 'application/json' };
const unit = 'https://id.gs1.org/01/06901234000016/21/COLD';

describe('an answer', () => {
  it('in XML of release 1.2 says so, and what it has no place for', async () => {
    const sensorReport = [{ type: 'Temperature', value: -18.5, uom: 'CEL' }];
    const more = { sensorElementList: [{ sensorReport }], eventID: 'urn:uuid:measured' };
    const event = {
      ...{ '@context': [CONTEXT], type: 'ObjectEvent', action: 'OBSERVE', epcList: [unit] },
      ...{ eventTime: '2026-03-02T04:00:00.000Z', eventTimeZoneOffset: '+08:00' },
      ...more,
    };
    const sent = { headers: json, body: JSON.stringify(event) };
    expect((await repository.send('maker', 'POST', '/events', sent)).status).toBe(201);
    const older = { accept: 'application/xml', 'gs1-epcis-max': '1.2' };
    const answer = await repository.send('maker', 'GET', '/events/urn:uuid:measured', {
      headers: older,
    });
    expect(answer.headers).toMatchObject({
      'gs1-epcis-version': '1.2.0',
      'jingwei-left-out': 'sensorElementList',
    });
    expect(answer.body).toContain(unit);
    expect(answer.body).not.toContain('sensor');
  });

  it('has identities of devices as they are asked for, and names its extensions', async () => {
    const deviceID = 'urn:epc:id:giai:6901234.7';
    const sensorReport = [{ type: 'Temperature', value: 1, uom: 'CEL', deviceID }];
    const event = {
      ...{ '@context': [CONTEXT, { ex: 'https://ns.example.com/' }], type: 'ObjectEvent' },
      ...{ eventTime: '2026-03-02T06:00:00.000Z', eventTimeZoneOffset: '+08:00' },
      ...{ action: 'OBSERVE', epcList: [unit], eventID: 'urn:uuid:device', 'ex:shift': 'early' },
      sensorElementList: [{ sensorReport }],
    };
    const sent = { headers: json, body: JSON.stringify(event) };
    expect((await repository.send('maker', 'POST', '/events', sent)).status).toBe(201);
    const { body, headers } = await repository.send('maker', 'GET', '/events/urn:uuid:device');
    expect(body).toContain('"deviceID":"https://id.gs1.org/8004/69012347"');
    expect(headers['gs1-extensions']).toBe('ex=https://ns.example.com/');
    const asSent = { headers: { 'gs1-epc-format': 'Never_Translates' } };
    const same = await repository.send('maker', 'GET', '/events/urn:uuid:device', asSent);
    expect(same.body).toContain(deviceID);
  });

  it('says why a query cannot be read, and how far a subscription has come', async () => {
    const type = async (body: string) =>
      JSON.parse((await repository.send('maker', 'POST', '/queries', { headers: json, body })).body)
        .type;
    for (const unread of ['{', '[]', '{"name":"a"}']) {
      expect(await type(unread), unread).toBe('epcisException:QueryValidationException');
    }
    const wrong = '{"name":"a","query":{"EQ_biz":["x"]}}';
    expect(await type(wrong)).toBe('epcisException:QueryParameterException');
    const nobody = `/queries/none/subscriptions/01a21f69-8e25-7000-92c7-b03e3edfa12d`;
    expect((await repository.send('maker', 'OPTIONS', nobody)).status).toBe(404);
  });

  const xml = { headers: { accept: 'application/xml' } };

  it('is not given in XML where the binding has JSON alone', async () => {
    for (const path of ['/capture', '/queries', '/queries/none', '/queries/none/subscriptions']) {
      const { status, headers } = await repository.send('maker', 'GET', path, xml);
      expect([path, status]).toEqual([path, 406]);
      expect(headers['content-type']).toMatch(/^application\/problem\+xml/);
    }
    const either = { headers: { accept: 'application/xml, application/json;q=0.1' } };
    expect((await repository.send('maker', 'GET', '/queries', either)).status).toBe(200);
    const never = { headers: { accept: 'application/xml, application/json;q=0' } };
    expect((await repository.send('maker', 'GET', '/queries', never)).status).toBe(406);
  });

  it('is given whatever letters XML has let a prefix have', async () => {
    const body = `<?xml version="1.0"?>
      <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:例="https://ns.example.com/"
        schemaVersion="2.0" creationDate="2026-03-02T05:00:00Z"><EPCISBody><EventList><ObjectEvent>
        <eventTime>2026-03-02T05:00:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
        <eventID>urn:uuid:lettered</eventID><epcList><epc>${unit}</epc></epcList>
        <action>OBSERVE</action><例:shift>early</例:shift>
      </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;
    const headers = { 'content-type': 'application/xml' };
    const sent = await repository.send('maker', 'POST', '/capture', { headers, body });
    expect(sent.status, sent.body).toBe(202);
    const found = await repository.send('maker', 'GET', '/events/urn:uuid:lettered');
    expect([found.status, found.headers['gs1-extensions']]).toEqual([200, undefined]);
    expect(found.body).toContain('https://ns.example.com/');
  });

  it('is well-formed whatever was asked', async () => {
    const { status, body } = await repository.send('maker', 'GET', '/events?%01=1', xml);
    expect([status, body.includes('\u0001')]).toEqual([400, false]);
  });
});

describe('a query by master data', () => {
  const city = 'urn:epcglobal:cbv:mda#city';
  const dock = (name: string) => `https://id.gs1.org/414/6901234000009/254/${name}`;
  const found = async (query: string, name: 'maker' | 'rival' = 'maker') => {
    const { status, body } = await repository.send(name, 'GET', `/events?${query}`);
    expect(status, body).toBe(200);
    return eventsIn(body).map(({ eventID }) => eventID);
  };

  it('finds events by what is known of the places and the things that they name', async () => {
    const element = (id: string, ...attributes: (readonly [string, unknown])[]) => ({
      ...{ id, attributes: attributes.map(([name, attribute]) => ({ id: name, attribute })) },
    });
    const vocabularyList = [
      {
        type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
        vocabularyElementList: [
          element(dock('north'), [city, '郑州'], ['urn:epcglobal:cbv:mda#floor', 2]),
          element(dock('south'), [city, '上海']),
        ],
      },
      {
        type: 'https://ns.example.com/truck',
        vocabularyElementList: [element('urn:x:truck:7', ['https://ns.example.com/cooled', 'yes'])],
      },
    ];
    const at = (name: string, more: object = {}) => ({
      ...{ type: 'ObjectEvent', action: 'OBSERVE', epcList: [unit], eventID: `urn:uuid:${name}` },
      ...{ eventTime: '2026-03-02T05:00:00.000Z', eventTimeZoneOffset: '+08:00' },
      ...{ bizLocation: { id: dock(name) }, ...more },
    });
    const events = [at('north'), at('south', { 'ex:truck': 'urn:x:truck:7' }), at('west')];
    const body = documentOf(events, { epcisHeader: { epcisMasterData: { vocabularyList } } });
    const sent = await repository.send('maker', 'POST', '/capture', { headers: json, body });
    expect(sent.status, sent.body).toBe(202);
    const north = ['urn:uuid:north'];
    const south = ['urn:uuid:south'];
    expect(await found(`EQ_ATTR_bizLocation_city=${encodeURIComponent('郑州|北京')}`)).toEqual(
      north,
    );
    expect(await found('EQ_ATTR_bizLocation_floor=2.0')).toEqual(north);
    expect(await found('HASATTR_bizLocation=floor|area')).toEqual(north);
    expect((await found('HASATTR_bizLocation=city')).toSorted()).toEqual([...north, ...south]);
    expect(await found('EQ_ATTR_truck_cooled=yes')).toEqual(south);
    expect(await found('EQ_ATTR_readPoint_city=x')).toEqual([]);
    const prefixed = { 'gs1-extensions': 'ex=https://ns.example.com/' };
    const asked = await repository.send('maker', 'GET', '/events?HASATTR_ex:truck=cooled', {
      headers: prefixed,
    });
    expect(eventsIn(asked.body).map(({ eventID }) => eventID)).toEqual(south);
    // Master data are their sender's: of a place that nobody described to it a rival finds nothing.
    expect(await found('HASATTR_bizLocation=city', 'rival')).toEqual([]);
  });
});
