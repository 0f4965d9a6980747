import { createHash } from 'node:crypto';
import type { Nursery } from '../../src/kernel/test-server.ts';
import type { Part } from './part.ts';
import { Broken, type Life, live } from './run.ts';
import { openTally } from './tally.ts';

/** A chain's life is this long; then another begins, in a database of its own. */
export const stepsOfLife = 1_000;
/** So many lives go on side by side: while one waits for its database, the others work. */
const atOnce = 4;

/**
 * Lives of a run by their numbers, `last` included; with `every`, each so many-th from `first`.
 * `halt` ends them before their time, none of them broken.
 */
export type Lives = {
  seed: number;
  first: number;
  last: number;
  every?: number;
  halt?: AbortSignal;
};

/** The seed of one life of a run: each can be lived again without those before it. */
function seedOf(seed: number, life: number): number {
  return createHash('sha256').update(`${seed} ${life}`).digest().readUInt32LE(0);
}

/**
 * Lives one chain after the other, each from its own seed and in its own database.
 * @param ended told of each life when it is over, by its number
 * @returns what all of them came to
 * @throws Broken, with the words that live the broken life again
 */
export async function liveAll(
  nursery: Nursery,
  parts: readonly Part[],
  { seed, first, last, every = 1, halt }: Lives,
  ended: (number: number, life: Life) => void = () => {},
  steps = stepsOfLife,
): Promise<Life> {
  const tally = openTally(first, every);
  // Where one life breaks, the others need not go on.
  const broken = new AbortController();
  halt?.addEventListener('abort', () => broken.abort());
  const one = async (number: number): Promise<void> => {
    try {
      const { signal } = broken;
      const life = await live(await nursery.open(), parts, seedOf(seed, number), steps, signal);
      tally.add(number, life);
      ended(number, life);
    } catch (error) {
      if (broken.signal.aborted) return;
      broken.abort();
      const again = `npm run simulate:long -- --seed ${seed} --life ${number}`;
      throw new Broken(`${error instanceof Error ? error.message : error}\nAgain: ${again}`);
    }
  };
  let next = first;
  const row = async (): Promise<void> => {
    while (next <= last && !broken.signal.aborted) {
      const number = next;
      next += every;
      await one(number);
    }
  };
  const rows = await Promise.allSettled(Array.from({ length: atOnce }, row));
  const failed = rows.find((ends) => ends.status === 'rejected');
  if (failed) throw failed.reason;
  return tally.sum();
}
