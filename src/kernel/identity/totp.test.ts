import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededClock } from '../clock.ts';
import { base32, codeAt, secretBytes, stepAt, stepOf } from './totp.ts';
import { openVault } from './vault.ts';

const secret = Buffer.from('12345678901234567890');

test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %i s the code is %s', (seconds, code) => {
  expect(codeAt(secret, stepAt(new Date(seconds * 1_000)), 8)).toBe(code);
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['foob', 'MZXW6YQ'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648, 10: base32 of "%s"', (text, coded) => {
  expect(base32(Buffer.from(text))).toBe(coded);
});

test('a code is good for its step and the ones beside it, and names the step', () => {
  const now = new Date('2026-03-02T01:00:10Z');
  const at = stepAt(now);
  for (let off = -3n; off <= 3n; off++) {
    const near = off >= -1n && off <= 1n;
    expect(stepOf(secret, codeAt(secret, at + off), now)).toBe(near ? at + off : null);
  }
  expect(stepOf(secret, '', now)).toBeNull();
});

test('what the vault sealed comes back, for the same row, under the same key, unchanged', () => {
  const clock = seededClock('2026-03-02T01:00:00Z', 1);
  const vault = openVault(clock.random(new Uint8Array(32)), clock);
  const other = openVault(clock.random(new Uint8Array(32)), clock);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: secretBytes * 2 }), fc.nat(), (plain, at) => {
      const sealed = vault.seal(plain, 'totp of one');
      expect(Buffer.from(vault.open(sealed, 'totp of one'))).toEqual(Buffer.from(plain));
      expect(() => vault.open(sealed, 'totp of another')).toThrow();
      expect(() => other.open(sealed, 'totp of one')).toThrow();
      const changed = Uint8Array.from(sealed);
      const index = at % changed.length;
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => vault.open(changed, 'totp of one')).toThrow();
    }),
  );
});
