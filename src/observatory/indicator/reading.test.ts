import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../kernel/index.ts';
import { readFramework } from './framework.ts';
import { measureIndex } from './measure.ts';
import { readRecipe } from './recipe-reader.ts';
import { groundOf, recipeOf } from './testing.ts';
import { readUnits } from './units.ts';

const heads = 'Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type';
const frameworkText = [
  heads,
  '1,Rev,Service revenue,1,1,Mio,,Staff,Index,Indicator',
  '1,Days,Days to pay,-1,2,d,30,,Index,Indicator',
  '2,Index,Convergence,1,1,,,,,Aggregate',
  ',Staff,Staff,,,,,,,Denominator',
  ',City,City,,,,,,,Group',
].join('\n');

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    return error as Fault;
  }
  throw new Error('It was taken.');
}
const pathsOf = (work: () => unknown) => faultOf(work).errors.map(({ path }) => path);

describe('a framework', () => {
  it('is read with COINr’s heads, leaves first and the index last', () => {
    const { elements, indicators, top } = readFramework(frameworkText);
    expect(elements.map(({ code }) => code)).toEqual(['Rev', 'Days', 'Index']);
    expect(elements[top]?.children).toEqual([0, 1]);
    expect(indicators.map(({ direction, target }) => [direction, target])).toEqual([
      [1, null],
      [-1, 30],
    ]);
  });

  it.each([
    ['an unknown parent', 'Index,Indicator', 'Indx,Indicator', 'framework.csv:2/Parent'],
    ['no direction', 'Days to pay,-1', 'Days to pay,', 'framework.csv:3/Direction'],
    ['a word for a weight', '-1,2,d', '-1,two,d', 'framework.csv:3/Weight'],
    ['an unknown denominator', 'Staff,Index', 'Stuff,Index', 'framework.csv:2/Denominator'],
    ['a code twice', ',Days,', ',Rev,', 'framework.csv:3/iCode'],
    [
      'a type that there is not',
      ',City,City,,,,,,,Group',
      ',City,,,,,,,,Grp',
      'framework.csv:6/Type',
    ],
    ['a code that is a head of the data', ',City,City', ',Time,City', 'framework.csv:6/iCode'],
    ['a code that no record holds', ',Rev,', ',__proto__,', 'framework.csv:2/iCode'],
    ['a level upside down', '2,Index', '1,Index', 'framework.csv:2/Level'],
  ])('with %s is refused at its place', (_, from, to, path) => {
    const fault = faultOf(() => readFramework(frameworkText.replace(from, to)));
    expect(fault.errors.map((one) => one.path)).toContain(path);
    expect(fault.errors.every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && en.length > 10)).toBe(
      true,
    );
  });
});

describe('the data', () => {
  const framework = readFramework(frameworkText);
  const text = 'uCode,Time,City,Staff,Rev,Days,Note\nB,10,X,5,1e3,30,\nA,9,Y,4,NA,45.5,n';

  it('are read by period, 9 before 10, with what is missing', () => {
    const units = readUnits(text, framework);
    expect(units.cases.map(({ unit, period }) => [unit, period])).toEqual([
      ['A', '9'],
      ['B', '10'],
    ]);
    expect([...units.values]).toEqual([Number.NaN, 1000, 45.5, 30]);
    expect(units.left_out).toEqual(['Note']);
  });

  it('with NA for a group are of no group', () => {
    const units = readUnits(text.replace('B,10,X', 'B,10,NA'), framework);
    expect(units.groups.get('City')).toEqual(['Y', null]);
  });

  it('do not write one period in two ways', () => {
    const twice = 'uCode,Time,City,Staff,Rev,Days\nA,2018-1,,5,1,1\nA,2018-01,,5,1,1';
    expect(pathsOf(() => readUnits(twice, framework))).toEqual(['units.csv:3/Time']);
  });

  it('with quotes that do not pair are refused at the row', () => {
    const rows = ['uCode,Time,City,Staff,Rev,Days', 'A,9,Y,5,1,1', 'B,9,Y,5,1,"1'];
    expect(pathsOf(() => readUnits(rows.join('\n'), framework))).toEqual(['units.csv:3']);
  });

  it('name row and column of every cell that is wrong', () => {
    const wrong = text.replace('1e3', '1,000').replace('45.5', 'n/k');
    expect(pathsOf(() => readUnits(wrong, framework))).toEqual(['units.csv:2', 'units.csv:3/Days']);
    const twice = `${text}\nA,9,Y,4,1,1,`;
    expect(pathsOf(() => readUnits(twice, framework))).toEqual(['units.csv:4/uCode']);
    const absent = text.replace('Days', 'Tage');
    expect(pathsOf(() => readUnits(absent, framework))).toContain('units.csv:1');
  });
});

