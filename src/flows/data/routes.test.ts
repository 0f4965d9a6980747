import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, kernel, openLog, openServer } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { data, equalInMeaning, readXml, receiveDocument, ublOf } from './index.ts';
import { ORDER } from './testing.ts';

let test: TestStore;
let server: FastifyInstance;
let authorization: string;
let id: string;
const order = ublOf(ORDER).bytes;

beforeAll(async () => {
  test = await openTestStore([data]);
  server = await openServer(test.store, {
    modules: [kernel, data],
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  const chain = await openTestChain(test.store, { buyer: 'core' });
  const { key } = await chain.as('buyer', (tx) => createApiKey(tx, { name: 'test' }));
  authorization = `Bearer ${key}`;
  const given = { bytes: order, media_type: 'application/xml', file_name: 'a.xml' };
  const { document } = await chain.as('buyer', (tx) => receiveDocument(tx, given));
  id = document.id;
});
afterAll(async () => {
  await server.close();
  await test.close();
});

function get(url: string, accept = 'application/json') {
  return server.inject({ method: 'GET', url, headers: { authorization, accept } });
}

function check(payload: Uint8Array, type: string) {
  return server.inject({
    method: 'POST',
    url: '/api/v1/document-checks',
    headers: { authorization, 'content-type': type },
    payload: Buffer.from(payload),
  });
}

describe('documents over HTTP', () => {
  it('gives JSON, or UBL equal in meaning to who asks for XML', async () => {
    const json = await get(`/api/v1/documents/${id}`);
    expect(json.json()).toMatchObject({ kind: 'order', number: 'PO-1', state: 'received' });
    const xml = await get(`/api/v1/documents/${id}`, 'application/xml, application/json;q=0.5');
    expect(xml.headers['content-type']).toContain('application/xml');
    const before = readXml(order).root;
    const after = readXml(xml.rawPayload).root;
    expect(before && after && equalInMeaning(before, after)).toBe(true);
    const original = await get(`/api/v1/documents/${id}/original`);
    expect(original.rawPayload.equals(Buffer.from(order))).toBe(true);
    expect(original.headers['content-type']).toBe('application/octet-stream');
  });

  it('lists the inbox and knows no stranger', async () => {
    const list = await get('/api/v1/documents?state=received&kind=order');
    expect(list.json().items).toHaveLength(1);
    const nobody = await get(`/api/v1/documents/${test.store.newId()}`);
    expect(nobody.statusCode).toBe(404);
    expect(nobody.json().code).toBe('data.document_unknown');
  });

  it('checks without writing', async () => {
    const broken = Buffer.from(order).toString('utf8').replace('>4460.00<', '>1.00<');
    const answer = await check(Buffer.from(broken), 'application/xml');
    expect(answer.statusCode).toBe(200);
    const rules = answer.json().errors.map(({ rule }: { rule: string }) => rule);
    expect(rules).toContain('PEPPOL-T01-R008');
    const sheet = Buffer.from('订单号,商品编码,数量,单位\nPO-9,A,x,箱\n');
    const preview = await check(sheet, 'text/csv');
    expect(preview.json().body.errors[0]).toMatchObject({ cell: 'C2', row: 2, column: '数量' });
    const list = await get('/api/v1/documents');
    expect(list.json().items).toHaveLength(1);
  });

  it('gives templates', async () => {
    const csv = await get('/api/v1/document-templates/stock?format=csv&language=en');
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toContain('Quantity*');
    const xlsx = await get('/api/v1/document-templates/orders');
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('survives a body past the limit and an empty one', async () => {
    const large = await check(Buffer.alloc(10 * 1024 * 1024 + 1, 32), 'application/xml');
    expect(large.statusCode).toBe(413);
    const empty = await check(Buffer.from(' '), 'application/xml');
    expect(empty.json().errors[0].rule).toBe('SHEET-HEADINGS');
  });
});
