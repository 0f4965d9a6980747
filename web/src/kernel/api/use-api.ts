import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { ask, type InputOf, type OperationId, type ReplyOf } from './ask.ts';
import { newIdempotencyKey } from './client.ts';
import { Problem } from './problem.ts';
import { refreshAll } from './refresh.ts';

/** What an operation answers, as a query that pages and lists share. */
export function apiQuery<Id extends OperationId>(id: Id, input: InputOf<Id>) {
  return queryOptions({
    queryKey: [id, input.params ?? null, input.query ?? null],
    queryFn: ({ signal }): Promise<ReplyOf<Id>> => ask(id, { ...input, signal }),
  });
}

/** Reads an operation; what was shown stays while other parameters are being read. */
export function useApi<Id extends OperationId>(id: Id, input: InputOf<Id>, enabled = true) {
  return useQuery({ ...apiQuery(id, input), enabled, placeholderData: keepPreviousData });
}

/**
 * A write. Its idempotency key is made with the form and kept while the outcome is unknown, so that
 * a double click or a second try has one effect; an answer of the server, good or bad, ends it.
 */
export function useCommand<Id extends OperationId>(
  id: Id,
  onDone?: (reply: ReplyOf<Id>) => void | Promise<void>,
) {
  const client = useQueryClient();
  const key = useRef(newIdempotencyKey());
  return useMutation({
    mutationFn: (input: InputOf<Id>) => ask(id, { ...input, idempotencyKey: key.current }),
    onSuccess: async (reply) => {
      key.current = newIdempotencyKey();
      void refreshAll(client);
      await onDone?.(reply);
    },
    onError: (error) => {
      const unknown = !(error instanceof Problem) || error.body.status === 0;
      if (!unknown) key.current = newIdempotencyKey();
    },
  });
}
