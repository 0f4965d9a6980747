import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Answer, evaluate, type Lookup } from './evaluate.ts';
import { isError, parseRule } from './parse.ts';
import { type Bounds, exactly, ofDecimal } from './rational.ts';

const items = new Set(['revenue', 'service', 'staff']);

/** What a rule comes to, with figures by name; `prev.` in front of one is the time before. */
function told(rule: string, figures: Record<string, string | [string, string]>): Answer {
  const parsed = parseRule(rule, items);
  if (isError(parsed)) throw new Error(`${parsed.column}: ${parsed.en}`);
  return evaluate(parsed, (code, isBefore) => {
    const value = figures[isBefore ? `prev.${code}` : code];
    if (value === undefined) return null;
    const [low, high] = typeof value === 'string' ? [value, value] : value;
    return { low: ofDecimal(low), high: ofDecimal(high) };
  });
}

describe('a rule', () => {
  it.each([
    ['service <= revenue', { service: '3', revenue: '3' }, 'yes'],
    ['service < revenue', { service: '3', revenue: '3' }, 'no'],
    ['0.1 + 0.2 = 0.3', {}, 'yes'],
    // No decimal holds a third, and a rounded one would miss this.
    ['revenue / 3 * 3 = revenue', { revenue: '100' }, 'yes'],
    ['2 + 3 * 4 = 14 and -2 - -5 = 3', {}, 'yes'],
    ['10 - 4 - 3 = 3 and 24 / 4 / 2 = 3', {}, 'yes'],
    ['abs(revenue / prev.revenue - 1) <= 0.5', { revenue: '160', 'prev.revenue': '100' }, 'no'],
    ['abs(revenue / prev.revenue - 1) ≤ 0.5', { revenue: '150', 'prev.revenue': '100' }, 'yes'],
    ['revenue / prev.revenue < 2', { revenue: '1' }, 'cannot_tell'],
    ['revenue / staff < 2', { revenue: '1', staff: '0' }, 'cannot_tell'],
    ['not staff = 0 or revenue = 0', { staff: '0', revenue: '5' }, 'no'],
    // One side settles it, whatever the other is.
    ['staff > 0 or revenue > 0', { staff: '1' }, 'yes'],
    ['staff > 0 and revenue > 0', { staff: '0' }, 'no'],
    ['（service ＋ 1） × 2 ≠ 8', { service: '3' }, 'no'],
    ['service <= revenue', { service: ['2', '9'], revenue: '5' }, 'cannot_tell'],
    ['service <= revenue', { service: ['6', '9'], revenue: '5' }, 'no'],
    ['service * -1 >= -9', { service: ['6', '9'] }, 'yes'],
    ['not (service = revenue)', { service: ['6', '9'], revenue: '5' }, 'yes'],
  ] as const)('%s with %j: %s', (rule, figures, answer) => {
    expect(told(rule, figures as never)).toBe(answer);
  });

  it.each([
    ['revenu > 0', 1, 'revenu'],
    ['revenue > prev.staf', 16, 'staf'],
    ['revenue > ', 11, 'ends too soon'],
    ['revenue + 1', 1, 'comparison is wanted'],
    ['revenue > 0 > 1', 13, 'two figures at a time'],
    ['revenue > (1 + 2', 17, '")" is missing'],
    ['revenue > 1 2', 13, 'operator is missing'],
    ['revenue > 1;drop', 12, '";"'],
    ['(revenue > 1) + 1 > 2', 1, 'figure is wanted'],
    ['revenue and staff > 1', 1, 'comparison is wanted'],
    ['revenue > abs 1', 15, '"(" is missing'],
    ['revenue > 1e3', 12, 'operator is missing'],
    ['revenue.constructor > 1', 8, 'operator is missing'],
    ['not > 1', 5, 'cannot stand here'],
    [`${'('.repeat(40)}1 > 0`, 34, 'too deep'],
    [`${'-'.repeat(40)}1 > 0`, 34, 'too deep'],
    [`${'not '.repeat(40)}1 > 0`, 133, 'too deep'],
    [`1${' * 2'.repeat(30)} > 0`, 83, '20 times at most'],
  ])('%s is refused at character %i: %s', (rule, column, words) => {
    const parsed = parseRule(rule, items);
    if (!isError(parsed)) throw new Error('it was taken');
    expect([parsed.column, parsed.en]).toEqual([column, expect.stringContaining(words)]);
    expect(parsed.zh).toMatch(/\p{Script=Han}/u);
  });
});

test('any text is read or refused at one of its characters, and nothing is thrown', () => {
  const word = fc.constantFrom('revenue', 'prev.', 'abs(', '(', ')', '<=', '=', 'not ', 'and ');
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(word, fc.string())).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (rule) => {
      const parsed = parseRule(rule, items);
      if (!isError(parsed)) return;
      expect(parsed.column).toBeGreaterThanOrEqual(1);
      expect(parsed.column).toBeLessThanOrEqual(rule.length + 1);
    }),
    { numRuns: 2_000 },
  );
});

