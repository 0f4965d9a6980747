import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audit } from './audit.ts';
import { cellKey, checkDerived, protectRelease } from './protected-release.ts';
import { type Rules, ruleCodes } from './rules.ts';
import { suppress } from './suppression.ts';
import { systemOf } from './system.ts';
import { type Contribution, type Dimension, flatDimension, type Vintage } from './table.ts';

const nothing = { cells: 0, isSuppressed: new Uint8Array(0) };

/** A tree of two or three levels: groups of codes under a total. */
const treeOf = (variable: string, groups: readonly number[]): Dimension => ({
  variable,
  codes: [
    { code: 'T', parent: null, is_shown: true },
    ...groups.flatMap((size, group) => [
      { code: `${variable}${group}`, parent: 'T', is_shown: true },
      ...Array.from({ length: size }, (_, at) => ({
        code: `${variable}${group}.${at}`,
        parent: `${variable}${group}`,
        is_shown: true,
      })),
    ]),
  ],
});

const finest = ({ codes }: Dimension) => {
  const parents = new Set(codes.map(({ parent }) => parent));
  return codes.map(({ code }) => code).filter((code) => !parents.has(code));
};

const trees = fc
  .array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) => all.map((groups, at) => treeOf('abc'[at] as string, groups)));

const rulesDrawn: fc.Arbitrary<Rules> = fc
  .record({
    frequency: fc.option(
      fc.record({
        n: fc.integer({ min: 2, max: 4 }),
        margin: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
      }),
      { nil: undefined },
    ),
    p_percent: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    dominance: fc.option(
      fc.record({ n: fc.integer({ min: 1, max: 3 }), k: fc.integer({ min: 60, max: 95 }) }),
      { nil: undefined },
    ),
    zero_margin: fc.option(fc.constant(1), { nil: undefined }),
  })
  .filter(({ frequency, p_percent, dominance }) => Boolean(frequency ?? p_percent ?? dominance));

const tables = trees.chain((dimensions) =>
  fc.record({
    dimensions: fc.constant(dimensions),
    rules: rulesDrawn,
    contributions: fc.array(
      fc.record({
        unit: fc.integer({ min: 1, max: 1_000_000 }).map((at) => `u${at}`),
        holding: fc.option(
          fc.integer({ min: 1, max: 4 }).map((at) => `h${at}`),
          { freq: 4 },
        ),
        keys: fc.tuple(...dimensions.map((one) => fc.constantFrom(...finest(one)))),
        value: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5_000 })),
      }),
      { minLength: 1, maxLength: 30 },
    ),
  }),
);

const systemOfTable = (dimensions: Dimension[], contributions: readonly Contribution[]) =>
  systemOf(
    [{ name: 'r', layouts: [{ name: 't', dimensions }], contributions }],
    dimensions.map(({ variable }) => variable),
  );

test('whatever the table, no attacker comes nearer to a kept cell than the rules ask', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ dimensions, rules, contributions }) => {
      const system = systemOfTable(dimensions, contributions);
      const { isSuppressed, unwitnessed, broken } = suppress(system, rules, nothing);
      expect(unwitnessed).toEqual([]);
      for (const cell of broken.keys()) expect(isSuppressed[cell]).toBe(1);
      const { revealed } = await audit(system, { rules, isSuppressed, attackers: 1_000 });
      expect(revealed).toEqual([]);
    }),
    { numRuns: 300, seed: 7 },
  );
}, 240_000);

// The microdata of 100 persons that sdcTable (a package of Statistics Austria) tests itself with:
// values by region and gender.
const microdata = `A female 9 11
A male 10 11 5 7 13 15 13 6 9 7 9 8 9 10 10 18 6 12
B female 10 16 12 8 18 11 8 12 14 13 7 9 14 5 13 8 10 9 7
B male 11 5 7 12 14 15 9 10 10 7 10 8 8 14
C female 10 12 11 7 12 9 9 19 9 8
C male 9 11 18 12 10 6 11 6 6 11 6 12
D female 10 6 11 16 14 9 7 6 14 10 11 9 11 18
D male 280 9 9 8 7 9 8 7 8 11 10`
  .split('\n')
  .flatMap((line) => {
    const [region = '', gender = '', ...values] = line.split(' ');
    return values.map((value, at) => ({
      unit: `${region}${gender}${at}`,
      holding: null,
      keys: [region, gender],
      value: Number(value),
    }));
  });
