import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chain, Fault, onBehalfOf, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { collections, readAccepted } from '../collections/index.ts';
import { asStatistician, collectFrom, correctOne } from '../collections/testing.ts';
import { csvOf, sdmxOf } from './downloads.ts';
import { draftRelease, reviseRelease } from './drafts.ts';
import { loadReleaser, publishing } from './index.ts';
import { previewRelease } from './preview.ts';
import { checkRelease } from './release-check.ts';
import {
  getRelease,
  listReleases,
  planRelease,
  publishRelease,
  revisionsOf,
  verifyStored,
  withdrawRelease,
} from './releases.ts';
import { newRelease, newRevision, releaseQuery } from './schema.ts';

const names = Array.from({ length: 40 }, (_, at) => `f${at}`);
const classes = ['1432', '5121', '6513', '3311'];
const rules = { frequency: { n: 4, margin: 0.2 }, p_percent: 10 };

let test: TestStore;
let chain: Chain;
let firms: string[];
let bureau: string;
let office: string;
let collection_id: string;
let first: string;
let second: string;

const act = <T>(party: string, work: (tx: Tx) => Promise<T>) =>
  onBehalfOf(test.store, chain, party, work);
const asBureau = <T>(work: (tx: Tx) => Promise<T>) => act(bureau, (tx) => work(asStatistician(tx)));

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

const asked = (more: object = {}) =>
  newRelease.parse({
    series: 'CONV-2026Q1',
    title: '融合季报',
    material: { kind: 'collection', collection_id, item: 'sales' },
    tables: [{ name: 'section', dimensions: ['industry', 'size'] }],
    rules,
    ...more,
  });

const listed = async (party: string, query: object = {}) =>
  (await act(party, (tx) => listReleases(tx, releaseQuery.parse(query)))).items;

beforeAll(async () => {
  test = await openTestStore([collections, publishing]);
  const roles = Object.fromEntries(names.map((name) => [name, 'manufacturer' as const]));
  const opened = await openTestChain<string>(test.store, {
    ...roles,
    bureau: 'statistician',
    office: 'statistician',
  });
  chain = opened.chain;
  const idOf = (name: string) => opened.parties[name]?.id ?? '';
  [firms, bureau, office] = [names.map(idOf), idOf('bureau'), idOf('office')];
  collection_id = await collectFrom(act, bureau, firms, (at) => ({
    industry_class: classes[at % 4] ?? '',
    as_of: '2025-12-31',
    employees: 20 + at,
    revenue_10k: '500',
  }));
  await loadReleaser();
}, 120_000);
afterAll(() => test?.close());

