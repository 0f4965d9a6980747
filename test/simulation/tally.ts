import { createHash } from 'node:crypto';
import type { Life } from './run.ts';

/**
 * Adds up lives as they end, in the order of their numbers (`first`, and each `every`-th behind it)
 * whichever is over first: one that overtakes another waits for it.
 */
export function openTally(first: number, every = 1) {
  const trace = createHash('sha256');
  const commands = new Map<string, number>();
  const early = new Map<number, Life>();
  let next = first;
  let steps = 0;
  return {
    /** @returns whether there is more to sum up than before */
    add(number: number, life: Life): boolean {
      early.set(number, life);
      const before = next;
      for (let now = early.get(next); now !== undefined; now = early.get(next)) {
        early.delete(next);
        next += every;
        trace.update(now.trace);
        steps += now.steps;
        for (const [name, count] of now.commands) {
          commands.set(name, (commands.get(name) ?? 0) + count);
        }
      }
      return next > before;
    },
    /** Those up to the first that is missing; the trace is that of all of them. */
    sum: (): Life => ({ trace: trace.copy().digest('hex'), steps, commands: new Map(commands) }),
  };
}
