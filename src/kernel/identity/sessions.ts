import { z } from 'zod';
import type { Store, Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { bilingual, chainRole, instant, uuid } from '../schema.ts';
import { asBearer, authenticate, type ShownSession } from './authenticate.ts';
import { sweep } from './budgets.ts';
import { outsideChains } from './chains.ts';
import { hashSecret, makeCredential, parseCredential } from './credential.ts';
import { after, atDoor, type Caller } from './doorstep.ts';
import { holds } from './holds.ts';
import { partiesById } from './parties.ts';
import { seatRole } from './people.ts';
import { hasFactor } from './second-factors.ts';
import { logSecurity } from './security-log.ts';
import { agentInWords, coarseAddress } from './visit.ts';

const place = z.object({
  chain_id: uuid,
  chain_slug: z.string(),
  chain_name: bilingual,
  party_id: uuid,
  party_name: bilingual,
});

/** Who is signed in, where, as whom, and which other places they may switch to. */
export const session = z
  .object({
    user: z.object({ id: uuid, login: z.string(), name: z.string() }),
    chain: z.object({ id: uuid, slug: z.string(), name: bilingual, zone: z.string() }),
    party: z.object({ id: uuid, name: bilingual, roles: z.array(chainRole) }),
    seat: seatRole,
    permissions: z.array(z.string()),
    places: z.array(place),
    /** What has to be done before the session opens anything else; each refusal says it too. */
    held: z.enum(holds).nullable(),
    /** Whether the person has a second factor, and from when the party wants one of everybody. */
    factor: z.object({ is_set: z.boolean(), required_from: instant.nullable() }),
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof session>;
type Place = z.output<typeof place>;

async function placesOf(store: Store, user: string): Promise<Place[]> {
  const rows = await outsideChains(store, (db) =>
    db
      .selectFrom('user_chain as s')
      .innerJoin('chain as c', 'c.id', 's.seat_chain_id')
      .innerJoin('party as p', 'p.id', 's.seat_party_id')
      .select([
        'c.id as chain_id',
        'c.slug as chain_slug',
        'c.name_zh as chain_zh',
        'c.name_en as chain_en',
        'p.id as party_id',
        'p.name_zh as party_zh',
        'p.name_en as party_en',
      ])
      .where('s.user_id', '=', user)
      .orderBy('c.slug')
      .orderBy('p.name_zh')
      .orderBy('p.id')
      .limit(limits.page_rows)
      .execute(),
  );
  return rows.map((row) => ({
    chain_id: row.chain_id,
    chain_slug: row.chain_slug,
    chain_name: { zh: row.chain_zh, en: row.chain_en },
    party_id: row.party_id,
    party_name: { zh: row.party_zh, en: row.party_en },
  }));
}

/** What a new session takes over from the one before it: moving on makes none of it younger. */
type Opened = {
  created_at: string;
  expires_at: string;
  proved_at: string;
  factor_at: string | null;
};

async function openAt(
  { store, visit }: Caller,
  user: string,
  at: Place,
  opened: Opened,
): Promise<string> {
  const { text, hash } = makeCredential(store.clock, {
    kind: 'session',
    chain: at.chain_id,
    party: at.party_id,
    id: user,
  });
  await outsideChains(store, (db) =>
    db
      .insertInto('session')
      .values({
        token_hash: hash,
        id: store.newId(),
        user_id: user,
        current_chain_id: at.chain_id,
        current_party_id: at.party_id,
        agent: agentInWords(visit.agent),
        address: coarseAddress(visit.address),
        used_at: store.clock.now().toISOString(),
        ...opened,
      })
      .execute(),
  );
  return text;
}

/** Opens a session at the first place where the seat is live. @throws identity.no_seat */
async function openFirst(
  caller: Caller,
  user: string,
  places: readonly Place[],
  opened: Opened,
): Promise<{ token: string; at: Place }> {
  for (const at of places) {
    const token = await openAt(caller, user, at, opened);
    if (await authenticate(caller.store, token, holds)) return { token, at };
    await closeSession(caller.store, token);
  }
  throw fault('identity.no_seat');
}

/**
 * Opens a session for somebody who has shown all that they have to show.
 * @param shown in which way, for the log; and whether a second factor of ours was among it
 * @throws identity.no_seat
 */
export async function openSession(
  caller: Caller,
  user: string,
  { way, factor = false }: { way: string; factor?: boolean },
): Promise<string> {
  const { store } = caller;
  const now = store.clock.now().toISOString();
  const expires_at = after(now, limits.session_days * 24 * 60);
  const places = await placesOf(store, user);
  const factor_at = factor ? now : null;
  const opened = { created_at: now, expires_at, proved_at: now, factor_at };
  const { token, at } = await openFirst(caller, user, places, opened);
  await atDoor(caller, async (step) => {
    const place = { chain: at.chain_id, party: at.party_id };
    await logSecurity(step, { kind: 'signed_in', user, at: place, detail: way });
    await sweep(step);
  });
  return token;
}

/** Who a session's credential stands for, held or not. @throws kernel.signed_out */
export async function readSession(store: Store, token: string | null): Promise<Session> {
  const credential = token ? parseCredential(token) : null;
  if (!token || credential?.kind !== 'session') throw fault('kernel.signed_out');
  const who = await asBearer(store, token, (tx, shown) => whoIs(tx, credential.id, shown), holds);
  return { ...who, places: await placesOf(store, credential.id) };
}

async function whoIs(tx: Tx, user: string, shown: ShownSession | null) {
  const account = await tx.db
    .selectFrom('user_account')
    .select(['id', 'login', 'name'])
    .where('id', '=', user)
    .executeTakeFirstOrThrow();
  const chain = await tx.db
    .selectFrom('chain')
    .select(['id', 'slug', 'name_zh', 'name_en', 'zone'])
    .where('id', '=', tx.chain)
    .executeTakeFirstOrThrow();
  const seat = await tx.db
    .selectFrom('seat')
    .select('role')
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('user_id', '=', user)
    .executeTakeFirstOrThrow();
  const party = (await partiesById(tx, [tx.actor.party])).get(tx.actor.party);
  if (!party) throw fault('kernel.signed_out');
  const { id, slug, zone } = chain;
  return {
    user: account,
    chain: { id, slug, name: { zh: chain.name_zh, en: chain.name_en }, zone },
    party: { id: party.id, name: { zh: party.name_zh, en: party.name_en }, roles: party.roles },
    seat: seatRole.parse(seat.role),
    permissions: [...tx.actor.permissions],
    held: shown?.held ?? null,
    factor: {
      is_set: await hasFactor(tx, user),
      required_from: shown?.factor_from ?? null,
    },
  };
}

/** Moves a person to another of their places: a new session there, and the old one ends. */
export async function switchPlace(
  caller: Caller,
  token: string | null,
  to: { chain_id: string; party_id: string },
): Promise<string> {
  const { store } = caller;
  const { user, places } = await readSession(store, token);
  const at = places.find((one) => one.chain_id === to.chain_id && one.party_id === to.party_id);
  if (!at) throw fault('identity.no_seat');
  const { secret = '' } = parseCredential(token ?? '') ?? {};
  const opened = await outsideChains(store, (db) =>
    db
      .selectFrom('session')
      .select(['created_at', 'expires_at', 'proved_at', 'factor_at'])
      .where('token_hash', '=', hashSecret(secret))
      .executeTakeFirst(),
  );
  if (!opened) throw fault('kernel.signed_out');
  const fresh = await openFirst(caller, user.id, [at], opened);
  await closeSession(store, token ?? '');
  return fresh.token;
}

/** Ends a session; one that is over already is no fault. */
export async function closeSession(store: Store, token: string): Promise<void> {
  const credential = parseCredential(token);
  if (!credential) return;
  await outsideChains(store, (db) =>
    db.deleteFrom('session').where('token_hash', '=', hashSecret(credential.secret)).execute(),
  );
}