const byRegion: Vintage = {
  name: '2026',
  layouts: [
    {
      name: 't',
      dimensions: [
        flatDimension('region', ['A', 'B', 'C', 'D']),
        flatDimension('gender', ['female', 'male']),
      ],
    },
  ],
  contributions: microdata,
};
const protectedBy = (rules: Rules) =>
  protectRelease({ variables: ['region', 'gender'], earlier: [], vintage: byRegion, rules });
const stated = (rules: Rules, state: string) =>
  protectedBy(rules)
    .cells.filter((one) => one.state === state)
    .map(({ codes }) => codes.join('/'));

test.each<[string, Rules, string[]]>([
  ['at most two persons', { frequency: { n: 3, margin: 0.1 } }, ['A/female']],
  ['the two largest over 75 %', { dominance: { n: 2, k: 75 } }, ['A/female', 'D/male']],
  ['p % with p = 70', { p_percent: 70 }, ['A/female', 'D/male']],
  ['pq with 60 and 80', { pq: { p: 60, q: 80 } }, ['A/female', 'D/male']],
])('keeps the cells that sdcTable keeps: %s', (_, rules, kept) => {
  expect(stated(rules, 'primary')).toEqual(kept);
});

test('adds three cells to one of the two-way table, and publishes eleven', async () => {
  const rules = { frequency: { n: 3, margin: 0.1 } };
  const { cells, system, isSuppressed } = protectedBy(rules);
  expect(cells.find(({ codes }) => codes.join() === 'T,T')).toMatchObject({
    value: 1284,
    count: 100,
  });
  const secondary = stated(rules, 'secondary');
  expect(secondary).toHaveLength(3);
  // As with every method there: the other gender of A, and both of one other region.
  expect(secondary.filter((one) => one.startsWith('A/'))).toEqual(['A/male']);
  expect(new Set(secondary.map((one) => one.slice(0, 1))).size).toBe(2);
  expect(cells.filter(({ state }) => state === 'published')).toHaveLength(11);
  const { closest, revealed } = await audit(system, { rules, isSuppressed });
  expect(revealed).toEqual([]);
  expect(closest).toHaveLength(1);
  expect(closest[0]?.low).toBe(0);
});

test('an audit finds what was left open, and by whom', async () => {
  const rules = { p_percent: 70 };
  const { system, isSuppressed } = protectedBy(rules);
  const onlyPrimary = Uint8Array.from(isSuppressed, () => 0);
  const { closest, revealed } = await audit(system, { rules, isSuppressed: onlyPrimary });
  expect(revealed).toHaveLength(2);
  expect(closest[0]).toMatchObject({ value: 20, low: 20, high: 20, is_wide_enough: false });
});

test('two cells of one firm each do not protect one another', async () => {
  // a/x and a/y have one contributor each: each of them knows its own and would know the other's.
  const value = {
    'a/x': [40],
    'a/y': [30],
    'a/z': [9, 8, 8],
    'b/x': [9, 9, 9],
    'b/y': [7, 7, 9],
    'b/z': [9, 5, 6],
  };
  const contributions = Object.entries(value).flatMap(([cell, values]) =>
    values.map((one, at) => ({
      unit: `${cell}${at}`,
      holding: null,
      keys: cell.split('/'),
      value: one,
    })),
  );
  const dimensions = [flatDimension('r', ['a', 'b']), flatDimension('c', ['x', 'y', 'z'])];
  const vintage = { name: 'v', layouts: [{ name: 't', dimensions }], contributions };
  const rules = { frequency: { n: 3, margin: 0.2 } };
  const made = protectRelease({ variables: ['r', 'c'], earlier: [], vintage, rules });
  const kept = made.cells
    .filter(({ state }) => state !== 'published')
    .map(({ codes }) => codes.join('/'));
  expect(kept).toEqual(expect.arrayContaining(['a/x', 'a/y', 'a/z']));
  expect((await audit(made.system, { rules, isSuppressed: made.isSuppressed })).revealed).toEqual(
    [],
  );
  // The same pattern without the third cell: closed to outsiders, open to the firms themselves.
  const naive = Uint8Array.from(made.isSuppressed, (_, cell) => {
    const codes = made.cells[cell]?.codes.join('/') ?? '';
    return ['a/x', 'a/y', 'b/x', 'b/y'].includes(codes) ? 1 : 0;
  });
  const { revealed } = await audit(made.system, { rules, isSuppressed: naive });
  expect(revealed.map(({ attacker }) => attacker)).toEqual(['unit a/y0', 'unit a/x0']);
});

