import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { measureConcentration, readParts } from './concentration.ts';
import { measureCoupling, readLevels, recogniseForm } from './coupling.ts';
import { couplingForms, type FormName, formOf, wrongForms } from './coupling-forms.ts';
import { measureGreyRelation, readSeries } from './grey-relation.ts';
import { measureStructure, readStructure } from './structure.ts';

const degree = (form: FormName, ...levels: number[]) => couplingForms[form].degree(levels);
const wrong = (form: string, ...levels: number[]) => wrongForms[form]?.degree(levels);
const source = 'test';

describe('coupling coordination', () => {
  // Two rows of a vignette with four systems, recomputed apart from this code.
  const rows = readLevels(
    'unit,a,b,c,d\n' +
      'one,.8179733,.3246648,.6590316,.1308531\n' +
      'two,.3020233,.1318888,.4046987,.5173794',
  );

  it.each<[FormName, number, number, number, number, string, string]>([
    ['standard', 0.8051958, 0.6237105, 0.8914577, 0.549729, '初级协调', '勉强协调'],
    ['wang', 0.4722274, 0.477648, 0.6211236, 0.4588675, '濒临失调', '濒临失调'],
    ['fan', 0.4593785, 0.4711049, 0.7164548, 0.4928249, '濒临失调', '濒临失调'],
  ])('in the form %s', (form, c1, d1, c2, d2, grade1, grade2) => {
    const { value, source: from } = measureCoupling(rows, { form, source });
    const [one, two] = value;
    [one?.c, one?.d, two?.c, two?.d].forEach((made, at) => {
      expect(made).toBeCloseTo([c1, d1, c2, d2][at] ?? Number.NaN, 6);
    });
    expect([one?.grade.zh, two?.grade.zh]).toEqual([grade1, grade2]);
    expect(value.every(({ grade_hangs_on_form }) => grade_hangs_on_form)).toBe(true);
    expect(from.formula).toContain('D = √(C·T)');
  });

  it('knows the wrong forms by their numbers, and refuses each with its reason', () => {
    expect(degree('standard', 0.3, 0.8)).toBeCloseTo(0.890724, 6);
    expect(wrong('coefficient-lost', 0.3, 0.8)).toBeCloseTo(0.445362, 6);
    expect(wrong('root-lost', 0.3, 0.8)).toBeCloseTo(0.793388, 6);
    expect(wrong('squared', 0.3, 0.8)).toBeCloseTo(0.629465, 6);
    expect(degree('standard', 0.3, 0.6, 0.9)).toBeCloseTo(0.90856, 6);
    expect(wrong('pairwise', 0.3, 0.6, 0.9)).toBeCloseTo(1.3925, 4);
    expect(wrong('pairwise-two', 0.3, 0.6, 0.9)).toBeCloseTo(0.928318, 6);
    for (const form of [...Object.keys(wrongForms), 'weighted', 'raw']) {
      expect(() => formOf(form), form).toThrow(`not computed as "${form}"`);
    }
    expect(() => formOf('coefficient-lost')).toThrow(/no more than 1\/n/);
    expect(() => formOf('toString')).toThrow(/there are: standard, wang, fan/);
  });

  it('tells from published degrees which form a paper used', () => {
    const paper = [
      { levels: [0.3, 0.8], c: 0.445 },
      { levels: [0.5, 0.5], c: 0.5 },
    ];
    expect(recogniseForm(paper)).toMatchObject([{ form: 'coefficient-lost', is_valid: false }]);
    const sound = [{ levels: [0.3, 0.8], c: 0.891 }];
    expect(recogniseForm(sound)).toEqual([{ form: 'standard', is_valid: true, reason: null }]);
    expect(recogniseForm([{ levels: [0.3, 0.8], c: 0.111 }])).toEqual([]);
  });

  it('gives no number where there is none, and says where a level is none', () => {
    const { value, without_value } = measureCoupling(readLevels('unit,a,b\nZZ,0,0\nLY,0,1'), {
      form: 'standard',
      source,
    });
    expect(value).toMatchObject([{ unit: 'LY', c: 0, d: 0, grade: { zh: '极度失调' } }]);
    expect(without_value).toMatchObject([{ unit: 'ZZ' }]);
    expect(() => readLevels('unit,a,b\nZZ,0.5,12')).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ path: 'levels.csv:2/b' })] }),
    );
    const alone = readLevels('unit,a\nZZ,0.5');
    expect(() => measureCoupling(alone, { form: 'fan', source })).toThrow(/two systems/);
    const weights = [1, -1];
    const two = readLevels('unit,a,b\nZZ,0.5,0.5');
    expect(() => measureCoupling(two, { form: 'fan', weights, source })).toThrow(/2 weights/);
  });

  const level = fc.double({ min: 1e-6, max: 1, noNaN: true });
  const levels = fc.array(level, { minLength: 2, maxLength: 6 });
  const forms = Object.keys(couplingForms) as FormName[];

  it('stays in 0 to 1, is 1 where all are equal, and knows no order of systems', () => {
    fc.assert(
      fc.property(levels, level, (drawn, one) => {
        for (const form of forms) {
          const c = degree(form, ...drawn);
          expect(c).toBeGreaterThanOrEqual(0);
          expect(c).toBeLessThanOrEqual(1);
          expect(degree(form, ...drawn.toReversed())).toBeCloseTo(c, 9);
          expect(degree(form, one, one, one)).toBeCloseTo(1, 6);
        }
      }),
    );
  });

  it('in the standard form knows no scale, and in the others does', () => {
    fc.assert(
      fc.property(levels, fc.double({ min: 0.1, max: 1, noNaN: true }), (drawn, scale) => {
        const scaled = drawn.map((one) => one * scale);
        expect(degree('standard', ...scaled)).toBeCloseTo(degree('standard', ...drawn), 9);
        // Differences shrink with the levels, and with them the penalty.
        for (const form of ['wang', 'fan'] as const) {
          expect(degree(form, ...scaled)).toBeGreaterThanOrEqual(degree(form, ...drawn) - 1e-12);
        }
      }),
    );
  });
});

