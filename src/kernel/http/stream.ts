import type { FastifyInstance, FastifyReply } from 'fastify';
import { isCrowded, isLost } from '../db/lost.ts';
import { type Store, type TxContext, withTx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { authenticate } from '../identity/authenticate.ts';
import { limits } from '../limits.ts';
import { factsSince, toJson } from '../trust/facts.ts';
import { tooMany } from './pace.ts';
import { shownBy } from './run.ts';

type Client = { context: TxContext; wake: () => void };

/**
 * Server-sent events of the facts that the actor may see. Facts are read, not pushed: each client's
 * own transaction asks under its own row-level security, woken by a commit here and by a slow clock
 * for commits elsewhere. Recorded instants are taken before commit, so each look goes back a little
 * and what was sent already is left out.
 */
export function openStream(server: FastifyInstance, store: Store) {
  const clients = new Set<Client>();
  let stopping = false;
  server.get('/api/v1/facts/stream', async (request, reply) => {
    const credential = shownBy(request);
    const context = await authenticate(store, credential);
    if (!context) throw fault('kernel.signed_out');
    if (clients.size >= limits.stream_clients)
      throw tooMany(Math.ceil(limits.stream_poll_ms / 1_000));
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.write(': open\n\n');
    await follow(store, clients, context, credential, reply, () => stopping);
  });
  return {
    /** Called after each commit of this process. */
    recorded(chain: string, facts: readonly { parties: readonly string[] }[]) {
      for (const { context, wake } of clients) {
        if (context.chain !== chain) continue;
        if (facts.some((fact) => fact.parties.includes(context.actor.party))) wake();
      }
    },
    count: () => clients.size,
    /** Ends every stream: a browser connects again by itself, to the server that takes it. */
    close() {
      stopping = true;
      for (const client of clients) client.wake();
    },
  };
}

async function follow(
  store: Store,
  clients: Set<Client>,
  first: TxContext,
  credential: string,
  reply: FastifyReply,
  stopping: () => boolean,
): Promise<void> {
  let opened = store.clock.now().toISOString();
  let since = store.clock.now();
  const sent = new Map<string, number>();
  // One who left while its credential was looked up is gone before anybody listens for it.
  let open = !reply.raw.destroyed;
  let wake = () => {};
  const client: Client = { context: first, wake: () => wake() };
  clients.add(client);
  reply.raw.once('close', () => {
    open = false;
    wake();
  });
  try {
    while (open && !stopping()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limits.stream_poll_ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!open || stopping()) break;
      const looked = store.clock.now();
      if (looked < since) {
        // The clock was set back: what is recorded from now on stands below the old mark.
        since = new Date(looked.getTime() - limits.stream_poll_ms);
        if (since.toISOString() < opened) opened = since.toISOString();
      }
      const from = new Date(since.getTime() - limits.stream_overlap_ms).toISOString();
      const facts = await look(store, credential, from);
      if (facts === 'ended') break;
      if (facts === 'later') continue;
      for (const fact of facts) {
        if (sent.has(fact.id) || fact.recorded_at < opened) continue;
        sent.set(fact.id, looked.getTime());
        reply.raw.write(`id: ${fact.id}\nevent: ${fact.type}\ndata: ${toJson(fact)}\n\n`);
      }
      since = facts.length === limits.page_rows ? new Date(facts.at(-1)?.recorded_at ?? 0) : looked;
      for (const [id, at] of sent) {
        if (looked.getTime() - at > 3 * limits.stream_overlap_ms) sent.delete(id);
      }
    }
  } finally {
    clients.delete(client);
    // How soon to come again, in ms (HTML, server-sent events: `retry`).
    if (stopping()) reply.raw.write('retry: 1000\n\n');
    reply.raw.end();
  }
}

/**
 * One look at what is new. A session or an agreement that ended meanwhile ends the stream too; a
 * database that is away for a while does not: the next look begins at the same mark.
 */
async function look(store: Store, credential: string, from: string) {
  try {
    const context = await authenticate(store, credential);
    if (!context) return 'ended' as const;
    return await withTx(store, context, (tx) => factsSince(tx, from, limits.page_rows));
  } catch (error) {
    if (isLost(error) || isCrowded(error)) return 'later' as const;
    throw error;
  }
}
