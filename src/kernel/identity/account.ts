import { z } from 'zod';
import { type Fault, fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { bilingual, instant, uuid } from '../schema.ts';
import { forgive, type Spent, spend } from './budgets.ts';
import { forgetDevices } from './devices.ts';
import { after } from './doorstep.ts';
import { refuseGuessable } from './guessable.ts';
import { listLinks, oidcLink } from './oidc/links.ts';
import { ownNames } from './parties.ts';
import { listPasskeys, passkey } from './passkeys.ts';
import { hashPassword, password, verifyPassword } from './people.ts';
import { noteFactor, type Person, placeOfPerson } from './person.ts';
import { countRecoveryCodes } from './second-factors.ts';
import { logSecurity } from './security-log.ts';
import { type ShownFactor, showFactor, shownFactor } from './sign-in.ts';

/** A session as its owner knows it again: with what, from about where, at which party. */
export const openSessionRow = z
  .object({
    id: uuid,
    current: z.boolean(),
    agent: z.string(),
    address: z.string(),
    chain: bilingual,
    party: bilingual,
    created_at: instant,
    used_at: instant,
    expires_at: instant,
  })
  .meta({ id: 'OpenSession' });
export type OpenSessionRow = z.output<typeof openSessionRow>;

/** How an account is guarded. */
export const guard = z
  .object({
    totp_since: instant.nullable(),
    passkeys: z.array(passkey),
    links: z.array(oidcLink),
    recovery_codes_left: z.int(),
    /** Until when factors may be changed without another proof. */
    proved_until: instant,
  })
  .meta({ id: 'AccountGuard' });

export async function readGuard(person: Person): Promise<z.output<typeof guard>> {
  const totp = await person.db
    .selectFrom('totp')
    .select('confirmed_at')
    .where('user_id', '=', person.user)
    .executeTakeFirst();
  return {
    totp_since: totp?.confirmed_at ?? null,
    passkeys: await listPasskeys(person, person.user),
    links: await listLinks(person, person.user),
    recovery_codes_left: await countRecoveryCodes(person, person.user),
    proved_until: after(person.session.proved_at, limits.proof_minutes),
  };
}

/** The person's live sessions, the last used first. */
export async function listSessions(person: Person): Promise<OpenSessionRow[]> {
  const rows = await person.db
    .selectFrom('session as s')
    .innerJoin('chain as c', 'c.id', 's.current_chain_id')
    .innerJoin('party as p', 'p.id', 's.current_party_id')
    .select(['s.id', 's.agent', 's.address', 's.created_at', 's.used_at', 's.expires_at'])
    .select(['c.name_zh as chain_zh', 'c.name_en as chain_en'])
    .select(['p.name_zh as party_zh', 'p.name_en as party_en'])
    .where('s.user_id', '=', person.user)
    .where('s.expires_at', '>', person.now)
    .where('s.used_at', '>', after(person.now, -limits.session_idle_hours * 60))
    .orderBy('s.used_at', 'desc')
    .orderBy('s.id')
    .limit(limits.page_rows)
    .execute();
  return rows.map(({ chain_zh, chain_en, party_zh, party_en, ...row }) => ({
    ...row,
    current: row.id === person.session.id,
    chain: { zh: chain_zh, en: chain_en },
    party: { zh: party_zh, en: party_en },
  }));
}

/** Ends one session of the person's own. @throws kernel.not_found */
export async function endSession(person: Person, id: string): Promise<void> {
  const done = await person.db
    .deleteFrom('session')
    .where('user_id', '=', person.user)
    .where('id', '=', id)
    .executeTakeFirst();
  if (done.numDeletedRows === 0n) throw fault('kernel.not_found');
  await logSecurity(person, {
    kind: 'sessions_ended',
    user: person.user,
    at: placeOfPerson(person),
    detail: '1',
  });
}

/** Ends all sessions but the one that asks. @returns how many */
export async function endOtherSessions(person: Person): Promise<number> {
  const done = await person.db
    .deleteFrom('session')
    .where('user_id', '=', person.user)
    .where('id', '<>', person.session.id)
    .executeTakeFirst();
  const ended = Number(done.numDeletedRows);
  await logSecurity(person, {
    kind: 'sessions_ended',
    user: person.user,
    at: placeOfPerson(person),
    detail: String(ended),
  });
  return ended;
}

/** Somebody at an open session may guess the password behind it: as slowly as at the door. */
async function checkOwnPassword(person: Person, text: string): Promise<Fault | null> {
  const budget: Spent = ['pair', `session of ${person.user}`];
  await spend(person, [budget]);
  const account = await person.db
    .selectFrom('user_account')
    .select('password_hash')
    .where('id', '=', person.user)
    .executeTakeFirstOrThrow();
  if (!(await verifyPassword(account.password_hash, text))) {
    await logSecurity(person, { kind: 'sign_in_failed', user: person.user });
    return fault('kernel.wrong_password');
  }
  await forgive(person, [budget]);
  return null;
}

export const newPassword = z.object({ old: z.string().max(200), fresh: password });

/** Changes the password; every other session ends, and no browser is known any more. */
export async function changePassword(
  person: Person,
  { old, fresh }: z.output<typeof newPassword>,
): Promise<Fault | null> {
  const wrong = await checkOwnPassword(person, old);
  if (wrong) return wrong;
  if (fresh === old) return fault('identity.same_password');
  const { login, name } = await person.db
    .selectFrom('user_account')
    .select(['login', 'name'])
    .where('id', '=', person.user)
    .executeTakeFirstOrThrow();
  await refuseGuessable(fresh, [login, name, ...(await ownNames(person))]);
  await person.db
    .updateTable('user_account')
    .set({ password_hash: await hashPassword(fresh), password_due: false })
    .where('id', '=', person.user)
    .execute();
  await endOtherSessions(person);
  await forgetDevices(person, person.user);
  const at = placeOfPerson(person);
  await logSecurity(person, { kind: 'password_changed', user: person.user, at });
  return null;
}

export const proof = z.union([z.object({ password: z.string().max(200) }).strict(), shownFactor]);

/** Shows once more that it is the person: changes to factors are open for a while. */
export async function prove(
  person: Person,
  shown: { password: string } | ShownFactor,
): Promise<Fault | null> {
  const wrong =
    'password' in shown
      ? await checkOwnPassword(person, shown.password)
      : await showFactor(person, person.user, shown, 'prove');
  if (wrong !== null && typeof wrong !== 'string') return wrong;
  await person.db
    .updateTable('session')
    .set({ proved_at: person.now })
    .where('user_id', '=', person.user)
    .where('id', '=', person.session.id)
    .execute();
  if (!('password' in shown)) await noteFactor(person);
  return null;
}
