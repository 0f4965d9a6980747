import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indicatorVerbs } from './indicator-verbs.ts';
import type { BareVerb } from './verb.ts';

const run = (values: Record<string, string>, verb = 'indicator') =>
  (indicatorVerbs[verb] as BareVerb).runBare({} as never, values);

let folder = '';
let files: Record<string, string> = {};
const put = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'indicator-'));
  files = {
    data: put('units.csv', 'uCode,uName,share,days\nZZ,郑州,3,30\nLY,洛阳,2,60\nKF,开封,1,'),
    framework: put(
      'framework.csv',
      'Level,iCode,iName,Direction,Weight,Parent,Type\n' +
        '1,share,Service share,1,1,Index,Indicator\n' +
        '1,days,Days to pay,-1,1,Index,Indicator\n' +
        '2,Index,Convergence,1,1,,Aggregate',
    ),
    recipe: put(
      'recipe.json',
      JSON.stringify({
        name: { zh: '融合', en: 'Convergence' },
        not_measured: [{ zh: '诚信', en: 'Good faith' }],
        steps: [
          { do: 'normalise', method: 'min_max' },
          { do: 'weigh', method: 'given' },
          { do: 'aggregate', method: 'arithmetic' },
        ],
      }),
    ),
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('prints an index as JSON, with intervals and what it does not measure', async () => {
  const { lines, json } = await run(files);
  expect(JSON.parse(lines.join('\n'))).toEqual(JSON.parse(JSON.stringify(json)));
  expect(json).toMatchObject({
    scores: [
      { unit: 'ZZ', name: '郑州', index: 100, rank: { low: 1, high: 1 }, tie_group: 1 },
      { unit: 'LY', index: 25, rank: { low: 2, high: 2 }, tie_group: 2 },
    ],
    without_index: [{ unit: 'KF', name: '开封' }],
    not_measured: [{ zh: '诚信', en: 'Good faith' }],
  });
});

test('explains one number', async () => {
  const { json } = await run({ ...files, unit: 'LY' }, 'indicator explain');
  expect(json).toMatchObject({
    value: 25,
    parts: [{ share: 0.5 }, { share: 0.5, explanation: { cell: { row: 3, value: 60 } } }],
    not_measured: [{ en: 'Good faith' }],
  });
});

test('checks what hangs together, and compares two recipes', async () => {
  const checked = await run(files, 'indicator check');
  expect(checked.json).toMatchObject({
    consistency: [{ element: 'Index', parts: [{ element: 'share' }, { element: 'days' }] }],
    removals: [{ element: 'share' }, { element: 'days' }],
    not_measured: [{ en: 'Good faith' }],
  });
  const compared = await run({ ...files, with: files.recipe as string }, 'indicator compare');
  expect(compared.json).toMatchObject({ periods: [{ mean_change: 0 }] });
});

test('a file in GBK is refused instead of read as other characters', async () => {
  const file = join(folder, 'gbk.csv');
  // 郑州 in GBK.
  const name = Buffer.from([0xd6, 0xa3, 0xd6, 0xdd]);
  const head = Buffer.from('uCode,uName,share,days\nZZ,');
  writeFileSync(file, Buffer.concat([head, name, Buffer.from(',3,30\nLY,L,1,60\n')]));
  await expect(run({ ...files, data: file })).rejects.toThrow(/gbk\.csv.*CSV UTF-8/);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['an option is missing', { data: '' }, /--data is missing/],
  ['a file is not there', { data: '/nowhere/units.csv' }, /--data: .*ENOENT/],
  ['a unit is not there', { unit: 'XX' }, /no unit "XX"/],
  ['an element is not there', { unit: 'ZZ', element: 'x' }, /no element "x"/],
])('says so when %s', async (_, values, message) => {
  const asked = run({ ...files, unit: 'ZZ', ...values }, 'indicator explain');
  await expect(asked).rejects.toThrow(message);
});
