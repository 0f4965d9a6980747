import type { IncomingMessage } from 'node:http';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { assert } from '../assert.ts';
import { isCrowded, isLost } from '../db/lost.ts';
import type { Store, Tx } from '../db/tx.ts';
import { Fault, fault } from '../faults.ts';
import { asBearer, asMember, mayDo } from '../identity/authenticate.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import type { BindingRequest } from './binding.ts';
import { sameOrigin } from './cookies.ts';
import { type Pace, tooMany } from './pace.ts';
import { shownBy } from './run.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route may be listened to. */
    live?: boolean;
  }
}

/**
 * Node takes any `Upgrade` for one that we serve: Java's client offers h2c with plain requests, and
 * is to get its answer (RFC 9110, 7.8: an offer may be left aside).
 */
export const shouldUpgradeCallback = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.trim().toLowerCase() === 'websocket';

/** Something to say to a client, and what to write down once it has it. */
export type Said = { readonly text: string; taken(tx: Tx): Promise<void> };

/** What a client listens to, for as long as it stays. */
export type Listening = {
  /** Headers of the answer that opens the connection. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * What is to be said now, or when to look again; `again` where it looked and is not done, `ended`
   * where all is over.
   */
  next(tx: Tx): Promise<Said | { readonly wait_ms: number } | 'again' | 'ended'>;
  /** Done when the client has gone, for its party and no longer in its name. */
  leave(tx: Tx): Promise<void>;
};

/**
 * A route that may also be listened to, by WebSocket (RFC 6455). Begins in a transaction before the
 * connection is opened: a fault that it throws is answered by HTTP.
 */
export type Live = {
  readonly permission: string;
  listen(tx: Tx, request: BindingRequest): Promise<Listening>;
};

type Client = Listening & { chain: string; party: string; shown: string; permission: string };

/** RFC 6455, 7.4.1, and 1013 of the IANA registry. */
const CLOSE = { done: 1000, leaving: 1001, unread: 1003, refused: 1008, failed: 1011, later: 1013 };

/**
 * Keeps connections open and says what there is to say. Each turn is a transaction in which the
 * credential is looked up anew, so that a key that ends is the end of the connection; between two
 * turns nothing is held in the database. What was said counts as taken when the client's own side
 * has answered a ping that was sent behind it.
 */
export class LiveConnections {
  readonly #store: Store;
  readonly #pace: Pace;
  readonly #log: Logger;
  readonly #opened = new WeakMap<FastifyRequest, Client>();
  readonly #running = new Map<WebSocket, Promise<void>>();
  readonly #headers = new WeakMap<object, Listening['headers']>();

  constructor(store: Store, pace: Pace, log: Logger) {
    this.#store = store;
    this.#pace = pace;
    this.#log = log;
  }

