import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { call } from './api/client.ts';
import { Problem } from './api/problem.ts';
import type { Bilingual } from './bilingual.ts';

/** A chain and the party as which the person may work in it. */
export type Place = {
  chain_id: string;
  chain_slug: string;
  chain_name: Bilingual;
  party_id: string;
  party_name: Bilingual;
};

export type Session = {
  user: { id: string; login: string; name: string };
  chain: { id: string; slug: string; name: Bilingual; zone: string };
  party: { id: string; name: Bilingual; roles: readonly string[] };
  seat: string;
  permissions: readonly string[];
  places: readonly Place[];
};

const PATH = '/api/v1/session';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call<Session>(PATH, { signal });
    } catch (error) {
      if (error instanceof Problem && error.body.status === 401) return null;
      throw error;
    }
  },
});

export function signIn(login: string, password: string): Promise<Session> {
  return call<Session>(PATH, { method: 'POST', body: { login, password } });
}

export function signOut(): Promise<void> {
  return call<void>(PATH, { method: 'DELETE' });
}

export function switchPlace({ chain_id, party_id }: Place): Promise<Session> {
  return call<Session>(`${PATH}/switch`, { method: 'POST', body: { chain_id, party_id } });
}

/** The session on pages behind the sign-in, where there always is one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('a page behind the sign-in was shown without a session');
  return data;
}

/** Whether the person may do something, e.g. 'commerce.order.respond'. */
export function useMay(): (permission: string) => boolean {
  const { permissions } = useSession();
  return (permission) => {
    const wanted = permission.split('.');
    return permissions.some((pattern) => {
      const parts = pattern.split('.');
      return parts.length === wanted.length && parts.every((p, i) => p === '*' || p === wanted[i]);
    });
  };
}
