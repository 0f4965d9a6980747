import { existsSync } from 'node:fs';
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import helmet from 'helmet';
import { isCrowded, isDiskFull, isLost, isOvertime } from '../db/lost.ts';
import type { Store } from '../db/tx.ts';
import { Fault, fault } from '../faults.ts';
import { openProviders, type Providers } from '../identity/oidc/providers.ts';
import { placeOf } from '../identity/visit.ts';
import { limits } from '../limits.ts';
import type { Logger } from '../log.ts';
import { causeOf } from '../operating/causes.ts';
import { type Metrics, openMetrics } from '../operating/metrics.ts';
import { addOwnPages, type Health, ownPages } from '../operating/pages.ts';
import { countRunning } from '../operating/running.ts';
import { inRequestSpan } from '../operating/tracing.ts';
import type { Watch } from '../operating/watch.ts';
import { addBindings } from './binding.ts';
import { credentialOf, setDeviceCookie, setSessionCookie, visitOf } from './cookies.ts';
import { assertHoldable } from './holdable.ts';
import { LiveConnections, shouldUpgradeCallback } from './live.ts';
import { openApi } from './openapi.ts';
import { Pace, tooMany } from './pace.ts';
import { languageOf, problemOf } from './problem.ts';
import { addPublicBindings } from './public-binding.ts';
import { Refusals } from './refusals.ts';
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
  /** `status` is 'ok' or 'degraded' where requests can be served; anything else answers 503. */
  health(): Health;
  /** Knows when the database is away or the server stops: then requests are refused at once. */
  watch?: Pick<Watch, 'has' | 'diskIsFull'>;
  metrics?: Metrics;
  metrics_token?: string | null;
  sealLagMs?(): number;
  /** The public keys (RFC 7517) that verify what the platform signs for others. */
  jwks?: object;
};

/** The HTTP server: the whole pipeline in one list. */
export async function openServer(store: Store, options: ServerOptions): Promise<FastifyInstance> {
  const note = noterOf(store, options);
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(note(error, request), request, reply);
  const server = Fastify({
    loggerInstance: options.log.child({}, { level: 'warn' }) as FastifyBaseLogger,
    bodyLimit: limits.body_bytes,
    genReqId: () => store.newId(),
    // One proxy stands in front: an address further left was written by the client itself.
    trustProxy: options.https ? (_address, hop) => hop === 0 : false,
    forceCloseConnections: true,
    http: { shouldUpgradeCallback, maxHeaderSize: limits.header_bytes },
    frameworkErrors: (error, request, reply) => {
      refuse(error, request, reply.headers(bareHeaders));
    },
    // An identity in a path is a whole URI, percent-encoded: three characters may stand for one.
    routerOptions: { maxParamLength: limits.path_part_chars },
  });
  server.decorate('https', options.https);
  takeDocuments(server);
  // Whatever sets nothing else is somebody's, and stays in no cache; the console's files say more.
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await server.register(fastifyCookie);
  addHeaders(server, options);
  await server.register(fastifyCompress, { global: true, threshold: 1_024 });
  await server.register(fastifyRateLimit, rateLimit);
  server.setErrorHandler(refuse);
  const pace = new Pace(store.clock);
  const live = new LiveConnections(store, pace, options.log);
  await live.serve(server);
  const running = countRunning(server);
  server.addHook('onRequest', async (request, reply) => {
    const path = request.routeOptions.url;
    if (path && ownPages.has(path)) return;
    refuseWhileDown(options, request, reply);
    pace.admit(request);
  });
  const metrics = options.metrics ?? openMetrics(false);
  server.addHook('onResponse', async (request, { statusCode, elapsedTime }) => {
    pace.failed(request, statusCode);
    metrics.answered(request.routeOptions.url, request.method, statusCode, elapsedTime);
  });
  server.setNotFoundHandler({ preHandler: server.rateLimit() }, (request, reply) =>
    notFound(request, reply, options),
  );
  const stream = openStream(server, store);
  store.onRecorded = stream.recorded;
  server.addHook('preClose', async () => stream.close());
  server.decorate('drain', () => Promise.all([stream.close(), live.end(), running.drained()]));
  metrics.read({
    pools: { app: store.database.app, owner: store.database.owner },
    streamClients: () => stream.count() + live.count(),
    requestsRunning: running.count,
    sealLagMs: () => options.sealLagMs?.() ?? 0,
    has: (cause) => options.watch?.has(cause) ?? false,
  });
  addOwnPages(server, options.health, metrics, options.metrics_token ?? null);
  addDocuments(server, options);
  for (const { routes } of options.modules) {
    for (const route of routes) addRoute(server, store, pace, options, route);
  }
  await addStandards(server, { store, pace, live, faultOf: note }, options);
  await serveConsole(server, options.console_folder);
  return server;
}

