import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isCrowded, isLost } from '../db/lost.ts';
import { type Store, type TxContext, withTx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { authenticate, mayDo } from '../identity/authenticate.ts';
import { isHold } from '../identity/holds.ts';
import { instantOf } from '../ids.ts';
import { limits } from '../limits.ts';
import { type FactMark, factsBehind, toJson } from '../trust/facts.ts';
import { tooMany } from './pace.ts';
import { shownBy } from './run.ts';

type Client = { context: TxContext; wake: () => void };

/**
 * Server-sent events of the facts that the actor may see. Facts are read, not pushed: each client's
 * own transaction asks under its own row-level security, woken by a commit here and by a slow clock
 * for commits elsewhere. Recorded instants are taken before commit, so each look goes back a little
 * and what was sent already is left out.
 *
 * A client that was cut off goes on with `Last-Event-ID`, at this server or another one: it gets
 * everything since, and what lies limits.stream_overlap_ms before may come twice.
 */
export function openStream(server: FastifyInstance, store: Store) {
  const clients = new Set<Client>();
  let closing = false;
  server.get('/api/v1/facts/stream', async (request, reply) => {
    const credential = shownBy(request);
    const context = await authenticate(store, credential);
    if (!context) throw fault('kernel.signed_out');
    if (!mayDo(context.actor, 'kernel.fact.read')) {
      throw fault('kernel.not_permitted', { permission: 'kernel.fact.read' });
    }
    const own = [...clients].filter(
      ({ context: { actor } }) => actor.party === context.actor.party,
    );
    if (own.length >= limits.stream_clients_of_party) {
      throw tooMany(Math.ceil(limits.stream_poll_ms / 1_000));
    }
    if (clients.size >= limits.stream_clients)
      throw tooMany(Math.ceil(limits.stream_poll_ms / 1_000));
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    reply.raw.write(`retry: ${limits.stream_retry_ms}\n: open\n\n`);
    const reader = openReader(store.clock.now(), request);
    await follow(store, clients, context, credential, reader, reply, () => closing);
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
    /** Ends all streams: their clients come again, to whoever serves then. */
    close() {
      closing = true;
      for (const client of clients) client.wake();
    },
  };
}

/** How far a client has read: everything recorded from `opened` on is sent, once. */
type Reader = { opened: string; since: Date; sent: Map<string, number> };

const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function openReader(now: Date, request: FastifyRequest): Reader {
  const last = request.headers['last-event-id'];
  if (typeof last !== 'string' || !idShape.test(last)) {
    return { opened: now.toISOString(), since: now, sent: new Map() };
  }
  const earliest = now.getTime() - limits.stream_resume_ms;
  const since = new Date(Math.max(earliest, Math.min(instantOf(last).getTime(), now.getTime())));
  return { opened: before(since), since, sent: new Map([[last, now.getTime()]]) };
}

const before = (instant: Date) =>
  new Date(instant.getTime() - limits.stream_overlap_ms).toISOString();
const lowestId = '00000000-0000-0000-0000-000000000000';

async function follow(
  store: Store,
  clients: Set<Client>,
  first: TxContext,
  credential: string,
  reader: Reader,
  reply: FastifyReply,
  closing: () => boolean,
): Promise<void> {
  // One who left while its credential was looked up is gone before anybody listens for it.
  let open = !reply.raw.destroyed;
  let wake = () => {};
  const client: Client = { context: first, wake: () => wake() };
  clients.add(client);
  reply.raw.once('close', () => {
    open = false;
    wake();
  });
  let beaten = performance.now();
  try {
    while (open && !closing()) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limits.stream_poll_ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!open || closing()) break;
      if (performance.now() - beaten > limits.stream_beat_ms) {
        // Nothing taken since the last beat: whoever it is has gone, or cannot keep up.
        if (reply.raw.writableNeedDrain) break;
        beaten = performance.now();
        reply.raw.write(': here\n\n');
      }
      if (!(await look(store, credential, reader, reply))) break;
    }
  } finally {
    clients.delete(client);
    reply.raw.end();
  }
}

/** Sends what is new. @returns false where the credential opens nothing any more */
async function look(
  store: Store,
  credential: string,
  reader: Reader,
  reply: FastifyReply,
): Promise<boolean> {
  try {
    // A session or an agreement ended meanwhile ends here too.
    const context = await authenticate(store, credential);
    if (!context || !mayDo(context.actor, 'kernel.fact.read')) return false;
    // What a slow reader has not taken yet stays here: it gets no more until it has.
    if (reply.raw.writableNeedDrain) return true;
    const looked = store.clock.now();
    if (looked < reader.since) goBack(reader, looked);
    let mark: FactMark = { recorded_at: before(reader.since), id: lowestId };
    for (let full = true; full; ) {
      const facts = await withTx(store, context, (tx) => factsBehind(tx, mark, limits.page_rows));
      for (const fact of facts) {
        if (reader.sent.has(fact.id) || fact.recorded_at < reader.opened) continue;
        reader.sent.set(fact.id, looked.getTime());
        reply.raw.write(`id: ${fact.id}\nevent: ${fact.type}\ndata: ${toJson(fact)}\n\n`);
      }
      mark = facts.at(-1) ?? mark;
      full = facts.length === limits.page_rows;
      if (full && !(await hasRoom(reply))) return true;
    }
    reader.since = looked;
    for (const [id, at] of reader.sent) {
      if (looked.getTime() - at > 3 * limits.stream_overlap_ms) reader.sent.delete(id);
    }
    return true;
  } catch (error) {
    // Nothing was read: the next look begins where this one did.
    if (isLost(error) || isCrowded(error)) return true;
    // Held since: whoever comes again is told by what.
    if (isHold(error)) return false;
    throw error;
  }
}

/** The clock was set back: what is recorded from now on looks older than what was sent. */
function goBack(reader: Reader, now: Date): void {
  reader.since = now;
  if (reader.opened > before(now)) reader.opened = before(now);
  for (const id of reader.sent.keys()) reader.sent.set(id, now.getTime());
}

/** Waits until a slow reader has taken what it was sent; false where it has left. */
async function hasRoom({ raw }: FastifyReply): Promise<boolean> {
  if (raw.writableNeedDrain && !raw.destroyed) {
    await new Promise<void>((resolve) => {
      raw.once('drain', resolve);
      raw.once('close', resolve);
    });
  }
  return !raw.destroyed;
}