describe('a bureau publishes what it collected', () => {
  it('only a statistician drafts, and only from what it collected itself', async () => {
    const by = (party: string, work: (tx: Tx) => Tx) =>
      codeOf(act(party, (tx) => draftRelease(work(tx), asked())));
    const plain = (tx: Tx) => ({ ...tx, actor: { ...tx.actor, roles: [] } });
    expect(await by(firms[0] ?? '', plain)).toBe('publishing.not_a_statistician');
    expect(await by(office, asStatistician)).toBe('publishing.collection_unknown');
    const text = asked({ material: { kind: 'collection', collection_id, item: 'wages' } });
    expect(await codeOf(asBureau((tx) => draftRelease(tx, text)))).toBe('publishing.item_unusable');
    const none = asked({ rules: {} });
    expect(await codeOf(asBureau((tx) => draftRelease(tx, none)))).toBe('publishing.rules_missing');
    expect(await listed(bureau)).toEqual([]);
  });

  it('tries it first, which leaves nothing behind', async () => {
    const tried = await asBureau((tx) => previewRelease(tx, asked()));
    expect(await codeOf(act(office, (tx) => previewRelease(asStatistician(tx), asked())))).toBe(
      'publishing.collection_unknown',
    );
    // Looser rules keep less, and it is seen before anything is drafted.
    const loose = asked({ rules: { frequency: { n: 2, margin: 0.1 } } });
    const looser = await asBureau((tx) => previewRelease(tx, loose));
    expect(looser.check.cells.primary ?? 0).toBeLessThan(tried.check.cells.primary ?? 0);
    expect(await listed(bureau)).toEqual([]);
    const made = await asBureau((tx) => draftRelease(tx, asked()));
    first = made.id;
    expect(tried.content).toEqual(made.content);
    expect(tried.check).toEqual(await asBureau((tx) => checkRelease(tx, first)));
  });

  it('drafts it, and nobody else learns that there is one', async () => {
    const made = await asBureau((tx) => getRelease(tx, first));
    const accepted = await asBureau((tx) => readAccepted(tx, { collection_id, limit: 200 }));
    const total = accepted.reduce((sum, { values }) => sum + Number(values.sales), 0);
    const cells = made.content.tables[0]?.cells ?? [];
    expect(cells.find(({ codes }) => codes.join() === 'T,T')).toMatchObject({
      value: total,
      state: 'published',
    });
    // Sections C, F and I: two classes of the four are of C.
    expect(new Set(cells.map(({ codes }) => codes[0]))).toEqual(new Set(['T', 'C', 'F', 'I']));
    expect(cells.some(({ state }) => state === 'primary')).toBe(true);
    const told = JSON.stringify(made.content);
    for (const { unit } of accepted) expect(told).not.toContain(unit);
    for (const eye of [firms[0] ?? '', office]) {
      expect(await listed(eye)).toEqual([]);
      expect(await codeOf(act(eye, (tx) => getRelease(tx, first)))).toBe(
        'publishing.release_unknown',
      );
      expect(await codeOf(act(eye, (tx) => csvOf(tx, first)))).toBe('publishing.release_unknown');
    }
    const another = asBureau((tx) => draftRelease(tx, asked()));
    expect(await codeOf(another)).toBe('publishing.draft_waits');
  });

  it('shows its statistician what is kept, and who might be known all the same', async () => {
    const check = await asBureau((tx) => checkRelease(tx, first));
    const { content } = await asBureau((tx) => getRelease(tx, first));
    const cells = content.tables[0]?.cells ?? [];
    const count = (state: string) => cells.filter((cell) => cell.state === state).length;
    expect(check.cells).toEqual({
      ...{ published: count('published'), primary: count('primary') },
      ...(count('secondary') > 0 ? { secondary: count('secondary') } : {}),
    });
    expect(check.attacked).toBe(check.kept_by_rule);
    expect(check.attacked).toBe(count('primary'));
    // What fewer than four fit is kept wherever a table shows it.
    expect(check.combinations.length).toBeGreaterThan(0);
    expect(check.combinations.every(({ fitting }) => fitting < check.fewest)).toBe(true);
    expect(check.combinations.some(({ cell }) => cell === 'primary')).toBe(true);
    expect(check.combinations.every(({ cell }) => cell !== 'published')).toBe(true);
    for (const eye of [firms[0] ?? '', office]) {
      expect(await codeOf(act(eye, (tx) => checkRelease(tx, first)))).toBe(
        'publishing.release_unknown',
      );
    }
  });

  it('waits for its planned time, and is then read by everybody', async () => {
    const planned_at = new Date(test.clock.now().getTime() + 3_600_000).toISOString();
    const planned = await asBureau((tx) => planRelease(tx, first, planned_at));
    expect(planned.state).toBe('scheduled');
    expect(await codeOf(asBureau((tx) => publishRelease(tx, first)))).toBe('publishing.embargoed');
    expect(await listed(bureau, { show: 'due' })).toEqual([]);
    expect(await listed(firms[1] ?? '')).toEqual([]);
    test.clock.set(new Date(planned_at));
    expect((await listed(bureau, { show: 'due' })).map(({ id }) => id)).toEqual([first]);
    // The clock publishes it in its next round; whoever is quicker does so by hand.
    expect(await listed(firms[1] ?? '')).toEqual([]);
    expect(await codeOf(act(office, (tx) => publishRelease(tx, first)))).toBe(
      'publishing.release_unknown',
    );
    const out = await asBureau((tx) => publishRelease(tx, first));
    const read = await act(firms[1] ?? '', (tx) => getRelease(tx, first));
    expect([read.state, read.hash, read.content]).toEqual(['published', out.hash, out.content]);
    expect((await listed(office)).map(({ id }) => id)).toEqual([first]);
    expect(await listed(bureau, { show: 'waiting' })).toEqual([]);
    const { bytes } = await act(office, (tx) => csvOf(tx, first));
    expect(new TextDecoder().decode(bytes).split('\r\n')).toHaveLength(out.cells + 1);
    const sdmx = await act(office, (tx) => sdmxOf(tx, first));
    expect(new TextDecoder().decode(sdmx.bytes)).toContain(planned_at);
    const again = asBureau((tx) => publishRelease(tx, first));
    expect(await codeOf(again)).toBe('publishing.release_state');
  });

  it('one item of a collection is in one series, where all is held against all', async () => {
    const other = asked({ series: 'CONV-REGION' });
    expect(await codeOf(asBureau((tx) => draftRelease(tx, other)))).toBe('publishing.series_taken');
    expect(await codeOf(asBureau((tx) => draftRelease(tx, asked())))).toBe(
      'publishing.series_taken',
    );
  });

  it('a correction makes a new vintage, with a reason, that gives no firm away', async () => {
    await correctOne(act, bureau, firms, '9000');
    const rows = newRevision.parse({ reason: '更正', rows: { csv: 'unit,value,a\nx,1,k' } });
    const wrong = asBureau((tx) => reviseRelease(tx, first, rows));
    expect(await codeOf(wrong)).toBe('publishing.material_other');
    const input = newRevision.parse({ reason: '一家企业更正' });
    const draft = await asBureau((tx) => reviseRelease(tx, first, input));
    second = draft.id;
    expect(draft).toMatchObject({ number: 2, state: 'draft', reason: '一家企业更正' });
    expect(draft.content.after).toEqual(['CONV-2026Q1-1']);
    expect((await listed(office)).map(({ id }) => id)).toEqual([first]);
    await asBureau((tx) => publishRelease(tx, second));
    const found = await act(office, (tx) => revisionsOf(tx, second));
    expect(found.releases.map(({ reason }) => reason)).toEqual([null, '一家企业更正']);
    // What one firm corrected is the difference of two totals: the second one is kept.
    const total = found.rows.find(({ codes }) => codes.join() === 'T,T');
    expect(total?.values[0]).toBeTypeOf('number');
    expect(total?.values[1]).toBeNull();
    expect((await act(office, (tx) => revisionsOf(tx, first))).releases).toHaveLength(1);
  });
});

