import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../session.ts';

/** Reads again what is on the screen; the rest is read when it is shown next. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0],
  });
}
