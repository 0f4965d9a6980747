import { describe, expect, it } from 'vitest';
import { limits } from '../../kernel/index.ts';
import { viewMatrix } from './matrix.ts';
import { germanGroups, germany } from './testing.ts';

const asked = { table: germany, year: 1995, source: 'Eurostat 2008', ...germanGroups };

describe('the matrix of industries', () => {
  it('holds what the readings are made of', () => {
    const { sectors, direct, full, measures, origin } = viewMatrix(asked);
    expect(origin).toBe('domestic');
    const at = (group: string) =>
      sectors.flatMap((one, place) => (one.group === group ? [place] : []));
    const read = (way: string) =>
      measures.find(
        ({ reading }) =>
          reading.link === 'services_to_manufacturing' &&
          reading.way === way &&
          reading.per === 'output' &&
          reading.origin === 'domestic',
      )?.value;
    const [made = 0] = at('manufacturing');
    const taken = (matrix: number[][]) =>
      at('services').reduce((sum, row) => sum + (matrix[row]?.[made] ?? 0), 0);
    expect(taken(direct)).toBeCloseTo(read('direct') ?? 0, 12);
    expect(taken(full)).toBeCloseTo(read('requirement') ?? 0, 12);
    for (const one of measures) expect(one.source.data).toBe('Eurostat 2008');
  });

  it('takes along all rounds no less than directly', () => {
    const { direct, full } = viewMatrix(asked);
    direct.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(full[i]?.[j] ?? 0).toBeGreaterThanOrEqual(value - 1e-12);
      });
    });
  });

  it('is refused where it would take too long', () => {
    const codes = Array.from({ length: limits.matrix_sectors + 1 }, (_, at) => `s${at}`);
    const row = (code: string, origin: string, cell: number) =>
      `${code},${origin},${codes.map(() => cell).join()}`;
    const table = [
      `Code,Origin,${codes.join()}`,
      ...codes.map((code) => row(code, 'TOT', 0)),
      ...[row('TII', 'TOT', 0), row('TVA', 'TOT', 1), row('TI', 'TOT', 1)],
    ].join('\n');
    expect(() => viewMatrix({ ...asked, table, services: 's0', manufacturing: 's1' })).toThrowError(
      expect.objectContaining({ code: 'convergence.too_large' }),
    );
  });
});
