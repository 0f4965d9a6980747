import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FormDraft, FormDraftContent } from '../../generated/api.ts';
import { Problem } from '../../kernel/api/problem.ts';
import { apiQuery } from '../../kernel/api/use-api.ts';
import { type KeepingState, keepingOf } from './keeping.ts';

export type Edit = (part: Partial<FormDraftContent>) => void;

/** A draft as it is typed: kept on the server a moment later, and when the page is left. */
export function useDraft(draft: FormDraft) {
  const client = useQueryClient();
  const [content, setContent] = useState(draft.content);
  const [state, setState] = useState<KeepingState>('saved');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is made anew for a draft
  const keeping = useMemo(
    () =>
      keepingOf(draft, {
        onState: setState,
        onKept: (kept) => {
          const { queryKey } = apiQuery('form_draft.get', { params: { id: kept.id } });
          client.setQueryData(queryKey, kept);
          for (const id of ['form_draft.weight', 'form_draft.list']) {
            void client.invalidateQueries({ queryKey: [id] });
          }
        },
      }),
    [],
  );
  const newest = useRef(content);
  const edit: Edit = (part) => {
    newest.current = { ...newest.current, ...part };
    setContent(newest.current);
    keeping.keep(newest.current);
  };
  useEffect(() => () => void keeping.flush(), [keeping]);
  const isKept = state === 'saved';
  useEffect(() => {
    if (isKept) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [isKept]);
  const isStale = state instanceof Problem && state.body.code === 'kernel.stale';
  return { content, edit, state, isStale, flush: keeping.flush, stop: keeping.stop };
}
