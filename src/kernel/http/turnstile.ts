import { createHash } from 'node:crypto';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';

/** So many are inside at once, so many wait, and so long. */
export type TurnstileRules = { inside: number; waiting: number; wait_ms: number };

/**
 * Lets so many of one caller's requests in at once. The others wait in the order in which they
 * came, and hold no connection to the database meanwhile.
 */
export class Turnstile {
  readonly #rules: TurnstileRules;
  readonly #inside = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(rules: TurnstileRules) {
    this.#rules = rules;
  }

  /** @throws kernel.busy where too many wait, or it waits too long; and whatever `work` throws */
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
    if (inside < this.#rules.inside) {
      this.#inside.set(caller, inside + 1);
      return;
    }
    const waiting = this.#waiting.get(caller) ?? [];
    if (waiting.length >= this.#rules.waiting) throw busy();
    this.#waiting.set(caller, waiting);
    await new Promise<void>((resolve, reject) => {
      const come = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(come), 1);
        reject(busy());
      }, this.#rules.wait_ms);
      waiting.push(come);
    });
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

/** Too much waits already: come again. */
export function busy() {
  const found = fault('kernel.busy');
  found.retry_after_s = 2;
  return found;
}

const hashOf = (bearer: string) => createHash('sha256').update(bearer).digest('base64url');

/**
 * Which firm a bearer is, once it has been let in: until then each is one by itself, so that nobody
 * takes a firm's places by claiming to be it. Bearers are kept as hashes.
 */
export class Firms {
  readonly #of = new Map<string, string>();

  of(bearer: string): string {
    const hash = hashOf(bearer);
    return this.#of.get(hash) ?? hash;
  }

  learn(bearer: string, firm: string): void {
    if (this.#of.size >= limits.known_bearers) this.#of.clear();
    this.#of.set(hashOf(bearer), firm);
  }
}
