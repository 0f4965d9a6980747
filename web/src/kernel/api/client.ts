import { readProblem, unreachable } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Query;
  /** Sent as JSON, or as it is where it is a file or a form. */
  body?: unknown;
  /** Made once for each form, so that a double click or a second try has one effect. */
  idempotencyKey?: string;
  /** The name of the file that the body is. */
  fileName?: string;
  /** The ETag under which the reader saw what is about to change. */
  ifMatch?: string;
  signal?: AbortSignal;
};

export type Answer<T> = { data: T; etag: string | undefined };

/** Calls the API of this server. Throws Problem, and nothing else, unless the call was aborted. */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  return (await callWithTag<T>(path, options)).data;
}

/** As `call`, with the ETag of the answer. */
export async function callWithTag<T>(path: string, options: Call = {}): Promise<Answer<T>> {
  const response = await send(path, options);
  if (!response.ok) throw await readProblem(response);
  const etag = response.headers.get('etag') ?? undefined;
  const empty = response.status === 204 || response.headers.get('content-length') === '0';
  return { data: (empty ? undefined : await response.json()) as T, etag };
}

/** A new key for one form or one action. */
export function newIdempotencyKey(): string {
  // randomUUID is absent on plain http outside localhost, where a phone in a warehouse may be.
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

async function send(path: string, options: Call): Promise<Response> {
  const { body, idempotencyKey, fileName, ifMatch, signal } = options;
  const raw = body instanceof Blob || body instanceof FormData;
  try {
    return await fetch(`${path}${queryText(options.query)}`, {
      method: options.method ?? 'GET',
      credentials: 'same-origin',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        ...(fileName ? { 'x-file-name': encodeURIComponent(fileName) } : {}),
        ...(ifMatch ? { 'if-match': ifMatch } : {}),
      },
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable();
  }
}

function queryText(query: Query | undefined): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}
