/** Chance from a seed (mulberry32), apart from the stream that ids are made of. */
export type Dice = {
  /** A number in [0, 1). */
  fraction(): number;
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<Item>(from: readonly Item[]): Item;
};

export function diceOf(fraction: () => number): Dice {
  const between = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    chance: (probability) => fraction() < probability,
    between,
    pick: (from) => from[between(0, from.length - 1)] as (typeof from)[number],
  };
}