describe('a recipe', () => {
  const { framework } = groundOf([{ code: 'x', values: [1, 2] }]);
  const name = { zh: '试', en: 'Trial' };
  const not_measured = [name];
  const last = [
    { do: 'normalise', method: 'min_max' },
    { do: 'weigh', method: 'given' },
    { do: 'aggregate', method: 'arithmetic' },
  ];
  const paths = (given: object) =>
    pathsOf(() => readRecipe(JSON.stringify({ name, not_measured, ...given }), framework));

  it('says what it does not measure', () => {
    expect(paths({ steps: last, not_measured: [] })).toEqual(['recipe.json/not_measured']);
  });

  it('may begin with a byte order mark', () => {
    const text = JSON.stringify({ name, not_measured, steps: last });
    expect(readRecipe(`\uFEFF${text}`, framework).steps).toHaveLength(3);
  });

  it('ends with normalise, weigh and aggregate', () => {
    expect(paths({ steps: last.toReversed() })).toEqual(['recipe.json/steps']);
  });

  it.each<[string, object, string]>([
    [
      'a field that the step does not have',
      { steps: [{ do: 'denominate', by: 'x' }, ...last] },
      '',
    ],
    [
      'a group that there is not',
      { steps: [{ do: 'impute', method: 'group_mean', group: 'g' }, ...last] },
      '/steps/0',
    ],
    [
      'a weight of nobody',
      { steps: [last[0], { ...last[1], weights: { y: 1 } }, last[2]] },
      '/steps/1',
    ],
    [
      'a factor on a step that is not taken',
      { steps: last, uncertainty: { factors: [{ step: 'treat', options: ['skip'] }] } },
      '/uncertainty/factors/0',
    ],
    [
      'an option that makes no step',
      { steps: last, uncertainty: { factors: [{ step: 'normalise', options: [{ low: 200 }] }] } },
      '/uncertainty/factors/0',
    ],
    [
      'a step left out that must be',
      { steps: last, uncertainty: { factors: [{ step: 'weigh', options: ['skip'] }] } },
      '/uncertainty/factors/0',
    ],
    ...(
      [
        ['another step', 'denominate', [{ do: 'screen', least: 0.5 }]],
        ['the choice of the step itself', 'normalise', [{ low: 0 }]],
        ['no change', 'normalise', [{}]],
        ['the same twice', 'normalise', [{ low: 1 }, { low: 1, high: 100 }]],
        ['skipping twice', 'impute', ['skip', 'skip']],
        [
          'a level that is not made',
          'aggregate',
          [{ by_level: [{ level: 7, method: 'harmonic' }] }],
        ],
      ] as const
    ).map(([what, step, options]): [string, object, string] => [
      `an option of ${what}`,
      {
        steps: [{ do: 'denominate' }, { do: 'impute', method: 'mean' }, ...last],
        uncertainty: { factors: [{ step, options }] },
      },
      '/uncertainty/factors/0',
    ]),
    [
      'a power drawn across zero',
      {
        steps: [...last.slice(0, 2), { do: 'aggregate', method: 'power', power: 1 }],
        uncertainty: {
          factors: [{ step: 'aggregate', range: { field: 'power', from: -1, to: 1 } }],
        },
      },
      '/uncertainty/factors/0',
    ],
    [
      'weights of a level that is not made',
      { steps: [last[0], { do: 'weigh', method: 'equal', levels: [2] }, last[2]] },
      '/steps/1',
    ],
    [
      'a level twice',
      {
        steps: [
          ...last.slice(0, 2),
          {
            do: 'aggregate',
            method: 'arithmetic',
            by_level: ['harmonic', 'geometric'].map((method) => ({ level: 3, method })),
          },
        ],
      },
      '/steps/2',
    ],
  ])('with %s is refused', (_, given, path) => {
    const found = paths(given);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(`recipe.json${path}`);
  });

  it('draws no noise that would do nothing', () => {
    const weighing = { do: 'weigh', method: 'benefit_of_doubt' };
    const steps = [last[0], weighing, last[2]];
    expect(paths({ steps })).toEqual(['recipe.json/uncertainty/factors/0']);
  });

  it('says which steps, methods and factors there are', () => {
    const [first, ...others] = last;
    const unknown = [{ do: 'treat', method: 'trim' }, { do: 'wiegh' }, first, ...others];
    const factors = [{ step: 'weigh', optoins: ['skip'] }];
    const text = JSON.stringify({ name, not_measured, steps: unknown, uncertainty: { factors } });
    const said = faultOf(() => readRecipe(text, framework)).errors.map(
      ({ zh, en }) => `${zh} ${en}`,
    );
    expect(said[0]).toContain('winsorise, log, box_cox');
    expect(said[1]).toContain('denominate');
    expect(said[2]).toMatch(/因素.*a factor has/);
  });
});

it('whatever stands in the files, they are read or refused in words', () => {
  const pieces = fc.constantFrom(
    ...[
      '1',
      '-1',
      'Rev',
      '__proto__',
      'constructor',
      'Index',
      'Indicator',
      'NA',
      '"',
      ',',
      ';',
      'x',
    ],
  );
  const line = fc.array(pieces, { maxLength: 12 }).map((cells) => cells.join(','));
  const lines = fc.array(line, { maxLength: 6 });
  const known = readFramework(frameworkText);
  fc.assert(
    fc.property(lines, lines, fc.json(), (framework, data, recipe) => {
      for (const read of [
        () => readFramework([frameworkText, ...framework].join('\n')),
        () => readFramework([heads, ...framework].join('\n')),
        () => readUnits(['uCode,Staff,City,Rev,Days', ...data].join('\n'), known),
        () => readRecipe(recipe, known),
      ]) {
        try {
          read();
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it('a code may be any word, one of JavaScript’s own, too', () => {
  const ground = groundOf([{ code: 'constructor', values: [1, 2] }]);
  const { scores } = measureIndex(ground, recipeOf({}, { uncertainty: { runs: 100 } }));
  expect(scores.map(({ index }) => index)).toEqual([100, 0]);
});
