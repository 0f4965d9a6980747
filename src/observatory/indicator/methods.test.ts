import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation, shapeOf } from './descriptive.ts';
import { type Indicator, readFramework } from './framework.ts';
import { build, scoresOf } from './pipeline.ts';
import { groundOf, hasAsem, readAsem, recipeOf, skipAloud } from './testing.ts';
import { readUnits } from './units.ts';
import { weigh } from './weighting.ts';

skipAloud();

type Given = Parameters<typeof groundOf>[0];
type Choices = Parameters<typeof recipeOf>[0];
const makeOf = (columns: Given, choices: Choices, more?: Parameters<typeof groundOf>[1]) =>
  build(groundOf(columns, more), recipeOf(choices).steps);
const indexOf = (...given: Parameters<typeof makeOf>) => {
  const made = makeOf(...given);
  return [...scoresOf(made, made.ground.framework.top)];
};
const close = (...values: number[]) => values.map((value) => expect.closeTo(value, 9));

/** Goalposts that leave values as they are. */
const asIs = { method: 'goalposts', low: 0, high: 1, cut: false };
const plain = (code: string, values: (number | null)[], Weight = 1) => {
  return { code, values, Weight, goalpost_lower: 0, goalpost_upper: 1 };
};

describe('means', () => {
  const columns = (weights = [1, 1, 1]) =>
    [1, 2, 3].map((value, at) => plain(`x${value}`, [value, 7], weights[at] as number));

  it.each<[string, object, number[], number]>([
    ['arithmetic', {}, [1, 1, 1], 2],
    ['geometric', {}, [1, 1, 1], 6 ** (1 / 3)],
    ['geometric', {}, [1, 1, 2], (1 * 2 * 3 ** 2) ** (1 / 4)],
    ['harmonic', {}, [2, 1, 1], 4 / (2 + 1 / 2 + 1 / 3)],
    ['power', { power: 2 }, [1, 1, 1], Math.sqrt(14 / 3)],
    ['power', { power: -1 }, [2, 1, 1], 4 / (2 + 1 / 2 + 1 / 3)],
  ])('%s %j of 1, 2, 3 by %j', (method, more, weights, expected) => {
    const choices = { normalise: asIs, aggregate: { method, ...more } };
    expect(indexOf(columns(weights), choices)).toEqual(close(expected, 7));
  });

  it('geometric and harmonic refuse zero instead of passing it over', () => {
    for (const method of ['geometric', 'harmonic']) {
      const choices = { normalise: asIs, aggregate: { method } };
      expect(() => indexOf([plain('x', [0, 1])], choices)).toThrow(/"x".*normalise from 1 up/);
    }
  });

  it('Copeland counts who outranks whom', () => {
    const columns = [plain('a', [3, 2, 1, 0]), plain('b', [3, 2, 1, 0]), plain('c', [1, 2, 3, 0])];
    const choices = { normalise: asIs, aggregate: { method: 'copeland' } };
    expect(indexOf(columns, choices)).toEqual([3, 1, -1, -3]);
    const tied = [plain('a', [1, 0, 5]), plain('b', [0, 1, 5])];
    expect(indexOf(tied, choices)).toEqual([-1, -1, 2]);
  });

  it('need the asked share of their parts', () => {
    const columns = [plain('a', [1, 1]), plain('b', [null, 3]), plain('c', [null, 5])];
    const least = (share: number) =>
      indexOf(columns, { normalise: asIs, aggregate: { least: share } });
    expect(least(1 / 3)).toEqual([1, 3]);
    expect(least(0.5)).toEqual([Number.NaN, 3]);
  });
});

