/** Runs what needs the shared thing, for one of those who share it. */
export type Turnstile = <T>(who: object, work: () => Promise<T>) => Promise<T>;

/**
 * Lets one of many at a time to something that they share, however often it goes through at once.
 * Lives that go on side by side share the threads of their process, and a thread refuses whoever
 * waits for it for too long by the machine's time: no seed knows of that.
 */
export function openTurnstile(): Turnstile {
  let holder: object | null = null;
  let inside = 0;
  let waiting: (() => void)[] = [];
  return async (who, work) => {
    while (holder !== null && holder !== who) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    holder = who;
    inside += 1;
    try {
      return await work();
    } finally {
      inside -= 1;
      if (inside === 0) {
        holder = null;
        const all = waiting;
        waiting = [];
        for (const wake of all) wake();
      }
    }
  };
}
