import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_LIMITS, readExactJson } from './exact-json.ts';

const written = (text: string) => JSON.stringify(readExactJson(text).value);

describe('JSON with the digits that were written', () => {
  it('keeps a weight to the last digit', () => {
    const weights = '{"net":26.0,"gross":0.10000000000000000001,"tiny":-1E-7,"big":1e400}';
    expect(written(weights)).toBe(weights);
  });

  it('reads what JSON.parse reads, to the same value', () => {
    const text = fc.tuple(fc.json(), fc.constantFrom(undefined, 1, '\t'));
    fc.assert(
      fc.property(text, ([json, indent]) => {
        const laidOut = JSON.stringify(JSON.parse(json), null, indent);
        fc.pre(!laidOut.includes('__proto__'));
        expect(JSON.parse(written(laidOut) ?? '')).toEqual(JSON.parse(laidOut));
      }),
    );
  });

  it('refuses what JSON.parse refuses, and says where', () => {
    const pieces = ['{', '}', '[', ']', ',', ':', '"a"', '"\\', '"', '1', '-', '01', 'null', ' '];
    const broken = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })));
    fc.assert(
      fc.property(broken, (parts) => {
        const text = parts.join('');
        const outcome = readExactJson(text);
        let refused = false;
        try {
          JSON.parse(text.replace(/^\ufeff/, ''));
        } catch {
          refused = true;
        }
        if (refused) expect(outcome.problem?.en).toMatch(/^Line \d+, column \d+: /);
        else fc.pre(outcome.problem === undefined || /repeated/.test(outcome.problem.en));
      }),
      { numRuns: 5_000 },
    );
  });

  it('takes no name twice, no depth past its bound and no prototype', () => {
    expect(readExactJson('{"a":1,\n "a":2}').problem?.en).toBe(
      'Line 2, column 5: "a" is repeated or no name.',
    );
    expect(readExactJson('{"__proto__":{}}').problem).toBeDefined();
    expect(readExactJson('['.repeat(JSON_LIMITS.depth + 1)).problem?.en).toContain('deeper');
    expect(readExactJson('['.repeat(1_000_000)).problem).toBeDefined();
  });
});