describe('scales', () => {
  const scaled = (values: number[], normalise: object, fields: object = {}) =>
    indexOf([{ code: 'x', values, ...fields }], { normalise });
  const down = { Direction: -1 };
  const posts = { goalpost_lower: 0, goalpost_upper: 10 };

  it.each<[string, number[], object, object, number[]]>([
    ['min–max', [1, 3, 5], { low: 2, high: 7 }, {}, [2, 4.5, 7]],
    ['min–max, less is better', [1, 3, 5], {}, down, [100, 50, 0]],
    ['z-score', [1, 3, 5], { method: 'z_score', mean: 5, deviation: 2 }, {}, [3, 5, 7]],
    ['z-score, less is better', [1, 3, 5], { method: 'z_score' }, down, [1, 0, -1]],
    ['goalposts', [1, 11, -1], { method: 'goalposts', high: 1 }, posts, [0.1, 1, 0]],
    [
      'goalposts, less is better',
      [1, -1, 11],
      { method: 'goalposts', high: 1 },
      { ...posts, ...down },
      [0.9, 1, 0],
    ],
    [
      'distance to target',
      [0, 5, 11],
      { method: 'distance_to_target', cut: false },
      { Target: 10 },
      [0, 0.5, 1.1],
    ],
    [
      'distance to target, cut',
      [0, 5, 11],
      { method: 'distance_to_target' },
      { Target: 10 },
      [0, 0.5, 1],
    ],
    [
      'distance to target, less is better',
      [-1, 1, 10],
      { method: 'distance_to_target', cut: false },
      { Target: 0, ...down },
      [1.1, 0.9, 0],
    ],
    ['distance to a unit', [2, 4, 6], { method: 'distance_to_unit', unit: 'B' }, {}, [0, 1, 2]],
    ['share of the best', [1, 2, 4], { method: 'share_of_best' }, {}, [0.25, 0.5, 1]],
    ['rank', [5, 9, 5, 1], { method: 'rank' }, {}, [2.5, 4, 2.5, 1]],
    ['percentile, less is better', [5, 9, 1], { method: 'percentile' }, down, [50, 0, 100]],
  ])('%s', (_, values, normalise, fields, expected) => {
    expect(scaled(values, normalise, fields)).toEqual(close(...expected));
  });

  it('goalposts are kept in all periods together, and rescaling can be by period', () => {
    const column = { code: 'x', values: [0, 10, 0, 20], goalpost_lower: 0, goalpost_upper: 40 };
    const years = { periods: ['2024', '2025'] };
    expect(indexOf([column], { normalise: { method: 'goalposts' } }, years)).toEqual([
      0, 25, 0, 50,
    ]);
    expect(indexOf([column], {}, years)).toEqual([0, 50, 0, 100]);
    expect(indexOf([column], { normalise: { panel: 'each_period' } }, years)).toEqual([
      0, 100, 0, 100,
    ]);
  });

  it.each<[string, object, object, RegExp]>([
    ['values that do not differ', {}, { values: [3, 3] }, /"x" does not differ/],
    ['no goalposts', { method: 'goalposts' }, {}, /"x" has no goalpost_lower/],
    ['no target', { method: 'distance_to_target' }, {}, /"x" has no Target/],
    [
      'a target that is worse than all',
      { method: 'distance_to_target' },
      { Target: 0 },
      /is worse than/,
    ],
    ['a unit that is not there', { method: 'distance_to_unit', unit: 'Z' }, {}, /"Z" has no value/],
    ['less is better as a share', { method: 'share_of_best' }, { Direction: -1 }, /choose another/],
  ])('refuse %s', (_, normalise, fields, message) => {
    expect(() => indexOf([{ code: 'x', values: [1, 2], ...fields }], { normalise })).toThrow(
      message,
    );
  });
});

