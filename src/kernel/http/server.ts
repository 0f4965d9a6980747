import { existsSync } from 'node:fs';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { isLost } from '../db/lost.ts';
import type { Store } from '../db/tx.ts';
import { Fault, fault } from '../faults.ts';
import { openProviders, type Providers } from '../identity/oidc/providers.ts';
import { placeOf } from '../identity/visit.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { credentialOf, setDeviceCookie, setSessionCookie, visitOf } from './cookies.ts';
import { assertHoldable } from './holdable.ts';
import { openApi } from './openapi.ts';
import { Pace, tooMany } from './pace.ts';
import { languageOf, problemOf } from './problem.ts';
import type { Door, Module, OpenRoute, Route } from './route.ts';
import { answerOf, askedOf, problemHeaders, runActorRoute, runPersonRoute } from './run.ts';
import { openStream } from './stream.ts';

export type ServerOptions = {
  modules: readonly Module[];
  log: Logger;
  https: boolean;
  /** Our address as browsers see it; without one, localhost alone is known for sure. */
  origin?: string | null;
  /** Identity providers that people may sign in with. */
  providers?: Providers;
  /** The built console, or null to serve the API alone. */
  console_folder: string | null;
  /** `status` is 'ok' where requests can be served; anything else answers 503. */
  health(): { status: string } & Record<string, unknown>;
};

/** The HTTP server: the whole pipeline in one list. */
export async function openServer(store: Store, options: ServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: options.log.child({}, { level: 'warn' }) as FastifyBaseLogger,
    bodyLimit: limits.body_bytes,
    genReqId: () => store.newId(),
    // One proxy stands in front: an address further left was written by the client itself.
    trustProxy: options.https ? (_address, hop) => hop === 0 : false,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => {
      sendProblem(error, request, reply.headers(bareHeaders), options.log);
    },
    routerOptions: { maxParamLength: 300 },
  });
  server.decorate('https', options.https);
  takeDocuments(server);
  // Whatever sets nothing else is somebody's, and stays in no cache; the console's files say more.
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await server.register(fastifyCookie);
  await server.register(fastifyHelmet, { contentSecurityPolicy: policy, hsts: options.https });
  await server.register(fastifyCompress, { global: true, threshold: 1_024 });
  await server.register(fastifyRateLimit, rateLimit);
  server.setErrorHandler((error, request, reply) =>
    sendProblem(error, request, reply, options.log),
  );
  const pace = new Pace(store.clock);
  server.addHook('onRequest', async (request) => pace.admit(request));
  server.addHook('onResponse', async (request, { statusCode }) => pace.failed(request, statusCode));
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) =>
    notFound(request, reply, options),
  );
  const stream = openStream(server, store);
  store.onRecorded = stream.recorded;
  server.addHook('preClose', async () => stream.close());
  server.get('/health', async (_request, reply) => {
    const said = options.health();
    return reply.code(said.status === 'ok' ? 200 : 503).send(said);
  });
  const document = openApi(options.modules);
  server.get('/api/openapi.json', async () => document);
  for (const { routes } of options.modules) {
    for (const route of routes) addRoute(server, store, pace, options, route);
  }
  await serveConsole(server, options.console_folder);
  return server;
}

const policy = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'object-src': ["'none'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ["'none'"],
  },
};

/** An address that cannot be read is answered before any hook: what helmet would have said. */
const bareHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** By address: what a credential says is only believed once it was looked up (see `Pace`). */
const rateLimit = {
  max: limits.address_requests_per_minute,
  timeWindow: '1 minute',
  keyGenerator: (request: FastifyRequest) => placeOf(request.ip),
  enableDraftSpec: true,
  errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) =>
    tooMany(Math.max(1, Math.ceil(ttl / 1_000))),
};

const passwordRoutes = new Set([
  'session.create',
  'session.second_step',
  'session.by_passkey',
  'session.ask_passkey',
  'session.ask_second_passkey',
  'session.visit_provider',
  'session.by_provider',
  'invitation.accept',
]);
const noProviders = openProviders([]);

