import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInputOutputTable } from './input-output-table.ts';
import { inputCoefficients, leontiefInverse } from './leontief.ts';
import { sectorGroups } from './sector-groups.ts';
import { breakOf, measureServiceInputs } from './service-inputs.ts';
import { cellOf, inverse, type Square } from './square.ts';
import { germanGroups, germany, hasChina, readChina, skipAloud } from './testing.ts';

skipAloud();

function valuesOf(table: ReturnType<typeof readInputOutputTable>, asked = {}) {
  const measures = measureServiceInputs(table, sectorGroups(table, asked));
  return new Map(measures.map(({ measure, value }) => [measure, value]));
}

describe.skipIf(!hasChina)('services in China, from the tables of the NBS', () => {
  it.each([
    [
      2018,
      { output: 0.1318, inputs: 0.1711, repair: 0.1323, all: 0.499, farm: 0.0742, back: 0.1407 },
    ],
    [
      2020,
      { output: 0.1371, inputs: 0.1784, repair: 0.1377, all: 0.5169, farm: 0.0702, back: 0.1378 },
    ],
  ] as const)('%i', (year, known) => {
    const values = valuesOf(readChina(year));
    const made = 'services_to_manufacturing';
    expect(values.get(`${made}.direct.total.output.apart`)).toBeCloseTo(known.output, 4);
    expect(values.get(`${made}.direct.total.intermediates.apart`)).toBeCloseTo(known.inputs, 4);
    expect(values.get(`${made}.direct.total.output.service`)).toBeCloseTo(known.repair, 4);
    expect(values.get(`${made}.requirement.total.output.apart`)).toBeCloseTo(known.all, 4);
    expect(values.get('services_to_agriculture.direct.total.output.apart')).toBeCloseTo(
      known.farm,
      4,
    );
    expect(values.get('manufacturing_to_services.direct.total.output.apart')).toBeCloseTo(
      known.back,
      4,
    );
  });

  // NumPy, straight from the formulas, in a program that shares no code with this one.
  it('takes imports out where only domestic inputs are asked for', () => {
    const values = valuesOf(readChina(2018));
    const made = 'services_to_manufacturing';
    expect(values.get(`${made}.direct.domestic.output.apart`)).toBeCloseTo(0.1291574526, 9);
    expect(values.get(`${made}.direct.domestic.intermediates.apart`)).toBeCloseTo(0.1927156289, 9);
    expect(values.get(`${made}.requirement.domestic.output.apart`)).toBeCloseTo(0.3954850484, 9);
    expect(values.get(`${made}.value_added.domestic.output.apart`)).toBeCloseTo(0.2047210139, 9);
  });

  it('marks the extension table as a break, and says what 42 sectors cannot take apart', () => {
    const table = readChina(2020);
    expect(breakOf(table)?.zh).toMatch(/2020 年是延长表.*断点/);
    const [first] = measureServiceInputs(table, sectorGroups(table));
    expect(first?.denominator.en).toBe('output of manufacturing');
    expect(first?.source.data).toBe('china_io_2020_42.csv');
    expect(first?.does_not_say.map(({ zh }) => zh).join()).toMatch(/企业内部.*\(05\).*\(11\)/s);
  });
});

describe('Germany 1995, as the manual of Eurostat has it', () => {
  const table = readInputOutputTable(germany, { file: 'germany.csv', year: 1995 });

  it('has five degrees of convergence for one sector', () => {
    const values = valuesOf(table, germanGroups);
    const made = 'services_to_manufacturing';
    expect(values.get(`${made}.direct.domestic.output.service`)).toBeCloseTo(0.1703, 4);
    expect(values.get(`${made}.direct.domestic.intermediates.service`)).toBeCloseTo(0.3527, 4);
    expect(values.get(`${made}.requirement.domestic.output.service`)).toBeCloseTo(0.358, 4);
    expect(values.get(`${made}.value_added.domestic.output.service`)).toBeCloseTo(0.2154, 4);
    expect(values.get(`${made}.direct.domestic.all_intermediates.service`)).toBeCloseTo(0.2686, 4);
  });

  it('has the published multipliers', () => {
    const made = leontiefInverse(inputCoefficients(table.flows.domestic as Square, table.output));
    const backward = table.sectors.map((_, j) =>
      table.sectors.reduce((sum, __, i) => sum + cellOf(made, i, j), 0),
    );
    [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782].forEach((known, at) => {
      expect(backward[at]).toBeCloseTo(known, 4);
    });
  });

  it('guesses no groups: the same code is another sector in another edition', () => {
    expect(() => sectorGroups(table)).toThrow(/edition of these sectors is not known/);
    expect(() => sectorGroups(table, { ...germanGroups, services: 'retail' })).toThrow(/"retail"/);
    const both = { ...germanGroups, services: 'manufacturing-other' };
    expect(() => sectorGroups(table, both)).toThrow(/manufacturing is in two groups/);
    expect(() => sectorGroups(table, { ...germanGroups, services: 'other-trade' })).toThrow(
      /runs backwards/,
    );
  });

  it.each<[string, string, RegExp]>([
    ['a row is missing', germany.replace(/^business.*\n/m, ''), /^germany.csv:1\/business$/],
    ['a row is given twice', `${germany}\ntrade,,Domestic,1,1,1,1,1,1`, /:11\/Code$/],
    ['a cell is no number', germany.replace('25480', 'many'), /:2\/manufacturing$/],
    ['a flow is negative', germany.replace('25480', '-25480'), /:2\/manufacturing$/],
    ['an origin is unknown', germany.replace('Domestic', 'abroad'), /:2\/Origin$/],
    ['the sums do not hold', germany.replace('1079446', '2079446'), /:10\/manufacturing$/],
  ])('says where it is wrong when %s', (_, text, place) => {
    let errors: readonly { path: string }[] = [];
    try {
      readInputOutputTable(text, { file: 'germany.csv' });
    } catch (error) {
      errors = (error as { errors: typeof errors }).errors;
    }
    expect(errors.map(({ path }) => path).filter((path) => place.test(path))).not.toEqual([]);
  });

  it('reads a competitive table, which has no domestic part', () => {
    const competitive = germany
      .replaceAll('Domestic', 'TOT')
      .replace(/TII.*\n/, 'TII,,TOT,18235,521216,115007,198364,255217,117578\n')
      .replace(/TVA.*\n/, 'TVA,,TOT,25675,558230,130599,341699,437270,391340\n');
    const read = readInputOutputTable(competitive);
    expect(read.flows.domestic).toBeNull();
    const values = valuesOf(read, germanGroups);
    expect([...values.keys()].every((name) => name.includes('.total.'))).toBe(true);
  });
});

