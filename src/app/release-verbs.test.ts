import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Publication, ReleaseSource } from '../observatory/publishing/index.ts';
import { releaseVerbs } from './release-verbs.ts';
import type { BareVerb, Values } from './verb.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const run = async (verb: string, values: Values) =>
  (releaseVerbs[verb] as BareVerb).runBare({} as never, values);

const regions = ['a', 'b', 'c'];
const kinds = ['x', 'y', 'z'];
/** Four firms in each cell but for a/x, where there is one. */
const firms = regions.flatMap((region) =>
  kinds.flatMap((kind) =>
    Array.from({ length: region === 'a' && kind === 'x' ? 1 : 4 }, (_, at) => ({
      unit: `${region}${kind}${at}`,
      region,
      kind,
      value: 10 + at,
    })),
  ),
);
const csv = (rows: readonly object[]) => Papa.unparse([...rows]);
const about = { definition: 'output', title: '产值', frequency: '3' };
const cellOf = ({ tables }: Publication, ...codes: string[]) =>
  tables[0]?.cells.find((cell) => cell.codes.join() === codes.join());

test('a quarter is released, made again, revised, and followed through its vintages', async () => {
  const march = put('march.csv', csv(firms));
  const first = { data: march, version: '1', vintage: '2026-04', ...about };
  const { json: source } = await run('release source', first);
  const sourceFile = put('march.source.json', JSON.stringify(source));
  const { json } = await run('release make', { source: sourceFile });
  const out = json as Publication;
  expect(cellOf(out, 'T', 'T')).toMatchObject({ value: 378, state: 'published' });
  expect(cellOf(out, 'a', 'x')).toEqual({
    codes: ['a', 'x'],
    value: null,
    state: 'primary',
    rules: ['frequency'],
  });
  // Nobody's name and none of the rules' numbers is in what comes out.
  expect(JSON.stringify(out)).not.toMatch(/ax0|margin|"n":/);

  const outFile = put('march.json', JSON.stringify(out));
  const same = await run('release verify', { release: outFile, source: sourceFile });
  expect([same.json, same.exit_code]).toMatchObject([{ is_equal: true, differing: [] }, 0]);

  // Firms of c reported again, each with another figure: the next vintage revises.
  const later = firms.map((one) => (one.region === 'c' ? { ...one, value: one.value + 5 } : one));
  const second = { data: put('later.csv', csv(later)), version: '1', vintage: '2026-07', ...about };
  const after = { after: sourceFile, published: outFile };
  const { json: next } = await run('release source', { ...second, ...after });
  expect((next as ReleaseSource).earlier).toHaveLength(1);
  const nextFile = put('later.source.json', JSON.stringify(next));
  const made = (await run('release make', { source: nextFile })).json as Publication;
  expect(made.after).toEqual(['2026-04']);
  const madeFile = put('later.json', JSON.stringify(made));
  const history = await run('release revisions', {
    release: [outFile, madeFile],
    reason: ['c 区企业更正了填报'],
  });
  const { rows, mean_absolute_revision } = history.json as {
    rows: { codes: string[]; values: (number | null)[]; revision: number | null }[];
    mean_absolute_revision: number;
  };
  const grand = rows.find(({ codes }) => codes.join() === 'T,T');
  expect(grand).toMatchObject({ values: [378, 438], revision: 60 });
  const shown = rows.filter(({ revision }) => revision !== null);
  const sum = shown.reduce((all, { revision }) => all + Math.abs(revision ?? 0), 0);
  expect(mean_absolute_revision).toBeCloseTo(sum / shown.length, 12);
  expect(rows.find(({ codes }) => codes.join() === 'a,x')?.values).toEqual([null, null]);
});

test('what was changed after it came out does not verify, and neither do other data', async () => {
  const data = put('data.csv', csv(firms));
  const { json: source } = await run('release source', {
    data,
    version: '1',
    vintage: '2026-04',
    ...about,
  });
  const sourceFile = put('source.json', JSON.stringify(source));
  const out = (await run('release make', { source: sourceFile })).json as Publication;
  const forged = structuredClone(out);
  const cell = forged.tables[0]?.cells.find(({ codes }) => codes.join() === 'T,T');
  if (cell) cell.value = 379;
  const verify = (release: object, by: object) =>
    run('release verify', {
      release: put('release.json', JSON.stringify(release)),
      source: put('by.json', JSON.stringify(by)),
    });
  expect(await verify(forged, source as object)).toMatchObject({
    exit_code: 1,
    json: {
      is_equal: false,
      is_whole: false,
      is_same_source: true,
      differing: ['["table","T","T"]'],
    },
  });
  const other = structuredClone(source) as ReleaseSource;
  const [one] = other.vintage.contributions;
  const contributions = other.vintage.contributions.map((own) =>
    own === one ? { ...own, value: own.value + 1 } : own,
  );
  expect(
    await verify(out, { ...other, vintage: { ...other.vintage, contributions } }),
  ).toMatchObject({
    exit_code: 1,
    json: { is_equal: false, is_whole: true, is_same_source: false, is_same_engine: true },
  });
  expect(await verify({ ...out, engine_hash: '0' }, source as object)).toMatchObject({
    json: { is_equal: false, is_same_engine: false },
  });
});

test('the CSV of a release holds what the release holds', async () => {
  const data = put('data.csv', csv(firms));
  const { json: source } = await run('release source', {
    data,
    version: '1',
    vintage: '2026-04',
    ...about,
  });
  const file = put('source.json', JSON.stringify(source));
  const out = (await run('release make', { source: file })).json as Publication;
  const { json } = await run('release csv', { release: put('out.json', JSON.stringify(out)) });
  const { data: rows } = Papa.parse<Record<string, string>>(json as string, { header: true });
  const read = rows.map((row) => ({
    codes: [row.code_1, row.code_2],
    value: row.value === '' ? null : Number(row.value),
    state: row.state,
    rules: (row.rules ?? '').split(' ').filter(Boolean),
  }));
  // How many firms a cell is of is no column of the CSV.
  expect(read).toEqual(out.tables[0]?.cells.map(({ contributors: _, ...cell }) => cell));
  expect(new Set(rows.map((row) => row.release_hash))).toEqual(new Set([out.hash]));
});

test('a revision without its reason is refused, and so is a file that is none', async () => {
  const file = put('no.json', '{"kind":"jingwei-release"}');
  await expect(run('release revisions', { release: [file] })).rejects.toMatchObject({
    code: 'publishing.data_unreadable',
  });
  const data = put('data.csv', csv(firms));
  const given = { data, version: '1', vintage: '2026-04', ...about };
  const source = put('source.json', JSON.stringify((await run('release source', given)).json));
  const out = put('out.json', JSON.stringify((await run('release make', { source })).json));
  await expect(run('release revisions', { release: [out, out] })).rejects.toMatchObject({
    errors: [{ path: '2', en: expect.stringMatching(/reason/) }],
  });
});