describe('what is out can be made again', () => {
  it('from its source, which nobody else has', async () => {
    for (const id of [first, second]) {
      const { hash } = await act(office, (tx) => getRelease(tx, id));
      expect(await asBureau((tx) => verifyStored(tx, id))).toEqual({
        hash,
        is_equal: true,
        is_whole: true,
        is_same_source: true,
        is_same_engine: true,
        differing: [],
      });
      expect(await codeOf(act(office, (tx) => verifyStored(tx, id)))).toBe(
        'publishing.release_unknown',
      );
      const rows = await act(office, (tx) =>
        tx.db.selectFrom('release_source').selectAll().where('chain_id', '=', chain.id).execute(),
      );
      expect(rows).toEqual([]);
    }
  });

  it('and a source or a release that somebody tampered with is found', async () => {
    const { owner } = test.store.database;
    const path = '{vintage,contributions,0,value}';
    const put = (value: string) =>
      owner.query(
        `update release_source set source = jsonb_set(source, '${path}', $1::jsonb)
          where release_id = $2`,
        [value, first],
      );
    const kept = await owner.query(
      `select source #> '${path}' as value from release_source where release_id = $1`,
      [first],
    );
    await put('77777');
    const found = await asBureau((tx) => verifyStored(tx, first));
    expect(found).toMatchObject({ is_equal: false, is_whole: true, is_same_source: false });
    expect(found.differing.length).toBeGreaterThan(0);
    await put('"much"');
    expect(await codeOf(asBureau((tx) => verifyStored(tx, first)))).toBe(
      'publishing.data_unreadable',
    );
    await put(String(kept.rows[0]?.value));
    expect(await asBureau((tx) => verifyStored(tx, first))).toMatchObject({ is_equal: true });
    await owner.query(
      `update release set content = jsonb_set(content, '{tables,0,cells,0,value}', '5')
        where id = $1`,
      [second],
    );
    const changed = await asBureau((tx) => verifyStored(tx, second));
    expect(changed).toMatchObject({ is_equal: false, is_whole: false, is_same_source: true });
    expect(changed.differing).toHaveLength(1);
  });
});

