import { expect, test } from 'vitest';
import { completeUscc } from '../../kernel/index.ts';
import { type Declaration, sizeFixedOn, sizeOf } from './enterprise-size.ts';
import { classesUnder, industriesOn } from './industry.ts';
import { readRegions, regionOf, regionOfFirm } from './regions.ts';
import { candidatesOfTaxCode, knownTaxClasses, readTaxClasses, taxLineage } from './tax-classes.ts';
import { sectorOf } from './three-sectors.ts';

const declared = (industry: string, figures: Partial<Declaration> = {}): Declaration => ({
  industry,
  as_of: '2025-12-31',
  known_at: '2026-02-01T00:00:00.000Z',
  ...figures,
});

test('a firm must meet every lower bound of its size, or it drops', () => {
  const maker = (employees: number, revenue: number) =>
    sizeOf(declared('2911', { employees, revenue }), '2026-01-01').size;
  expect(maker(1_000, 40_000)).toBe('large');
  expect(maker(999, 400_000)).toBe('medium');
  expect(maker(300, 1_999)).toBe('small');
  // Many hands and no sales to speak of: one measure is enough to be micro.
  expect(maker(2_000, 299)).toBe('micro');
  const cart = { employees: 300, revenue: 30_000 };
  expect(sizeOf(declared('5432', cart), '2026-01-01')).toMatchObject({
    size: 'medium',
    row: '交通运输业',
  });
  expect(sizeOf(declared('5930', cart), '2026-01-01')).toMatchObject({
    size: 'large',
    row: '仓储业',
  });
  expect(sizeOf(declared('5910', cart), '2026-01-01').row).toBe('交通运输业');
  expect(sizeOf(declared('0151', { revenue: 500 }), '2026-01-01').size).toBe('medium');
  expect(() => sizeOf(declared('6621', cart), '2026-01-01')).toThrow(/6621/);
  expect(() => sizeOf(declared('2911', { employees: 5 }), '2026-01-01')).toThrow(/revenue/);
});

test('size is fixed when the contract is signed, by what was known on that day', () => {
  const history = [
    declared('2911', {
      employees: 250,
      revenue: 30_000,
      as_of: '2024-12-31',
      known_at: '2025-02-01',
    }),
    declared('2911', { employees: 320, revenue: 38_000, known_at: '2026-02-01' }),
    declared('2911', { employees: 280, revenue: 38_000, known_at: '2026-06-01' }),
  ];
  expect(sizeFixedOn(history, '2025-07-01').size).toBe('small');
  // The year has ended, and nobody has said yet how it went.
  expect(sizeFixedOn(history, '2026-01-15').size).toBe('small');
  expect(sizeFixedOn(history, '2026-03-01').size).toBe('medium');
  expect(sizeFixedOn(history, '2026-07-01').size).toBe('small');
  expect(() => sizeFixedOn(history, '2024-12-31')).toThrow(/declared/);
});

test('a tax code tells a service from a thing, and what it does not know it does not say', () => {
  const freight = '3010102020100000000';
  expect(taxLineage(freight).map(({ prefix }) => prefix)).toEqual(['301', '3']);
  expect(candidatesOfTaxCode(freight)?.prefix).toBe('301');
  expect(candidatesOfTaxCode('1070213010000000000')).toBeNull();
  expect(candidatesOfTaxCode('2020000000000000000')?.candidates).toEqual(['43', '81']);
  // Every candidate is a code of the standard. Services are services but for building.
  const all = industriesOn();
  for (const { prefix, candidates } of knownTaxClasses().byPrefix.values()) {
    const sectors = candidates
      .flatMap((code) => classesUnder(all, code.split('-')[0] ?? ''))
      .map(({ code }) => sectorOf(code));
    if (!/^30[1-46-7]/.test(prefix)) continue;
    expect([prefix, ...new Set(sectors)].slice(1).every((one) => one === '3')).toBe(true);
  }
});

test('the table of the tax administration is taken, with the registry speaking for its top', () => {
  const code = (prefix: string) => prefix.padEnd(19, '0');
  const rows = [
    [code('1'), '货物', ''],
    [code('107'), '石油、化工、医药产品', ''],
    [code('10702'), '橡胶制品', '橡胶制品'],
    [code('3'), '销售服务', ''],
    [code('307'), '生活服务', '生活服务'],
    [code('30704'), '餐饮住宿服务', ''],
    [code('3070401'), '餐饮服务', '餐饮服务'],
  ].map((row) => row.join(',').replaceAll('、', ''));
  const table = readTaxClasses(['code,name,short_name', ...rows].join('\n'));
  expect(table.byShortName.get('橡胶制品')?.[0]?.prefix).toBe('10702');
  expect(candidatesOfTaxCode(code('3070401'), table)?.candidates).toEqual(['61', '62']);
  const orphan = ['code,name', `${code('10702')},橡胶制品`, '12,x', `${code('10702')},`].join('\n');
  expect(() => readTaxClasses(orphan, 't.csv')).toThrow(
    expect.objectContaining({
      errors: [3, 4, 4, 4].map((row) => expect.objectContaining({ path: `t.csv:${row}` })),
    }),
  );
});

test('a firm’s own code says where it was registered', () => {
  expect(regionOf('410100')).toMatchObject({ level: 'city', province: '河南省', name: null });
  expect(regionOf('990000')).toBeNull();
  const uscc = completeUscc('91410100MA45XJ3P');
  expect(regionOfFirm(uscc)?.province).toBe('河南省');
  expect(regionOfFirm('91410100')).toBeNull();
  const year = readRegions('code,name\n410000,河南省\n410100,郑州市');
  expect(regionOf('410100', year)?.name).toBe('郑州市');
  expect(() => readRegions('code,name\n4101,郑州市')).toThrow(/correct the rows/);
});
