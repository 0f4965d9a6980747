import type { FastifyInstance, FastifyReply } from 'fastify';
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
    await follow(store, clients, context, credential, reply);
  });
  return {
    /** Called after each commit of this process. */
    recorded(chain: string, facts: readonly { parties: readonly string[] }[]) {
      for (const { context, wake } of clients) {
        if (context.chain !== chain) continue;
        if (facts.some((fact) => fact.parties.includes(context.actor.party))) wake();
      }
    },
    close() {
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
): Promise<void> {
  const opened = store.clock.now().toISOString();
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
    while (open && reply.server.server.listening) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limits.stream_poll_ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!open) break;
      // A session or an agreement ended meanwhile ends here too.
      const context = await authenticate(store, credential);
      if (!context) break;
      const looked = store.clock.now();
      const from = new Date(since.getTime() - limits.stream_overlap_ms).toISOString();
      const facts = await withTx(store, context, (tx) => factsSince(tx, from, limits.page_rows));
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
    reply.raw.end();
  }
}
