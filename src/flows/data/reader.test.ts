import { beforeAll, expect, it } from 'vitest';
import { loadReader, READER_LIMITS, readDocument, readHere, readRows } from './reader.ts';
import { ORDER } from './testing.ts';
import { ublOf } from './ubl-of.ts';

const [line] = ORDER.lines;
const lines = Array.from({ length: 200 }, (_, at) => ({ ...line, line_id: String(at + 1) }));
/** As it comes from a socket: a Buffer, whose `slice` is no copy. */
const large = Buffer.from(ublOf({ ...ORDER, lines: lines as typeof ORDER.lines }).bytes);

beforeAll(loadReader, 60_000);

it('reads what is large in another thread, to the same result', async () => {
  expect(large.byteLength).toBeGreaterThan(READER_LIMITS.bytes_here);
  const before = large.toString('base64');
  const here = await readHere({ bytes: large, as_rows: false });
  expect({ document: await readDocument(large) }).toEqual(here);
  expect(large.toString('base64')).toBe(before);
});

it('gives the rows of a sheet whose columns it does not know, there as here', async () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => [`甲${at}`, String(at), '']);
  const text = Buffer.from(rows.map((row) => row.join(',')).join('\n'));
  expect(text.byteLength).toBeGreaterThan(READER_LIMITS.bytes_here);
  expect(await readRows(text)).toEqual({ grid: rows });
});

it('answers each document with its own reading, in turn', async () => {
  const numbered = (number: string) => {
    const [from, to] = ['<cbc:ID>PO-1</cbc:ID>', `<cbc:ID>${number}</cbc:ID>`];
    return Buffer.from(large.toString('utf8').replace(from, to));
  };
  const numbers = ['PO-A', 'PO-B', 'PO-C', 'PO-D'];
  const read = await Promise.all(numbers.map((number) => readDocument(numbered(number))));
  expect(read.map((one) => one.number)).toEqual(numbers);
});

it('tells who comes past the queue to come again', async () => {
  const all = Array.from({ length: READER_LIMITS.queue + 2 }, () => readDocument(large));
  const settled = await Promise.allSettled(all);
  const busy = settled.filter((one) => one.status === 'rejected').map((one) => one.reason.code);
  expect(busy).toEqual(['data.reader_busy', 'data.reader_busy']);
});