describe('outliers', () => {
  const wild = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100];
  const treated = (treat: object, values = wild) => {
    const made = makeOf([{ code: 'x', values }], { treat });
    return [...(made.stages[0]?.outcome.state.values ?? [])];
  };

  it('are moved to their neighbour, one by one, as far as it takes', () => {
    expect(treated({ method: 'winsorise', most: 1 })).toEqual(wild.with(-1, 10));
    const low = wild.map((value) => -value);
    expect(treated({ method: 'winsorise', most: 5 }, low)).toEqual(low.with(-1, -10));
  });

  it('that are more than may be moved fall to the logarithm, or to what the recipe says', () => {
    const two = [...Array.from({ length: 20 }, (_, at) => at + 1), 900, 1000];
    const winsorise = (otherwise: string) =>
      treated({ method: 'winsorise', most: 1, otherwise }, two);
    expect(winsorise('as_given')).toEqual(two);
    expect(winsorise('as_winsorised')).toEqual(two.with(-1, 900));
    const shift = 0.01 * 999 - 1;
    expect(winsorise('log')).toEqual(close(...two.map((value) => Math.log(value + shift))));
    expect(treated({ method: 'winsorise', most: 3 }, two)).toEqual([...two.slice(0, 20), 20, 20]);
  });

  it('Box–Cox raises to lambda what was shifted above zero', () => {
    const expected = wild.map((value) => (Math.sqrt(value) - 1) / 0.5);
    expect(treated({ method: 'box_cox', lambda: 0.5 })).toEqual(close(...expected));
  });

  it('are left alone where the shape is good, whatever the method', () => {
    const calm = [1, 2, 3, 4, 5];
    for (const choice of [{ method: 'winsorise', most: 5 }, { method: 'log' }]) {
      expect(treated(choice, calm)).toEqual(calm);
    }
  });

  it('skew and kurtosis are those of spreadsheets', () => {
    // SKEW and KURT of 3, 4, 5, 2, 3, 4, 5, 6, 4, 7, as their documentation gives them.
    const { skew, kurtosis } = shapeOf(Float64Array.of(3, 4, 5, 2, 3, 4, 5, 6, 4, 7)) ?? {};
    expect(skew).toBeCloseTo(0.359543, 6);
    expect(kurtosis).toBeCloseTo(-0.1518, 4);
  });
});

describe('gaps', () => {
  const filled = (values: (number | null)[], impute: object, more: object) => {
    const made = makeOf([{ code: 'x', values }], { impute, aggregate: { least: 0 } }, more);
    return [...(made.stages[0]?.outcome.state.values ?? [])];
  };
  const years = { periods: ['2020', '2021', '2024'] };

  it('are filled from the group, the period, or the unit’s own past and future', () => {
    const group = ['e', 'e', 'a', 'a'];
    expect(filled([1, null, 8, 10], { method: 'group_mean', group: 'group' }, { group })).toEqual([
      1, 1, 8, 10,
    ]);
    const nobody = { method: 'group_mean', group: 'group' };
    expect(filled([1, null, 8], nobody, { group: ['', '', 'a'] })).toEqual([1, Number.NaN, 8]);
    expect(filled([1, null, 8, 10], { method: 'median' }, {})).toEqual([1, 8, 8, 10]);
    const series = [1, 5, null, null, 9, null];
    expect(filled(series, { method: 'latest' }, years)).toEqual([1, 5, 1, 5, 9, 5]);
    expect(filled(series, { method: 'linear' }, years)).toEqual([
      1,
      5,
      3,
      Number.NaN,
      9,
      Number.NaN,
    ]);
  });

  it('that stay are named', () => {
    const made = makeOf(
      [{ code: 'x', values: [1, 5, null, null, 9, null] }],
      { impute: { method: 'linear' } },
      years,
    );
    expect(made.remarks.map(({ en }) => en)).toEqual(['Still missing after imputation: B/x, B/x.']);
  });

  it('of a unit that is screened out are not filled, and it counts for nothing', () => {
    const columns = [plain('a', [1, 2, 90]), plain('b', [1, 3, null])];
    const choices = { screen: { least: 0.9 }, impute: { method: 'mean' } };
    expect(indexOf(columns, choices)).toEqual([0, 100, Number.NaN]);
  });
});