/** A sum as a machine would write it, and what it comes to, by fractions that nobody reduces. */
type Sum = { text: string; top: bigint; bottom: bigint; uses: Set<string> };
type World = Record<string, { text: string; top: bigint; bottom: bigint }>;
type Told = (world: World) => Sum | null;

const decimalText = fc
  .tuple(fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: 0, max: 3 }))
  .map(([whole, places]) => ({
    text: (whole / 10 ** places).toFixed(places),
    top: BigInt(whole),
    bottom: 10n ** BigInt(places),
  }));

const joins = {
  '+': (a: Sum, b: Sum) => [a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom],
  '-': (a: Sum, b: Sum) => [a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom],
  '*': (a: Sum, b: Sum) => [a.top * b.top, a.bottom * b.bottom],
  '/': (a: Sum, b: Sum) => [a.top * b.bottom, a.bottom * b.top],
} as const;

const { sum } = fc.letrec<{ sum: Told; leaf: Told; joined: Told; absolute: Told }>((tie) => ({
  sum: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('joined'), tie('absolute')),
  leaf: fc.oneof(
    decimalText.map(({ text, top, bottom }): Told => {
      const written = text.startsWith('-') ? `(${text})` : text;
      return () => ({ text: written, top, bottom, uses: new Set() });
    }),
    fc.constantFrom(...items).map(
      (name): Told =>
        (world) => ({ ...(world[name] as World[string]), text: name, uses: new Set([name]) }),
    ),
  ),
  joined: fc.tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/'), tie('sum')).map(
    ([one, sign, other]): Told =>
      (world) => {
        const [a, b] = [one(world), other(world)];
        if (!a || !b || (sign === '/' && b.top === 0n)) return null;
        const [top = 0n, bottom = 1n] = joins[sign as keyof typeof joins](a, b);
        const uses = new Set([...a.uses, ...b.uses]);
        return { text: `(${a.text} ${sign} ${b.text})`, top, bottom, uses };
      },
  ),
  absolute: tie('sum').map(
    (of): Told =>
      (world) => {
        const a = of(world);
        if (!a) return null;
        const isBelow = a.top < 0n !== a.bottom < 0n;
        return { ...a, text: `abs(${a.text})`, top: isBelow ? -a.top : a.top };
      },
  ),
}));

const comparison = fc.constantFrom('<', '<=', '>', '>=', '=', '!=');
const figures = fc.record({ revenue: decimalText, service: decimalText, staff: decimalText });

/** How two fractions stand, by one subtraction. */
function holds(a: Sum, sign: string, b: Sum): boolean {
  const apart = (a.top * b.bottom - b.top * a.bottom) * (a.bottom * b.bottom < 0n ? -1n : 1n);
  const stands = { '<': apart < 0n, '=': apart === 0n, '>': apart > 0n };
  return sign === '!=' ? apart !== 0n : [...sign].some((one) => stands[one as '<']);
}

test('a rule comes to what plain fractions come to', () => {
  fc.assert(
    fc.property(sum, comparison, sum, figures, (one, sign, other, world) => {
      const [a, b] = [one(world), other(world)];
      fc.pre(a !== null && b !== null);
      const values = Object.fromEntries(Object.entries(world).map(([k, v]) => [k, v.text]));
      const answer = told(`${a.text} ${sign} ${b.text}`, values);
      expect(answer).toBe(holds(a, sign, b) ? 'yes' : 'no');
    }),
    { numRuns: 2_000 },
  );
});

test('what bounds say of a rule holds for every value inside them', () => {
  const within = fc.record({ value: decimalText, below: fc.nat(900), above: fc.nat(900) });
  const all = fc.record({ revenue: within, service: within, staff: within });
  fc.assert(
    fc.property(sum, comparison, sum, all, (one, sign, other, world) => {
      const values = Object.fromEntries(Object.entries(world).map(([k, v]) => [k, v.value]));
      const [a, b] = [one(values), other(values)];
      fc.pre(a !== null && b !== null);
      const parsed = parseRule(`${a.text} ${sign} ${b.text}`, items);
      if (isError(parsed)) throw new Error(parsed.en);
      const wide: Lookup = (code): Bounds => {
        const { value, below, above } = world[code as keyof typeof world];
        const at = exactly(ofDecimal(value.text)).low;
        return {
          low: { top: at.top - BigInt(below) * at.bottom, bottom: at.bottom },
          high: { top: at.top + BigInt(above) * at.bottom, bottom: at.bottom },
        };
      };
      const answer = evaluate(parsed, wide);
      if (answer !== 'cannot_tell') expect(answer === 'yes').toBe(holds(a, sign, b));
    }),
    { numRuns: 2_000 },
  );
});
