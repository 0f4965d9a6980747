import type { Condition, Figure } from './parse.ts';
import {
  absoluteBounds,
  addBounds,
  type Bounds,
  compare,
  divideBounds,
  exactly,
  multiplyBounds,
  negateBounds,
} from './rational.ts';

/** What an item comes to, now or one period before; null where nothing is known of it. */
export type Lookup = (code: string, isBefore: boolean) => Bounds | null;

/** `cannot_tell` where an item is empty, something is divided by what may be zero, or bounds do. */
export type Answer = 'yes' | 'no' | 'cannot_tell';

/** The bounds of a figure: the truth lies inside, wherever the items' own bounds hold it. */
export function boundsOf(figure: Figure, lookup: Lookup): Bounds | null {
  if (figure.kind === 'number') return exactly(figure.value);
  if (figure.kind === 'item') return lookup(figure.code, figure.isBefore);
  if (figure.kind === 'arithmetic') {
    const left = boundsOf(figure.left, lookup);
    const right = boundsOf(figure.right, lookup);
    if (!left || !right) return null;
    if (figure.sign === '+') return addBounds(left, right);
    if (figure.sign === '-') return addBounds(left, negateBounds(right));
    return figure.sign === '*' ? multiplyBounds(left, right) : divideBounds(left, right);
  }
  const of = boundsOf(figure.of, lookup);
  if (!of) return null;
  return figure.kind === 'abs' ? absoluteBounds(of) : negateBounds(of);
}

const denied: Readonly<Record<Answer, Answer>> = {
  yes: 'no',
  no: 'yes',
  cannot_tell: 'cannot_tell',
};

function isBelow(a: Bounds, b: Bounds): Answer {
  if (compare(a.high, b.low) < 0) return 'yes';
  return compare(a.low, b.high) >= 0 ? 'no' : 'cannot_tell';
}

function isEqual(a: Bounds, b: Bounds): Answer {
  if (compare(a.high, b.low) < 0 || compare(b.high, a.low) < 0) return 'no';
  const isOne = compare(a.low, a.high) === 0 && compare(b.low, b.high) === 0;
  return isOne ? 'yes' : 'cannot_tell';
}

function compared(sign: string, a: Bounds, b: Bounds): Answer {
  if (sign === '<') return isBelow(a, b);
  if (sign === '>') return isBelow(b, a);
  if (sign === '>=') return denied[isBelow(a, b)];
  if (sign === '<=') return denied[isBelow(b, a)];
  return sign === '=' ? isEqual(a, b) : denied[isEqual(a, b)];
}

/** Whether a rule holds. `no` only where it holds for no value inside the bounds. */
export function evaluate(condition: Condition, lookup: Lookup): Answer {
  if (condition.kind === 'compare') {
    const left = boundsOf(condition.left, lookup);
    const right = boundsOf(condition.right, lookup);
    return left && right ? compared(condition.sign, left, right) : 'cannot_tell';
  }
  if (condition.kind === 'not') return denied[evaluate(condition.of, lookup)];
  const both = [evaluate(condition.left, lookup), evaluate(condition.right, lookup)];
  const decides: Answer = condition.kind === 'and' ? 'no' : 'yes';
  if (both.includes(decides)) return decides;
  return both.includes('cannot_tell') ? 'cannot_tell' : denied[decides];
}