describe('weights from the data', () => {
  const weightsOf = (columns: Given, method: string, normalise: object = {}) => {
    const made = makeOf(columns, { normalise, weigh: { method } });
    const found = made.aggregation.weights.get(made.ground.framework.top);
    const shared = found && 'shared' in found ? [...found.shared] : [];
    const sum = shared.reduce((total, weight) => total + weight, 0);
    return shared.map((weight) => weight / sum);
  };

  it('entropy as worked out by hand, rescaled to .002–.998', () => {
    const columns = [
      { code: 'a', values: [3, 5, 2, 7] },
      { code: 'b', values: [10, 20, 15, 25], Direction: -1 },
    ];
    const normalise = { low: 0.002, high: 0.998 };
    const [a, b] = weightsOf(columns, 'entropy', normalise);
    expect([a, b]).toEqual([expect.closeTo(0.5452618, 7), expect.closeTo(0.4547382, 7)]);
    const scores = indexOf(columns, { normalise, weigh: { method: 'entropy' } });
    const published = [56.35354, 47.88215, 30.39461, 54.50808];
    scores.forEach((score, at) => {
      expect(100 * score).toBeCloseTo(published[at] as number, 5);
    });
  });

  it.skipIf(!hasAsem)('entropy of untreated ASEM: a few outliers draw it all', () => {
    const { ground } = readAsem();
    const { steps } = recipeOf({
      denominate: {},
      impute: { method: 'group_mean', group: 'EurAsia_group' },
    });
    const made = build(ground, steps);
    const { indicators, elements, top } = ground.framework;
    const { shared } = weigh(
      { do: 'weigh', method: 'entropy' },
      {
        parent: elements[top] as Indicator,
        children: indicators,
        columns: indicators.map((_, at) => scoresOf(made, at)),
        spans: ground.units.spans,
      },
    ) as { shared: Float64Array };
    const sum = shared.reduce((total, weight) => total + weight, 0);
    const of = (code: string) =>
      (shared[indicators.findIndex((one) => one.code === code)] as number) / sum;
    expect(of('ForPort')).toBeCloseTo(0.123, 2);
    expect(of('CultServ')).toBeCloseTo(0.115, 2);
    expect(of('Gas')).toBeCloseTo(0.089, 2);
  });

  it('CRITIC: equal spread, so only conflict counts', () => {
    const columns = [plain('x', [0, 0.5, 1]), plain('y', [0, 1, 0.5]), plain('z', [1, 0.5, 0])];
    // r(x,y) = ½, r(x,z) = −1, r(y,z) = −½
    expect(weightsOf(columns, 'critic')).toEqual(close(2.5 / 8, 2 / 8, 3.5 / 8));
  });

  it('the first component of two equals; a negative loading is refused by name', () => {
    const up = plain('up', [1, 2, 3, 4]);
    expect(weightsOf([up, plain('also', [1, 3, 2, 4])], 'principal_component')).toEqual(
      close(0.5, 0.5),
    );
    const columns = [up, plain('also', [1, 3, 2, 4]), plain('down', [4, 3, 2, 1])];
    expect(() => weightsOf(columns, 'principal_component')).toThrow(/negative loadings of down/);
  });

  it('equal effect: all parts correlate alike with the whole', () => {
    const value = fc.double({ min: 0, max: 100, noNaN: true });
    const data = fc.array(fc.array(value, { minLength: 12, maxLength: 12 }), {
      minLength: 3,
      maxLength: 3,
    });
    let counted = 0;
    fc.assert(
      fc.property(data, (given) => {
        const columns = given.map((values, at) => plain(`x${at}`, values));
        let made: ReturnType<typeof makeOf>;
        try {
          made = makeOf(columns, { weigh: { method: 'equal_effect' } });
        } catch {
          return; // No such weights: refused, and said so.
        }
        counted++;
        const whole = scoresOf(made, made.ground.framework.top);
        const [one, ...others] = columns.map((_, at) => correlation(scoresOf(made, at), whole));
        for (const other of others) expect(other).toBeCloseTo(one as number, 6);
      }),
      { numRuns: 60 },
    );
    expect(counted).toBeGreaterThan(10);
  });

  it('benefit of the doubt: each at its best, nobody above one', () => {
    const columns = [plain('x', [1, 0, 0.5, 0.4]), plain('y', [0, 1, 0.5, 0.2])];
    const choices = { normalise: asIs, weigh: { method: 'benefit_of_doubt' } };
    expect(indexOf(columns, choices)).toEqual(close(1, 1, 1, 0.6));
  });

  it('benefit of the doubt is no worse than any weights that serve all', () => {
    const value = fc.double({ min: 0.01, max: 1, noNaN: true });
    const column = fc.array(value, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(column, column, fc.double({ min: 0, max: 1, noNaN: true }), (x, y, share) => {
        const choices = { normalise: asIs, weigh: { method: 'benefit_of_doubt' } };
        const best = indexOf([plain('x', x), plain('y', y)], choices);
        const common = x.map((one, at) => share * one + (1 - share) * (y[at] as number));
        const most = Math.max(...common);
        best.forEach((score, at) => {
          expect(score).toBeLessThanOrEqual(1 + 1e-9);
          expect(score).toBeGreaterThanOrEqual((common[at] as number) / most - 1e-9);
        });
      }),
    );
  });
});

