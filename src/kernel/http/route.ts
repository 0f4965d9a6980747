import type { z } from 'zod';
import type { Store, Tx } from '../db/tx.ts';
import type { Fault, FaultTable } from '../faults.ts';
import type { Hold } from '../identity/holds.ts';
import type { Providers } from '../identity/oidc/providers.ts';
import { declarePermission } from '../identity/permissions.ts';
import type { Person } from '../identity/person.ts';
import type { Visit } from '../identity/visit.ts';
import type { Logger } from '../log.ts';
import type { Bilingual, Scope } from '../schema.ts';
import type { Binding } from './binding.ts';
import type { PublicBinding } from './public-binding.ts';

/** Bytes as an answer (XML, CSV, a photo) where a route gives no JSON. */
export type BytesReply = {
  bytes: Uint8Array;
  media_type: string;
  file_name?: string;
  /** The records that the bytes were written from, where others may have shared some of them. */
  shows?: readonly unknown[];
};
/** Bytes as they came, where a route takes documents and not JSON. */
export type BytesBody = { bytes: Uint8Array; media_type: string; file_name: string | null };

type Part<S> = S extends z.ZodType ? z.output<S> : undefined;

export type RouteRequest<P, Q, B> = {
  params: Part<P>;
  query: Part<Q>;
  body: Part<B>;
  /** The document, where the route has `takes`. */
  document: BytesBody | null;
  /** What `If-Match` says, without quotes. */
  if_match: string | null;
  /** Media types that the client accepts, best first. */
  accept: readonly string[];
};

/** An answer is only read: lists that nobody may change will do. */
type Readable<T> = T extends readonly (infer Item)[]
  ? readonly Readable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Readable<T[Key]> }
    : T;

type Common<P, Q, B, R> = {
  /** `noun.verb`, unique; names the operation in OpenAPI and in the typed client. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In OpenAPI form: `/api/v1/orders/{id}`. */
  path: string;
  summary: Bilingual;
  params?: P;
  query?: Q;
  body?: B;
  /** Media types of a document that comes instead of a JSON body. */
  takes?: readonly string[];
  /** Media types that the answer can have besides JSON: then `run` may return a BytesReply. */
  gives?: readonly string[];
  reply: R;
  status?: 200 | 201 | 202;
  faults: readonly string[];
  /** The version that `If-Match` is held against, from the answer. */
  etag?: (reply: z.output<R & z.ZodType>) => string;
};

/** A route for a signed-in actor: runs in a transaction that sees what the actor may see. */
export type ActorRoute = Common<z.ZodType, z.ZodType, z.ZodType, z.ZodType> & {
  kind: 'actor';
  permission: string;
  shows_secret?: true;
  shared?: readonly Scope[];
  shows?(
    tx: Tx,
    reply: unknown,
    request: RouteRequest<z.ZodType, z.ZodType, z.ZodType>,
  ): Promise<readonly unknown[]>;
  run(tx: Tx, request: RouteRequest<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
};

/** What a route works with before anybody is known: signing in, accepting an invitation. */
export type Door = {
  store: Store;
  log: Logger;
  /** The credential that came with the request, if any. */
  credential: string | null;
  visit: Visit;
  /** Sets or (null) clears the session cookie of the answer. */
  setSession(token: string | null): void;
  /** Sets the cookie by which this browser is known again. */
  setDevice(token: string): void;
  providers: Providers;
};

export type OpenRoute = Common<z.ZodType, z.ZodType, z.ZodType, z.ZodType> & {
  kind: 'open';
  run(door: Door, request: RouteRequest<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
};

/** A route for a signed-in person and no API key: mostly about their own account. */
export type PersonRoute = Common<z.ZodType, z.ZodType, z.ZodType, z.ZodType> & {
  kind: 'person';
  /** What their seat has to hold, where it is not about their account alone. */
  permission: string | null;
  /** Holds under which a session may still do this: what ends them, and no more. */
  under: readonly Hold[];
  /** Asks for a password or a factor shown within limits.proof_minutes. */
  fresh: boolean;
  run(person: Person, request: RouteRequest<z.ZodType, z.ZodType, z.ZodType>): Promise<unknown>;
};

export type Route = ActorRoute | OpenRoute | PersonRoute;

/** Declares a route: validation, permission, OpenAPI, idempotency and errors are the kernel's. */
export function route<
  R extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: Omit<Common<P, Q, B, R>, 'params' | 'query' | 'body'> & {
    params?: P;
    query?: Q;
    body?: B;
    permission: string;
    /** The answer shows a secret that is kept as a hash: what is stored for a repeat is sealed. */
    shows_secret?: true;
    /** Records that others share may stand in the answer: their owners can read who looked. */
    shared?: readonly Scope[];
    /** The records that such an answer is made of, where it does not name their parties itself. */
    shows?(tx: Tx, reply: z.output<R>, request: RouteRequest<P, Q, B>): Promise<readonly unknown[]>;
    /** A returned fault is answered while the transaction commits; a thrown one undoes it. */
    run(
      tx: Tx,
      request: RouteRequest<P, Q, B>,
    ): Promise<Readable<z.output<R>> | BytesReply | Fault>;
  },
): ActorRoute {
  declarePermission(definition.permission);
  return { kind: 'actor', ...definition } as unknown as ActorRoute;
}

/** Declares a route that is open to callers without a session. */
export function openRoute<
  R extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: Omit<Common<P, Q, B, R>, 'params' | 'query' | 'body'> & {
    params?: P;
    query?: Q;
    body?: B;
    run(door: Door, request: RouteRequest<P, Q, B>): Promise<z.output<R>>;
  },
): OpenRoute {
  return { kind: 'open', ...definition } as unknown as OpenRoute;
}

/**
 * Declares a route by which a person minds their own account, or does what no API key may do for
 * them: then it names a permission.
 */
export function personRoute<
  R extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: Omit<Common<P, Q, B, R>, 'params' | 'query' | 'body'> & {
    params?: P;
    query?: Q;
    body?: B;
    fresh?: true;
    permission?: string;
    under?: readonly Hold[];
    /** A returned fault is answered while the transaction commits; a thrown one undoes it. */
    run(person: Person, request: RouteRequest<P, Q, B>): Promise<z.output<R> | Fault>;
  },
): PersonRoute {
  const { fresh = false, permission = null, under = [] } = definition;
  if (permission !== null) declarePermission(permission);
  return { kind: 'person', ...definition, fresh, permission, under } as unknown as PersonRoute;
}

/** A module as the composition root sees it. */
export type Module = {
  name: string;
  migrations: URL | null;
  routes: readonly Route[];
  /** Interfaces that a standard defines, at their own paths. */
  bindings?: readonly Binding[];
  /** The same for anybody, without a session. */
  public_bindings?: readonly PublicBinding[];
  faults: FaultTable;
};
