import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGln } from './gln.ts';
import { gs1CheckDigit } from './gs1.ts';
import { parseGtin } from './gtin.ts';
import { nextSscc, parseSscc } from './sscc.ts';

describe('GS1 check digit', () => {
  it.each([
    ['09528765432101234', '6'],
    ['761110411705', '6'],
    ['9638507', '4'],
    ['061414100001', '2'],
  ])('of %s is %s', (digits, check) => {
    expect(gs1CheckDigit(digits)).toBe(check);
  });

  it('finds every single wrong digit', () => {
    const change = fc.record({ at: fc.nat(12), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{12}$/), change, (digits, { at, by }) => {
        const key = digits + gs1CheckDigit(digits);
        const wrong = (Number(key.charAt(at)) + by) % 10;
        expect(parseGln(key).ok).toBe(true);
        expect(parseGln(key.slice(0, at) + wrong + key.slice(at + 1)).ok).toBe(false);
      }),
    );
  });
});

describe('GTIN', () => {
  it.each([
    ['96385074', '00000096385074'],
    ['036000291452', '00036000291452'],
    ['761110411705 6', '07611104117056'],
    ['10614141000415', '10614141000415'],
  ])('%s is stored as %s', (text, value) => {
    expect(parseGtin(text)).toEqual({ ok: true, value });
  });

  it('says why a text is none', () => {
    expect(parseGtin('12345').ok).toBe(false);
    expect(parseGtin('7611104117057')).toMatchObject({ reason: { zh: /校验位/ } });
  });
});

describe('SSCC', () => {
  it('reads what a scanner gives', () => {
    for (const text of ['(00)095287654321012346', '00095287654321012346', '095287654321012346']) {
      expect(parseSscc(text)).toEqual({ ok: true, value: '095287654321012346' });
    }
    expect(parseSscc('095287654321012345').ok).toBe(false);
    expect(parseSscc('(01)095287654321012346').ok).toBe(false);
  });

  it('makes codes that it accepts, one for each serial', () => {
    const prefix = fc.stringMatching(/^[0-9]{4,12}$/);
    fc.assert(
      fc.property(
        prefix,
        fc.bigInt({ min: 0n, max: 9998n }),
        fc.nat(9),
        (prefix, serial, digit) => {
          const sscc = nextSscc(prefix, serial, digit);
          expect(parseSscc(sscc)).toEqual({ ok: true, value: sscc });
          expect(nextSscc(prefix, serial + 1n, digit)).not.toBe(sscc);
        },
      ),
    );
    expect(() => nextSscc('690123456789', 10_000n)).toThrow('4 digits');
    expect(() => nextSscc('12', 1n)).toThrow(RangeError);
    expect(() => nextSscc('6901234', 1n, 10)).toThrow(RangeError);
  });
});
