import { type Actor, type Store, type Tx, withTx } from './tx.ts';

/**
 * Reads for somebody who is nobody here, what a party of a chain has chosen to show. The wall
 * stands where it stands for the party itself: its own rows, and events that it is a party to; what
 * others share with it is not read, nothing that asks for a permission can be done, and the
 * database takes no write.
 * @param place the chain, and the party whose guest it is
 */
export async function asGuestOf<T>(
  store: Store,
  { chain, zone, party }: { chain: string; zone: string; party: string },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const actor: Actor = { party, user: null, key: null, roles: [], permissions: [], reads: {} };
  return withTx(store, { chain, zone, actor, read_only: true }, work);
}
