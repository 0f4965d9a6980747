import type { Store, Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { asBearer, type ShownSession } from './authenticate.ts';
import { after, type Doorstep } from './doorstep.ts';
import type { Hold } from './holds.ts';
import type { Visit } from './visit.ts';

/** A signed-in person who minds their own account, in one transaction. */
export type Person = Tx & Doorstep & { user: string; session: ShownSession };

/**
 * Runs `work` for the person behind a session.
 * @param under holds under which it is done all the same
 * @throws kernel.signed_out, identity.not_a_person, identity.factor_needed, identity.factor_unshown
 */
export async function asPerson<T>(
  store: Store,
  credential: string,
  visit: Visit,
  under: readonly Hold[],
  work: (person: Person) => Promise<T>,
): Promise<T> {
  const asThemself = (tx: Tx, session: ShownSession | null) => {
    if (!session || !tx.actor.user) throw fault('identity.not_a_person');
    return work({ ...tx, visit, vault: store.vault, user: tx.actor.user, session });
  };
  return asBearer(store, credential, asThemself, under);
}

/** Whether they have shown a password or a factor just now: a stolen session alone changes none. */
export function isProved({ now, session }: Pick<Person, 'now' | 'session'>): boolean {
  return session.proved_at > after(now, -limits.proof_minutes);
}

/** Writes down that a second factor was shown in the person's session. */
export async function noteFactor({ db, now, user, session }: Person): Promise<void> {
  await db
    .updateTable('session')
    .set({ factor_at: now })
    .where('user_id', '=', user)
    .where('id', '=', session.id)
    .execute();
}

export const placeOfPerson = ({ chain, actor }: Person) => ({ chain, party: actor.party });
