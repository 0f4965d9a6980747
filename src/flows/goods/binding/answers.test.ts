import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTEXT, openRepository, type Repository } from './testing.ts';

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

  const xml = { headers: { accept: 'application/xml' } };

  it('is not given in XML where the binding has JSON alone', async () => {
    for (const path of ['/capture', '/queries', '/queries/none', '/queries/none/subscriptions']) {
      const { status, headers } = await repository.send('maker', 'GET', path, xml);
      expect([path, status]).toEqual([path, 406]);
      expect(headers['content-type']).toMatch(/^application\/problem\+xml/);
    }
  });

  it('is well-formed whatever was asked', async () => {
    const { status, body } = await repository.send('maker', 'GET', '/events?%01=1', xml);
    expect([status, body.includes('\u0001')]).toEqual([400, false]);
  });
});
