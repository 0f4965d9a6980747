import type { Store, Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { asBearer, type ShownSession } from './authenticate.ts';
import { after, type Doorstep } from './doorstep.ts';
import type { Visit } from './visit.ts';

/** A signed-in person who minds their own account, in one transaction. */
export type Person = Tx & Doorstep & { user: string; session: ShownSession };

/** Runs `work` for the person behind a session. @throws kernel.signed_out, identity.not_a_person */
export async function asPerson<T>(
  store: Store,
  credential: string,
  visit: Visit,
  work: (person: Person) => Promise<T>,
): Promise<T> {
  return asBearer(store, credential, (tx, session) => {
    if (!session || !tx.actor.user) throw fault('identity.not_a_person');
    return work({ ...tx, visit, vault: store.vault, user: tx.actor.user, session });
  });
}

/** Whether they have shown a password or a factor just now: a stolen session alone changes none. */
export function isProved({ now, session }: Pick<Person, 'now' | 'session'>): boolean {
  return session.proved_at > after(now, -limits.proof_minutes);
}

export const placeOfPerson = ({ chain, actor }: Person) => ({ chain, party: actor.party });
