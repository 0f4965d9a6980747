import { describe, expect, it } from 'vitest';
import type { Fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { assertHoldable } from './holdable.ts';

function refused(value: unknown): string | null {
  try {
    assertHoldable(value, 'body');
    return null;
  } catch (error) {
    return (error as Fault).code;
  }
}

describe('what no column can hold', () => {
  it.each([
    ['half a pair', { name_zh: '\udfff\ud800' }],
    ['half a pair in a name', { '\ud800': 1 }],
    ['a NUL, deep inside', { lines: [{ name: 'a\u0000b' }] }],
  ])('is refused: %s', (_, value) => {
    expect(refused(value)).toBe('kernel.malformed');
  });

  it('is told apart from odd text that is text', () => {
    expect(refused({ name: '🥟\u202e\ufeff', lines: [{ n: 1 }, null, true] })).toBeNull();
  });

  it('is anything too deep, however deep it goes', () => {
    const nested = (depth: number) => {
      let value: unknown = 1;
      for (let at = 0; at < depth; at++) value = [value];
      return value;
    };
    expect(refused(nested(limits.json_depth))).toBeNull();
    expect(refused(nested(limits.json_depth + 1))).toBe('kernel.malformed');
    expect(refused(nested(500_000))).toBe('kernel.malformed');
  });
});
