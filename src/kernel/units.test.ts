import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from './decimal.ts';
import { convertQuantity, findUnit, listUnits } from './units.ts';

describe('units', () => {
  it('have one meaning for each code', () => {
    const codes = listUnits().map((unit) => unit.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(findUnit('KGM')).toMatchObject({ name: { zh: '千克', en: 'kilogram' } });
    expect(findUnit('kg')).toBeUndefined();
  });

  it.each([
    ['2.5', 'TNE', 'KGM', '2500'],
    ['1', 'LBR', 'GRM', '453.59237'],
    ['10', 'DZN', 'C62', '120'],
    ['1', 'FOT', 'INH', '12'],
    ['36', 'HUR', 'DAY', '1.5'],
    ['1', 'MTQ', 'LTR', '1000'],
    ['3', 'XBX', 'XBX', '3'],
  ])('%s %s in %s is %s', (quantity, from, to, result) => {
    expect(convertQuantity(quantity, from, to)).toBe(result);
  });

  it.each([
    ['KGM', 'LTR'],
    ['XCT', 'C62'],
    ['MON', 'DAY'],
    ['CEL', 'KEL'],
    ['KGM', 'ZZZ'],
  ])('does not guess how many %s are in a %s', (from, to) => {
    expect(convertQuantity('1', from, to)).toBeUndefined();
  });

  it('comes back the same after there and back', () => {
    const unit = fc.constantFrom(...listUnits().filter(({ factor }) => factor !== null));
    const quantity = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => `${n / 1000}`);
    fc.assert(
      fc.property(unit, unit, quantity, (from, to, amount) => {
        const there = convertQuantity(amount, from.code, to.code);
        expect(there === undefined).toBe(from.dimension !== to.dimension);
        if (there === undefined) return;
        const back = new Decimal(convertQuantity(there, to.code, from.code) ?? Number.NaN);
        expect(back.minus(amount).abs().lessThan('1e-25')).toBe(true);
      }),
    );
  });
});