describe('rows that were not collected here', () => {
  const csv = ['unit,value,town,trade']
    .concat(
      ['a', 'b'].flatMap((town) =>
        ['x', 'y'].flatMap((trade) =>
          [1, 2, 3, 4].map((n) => `${town}${trade}${n},${100 + n},${town},${trade}`),
        ),
      ),
    )
    .join('\n');
  const material = { kind: 'rows', unit: '人', csv };
  const rowsOf = (more: object = {}) =>
    asked({ series: 'STAFF', material, tables: undefined, ...more });

  it('are published with the hierarchies posted, by any of their tables', async () => {
    const tables = [{ name: 't', dimensions: ['town', 'colour'] }];
    const wrong = asBureau((tx) => draftRelease(tx, rowsOf({ tables })));
    expect(await codeOf(wrong)).toBe('publishing.data_unreadable');
    const { id, content } = await asBureau((tx) => draftRelease(tx, rowsOf()));
    expect(content.tables[0]?.cells).toHaveLength(9);
    const withdrawn = await asBureau((tx) => withdrawRelease(tx, id, '口径有误'));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', withdrawal_reason: '口径有误' });
    expect((await listed(office, { series: 'STAFF' })).length).toBe(0);
    const codes = 'variable,code,parent\ntown,all,\ntown,a,all\ntown,b,all';
    const next = await asBureau((tx) =>
      draftRelease(tx, rowsOf({ material: { ...material, codes } })),
    );
    expect(next.number).toBe(2);
    expect(next.content.tables[0]?.cells[0]?.codes).toEqual(['all', 'T']);
    const nothing = newRevision.parse({ reason: '更正', rows: { csv } });
    await asBureau((tx) => withdrawRelease(tx, next.id, '再核'));
    expect(await codeOf(asBureau((tx) => reviseRelease(tx, next.id, nothing)))).toBe(
      'publishing.nothing_published',
    );
  });

  it('and what is out is withdrawn with its reason, readable as before', async () => {
    const { id } = await asBureau((tx) => draftRelease(tx, rowsOf()));
    await asBureau((tx) => publishRelease(tx, id));
    await asBureau((tx) => withdrawRelease(tx, id, '数据有误'));
    const read = await act(office, (tx) => getRelease(tx, id));
    expect(read).toMatchObject({ state: 'withdrawn', withdrawal_reason: '数据有误' });
    const input = newRevision.parse({ reason: '更正', rows: { csv } });
    const next = await asBureau((tx) => reviseRelease(tx, id, input));
    expect(next.content.after).toEqual(['STAFF-3']);
  });

  it('too many for here are sent to the command line', async () => {
    const many = Array.from({ length: 3_001 }, (_, at) => `u${at},1,c${at}`);
    const csv = ['unit,value,kind', ...many].join('\n');
    const wide = rowsOf({ series: 'WIDE', material: { ...material, csv } });
    expect(await codeOf(asBureau((tx) => draftRelease(tx, wide)))).toBe(
      'publishing.too_large_here',
    );
  });
});
