import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChain } from '../kernel/index.ts';
import { openTestStore, type TestStore } from '../kernel/testing.ts';
import { dropHalfDemo } from './demo.ts';

let opened: TestStore;
let folder: string;
const mark = () => join(folder, 'demo.json');

beforeEach(async () => {
  opened = await openTestStore();
  folder = mkdtempSync(join(tmpdir(), 'jingwei-demo-'));
  writeFileSync(mark(), '{"state":"loading","people":[]}');
});
afterEach(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

const chainOf = (slug: string) =>
  createChain(opened.store, { slug, name_zh: '一条链', name_en: 'A chain' });

async function isThere(): Promise<boolean> {
  const { rows } = await opened.store.database.owner.query(
    `select to_regclass('public.chain') is not null as is`,
  );
  return rows[0].is;
}

test('half a demo goes, once', async () => {
  await chainOf('demo');
  await dropHalfDemo(opened.store.database, folder);
  expect([await isThere(), existsSync(mark())]).toEqual([false, false]);
});

test('a chain that was made since the demo was cut stays, and so does all of it', async () => {
  await chainOf('demo');
  await chainOf('real');
  await dropHalfDemo(opened.store.database, folder);
  await dropHalfDemo(opened.store.database, folder);
  expect([await isThere(), existsSync(mark())]).toEqual([true, false]);
});

test('nothing of a server’s database is ever dropped', async () => {
  await chainOf('demo');
  await dropHalfDemo({ ...opened.store.database, place: 'server' }, folder);
  expect(await isThere()).toBe(true);
});
