import { describe, expect, it } from 'vitest';
import { addRun, openTally, standings, type Ties } from './ranking.ts';

const span = { period: null, from: 0, to: 4 };
const own = Float64Array.of(9, 8, 7, 1);
/** A is never below B, B and C change places, C is above A once in ten, D is last. */
const runs = [
  ...Array.from({ length: 9 }, (_, at) => (at % 2 ? [9, 8, 7, 1] : [9, 7, 8, 1])),
  [6, 5, 7, 1],
];

function stand(ties: Ties, outcomes: readonly (readonly number[])[] = runs) {
  const tally = openTally(span, own);
  for (const run of outcomes) addRun(tally, Float64Array.from(run));
  return standings(tally, own, { level: 0.9, ties });
}

describe('where units stand', () => {
  it('those that cannot be told apart from the best of a group share its place', () => {
    const found = stand('best_of_group');
    expect(found.map(({ place, tie_group }) => [place, tie_group])).toEqual([
      [1, 1],
      [2, 2],
      [2, 2],
      [4, 3],
    ]);
    expect(found.map(({ not_told_apart }) => not_told_apart)).toEqual([[2], [2], [0, 1], []]);
  });

  it('in a chain no two units of different places are in doubt', () => {
    expect(stand('chain').map(({ place }) => place)).toEqual([1, 1, 1, 4]);
  });

  it('the rank is an interval that holds the recipe’s own', () => {
    expect(stand('chain').map(({ rank }) => rank)).toEqual([
      { low: 1, high: 2, own: 1 },
      { low: 2, high: 3, own: 2 },
      { low: 1, high: 3, own: 3 },
      { low: 4, high: 4, own: 4 },
    ]);
  });

  it('runs that give a unit no index say nothing about it, and are counted', () => {
    const found = stand('chain', [...runs.slice(0, 9), [9, 8, Number.NaN, 1]]);
    expect(found.map(({ runs_without }) => runs_without)).toEqual([0, 0, 1, 0]);
    expect(found[0]?.rank).toEqual({ low: 1, high: 1, own: 1 });
  });

  it('equals share the better rank and are in one group', () => {
    const equal = Float64Array.of(0.3, 0.1 + 0.2, 0.3, 0.1);
    const tally = openTally(span, equal);
    addRun(tally, equal);
    const found = standings(tally, equal, { level: 0.9, ties: 'best_of_group' });
    expect(found.map(({ place, rank }) => [place, rank.low, rank.high])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
      [4, 4, 4],
    ]);
  });
});
