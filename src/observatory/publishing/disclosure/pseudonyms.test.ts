import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pseudonyms } from './pseudonyms.ts';
import { findReidentifications } from './reidentification.ts';

test('letters are one to one, the same within a release and others in another', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }), (names) => {
      const letters = pseudonyms(names, 'release-1');
      expect(new Set(letters.values()).size).toBe(names.length);
      expect(pseudonyms(names.toReversed(), 'release-1')).toEqual(letters);
      expect([...letters.values()].every((one) => /^[A-Z]{1,2}$/.test(one))).toBe(true);
    }),
  );
  const names = Array.from({ length: 40 }, (_, at) => `firm ${at}`);
  expect([...pseudonyms(names, 'a')]).not.toEqual([...pseudonyms(names, 'b')]);
});

test('ranks, 唯一 and initials say who is meant, letters or not', () => {
  const rows = [
    {
      label: 'ZZ',
      attributes: { province: 'HA', kind: 'city' },
      statements: ['GDP 居全国城市第16位', '全省唯一入选的试点', 'ranked 3rd in the province'],
    },
    { label: 'B', attributes: { province: 'HA', kind: 'city' }, statements: ['增长较快'] },
    {
      label: 'C',
      attributes: { province: 'HA', kind: 'firm' },
      statements: ['全国红枣行业唯一上市'],
    },
  ];
  const candidates = ['Zheng Zhou', 'Luo Yang', 'Xin Zheng', 'Kai Feng'];
  const found = findReidentifications({ rows, k: 2, candidates });
  expect(found.map(({ label, kind, by }) => [label, kind, by])).toEqual([
    ['C', 'unique_combination', 'kind=firm'],
    ['ZZ', 'rank', '第16位'],
    ['ZZ', 'only_one', '全省唯一入选的试点'],
    ['ZZ', 'rank', 'ranked 3rd'],
    ['ZZ', 'rank', '3rd in'],
    ['C', 'only_one', '全国红枣行业唯一上市'],
    ['ZZ', 'initial', 'ZZ'],
  ]);
});

test('a row that fewer than k share is named by its smallest combinations, no other is', () => {
  const attribute = fc.constantFrom('1', '2');
  fc.assert(
    fc.property(
      fc.array(fc.record({ a: attribute, b: attribute, c: attribute }), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.integer({ min: 2, max: 4 }),
      (all, k) => {
        const rows = all.map((attributes, at) => ({ label: `r${at}`, attributes, statements: [] }));
        const named = new Set(findReidentifications({ rows, k }).map(({ label }) => label));
        rows.forEach(({ label, attributes }) => {
          const alike = all.filter((other) => JSON.stringify(other) === JSON.stringify(attributes));
          expect(named.has(label)).toBe(alike.length < k);
        });
      },
    ),
  );
});