describe('denominators', () => {
  const framework = readFramework(
    'Level,iCode,Type,Direction,Weight,Denominator,Parent\n' +
      '1,goods,Indicator,1,1,gdp,Index\n2,Index,Aggregate,,1,,\n,gdp,Denominator,,,,',
  );
  const divided = (...cells: string[]) => {
    const rows = cells.map((cell, at) => `U${at},${cell}`);
    const units = readUnits(['uCode,goods,gdp', ...rows].join('\n'), framework);
    return build({ framework, units }, recipeOf({ denominate: {} }).steps);
  };

  it('divide, and take along what they do not know', () => {
    const { stages, remarks } = divided('10,5', '9,3', '7,');
    expect([...(stages[0]?.outcome.state.values ?? [])]).toEqual([2, 3, Number.NaN]);
    expect(remarks.map(({ en }) => en)).toEqual([
      'Without a denominator these values are lost: U2/goods.',
    ]);
  });

  it('that the recipe does not divide by are named', () => {
    const units = readUnits('uCode,goods,gdp\nA,1,2\nB,2,3', framework);
    const { remarks } = build({ framework, units }, recipeOf().steps);
    expect(remarks.map(({ en }) => en).join()).toMatch(/no step "denominate".*: goods/);
  });

  it.each(['0', '-3', '1e-300'])('of %s are refused by row and column', (gdp) => {
    expect(() => divided('10,5', `9,${gdp}`)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ path: '3/gdp' })] }),
    );
  });
});

describe('a column that is flat up to rounding', () => {
  // The mean of three times 0.1 is 0.10000000000000002.
  const values = [0.1, 0.1, 0.1, null];
  const columns = [
    { code: 'x', values },
    { code: 'y', values: [1, 2, 3, 5] },
  ];
  const filled = { impute: { method: 'mean' } };

  it.each(['min_max', 'z_score'])('is refused by %s', (method) => {
    expect(() => indexOf(columns, { ...filled, normalise: { method } })).toThrow(
      /"x" does not differ/,
    );
  });

  it('has equal ranks, no shape, no correlation and no entropy', () => {
    const one = [{ code: 'x', values }];
    expect(indexOf(one, { ...filled, normalise: { method: 'rank' } })).toEqual([
      2.5, 2.5, 2.5, 2.5,
    ]);
    const column = Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.30000000000000004 / 3);
    expect(shapeOf(column)).toBeNull();
    expect(correlation(column, Float64Array.of(1, 2, 3, 4, 5, 6))).toBeNull();
    const plains = [plain('a', values), plain('b', values)];
    expect(() =>
      indexOf(plains, { ...filled, normalise: asIs, weigh: { method: 'entropy' } }),
    ).toThrow(/nothing varies/);
  });
});