/** A guesser is one guesser, whatever it sends. */
const passwordRateLimit = {
  max: limits.sign_in_tries_per_minute,
  keyGenerator: (request: FastifyRequest) => placeOf(request.ip),
};

/** Documents come as bytes; only JSON is parsed here. */
function takeDocuments(server: FastifyInstance): void {
  server.removeContentTypeParser(['text/plain']);
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: limits.document_bytes },
    (_request, body, done) => done(null, body),
  );
}

function addRoute(
  server: FastifyInstance,
  store: Store,
  pace: Pace,
  options: ServerOptions,
  route: Route,
): void {
  server.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(route.takes ? { bodyLimit: limits.document_bytes } : {}),
    ...(passwordRoutes.has(route.id) ? { config: { rateLimit: passwordRateLimit } } : {}),
    preHandler: async ({ params, query, body }) => {
      assertHoldable(params, 'path');
      assertHoldable(query, 'query');
      assertHoldable(body, 'body');
    },
    handler: (request, reply) => {
      if (route.kind === 'actor') return runActorRoute(store, pace, route, request, reply);
      if (route.kind === 'open') return runOpenRoute(store, options, route, request, reply);
      return runPersonRoute(store, pace, route, visitOf(request, options), request, reply);
    },
  });
}

async function runOpenRoute(
  store: Store,
  options: ServerOptions,
  route: OpenRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const door: Door = {
    store,
    log: options.log,
    credential: credentialOf(request)?.text ?? null,
    visit: visitOf(request, options),
    setSession: (token) => setSessionCookie(reply, options.https, token),
    setDevice: (token) => setDeviceCookie(reply, options.https, token),
    providers: options.providers ?? noProviders,
  };
  const language = languageOf(request.headers['accept-language']);
  const answer = answerOf(route, await route.run(door, askedOf(route, request)), language);
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** What text cannot hold (a NUL, half a surrogate), and numbers and days out of their range. */
const unholdable = new Set(['22021', '22P05', '22003', '22007', '22008']);

/** What the framework refuses by itself (a body too large, broken JSON), in our own words. */
function faultOf(error: unknown, request: FastifyRequest, log: Logger): Fault {
  if (error instanceof Fault) return error;
  const { statusCode, code, message } = error as {
    statusCode?: number;
    code?: string;
    message: string;
  };
  if (statusCode === 413) {
    return fault('kernel.too_large', { limit: request.routeOptions.bodyLimit ?? 0 });
  }
  if (statusCode === 415) {
    const type = request.headers['content-type'] ?? '—';
    return fault('kernel.media_type', { type, allowed: 'application/json' });
  }
  if (statusCode && statusCode >= 400 && statusCode < 500) {
    return fault('kernel.malformed', { reason: message });
  }
  if (code && unholdable.has(code)) {
    return fault('kernel.malformed', { reason: message });
  }
  if (isLost(error)) {
    log.warn({ error, request: request.id }, 'the connection to the database broke');
    return fault('kernel.interrupted');
  }
  log.error({ error, request: request.id, route: request.routeOptions.url }, 'request failed');
  return fault('kernel.failed', { request: request.id });
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger) {
  const found = faultOf(error, request, log);
  const language = languageOf(request.headers['accept-language']);
  return reply
    .code(found.status)
    .headers(problemHeaders(found))
    .send(JSON.stringify(problemOf(found, language)));
}

function notFound(request: FastifyRequest, reply: FastifyReply, options: ServerOptions) {
  const page = request.method === 'GET' && !/^\/(api|epcis|health|assets)\b/.test(request.url);
  if (page && options.console_folder) return reply.sendFile('index.html');
  throw fault('kernel.unknown_path');
}

async function serveConsole(server: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null || !existsSync(folder)) return;
  await server.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const kept = path.includes('/assets/');
      reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
