import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTEXT, eventsIn, openRepository, type Repository } from './testing.ts';

let repository: Repository;
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
});
afterAll(() => repository.close());

const json = { 'content-type': 'application/json' };
const unit = (serial: string) => `https://id.gs1.org/01/06901234000016/21/${serial}`;
const scanned = (hour: number, name: string, more: object = {}) => ({
  ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'packing', epcList: [unit(name)] },
  ...{ eventTime: `2026-03-02T0${hour}:00:00.000Z`, eventTimeZoneOffset: '+08:00' },
  ...more,
});
const ask = (name: 'maker' | 'rival', query: string) =>
  repository.send(name, 'GET', `/events?${query}`);

describe('events that scanners send one by one, at once', () => {
  const post = (name: 'maker' | 'rival', event: object) =>
    repository.send(name, 'POST', '/events', {
      headers: json,
      body: JSON.stringify({ '@context': [CONTEXT], ...event }),
    });

  it('each have an answer of their own, whatever comes with them', async () => {
    const scan = (n: number, more: object = {}) => scanned(1, `G${n}`, more);
    const twice = scan(3, { eventID: 'urn:uuid:3f0e36a4-0b6e-4d8e-9d0a-000000000003' });
    const sent = [scan(1), scan(2), twice, { ...scan(4), action: 'LOOK' }, twice, scan(6)];
    const answers = await Promise.all(sent.map((event) => post('maker', event)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 400, 409, 201]);
    const places = answers.flatMap(({ headers }) => headers.location ?? []);
    expect(new Set(places).size).toBe(4);
    const query = [1, 2, 3, 4, 6].map((n) => encodeURIComponent(unit(`G${n}`))).join('|');
    expect(eventsIn((await ask('maker', `MATCH_epc=${query}`)).body)).toHaveLength(4);
    const { owner } = repository.test.store.database;
    const { rows } = await owner.query(
      `select count(*)::int as facts from fact where type = 'goods.event.captured'
        and party_id = $1`,
      [repository.parties.maker.id],
    );
    expect(rows).toEqual([{ facts: 4 }]);
  });

  it('are their senders own: two firms at once see nothing of each other', async () => {
    const mine = (n: number) => scanned(2, `H${n}`);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => post(n % 2 === 0 ? 'maker' : 'rival', mine(n))),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const query = [1, 2, 3, 4].map((n) => encodeURIComponent(unit(`H${n}`))).join('|');
    const seen = eventsIn((await ask('rival', `MATCH_epc=${query}`)).body);
    expect(seen.flatMap(({ epcList }) => epcList).sort()).toEqual([unit('H1'), unit('H3')]);
  });

  it('are found under names as long as an identity may be', async () => {
    const eventID = `urn:x:${'批'.length}${'%E6%89%B9'.repeat(215)}`;
    const { status, headers } = await post('maker', scanned(3, 'LONG', { eventID }));
    expect(status).toBe(201);
    const found = String(headers.location).replace('/epcis', '');
    expect((await repository.send('maker', 'GET', found)).status).toBe(200);
  });
});
