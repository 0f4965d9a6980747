import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { call } from './api/client.ts';
import { Problem } from './api/problem.ts';
import type { Bilingual } from './bilingual.ts';
import { signWithPasskey } from './passkey.ts';

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
  held: Hold | null;
  factor: { is_set: boolean; required_from: string | null };
};

/** What has to be done before the session opens anything else. */
export type Hold = 'new_password' | 'no_factor' | 'factor_not_shown';

/** What the server says of a session that is held. */
const HELD: readonly string[] = [
  'identity.password_due',
  'identity.factor_needed',
  'identity.factor_unshown',
];

export const isHeld = (error: unknown): boolean =>
  error instanceof Problem && HELD.includes(error.body.code);

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

/** The password was right; one of these ways has to follow. */
export type SecondStep = { ticket: string; ways: readonly SecondWay[] };
export type SecondWay = 'totp' | 'passkey' | 'recovery_code';

export function signIn(login: string, password: string): Promise<Session | SecondStep> {
  return call<Session | SecondStep>(PATH, { method: 'POST', body: { login, password } });
}

export function goOn(
  ticket: string,
  shown: { code: string } | { recovery_code: string },
): Promise<Session> {
  return call<Session>(`${PATH}/second-step`, { method: 'POST', body: { ticket, shown } });
}

type Options = Readonly<Record<string, unknown>>;

/** The second step with a passkey. @throws Problem, PasskeyNotShown */
export async function goOnByPasskey(ticket: string): Promise<Session> {
  const body = { ticket };
  const asked = await call<Options>(`${PATH}/second-step/passkey`, { method: 'POST', body });
  const shown = { passkey: await signWithPasskey(asked) };
  return call<Session>(`${PATH}/second-step`, { method: 'POST', body: { ticket, shown } });
}

/** Signs in with a passkey alone: it says who it is. @throws Problem, PasskeyNotShown */
export async function signInByPasskey(): Promise<Session> {
  const asked = await call<Options>(`${PATH}/passkey/options`, { method: 'POST', body: {} });
  const response = await signWithPasskey(asked);
  return call<Session>(`${PATH}/passkey`, { method: 'POST', body: { response } });
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
