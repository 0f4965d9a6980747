import { isLost } from '../db/lost.ts';

/** Something to be committed, and how much of a group's bytes it takes. */
type Waiting<Item, Answer> = {
  readonly item: Item;
  readonly bytes: number;
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
  readonly #most: { readonly requests: number; readonly bytes: number };
  readonly #commit: (bearer: string, take: Take<Item>) => Promise<readonly Answer[]>;
  /** A bearer is here while a transaction of its own is under way. */
  readonly #queues = new Map<string, Waiting<Item, Answer>[]>();

  constructor(
    most: { readonly requests: number; readonly bytes: number },
    commit: (bearer: string, take: Take<Item>) => Promise<readonly Answer[]>,
  ) {
    this.#most = most;
    this.#commit = commit;
  }

  /** @throws whatever `commit` throws for the item */
  submit(bearer: string, item: Item, bytes: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const one = { item, bytes, resolve, reject };
      const queue = this.#queues.get(bearer);
      if (queue) queue.push(one);
      else void this.#serve(bearer, [one]);
    });
  }

  async #serve(bearer: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    this.#queues.set(bearer, queue);
    while (queue.length > 0) {
      let group: Waiting<Item, Answer>[] | undefined;
      await this.#settle(bearer, () => (group ??= this.#nextGroup(queue)));
    }
    this.#queues.delete(bearer);
  }

  #nextGroup(queue: Waiting<Item, Answer>[]): Waiting<Item, Answer>[] {
    let bytes = 0;
    const beyond = queue.findIndex((one, at) => {
      bytes += one.bytes;
      return at >= this.#most.requests || (at > 0 && bytes > this.#most.bytes);
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
