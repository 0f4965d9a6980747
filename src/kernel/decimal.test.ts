import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, isCurrency } from './currencies.ts';
import { Decimal, fromMinor, lineAmountMinor, toMinor } from './decimal.ts';

describe('Decimal', () => {
  it('adds tenths exactly and never writes an exponent', () => {
    expect(new Decimal('0.1').plus('0.2').toString()).toBe('0.3');
    expect(new Decimal('0.0000000001').toString()).toBe('0.0000000001');
    expect(new Decimal('12').pow(30).toString()).not.toContain('e');
  });
});

describe('minor units', () => {
  it.each([
    ['12.345', 'CNY', 1235n],
    ['-12.345', 'CNY', -1235n],
    ['12.344', 'CNY', 1234n],
    ['1000', 'JPY', 1000n],
    ['0.5', 'JPY', 1n],
    ['1.2345', 'KWD', 1235n],
    ['92233720368547758.07', 'CNY', 9223372036854775807n],
  ])('%s %s is %s', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor);
  });

  it('returns where it came from, for every amount and currency', () => {
    const currency = fc.constantFrom('CNY', 'JPY', 'KWD', 'CLF', 'USD');
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        currency,
        (minor, code) => {
          expect(toMinor(fromMinor(minor, code), code)).toBe(minor);
        },
      ),
    );
  });

  it('refuses what is no amount', () => {
    expect(() => toMinor('Infinity', 'CNY')).toThrow(RangeError);
    expect(() => toMinor('ten', 'CNY')).toThrow();
    expect(() => toMinor('1', 'ABC')).toThrow('no ISO 4217 currency');
  });
});

describe('line amounts', () => {
  it.each([
    ['3', '9.99', '1', 2997n],
    ['250', '5.20', '100', 1300n],
    ['1', '0.005', '1', 1n],
    ['3', '0.3333', '1', 100n],
    ['7', '1', '3', 233n],
  ])('%s × %s per %s', (quantity, price, base, amount) => {
    expect(lineAmountMinor(quantity, price, base, 'CNY')).toBe(amount);
  });

  it('refuses a base quantity of nothing', () => {
    expect(() => lineAmountMinor('1', '1', '0', 'CNY')).toThrow(RangeError);
    expect(() => lineAmountMinor('1', '1', '-1', 'CNY')).toThrow(RangeError);
  });
});

describe('currencies', () => {
  it('know their decimals', () => {
    expect(['CNY', 'JPY', 'BHD', 'CLF'].map(currencyExponent)).toEqual([2, 0, 3, 4]);
    expect(isCurrency('cny')).toBe(false);
  });
});
