import { call } from './api/client.ts';
import type { SecondStep, Session } from './session.ts';

const PATH = '/api/v1/session/provider';
/** The tab's own memory: the answer is worth something to it alone. */
const KEY = 'jingwei.provider';

type Visit = { ticket: string; next: string };
type Linked = { linked: { label: string } };

/** Leaves for the page of an identity provider; `next` is where the person goes afterwards. */
export async function goToProvider(ticket: string, next: string): Promise<never> {
  const { url } = await call<{ url: string }>(`${PATH}/way`, { method: 'POST', body: { ticket } });
  sessionStorage.setItem(KEY, JSON.stringify({ ticket, next } satisfies Visit));
  location.assign(url);
  // The page is on its way out: whoever waits stays busy.
  return new Promise(() => {});
}

/** Begins a sign-in at a provider. @throws Problem */
export async function signInAtProvider(provider: string, next: string): Promise<never> {
  const { ticket } = await call<{ ticket: string }>(PATH, { method: 'POST', body: { provider } });
  return goToProvider(ticket, next);
}

export type CameBack = { entered: Session | SecondStep | Linked; next: string };

/** What the provider's answer is worth; null where this tab never went there. @throws Problem */
export async function comeBack(): Promise<CameBack | null> {
  const kept = sessionStorage.getItem(KEY);
  const answer = location.search.slice(1);
  sessionStorage.removeItem(KEY);
  // The answer is used up by this: it has no business in the history.
  history.replaceState(null, '', location.pathname);
  if (!kept) return null;
  const { ticket, next } = JSON.parse(kept) as Visit;
  const body = { ticket, answer };
  return {
    next,
    entered: await call<CameBack['entered']>(`${PATH}/answer`, { method: 'POST', body }),
  };
}
