import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Measure } from '../observatory/convergence/index.ts';
import { convergenceVerbs } from './convergence-verbs.ts';
import type { BareVerb, Values } from './verb.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'convergence-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, csv: string) => {
  const file = join(folder, name);
  writeFileSync(file, csv);
  return file;
};
const run = async (verb: string, values: Values) => {
  const { lines, json } = await (convergenceVerbs[verb] as BareVerb).runBare({} as never, values);
  expect(JSON.parse(lines.join('\n'))).toEqual(JSON.parse(JSON.stringify(json)));
  return json;
};

const table =
  'Code,Origin,mill,shop\nmill,TOT,20,10\nshop,TOT,30,20\n' +
  'TII,TOT,50,30\nTVA,TOT,50,70\nTI,TOT,100,100';
const levels = 'unit,services,farming,C\nZZ,0.3,0.8,0.445\nLY,0.5,0.5,0.5';

test('no number leaves without name, denominator, source and what it does not say', async () => {
  const parts = put('parts.csv', 'part,sales\na,50\nb,30\nc,20');
  const areas = put('areas.csv', 'area,food,cars\nZZ,30,10\nLY,10,30');
  const series = put('series.csv', 'period,ref,a\n1,1,2\n2,3,3');
  const growth = put(
    'growth.csv',
    'area,indicator,period,growth,two_year\nZZ,GDP,2021-H1,12.5,6.0',
  );
  const groups = { services: 'shop', manufacturing: 'mill' };
  const answers = [
    await run('convergence io', { table: put('table_2020.csv', table), ...groups }),
    await run('convergence coupling', { data: put('levels.csv', levels) }),
    await run('convergence concentration', { data: parts, source: 'Yearbook' }),
    await run('convergence grey', { data: series, reference: 'ref' }),
    await run('convergence structure', { data: areas }),
    await run('growth', { data: growth }),
  ];
  const measures = answers.flatMap(measuresIn);
  expect(measures.length).toBeGreaterThan(15);
  for (const { name, denominator, source, does_not_say } of measures) {
    expect([name.zh, name.en, denominator.zh, denominator.en].every(Boolean)).toBe(true);
    expect(source.data).toMatch(/\.csv$|^Yearbook$/);
    expect(does_not_say.length).toBeGreaterThan(0);
  }
  expect(answers[0]).toMatchObject({ table: { year: 2020, kind: 'extension' } });
  expect(answers[5]).toMatchObject({ implied_year_before: { value: [{ period: '2020-H1' }] } });
});

/** Whatever in an answer has a `measure`. */
function measuresIn(json: unknown): Measure<unknown>[] {
  if (typeof json !== 'object' || json === null) return [];
  const own = 'measure' in json ? [json as Measure<unknown>] : [];
  return [...own, ...Object.values(json).flatMap(measuresIn)];
}

test('a wrong form of coupling is refused by name, and found in what was published', async () => {
  const data = put('levels.csv', levels);
  await expect(run('convergence coupling', { data, form: 'root-lost' })).rejects.toMatchObject({
    code: 'convergence.form_refused',
    messages: { zh: expect.stringMatching(/丢失 1\/n 次方/), en: expect.stringMatching(/0\.7934/) },
  });
  expect(await run('convergence coupling', { data, published: 'C' })).toMatchObject({
    systems: ['services', 'farming'],
    published_forms: [{ form: 'coefficient-lost', is_valid: false }],
  });
  // A degree above 1 is no reason to refuse the file: it is what is looked for.
  const above = put('above.csv', 'unit,a,b,c,C\nZZ,0.3,0.6,0.9,1.3925');
  expect(await run('convergence coupling', { data: above, published: 'C' })).toMatchObject({
    published_forms: [{ form: 'pairwise', is_valid: false }],
  });
});

test.each<[string, string, Values, RegExp]>([
  ['an option is missing', 'growth', {}, /--data is missing/],
  ['a year is none', 'convergence io', { table: 'x.csv', year: 'last' }, /--year: .*last/],
  ['a weight is none', 'convergence coupling', { weights: '1,x' }, /2 weights/],
  ['a column is not there', 'convergence coupling', { published: 'D' }, /no column "D"/],
])('says so when %s', async (_, verb, values, message) => {
  const isCoupling = verb === 'convergence coupling';
  const data = put('levels.csv', 'unit,a,b\nZZ,0.3,0.8');
  const csv = put('x.csv', table);
  const given = {
    ...values,
    ...(isCoupling ? { data } : {}),
    ...(values.table ? { table: csv } : {}),
  };
  await expect(run(verb, given)).rejects.toThrow(message);
});
