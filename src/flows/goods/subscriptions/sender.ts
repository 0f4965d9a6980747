import { createHmac } from 'node:crypto';
import {
  asMember,
  asSealer,
  type Bell,
  type Due,
  goRound,
  type Letter,
  type Logger,
  limits,
  type Outcome,
  onBehalfOf,
  post,
  present,
  type Rounds,
  type Store,
  signedHeaders,
  startRounds,
  type Tx,
  type WebhookKeys,
} from '../../../kernel/index.ts';
import { CBV_VERSION, EPCIS_VERSION } from '../binding/negotiation.ts';
import { settle } from './settling.ts';
import { sealedForSubscription, switchOff } from './subscriptions.ts';
import { type Lease, letGo, type Taken, takeNext } from './taking.ts';

export type SubscriptionSender = {
  store: Store;
  keys: WebhookKeys;
  /** How a document leaves the house; a test stands in for it. */
  send?: (letter: Letter) => Promise<Outcome>;
};

async function dueIn({ database, clock }: Store, chain: string): Promise<Due[]> {
  const now = clock.now().toISOString();
  const rows = await asSealer(database, chain, (db) =>
    db
      .selectFrom('query_subscription')
      .select(['id', 'owner_id'])
      .where('chain_id', '=', chain)
      .where('due_at', '<=', now)
      .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
      .orderBy('due_at')
      .orderBy('id')
      .limit(limits.webhooks_at_once * 4)
      .execute(),
  );
  return rows.map(({ id, owner_id }) => ({ chain, id, owner: owner_id }));
}

/**
 * Sends what waits for one subscription, one document behind the other, each outside of any
 * transaction, for a go of limits.webhook_go_messages, or of limits.webhook_go_ms, at most.
 * @returns how many attempts that were
 */
async function deliver(
  sender: SubscriptionSender,
  { chain, id, owner }: Due,
  bell: Bell,
): Promise<number> {
  const { store } = sender;
  const lease: Lease = { subscription: id, id: store.newId() };
  const act = <T>(work: (tx: Tx) => Promise<T>) =>
    asMember(store, { chain, party: owner }, ['goods.event.read'], work);
  let attempts = 0;
  const began = performance.now();
  const isTime = () => performance.now() - began < limits.webhook_go_ms && !bell.rest.aborted;
  for (let turn = 0; turn < limits.webhook_go_messages && isTime(); turn++) {
    const taken = await act(async (tx) => (await takeNext(tx, lease)) ?? 'nothing');
    if (taken === null) {
      // The owner is no member of the chain any more: nothing of it is to be sent to anybody.
      await onBehalfOf(store, { id: chain, zone: 'UTC' }, owner, (tx) => switchOff(tx, id, 'left'));
      return attempts;
    }
    if (taken === 'nothing' || taken === 'not_held') return attempts;
    if (taken === 'again') continue;
    const outcome = await attempt(sender, taken, bell.stop);
    if (outcome === null) break;
    attempts += 1;
    await act((tx) => settle(tx, taken, outcome));
  }
  await act(async (tx) => letGo(tx, lease));
  return attempts;
}

async function attempt(
  { store, keys, send }: SubscriptionSender,
  taken: Taken,
  stop: AbortSignal,
): Promise<Outcome | null> {
  const token = openToken(store, taken);
  if (token === 'closed') {
    return { error: 'secret', status: null, excerpt: null, retry_after: null };
  }
  const type = taken.kind === 'error' ? 'application/problem+json' : 'application/json';
  const headers = {
    'content-type': type,
    'user-agent': 'Jingwei-Subscriptions/1',
    'gs1-epcis-version': EPCIS_VERSION,
    'gs1-cbv-version': CBV_VERSION,
    ...(await signatures(store, keys, taken, token)),
  };
  const address = present(taken.dest, 'what a client listens to is sent by its connection');
  const letter = { address, headers, body: taken.body };
  return send ? send(letter) : post(letter, store.call_rules, { stop });
}

/** Closed where it was sealed under another key: tried again once the right one is back. */
function openToken({ vault }: Store, { sealed_token, reach }: Taken): Uint8Array | null | 'closed' {
  if (sealed_token === null) return null;
  try {
    return vault?.open(sealed_token, sealedForSubscription(reach.id)) ?? 'closed';
  } catch {
    return 'closed';
  }
}

/**
 * The signatures of a webhook, and `GS1-Signature`, whose scheme the binding leaves open: under the
 * receiver's token `sha256=` and the HMAC-SHA-256 of the body in hex; without one the detached JWS.
 */
async function signatures(
  { clock }: Store,
  keys: WebhookKeys,
  { id, body, reach }: Taken,
  token: Uint8Array | null,
): Promise<Record<string, string>> {
  const signable = { id, webhook: reach.id, sent_at: clock.now(), body };
  const { 'webhook-signature': macs, ...signed } = await signedHeaders(
    signable,
    token ? [token] : [],
    keys,
  );
  if (!token) return { ...signed, 'gs1-signature': signed['jingwei-signature-jws'] ?? '' };
  const mac = createHmac('sha256', token).update(body).digest('hex');
  return { ...signed, 'webhook-signature': macs ?? '', 'gs1-signature': `sha256=${mac}` };
}

const roundsOf = (sender: SubscriptionSender): Rounds => ({
  store: sender.store,
  name: 'subscriptions',
  dueIn: (chain) => dueIn(sender.store, chain),
  deliver: (due, bell) => deliver(sender, due, bell),
});

/** Sends what is due now, one behind the other. @returns how many attempts that were */
export const sendDue = (sender: SubscriptionSender): Promise<number> => goRound(roundsOf(sender));

/**
 * Sends in the background. Several servers may do so on one database: a lease on the subscription's
 * row lets one of them send at a time, and ends by itself where that one was killed.
 */
export const startSubscriptions = (sender: SubscriptionSender, log: Logger) =>
  startRounds(roundsOf(sender), log);
