import { afterAll, beforeAll, expect, test } from 'vitest';
import { commerce } from '../flows/commerce/index.ts';
import { addParty, type Chain, createChain, onBehalfOf, type Tx } from '../kernel/index.ts';
import { openTestStore, type TestStore } from '../kernel/testing.ts';
import { collections } from '../observatory/collections/index.ts';
import {
  getRelease,
  listReleases,
  publishing,
  revisionsOf,
  verifyStored,
} from '../observatory/publishing/index.ts';
import { statistics } from '../observatory/statistics/index.ts';
import { bystanders, dealersOf, type Member, maker, suppliers } from './cast.ts';
import { openLane } from './lane.ts';
import { planPublishedSurvey } from './published-survey.ts';

const end = new Date('2026-11-26T06:00:00.000Z');
const dealers = dealersOf(18);
const movers = bystanders.filter(({ key }) => /^(truck|store)/.test(key));

let opened: TestStore;
let chain: Chain;
const ids = new Map<string, string>();
const act = <T>(key: string, work: (tx: Tx) => Promise<T>) =>
  onBehalfOf(opened.store, chain, ids.get(key) ?? '', work);
const surveyed = (member: Member) => ({ ...member, id: ids.get(member.key) ?? '' });

beforeAll(async () => {
  opened = await openTestStore([commerce, statistics, collections, publishing], {
    start: '2026-10-01T00:00:00.000Z',
  });
  chain = await createChain(opened.store, { slug: 'play', name_zh: '链', name_en: 'Chain' });
  for (const { key, name_zh, roles } of [maker, ...suppliers, ...bystanders, ...dealers]) {
    const member = { name_zh, roles: [...roles], region_code: '410100' };
    const { id } = await onBehalfOf(opened.store, chain, opened.store.newId(), (tx) =>
      addParty(tx, member, { status: 'active', verified: true }),
    );
    ids.set(key, id);
  }
  const lane = openLane(opened.store.database, chain, 7, new Date('2026-10-02'), end);
  const office = ids.get('statistics') ?? '';
  const firms = [maker, ...suppliers, ...movers, ...dealers].map(surveyed);
  const correcting = dealers.slice(0, 8).map(surveyed);
  planPublishedSurvey(lane, chain, { statistics: office, firms, correcting, seed: 30 }, end);
  await lane.run();
  opened.clock.set(end);
}, 120_000);
afterAll(() => opened?.close());

test('a survey comes out, is corrected, and each vintage is made again from its hash', async () => {
  const { items } = await act('dealer1', (tx) => listReleases(tx, { limit: 50, show: 'all' }));
  expect(items.map(({ series, number, state }) => [series, number, state])).toEqual([
    ['FW02-2026-Q3', 2, 'published'],
    ['FW02-2026-Q3', 1, 'published'],
  ]);
  for (const { id, hash } of items) {
    expect(await act('statistics', (tx) => verifyStored(tx, id))).toEqual({
      ...{ hash, is_equal: true, is_whole: true, is_same_source: true, is_same_engine: true },
      differing: [],
    });
  }
});

test('the one large maker and the two farms are not to be known from it', async () => {
  const { items } = await act('dealer1', (tx) => listReleases(tx, { limit: 50, show: 'all' }));
  for (const { id } of items) {
    const { content } = await act('dealer1', (tx) => getRelease(tx, id));
    const stateOf = (codes: string) =>
      content.tables[0]?.cells.find((cell) => cell.codes.join('/') === codes)?.state;
    expect(['C/large', 'A/T'].map(stateOf)).toEqual(['primary', 'primary']);
    expect(['C/T', 'C/medium', 'T/micro'].map(stateOf)).toEqual(Array(3).fill('secondary'));
    expect(['T/T', 'F/T', 'F/micro', 'F/small'].map(stateOf)).toEqual(Array(4).fill('published'));
  }
});

test('the correction shows in the triangle, and nowhere else', async () => {
  const { items } = await act('dealer1', (tx) => listReleases(tx, { limit: 1, show: 'all' }));
  const found = await act('dealer1', (tx) => revisionsOf(tx, items[0]?.id ?? ''));
  const revised = found.rows.filter(({ revision }) => revision !== null && revision !== 0);
  expect(revised.map(({ codes }) => codes.join('/'))).toEqual(
    expect.arrayContaining(['T/T', 'F/T', 'F/micro', 'F/small']),
  );
  expect(revised.every(({ codes }) => codes[0] === 'T' || codes[0] === 'F')).toBe(true);
  // Over the figures of somebody: a class that no firm is in was not revised by nothing.
  const { content } = await act('dealer1', (tx) => getRelease(tx, items[0]?.id ?? ''));
  const figures = content.tables.flatMap(({ cells }) =>
    cells.filter(({ state, contributors }) => state === 'published' && contributors !== 0),
  );
  const moved = revised.reduce((sum, { revision }) => sum + Math.abs(revision ?? 0), 0);
  expect(found.mean_absolute_revision).toBeCloseTo(moved / figures.length, 6);
  expect(found.mean_revision).toBeLessThan(0);
});

test('the next table waits for its morning, and its makers alone know', async () => {
  const waiting = (key: string) =>
    act(key, (tx) => listReleases(tx, { limit: 50, show: 'waiting' })).then(({ items }) =>
      items.map(({ series, state, planned_at }) => [series, state, planned_at]),
    );
  expect(await waiting('statistics')).toEqual([
    ['FW02-STAFF-2026-Q3', 'scheduled', '2026-11-27T01:30:00.000Z'],
  ]);
  expect(await waiting('dealer1')).toEqual([]);
});
