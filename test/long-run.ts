import { modules } from '../src/app/modules.ts';
import { type Nursery, openNursery, startTestServer } from '../src/kernel/test-server.ts';
import { startOfPlay } from './simulation/stage.ts';

/** Reports how fast it goes: so many of a kind since it was opened. */
export type Rate = (done: number) => string;

export function openRate(): Rate {
  const began = performance.now();
  return (done) => `${Math.round(done / ((performance.now() - began) / 1_000))}/s`;
}

/**
 * Runs something long outside of the test runner: a PostgreSQL of its own while it runs, and none
 * left behind however it ends.
 * @returns the exit code
 */
export async function runLong(
  work: (nursery: Nursery, rate: Rate) => Promise<void>,
): Promise<number> {
  // When statistics are taken hangs on the machine's time, and on them which way a statement goes.
  const { server, stop } = await startTestServer({ autovacuum: 'off' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(130)));
  }
  const nursery = await openNursery(server, modules, startOfPlay);
  try {
    await work(nursery, openRate());
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await nursery.close();
    await stop();
  }
}

/** A seed that nobody chose. */
export const anySeed = () => String(Math.floor(performance.timeOrigin) % 1_000_000);
