import { expect, test } from 'vitest';
import { lotDataOf } from './lot-data.ts';

test('the dates of a lot are read whichever binding wrote them', () => {
  const json = [{ name: '{urn:epcglobal:cbv:mda:}bestBeforeDate', text: ' 2027-03-02 ' }];
  const xml = [{ name: '{urn:epcglobal:cbv:mda}bestBeforeDate', text: '2027-03-02' }];
  const others = [{ name: '{https://example.com/}bestBeforeDate', text: '2020-01-01' }];
  expect(lotDataOf([...others, ...json], 'bestBeforeDate')).toBe('2027-03-02');
  expect(lotDataOf([...others, ...xml], 'bestBeforeDate')).toBe('2027-03-02');
  expect(lotDataOf(others, 'bestBeforeDate')).toBeUndefined();
  expect(lotDataOf(null, 'bestBeforeDate')).toBeUndefined();
});
