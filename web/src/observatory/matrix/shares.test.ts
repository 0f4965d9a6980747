import { expect, it } from 'vitest';
import type { IndustryMatrix } from '../../generated/api.ts';
import { depthOf, serviceRibbons } from './shares.ts';

const sector = (code: string, group: 'services' | 'manufacturing' | null, output: number) => ({
  code,
  name: { zh: code, en: code },
  group,
  output,
});
const matrix = {
  sectors: [sector('S', 'services', 10), sector('M', 'manufacturing', 100), sector('B', null, 50)],
  direct: [
    [0.1, 0.2, 0.1],
    [0.3, 0.3, 0.3],
    [0, 0, 0],
  ],
} as unknown as IndustryMatrix;

it('follows services to who is none, in money, the widest first', () => {
  const ribbons = serviceRibbons(matrix, 5);
  expect(ribbons.map(({ from, to, value }) => [from.code, to.code, value])).toEqual([
    ['S', 'M', 20],
    ['S', 'B', 5],
  ]);
  expect(serviceRibbons(matrix, 1)).toHaveLength(1);
});

it('draws nothing for nothing, and the largest darkest', () => {
  expect([depthOf(0, 1), depthOf(1, 1), depthOf(0.25, 1), depthOf(0, 0)]).toEqual([0, 1, 0.5, 0]);
});
