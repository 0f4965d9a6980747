import { expect, it } from 'vitest';
import { toSheet } from './sheet.ts';

const columns = [
  { id: 'name', label: '名称', cell: () => null, text: (row: { name: string }) => row.name },
  { id: 'action', label: '操作', cell: () => null },
];

it('quotes what needs it, disarms formulas, leaves out columns without text', () => {
  const rows = [{ name: '饺子, 速冻' }, { name: '=1+1' }, { name: '-12.50' }, { name: 'a"b' }];
  expect(toSheet(columns, rows)).toBe(
    '\uFEFF名称\r\n"饺子, 速冻"\r\n\'=1+1\r\n-12.50\r\n"a""b"\r\n',
  );
});
