import { type AddressInfo, connect } from 'node:net';
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadReader, ublOf } from '../../flows/data/index.ts';
import { ORDER } from '../../flows/data/testing.ts';
import { openTradeServer, type TradeServer } from './testing.ts';

let trade: TradeServer;
let base: string;
let authorization: string;

beforeAll(async () => {
  trade = await openTradeServer();
  base = await trade.server.listen({ port: 0, host: '127.0.0.1' });
  authorization = await trade.keyOf('buyer');
  await loadReader();
}, 60_000);
afterAll(() => trade.close());

const ns = 'urn:oasis:names:specification:ubl:schema:xsd';
const xml = (number: string) => Buffer.from(ublOf({ ...ORDER, number }).bytes).toString('utf8');

/** Over a real socket, as a stranger's client would. */
async function send(body: Uint8Array | string, type = 'application/xml', path = 'documents') {
  const answer = await fetch(`${base}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': type },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const problem = (await answer.json()) as {
    code?: string;
    errors?: { rule: string }[];
    state?: string;
  };
  return { status: answer.status, problem, rule: problem.errors?.[0]?.rule };
}

async function orderCount(): Promise<number> {
  return (await trade.get('buyer', '/api/v1/orders?limit=200')).json().items.length;
}

afterEach(async () => {
  const health = await fetch(`${base}/health`);
  expect(health.status).toBe(200);
});

describe('hostile documents', () => {
  const entities = Array.from(
    { length: 12 },
    (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
  );
  const first = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">';
  const bomb = `${first}${entities.join('')}]><a>&e12;</a>`;
  const outside =
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  const order = xml('H-1');
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const bigEndian = (text: string) => Buffer.from(utf16(text)).swap16();

  it.each<[string, Uint8Array | string, string]>([
    ['a bomb of entities', bomb, 'XML-DOCTYPE'],
    ['an external entity', outside, 'XML-DOCTYPE'],
    ['a hundred thousand levels', deep, 'XML-DEPTH'],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from('<a>'), Buffer.from([0xff])]), ''],
    ['UTF-8 that says it is UTF-16', order.replace('UTF-8', 'UTF-16'), ''],
    ['an encoding that nobody knows', order.replace('UTF-8', 'EBCDIC-CP-US'), ''],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]), ''],
    ['half a document', order.slice(0, 900), ''],
    ['no document at all', '{"order": 1}', 'SHEET-HEADINGS'],
    ['nothing but NUL', Buffer.alloc(2_000), ''],
    ['an order of another namespace', order.replaceAll(ns, 'urn:none'), ''],
  ])('%s: a clear error, no effect', async (_, body, rule) => {
    const before = await orderCount();
    const answer = await send(body);
    expect(answer.status, JSON.stringify(answer.problem)).toBe(422);
    expect(answer.problem.code).toBe('data.document_refused');
    expect(answer.rule).toMatch(/^(XML|UBL|SHEET)-/);
    if (rule !== '') expect(answer.rule).toBe(rule);
    expect(await orderCount()).toBe(before);
  });

  it('a zip bomb in a workbook', async () => {
    const zeros = new Uint8Array(60 * 1024 * 1024);
    const answer = await send(zipSync({ 'xl/a.xml': zeros, 'xl/b.xml': zeros }));
    expect(answer).toMatchObject({ status: 422, rule: 'SHEET-SIZE' });
  });

  it('a hundred megabytes', async () => {
    const size = 100 * 1024 * 1024;
    const answer = await fetch(`${base}/api/v1/documents`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/xml' },
      body: new Uint8Array(size),
    }).catch(() => undefined);
    // The server answers at once and hangs up; a client that is still sending may see only that.
    if (answer) expect(answer.status).toBe(413);
  });

  it('text that a database cannot hold, an empty body, a wrong type, a broken name', async () => {
    const sheet = '订单号,商品编码,数量,单位,单价,供应商\nH-2,A\u0000B,1,公斤,1,某供应商\n';
    expect((await send(sheet, 'text/csv')).status).toBeLessThan(500);
    expect((await send('', 'application/xml')).status).toBeLessThan(500);
    expect((await send('<a/>', 'image/png')).problem.code).toBe('kernel.media_type');
    expect((await send('{}', 'application/json')).status).toBeLessThan(500);
    const named = await fetch(`${base}/api/v1/documents`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/csv', 'x-file-name': '%E0%A4%A' },
      body: 'a,b\n1,2\n',
    });
    expect(named.status).toBeLessThan(500);
    expect((await send('<a/>', 'application/xml', 'documents?replaces_id=x')).status).toBe(422);
  });

  it('UTF-16 of both orders and a byte order mark are read as what they are', async () => {
    const declared = (number: string) => xml(number).replace('UTF-8', 'UTF-16');
    const sent = [
      utf16(declared('H-16L')),
      bigEndian(declared('H-16B')),
      Buffer.from(`\uFEFF${xml('H-8')}`),
    ];
    for (const bytes of sent) {
      const answer = await send(bytes);
      expect(answer.status, JSON.stringify(answer.problem)).toBe(201);
    }
  });

  it('an order of a thousand long lines, and one line more', async () => {
    const [line] = ORDER.lines;
    const lines = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        ...line,
        line_id: String(at + 1),
        item: { ...line?.item, name: '长'.repeat(200), seller_id: 'S'.repeat(60) },
      })) as never;
    const of = (number: string, count: number) => {
      const amount = `${count * 3300}.00`;
      const totals = { lines: amount, without_tax: amount, with_tax: amount, payable: amount };
      const whole = { ...ORDER, number, adjustments: [], tax_amount: null, lines: lines(count) };
      return ublOf({ ...whole, totals: { ...ORDER.totals, charges: null, ...totals } as never });
    };
    const taken = await send(of('H-1000', 1_000).bytes);
    expect(taken.status, JSON.stringify(taken.problem.errors)).toBe(201);
    const refused = await send(of('H-1001', 1_001).bytes);
    expect(refused).toMatchObject({ status: 422, rule: 'kernel.invalid' });
  });
});

describe('hostile clients', () => {
  it('one that dies in the middle of its upload leaves nothing behind', async () => {
    const before = await orderCount();
    const { port } = trade.server.server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = [
          'POST /api/v1/documents HTTP/1.1',
          'host: localhost',
          `authorization: ${authorization}`,
          'content-type: application/xml',
          'content-length: 100000',
        ];
        socket.write(`${head.join('\r\n')}\r\n\r\n${xml('H-DEAD').slice(0, 500)}`);
        setTimeout(() => socket.destroy(), 50);
      });
      socket.on('close', () => resolve());
    });
    expect(await orderCount()).toBe(before);
  });

  it('the same upload from many hands at once has one effect', async () => {
    const before = await orderCount();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(xml('H-MANY'))));
    expect(answers.map((each) => each.status)).toEqual(Array(8).fill(201));
    expect(new Set(answers.map((each) => JSON.stringify(each.problem))).size).toBe(1);
    expect(await orderCount()).toBe(before + 1);
  });
});