describe('any table that meets a final use', () => {
  /** Coefficients whose columns sum to less than one, and outputs. */
  const economy = fc.integer({ min: 2, max: 12 }).chain((n) =>
    fc.record({
      weights: fc.array(fc.nat(1000), { minLength: n * n, maxLength: n * n }),
      used: fc.array(fc.integer({ min: 0, max: 95 }), { minLength: n, maxLength: n }),
      output: fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: n, maxLength: n }),
    }),
  );
  const csvOf = ({
    weights,
    used,
    output,
  }: {
    weights: number[];
    used: number[];
    output: number[];
  }) => {
    const n = output.length;
    const sums = output.map((_, j) =>
      output.reduce((sum, __, i) => sum + (weights[i * n + j] ?? 0), 0),
    );
    const share = (i: number, j: number) =>
      sums[j] === 0 ? 0 : (((weights[i * n + j] ?? 0) / (sums[j] ?? 1)) * (used[j] ?? 0)) / 100;
    const inputs = output.map((x, j) => output.reduce((sum, _, i) => sum + share(i, j) * x, 0));
    return [
      `Code,Origin,${output.map((_, at) => `s${at}`).join(',')}`,
      ...output.map((_, i) => `s${i},TOT,${output.map((x, j) => share(i, j) * x).join(',')}`),
      `TII,TOT,${inputs.join(',')}`,
      `TVA,TOT,${output.map((x, j) => x - (inputs[j] ?? 0)).join(',')}`,
      `TI,TOT,${output.join(',')}`,
    ].join('\n');
  };

  it('has an inverse with (I − A)L = I, and direct shares between 0 and 1', () => {
    fc.assert(
      fc.property(economy, (drawn) => {
        const table = readInputOutputTable(csvOf(drawn));
        const n = table.sectors.length;
        const a = inputCoefficients(table.flows.total as Square, table.output);
        const made = leontiefInverse(a);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let sum = cellOf(made, i, j);
            for (let k = 0; k < n; k++) sum -= cellOf(a, i, k) * cellOf(made, k, j);
            expect(sum).toBeCloseTo(i === j ? 1 : 0, 9);
          }
        }
        if (drawn.used.every((one) => one === 0) || drawn.weights.some((one) => one === 0)) return;
        const asked = { services: 's1', manufacturing: 's0' };
        if (drawn.used[0] === 0 || drawn.used[1] === 0) return;
        for (const [name, value] of valuesOf(table, asked)) {
          expect(value).toBeGreaterThanOrEqual(0);
          if (name.includes('.direct.')) expect(value).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('inverts where rows must change places, and refuses what cannot be inverted', () => {
    const turned = inverse({ n: 3, cells: Float64Array.of(0, 2, 0, 0, 0, 4, 1, 0, 0) });
    expect([...(turned?.cells ?? [])]).toEqual([0, 0, 1, 0.5, 0, 0, 0, 0.25, 0]);
    expect(inverse({ n: 2, cells: Float64Array.of(1, 2, 2, 4) })).toBeNull();
    const greedy = { n: 2, cells: Float64Array.of(0.6, 0.6, 0.6, 0.6) };
    expect(() => leontiefInverse(greedy)).toThrow(/use up more than they make/);
  });
});
