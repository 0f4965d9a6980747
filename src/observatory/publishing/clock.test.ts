import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chain, Fault, onBehalfOf, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { collections } from '../collections/index.ts';
import { asStatistician } from '../collections/testing.ts';
import { publishDue } from './clock.ts';
import { draftRelease } from './drafts.ts';
import { loadReleaser, publishing } from './index.ts';
import { getRelease, listReleases, planRelease, publishRelease } from './releases.ts';
import { newRelease, releaseQuery } from './schema.ts';

const csv = 'unit,value,town\na,5,x\nb,6,x\nc,7,x\nd,8,y\ne,9,y\nf,10,y\n';
const HOUR_MS = 3_600_000;

let opened: TestStore;
let chain: Chain;
let [bureau, reader] = ['', ''];
const act = <T>(party: string, work: (tx: Tx) => Promise<T>) =>
  onBehalfOf(opened.store, chain, party, work);
const owner = () => opened.store.database.owner;
const ahead = (hours: number) =>
  new Date(opened.clock.now().getTime() + hours * HOUR_MS).toISOString();
const wait = (hours: number) => opened.clock.set(new Date(ahead(hours)));

beforeAll(async () => {
  opened = await openTestStore([collections, publishing]);
  const made = await openTestChain(opened.store, { bureau: 'statistician', reader: 'supplier' });
  ({ chain } = made);
  [bureau, reader] = [made.parties.bureau.id, made.parties.reader.id];
  await loadReleaser();
}, 60_000);
afterAll(() => opened?.close());

async function planned(series: string): Promise<string> {
  const asked = newRelease.parse({
    series,
    title: '各镇',
    material: { kind: 'rows', unit: '人', csv },
    rules: { frequency: { n: 3, margin: 0.1 } },
    planned_at: ahead(1),
  });
  return (await act(bureau, (tx) => draftRelease(asStatistician(tx), asked))).id;
}

const seenBy = async (party: string, show = 'all') => {
  const query = releaseQuery.parse({ show });
  return (await act(party, (tx) => listReleases(tx, query))).items.map(({ id }) => id);
};
const own = (id: string) => act(bureau, (tx) => getRelease(tx, id));

async function factsOf(id: string): Promise<[string, boolean][]> {
  const { rows } = await owner().query(
    `select type, body from fact where subject_id = $1 order by id`,
    [id],
  );
  return rows.map(({ type, body }) => [type.split('.').at(-1), body.by_clock === true]);
}

it('a planned release goes out at its hour by itself, once among several servers', async () => {
  const id = await planned('HOUR');
  expect(await publishDue(opened.store)).toBe(0);
  expect(await seenBy(reader)).not.toContain(id);
  wait(1);
  const rounds = await Promise.all([1, 2, 3].map(() => publishDue(opened.store)));
  expect(rounds.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await seenBy(reader, 'published')).toEqual([id]);
  expect(await own(id)).toMatchObject({
    state: 'published',
    published_at: ahead(0),
    held_at: null,
  });
  expect(await factsOf(id)).toEqual([
    ['drafted', false],
    ['published', true],
  ]);
  expect(await publishDue(opened.store)).toBe(0);
});

it('an hour that is past is a slip of the pen, and lets nothing out', async () => {
  const id = await planned('PAST');
  for (const planned_at of [ahead(-24), ahead(0)]) {
    const refused = await act(bureau, (tx) => planRelease(tx, id, planned_at)).catch((e) => e);
    expect(refused instanceof Fault && refused.code).toBe('publishing.hour_past');
  }
  expect((await own(id)).planned_at).toBe(ahead(1));
  await act(bureau, (tx) => planRelease(tx, id, ahead(5)));
  wait(2);
  expect(await publishDue(opened.store)).toBe(0);
  wait(3);
  expect(await publishDue(opened.store)).toBe(1);
});

it('what does not come out of its source stays in, and its statistician is told', async () => {
  const id = await planned('FORGED');
  const path = '{vintage,contributions,0,value}';
  const put = (value: number) =>
    owner().query(
      `update release_source set source = jsonb_set(source, '${path}', $1::jsonb)
        where release_id = $2`,
      [String(value), id],
    );
  await put(777);
  wait(1);
  expect(await publishDue(opened.store)).toBe(0);
  expect(await own(id)).toMatchObject({
    ...{ state: 'scheduled', held_because: 'not_reproduced', held_at: ahead(0) },
  });
  expect(await seenBy(reader)).not.toContain(id);
  expect((await factsOf(id)).map(([verb]) => verb)).toEqual(['drafted', 'held']);
  // It waits for a person, though the source is right again.
  await put(5);
  wait(1);
  expect(await publishDue(opened.store)).toBe(0);
  await act(bureau, (tx) => planRelease(tx, id, ahead(1)));
  expect((await own(id)).held_because).toBeNull();
  wait(1);
  expect(await publishDue(opened.store)).toBe(1);
  expect(await seenBy(reader)).toContain(id);
});

it('nothing goes out for who is no statistician any more, or has left', async () => {
  const [demoted, left] = [await planned('DEMOTED'), await planned('LEFT')];
  const member = (set: string) =>
    owner().query(`update member set ${set} where party_id = $1`, [bureau]);
  await owner().query('update release set planned_at = $1 where id = $2', [ahead(2), left]);
  await member(`roles = '{supplier}'`);
  wait(1);
  expect(await publishDue(opened.store)).toBe(0);
  expect((await own(demoted)).held_because).toBe('not_a_statistician');
  await member(`roles = '{statistician}', status = 'left'`);
  wait(1);
  expect(await publishDue(opened.store)).toBe(0);
  expect((await own(left)).held_because).toBe('left');
  await member(`status = 'active'`);
  // A person may still publish by hand what the clock has held.
  await act(bureau, (tx) => publishRelease(tx, left));
  expect(await own(left)).toMatchObject({ state: 'published', held_because: null });
  expect(await factsOf(left)).toContainEqual(['published', false]);
});
