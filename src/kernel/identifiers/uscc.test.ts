import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeUscc, parseUscc } from './uscc.ts';

const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const withoutChecks = fc
  .tuple(
    fc.constantFrom('91', '92', '93', 'N1', 'N2', 'N3', '12', '51', 'A1', 'Y1'),
    fc.stringMatching(/^[0-9]{6}$/),
    fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 8, maxLength: 8 }),
  )
  .map((parts) => parts.join(''));

describe('unified social credit code', () => {
  it('reads the parts of the worked example of GB 32100-2015', () => {
    const parsed = parseUscc('91350100M000100Y43');
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        registry: '9',
        kind: '1',
        region: '350100',
        organisation: 'M000100Y4',
        is_sole_trader: false,
      },
    });
  });

  it('takes letters in the first two places and the way people type', () => {
    const code = completeUscc('N2410100MA45ABCD');
    const typed = `${code.slice(0, 8)} ${code.slice(8, 13)}-${code.slice(13).toLowerCase()}`;
    expect(parseUscc(typed)).toMatchObject({ ok: true, value: { code, registry: 'N' } });
  });

  it('accepts every completed code, and no code with one character changed', () => {
    fc.assert(
      fc.property(withoutChecks, fc.nat(17), fc.constantFrom(...ALPHABET), (first, at, other) => {
        const code = completeUscc(first);
        expect(parseUscc(code).ok).toBe(true);
        fc.pre(code[at] !== other);
        expect(parseUscc(code.slice(0, at) + other + code.slice(at + 1)).ok).toBe(false);
      }),
    );
  });

  it.each([
    ['9135010', '现为7位', 'has 7'],
    ['91350100I000100Y43', '不允许', 'not allowed'],
    ['91350A00M000100Y43', '不允许', 'not allowed'],
    ['91350100M000100Y53', 'GB 11714', 'GB 11714'],
    ['91350100M000100Y44', 'GB 32100', 'GB 32100'],
  ])('says why %s is none', (text, zh, en) => {
    const parsed = parseUscc(text);
    if (parsed.ok) throw new Error('accepted');
    expect(parsed.reason.zh).toContain(zh);
    expect(parsed.reason.en).toContain(en);
  });

  it('knows a sole trader', () => {
    expect(parseUscc(completeUscc('92410100MA40000X'))).toMatchObject({
      value: { is_sole_trader: true },
    });
    expect(() => completeUscc('9241')).toThrow(RangeError);
  });
});
