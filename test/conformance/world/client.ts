import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { type Operations, operations } from '../../../web/src/generated/api.ts';

export type Operation = keyof Operations;

/** What goes with one call; `bytes` is a document in place of a JSON body. */
export type Given<Name extends Operation> = {
  params?: Operations[Name]['params'];
  query?: Operations[Name]['query'];
  body?: Operations[Name]['body'];
  bytes?: Uint8Array;
  headers?: Record<string, string>;
};

export type Said = { status: number; body: string; headers: Record<string, unknown> };

/** The address of an operation with its parameters filled in. */
export function urlOf(path: string, params: object = {}, query: object = {}): string {
  const filled = Object.entries(params).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
  const search = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/** What goes with one call, whatever it is that is called. */
export type Sent = {
  params?: object | undefined;
  query?: object | undefined;
  body?: unknown;
  bytes?: Uint8Array;
  headers?: Record<string, string>;
};

type Address = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string };

/** Sends one call with a key or a session, as any client would. */
export async function send(
  server: FastifyInstance,
  key: string,
  { method, path }: Address,
  given: Sent,
): Promise<Said> {
  const payload = given.bytes ? Buffer.from(given.bytes) : given.body;
  const reply = await server.inject({
    method,
    url: urlOf(path, given.params, given.query),
    headers: { authorization: `Bearer ${key}`, ...given.headers },
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
  return { status: reply.statusCode, body: reply.body, headers: reply.headers };
}

/** Sends what the API's own document describes. */
export async function say<Name extends Operation>(
  server: FastifyInstance,
  key: string,
  name: Name,
  given: Given<Name> = {},
): Promise<Said> {
  return send(server, key, operations[name], given);
}

/** The same, where it has to succeed: gives the reply. */
export async function ask<Name extends Operation>(
  server: FastifyInstance,
  key: string,
  name: Name,
  given: Given<Name> = {},
): Promise<Operations[Name]['reply']> {
  const { status, body } = await say(server, key, name, given);
  expect(status, `${name}: ${body.slice(0, 600)}`).toBeLessThan(300);
  return JSON.parse(body) as Operations[Name]['reply'];
}
