import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './api/problem.ts';
import { isHeld, sessionQuery } from './session.ts';

const FRESH_FOR_MS = 15_000;
const MOST_TRIES = 2;

/**
 * The cache of what the server said. A session that ended anywhere leads to the sign-in, and what
 * was read under it is forgotten: whoever signs in next at this screen may be somebody else.
 * One that is held meanwhile leads to what is asked of its person, and back.
 * @param toSignIn resolves once no page of the session is shown any more
 */
export function makeQueryClient(
  toSignIn: () => Promise<void>,
  toGate: () => Promise<void>,
): QueryClient {
  const leave = async () => {
    await toSignIn();
    client.clear();
    client.setQueryData(sessionQuery.queryKey, null);
  };
  const watch = (error: unknown) => {
    // Where the server cannot be reached now, the next request is refused as this one was.
    if (isHeld(error)) {
      void client.fetchQuery({ ...sessionQuery, staleTime: 0 }).then(toGate, () => {});
    }
    if (!(error instanceof Problem) || error.body.code !== 'kernel.signed_out') return;
    client.setQueryData(sessionQuery.queryKey, null);
    void leave();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_FOR_MS,
        // A refusal stays a refusal; only what did not arrive is worth another try.
        retry: (tries, error) =>
          tries < MOST_TRIES &&
          error instanceof Problem &&
          (error.body.status === 0 || error.body.status === 503),
      },
    },
  });
  return client;
}
