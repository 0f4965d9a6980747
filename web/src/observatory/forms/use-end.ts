import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { ask, type InputOf, type ReplyOf } from '../../kernel/api/ask.ts';
import { newIdempotencyKey } from '../../kernel/api/client.ts';
import { refreshAll } from '../../kernel/api/refresh.ts';

type End = 'form_draft.finish' | 'form_draft.drop';

/**
 * The last command on a draft. Its page is left before anything is read again: what is shown there
 * is gone, and to ask for it would be refused.
 */
export function useEnd<Id extends End>(id: Id, onDone: (reply: ReplyOf<Id>) => string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useRef(newIdempotencyKey());
  return useMutation({
    mutationFn: (input: InputOf<Id>) => ask(id, { ...input, idempotencyKey: key.current }),
    onSuccess: async (reply) => {
      await navigate({ to: onDone(reply) });
      await refreshAll(client);
    },
    onError: () => {
      key.current = newIdempotencyKey();
    },
  });
}
