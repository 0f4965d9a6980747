import { isLost } from '../db/lost.ts';
import type { Store } from '../db/tx.ts';
import { listChainIds } from '../identity/chains.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';

/** Ends a go behind the message under way (`rest`), or breaks that one off as well (`stop`). */
export type Bell = { rest: AbortSignal; stop: AbortSignal };
export const silentBell: Bell = {
  rest: new AbortController().signal,
  stop: new AbortController().signal,
};

/** Something of a party's that waits to be sent. */
export type Due = { chain: string; id: string; owner: string };

/** What is sent, and how: whose turn it is among several servers is for `deliver` to find out. */
export type Rounds = {
  store: Store;
  /** For what is logged: `webhooks`. */
  name: string;
  /** What has something to do in a chain, and nobody at it; the longest waiting first. */
  dueIn(chain: string): Promise<Due[]>;
  /** Sends what waits for one. @returns how many attempts that were */
  deliver(due: Due, bell: Bell): Promise<number>;
};

async function* dueNow({ store, dueIn }: Rounds): AsyncGenerator<Due> {
  for (let after: string | null = null; ; ) {
    const chains = await listChainIds(store, after);
    for (const chain of chains) yield* await dueIn(chain);
    after = chains.at(-1) ?? null;
    if (after === null) return;
  }
}

/** Sends what is due now, one behind the other. @returns how many attempts that were */
export async function goRound(rounds: Rounds): Promise<number> {
  let attempts = 0;
  for await (const due of dueNow(rounds)) attempts += await rounds.deliver(due, silentBell);
  return attempts;
}

type Going = { owner: string; work: Promise<void> };
const worksOf = (going: ReadonlyMap<string, Going>) => [...going.values()].map(({ work }) => work);

/** Sends in the background, again and again. */
export function startRounds(rounds: Rounds, log: Logger) {
  const going = new Map<string, Going>();
  const [rest, stop] = [new AbortController(), new AbortController()];
  const bell = { rest: rest.signal, stop: stop.signal };
  let wake = () => {};

  function begin(due: Due): void {
    const work = rounds
      .deliver(due, bell)
      .catch((error: unknown) => tell(error, due.id))
      .then(() => {
        going.delete(due.id);
      });
    going.set(due.id, { owner: due.owner, work });
  }

  function tell(error: unknown, id?: string): void {
    const { name } = rounds;
    if (isLost(error)) log.info({ error }, `${name} wait for the database`);
    else log.error({ error, id }, `${name} could not be sent; it is tried again`);
  }

  async function look(): Promise<void> {
    for await (const due of dueNow(rounds)) {
      if (rest.signal.aborted) return;
      if (going.has(due.id)) continue;
      // A party whose receivers are slow holds up what is its own, and nobody else's.
      const own = [...going.values()].filter(({ owner }) => owner === due.owner);
      if (own.length >= limits.webhooks_at_once_of_party) continue;
      if (going.size >= limits.webhooks_at_once) await Promise.race(worksOf(going));
      begin(due);
    }
  }

  async function run(): Promise<void> {
    while (!rest.signal.aborted) {
      await look().catch((error: unknown) => tell(error));
      if (rest.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limits.webhook_interval_ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const running = run();
  return {
    /** Ends behind the messages under way; those that take long are broken off and come again. */
    async stop(): Promise<void> {
      rest.abort();
      wake();
      const timer = setTimeout(() => stop.abort(), limits.webhook_stop_ms);
      await running;
      await Promise.all(worksOf(going));
      clearTimeout(timer);
    },
  };
}