describe('benefit of the doubt', () => {
  const columns = (lone: object = {}) => [
    { ...plain('a', [20, 80, 50]), Parent: 'P', goalpost_upper: 1 },
    { ...plain('b', [40, 20, 10]), Parent: 'P' },
    { ...plain('c', [30, 60, 90]), ...lone },
  ];
  const weighing = { method: 'benefit_of_doubt', levels: [2] };

  it('makes a share of the best of a single part, too', () => {
    const parents = { parents: ['P', 'Q'] };
    const made = makeOf(columns({ Parent: 'Q' }), { normalise: asIs, weigh: weighing }, parents);
    const at = made.ground.framework.elements.findIndex(({ code }) => code === 'Q');
    expect([...scoresOf(made, at)]).toEqual(close(1 / 3, 2 / 3, 1));
  });

  it('is not added to a part on the scale of the indicators', () => {
    const choices = { normalise: asIs, weigh: weighing };
    expect(() => indexOf(columns(), choices, { parents: ['P'] })).toThrow(
      /"Index" are on different scales/,
    );
  });
});

describe('what a review found', () => {
  it('outliers below are drawn in by the mirrored logarithm, and more stays more', () => {
    const low = [-100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const made = makeOf([{ code: 'x', values: low }], { treat: { method: 'log' } });
    const column = Float64Array.from(made.stages[0]?.outcome.state.values ?? []);
    expect([...column]).toEqual(close(...low.map((x) => -Math.log(10 + 1.1 - x))));
    expect([...column]).toEqual([...column.toSorted()]);
    const spreadBefore = shapeOf(Float64Array.from(low))?.kurtosis as number;
    expect(shapeOf(column)?.kurtosis).toBeLessThan(spreadBefore);
  });

  it('columns for which winsorising did not do, or that stay outlying, are named', () => {
    const two = [...Array.from({ length: 20 }, (_, at) => at + 1), 900, 1000];
    const remarks = (otherwise: string) => {
      const treat = { method: 'winsorise', most: 1, otherwise };
      return makeOf([{ code: 'x', values: two }], { treat })
        .remarks.map(({ en }) => en)
        .join();
    };
    expect(remarks('log')).toMatch(/by otherwise \(log\): x/);
    expect(remarks('as_given')).toMatch(/by otherwise \(as_given\): x.*Outliers remain.*: x/);
  });

  it('two first components of the same size give no weights', () => {
    const columns = [plain('x', [0, 0, 1, 1]), plain('y', [0, 1, 0, 1])];
    expect(() => indexOf(columns, { weigh: { method: 'principal_component' } })).toThrow(
      /first two components are equal/,
    );
  });

  it('7 of 100 parts are 0.07 of them, although 0.07 × 100 is more than 7', () => {
    const columns = Array.from({ length: 100 }, (_, at) =>
      plain(`x${at}`, at < 7 ? [1, 1] : [null, 1]),
    );
    for (const method of ['arithmetic', 'copeland']) {
      const found = indexOf(columns, { normalise: asIs, aggregate: { method, least: 0.07 } });
      expect(found[0]).not.toBeNaN();
    }
  });

  it.each<[string, object, RegExp]>([
    ['a target', { method: 'distance_to_target' }, /target of "x" is its worst value, 1/],
    ['a unit of reference', { method: 'distance_to_unit', unit: 'A' }, /has the worst value/],
  ])('%s that is the worst value leaves no distance', (_, normalise, message) => {
    const column = { code: 'x', values: [1, 2, 3], Target: 1 };
    expect(() => indexOf([column], { normalise })).toThrow(message);
  });
});
