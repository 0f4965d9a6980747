import { describe, expect, it } from 'vitest';
import { parentTaxCode, parseTaxCode } from './tax-code.ts';

describe('tax classification code', () => {
  it.each([
    ['1000000000000000000', '1', 1],
    ['1010000000000000000', '1', 2],
    ['1010101000000000000', '1', 4],
    ['1010101010000000000', '1', 5],
    ['3070401000000000000', '3', 4],
  ])('%s is in part %s, level %s', (code, part, level) => {
    expect(parseTaxCode(code)).toEqual({ ok: true, value: { code, part, level } });
  });

  it('climbs to its part', () => {
    expect(parentTaxCode('1010101010000000000')).toBe('1010101000000000000');
    expect(parentTaxCode('1010000000000000000')).toBe('1000000000000000000');
    expect(parentTaxCode('1000000000000000000')).toBeUndefined();
  });

  it.each(['101010', '7010101010000000000', '10101010100000000AB'])('refuses %s', (text) => {
    expect(parseTaxCode(text).ok).toBe(false);
  });
});
