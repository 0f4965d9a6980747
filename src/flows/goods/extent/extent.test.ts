import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shareWith } from '../../../kernel/index.ts';
import { documentOf, openRepository, type Repository } from '../binding/testing.ts';
import { loadExtents } from './extent.ts';

type Firm = 'maker' | 'dealer' | 'rival';
let repository: Repository;
const gln = { maker: '6901234000009', dealer: '6945678000003' } as const;
const place = (name: keyof typeof gln) => ({ id: `https://id.gs1.org/414/${gln[name]}` });
const flour = (lot: string) => `https://id.gs1.org/01/06901234000023/10/${lot}`;
const bread = (lot: string) => `https://id.gs1.org/01/06901234000016/10/${lot}`;
const pallet = 'https://id.gs1.org/00/069012340000000016';

const at = (hour: string, more: object) => ({
  eventTime: `2026-03-02T${hour}:00:00.000Z`,
  eventTimeZoneOffset: '+08:00',
  ...more,
});
const bake = (hour: string, from: string, into: string, more: object = {}) =>
  at(hour, {
    type: 'TransformationEvent',
    inputQuantityList: [{ epcClass: from, quantity: 10, uom: 'KGM' }],
    outputQuantityList: [{ epcClass: into, quantity: 9, uom: 'KGM' }],
    bizLocation: place('maker'),
    ...more,
  });
const pack = (hour: string, lot: string) =>
  at(hour, {
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: pallet,
    childQuantityList: [{ epcClass: lot, quantity: 9, uom: 'KGM' }],
    bizLocation: place('maker'),
  });

async function capture(name: Firm, events: readonly object[]) {
  const headers = { 'content-type': 'application/json' };
  const { status, body } = await repository.send(name, 'POST', '/capture', {
    headers,
    body: documentOf(events),
  });
  expect([status, body]).toEqual([202, '']);
}

async function call(name: Firm, method: 'GET' | 'POST', url: string, payload?: object) {
  return repository.server.inject({
    method,
    url,
    headers: { authorization: `Bearer ${repository.keys[name]}` },
    ...(payload ? { payload } : {}),
  });
}

/** Asks until all that is to be read is read, as any client does. */
async function extent(name: Firm, item: string) {
  for (let turn = 0; turn < 20; turn++) {
    const reply = await call(name, 'POST', '/api/v1/trace/extent', { items: [{ item }] });
    expect(reply.statusCode).toBe(200);
    const answer = reply.json();
    if (answer.phase === 'ready') return answer.found;
  }
  throw new Error('It is never ready.');
}

type Row = { item: string; is: string };
const met = (found: { rows: Row[] }) => found.rows.map(({ item, is }) => `${is} ${item}`);

beforeAll(async () => {
  await loadExtents();
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
  await capture('maker', [bake('03', flour('F1'), bread('B1')), pack('04', bread('B1'))]);
});
afterAll(() => repository.close());

describe('how far a lot went', () => {
  it('is told with what was made of it and what holds that, and by which event', async () => {
    const found = await extent('maker', flour('F1'));
    expect(met(found)).toEqual([
      `affected ${flour('F1')}`,
      `affected ${bread('B1')}`,
      `holds ${pallet}`,
    ]);
    expect(found).toMatchObject({ affected: 2, holds: 1, others: [], other_products: 0 });
    expect(found.products).toEqual([
      { gtin: '06901234000023', items: 1 },
      { gtin: '06901234000016', items: 1 },
      { gtin: null, items: 1 },
    ]);
    const [, made] = found.rows;
    const event = await call('maker', 'GET', `/api/v1/events/${made.by}`);
    expect(event.json().json).toContain(bread('B1'));
  });

  it('is nothing but itself for who may not see it, as for a lot that there is not', async () => {
    const [theirs, nobodys] = [flour('F1'), flour('NONE')];
    const one = await call('rival', 'POST', '/api/v1/trace/extent', { items: [{ item: theirs }] });
    const other = await call('rival', 'POST', '/api/v1/trace/extent', {
      items: [{ item: nobodys }],
    });
    const told = one.body.replaceAll(theirs, nobodys).replace(/"as_of":"[^"]*"/, '');
    expect(told).toBe(other.body.replace(/"as_of":"[^"]*"/, ''));
  });

  it('takes in what is recorded later, and takes back what is declared wrong', async () => {
    const wrong = bake('05', bread('B1'), bread('B2'), { eventID: 'urn:uuid:baked-wrongly' });
    await capture('maker', [wrong, bake('06', bread('B2'), bread('B3'))]);
    expect((await extent('maker', flour('F1'))).affected).toBe(4);
    const errorDeclaration = {
      declarationTime: '2026-03-02T09:00:00.000Z',
      reason: 'did_not_occur',
    };
    await capture('maker', [{ ...wrong, errorDeclaration }]);
    expect((await extent('maker', flour('F1'))).affected).toBe(2);
    // Of which B2 was made nobody knows any more; what was made of it stands.
    expect((await extent('maker', bread('B2'))).affected).toBe(2);
  });

  it('goes through what is shared, is written down, and ends with the sharing', async () => {
    const { parties, as, test } = repository;
    const { owner } = test.store.database;
    const reader_id = parties.dealer.id;
    await as('maker', (tx) => shareWith(tx, { reader_id, scope: 'shipments', purpose: 'recall' }));
    const found = await extent('dealer', flour('F1'));
    expect(found).toMatchObject({
      affected: 2,
      holds: 1,
      others: [{ capturer_id: parties.maker.id, events: 2 }],
    });
    const looks = await owner.query('select owner_id, operation, record_count from shared_access');
    expect(looks.rows).toEqual([
      { owner_id: parties.maker.id, operation: 'trace.extent', record_count: 2 },
    ]);
    await owner.query('update sharing_agreement set revoked_at = now()');
    expect(met(await extent('dealer', flour('F1')))).toEqual([`affected ${flour('F1')}`]);
  });
});

describe('the sheet', () => {
  it('has to be told of what', async () => {
    const reply = await call('maker', 'GET', '/api/v1/trace/extent/sheet?item=%7C');
    expect(reply.json()).toMatchObject({ status: 422, code: 'goods.trace_without_start' });
  });

  it('has a line for each, and can be read by a spreadsheet', async () => {
    await extent('maker', flour('F1'));
    const item = encodeURIComponent(flour('F1'));
    const reply = await call('maker', 'GET', `/api/v1/trace/extent/sheet?item=${item}`);
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, ...lines] = reply.rawPayload.toString().trimEnd().split('\r\n');
    expect(head).toBe('\ufeff物品或批次,GTIN,状态,自（UTC）,依据事件');
    expect(lines.map((line) => line.split(',').slice(0, 4))).toEqual([
      [flour('F1'), '06901234000023', '受影响', ''],
      [bread('B1'), '06901234000016', '受影响', '2026-03-02T03:00:00.000Z'],
      [pallet, '', '装有受影响物品', ''],
    ]);
  });
});