describe('concentration', () => {
  it('of 50, 30 and 20 is 0.38, and 0.07 normalised', () => {
    const [made] = measureConcentration(readParts('part,sales\na,50\nb,30\nc,20'), source);
    expect(made?.value.hhi).toBeCloseTo(0.38, 12);
    expect(made?.value.normalised).toBeCloseTo(0.07, 12);
    expect(made).toMatchObject({ value: { band: { zh: '中高' } }, denominator: { zh: /sales/ } });
  });

  it('says where it cannot be', () => {
    expect(() => measureConcentration(readParts('part,sales\na,0\nb,0'), source)).toThrow(/zero/);
    expect(() => readParts('part,sales\na,-1\na,x')).toThrow(
      expect.objectContaining({
        errors: ['2/sales', '3', '3/sales'].map((at) =>
          expect.objectContaining({ path: `parts.csv:${at}` }),
        ),
      }),
    );
  });

  it('is 1/n to 1, whatever the parts', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(amounts, (drawn) => {
        const text = ['part,x', ...drawn.map((one, at) => `p${at},${one}`)].join('\n');
        const value = measureConcentration(readParts(text), source)[0]?.value;
        expect(value?.hhi).toBeGreaterThanOrEqual(1 / drawn.length - 1e-12);
        expect(value?.hhi).toBeLessThanOrEqual(1 + 1e-12);
        if (drawn.length > 1) {
          expect(value?.normalised).toBeGreaterThanOrEqual(0);
          expect(value?.normalised).toBeLessThanOrEqual(1 + 1e-12);
        } else expect(value?.normalised).toBeNull();
      }),
    );
  });
});

test('grey relation of three series to a reference (Deng)', () => {
  const text = 'period,ref,a,b,c\n1,.9,.9,.8,.7\n2,.8,.7,.8,1\n3,.7,.6,.6,.7';
  const { value } = measureGreyRelation(readSeries(text), { reference: 'ref', source });
  // With Δmin 0 and Δmax .2, a Δ of 0, .1, .2 counts 1, ½, ⅓.
  expect(value.map(({ degree: one }) => one.toFixed(4))).toEqual(['0.6667', '0.6667', '0.5556']);
  const table = readSeries(text);
  expect(() => measureGreyRelation(table, { reference: 'x', source })).toThrow(/column "x"/);
  expect(() => measureGreyRelation(table, { reference: 'ref', rho: 0, source })).toThrow(/ρ/);
});

describe('structures of areas', () => {
  const table = readStructure('area,food,cars\nZZ,30,10\nLY,10,30\nKF,60,20');

  it('says who is specialised, and who does the same as whom', () => {
    const { location_quotients, similarity, difference } = measureStructure(table, { source });
    // Food is 100 of 160 over all, and 3/4 in ZZ.
    expect(location_quotients.value[0]).toMatchObject({ area: 'ZZ', industry: 'food' });
    expect(location_quotients.value[0]?.value).toBeCloseTo(0.75 / 0.625, 12);
    expect(similarity.value.map(({ value }) => value.toFixed(4))).toEqual([
      '0.6000',
      '1.0000',
      '0.6000',
    ]);
    expect(difference.value.map(({ value }) => value)).toEqual([1, 0, 1]);
  });

  it('holds areas against a row of the whole where one is named', () => {
    const { location_quotients: made } = measureStructure(table, { source, whole: 'LY' });
    expect(made.value.map(({ area, value }) => [area, value])).toEqual([
      ['ZZ', 3],
      ['ZZ', 0.25 / 0.75],
      ['KF', 3],
      ['KF', 0.25 / 0.75],
    ]);
    expect(() => measureStructure(table, { source, whole: 'CN' })).toThrow(/no row "CN"/);
    const empty = readStructure('area,food\nZZ,0');
    expect(() => measureStructure(empty, { source })).toThrow(/sums to zero/);
  });

  it('weighs quotients by the whole’s shares of industry to the area’s own sum', () => {
    const amount = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount, amount), { minLength: 2 }), (drawn) => {
        const rows = drawn.map((row, at) => `a${at},${row.join(',')}`);
        const made = measureStructure(readStructure(['area,x,y,z', ...rows].join('\n')), {
          source,
        });
        const sums = [0, 1, 2].map((at) => drawn.reduce((sum, row) => sum + (row[at] ?? 0), 0));
        const all = sums.reduce((sum, one) => sum + one, 0);
        const own = made.location_quotients.value.slice(0, 3);
        const mean = own.reduce((sum, { value }, at) => sum + (value * (sums[at] ?? 0)) / all, 0);
        expect(mean).toBeCloseTo(1, 9);
        for (const { value } of made.similarity.value) expect(value).toBeLessThanOrEqual(1);
        for (const { value } of made.difference.value) expect(value).toBeLessThanOrEqual(2);
      }),
    );
  });
});
