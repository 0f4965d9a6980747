import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visit } from '../identity/visit.ts';
import { limits } from '../limits.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether a proxy ends TLS in front. */
    https: boolean;
  }
}

/**
 * `__Host-` needs TLS: behind https the cookie is bound to this host and to no other. There, one
 * without the prefix is none of ours: a neighbour under the same domain may have set it.
 */
export const cookieName = (https: boolean) => (https ? '__Host-jingwei' : 'jingwei');
const deviceName = (https: boolean) => `${cookieName(https)}-device`;

/** The bearer credential of a request: an Authorization header, or the session cookie. */
export function credentialOf(request: FastifyRequest): { text: string; cookie: boolean } | null {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return { text: header.slice(7).trim(), cookie: false };
  // What the router itself refuses never came to the reader of cookies.
  const cookies: FastifyRequest['cookies'] | undefined = request.cookies;
  const text = cookies?.[cookieName(request.server.https)];
  return text ? { text, cookie: true } : null;
}

/** Whether the page that writes is ours: SameSite=Strict is the first wall, this the second. */
export function sameOrigin(request: FastifyRequest): boolean {
  const origin = request.headers.origin;
  if (!origin) return request.headers['sec-fetch-site'] !== 'cross-site';
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

export function setSessionCookie(reply: FastifyReply, https: boolean, token: string | null): void {
  reply.setCookie(cookieName(https), token ?? '', {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: https,
    maxAge: token === null ? 0 : limits.session_days * 86_400,
  });
}

/** Stays when its owner signs out: it opens nothing, and only tells the browser again. */
export function setDeviceCookie(reply: FastifyReply, https: boolean, token: string): void {
  reply.setCookie(deviceName(https), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: https,
    maxAge: limits.known_device_days * 86_400,
  });
}

type Reached = { https: boolean; origin?: string | null };

/** Who knocks. The Host header is the caller's own word: it is believed for localhost alone. */
export function visitOf(request: FastifyRequest, { https, origin }: Reached): Visit {
  const host = request.headers.host ?? '';
  const local = /^localhost(:\d+)?$/.test(host) ? `http://${host}` : null;
  return {
    address: request.ip,
    agent: request.headers['user-agent'] ?? '',
    device: request.cookies[deviceName(https)] ?? null,
    origin: origin ?? local,
  };
}
