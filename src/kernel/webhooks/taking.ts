import type { Tx } from '../db/tx.ts';
import { Fault } from '../faults.ts';
import { after } from '../identity/doorstep.ts';
import { permits } from '../identity/permissions.ts';
import { idFrom } from '../ids.ts';
import { limits } from '../limits.ts';
import { getFact, toJson } from '../trust/facts.ts';
import { sealedSize } from '../trust/sealing.ts';
import { newMessage } from './messages.ts';

/** Who sends: a number drawn for one go of one process, so that nobody ends another's lease. */
export type Lease = { webhook: string; id: string };

type Held = {
  url: string;
  state: string;
  kinds: string[];
  position: bigint;
  sealed_secret: Uint8Array;
  previous_sealed_secret: Uint8Array | null;
  previous_until: string | null;
};

/** A message to be sent now, by the holder of the lease and nobody else. */
export type Taken = {
  webhook: string;
  url: string;
  sealed_secrets: readonly Uint8Array[];
  message: { id: string; kind: string; type: string; attempts: number };
  body: string;
};

const leaseEnd = (tx: Tx) => after(tx.now, limits.webhook_lease_ms / 60_000);

/**
 * Takes, or keeps, the webhook for this lease, or gives null where somebody else has it. The row is
 * then held to the end of the transaction.
 */
async function hold(tx: Tx, lease: Lease): Promise<Held | null> {
  const row = await tx.db
    .updateTable('webhook')
    .set(({ fn, ref, val }) => ({
      lease_id: lease.id,
      lease_until: leaseEnd(tx),
      // Stays until the work is done: whoever takes over from one that was killed finds it by this.
      due_at: fn.coalesce(ref('due_at'), val(tx.now)),
    }))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', lease.webhook)
    .where((eb) =>
      eb.or([
        eb('lease_until', 'is', null),
        eb('lease_until', '<=', tx.now),
        eb('lease_id', '=', lease.id),
      ]),
    )
    .returning([
      'url',
      'state',
      'kinds',
      'position',
      'sealed_secret',
      'previous_sealed_secret',
      'previous_until',
    ])
    .executeTakeFirst();
  return row ?? null;
}

/** Lets go of a webhook: until `due_at` there is nothing to do but new facts, if it is null. */
function letGo(tx: Tx, lease: Lease, due_at: string | null): void {
  tx.write(
    tx.db
      .updateTable('webhook')
      .set({ lease_id: null, lease_until: null, due_at })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', lease.webhook)
      .where('lease_id', '=', lease.id),
  );
}

/** Lets go with work left, for whoever comes first. */
export const passOn = (tx: Tx, lease: Lease): void => letGo(tx, lease, tx.now);

/** The first that waits: tests, then facts by their place in the tree. */
async function firstWaiting(tx: Tx, webhook: string, onlyPings: boolean) {
  let query = tx.db
    .selectFrom('webhook_message')
    .select(['id', 'kind', 'fact_id', 'type', 'position', 'attempts', 'next_at'])
    .where('chain_id', '=', tx.chain)
    .where('webhook_id', '=', webhook)
    .where('state', '=', 'waiting');
  if (onlyPings) query = query.where('kind', '=', 'ping');
  return query.orderBy('kind', 'desc').orderBy('position').limit(1).executeTakeFirst();
}

/**
 * Makes messages of the facts that come next in the tree and that the party may see. A place in it
 * is given behind the commit of its fact, and none behind a later one: what is found here is all
 * that there ever will be up to there.
 * @returns whether there is more of the tree behind
 */
