import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disclosureVerbs } from './disclosure-verbs.ts';
import type { BareVerb, Values } from './verb.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'disclosure-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const run = (verb: string, values: Values) =>
  (disclosureVerbs[verb] as BareVerb).runBare({} as never, values);

const regions = ['a', 'b', 'c'];
const kinds = ['x', 'y', 'z'];
/** Four firms in each cell but for one, where there is one. */
const rows = regions.flatMap((region) =>
  kinds.flatMap((kind) =>
    Array.from({ length: region === 'a' && kind === 'x' ? 1 : 4 }, (_, at) => [
      `${region}${kind}${at}`,
      region,
      kind,
      String(10 + at),
    ]),
  ),
);
const csvOf = (lines: readonly string[][]) =>
  [['unit', 'region', 'kind', 'value'], ...lines].map((line) => line.join(',')).join('\n');

test('a table comes out with its kept cells empty, and says by which rule', async () => {
  const data = put('data.csv', csvOf(rows));
  const { json } = await run('disclosure table', { data, frequency: '3' });
  const { cells, audit } = json as {
    cells: { codes: string[]; value: number | null; state: string; rules: string[] }[];
    audit: unknown;
  };
  const of = (...codes: string[]) => cells.find((one) => one.codes.join() === codes.join());
  expect(of('a', 'x')).toEqual({
    codes: ['a', 'x'],
    value: null,
    state: 'primary',
    rules: ['frequency'],
  });
  expect(of('T', 'T')).toMatchObject({ state: 'published', value: 378 });
  expect(cells.filter(({ state }) => state === 'secondary').length).toBe(3);
  expect(audit).toMatchObject({ attacked: 1, kept_by_rule: 1 });
});

test('a firm that left is found between two files', async () => {
  const [before, data] = [
    put('before.csv', csvOf(rows)),
    put('after.csv', csvOf(rows.slice(0, -1))),
  ];
  const { json } = await run('disclosure table', { data, before, frequency: '3' });
  const { cells } = json as { cells: { codes: string[]; state: string }[] };
  const last = cells.find(({ codes }) => codes.join() === 'c,z');
  expect(last?.state).toBe('secondary');
});

test.each<[string, Values, RegExp]>([
  ['no rule', {}, /No rule/],
  ['a rule that is none', { p: 'ten' }, /--p: .*1 number/],
  ['a code below nothing', { p: '10', codes: 'variable,code,parent\nregion,a,T' }, /2 place/],
])('refuses %s', async (_, values, message) => {
  const codes = typeof values.codes === 'string' ? { codes: put('codes.csv', values.codes) } : {};
  const data = put('data.csv', csvOf(rows));
  await expect(run('disclosure table', { data, ...values, ...codes })).rejects.toThrow(message);
});

test('letters for names, and what still says who is meant', async () => {
  const names = put('names.txt', 'Zheng Zhou\nXin Zheng\nLuo Yang\n');
  const { json: letters } = await run('disclosure letters', { names, secret: 's' });
  expect(Object.values(letters as object).toSorted()).toEqual(['A', 'B', 'C']);
  const data = put('rows.csv', 'label,province,statement\nA,HA,全省唯一入选\nB,HA,\nC,HA,');
  const { json, exit_code } = await run('disclosure reidentify', { data, k: '2' });
  expect([json, exit_code]).toMatchObject([[{ label: 'A', kind: 'only_one' }], 1]);
});
