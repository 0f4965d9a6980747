import { expect, it } from 'vitest';
import { openDice } from './dice.ts';

const draw = (dice: ReturnType<typeof openDice>, count: number) =>
  Array.from({ length: count }, dice.word);

it('throws the same words from the same seed, wherever one begins', () => {
  const all = draw(openDice(7), 100);
  expect(draw(openDice(7), 100)).toEqual(all);
  for (const skip of [0, 1, 63]) {
    expect(draw(openDice(7, skip), 100 - skip)).toEqual(all.slice(skip));
  }
  expect(draw(openDice(8), 100)).not.toEqual(all);
});

it('throws evenly', () => {
  const dice = openDice(1);
  const counts = new Array<number>(10).fill(0);
  for (let at = 0; at < 100_000; at++) {
    const bin = Math.floor(dice.fraction() * 10);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  // χ² of 9 degrees of freedom is below 27.9 in 999 of 1,000 tries.
  const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chi).toBeLessThan(27.9);
});
