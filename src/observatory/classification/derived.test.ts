import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Crosswalk, readCrosswalk } from './crosswalk.ts';
import {
  type Amounts,
  addDerived,
  digitalEconomy,
  measureDerived,
  uniteDerived,
} from './derived.ts';
import { getEdition } from './editions.ts';
import { industriesOn } from './industry.ts';
import { sectorByLetter, sectorOf } from './three-sectors.ts';

const base = industriesOn();
const read = (csv: string, kind: Crosswalk['kind'] = 'selection', id = 'producer-services-2019') =>
  readCrosswalk(csv, { edition: getEdition(id), kind, base });

test('the letter of a section does not tell the sector', () => {
  // Maintenance sold by a machine maker is coded C and is a service; so is spraying for a farmer.
  expect(
    ['4330', '4349', '0514', '1120'].map((code) => [sectorOf(code), sectorByLetter(code)]),
  ).toEqual([
    ['3', '2'],
    ['3', '2'],
    ['3', '1'],
    ['3', '2'],
  ]);
  expect(sectorOf('2911')).toBe('2');
  expect(sectorOf('0151')).toBe('1');
  const differ = base.classes.filter(({ code }) => sectorOf(code) !== sectorByLetter(code));
  expect(new Set(differ.map(({ code }) => code.slice(0, 2)))).toEqual(new Set(['05', '11', '43']));
  expect(differ).toHaveLength(15 + 3 + 10);
});

test('a table is read whole or refused row by row', () => {
  const walk = read('from,to,part\n73,01,\n7320,01,*\n5930,02,0.2-0.4\n');
  expect(walk.targets.get('7310')).toMatchObject([{ part: { low: 1, high: 1 } }]);
  // The class overrides its division; a row without a status is not taken for verified.
  expect(walk.targets.get('7320')).toMatchObject([
    { part: { low: 0, high: 1 }, status: 'unverified' },
  ]);
  const rows = ['7110,01,', '73,01,2', '7310,01,0.6', '7310,02,0.6', '7310,02,0.1', '7340,,'];
  const bad = ['from,to,part', ...rows, '7350,01,0.9-0.1'].join('\n');
  expect(() => read(bad)).toThrow(
    expect.objectContaining({
      errors: [2, 3, 7, 8, 6, 6].map((row) =>
        expect.objectContaining({ path: `producer-services-2019.csv:${row}` }),
      ),
    }),
  );
  expect(() => read('from,to\nA,1\nB,2\n', 'partition')).toThrow(
    expect.objectContaining({
      errors: [expect.objectContaining({ en: expect.stringMatching(/classes go nowhere/) })],
    }),
  );
});

const farming = () =>
  read('from,to,part\n01,1,\n5930,5,*\n643,9,*', 'selection', 'agriculture-related-2020');

test('overlapping derived classes are united, never summed', () => {
  const amounts: Amounts = new Map([
    ['0151', { low: 100, high: 100 }],
    ['6431', { low: 40, high: 50 }],
    ['6513', { low: 10, high: 10 }],
  ]);
  const digital = measureDerived(digitalEconomy(), amounts);
  const agriculture = measureDerived(farming(), amounts);
  expect(digital).toMatchObject({ low: 50, high: 60, is_partial: true, unverified: 24 });
  expect(agriculture).toMatchObject({ low: 100, high: 150 });
  expect(() => addDerived(digital, agriculture)).toThrow(/6431/);
  // 40 to 50 of the platform are digital whole; that some of it is farming's adds nothing.
  expect(uniteDerived(digital, agriculture, amounts)).toMatchObject({ low: 150, high: 160 });
  const logistics = measureDerived(read('from,to\n7310,01'), amounts);
  expect(addDerived(logistics, digital).editions).toHaveLength(2);
  expect(() => addDerived(addDerived(logistics, digital), agriculture)).toThrow(/不能相加|added/);
});

test('the union holds what really belongs to one or the other', () => {
  const codes = ['0151', '6431', '6513', '5930'];
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const activity = fc.record({
    code: fc.constantFrom(...codes),
    amount: fc.integer({ min: 0, max: 1_000 }),
    isDigital: fc.boolean(),
    isFarming: fc.boolean(),
    slack: share,
  });
  fc.assert(
    fc.property(fc.array(activity, { minLength: 1, maxLength: 30 }), (activities) => {
      const sum = (of: (one: (typeof activities)[number]) => boolean, code: string) =>
        activities
          .filter((one) => one.code === code && of(one))
          .reduce((all, one) => all + one.amount, 0);
      const walkOf = (is: 'isDigital' | 'isFarming', id: string): Crosswalk => {
        const targets = codes.flatMap((code) => {
          const whole = sum(() => true, code);
          if (whole === 0) return [];
          const part = sum((one) => one[is], code) / whole;
          // What a table says of a part is right, and no more exact than it wants to be.
          const slack = activities[0]?.slack ?? 0;
          const bounds = { low: part * (1 - slack), high: part + (1 - part) * slack };
          return [[code, [{ to: '1', part: bounds, status: 'published', note: '' }]] as const];
        });
        return { edition: getEdition(id), kind: 'selection', targets: new Map(targets) };
      };
      const amounts: Amounts = new Map(
        codes.map((code) => {
          const whole = sum(() => true, code);
          return [code, { low: whole, high: whole }];
        }),
      );
      const one = measureDerived(walkOf('isDigital', 'digital-economy-2021'), amounts);
      const other = measureDerived(walkOf('isFarming', 'agriculture-related-2020'), amounts);
      const union = uniteDerived(one, other, amounts);
      const truth = codes.reduce(
        (all, code) => all + sum((a) => a.isDigital || a.isFarming, code),
        0,
      );
      expect(union.low).toBeLessThanOrEqual(truth + 1e-6);
      expect(union.high).toBeGreaterThanOrEqual(truth - 1e-6);
    }),
  );
});
