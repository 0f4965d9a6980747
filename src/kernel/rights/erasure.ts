import { z } from 'zod';
import { fault } from '../faults.ts';
import { after } from '../identity/doorstep.ts';
import { leavesNobody } from '../identity/people.ts';
import { type Person, placeOfPerson } from '../identity/person.ts';
import { logSecurity } from '../identity/security-log.ts';
import { limits } from '../limits.ts';
import { instant, uuid } from '../schema.ts';

/** That an account is going to be erased, and what holds it up. */
export const accountErasure = z
  .object({
    asked_at: instant,
    /** When it is erased, unless its owner takes it back. */
    due_at: instant,
    /** The firm in which somebody else has to take over first. */
    blocked_by: z.object({ chain_id: uuid, party_id: uuid }).nullable(),
  })
  .meta({ id: 'AccountErasure' });
export type AccountErasure = z.output<typeof accountErasure>;

export async function findErasure(person: Person): Promise<AccountErasure | null> {
  const row = await person.db
    .selectFrom('account_erasure')
    .selectAll()
    .where('user_id', '=', person.user)
    .executeTakeFirst();
  if (!row) return null;
  const { asked_at, due_at, blocked_chain_id: chain_id, blocked_party_id: party_id } = row;
  return { asked_at, due_at, blocked_by: chain_id && party_id ? { chain_id, party_id } : null };
}

/**
 * Asks for the own account to be erased (个人信息保护法 第四十七条). It is done some days later: a
 * stolen session must not be able to, and a person may change their mind.
 * @throws identity.last_admin where this firm's other people would have no administrator left
 */
export async function askErasure(person: Person): Promise<AccountErasure> {
  if (await leavesNobody(person, person.user)) throw fault('identity.last_admin');
  const due_at = after(person.now, limits.erasure_days * 24 * 60);
  const { numInsertedOrUpdatedRows: made } = await person.db
    .insertInto('account_erasure')
    .values({ user_id: person.user, asked_at: person.now, due_at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made !== 0n) {
    const at = placeOfPerson(person);
    await logSecurity(person, { kind: 'erasure_asked', user: person.user, at });
  }
  return (await findErasure(person)) ?? { asked_at: person.now, due_at, blocked_by: null };
}

/** The account stays after all. @throws kernel.not_found, also where it has begun */
export async function keepAccount(person: Person): Promise<void> {
  const done = await person.db
    .deleteFrom('account_erasure')
    .where('user_id', '=', person.user)
    .where('begun_at', 'is', null)
    .executeTakeFirst();
  if (done.numDeletedRows === 0n) throw fault('kernel.not_found');
  const at = placeOfPerson(person);
  await logSecurity(person, { kind: 'erasure_taken_back', user: person.user, at });
}
