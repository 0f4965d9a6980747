import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measureGrowth } from './growth.ts';
import { agrees, firstOfTwo, growthOn, places, twoYearMean } from './growth-rates.ts';
import { readGrowth } from './growth-reading.ts';

const measure = (text: string, against: string[] = []) =>
  measureGrowth(readGrowth(text), { source: 'test', against });

// The numbers of a survey of one city: first half of 2021, and January to August.
it('follows the growth of a city to what its year before must have been', () => {
  const made = measure('area,indicator,period,growth,two_year\nZZ,GDP,2021-H1,12.5,6.0');
  expect(made.implied_year_before.value).toMatchObject([{ period: '2020-H1' }]);
  expect(made.implied_year_before.value[0]?.value).toBeCloseTo(-0.12, 2);
  // Sectors: primary 6.4 and 1.0, secondary 12.5 and 6.2, tertiary 12.6 and 5.8 over two years.
  expect(firstOfTwo(1.0, 6.4)).toBeCloseTo(-4.13, 2);
  expect(firstOfTwo(6.2, 12.5)).toBeCloseTo(0.25, 2);
  expect(firstOfTwo(5.8, 12.6)).toBeCloseTo(-0.59, 2);
});

it('holds a city against nation and province in percentage points', () => {
  const made = measure(
    'area,indicator,period,growth,two_year\n' +
      'ZZ,IVA,2021-M1-8,15.8,8.6\n全国,IVA,2021-M1-8,13.1,6.6\n河南,IVA,2021-M1-8,8.6,',
    ['全国', '河南'],
  );
  const [nation, province] = made.gaps.value;
  expect(nation?.growth_pp).toBeCloseTo(2.7, 9);
  expect(province?.growth_pp).toBeCloseTo(7.2, 9);
  expect(nation?.two_year_pp).toBeCloseTo(2, 9);
  expect(province?.two_year_pp).toBeNull();
  expect(made.ranks.value).toMatchObject([{ area: 'ZZ', by_growth: { rank: 1, of: 1 } }]);
});

it('holds incomes against the nation’s in per cent', () => {
  const made = measure(
    'area,indicator,period,value\nZZ,urban,2020,42887\nZZ,rural,2020,24783\n' +
      '全国,urban,2020,43834\n全国,rural,2020,17131',
    ['全国'],
  );
  expect(made.gaps.value.map(({ value_percent }) => value_percent?.toFixed(1))).toEqual([
    '-2.2',
    '44.7',
  ]);
});

it('writes a structure as it is published, and refuses parts that are not the whole', () => {
  const text =
    'area,indicator,period,value,part_of\nZZ,GDP,2020,12003,\n' +
    'ZZ,primary,2020,156.9,GDP\nZZ,secondary,2020,4759.5,GDP\nZZ,tertiary,2020,7086.6,GDP';
  expect(measure(text).structure.value).toMatchObject([{ whole: 'GDP', ratio: '1.3:39.7:59.0' }]);
  expect(() => measure(text.replace('7086.6', '708.66'))).toThrow(/the whole is 12003/);
  expect(() => measure(text.replace('7086.6', ''))).toThrow(/the whole is 12003/);
});

it('never mixes a published rate with one at the prices of the values', () => {
  const made = measure(
    'area,indicator,period,value,growth\nA,x,2019,100,\nA,x,2020,110,\nA,x,2021,121,8\n' +
      'B,x,2021,130,\nB,x,2020,100,',
    ['B'],
  );
  expect(
    made.growth.value.map(({ value, is_published }) => [Math.round(value), is_published]),
  ).toEqual([
    [10, false],
    [8, true],
    [30, false],
  ]);
  expect(made.two_year_mean.value).toEqual([]);
  expect(made.gaps.value.at(-1)).toMatchObject({ growth_pp: null });
});

it('finds a two-year mean that is arithmetic, or of other years', () => {
  const text = 'area,indicator,period,growth,two_year\nA,x,2020,-20,\nA,x,2021,30,';
  expect(measure(`${text}5.0`).disagreements).toMatchObject([{ published: 5 }]);
  expect(measure(`${text}2.0`).disagreements).toEqual([]);
});

it('gives equals one rank and leaves the next out', () => {
  expect(places([5, 7, 5, 3]).map(({ rank, ties }) => [rank, ties])).toEqual([
    [2, 1],
    [1, 0],
    [2, 1],
    [4, 0],
  ]);
});

it.each<[string, string, string]>([
  ['a period is unclear', 'area,indicator,period,value\nA,x,May,1', '2/period'],
  ['a number is none', 'area,indicator,period,value\nA,x,2020,much', '2/value'],
  ['a rate is below −100 %', 'area,indicator,period,growth\nA,x,2020,-120', '2/growth'],
  ['a row stands twice', 'area,indicator,period\nA,x,2020\nA,x,2020', '3'],
  ['a column is unknown', 'area,indicator,period,yoy\nA,x,2020,1', '1'],
])('says where when %s', (_, text, place) => {
  const path = `growth.csv:${place}`;
  expect(() => readGrowth(text)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ path })] }),
  );
});

const rate = fc.double({ min: -60, max: 200, noNaN: true });

it('compounds: two years of the mean are the two years, and the mean undone is the first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), rate, rate, (start, first, second) => {
      const [middle, end] = [
        start * (1 + first / 100),
        start * (1 + first / 100) * (1 + second / 100),
      ];
      const mean = twoYearMean(growthOn(start, middle) ?? 0, growthOn(middle, end) ?? 0);
      expect((start * (1 + mean / 100) ** 2) / end).toBeCloseTo(1, 9);
      expect(mean).toBeLessThanOrEqual((first + second) / 2 + 1e-9);
      expect(firstOfTwo(mean, second)).toBeCloseTo(first, 6);
      expect(agrees(mean, first, second)).toBe(true);
    }),
  );
  expect(growthOn(0, 5)).toBeNull();
});