test('units of one holding count as one contributor', () => {
  const own = (holding: string | null) =>
    [1, 2, 3].map((at) => ({ unit: `u${at}`, holding, keys: ['a'], value: 10 }));
  const dimensions = [flatDimension('r', ['a', 'b'])];
  const rules = { frequency: { n: 3, margin: 0.1 } };
  const kept = (holding: string | null) =>
    protectRelease({
      variables: ['r'],
      earlier: [],
      vintage: { name: 'v', layouts: [{ name: 't', dimensions }], contributions: own(holding) },
      rules,
    }).cells.find(({ codes }) => codes[0] === 'a')?.state;
  expect(kept(null)).toBe('published');
  expect(kept('owner')).toBe('primary');
});

test('two tables over one variable must not reveal by their difference', async () => {
  // county-1 is A and B, small is A: the difference of the two is B, which is one firm.
  const firms = [
    ['A', 3],
    ['A', 2],
    ['A', 2],
    ['B', 3],
    ['C', 8],
    ['C', 9],
    ['C', 4],
    ['D', 5],
    ['D', 6],
    ['D', 5],
  ] as const;
  const contributions = firms.map(([region, value], at) => ({
    unit: `u${at}`,
    holding: null,
    keys: [region],
    value,
  }));
  const grouped = (groups: Record<string, string[]>): Dimension => ({
    variable: 'region',
    codes: [
      { code: 'T', parent: null, is_shown: true },
      ...Object.entries(groups).flatMap(([group, codes]) => [
        { code: group, parent: 'T', is_shown: true },
        ...codes.map((code) => ({ code, parent: group, is_shown: false })),
      ]),
    ],
  });
  const counties = { name: 'county', dimensions: [grouped({ c1: ['A', 'B'], c2: ['C', 'D'] })] };
  const sizes = { name: 'size', dimensions: [grouped({ small: ['A'], large: ['B', 'C', 'D'] })] };
  const rules = { frequency: { n: 3, margin: 0.1 } };
  const make = (layouts: Vintage['layouts']) =>
    protectRelease({
      variables: ['region'],
      earlier: [],
      vintage: { name: 'v', layouts, contributions },
      rules,
    });
  expect(make([counties]).cells.every(({ state }) => state === 'published')).toBe(true);
  const linked = make([counties, sizes]);
  expect(linked.unwitnessed).toEqual([]);
  expect(linked.cells.some(({ state }) => state === 'secondary')).toBe(true);
  expect(
    (await audit(linked.system, { rules, isSuppressed: linked.isSuppressed })).revealed,
  ).toEqual([]);
  // Once the first table is out as it stands, the second one gives way alone.
  const earlier = [
    { vintage: { name: 'v', layouts: [counties], contributions }, suppressed: new Set<string>() },
  ];
  const later = protectRelease({
    variables: ['region'],
    earlier,
    vintage: { name: 'w', layouts: [sizes], contributions },
    rules,
  });
  expect(later.unwitnessed).toEqual([]);
  expect(
    later.cells.filter(({ state }) => state !== 'published').map(({ codes }) => codes[0]),
  ).toEqual(['small', 'large']);
});

test('a firm that leaves is not the difference of two releases', async () => {
  const dimensions = [flatDimension('r', ['a', 'b', 'c'])];
  const contributions = ['a', 'b', 'c'].flatMap((region) =>
    [11, 7, 6, 5].map((value, at) => ({
      unit: `${region}${at}`,
      holding: null,
      keys: [region],
      value,
    })),
  );
  const layouts = [{ name: 't', dimensions }];
  const rules = { frequency: { n: 3, margin: 0.1 } };
  const earlier = [
    { vintage: { name: '1', layouts, contributions }, suppressed: new Set<string>() },
  ];
  const after = (changed: Contribution[]) =>
    protectRelease({
      variables: ['r'],
      earlier,
      vintage: { name: '2', layouts, contributions: changed },
      rules,
    });
  expect(after(contributions).cells.every(({ state }) => state === 'published')).toBe(true);
  const gone = after(contributions.slice(1));
  expect(gone.unwitnessed).toEqual([]);
  const kept = gone.cells.filter(({ state }) => state !== 'published').map(({ codes }) => codes[0]);
  expect(kept).toEqual(expect.arrayContaining(['T', 'a']));
  const { isSuppressed, system } = gone;
  expect((await audit(system, { rules, isSuppressed })).revealed).toEqual([]);
});

