import { describe, expect, it } from 'vitest';
import { writeClient } from './client.ts';
import { writeFaultsPage, writePermissionsPage } from './pages.ts';
import { writeTables } from './tables.ts';
import { typeOf } from './types.ts';

describe('row types', () => {
  it('give each column what the drivers give', () => {
    const column = (name: string, type: string, nullable = false) => ({
      table: 'entry_line',
      column: name,
      type,
      nullable,
    });
    const text = writeTables([
      column('amount_minor', 'int8'),
      column('rate', 'numeric', true),
      column('parties', '_uuid'),
      column('body', 'jsonb'),
    ]);
    expect(text).toContain('export type EntryLineTable = {\n  amount_minor: bigint;');
    expect(text).toContain('rate: string | null;');
    expect(text).toContain('parties: string[];');
    expect(text).toContain('body: JsonColumn;');
    expect(text).toContain('entry_line: EntryLineTable;');
  });

  it('stop at a type that nobody has thought about', () => {
    const odd = { table: 'place', column: 'shape', type: 'polygon', nullable: false };
    expect(() => writeTables([odd])).toThrow('place.shape: no TypeScript type');
  });
});

describe('types of JSON Schemas', () => {
  it.each([
    [{ type: 'integer' }, 'number'],
    [{ $ref: '#/components/schemas/Order' }, 'Order'],
    [{ enum: ['a', null] }, '"a" | null'],
    [{ const: 1 }, '1'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, '("a" | "b")[]'],
    [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
    [{ allOf: [{ $ref: '#/A' }, { anyOf: [{ $ref: '#/B' }, { $ref: '#/C' }] }] }, 'A & (B | C)'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'Record<string, string>'],
    [{ type: 'object', properties: { a: {} } }, '{\n  a?: unknown;\n}'],
    [{ type: 'object', properties: { 'a-b': {} }, required: ['a-b'] }, '{\n  "a-b": unknown;\n}'],
    [{}, 'unknown'],
  ])('%j', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });
});

describe('the client', () => {
  it('has the types and the place of every operation', () => {
    const json = (schema: object) => ({ 'application/json': { schema: { ...schema } } });
    const text = writeClient({
      paths: {
        '/api/v1/orders/{id}': {
          post: {
            operationId: 'order.confirm',
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
              {
                name: 'limit',
                in: 'query',
                required: true,
                schema: { type: 'number', default: 5 },
              },
            ],
            requestBody: { content: json({ $ref: '#/components/schemas/Answer' }) },
            responses: { 201: { content: json({ type: 'string' }) }, 404: {} },
          },
          get: {
            operationId: 'order.get',
            responses: { 200: { content: { 'application/xml': {} } } },
          },
        },
      },
      components: { schemas: { Answer: { type: 'boolean' } } },
    });
    expect(text).toContain('export type Answer = boolean;');
    expect(text).toContain("'order.confirm': { method: 'POST', path: '/api/v1/orders/{id}' }");
    expect(text).toContain('params: { id: string };');
    expect(text).toContain('query: { limit?: number };');
    expect(text).toContain('body: Answer;\n    reply: string;');
    expect(text).toContain('reply: Blob;');
    expect(text.indexOf("'order.confirm': {\n")).toBeLessThan(text.indexOf("'order.get': {\n"));
  });
});

describe('schemas with a name', () => {
  const using = (schema: object) => ({
    operationId: 'order.get',
    responses: { 200: { content: { 'application/json': { schema: { ...schema } } } } },
  });
  const order = { $ref: '#/$defs/Order', $defs: { Order: { type: 'string' } } };

  it('become types, once', () => {
    const text = writeClient({
      paths: { '/a': { get: using(order) }, '/b': { get: using(order) } },
    });
    expect(text.match(/export type Order = string;/g)).toHaveLength(1);
    expect(text).toContain('reply: Order;');
  });

  it('mean one thing', () => {
    const other = using({ ...order, $defs: { Order: { type: 'number' } } });
    const paths = { '/a': { get: using(order) }, '/b': { get: other } };
    expect(() => writeClient({ paths })).toThrow('"Order" means two things');
  });
});

describe('reference pages', () => {
  const money = {
    name: 'money',
    faults: { 'money.unbalanced': { status: 422, zh: '不平|衡', en: 'Not balanced' } },
    routes: [
      { id: 'a', method: 'GET', path: '/a', kind: 'actor', permission: 'money.entry.read' },
      { id: 'b', method: 'POST', path: '/b', kind: 'open' },
    ],
  };

  it('list faults and permissions', () => {
    expect(writeFaultsPage([money])).toContain(
      '| `money.unbalanced` | 422 | 不平\\|衡 | Not balanced |',
    );
    const page = writePermissionsPage([money]);
    expect(page).toContain('| `money.entry.read` | `GET /a` |');
    expect(page).toContain('- `POST /b`');
  });
});
