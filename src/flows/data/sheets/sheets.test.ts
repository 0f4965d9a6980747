import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { cellName, SHEET_LIMITS } from './grid.ts';
import { sheetKinds } from './kinds.ts';
import { ordersOf } from './orders.ts';
import type { SheetPreview } from './preview.ts';
import { readGrid, readSheetFile } from './read-sheet.ts';
import { harmless, writeTable, writeTemplate } from './write-sheet.ts';

const encode = (value: string) => new TextEncoder().encode(value);

const ORDERS = `采购订单,,,
订单号,供应商,商品编码,数量(kg),单位,单价,交货日期,颜色
PO-1,91410100MA0000000X,FL-25,"1,000",公斤,3.30,2026/3/10,白
PO-1,91410100MA0000000X,ST-10,２００,kg,¥5.8,2026年3月11日,
PO-2,,FL-25,零,千克,3.3,2026-02-30,
,,,,,,,
PO-3,,,5,箱,,,
`;

async function preview(bytes: Uint8Array): Promise<SheetPreview> {
  const outcome = await readSheetFile(bytes);
  if (outcome.preview === undefined) throw new Error(JSON.stringify(outcome.problem));
  return outcome.preview;
}

describe('reading sheets', () => {
  it('finds the headings, takes the good rows and names the bad cells', async () => {
    const { kind, good_rows, bad_rows, errors, columns } = await preview(encode(ORDERS));
    expect(kind).toBe('orders');
    expect(columns.at(-1)).toEqual({ column: 'H', heading: '颜色', key: null });
    expect(good_rows.map(({ row }) => row)).toEqual([3, 4]);
    expect(good_rows[1]?.values).toMatchObject({
      quantity: '200',
      unit: 'KGM',
      price: '5.8',
      requested_on: '2026-03-11',
    });
    expect(bad_rows).toEqual([5, 7]);
    expect(errors.map(({ cell }) => cell)).toEqual(['D5', 'G5', 'C7']);
  });

  it('makes orders of the rows', async () => {
    const sheet = (await preview(encode(ORDERS))) as SheetPreview<'orders'>;
    const orders = ordersOf(sheet, {
      issue_date: '2026-03-02',
      currency: 'CNY',
      sender_is: 'buyer',
    });
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ number: 'PO-1', issue_date: '2026-03-02', buyer: null });
    expect(orders[0]?.lines.map((line) => line.amount)).toEqual(['3300.00', '1160.00']);
  });

  it('reads GB18030, BOM, UTF-16 and other delimiters', async () => {
    const header = Buffer.from('b6a9b5a5bac52ccafdc1bf', 'hex');
    const gb = await readGrid(Buffer.concat([header, Buffer.from('\nPO-1,5\n')]));
    expect(gb.problem === undefined && gb.grid[0]).toEqual(['订单号', '数量']);
    const wide = Buffer.from('\uFEFFa;b\n1;2', 'utf16le');
    const utf16 = await readGrid(wide);
    expect(utf16.problem === undefined && utf16.grid).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    const tabs = await readGrid(encode('\uFEFFa\tb\n1\t2'));
    expect(tabs.problem === undefined && tabs.grid[0]).toEqual(['a', 'b']);
  });

  it('refuses what is no sheet, or too much of one', async () => {
    const rule = async (bytes: Uint8Array) => (await readSheetFile(bytes)).problem?.rule;
    expect(await rule(new Uint8Array([0xff, 0xff, 0xff]))).toBe('SHEET-ENCODING');
    expect(await rule(encode('hello world'))).toBe('SHEET-HEADINGS');
    expect(await rule(encode('"a,b\n1,2'))).toBe('SHEET-QUOTES');
    expect(await rule(encode('a\n'.repeat(SHEET_LIMITS.rows + 5)))).toBe('SHEET-SIZE');
    expect(await rule(encode('PK\u0003\u0004 nonsense'))).toBe('SHEET-FORMAT');
    expect(await rule(zipSync({ 'a.xml': encode('<a/>') }))).toBe('SHEET-FORMAT');
    const zeros = new Uint8Array(SHEET_LIMITS.unpacked_bytes / 2 + 1);
    const bomb = zipSync({ 'xl/a.xml': zeros, 'xl/b.xml': zeros });
    expect(bomb.length).toBeLessThan(SHEET_LIMITS.bytes);
    expect(await rule(bomb)).toBe('SHEET-SIZE');
  });

  it('survives any bytes', async () => {
    const template = await writeTemplate('orders', 'xlsx', 'zh');
    const change = fc.tuple(fc.nat(template.length - 1), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = template.slice();
        for (const [at, value] of changes) bytes[at] = value;
        expect(await readSheetFile(bytes)).toBeDefined();
      }),
      { numRuns: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await readSheetFile(bytes)).toBeDefined();
      }),
    );
  });
});

describe('writing sheets', () => {
  it.each(sheetKinds)('a template of %s comes in again, in both formats', async (kind) => {
    for (const format of ['csv', 'xlsx'] as const) {
      for (const language of ['zh', 'en'] as const) {
        const sheet = await preview(await writeTemplate(kind, format, language));
        expect(sheet).toMatchObject({ kind, bad_rows: [], errors: [] });
        expect(sheet.good_rows).toHaveLength(1);
        expect(sheet.columns.every(({ key }) => key !== null)).toBe(true);
      }
    }
  });

  it('lets no text run as a formula', async () => {
    const evil = ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', 'plain', '-5', '-5.25'];
    expect(evil.map(harmless)).toEqual([
      "'=1+1",
      "'+cmd",
      "'-2+3",
      "'@SUM(A1)",
      "'\t=1",
      'plain',
      '-5',
      '-5.25',
    ]);
    for (const format of ['csv', 'xlsx'] as const) {
      const bytes = await writeTable({ headings: ['a', 'b'], rows: [['=1+1', -3]] }, format);
      const back = await readGrid(bytes);
      expect(back.problem === undefined && back.grid[1]).toEqual(['=1+1', '-3']);
    }
  });

  it('names cells as a spreadsheet does', () => {
    expect([cellName(7, 1), cellName(1, 25), cellName(2, 26), cellName(9, 701)]).toEqual([
      'B7',
      'Z1',
      'AA2',
      'ZZ9',
    ]);
  });
});
