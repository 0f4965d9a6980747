import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../session.ts';

/** Reads again who is signed in: what guards them has changed, or what is asked of them. */
export function refreshSession(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

/** Reads again what is on the screen; the rest is read when it is shown next. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0],
  });
}
