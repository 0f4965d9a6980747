import { asMember, type Chain, type Tx } from '../kernel/index.ts';
import type { Lane } from './lane.ts';

/** Acts for a member with its roles in the chain. */
export type As = <T>(party: string, work: (tx: Tx) => Promise<T>) => Promise<T>;

export function membersOf({ store }: Lane, { id: chain }: Pick<Chain, 'id'>): As {
  return async (party, work) => {
    const done = await asMember(store, { chain, party }, [], work);
    if (done === null) throw new Error('Whoever is asked is in the chain.');
    return done;
  };
}
