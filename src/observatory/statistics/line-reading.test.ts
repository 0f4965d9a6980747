import { expect, test } from 'vitest';
import { industriesOn } from '../classification/index.ts';
import { activityOf } from './activity.ts';
import { keyOf } from './line.ts';
import { readContracts, readDecisions, readLines } from './line-reading.ts';

const heads = 'firm,invoice,line_no,issued_on,name,net,product,industry,tax_code,contract';

test('lines are read as they are invoiced, credit notes below zero', () => {
  const [sold, credit] = readLines(
    `${heads}\nHXN,1,1,2021-03-05,枣片,1234.5,J2,1373,,\nHXN,2,1,2021-04-01,枣片,-0.01,J2,1373,,`,
  );
  expect(sold).toMatchObject({ net_minor: 123_450, tax_code: null, contract: null });
  expect(credit?.net_minor).toBe(-1);
  // The credit note is of the same kind of sale, and nets with it.
  expect(sold && keyOf(sold)).toBe(credit && keyOf(credit));
  // Two services without a product code are two questions, though their codes be the same.
  const care = { name: '维保', product: null, industry: null, tax_code: null, contract: null };
  expect(keyOf(care)).not.toBe(keyOf({ ...care, name: '培训' }));
});

test('what is wrong is told by row and column; a line counts once', () => {
  const rows = ['HXN,1,1,2021-03-05,枣片,1', 'HXN,1,1,2021-03-05,枣片,1', ',2,0,2021-13-05,,1.234'];
  expect(() =>
    readLines(['firm,invoice,line_no,issued_on,name,net', ...rows].join('\n'), 'a.csv'),
  ).toThrow(
    expect.objectContaining({
      code: 'statistics.data_unreadable',
      errors: ['3', '4/firm', '4/name', '4/line_no', '4/issued_on', '4/net'].map((at) =>
        expect.objectContaining({ path: `a.csv:${at}` }),
      ),
    }),
  );
  expect(() => readLines('firm,buyer\nX,Y')).toThrow(/6 place/);
  expect(() => readLines(heads)).toThrow(/1 place/);
});

test('prices of promises are exact, estimated or unknown', () => {
  const read = readContracts('contract,name,price\nL1,新胎,50\nL1,服务,30-45.5\nL1,翻新,');
  expect(read.get('L1')?.obligations.map(({ price }) => price)).toEqual([
    { low: 50, high: 50 },
    { low: 30, high: 45.5 },
    null,
  ]);
  expect(() => readContracts('contract,name,price\nL1,x,45-30\n,y,-1', 'c.csv')).toThrow(
    expect.objectContaining({
      errors: ['2/price', '3/contract', '3/price'].map((at) =>
        expect.objectContaining({ path: `c.csv:${at}` }),
      ),
    }),
  );
});

test('a decision without a reason is none', () => {
  const csv =
    'name,product,code,decided_on,reason\n鲜枣,J1,0159,2022-01-10,全部自产\n枣,J3,01,1/1,';
  expect(() => readDecisions(csv, 'd.csv')).toThrow(
    expect.objectContaining({
      errors: ['3/code', '3/decided_on', '3/reason'].map((at) =>
        expect.objectContaining({ path: `d.csv:${at}` }),
      ),
    }),
  );
});

test('the tax code says what a sale can be; words can add to that, and never take away', () => {
  const industries = industriesOn();
  const candidates = (name: string, tax: string, industry: string | null = null) => {
    const sale = { name, product: null, industry, contract: null };
    return activityOf(
      { ...sale, tax_code: tax === '' ? null : tax.padEnd(19, '0') },
      { industries },
    );
  };
  expect(candidates('轮胎', '107').candidates).toEqual(['B-11', 'C-43', 'D', 'F']);
  // Own seedlings and first processing are in division 05: a service, though sold as goods.
  expect(candidates('枣苗', '101').candidates).toContain('A');
  expect(candidates('轮胎翻新', '202').candidates).toEqual(['43', '81', 'C-43']);
  expect(candidates('教材', '106').candidates).toContain('862');
  expect(candidates('教材', '106', '8621')).toMatchObject({ basis: 'A3', candidates: ['8621'] });
  // Upkeep that is catalogued as the machine: the code does not allow it, and both stay possible.
  expect(candidates('维保', '202', '3511')).toMatchObject({ candidates: ['3511', '43', '81'] });
  // The short name in front of the item stands for a code that is missing.
  expect(candidates('*餐饮服务*餐费', '')).toMatchObject({ basis: 'A6', candidates: ['61', '62'] });
  expect(candidates('*没有的类*x', '')).toMatchObject({ basis: 'A7', status: 'published' });
  expect(candidates('卡', '601')).toMatchObject({ is_revenue: false, candidates: [] });
  // A code of 2011 that the edition does not have is not used, and said.
  const old = candidates('气象服务', '30406', '7410');
  expect(old).toMatchObject({ basis: 'A3', candidates: ['7410'] });
  const gone = candidates('旧类', '30406', '7340x');
  expect(gone.remark?.en).toMatch(/no class of GB/);
});
