import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Store, Tx } from '../db/tx.ts';
import { Fault, fault } from '../faults.ts';
import { asBearer, mayDo } from '../identity/authenticate.ts';
import { asPerson, isProved } from '../identity/person.ts';
import { noteSharedAccess } from '../identity/shared-access.ts';
import type { Visit } from '../identity/visit.ts';
import { limits } from '../limits.ts';
import { inSpan } from '../operating/tracing.ts';
import {
  type Claim,
  findAnswer,
  hashOfRequest,
  storeAnswer,
  wasAnsweredBefore,
} from '../trust/idempotency.ts';
import { credentialOf, sameOrigin } from './cookies.ts';
import type { Pace } from './pace.ts';
import { invalid, languageOf, problemOf } from './problem.ts';
import type {
  ActorRoute,
  BytesBody,
  BytesReply,
  PersonRoute,
  Route,
  RouteRequest,
} from './route.ts';

export const problemType = 'application/problem+json; charset=utf-8';

export const problemHeaders = ({ retry_after_s }: Fault): Record<string, string> => ({
  'content-type': problemType,
  ...(retry_after_s === null ? {} : { 'retry-after': String(retry_after_s) }),
});

type Answer = { status: number; body: string | Uint8Array; headers: Record<string, string> };

function parsed(schema: z.ZodType | undefined, value: unknown, within: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw invalid(result.error, within);
  return result.data;
}

/** A file name as a header carries it; one that is not escaped as it should be stays as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function documentOf(route: Route, request: FastifyRequest): BytesBody | null {
  if (!route.takes) return null;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!(request.body instanceof Uint8Array)) {
    if (route.body) return null;
    throw fault('kernel.media_type', { type: type || '—', allowed: route.takes.join(', ') });
  }
  if (!route.takes.includes(type)) {
    throw fault('kernel.media_type', { type, allowed: route.takes.join(', ') });
  }
  const name = request.headers['x-file-name'];
  return {
    bytes: request.body,
    media_type: type,
    file_name: typeof name === 'string' ? decoded(name).slice(0, 200) : null,
  };
}

type Asked = RouteRequest<z.ZodType, z.ZodType, z.ZodType>;

/** Everything that a route's `run` gets, checked against its schemas. */
export function askedOf(route: Route, request: FastifyRequest): Asked {
  const document = documentOf(route, request);
  const accept = (request.headers.accept ?? '').split(',').map((part) => {
    return part.split(';')[0]?.trim() ?? '';
  });
  const match = request.headers['if-match'];
  return {
    params: parsed(route.params, request.params, 'path'),
    query: parsed(route.query, request.query, 'query'),
    body: document ? undefined : parsed(route.body, request.body ?? {}, 'body'),
    document,
    if_match: match ? match.replace(/^(W\/)?"|"$/g, '') : null,
    accept,
  };
}

/**
 * Turns what `run` gave into bytes; a field that the reply's schema does not name never leaves. A
 * fault that is given back, not thrown, is answered as one while the transaction commits: a refused
 * document stays in its sender's inbox.
 */
export function answerOf(route: Route, result: unknown, language: 'zh' | 'en'): Answer {
  if (result instanceof Fault) {
    const body = JSON.stringify(problemOf(result, language));
    return { status: result.status, body, headers: problemHeaders(result) };
  }
  const status = route.status ?? 200;
  const bytes = result as BytesReply;
  if (bytes?.bytes instanceof Uint8Array) {
    const headers: Record<string, string> = { 'content-type': bytes.media_type };
    if (bytes.file_name) {
      const name = encodeURIComponent(bytes.file_name);
      headers['content-disposition'] = `attachment; filename*=UTF-8''${name}`;
    }
    return { status, body: bytes.bytes, headers };
  }
  const body = JSON.stringify(route.reply.encode(result as never));
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (route.etag) headers.etag = `"${route.etag(result as never)}"`;
  return { status, body, headers };
}

function claimFor(route: ActorRoute, request: FastifyRequest, shown: string): Claim | null {
  if (route.method === 'GET') return null;
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return null;
  if (key.length === 0 || key.length > limits.idempotency_key_chars) {
    throw fault('kernel.malformed', { reason: 'Idempotency-Key' });
  }
  const hash = hashOfRequest(route.id, request.url, request.body);
  return { key, hash, sealed_for: route.shows_secret ? shown : null };
}

type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Runs a write that carries a key: the first answer is stored with the work, and given again. */
async function runOnce(
  run: Run,
  claim: Claim,
  answer: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run(async (tx) => {
      const given = await answer(tx);
      if (typeof given.body === 'string') {
        storeAnswer(tx, claim, { status: given.status, body: given.body });
      }
      return given;
    });
  } catch (error) {
    // A repeat meets its own first effect ("answered already"): then the first answer counts.
    if (!wasAnsweredBefore(error) && !(error instanceof Fault)) throw error;
    // A key is the party's: it gives no answer to a colleague who may not ask the question.
    if (error instanceof Fault && error.code === 'kernel.not_permitted') throw error;
    const before = await run((tx) => findAnswer(tx, claim));
    if (before === null) throw error;
    const type = before.status >= 400 ? problemType : 'application/json; charset=utf-8';
    const headers = { 'content-type': type, 'idempotency-replayed': 'true' };
    return { ...before, headers };
  }
}

/** The credential that a request shows. @throws kernel.signed_out, kernel.other_origin */
export function shownBy(request: FastifyRequest): string {
  const found = credentialOf(request);
  if (!found) throw fault('kernel.signed_out');
  if (found.cookie && request.method !== 'GET' && !sameOrigin(request)) {
    throw fault('kernel.other_origin');
  }
  return found.text;
}

/** The pipeline of a route for actors: who, may they, what, once, and the answer. */
export async function runActorRoute(
  store: Store,
  pace: Pace,
  route: ActorRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const shown = shownBy(request);
  const run: Run = (work) =>
    asBearer(store, shown, (tx) => {
      pace.spend(tx, shown, reply);
      return work(tx);
    });
  const claim = claimFor(route, request, shown);
  const language = languageOf(request.headers['accept-language']);
  const answerFor = async (tx: Tx): Promise<Answer> => {
    if (!mayDo(tx.actor, route.permission)) {
      throw fault('kernel.not_permitted', { permission: route.permission });
    }
    const asked = askedOf(route, request);
    const given = await inSpan(route.id, {}, async () => route.run(tx, asked));
    if (route.shared) {
      await noteSharedAccess(tx, route.id, route.shared, () =>
        route.shows ? route.shows(tx, given, asked) : ((given as BytesReply).shows ?? given),
      );
    }
    return answerOf(route, given, language);
  };
  const answer = claim ? await runOnce(run, claim, answerFor) : await run(answerFor);
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** The pipeline of a route for a person: who, may they, is it they, what, and the answer. */
export async function runPersonRoute(
  store: Store,
  pace: Pace,
  route: PersonRoute,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const language = languageOf(request.headers['accept-language']);
  const shown = shownBy(request);
  const answer = await asPerson(store, shown, visit, route.under, async (person) => {
    pace.spend(person, shown, reply);
    const { permission } = route;
    if (permission !== null && !mayDo(person.actor, permission)) {
      throw fault('kernel.not_permitted', { permission });
    }
    if (route.fresh && !isProved(person)) throw fault('identity.proof_needed');
    return answerOf(route, await route.run(person, askedOf(route, request)), language);
  });
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}
