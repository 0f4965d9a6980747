import { createHash } from 'node:crypto';
import type { Nursery } from '../../src/kernel/test-server.ts';
import type { Part } from './part.ts';
import { Broken, type Life, live } from './run.ts';

/** A chain's life is this long; then another begins, in a database of its own. */
export const stepsOfLife = 1_000;
/** So many lives go on side by side: while one waits for its database, the other one works. */
const atOnce = 4;

export type Lives = { seed: number; first: number; last: number };

/** The seed of one life of a run: each can be lived again without those before it. */
function seedOf(seed: number, life: number): number {
  return createHash('sha256').update(`${seed} ${life}`).digest().readUInt32LE(0);
}

/** What lives came to: the trace is that of all of them, in their order. */
function sum(lives: readonly Life[]): Life {
  const trace = createHash('sha256');
  const commands = new Map<string, number>();
  for (const life of lives) {
    trace.update(life.trace);
    for (const [name, count] of life.commands) {
      commands.set(name, (commands.get(name) ?? 0) + count);
    }
  }
  const steps = lives.reduce((all, life) => all + life.steps, 0);
  return { trace: trace.digest('hex'), steps, commands };
}

/**
 * Lives one chain after the other, each from its own seed and in its own database.
 * @param told of what was lived so far, after each few of them
 * @throws Broken, with the words that live the broken life again
 */
export async function liveAll(
  nursery: Nursery,
  parts: readonly Part[],
  { seed, first, last }: Lives,
  told: (done: Life) => void = () => {},
  steps = stepsOfLife,
): Promise<Life> {
  const lived: Life[] = [];
  // Where one life breaks, the others need not go on.
  const broken = new AbortController();
  const one = async (life: number): Promise<Life> => {
    try {
      const { signal } = broken;
      return await live(await nursery.open(), parts, seedOf(seed, life), steps, signal);
    } catch (error) {
      if (broken.signal.aborted) throw error;
      broken.abort();
      const again = `npm run simulate:long -- --seed ${seed} --life ${life}`;
      throw new Broken(`${error instanceof Error ? error.message : error}\nAgain: ${again}`);
    }
  };
  for (let life = first; life <= last; life += atOnce) {
    const few = Array.from({ length: Math.min(atOnce, last - life + 1) }, (_, at) =>
      one(life + at),
    );
    const ends = await Promise.allSettled(few);
    const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    if (failed.length > 0) throw failed.find((one) => one instanceof Broken) ?? failed[0];
    lived.push(...ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])));
    told(sum(lived));
  }
  return sum(lived);
}