async function lookOn(tx: Tx, webhook: string, { position, kinds }: Held): Promise<boolean> {
  const size = BigInt(await sealedSize(tx.db, tx.chain));
  if (position >= size) return false;
  const reach = position + BigInt(limits.webhook_look_facts);
  const end = reach < size ? reach : size;
  const rows = await tx.db
    .selectFrom('sealed_fact as s')
    .innerJoin('fact as f', (join) =>
      join.onRef('f.chain_id', '=', 's.chain_id').onRef('f.id', '=', 's.fact_id'),
    )
    .select(['s.position', 'f.id', 'f.type'])
    .where('s.chain_id', '=', tx.chain)
    .where('s.position', '>=', position)
    .where('s.position', '<', end)
    .orderBy('s.position')
    .execute();
  const wanted = rows.filter(({ type }) => kinds.length === 0 || permits(kinds, type));
  const found = wanted.slice(0, limits.webhook_waiting);
  const last = found.at(-1);
  const next = wanted.length > found.length && last ? last.position + 1n : end;
  await queue(tx, webhook, found);
  tx.write(
    tx.db
      .updateTable('webhook')
      .set({ position: next })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', webhook),
  );
  return true;
}

/** The id is made of the webhook's and the fact's: a replay sends what was sent before. */
async function queue(
  tx: Tx,
  webhook: string,
  facts: readonly { id: string; type: string; position: bigint }[],
): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map(({ id, type, position }) =>
    newMessage(tx, webhook, {
      id: idFrom('webhook', webhook, id),
      kind: 'fact',
      fact_id: id,
      type,
      position: Number(position),
    }),
  );
  await tx.db
    .insertInto('webhook_message')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['chain_id', 'id']).doUpdateSet(({ ref }) => ({
        state: 'waiting',
        attempts: 0,
        queued_at: ref('excluded.queued_at'),
        next_at: ref('excluded.next_at'),
        done_at: null,
      })),
    )
    .execute();
}

/** What a message says now, or null where the party may not see its fact. */
async function bodyOf(tx: Tx, message: { kind: string; type: string; fact_id: string | null }) {
  const { chain: chain_id } = tx;
  if (message.fact_id === null) {
    return toJson({ type: message.type, timestamp: tx.now, chain_id, data: {} });
  }
  const fact = await getFact(tx, message.fact_id).catch((error: unknown) => {
    if (error instanceof Fault) return null;
    throw error;
  });
  return fact && toJson({ type: fact.type, timestamp: fact.recorded_at, chain_id, data: fact });
}

function withhold(tx: Tx, id: string): void {
  tx.write(
    tx.db
      .updateTable('webhook_message')
      .set({ state: 'withheld', done_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
}

/** Messages that have had their time on the list; dead letters stay. */
function sweep(tx: Tx, webhook: string): void {
  const old = after(tx.now, -limits.webhook_message_days * 24 * 60);
  tx.write(
    tx.db
      .deleteFrom('webhook_message')
      .where('chain_id', '=', tx.chain)
      .where('webhook_id', '=', webhook)
      .where('state', 'in', ['delivered', 'withheld'])
      .where('queued_at', '<', old),
  );
}

/**
 * What is to be sent next by this lease; null where there is nothing to send now, or somebody else
 * has the webhook; `again` where there was a look at the tree and nothing else. It is read as the
 * webhook's owner, at this moment.
 */
export async function takeNext(tx: Tx, lease: Lease): Promise<Taken | 'again' | null> {
  const held = await hold(tx, lease);
  if (!held) return null;
  const active = held.state === 'active';
  for (let turn = 0; turn < limits.webhook_waiting; turn++) {
    const message = await firstWaiting(tx, lease.webhook, !active);
    if (!message) {
      if (active && (await lookOn(tx, lease.webhook, held))) return 'again';
      sweep(tx, lease.webhook);
      letGo(tx, lease, null);
      return null;
    }
    if (message.next_at > tx.now) {
      letGo(tx, lease, message.next_at);
      return null;
    }
    const body = await bodyOf(tx, message);
    if (body !== null) return takenOf(tx, lease, held, message, body);
    withhold(tx, message.id);
  }
  return 'again';
}

function takenOf(tx: Tx, lease: Lease, held: Held, message: Taken['message'], body: string): Taken {
  const { url, sealed_secret, previous_sealed_secret: previous, previous_until } = held;
  const both = previous !== null && previous_until !== null && previous_until > tx.now;
  const sealed_secrets = both ? [sealed_secret, previous] : [sealed_secret];
  const { id, kind, type, attempts } = message;
  return {
    webhook: lease.webhook,
    url,
    sealed_secrets,
    message: { id, kind, type, attempts },
    body,
  };
}
