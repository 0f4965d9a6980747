/** Chance that a seed replays. */
export type Dice = {
  /** The next 32 bits. */
  word(): number;
  /** A number in [0, 1), a multiple of 2⁻³². */
  fraction(): number;
};

const step = 0x6d2b79f5;

/**
 * mulberry32 (Tommy Ettinger, 2017). The n-th word depends on `seed` and n alone: dice that skip
 * the first n words go on where other dice of the seed stand after n, so that work may be divided
 * in any way and draws the same.
 *
 * @param skip how many words to pass over; a seed has 2³² of them
 */
export function openDice(seed: number, skip = 0): Dice {
  let state = (seed + Math.imul(skip, step)) >>> 0;
  const word = () => {
    state = (state + step) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { word, fraction: () => word() / 2 ** 32 };
}
