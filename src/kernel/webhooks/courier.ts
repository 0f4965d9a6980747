import { asSealer } from '../db/as-sealer.ts';
import type { Store, Tx } from '../db/tx.ts';
import { asMember } from '../identity/authenticate.ts';
import { onBehalfOf } from '../identity/chains.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { type Bell, type Due, goRound, type Rounds, startRounds } from './rounds.ts';
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

/**
 * Sends what waits for one webhook, one message behind the other, each outside of any transaction,
 * for a go of limits.webhook_go_messages, or of limits.webhook_go_ms, at most.
 * @returns how many attempts that were
 */
async function deliver(courier: Courier, { chain, id, owner }: Due, bell: Bell): Promise<number> {
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

const roundsOf = (courier: Courier): Rounds => ({
  store: courier.store,
  name: 'webhooks',
  dueIn: (chain) => dueIn(courier.store, chain),
  deliver: (due, bell) => deliver(courier, due, bell),
});

/** Sends what is due now, one webhook behind the other. @returns how many attempts that were */
export const deliverDue = (courier: Courier): Promise<number> => goRound(roundsOf(courier));

/**
 * Sends in the background. Several servers may do so on one database: a lease on the webhook's row
 * lets one of them send at a time, and ends by itself where that one was killed.
 */
export const startWebhooks = (courier: Courier, log: Logger) => startRounds(roundsOf(courier), log);
