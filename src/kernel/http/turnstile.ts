import { fault } from '../faults.ts';

/**
 * Lets so many of one caller's requests in at once. The others wait in the order in which they
 * came, and hold nothing meanwhile: of the connections to the database each caller has a share.
 */
export class Turnstile {
  readonly #most: number;
  readonly #most_waiting: number;
  readonly #inside = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(most: number, most_waiting: number) {
    this.#most = most;
    this.#most_waiting = most_waiting;
  }

  /** @throws kernel.busy where too many wait already, and whatever `work` throws */
  async pass<T>(caller: string, work: () => Promise<T>): Promise<T> {
    await this.#enter(caller);
    try {
      return await work();
    } finally {
      this.#leave(caller);
    }
  }

  async #enter(caller: string): Promise<void> {
    const inside = this.#inside.get(caller) ?? 0;
    if (inside < this.#most) {
      this.#inside.set(caller, inside + 1);
      return;
    }
    const waiting = this.#waiting.get(caller) ?? [];
    if (waiting.length >= this.#most_waiting) throw busy();
    this.#waiting.set(caller, waiting);
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  /** Whoever is next takes the place of the one that leaves. */
  #leave(caller: string): void {
    const waiting = this.#waiting.get(caller) ?? [];
    const next = waiting.shift();
    if (waiting.length === 0) this.#waiting.delete(caller);
    const inside = (this.#inside.get(caller) ?? 1) - 1;
    if (next) next();
    else if (inside === 0) this.#inside.delete(caller);
    else this.#inside.set(caller, inside);
  }
}

function busy() {
  const found = fault('kernel.busy');
  found.retry_after_s = 2;
  return found;
}
