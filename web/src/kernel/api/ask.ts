import { type Operations, operations } from '../../generated/api.ts';
import { call, type Query } from './client.ts';

export type OperationId = keyof Operations;
export type ReplyOf<Id extends OperationId> = Operations[Id]['reply'];

/** A part of an operation is asked for only where the operation has it. */
type Part<
  Id extends OperationId,
  Name extends 'params' | 'query' | 'body',
> = Operations[Id][Name] extends undefined ? { [K in Name]?: undefined } : NeededPart<Id, Name>;
type NeededPart<Id extends OperationId, Name extends 'params' | 'query' | 'body'> =
  Record<never, never> extends Operations[Id][Name]
    ? { [K in Name]?: Operations[Id][Name] }
    : { [K in Name]: Operations[Id][Name] };

export type InputOf<Id extends OperationId> = Part<Id, 'params'> &
  Part<Id, 'query'> &
  Part<Id, 'body'> & {
    /** For operations that take a document or a photo: its bytes, with their media type. */
    file?: File;
    idempotencyKey?: string;
    /** The version that the reader saw: another one's change in between is not overwritten. */
    ifMatch?: string;
    signal?: AbortSignal;
  };

/** Calls one operation of the API by its name. Throws Problem. */
export function ask<Id extends OperationId>(id: Id, input: InputOf<Id>): Promise<ReplyOf<Id>> {
  const { method, path } = operations[id];
  const { file, idempotencyKey, ifMatch, signal } = input;
  return call<ReplyOf<Id>>(fill(path, input.params), {
    method,
    query: (input.query ?? {}) as Query,
    ...(method === 'GET' ? {} : { body: file ?? input.body ?? {} }),
    ...(file ? { fileName: file.name } : {}),
    ...(idempotencyKey ? { idempotencyKey } : {}),
    ...(ifMatch ? { ifMatch } : {}),
    ...(signal ? { signal } : {}),
  });
}

/** The address of an operation, for links that the browser follows itself. */
export function addressOf<Id extends OperationId>(
  id: Id,
  params?: Readonly<Record<string, string>>,
  query?: Readonly<Record<string, string>>,
): string {
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return `${fill(operations[id].path, params)}${search}`;
}

function fill(path: string, params: unknown): string {
  const values = (params ?? {}) as Readonly<Record<string, string>>;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
