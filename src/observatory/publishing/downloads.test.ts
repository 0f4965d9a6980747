import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Chain, Fault, onBehalfOf, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { collections } from '../collections/index.ts';
import { asStatistician } from '../collections/testing.ts';
import { csvOf, parquetOf, sdmxOf, xlsxOf } from './downloads.ts';
import { draftRelease } from './drafts.ts';
import { loadReleaser, publishing } from './index.ts';
import { getRelease, publishRelease } from './releases.ts';
import { newRelease, type Release } from './schema.ts';

let opened: TestStore;
let chain: Chain;
let [bureau, firm] = ['', ''];
let release: Release;
const act = <T>(party: string, work: (tx: Tx) => Promise<T>) =>
  onBehalfOf(opened.store, chain, party, work);

// A town whose name is a formula; one trade with a single firm; values that are no whole numbers.
const csv = Papa.unparse([
  ['unit', 'value', 'town', 'trade'],
  ...['=HYPERLINK("x")', 'b'].flatMap((town) =>
    ['x', 'y', 'z'].flatMap((trade) =>
      Array.from({ length: town === 'b' && trade === 'z' ? 1 : 5 }, (_, n) => [
        `${town}${trade}${n}`,
        100.25 + n,
        town,
        trade,
      ]),
    ),
  ),
]);

beforeAll(async () => {
  opened = await openTestStore([collections, publishing]);
  const made = await openTestChain(opened.store, { bureau: 'statistician', firm: 'manufacturer' });
  ({ chain } = made);
  [bureau, firm] = [made.parties.bureau.id, made.parties.firm.id];
  await loadReleaser();
  const asked = newRelease.parse({
    series: 'TOWNS',
    title: '=各镇',
    material: { kind: 'rows', unit: '吨', csv },
    tables: [
      { name: 'town/trade', dimensions: ['town', 'trade'] },
      { name: 'town', dimensions: ['town'] },
    ],
    rules: { frequency: { n: 3, margin: 0.1 }, p_percent: 10 },
  });
  release = await act(bureau, (tx) => draftRelease(asStatistician(tx), asked));
}, 60_000);
afterAll(() => opened?.close());

/** Each cell as `table/codes`, with its value and its state. */
const cellsOf = ({ content }: Release) =>
  content.tables.flatMap(({ name, cells }) =>
    cells.map(({ codes, value, state }) => [[name, ...codes].join('|'), value, state] as const),
  );

it('nobody downloads a draft in any form, not even to learn that it is there', async () => {
  for (const form of [csvOf, sdmxOf, xlsxOf, parquetOf]) {
    const refused = await act(firm, (tx) => form(tx, release.id)).catch((error) => error);
    expect(refused).toBeInstanceOf(Fault);
    expect(refused.code).toBe('publishing.release_unknown');
  }
  await act(bureau, (tx) => publishRelease(tx, release.id));
});

it('a workbook holds the protected figures, cell by cell, and says what it is', async () => {
  const { bytes, file_name } = await act(firm, (tx) => xlsxOf(tx, release.id));
  expect(file_name).toBe('TOWNS-1.xlsx');
  const sheets = await readXlsx(Buffer.from(bytes));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['说明 About', '1 town trade', '2 town']);
  const [about, ...tables] = sheets;
  const said = new Map(about?.data.map(([words, value]) => [words, value]));
  expect(said.get('发布的哈希 Hash of the release')).toBe(release.hash);
  expect(said.get('单位 Unit')).toBe('吨');
  expect(said.get('标题 Title')).toBe('=各镇');
  const read = tables.flatMap(({ data }, at) =>
    data.slice(1).map((row) => {
      const { name = '', dimensions = [] } = release.content.tables[at] ?? {};
      const width = dimensions.length;
      return [[name, ...row.slice(0, width)].join('|'), row[width], row[width + 1]];
    }),
  );
  expect(read).toEqual(cellsOf(release));
  expect(read.some(([, value, state]) => value === null && state === 'primary')).toBe(true);
});

it('so does Parquet, which keeps numbers as they are', async () => {
  const { bytes } = await act(firm, (tx) => parquetOf(tx, release.id));
  const file = new Uint8Array(bytes).buffer;
  const rows = await parquetReadObjects({ file });
  const read = rows.map((row) => {
    const codes = [row.code_1, row.code_2].filter((code) => code !== '');
    return [[row.table, ...codes].join('|'), row.value, row.state];
  });
  expect(read).toEqual(cellsOf(release));
  const kept = new Map(
    parquetMetadata(file).key_value_metadata?.map(({ key, value }) => [key, value]),
  );
  expect(kept.get('jingwei.hash')).toBe(release.hash);
  expect(kept.get('jingwei.title')).toBe('=各镇');
});

it('CSV and SDMX-JSON say the same', async () => {
  const { content } = await act(firm, (tx) => getRelease(tx, release.id));
  expect(content).toEqual(release.content);
  const text = new TextDecoder().decode((await act(firm, (tx) => csvOf(tx, release.id))).bytes);
  const { data } = Papa.parse<Record<string, string>>(text, { header: true });
  expect(data.map(({ value, state }) => [value, state])).toEqual(
    cellsOf(release).map(([, value, state]) => [value === null ? '' : String(value), state]),
  );
  const sdmx = JSON.parse(
    new TextDecoder().decode((await act(firm, (tx) => sdmxOf(tx, release.id))).bytes),
  );
  const values = sdmx.data.dataSets.flatMap(
    ({ observations }: { observations: Record<string, unknown[]> }) =>
      Object.values(observations).map(([value]) => value),
  );
  expect(values).toEqual(cellsOf(release).map(([, value]) => value));
});
