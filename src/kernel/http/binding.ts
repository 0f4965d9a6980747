import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { present } from '../assert.ts';
import type { Store, Tx } from '../db/tx.ts';
import { Fault, fault, faultFrom } from '../faults.ts';
import { asBearer, mayDo } from '../identity/authenticate.ts';
import { declarePermission } from '../identity/permissions.ts';
import { noteSharedAccess } from '../identity/shared-access.ts';
import { limits } from '../limits.ts';
import { inRequestSpan, inSpan } from '../operating/tracing.ts';
import type { Bilingual, Scope } from '../schema.ts';
import { GroupCommit } from './group-commit.ts';
import { assertHoldable } from './holdable.ts';
import type { Live, LiveConnections } from './live.ts';
import type { Pace } from './pace.ts';
import { shownBy } from './run.ts';
import { Firms, Turnstile } from './turnstile.ts';

/** A request to an interface that a standard defines: everything as it came. */
export type BindingRequest = {
  method: string;
  /** The address without its query, as the client wrote it. */
  path: string;
  params: Readonly<Record<string, string>>;
  /** In their order; a plus sign is itself, as RFC 3986 has it: times carry one. */
  query: readonly (readonly [name: string, value: string])[];
  headers: Readonly<Record<string, string | undefined>>;
  /** Without its parameters, in lower case; empty where there is no body. */
  media_type: string;
  bytes: Uint8Array;
};

export type BindingAnswer = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
  /** The records that it was written from, where others may have shared some of them. */
  shows?: readonly unknown[];
};

/**
 * A route of a standard's own interface at its own path: its headers, media types and problems are
 * the standard's, and so none of `route()`'s. Who it is, what they may, the wall and the pace are
 * the same. An answer that says no keeps what was written; a fault that is thrown undoes it.
 */
export type Binding = Standing & (Single | Grouped);

type Standing = {
  /** `noun.verb`, unique among routes and bindings. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  path: string;
  permission: string;
  summary: Bilingual;
  body_bytes?: number;
  /** Says a fault in the standard's words. */
  refuse(fault: Fault, request: BindingRequest): BindingAnswer;
};

type Single = {
  /** So many of one firm's run at once, where they wait for each other; see `Turnstile`. */
  at_once?: number;
  shared?: readonly Scope[];
  /** Where the route may also be listened to. */
  listen?: Live['listen'];
  run(tx: Tx, request: BindingRequest): Promise<BindingAnswer> | BindingAnswer;
};

/** What one bearer sends at once is done in one transaction; see `GroupCommit`. */
type Grouped = {
  /**
   * @returns for each request its answer, or the fault for which nothing of it is kept. What it
   *   throws undoes them all.
   */
  runGroup(
    tx: Tx,
    requests: readonly BindingRequest[],
  ): Promise<readonly (BindingAnswer | Fault)[]>;
};

export function binding(definition: Binding): Binding {
  declarePermission(definition.permission);
  return definition;
}

export function queryOf(url: string): [string, string][] {
  const at = url.indexOf('?');
  if (at < 0) return [];
  const parts = url
    .slice(at + 1)
    .split('&')
    .filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    return [decoded(name), decoded(equals < 0 ? '' : part.slice(equals + 1))];
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw fault('kernel.malformed', { reason: part.slice(0, 100) });
  }
}

export function plainRequest(request: FastifyRequest): BindingRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  const [path = ''] = request.url.split('?');
  return {
    method: request.method,
    path,
    params: request.params as Record<string, string>,
    query: [],
    headers,
    media_type: type ?? '',
    bytes,
  };
}

function assertPermitted({ actor }: Tx, { permission }: Binding): void {
  if (!mayDo(actor, permission)) throw fault('kernel.not_permitted', { permission });
}

function askedOf(request: FastifyRequest): BindingRequest {
  const query = queryOf(request.url);
  assertHoldable(request.params, 'path');
  assertHoldable(query, 'query');
  return { ...plainRequest(request), query };
}

type Run = (request: FastifyRequest, reply: FastifyReply) => Promise<BindingAnswer>;

function runSingly({ store, pace }: Host, one: Standing & Single): Run {
  const firms = new Firms();
  const run = (shown: string, request: FastifyRequest, reply: FastifyReply) =>
    asBearer(store, shown, async (tx) => {
      firms.learn(shown, `${tx.chain} ${tx.actor.party}`);
      pace.spend(tx, shown, reply);
      assertPermitted(tx, one);
      const asked = askedOf(request);
      const answer = await inSpan(one.id, {}, async () => one.run(tx, asked));
      if (one.shared) await noteSharedAccess(tx, one.id, one.shared, () => answer.shows ?? []);
      return answer;
    });
  if (one.at_once === undefined) return (request, reply) => run(shownBy(request), request, reply);
  const turnstile = new Turnstile({
    ...{ inside: one.at_once, waiting: limits.waiting_requests },
    wait_ms: limits.waiting_ms,
  });
  return async (request, reply) => {
    const shown = shownBy(request);
    return turnstile.pass(firms.of(shown), () => run(shown, request, reply));
  };
}

