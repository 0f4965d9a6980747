import { expect, test } from 'vitest';
import { bodyOf, EMPTY, type Entry, variablesOf } from './entry.ts';

const asked: Entry = {
  ...EMPTY,
  ...{ collection: 'c1', item: 'sales', title: '营业收入', series: 'sales-2026Q1' },
};

test('asks for the tables and the rules that were chosen, and for nothing half written', () => {
  expect(bodyOf(asked)).toEqual({
    series: 'sales-2026Q1',
    title: '营业收入',
    material: { kind: 'collection', collection_id: 'c1', item: 'sales' },
    tables: [{ name: 'industry-size', dimensions: ['industry', 'size'] }],
    rules: { frequency: { n: 3, margin: 0.1 }, p_percent: 10 },
  });
  expect(bodyOf({ ...asked, fewest: '', percent: '' })).toBeUndefined();
  expect(bodyOf({ ...asked, largest: '2' })).toBeUndefined();
  expect(bodyOf({ ...asked, largest: '2', share: '85' })?.rules).toMatchObject({
    dominance: { n: 2, k: 85 },
  });
  expect(bodyOf({ ...asked, percent: '0' })).toBeUndefined();
  expect(bodyOf({ ...asked, series: '1 年' })).toBeUndefined();
  expect(bodyOf({ ...asked, tables: [[]] })).toBeUndefined();
});

test('rows are classed by their own columns, and a table by what is no column is none', () => {
  const csv = '\uFEFFunit,holding,value,town,"trade"\r\na,,5,x,y\r\n';
  expect(variablesOf(csv)).toEqual(['town', 'trade']);
  const rows: Entry = {
    ...{ ...asked, from: 'rows', csv, unit: '万元' },
    tables: [['trade', 'town'], ['industry'], ['town', 'trade']],
  };
  expect(bodyOf(rows)).toMatchObject({
    material: { kind: 'rows', unit: '万元', csv },
    tables: [{ name: 'town-trade', dimensions: ['town', 'trade'] }],
  });
  expect(bodyOf({ ...rows, tables: [['industry']] })).toBeUndefined();
});
