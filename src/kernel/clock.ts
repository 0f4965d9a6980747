import { openDice } from './dice.ts';

/**
 * Where time and randomness come from. Commands never ask the machine: they get `tx.now` and
 * `tx.newId()`, so that a seed replays everything.
 */
export type Bytes = Uint8Array<ArrayBuffer>;

export type Clock = { now(): Date; random(bytes: Bytes): Bytes };

// One call to the system's source costs more than the id that it is for: it is asked in bulk, and
// what was given away is wiped.
const pool = new Uint8Array(4_096);
let given = pool.length;

function randomBytes(bytes: Bytes): Bytes {
  const count = bytes.length;
  if (count > pool.length) return crypto.getRandomValues(bytes);
  if (given + count > pool.length) {
    crypto.getRandomValues(pool);
    given = 0;
  }
  bytes.set(pool.subarray(given, given + count));
  pool.fill(0, given, given + count);
  given += count;
  return bytes;
}

export const machineClock: Clock = { now: () => new Date(), random: randomBytes };

/** A clock that stands where it is put; randomness comes from a seed. */
export function seededClock(start: string, seed: number) {
  let instant = new Date(start);
  const dice = openDice(seed);
  return {
    now: () => instant,
    set: (next: string | Date) => {
      instant = new Date(next);
    },
    random: (bytes: Bytes) => {
      for (let i = 0; i < bytes.length; i++) bytes[i] = dice.word() & 0xff;
      return bytes;
    },
    /** A number in [0, 1). */
    fraction: dice.fraction,
  };
}
