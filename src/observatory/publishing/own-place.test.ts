import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chain, Fault, onBehalfOf, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { collections } from '../collections/index.ts';
import { asStatistician, collectFrom, correctOne } from '../collections/testing.ts';
import { draftRelease, reviseRelease } from './drafts.ts';
import { loadReleaser, publishing } from './index.ts';
import { ownPlace } from './own-place.ts';
import { publishRelease, withdrawRelease } from './releases.ts';
import { newRelease, newRevision } from './schema.ts';

/** Of the 46 firms every third reports, and all but the first of them are accepted: 15. */
const names = Array.from({ length: 46 }, (_, at) => `f${at}`);
const accepted = names.map((_, at) => at).filter((at) => at % 3 === 0 && at > 0);
/** One in farming, which is kept; the others make things. */
const FARMER = 6;

let opened: TestStore;
let chain: Chain;
let firms: string[];
let [bureau, other] = ['', ''];
let first = '';
const act = <T>(party: string, work: (tx: Tx) => Promise<T>) =>
  onBehalfOf(opened.store, chain, party, work);
const asBureau = <T>(work: (tx: Tx) => Promise<T>) => act(bureau, (tx) => work(asStatistician(tx)));
const placeFor = (party: string, id = first) => act(party, (tx) => ownPlace(tx, id));
const firm = (at: number) => firms[at] ?? '';

beforeAll(async () => {
  opened = await openTestStore([collections, publishing]);
  const roles = Object.fromEntries(names.map((name) => [name, 'manufacturer' as const]));
  const made = await openTestChain<string>(opened.store, {
    ...roles,
    ...{ bureau: 'statistician', other: 'supplier' },
  });
  ({ chain } = made);
  const idOf = (name: string) => made.parties[name]?.id ?? '';
  [firms, bureau, other] = [names.map(idOf), idOf('bureau'), idOf('other')];
  const collection_id = await collectFrom(act, bureau, firms, (at) => ({
    industry_class: at === FARMER ? '0141' : '1432',
    as_of: '2025-12-31',
    employees: 30,
    revenue_10k: '400',
  }));
  await loadReleaser();
  const asked = newRelease.parse({
    series: 'PLACE',
    title: '收入',
    material: { kind: 'collection', collection_id, item: 'sales' },
    tables: [{ name: 'industry', dimensions: ['industry'] }],
    rules: { frequency: { n: 3, margin: 0.1 }, p_percent: 10 },
  });
  first = (await asBureau((tx) => draftRelease(tx, asked))).id;
}, 120_000);
afterAll(() => opened?.close());

it('before a release is out, its firms do not learn that there is one', async () => {
  const refused = await placeFor(firm(6)).catch((error) => error);
  expect(refused instanceof Fault && refused.code).toBe('publishing.release_unknown');
  await asBureau((tx) => publishRelease(tx, first));
});

it('a firm sees its own figure among those of its class, and no other one', async () => {
  const total = accepted.reduce((sum, at) => sum + at, 0);
  const { place } = await placeFor(firm(30));
  expect(place).toMatchObject({ figure: 30, total, firms: accepted.length, classes: [] });
  const rank = 1 + accepted.filter((at) => at > 30).length;
  expect(place?.best).toBeLessThanOrEqual(rank);
  expect(place?.worst).toBeGreaterThanOrEqual(rank);
  const another = await placeFor(firm(6));
  expect(another.place?.figure).toBe(6);
});

it('who reported nothing, was not accepted, or collects itself has no place', async () => {
  for (const party of [other, bureau, firm(0), firm(1), firm(2)]) {
    const { place, refused } = await placeFor(party);
    expect([place, refused?.reason]).toEqual([null, 'not_reported']);
  }
});

it('a later correction moves a firm in the vintage that counts it alone', async () => {
  opened.clock.set(new Date(opened.clock.now().getTime() + 86_400_000));
  await correctOne(act, bureau, firms, '25');
  const [corrected = 0] = accepted;
  expect((await placeFor(firm(corrected))).place?.figure).toBe(corrected);
  const input = newRevision.parse({ reason: '一家企业更正' });
  const { id } = await asBureau((tx) => reviseRelease(tx, first, input));
  await asBureau((tx) => publishRelease(tx, id));
  // One firm alone has changed: what would show by how much is kept, and so is every place in it.
  expect((await placeFor(firm(corrected), id)).refused?.reason).toBe('kept');
  expect((await placeFor(firm(30), id)).refused?.reason).toBe('kept');
  await asBureau((tx) => withdrawRelease(tx, first, '口径有误'));
  expect((await placeFor(firm(30))).refused?.reason).toBe('withdrawn');
});
