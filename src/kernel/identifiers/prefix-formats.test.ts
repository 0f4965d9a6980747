import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPrefixFormats } from './prefix-formats.ts';

const folder = mkdtempSync(join(tmpdir(), 'gcp-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const file = join(folder, 'table.json');
  writeFileSync(file, text);
  return file;
}
const tableOf = (...entry: object[]) => fileOf(JSON.stringify({ GCPPrefixFormatList: { entry } }));

test('the table of GS1 is read as it is published', () => {
  const file = tableOf({ prefix: '690', gcpLength: 7 }, { prefix: '951', gcpLength: '0' });
  expect([...readPrefixFormats(file)]).toEqual([
    ['690', 7],
    ['951', 0],
  ]);
  expect(readPrefixFormats(null).size).toBe(0);
});

test('a table that cannot be used keeps the server from starting, and says where', () => {
  const read = (file: string) => () => readPrefixFormats(file);
  expect(read(fileOf('<GCPPrefixFormatList/>'))).toThrow(/JINGWEI_GCP_LENGTHS.*no JSON/);
  expect(read(tableOf())).toThrow(/GCPPrefixFormatList\.entry/);
  expect(read(tableOf({ prefix: '69x', gcpLength: 7 }))).toThrow(/entry\[0\]\.prefix/);
  expect(read(tableOf({ prefix: '690', gcpLength: 13 }))).toThrow(/entry\[0\]\.gcpLength/);
  expect(read(join(folder, 'nowhere.json'))).toThrow(/ENOENT/);
});
