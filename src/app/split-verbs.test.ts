import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classificationVerbs } from './classification-verbs.ts';
import { splitVerbs } from './split-verbs.ts';
import type { BareVerb, Values } from './verb.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'split-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const run = async (verb: string, values: Values) => {
  const known = { ...classificationVerbs, ...splitVerbs }[verb] as BareVerb;
  const { lines, json } = await known.runBare({} as never, values);
  expect(JSON.parse(lines.join('\n'))).toEqual(JSON.parse(JSON.stringify(json)));
  return json;
};
const recipe = (name: string) => join(import.meta.dirname, '../../docs/recipes', name);

test('the example in the recipes: the jujube firm without a server', async () => {
  const jujube = {
    file: recipe('jujube-lines.csv'),
    contracts: recipe('jujube-contracts.csv'),
  };
  expect(await run('split', jujube)).toMatchObject([
    { split: { firm: 'HXN', revenue_minor: 7_480_000_000 }, test: { answer: 'cannot_tell' } },
  ]);
  const decisions = recipe('jujube-decisions.csv');
  const told = await run('split', { ...jujube, decisions, lines: true });
  expect(told).toMatchObject([{ test: { answer: 'yes', is_near: true, questions: [{}] } }]);
  const [{ lines }] = told as [{ lines: { basis: string }[] }];
  expect(lines.map(({ basis }) => basis)).toEqual(
    'A2 A3 A2 A3 A4 A4 A4 A2 A2 A1 B1 A3 A4'.split(' '),
  );
  expect(await run('split', { ...jujube, decisions, threshold: '0.31' })).toMatchObject([
    { test: { answer: 'cannot_tell' } },
  ]);
  // Half a year: the tree that is adopted in November is not in it.
  const half = await run('split', { ...jujube, from: '2021-01', to: '2021-06' });
  expect(half).toMatchObject([{ split: { revenue_minor: 6_530_000_000 } }]);
  expect(await run('split classes', jujube)).toContainEqual({
    firm: 'HXN',
    month: '2021-04',
    classes: '5223',
    low_minor: 900_000_000,
    high_minor: 900_000_000,
  });
});

test('a derived class needs its table, and says when that is not whole', async () => {
  const file = recipe('jujube-lines.csv');
  expect(await run('split derived', { file })).toMatchObject([
    { edition: 'digital-economy-2021', is_partial: true, share: { low: 0 }, unverified_rows: 24 },
  ]);
  const table = put(
    'agriculture.csv',
    'from,to,part,status\n01,01,,published\n1373,02,*,published',
  );
  const edition = 'agriculture-related-2020';
  // What was taken back may have been of the part that counts, though what was sold was not.
  const takenBack = -100_000_000;
  expect(await run('split derived', { file, edition, table })).toMatchObject([
    { is_partial: false, unverified_rows: 0, amount_minor: { low: takenBack } },
  ]);
  await expect(run('split derived', { file, edition })).rejects.toThrow(/import the annex/);
});

test('what a statistician asks of the registry', async () => {
  expect(await run('classify', { phrase: '冷链运输' })).toMatchObject({
    class: {
      code: '5432',
      sector: '3',
      above: ['543 道路货物运输', '54 道路运输业', 'G 交通运输、仓储和邮政业'],
    },
  });
  expect(await run('classify', { phrase: '剧本杀' })).toMatchObject({
    undecided: { why: 'nothing_fits' },
  });
  const precedents = put(
    'p.csv',
    'phrase,code,decided_on,decided_by,reason\n剧本杀,9019,2025-05-01,ZZ 统计局,室内娱乐',
  );
  expect(await run('classify', { phrase: '剧本杀', precedents })).toMatchObject({ code: '9019' });
  const phrases = put('queue.txt', '剧本杀\n轮胎翻新\n\n轮胎翻新\n');
  expect(await run('classify queue', { phrases, precedents })).toMatchObject([
    { phrase: '轮胎翻新', count: 2 },
  ]);
  expect(await run('classify code', { code: '43' })).toMatchObject({ sector: null });
  const size = { industry: '2911', employees: '400', revenue: '39999', on: '2026-01-01' };
  expect(await run('classify size', size)).toMatchObject({ size: 'medium' });
  const { missing } = (await run('classify editions', {})) as { missing: unknown[] };
  expect(missing.length).toBeGreaterThan(5);
});

test.each<[string, string, Values, RegExp]>([
  ['a firm is not in the file', 'split', { firm: 'SN' }, /no firm "SN"; there are: HXN/],
  ['a rule is none', 'split', { rule: 'mine' }, /no rule "mine"; there are: third-sector/],
  ['a month is none', 'split', { from: '2021' }, /2026-03: 2021/],
  ['a size lacks a figure', 'classify size', { industry: '2911' }, /persons employed is missing/],
  ['an edition is none', 'classify editions', { scheme: 'x', on: '2020-01-01' }, /no edition "x/],
])('says so when %s', async (_, verb, values, message) => {
  const file = recipe('jujube-lines.csv');
  await expect(run(verb, { file, ...values })).rejects.toThrow(message);
});
