import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { givenInstant, instant, uuid } from '../schema.ts';
import { recordFact } from '../trust/facts.ts';
import { after } from './doorstep.ts';
import { type Person, placeOfPerson } from './person.ts';
import { hasFactor, hasFactorSql, holdAccount } from './second-factors.ts';
import { logSecurity } from './security-log.ts';

/** What a party asks of whoever signs in to work for it. */
export const signInPolicy = z
  .object({
    /** From when everybody needs a second factor; null while nobody does. */
    factor_from: instant.nullable(),
    /** Whose decision this is, and since when; null where nobody has ever made one. */
    set_at: instant.nullable(),
    set_by: z.object({ id: uuid, name: z.string() }).nullable(),
    version: z.int(),
  })
  .meta({ id: 'SignInPolicy' });
export type SignInPolicy = z.output<typeof signInPolicy>;

export const newSignInPolicy = z.object({
  factor_required: z.boolean(),
  /** From when, so that people have time to set one up; at once where nothing is said. */
  factor_from: givenInstant.optional(),
});

/** A colleague, and whether they have a second factor: never which, and never since when. */
export const colleagueGuard = z
  .object({ id: uuid, login: z.string(), name: z.string(), has_factor: z.boolean() })
  .meta({ id: 'ColleagueGuard' });

const none: SignInPolicy = { factor_from: null, set_at: null, set_by: null, version: 0 };

/** What the actor's party asks of its people: they may all read it. */
export async function readSignInPolicy(tx: Tx): Promise<SignInPolicy> {
  const row = await tx.db
    .selectFrom('sign_in_policy as p')
    .leftJoin('user_account as u', 'u.id', 'p.set_by')
    .select(['p.factor_from', 'p.set_at', 'p.set_by', 'p.version', 'u.name'])
    .where('p.chain_id', '=', tx.chain)
    .where('p.party_id', '=', tx.actor.party)
    .executeTakeFirst();
  if (!row) return none;
  const { set_by: id, name, ...rest } = row;
  return { ...rest, set_by: { id, name: name ?? '' } };
}

/** Whether the party that the person is signed in for requires a second factor by now. */
export async function isFactorRequired(person: Person): Promise<boolean> {
  const { factor_from } = await readSignInPolicy(person);
  return factor_from !== null && factor_from <= person.now;
}

/** The colleagues with a seat in the person's party, and who of them has no factor yet. */
export async function listColleagueGuards(person: Person) {
  return person.db
    .selectFrom('seat')
    .innerJoin('user_account as u', 'u.id', 'seat.user_id')
    .select(['u.id', 'u.login', 'u.name'])
    .select(sql<boolean>`${sql.raw(hasFactorSql('u.id'))}`.as('has_factor'))
    .where('seat.chain_id', '=', person.chain)
    .where('seat.party_id', '=', person.actor.party)
    .where('seat.ended_at', 'is', null)
    .where('u.disabled_at', 'is', null)
    .orderBy('u.login')
    .limit(limits.page_rows)
    .execute();
}

/** From when, as it is asked for: never before now. @throws identity.grace_too_long */
function beginningOf({ now }: Person, asked: z.output<typeof newSignInPolicy>): string | null {
  if (!asked.factor_required) return null;
  const { factor_from = now } = asked;
  const days = limits.factor_grace_days;
  if (factor_from > after(now, days * 24 * 60)) throw fault('identity.grace_too_long', { days });
  return factor_from < now ? now : factor_from;
}

/**
 * Whoever asks it of others has one and has shown it: they will not be the first who are kept out,
 * and a session that was taken over cannot hold everybody else up.
 * @throws identity.own_factor_first
 */
async function assertGuarded(person: Person): Promise<void> {
  const shown = person.session.factor_at !== null;
  if (!shown || !(await hasFactor(person, person.user))) throw fault('identity.own_factor_first');
}

/**
 * Sets whether everybody needs a second factor, and from when. Of two who decide at once the second
 * is told that somebody else has.
 * @param seen the version that the person decided upon, where they say it
 * @throws identity.own_factor_first, identity.grace_too_long, kernel.stale
 */
export async function setSignInPolicy(
  person: Person,
  asked: z.output<typeof newSignInPolicy>,
  seen: string | null,
): Promise<SignInPolicy> {
  await holdAccount(person, person.user);
  const before = await readSignInPolicy(person);
  if (seen !== null && seen !== '*' && seen !== String(before.version)) throw fault('kernel.stale');
  const factor_from = beginningOf(person, asked);
  if (factor_from !== null) await assertGuarded(person);
  // It holds already, and is to hold at once: nothing changes, and nothing is said to have.
  const stands = (from: string | null) => from === null || from <= person.now;
  const same = (factor_from === null) === (before.factor_from === null);
  if (same && stands(before.factor_from) && stands(factor_from)) return before;
  await writePolicy(person, factor_from, before.version);
  await tellPolicy(person, factor_from);
  return readSignInPolicy(person);
}

async function writePolicy(person: Person, factor_from: string | null, seen: number) {
  const set = { factor_from, set_by: person.user, set_at: person.now, version: seen + 1 };
  const done = await person.db
    .insertInto('sign_in_policy')
    .values({ chain_id: person.chain, party_id: person.actor.party, ...set })
    .onConflict((conflict) =>
      conflict
        .columns(['chain_id', 'party_id'])
        .doUpdateSet(set)
        .where('sign_in_policy.version', '=', seen),
    )
    .executeTakeFirst();
  if (done.numInsertedOrUpdatedRows === 0n) throw fault('kernel.stale');
}

/** A fact for the party's people, and a line in its security log. */
async function tellPolicy(person: Person, factor_from: string | null): Promise<void> {
  const { party } = person.actor;
  const required = factor_from !== null;
  await recordFact(person, {
    type: `identity.second_factor.${required ? 'required' : 'lifted'}`,
    subject: party,
    parties: [party],
    body: required ? { from: factor_from } : {},
  });
  await logSecurity(person, {
    kind: required ? 'factor_required' : 'factor_lifted',
    user: person.user,
    at: placeOfPerson(person),
    detail: factor_from ?? '',
  });
}
