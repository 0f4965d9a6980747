import { asSealer } from '../db/as-sealer.ts';
import { isLost } from '../db/lost.ts';
import type { Store, Tx } from '../db/tx.ts';
import { asMember } from '../identity/authenticate.ts';
import { listChainIds, onBehalfOf } from '../identity/chains.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { type Letter, post } from './sending.ts';
import { type Outcome, settle, switchOff } from './settling.ts';
import { signedHeaders } from './signatures.ts';
import type { WebhookKeys } from './signing-key.ts';
import { type Lease, passOn, type Taken, takeNext } from './taking.ts';
import { sealedForWebhook } from './webhooks.ts';

export type Courier = {
  store: Store;
  keys: WebhookKeys;
  /** How a message leaves the house; a test stands in for it. */
  send?: (letter: Letter) => Promise<Outcome>;
};

/** Ends a go behind the message under way (`rest`), or breaks that one off as well (`stop`). */
type Bell = { rest: AbortSignal; stop: AbortSignal };
const silent: Bell = {
  rest: new AbortController().signal,
  stop: new AbortController().signal,
};

type Due = { chain: string; id: string; owner: string };

/** Which webhooks of a chain have something to do, and nobody at it; the longest waiting first. */
async function dueIn({ database, clock }: Store, chain: string): Promise<Due[]> {
  const now = clock.now().toISOString();
  const rows = await asSealer(database, chain, (db) =>
    db
      .selectFrom('webhook as w')
      .select(['w.id', 'w.owner_id'])
      .where('w.chain_id', '=', chain)
      .where((eb) => eb.or([eb('w.lease_until', 'is', null), eb('w.lease_until', '<=', now)]))
      .where((eb) =>
        eb.or([
          eb('w.due_at', '<=', now),
          eb.and([
            eb('w.due_at', 'is', null),
            eb('w.state', '=', 'active'),
            eb.exists(
              eb
                .selectFrom('seal as s')
                .select('s.size')
                .whereRef('s.chain_id', '=', 'w.chain_id')
                .whereRef('s.size', '>', 'w.position'),
            ),
          ]),
        ]),
      )
      .orderBy((eb) => eb.fn.coalesce('w.due_at', eb.val(now)))
      .limit(limits.webhooks_at_once * 4)
      .execute(),
  );
  return rows.map(({ id, owner_id }) => ({ chain, id, owner: owner_id }));
}

async function* dueWebhooks(store: Store): AsyncGenerator<Due> {
  for (let after: string | null = null; ; ) {
    const chains = await listChainIds(store, after);
    for (const chain of chains) yield* await dueIn(store, chain);
    after = chains.at(-1) ?? null;
    if (after === null) return;
  }
}

/**
 * Sends what waits for one webhook, one message behind the other, each outside of any transaction,
 * for a go of limits.webhook_go_messages, or of limits.webhook_go_ms, at most.
 * @returns how many attempts that were
 */
async function deliver(
  courier: Courier,
  { chain, id, owner }: Due,
  bell: Bell = silent,
): Promise<number> {
  const { store } = courier;
  const lease: Lease = { webhook: id, id: store.newId() };
  const act = <T>(work: (tx: Tx) => Promise<T>) =>
    asMember(store, { chain, party: owner }, ['kernel.fact.read'], work);
  let attempts = 0;
  const began = performance.now();
  const isTime = () => performance.now() - began < limits.webhook_go_ms && !bell.rest.aborted;
  for (let turn = 0; turn < limits.webhook_go_messages && isTime(); turn++) {
    const taken = await act(async (tx) => (await takeNext(tx, lease)) ?? 'nothing');
    if (taken === null) {
      await leave(store, { chain, id, owner });
      return attempts;
    }
    if (taken === 'nothing') return attempts;
    if (taken === 'again') continue;
    const outcome = await attempt(courier, taken, bell.stop);
    if (outcome === null) break;
    attempts += 1;
    await act((tx) => settle(tx, lease, taken, outcome));
  }
  await act(async (tx) => passOn(tx, lease));
  return attempts;
}

/** The owner is no member of the chain any more: nothing of it is to be sent to anybody. */
async function leave(store: Store, { chain, id, owner }: Due): Promise<void> {
  await onBehalfOf(store, { id: chain, zone: 'UTC' }, owner, async (tx) => {
    await switchOff(tx, id, 'left');
    tx.write(
      tx.db
        .updateTable('webhook')
        .set({ due_at: null })
        .where('chain_id', '=', tx.chain)
        .where('id', '=', id),
    );
  });
}

async function attempt(
  { store, keys, send }: Courier,
  taken: Taken,
  stop: AbortSignal,
): Promise<Outcome | null> {
  const secrets = openSecrets(store, taken);
  if (secrets === null) {
    return { error: 'secret', status: null, excerpt: null, retry_after: null };
  }
  const { message, webhook, body } = taken;
  const sent_at = store.clock.now();
  const signed = await signedHeaders({ id: message.id, webhook, sent_at, body }, secrets, keys);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Jingwei-Webhooks/1',
    ...signed,
  };
  const letter = { address: taken.url, headers, body };
  return send ? send(letter) : post(letter, store.call_rules, { stop });
}

/**
 * Null where the secret was sealed under another key: tried again once the right one is back. One
 * before it that cannot be opened any more does not count.
 */
function openSecrets({ vault }: Store, { webhook, sealed_secrets }: Taken): Uint8Array[] | null {
  const [first, ...older] = sealed_secrets.map((sealed) => {
    try {
      return vault?.open(sealed, sealedForWebhook(webhook)) ?? null;
    } catch {
      return null;
    }
  });
  return first ? [first, ...older.filter((one) => one !== null)] : null;
}

/** Sends what is due now, one webhook behind the other. @returns how many attempts that were */
export async function deliverDue(courier: Courier): Promise<number> {
  let attempts = 0;
  for await (const due of dueWebhooks(courier.store)) attempts += await deliver(courier, due);
  return attempts;
}

type Going = { owner: string; work: Promise<void> };
const worksOf = (going: ReadonlyMap<string, Going>) => [...going.values()].map(({ work }) => work);

/**
 * Sends in the background. Several servers may do so on one database: a lease on the webhook's row
 * lets one of them send at a time, and ends by itself where that one was killed.
 */
export function startWebhooks(courier: Courier, log: Logger) {
  const going = new Map<string, Going>();
  const [rest, stop] = [new AbortController(), new AbortController()];
  const bell = { rest: rest.signal, stop: stop.signal };
  let wake = () => {};

  function begin(due: Due): void {
    const work = deliver(courier, due, bell)
      .catch((error: unknown) => tell(error, due.id))
      .then(() => {
        going.delete(due.id);
      });
    going.set(due.id, { owner: due.owner, work });
  }

  function tell(error: unknown, webhook?: string): void {
    if (isLost(error)) log.info({ error }, 'webhooks wait for the database');
    else log.error({ error, webhook }, 'webhooks could not be sent; it is tried again');
  }

  async function look(): Promise<void> {
    for await (const due of dueWebhooks(courier.store)) {
      if (rest.signal.aborted) return;
      if (going.has(due.id)) continue;
      // A party whose receivers are slow holds up its own webhooks, and nobody else's.
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
