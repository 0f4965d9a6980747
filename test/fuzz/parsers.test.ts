import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  addDays,
  businessDate,
  completeUscc,
  Decimal,
  decimal,
  decodeCursor,
  encodeCursor,
  Fault,
  instant,
  minorUnits,
  parseGln,
  parseGtin,
  parseSscc,
  parseUscc,
} from '../../src/kernel/index.ts';

const seed = 20_260_302;
const runs = { numRuns: 3_000, seed };
/** Any text that JavaScript can hold, halves of surrogate pairs and NUL as well. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);
/** A valid text with one of its characters changed, doubled or gone. */
const nearly = (valid: string) =>
  fc
    .tuple(fc.nat(valid.length), anyText, fc.boolean())
    .map(([at, odd, keeps]) => valid.slice(0, at) + odd + valid.slice(keeps ? at : at + 1));

describe('parsers take any text and give an answer', () => {
  it.each([
    ['uscc', parseUscc, completeUscc('9141010020000001')],
    ['gln', parseGln, '6901234567892'],
    ['gtin', parseGtin, '6901234567892'],
    ['sscc', parseSscc, '006901234567890123'],
  ])('%s', (_, parse, sample) => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearly(sample)), (text) => {
        const found = parse(text);
        expect(typeof found.ok).toBe('boolean');
        // What was taken once is taken again as it was written down.
        if (!found.ok) return;
        const { value } = found;
        expect(parse(typeof value === 'string' ? value : value.code)).toEqual(found);
      }),
      runs,
    );
  });

  it('a decimal that was taken is a number that the database holds', () => {
    const text = fc.oneof(anyText, nearly('12345.6789'), nearly('-0.0000000001'));
    fc.assert(
      fc.property(text, (given) => {
        const taken = decimal.safeParse(given);
        if (!taken.success) return;
        expect(new Decimal(taken.data).isFinite()).toBe(true);
        expect(/^-?\d{1,20}(\.\d{1,10})?$/.test(taken.data)).toBe(true);
      }),
      runs,
    );
  });

  it('minor units are exact, whatever was written', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearly('9223372036854775807')), (given) => {
        const taken = minorUnits.safeParse(given);
        if (taken.success) expect(BigInt(given)).toBe(taken.data);
      }),
      runs,
    );
  });

  it('a day or an instant that was taken is one', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearly('2026-02-28'), nearly('2024-02-29')), (given) => {
        const taken = businessDate.safeParse(given);
        if (taken.success) expect(addDays(taken.data, 0)).toBe(given);
      }),
      runs,
    );
    fc.assert(
      fc.property(fc.oneof(anyText, nearly('2026-03-02T01:00:00.000+08:00')), (given) => {
        const taken = instant.safeParse(given);
        if (taken.success) expect(Number.isNaN(new Date(taken.data).getTime())).toBe(false);
      }),
      runs,
    );
  });

  it('a cursor of another list, or of nobody, is a fault and nothing else', () => {
    const shape = z.tuple([businessDate, z.guid()]);
    const good = encodeCursor(['2026-03-02', '019cac0f-2680-7000-a0da-0d58e95501bf']);
    expect(decodeCursor(good, shape)[0]).toBe('2026-03-02');
    const other = fc.json({ maxDepth: 4 }).map((json) => Buffer.from(json).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(anyText, nearly(good), other), (given) => {
        try {
          expect(shape.safeParse(decodeCursor(given, shape)).success).toBe(true);
        } catch (error) {
          expect((error as Fault).code).toBe('kernel.malformed');
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      runs,
    );
  });
});
