import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fault } from '../faults.ts';
import type { HealthStatus } from './causes.ts';
import type { Metrics } from './metrics.ts';

export const ownPages: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);

export type Health = { status: string; causes?: readonly object[] };

const hash = (text: string) => createHash('sha256').update(text).digest();
const loopback = /^(::ffff:)?127\.|^::1$/;

/**
 * With a token the token alone opens; without one only this machine, and nobody through a proxy:
 * behind one on this machine every visitor would come from here.
 */
function mayRead(request: FastifyRequest, token: string | null): boolean {
  if (token === null) {
    const { 'x-forwarded-for': forwarded, forwarded: standard } = request.headers;
    if (forwarded !== undefined || standard !== undefined) return false;
    return loopback.test(request.socket.remoteAddress ?? '');
  }
  const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(hash(shown), hash(token));
}

/** What a supervisor asks: is it well, may it get work, and what does it measure. */
export function addOwnPages(
  server: FastifyInstance,
  health: () => Health,
  metrics: Metrics,
  token: string | null,
): void {
  server.get('/health', async (_request, reply) => {
    const said = health();
    return reply.code(answers(said) ? 200 : 503).send(said);
  });
  server.get('/ready', async (_request, reply) => {
    const said = health();
    const ready = answers(said);
    return reply
      .code(ready ? 200 : 503)
      .headers(ready ? {} : { 'retry-after': '1' })
      .send({ ready, causes: said.causes ?? [] });
  });
  server.get('/metrics', async (request, reply) => {
    // As for a page that does not exist: whoever may not read it need not know of it.
    if (!mayRead(request, token)) throw fault('kernel.unknown_path');
    return reply.header('content-type', metrics.contentType).send(await metrics.text());
  });
}

const serving: ReadonlySet<string> = new Set<HealthStatus>(['ok', 'degraded']);
const answers = ({ status }: Health) => serving.has(status);