type Sent = { readonly asked: BindingRequest; readonly reply: FastifyReply };

function runInGroups({ store, pace }: Host, one: Standing & Grouped): Run {
  const rules = {
    ...{ requests: limits.group_requests, bytes: limits.group_bytes },
    waiting_requests: limits.group_waiting_requests,
    waiting_bytes: limits.group_waiting_bytes,
    waiting_ms: limits.waiting_ms,
  };
  const groups = new GroupCommit<Sent, BindingAnswer | Fault>(rules, (shown, take) =>
    asBearer(store, shown, async (tx) => {
      const sent = take();
      const held = sent.map(({ reply }) => faultFrom(() => pace.spend(tx, shown, reply)));
      assertPermitted(tx, one);
      const let_in = sent.flatMap(({ asked }, at) => (held[at] ? [] : [asked]));
      const answers = [...(await inSpan(one.id, {}, async () => one.runGroup(tx, let_in)))];
      return held.map((refused) => refused ?? present(answers.shift(), 'an answer a request'));
    }),
  );
  return async (request, reply) => {
    const shown = shownBy(request);
    const asked = askedOf(request);
    const answer = await groups.submit(shown, { asked, reply }, asked.bytes.length);
    if (answer instanceof Fault) throw answer;
    return answer;
  };
}

type Host = {
  store: Store;
  pace: Pace;
  live: LiveConnections;
  /** What went wrong as a fault, written down where it tells of an attempt. */
  faultOf(error: unknown, request: FastifyRequest): Fault;
};

/** Adds the routes in a scope of their own, where a body is bytes whatever it is. */
export async function addBindings(
  server: FastifyInstance,
  host: Host,
  bindings: readonly Binding[],
): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: limits.document_bytes },
      (_request, body, done) => done(null, body),
    );
    for (const one of bindings) addBinding(scope, host, one);
    for (const [, there] of Map.groupBy(bindings, ({ path }) => path))
      refuseOthers(scope, host, there);
  });
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Says of each path which methods it has where another one is asked for (RFC 9110, 15.5.6). */
function refuseOthers(scope: FastifyInstance, host: Host, there: readonly Binding[]): void {
  const [first] = there;
  if (!first) return;
  const allowed = there.map(({ method }) => method).join(', ');
  for (const method of methods) {
    if (there.some((one) => one.method === method)) continue;
    const run = () => {
      throw fault('kernel.method_not_allowed', { method, allowed });
    };
    const { permission, path, summary } = first;
    const refuse: Binding['refuse'] = (found, request) => {
      const said = first.refuse(found, request);
      return found.status === 405
        ? { ...said, headers: { ...said.headers, allow: allowed } }
        : said;
    };
    const id = `${first.id} ${method}`;
    addBinding(scope, host, { id, method, path, permission, summary, run, refuse });
  }
}

/** What makes a route one that is listened to as well. */
function listenedTo({ live }: Host, { permission }: Binding, listen: Live['listen']) {
  return {
    config: { live: true },
    preValidation: async (request: FastifyRequest, reply: FastifyReply) => {
      if (request.ws) await live.open({ permission, listen }, request, reply, askedOf(request));
    },
    wsHandler: (socket: WebSocket, request: FastifyRequest) => live.follow(socket, request),
  };
}

export function send(reply: FastifyReply, { status, headers, body }: BindingAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body ?? '');
}

function addBinding(scope: FastifyInstance, host: Host, one: Binding): void {
  const run = 'run' in one ? runSingly(host, one) : runInGroups(host, one);
  scope.route({
    ...('run' in one && one.listen ? listenedTo(host, one, one.listen) : {}),
    method: one.method,
    url: one.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(one.body_bytes === undefined ? {} : { bodyLimit: one.body_bytes }),
    handler: (request, reply) =>
      inRequestSpan(
        { method: one.method, route: one.path, headers: request.headers },
        reply,
        async () => send(reply, await run(request, reply)),
      ),
    errorHandler: (error, request, reply) => {
      const found = host.faultOf(error, request);
      const answer = one.refuse(found, plainRequest(request));
      const wait = found.retry_after_s === null ? {} : { 'retry-after': `${found.retry_after_s}` };
      return send(reply, { ...answer, headers: { ...answer.headers, ...wait } });
    },
  });
}
