import { describe, expect, it } from 'vitest';
import { asDocument, asSheet } from './sheet-preview.ts';

describe('asSheet', () => {
  it('tells a sheet from a trade document', () => {
    expect(asSheet({ kind: 'order', lines: [] })).toBeUndefined();
    expect(asSheet(null)).toBeUndefined();
    const sheet = { kind: 'orders', columns: [], good_rows: [], bad_rows: [2], errors: [] };
    expect(asSheet(sheet)).toBe(sheet);
  });
});

describe('asDocument', () => {
  it('names the media type by the ending, whatever the browser says', () => {
    const excel = new File(['a,b'], '订单.CSV', { type: 'application/vnd.ms-excel' });
    expect(asDocument(excel).type).toBe('text/csv');
    expect(asDocument(new File([''], 'order')).type).toBe('application/octet-stream');
  });
});
