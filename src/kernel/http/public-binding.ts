import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../db/tx.ts';
import { type Fault, fault } from '../faults.ts';
import { placeOf } from '../identity/visit.ts';
import { limits } from '../limits.ts';
import { inRequestSpan, inSpan } from '../operating/tracing.ts';
import type { Bilingual } from '../schema.ts';
import { type BindingAnswer, type BindingRequest, plainRequest, queryOf, send } from './binding.ts';
import { visitOf } from './cookies.ts';
import { assertHoldable } from './holdable.ts';

/** What a public page works with: nobody is known, and no credential is looked at. */
export type Passage = {
  store: Store;
  /** Our own address, `https://host`: as the operator says it, else localhost, else unknown. */
  origin: string | null;
};

/**
 * A route of a standard's own interface that anybody may ask, without a session: pages that a phone
 * opens. It is paced by address, answers GET and HEAD, and says what else there is by OPTIONS.
 */
export type PublicBinding = {
  /** `noun.verb`, unique among routes and bindings. */
  id: string;
  /** Either whole, or with `/*` at its end for everything under it. */
  path: string;
  summary: Bilingual;
  run(passage: Passage, request: BindingRequest): Promise<BindingAnswer> | BindingAnswer;
  /** Says a fault to whoever came. */
  refuse(fault: Fault, request: BindingRequest): BindingAnswer;
};

export type PublicHost = {
  store: Store;
  https: boolean;
  origin: string | null;
  faultOf(error: unknown, request: FastifyRequest): Fault;
};

const ALLOWED = 'GET, HEAD, OPTIONS';

/** Any page of anybody's may read what is public anyway (Fetch standard, CORS protocol). */
export const readableAnywhere = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Link, Location, Content-Language',
} as const;

const pace = {
  rateLimit: {
    max: limits.scans_per_minute,
    keyGenerator: (request: FastifyRequest) => `scan ${placeOf(request.ip)}`,
  },
};

/** Adds the pages; each path answers GET, HEAD and OPTIONS, and says so of any other method. */
export async function addPublicBindings(
  server: FastifyInstance,
  host: PublicHost,
  bindings: readonly PublicBinding[],
): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // What is sent along is not looked at, so not taken either.
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: 1_024 },
      (_request, _body, done) => done(null, undefined),
    );
    for (const one of bindings) addPublicBinding(scope, host, one);
  });
}

async function answer(
  { store, https, origin }: PublicHost,
  one: PublicBinding,
  request: FastifyRequest,
): Promise<BindingAnswer> {
  const query = queryOf(request.url);
  assertHoldable(request.params, 'path');
  assertHoldable(query, 'query');
  const at = store.resolver ?? visitOf(request, { https, origin }).origin;
  return inSpan(one.id, {}, async () =>
    one.run({ store, origin: at }, { ...plainRequest(request), query }),
  );
}

function addPublicBinding(scope: FastifyInstance, host: PublicHost, one: PublicBinding): void {
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const found = host.faultOf(error, request);
    const said = one.refuse(found, plainRequest(request));
    const wait = found.retry_after_s === null ? {} : { 'retry-after': `${found.retry_after_s}` };
    const allow = found.status === 405 ? { allow: ALLOWED } : {};
    return send(reply, { ...said, headers: { ...said.headers, ...wait, ...allow } });
  };
  scope.route({
    method: 'GET',
    url: one.path,
    config: pace,
    handler: (request, reply) =>
      inRequestSpan({ method: 'GET', route: one.path, headers: request.headers }, reply, async () =>
        send(reply, await answer(host, one, request)),
      ),
    errorHandler: refuse,
  });
  scope.options(one.path, { config: pace }, async (_request, reply) => {
    const headers = {
      ...readableAnywhere,
      allow: ALLOWED,
      'access-control-allow-methods': ALLOWED,
      'access-control-allow-headers': 'Accept, Accept-Language',
      'access-control-max-age': '86400',
    };
    return send(reply, { status: 204, headers, body: null });
  });
  scope.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url: one.path,
    config: pace,
    handler: ({ method }) => {
      throw fault('kernel.method_not_allowed', { method, allowed: ALLOWED });
    },
    errorHandler: refuse,
  });
}
