import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FormCheck, FormDraftContent, ReportDraft } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useBilingual } from '../../kernel/bilingual.ts';

const PAUSE_MS = 250;

type Answers = ReportDraft['answers'];
export type Trial = { answers: Answers; before: Answers | null };

/** What changes often, once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What the server says of a form as it is typed; the console has no judgement of its own. */
export function useCheck(content: FormDraftContent, trial: Trial): FormCheck | undefined {
  const settled = useSettled(content);
  const tried = useSettled(trial);
  const check = useQuery({
    queryKey: ['statistical_form.check', settled, tried],
    queryFn: ({ signal }) =>
      ask('statistical_form.check', { body: { content: settled, ...tried }, signal }),
    placeholderData: keepPreviousData,
    // Each stroke is another question: none is asked twice.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return check.data;
}

export type Faults = {
  /** What is wrong at a place such as `items/0/code`; with what is empty one waits. */
  at: (path: string, value?: string) => string | undefined;
  /** How many places below one are wrong. */
  count: (path: string) => number;
};

/** @param isTried whether the form was to be finished: what is empty is wrong only then */
export function useFaults(check: FormCheck | undefined, isTried: boolean): Faults {
  const read = useBilingual();
  const errors = check?.errors ?? [];
  return {
    at: (path, value) => {
      const found = errors.find((one) => one.path === path);
      return found && (isTried || value !== '') ? read(found) : undefined;
    },
    count: (path) =>
      errors.filter((one) => one.path === path || one.path.startsWith(`${path}/`)).length,
  };
}