test('what was out before stays safe whatever comes after', async () => {
  let out = 0;
  const later = tables.chain((first) =>
    fc.record({
      first: fc.constant(first),
      // Some leave, some are revised, the rest says the same again.
      fates: fc.array(fc.constantFrom('stays', 'stays', 'leaves', 'revised'), {
        minLength: 30,
        maxLength: 30,
      }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(later, async ({ first: { dimensions, rules, contributions }, fates }) => {
      const variables = dimensions.map(({ variable }) => variable);
      const layouts = [{ name: 't', dimensions }];
      const vintage = { name: '1', layouts, contributions };
      const one = protectRelease({ variables, earlier: [], vintage, rules });
      const suppressed = new Set(
        one.cells
          .filter(({ state }) => state !== 'published')
          .map(({ table, codes }) => cellKey(table, codes)),
      );
      const changed = contributions.flatMap((own, at) => {
        if (fates[at] === 'leaves') return [];
        return [fates[at] === 'revised' ? { ...own, value: own.value + 3 } : own];
      });
      const two = protectRelease({
        variables,
        earlier: [{ vintage, suppressed }],
        vintage: { name: '2', layouts, contributions: changed },
        rules,
      });
      const { isSuppressed, system } = two;
      const { revealed } = await audit(system, { rules, isSuppressed, attackers: 1_000 });
      // What has a witness stands; what was revised or left may be given away whatever is kept.
      if (revealed.length === 0) out++;
      const unwitnessed = new Set(two.unwitnessed);
      expect(revealed.filter(({ cell }) => !unwitnessed.has(cell))).toEqual([]);
    }),
    { numRuns: 100, seed: 11 },
  );
  // How many of the hundred second releases can come out at all.
  expect(out).toBeGreaterThan(60);
}, 240_000);

test('parts of an index that are a function of kept cells are refused', async () => {
  const rules = { frequency: { n: 3, margin: 0.1 } };
  const made = protectedBy(rules);
  const part = (region: string, gender: string, weight: number) => ({
    label: `index part ${region}`,
    terms: [{ table: 't', codes: [region, gender], weight }],
  });
  await expect(checkDerived(made, rules, [part('A', 'female', 0.25)])).rejects.toMatchObject({
    code: 'publishing.reveals',
    errors: [{ path: 't/A/female' }],
  });
  // A secondary cell gives the kept one away just as well; a sum that is out already gives nothing.
  await expect(checkDerived(made, rules, [part('A', 'male', 2)])).rejects.toThrow(/1 figure/);
  await expect(checkDerived(made, rules, [part('A', 'T', 2)])).resolves.toMatchObject({
    revealed: [],
  });
  await expect(checkDerived(made, rules, [part('X', 'T', 2)])).rejects.toMatchObject({
    code: 'publishing.data_unreadable',
  });
});

test('rules have codes, and no rule at all is no protection', () => {
  expect(() => protectedBy({})).toThrow(/No rule/);
  const zero = { frequency: { n: 3, margin: 0.1 }, zero_margin: 1 };
  const vintage = {
    ...byRegion,
    contributions: microdata.map((one) => (one.keys[0] === 'B' ? { ...one, value: 0 } : one)),
  };
  const made = protectRelease({
    variables: ['region', 'gender'],
    earlier: [],
    vintage,
    rules: zero,
  });
  const kept = made.cells.filter(({ rules }) => rules.length > 0);
  expect(kept.map(({ codes, rules }) => [codes.join('/'), ...rules])).toContainEqual([
    'B/T',
    'zero',
  ]);
  expect(kept.flatMap(({ rules }) => rules).every((one) => ruleCodes.includes(one))).toBe(true);
});