/** The interfaces that standards define, for actors and for anybody. */
async function addStandards(
  server: FastifyInstance,
  host: Parameters<typeof addBindings>[1],
  { modules, https, origin = null }: ServerOptions,
): Promise<void> {
  const bindings = modules.flatMap((module) => module.bindings ?? []);
  await addBindings(server, host, bindings);
  const pages = modules.flatMap((module) => module.public_bindings ?? []);
  await addPublicBindings(server, { ...host, https, origin }, pages);
}

/** What anybody may read of the API, and of the keys that its messages are signed with. */
function addDocuments(server: FastifyInstance, { jwks, modules }: ServerOptions): void {
  if (jwks) {
    server.get('/.well-known/jwks.json', async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').send(jwks),
    );
  }
  const document = openApi(modules);
  server.get('/api/openapi.json', async () => document);
}

/** Whoever would only wait for a database that is away, or for a server that ends, is told so. */
function refuseWhileDown(
  { watch }: ServerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const code = (['stopping', 'database_gone'] as const).find((cause) => watch?.has(cause));
  if (code === undefined) return;
  if (code === 'stopping') reply.header('connection', 'close');
  else if (!/^\/(api|epcis)\b/.test(request.url)) return;
  throw inSeconds(2, fault('kernel.unready', causeOf(code, '')));
}

/** Made once: the plugin for it makes all of them anew for each request. */
function addHeaders(server: FastifyInstance, { https }: ServerOptions): void {
  const add = helmet({ contentSecurityPolicy: policy, hsts: https });
  server.addHook('onRequest', ({ raw }, reply, done) =>
    add(raw, reply.raw, (error) => done(error as Error | undefined)),
  );
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
    handler: (request, reply) =>
      inRequestSpan(
        { method: route.method, route: route.path, headers: request.headers },
        reply,
        async () => {
          if (route.kind === 'actor') return runActorRoute(store, pace, route, request, reply);
          if (route.kind === 'open') return runOpenRoute(store, options, route, request, reply);
          return runPersonRoute(store, pace, route, visitOf(request, options), request, reply);
        },
      ),
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
function faultOf(error: unknown, request: FastifyRequest, { log, watch }: ServerOptions): Fault {
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
    return inSeconds(2, fault('kernel.interrupted'));
  }
  if (isCrowded(error)) return inSeconds(2, fault('kernel.busy'));
  if (isOvertime(error)) {
    log.warn({ error, request: request.id }, 'a statement took too long, or waited too long');
    return inSeconds(5, fault('kernel.busy'));
  }
  if (isDiskFull(error)) {
    watch?.diskIsFull();
    log.error({ request: request.id }, 'the disk of the database is full');
    return inSeconds(30, fault('kernel.disk_full'));
  }
  log.error({ error, request: request.id, route: request.routeOptions.url }, 'request failed');
  return fault('kernel.failed', { request: request.id });
}

function inSeconds(seconds: number, found: Fault): Fault {
  found.retry_after_s = seconds;
  return found;
}

/** Makes a fault of what went wrong, and writes down what tells of an attempt. */
function noterOf({ clock }: Store, options: ServerOptions) {
  const refusals = new Refusals(options.log, clock);
  return (error: unknown, request: FastifyRequest): Fault => {
    const found = faultOf(error, request, options);
    refusals.note(request, found);
    return found;
  };
}

function sendProblem(found: Fault, request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers['accept-language']);
  return reply
    .code(found.status)
    .headers(problemHeaders(found))
    .send(JSON.stringify(problemOf(found, language)));
}

function notFound(request: FastifyRequest, reply: FastifyReply, options: ServerOptions) {
  const page =
    request.method === 'GET' && !/^\/(api|epcis|health|ready|metrics|assets)\b/.test(request.url);
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