  /** Before any route that is listened to; others do not open connections. */
  async serve(server: FastifyInstance): Promise<void> {
    const options = { maxPayload: limits.live_message_bytes };
    const preClose = (done: () => void) => {
      this.end().finally(done);
    };
    // A frame that is none is its sender's fault, and nothing to be logged.
    const errorHandler = (_error: Error, socket: WebSocket) => socket.terminate();
    await server.register(fastifyWebsocket, { options, preClose, errorHandler });
    server.websocketServer.on('headers', (lines, request) => {
      const headers = Object.entries(this.#headers.get(request) ?? {});
      lines.push(...headers.map(([name, value]) => `${name}: ${value}`));
    });
    server.addHook('onRequest', async (request) => {
      if (request.ws && !request.routeOptions.config.live) throw fault('kernel.not_listened_to');
    });
  }

  count(): number {
    return this.#running.size;
  }

  /** Ends all connections: their clients come again, to whoever serves then. */
  async end(): Promise<void> {
    for (const socket of this.#running.keys()) socket.close(CLOSE.leaving);
    await Promise.all(this.#running.values());
  }

  /** Lets a client in, or says by a fault why not. */
  async open(
    live: Live,
    request: FastifyRequest,
    reply: FastifyReply,
    asked: BindingRequest,
  ): Promise<void> {
    const shown = shownBy(request);
    // A page of somebody else's may open connections, and the browser shows our cookie there.
    if (!sameOrigin(request)) throw fault('kernel.other_origin');
    if (this.#running.size >= limits.live_clients) {
      throw tooMany(limits.live_again_s);
    }
    const { permission } = live;
    const client = await asBearer(this.#store, shown, async (tx) => {
      this.#pace.spend(tx, shown, reply);
      assertMay(tx, permission);
      const listening = await live.listen(tx, asked);
      return { ...listening, chain: tx.chain, party: tx.actor.party, shown, permission };
    });
    this.#opened.set(request, client);
    this.#headers.set(request.raw, client.headers);
  }

  /** Goes on until one of both has gone. */
  follow(socket: WebSocket, request: FastifyRequest): void {
    const client = this.#opened.get(request);
    assert(client, 'who is followed was let in');
    const following = this.#follow(socket, client).finally(() => this.#running.delete(socket));
    this.#running.set(socket, following);
  }

  async #follow(socket: WebSocket, client: Client): Promise<void> {
    const { chain, party, leave } = client;
    socket.on('message', () => socket.close(CLOSE.unread, 'Nothing is read here.'));
    await part(socket, await this.#talk(socket, client).catch((error) => this.#codeOf(error)));
    try {
      await asMember(this.#store, { chain, party }, [], leave);
    } catch (error) {
      // Whatever was kept for the client ends by itself when nobody renews it.
      this.#log.warn({ error }, 'a connection that has ended could not be cleared away');
    }
  }

  /** @returns the code to close with */
  async #talk(socket: WebSocket, client: Client): Promise<number> {
    let beaten = performance.now();
    while (socket.readyState === socket.OPEN) {
      const said = await this.#ask(client, (tx) => client.next(tx));
      if (said === 'ended') return CLOSE.done;
      if (said === 'again') continue;
      if ('text' in said) {
        if (!(await hasTaken(socket, said.text))) break;
        await this.#ask(client, said.taken);
        continue;
      }
      await pause(socket, said.wait_ms);
      if (performance.now() - beaten < limits.stream_beat_ms) continue;
      beaten = performance.now();
      if (!(await hasTaken(socket, null))) break;
    }
    return CLOSE.leaving;
  }

  #ask<Value>({ shown, permission }: Client, work: (tx: Tx) => Promise<Value>): Promise<Value> {
    return asBearer(this.#store, shown, async (tx) => {
      assertMay(tx, permission);
      return work(tx);
    });
  }

  #codeOf(error: unknown): number {
    if (error instanceof Fault) return error.status < 500 ? CLOSE.refused : CLOSE.later;
    if (isLost(error) || isCrowded(error)) return CLOSE.later;
    this.#log.error({ error }, 'a connection failed');
    return CLOSE.failed;
  }
}

function assertMay({ actor }: Tx, permission: string): void {
  if (!mayDo(actor, permission)) throw fault('kernel.not_permitted', { permission });
}

/** Closes, and does not wait long for a side that has nothing more to say. */
async function part(socket: WebSocket, code: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.close(code);
  const timer = setTimeout(() => socket.terminate(), limits.live_close_ms);
  await closed;
  clearTimeout(timer);
}

/** Ends early where the connection does. */
function pause(socket: WebSocket, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      socket.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    socket.once('close', done);
    if (socket.readyState !== socket.OPEN) done();
  });
}

/** Sends, and waits until the other side answers what was sent behind it (RFC 6455, 5.5.3). */
function hasTaken(socket: WebSocket, text: string | null): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (isTaken: boolean) => {
      clearTimeout(timer);
      socket.off('pong', onPong);
      socket.off('close', onClose);
      resolve(isTaken);
    };
    const onPong = () => answer(true);
    const onClose = () => answer(false);
    const timer = setTimeout(() => {
      socket.terminate();
      answer(false);
    }, limits.live_answer_ms);
    socket.once('pong', onPong);
    socket.once('close', onClose);
    if (socket.readyState !== socket.OPEN) return answer(false);
    if (text !== null) socket.send(text);
    socket.ping();
  });
}
