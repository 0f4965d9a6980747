import { isLost } from '../db/lost.ts';
import { busy } from './turnstile.ts';

/** Of a group, and of what waits behind it: so many requests, bytes, and so long. */
export type GroupRules = {
  readonly requests: number;
  readonly bytes: number;
  readonly waiting_requests: number;
  readonly waiting_bytes: number;
  readonly waiting_ms: number;
};

/** Something to be committed, how much of a group's bytes it takes, and when it came, in ms. */
type Waiting<Item, Answer> = {
  readonly item: Item;
  readonly bytes: number;
  readonly came: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Gives the group that a transaction is for: whatever has come when it is first asked, and then the
 * same again.
 */
export type Take<Item> = () => readonly Item[];

/**
 * Group commit: what one bearer sends while its last transaction is under way goes into the next
 * one together. Who sends one thing at a time waits for nobody; who sends many at once pays for
 * fewer transactions, each of which costs more than most of what is done in it.
 *
 * `commit` does a group in one transaction and gives an answer for each item, in order. It takes
 * the group once its transaction is open: what comes until then goes with it. Where the database
 * refuses a statement, nothing of the group is there, and each item is tried by itself: none fails
 * for what another one brought along.
 */
export class GroupCommit<Item, Answer> {
  readonly #rules: GroupRules;
  readonly #commit: (bearer: string, take: Take<Item>) => Promise<readonly Answer[]>;
  /** A bearer is here while a transaction of its own is under way. */
  readonly #queues = new Map<string, Waiting<Item, Answer>[]>();

  constructor(
    rules: GroupRules,
    commit: (bearer: string, take: Take<Item>) => Promise<readonly Answer[]>,
  ) {
    this.#rules = rules;
    this.#commit = commit;
  }

  /** @throws kernel.busy where too much waits, or for too long; whatever `commit` throws for it */
  submit(bearer: string, item: Item, bytes: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const one = { item, bytes, came: performance.now(), resolve, reject };
      const queue = this.#queues.get(bearer);
      if (queue === undefined) void this.#serve(bearer, [one]);
      else if (this.#hasRoom(queue, bytes)) queue.push(one);
      else reject(busy());
    });
  }

  #hasRoom(queue: readonly Waiting<Item, Answer>[], bytes: number): boolean {
    const { waiting_requests, waiting_bytes } = this.#rules;
    const held = queue.reduce((sum, one) => sum + one.bytes, 0);
    return queue.length < waiting_requests && held + bytes <= waiting_bytes;
  }

  async #serve(bearer: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    this.#queues.set(bearer, queue);
    while (queue.length > 0) {
      this.#sendAway(queue);
      let group: Waiting<Item, Answer>[] | undefined;
      const take = () => (group ??= this.#nextGroup(queue));
      if (queue.length > 0) await this.#settle(bearer, take);
    }
    this.#queues.delete(bearer);
  }

  /** Who has waited too long may have gone, and would be answered by nobody. */
  #sendAway(queue: Waiting<Item, Answer>[]): void {
    const since = performance.now() - this.#rules.waiting_ms;
    const staying = queue.findIndex(({ came }) => came >= since);
    for (const { reject } of queue.splice(0, staying < 0 ? queue.length : staying)) reject(busy());
  }

  #nextGroup(queue: Waiting<Item, Answer>[]): Waiting<Item, Answer>[] {
    let bytes = 0;
    const beyond = queue.findIndex((one, at) => {
      bytes += one.bytes;
      return at >= this.#rules.requests || (at > 0 && bytes > this.#rules.bytes);
    });
    return queue.splice(0, beyond < 0 ? queue.length : beyond);
  }

  async #settle(bearer: string, take: Take<Waiting<Item, Answer>>): Promise<void> {
    try {
      const answers = await this.#commit(bearer, () => take().map(({ item }) => item));
      for (const [at, { resolve }] of take().entries()) resolve(answers[at] as Answer);
    } catch (error) {
      const group = take();
      if (group.length > 1 && isOfStatement(error)) {
        for (const one of group) await this.#settle(bearer, () => [one]);
      } else {
        for (const { reject } of group) reject(error);
      }
    }
  }
}

/**
 * Whether PostgreSQL has said no to a statement (SQLSTATE), and so to the transaction. Where the
 * connection broke nobody knows what was done.
 */
function isOfStatement(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) && !isLost(error);
}
