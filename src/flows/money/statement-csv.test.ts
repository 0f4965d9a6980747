import { describe, expect, it } from 'vitest';
import { readStatement } from './statement-csv.ts';

describe('bank statements', () => {
  it('are read as a bank prints them, with its letterhead above', () => {
    const text = `﻿账号:6222****1234,户名:甲公司
交易日期,借方发生额,贷方发生额,余额,对方户名,摘要,交易流水号
2026-03-02,,"12,345.60","99,999.00",乙公司,货款 F-2026-0001,A001
20260303 10:11:12,500.00,,"99,499.00",银行,手续费,A002
`;
    expect(readStatement(text, 'CNY')).toEqual({
      errors: [],
      lines: [
        {
          line_no: 3,
          booked_on: '2026-03-02',
          amount_minor: 1_234_560n,
          counterparty_name: '乙公司',
          reference: 'A001',
          memo: '货款 F-2026-0001',
        },
        {
          line_no: 4,
          booked_on: '2026-03-03',
          amount_minor: -50_000n,
          counterparty_name: '银行',
          reference: 'A002',
          memo: '手续费',
        },
      ],
    });
  });

  it.each([
    ['2026/3/2', '2026-03-02'],
    ['2026年3月2日', '2026-03-02'],
    ['2026.03.02', '2026-03-02'],
  ])('take %s for a day', (written, booked_on) => {
    const { lines } = readStatement(`date,amount\n${written},-7.5`, 'CNY');
    expect(lines).toMatchObject([{ booked_on, amount_minor: -750n, reference: null }]);
  });

  it('name the lines that cannot be read', () => {
    const text = 'date,amount\n2026-02-30,1\n2026-02-27,one\n2026-02-27,0\n2026-02-27,5';
    const { lines, errors } = readStatement(text, 'CNY');
    expect(errors.map(({ path }) => path)).toEqual(['2', '3', '4']);
    expect(lines).toHaveLength(1);
  });

  it('need heads', () => {
    expect(readStatement('a,b\n1,2', 'CNY').errors[0]?.zh).toContain('表头');
    expect(readStatement('', 'CNY').errors).toHaveLength(1);
  });
});
