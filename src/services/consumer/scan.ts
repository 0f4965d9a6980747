import { checkIdentity, type Gs1Identity, readResolverPath } from '../../flows/goods/index.ts';
import { asGuestOf, type Bilingual, type Store } from '../../kernel/index.ts';
import { type PublicPage, publicPage } from './public-page.ts';
import { findShared, type SharedGtin } from './shared-gtins.ts';

/**
 * What a code said: an identity, and the page that its owner shows of it; or that it says nothing.
 */
export type Scan =
  | { readonly is: 'malformed'; readonly reason: Bilingual }
  | { readonly is: 'nothing' }
  | { readonly is: 'shown'; readonly identity: Gs1Identity; readonly page: PublicPage };

/**
 * Nobody: what is not shared is asked for in a chain and of a party that do not exist, so that it
 * costs what a product costs that has no such lot.
 */
const NOBODY: SharedGtin = {
  chain: '00000000-0000-0000-0000-000000000000',
  zone: 'Asia/Shanghai',
  party: '00000000-0000-0000-0000-000000000000',
  product_id: '00000000-0000-0000-0000-000000000000',
};

const isMalformed = (reason: Bilingual): Scan => ({ is: 'malformed', reason });

/**
 * Looks up what a path like `/01/…/10/…` names, over all chains. What is unknown, what is not
 * shared and a lot that is not there are one answer, at one price.
 */
export async function scan(store: Store, path: string): Promise<Scan> {
  const read = readResolverPath(path);
  if (!read.ok) return isMalformed(read.reason);
  const identity = read.value;
  const wrong = checkIdentity(identity);
  if (wrong !== undefined) return isMalformed(wrong);
  const gtin = identity.key === '01' ? identity.value : '';
  const { product_id, ...place } = (await findShared(store, gtin)) ?? NOBODY;
  const page = await asGuestOf(store, place, (tx) => publicPage(tx, product_id, identity));
  return page === null ? { is: 'nothing' } : { is: 'shown', identity, page };
}
