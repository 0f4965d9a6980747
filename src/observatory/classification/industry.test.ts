import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editionOn, editions, missingParts } from './editions.ts';
import { classesUnder, counts, industries, industriesOn, lineage, recode } from './industry.ts';
import { readIndustryList } from './industry-list.ts';

const csv = (rows: readonly (readonly [string, string])[]) =>
  ['code,name', ...rows.map(([code, name]) => `${code},"${name}"`)].join('\n');
const listed = (id: string): [string, string][] =>
  [...industries(id).byCode.values()].map(({ code, name }) => [code, name]);

test('both editions of 2017 are whole, and differ by the one class of the amendment', () => {
  for (const id of ['gbt4754-2017', 'gbt4754-2017-xg1'] as const) {
    const all = [...industries(id).byCode.values()];
    const has = [1, 2, 3, 4].map((level) => all.filter((one) => one.level === level).length);
    expect(has).toEqual(counts[id]);
    expect(all.filter(({ name }) => /^\s|\s$|[（）]|\s{2}|专用设$|设备制$/.test(name))).toEqual([]);
    expect(
      all.filter((one) => one.level < 4 && classesUnder(industries(id), one.code).length === 0),
    ).toEqual([]);
  }
  const old = industries('gbt4754-2017');
  const added = industriesOn().classes.filter(({ code }) => !old.byCode.has(code));
  expect(added).toMatchObject([{ code: '9233', name: '人民检察院', section: 'S' }]);
  // One code, two institutions: why an edition goes with every number.
  expect(old.byCode.get('9231')?.name).toBe('人民法院');
  expect(industriesOn().byCode.get('9231')?.name).toBe('监察委员会');
  expect(industriesOn().edition.provenance.status).toBe('unverified');
  const [before, after] = ['gbt4754-2017', 'gbt4754-2017-xg1'];
  expect(['9231', '9232', '2911', '923'].map((code) => recode(code, before, after))).toEqual([
    '9232',
    '9233',
    '2911',
    '923',
  ]);
  expect(recode('9231', after, before)).toBeNull();
  // There and back: nothing that was in both is lost.
  const lost = old.classes.filter(
    ({ code }) => recode(recode(code, before, after) ?? '', after, before) !== code,
  );
  expect(lost).toEqual([]);
});

test('a code is read in the edition of its day', () => {
  expect(editionOn('industry', '2016-06-30').id).toBe('gbt4754-2011');
  expect(editionOn('industry', '2019-03-28').id).toBe('gbt4754-2017');
  expect(industriesOn('2021-07-14').edition.id).toBe('gbt4754-2017-xg1');
  expect(() => editionOn('industry', '1999-01-01')).toThrow(/gbt4754-2011/);
  expect(() => industriesOn('2016-06-30')).toThrow(/gbt4754-2011/);
  expect(lineage(industriesOn(), '2911').map(({ code }) => code)).toEqual([
    '2911',
    '291',
    '29',
    'C',
  ]);
});

test('what could not be had is listed and not made up', () => {
  const missing = missingParts().map(({ id }) => id);
  expect(missing).toEqual(
    expect.arrayContaining([
      'producer-services-2019',
      'agriculture-related-2020',
      'three-new-2018',
    ]),
  );
  for (const { missing: words, coverage } of editions) {
    if (coverage !== 'whole') expect(words?.zh && words.en).toBeTruthy();
  }
});

test('a list of 2011 is recognised and refused with the reason', () => {
  const old = listed('gbt4754-2017').map(([code, name]): [string, string] =>
    code === '3963' ? ['3963', '集成电路制造'] : [code, name],
  );
  expect(() => readIndustryList(csv(old), 'mine.csv')).toThrow(/3963 集成电路制造/);
  // The older edition by its number of classes, where somebody left out the tell-tale ones.
  const without = listed('gbt4754-2017').filter(
    ([code]) => !['3963', '3973', '6450', '6513', '6531'].includes(code),
  );
  const leaves = without.filter(([code]) => code.length === 4).slice(counts['gbt4754-2011'][3]);
  const cut = without.filter((row) => !leaves.includes(row));
  expect(() => readIndustryList(csv(cut))).toThrow(/2011.*1094/);
});

test('a good list is taken, with or without section letters; a bad one is told row by row', () => {
  const rows = listed('gbt4754-2017-xg1');
  const lettered = rows.map(([code, name]): [string, string] => [
    code.length === 4 ? `${industriesOn().byCode.get(code)?.section}${code}` : code,
    name,
  ]);
  expect(readIndustryList(csv(lettered)).edition.id).toBe('gbt4754-2017-xg1');
  expect(readIndustryList(csv(listed('gbt4754-2017'))).edition.id).toBe('gbt4754-2017');
  const bad = rows.map(([code, name]): [string, string] =>
    code === '0111' ? ['111', name] : code === '0112' ? ['0113', name] : [code, name],
  );
  expect(() => readIndustryList(csv(bad), 'bad.csv')).toThrow(
    expect.objectContaining({
      code: 'classification.list_unreadable',
      errors: [
        expect.objectContaining({ path: 'bad.csv:7', en: '0113 stands twice.' }),
        expect.objectContaining({ path: 'bad.csv:161' }),
      ],
    }),
  );
  expect(() => readIndustryList(csv(rows.slice(0, 40)))).toThrow(
    expect.objectContaining({
      errors: [expect.objectContaining({ en: expect.stringMatching(/1382/) })],
    }),
  );
});

const converted = new URL('../../../../shared/data/observatory/gbt4754_2017.csv', import.meta.url);
test.skipIf(!existsSync(converted))('the converted list stands in the module as it was', () => {
  const [, ...lines] = readFileSync(converted, 'utf8').trim().split('\n');
  const names = lines.map((line) => line.split(',')[0]);
  expect(names).toEqual([...industries('gbt4754-2017').byCode.keys()]);
});
