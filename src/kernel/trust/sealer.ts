import type { KeyObject } from 'node:crypto';
import { isLost } from '../db/lost.ts';
import type { Store } from '../db/tx.ts';
import { listChainIds } from '../identity/chains.ts';
import { firstIdAt } from '../ids.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { inSpan } from '../operating/tracing.ts';
import { sealBatch } from './sealing.ts';

/** Seals every chain's facts that have no leaf yet; returns how many that were. */
export async function sealAll(store: Store, key: KeyObject): Promise<number> {
  let sealed = 0;
  for await (const chain of chainsOf(store)) {
    for (let after: string | null = null; ; ) {
      const batch = await sealBatch(store, chain, key, after);
      sealed += batch?.sealed ?? 0;
      if (batch === null || batch.sealed < limits.seal_batch_facts) break;
      after = batch.last;
    }
  }
  return sealed;
}

async function* chainsOf(store: Store): AsyncGenerator<string> {
  let after: string | null = null;
  do {
    const ids: string[] = await listChainIds(store, after);
    yield* ids;
    after = ids.at(-1) ?? null;
  } while (after !== null);
}

/** A clock that was set back makes a sweep of the future: then one is due as well. */
function isSweepDue(sweptAt: Date | null, now: Date): boolean {
  if (sweptAt === null || now < sweptAt) return true;
  return now.getTime() - sweptAt.getTime() > limits.seal_sweep_ms;
}

/** Waits for the next interval, or until what `given` gets is called. */
function pause(given: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limits.seal_interval_ms);
    given(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function tell(log: Logger, error: unknown): void {
  // A database that is being brought back is no news: it is told where it broke.
  if (isLost(error)) log.info({ error }, 'sealing waits for the database');
  else log.error({ error }, 'facts could not be sealed; it is tried again');
}

/**
 * Seals in the background, beside the commands and never inside one. At each interval it looks a
 * window back from the last time when nothing was left; at the start, and again at every sweep, it
 * looks at all facts, for clocks differ and a simulated past is recorded today. Several servers may
 * do so on one database: of two that seal the same positions one goes without.
 */
export function startSealing(
  store: Store,
  key: KeyObject,
  log: Logger,
  ended: (result: 'done' | 'failed') => void = () => {},
) {
  const cleanAt = new Map<string, Date>();
  let sweptAt: Date | null = null;
  let doneSince = performance.now();
  let stopping = false;
  let wake = () => {};

  async function sealChain(chain: string, sweeps: boolean): Promise<void> {
    const began = store.clock.now();
    const known = sweeps ? undefined : cleanAt.get(chain);
    // A clock that was set back makes facts below the mark: everything is looked through again.
    const clean = known && known <= began ? known : undefined;
    let after = clean ? firstIdAt(new Date(clean.getTime() - limits.seal_window_ms)) : null;
    while (!stopping) {
      const batch = await sealBatch(store, chain, key, after);
      if (batch === null) return;
      if (batch.sealed < limits.seal_batch_facts) {
        // Nothing is left of what could be seen when this began.
        cleanAt.set(chain, began);
        return;
      }
      after = batch.last;
    }
  }

  async function sealEach(): Promise<void> {
    const now = store.clock.now();
    const sweeps = isSweepDue(sweptAt, now);
    for await (const chain of chainsOf(store)) {
      if (stopping) return;
      await sealChain(chain, sweeps);
    }
    if (sweeps) sweptAt = now;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const began = performance.now();
      try {
        await inSpan('sealing', {}, sealEach);
        doneSince = began;
        ended('done');
      } catch (error) {
        ended('failed');
        tell(log, error);
      }
      if (stopping) return;
      await pause((wakes) => {
        wake = wakes;
      });
    }
  }

  const running = run();
  return {
    /** How long ago the last look began that left no fact unsealed. */
    lagMs: () => performance.now() - doneSince,
    /** Ends after the batch under way. */
    async stop(): Promise<void> {
      stopping = true;
      wake();
      await running;
    },
  };
}
