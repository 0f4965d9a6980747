import { limits } from '../limits.ts';

export type Watch = {
  /** Whether the server is there; false while it is brought back. */
  isUp(): boolean;
  stop(): Promise<void>;
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/**
 * Looks after a server that this process depends on: when it is gone (killed, out of memory), it is
 * started again, as often as it takes. Meanwhile requests fail and say so; none waits unseen.
 */
export function keepRunning(isAlive: () => boolean, start: () => Promise<void>): Watch {
  let up = true;
  let stopped = false;
  let starting: Promise<void> | null = null;

  async function bringBack(): Promise<void> {
    while (!stopped) {
      try {
        await start();
        up = true;
        return;
      } catch {
        // Its last processes may still hold the shared memory: a moment later they are gone.
        await pause(limits.database_watch_ms);
      }
    }
  }

  const timer = setInterval(() => {
    if (starting !== null || isAlive()) return;
    up = false;
    starting = bringBack().finally(() => {
      starting = null;
    });
  }, limits.database_watch_ms);
  timer.unref();

  return {
    isUp: () => up,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await starting;
    },
  };
}
