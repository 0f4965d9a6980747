import { chanceOfAtLeast } from './chance.ts';

/**
 * How often the third significant digit is d where nobody rounds: Hill, A statistical derivation of
 * the significant-digit law (Statistical Science 10, 1995): Σ lg(1 + 1/(10k + d)), k from 10 to 99.
 */
function thirdDigitShare(digit: number): number {
  let share = 0;
  for (let first = 10; first <= 99; first++) share += Math.log10(1 + 1 / (10 * first + digit));
  return share;
}

/** The part of figures whose third digit is 0 or 5, where nobody rounds. */
export const UNROUNDED = thirdDigitShare(0) + thirdDigitShare(5);

/** The third significant digit of a figure as it is written; null where it has no third. */
export function thirdDigit(text: string): number | null {
  const digits = text.replace(/[-.]/g, '').replace(/^0+/, '');
  return digits.length < 3 ? null : Number(digits[2]);
}

export type Heaping = {
  /** Figures that have a third digit, and those in which it is 0 or 5. */
  counted: number;
  round: number;
  /** Whipple's index: 100 where nobody rounds, 496 where everybody does. */
  index: number | null;
  chance: number;
};

/**
 * Whipple's index, on the third significant digit in place of the last digit of an age: how much
 * more often it is 0 or 5 than where nobody rounds.
 */
export function heapingOf(texts: readonly string[]): Heaping {
  const digits = texts.map(thirdDigit).filter((digit) => digit !== null);
  const round = digits.filter((digit) => digit % 5 === 0).length;
  const counted = digits.length;
  return {
    counted,
    round,
    index: counted === 0 ? null : (100 * round) / counted / UNROUNDED,
    chance: chanceOfAtLeast(round, counted, UNROUNDED),
  };
}

/** United Nations, Demographic Yearbook: from here on data are called rough. */
export const ROUGH = 125;
