import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Store, Tx } from '../db/tx.ts';
import { type Fault, fault } from '../faults.ts';
import { asBearer, mayDo } from '../identity/authenticate.ts';
import { declarePermission } from '../identity/permissions.ts';
import { noteSharedAccess } from '../identity/shared-access.ts';
import { limits } from '../limits.ts';
import { inRequestSpan, inSpan } from '../operating/tracing.ts';
import type { Bilingual, Scope } from '../schema.ts';
import { assertHoldable } from './holdable.ts';
import type { Pace } from './pace.ts';
import { shownBy } from './run.ts';

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
export type Binding = {
  /** `noun.verb`, unique among routes and bindings. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  path: string;
  permission: string;
  summary: Bilingual;
  shared?: readonly Scope[];
  body_bytes?: number;
  run(tx: Tx, request: BindingRequest): Promise<BindingAnswer> | BindingAnswer;
  /** Says a fault in the standard's words. */
  refuse(fault: Fault, request: BindingRequest): BindingAnswer;
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

async function runBinding(
  { store, pace }: Host,
  one: Binding,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<BindingAnswer> {
  const shown = shownBy(request);
  return asBearer(store, shown, async (tx) => {
    pace.spend(tx, shown, reply);
    if (!mayDo(tx.actor, one.permission)) {
      throw fault('kernel.not_permitted', { permission: one.permission });
    }
    const query = queryOf(request.url);
    assertHoldable(request.params, 'path');
    assertHoldable(query, 'query');
    const asked = { ...plainRequest(request), query };
    const answer = await inSpan(one.id, {}, async () => one.run(tx, asked));
    if (one.shared) await noteSharedAccess(tx, one.id, one.shared, () => answer.shows ?? []);
    return answer;
  });
}

type Host = {
  store: Store;
  pace: Pace;
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
    const refuse: Binding['refuse'] = (found, request) => {
      const said = first.refuse(found, request);
      return found.status === 405
        ? { ...said, headers: { ...said.headers, allow: allowed } }
        : said;
    };
    addBinding(scope, host, { ...first, id: `${first.id} ${method}`, method, run, refuse });
  }
}

export function send(reply: FastifyReply, { status, headers, body }: BindingAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send(body ?? '');
}

function addBinding(scope: FastifyInstance, host: Host, one: Binding): void {
  scope.route({
    method: one.method,
    url: one.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(one.body_bytes === undefined ? {} : { bodyLimit: one.body_bytes }),
    handler: (request, reply) =>
      inRequestSpan(
        { method: one.method, route: one.path, headers: request.headers },
        reply,
        async () => send(reply, await runBinding(host, one, request, reply)),
      ),
    errorHandler: (error, request, reply) => {
      const found = host.faultOf(error, request);
      const answer = one.refuse(found, plainRequest(request));
      const wait = found.retry_after_s === null ? {} : { 'retry-after': `${found.retry_after_s}` };
      return send(reply, { ...answer, headers: { ...answer.headers, ...wait } });
    },
  });
}
