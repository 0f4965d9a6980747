import { z } from 'zod';
import { type Store, withTx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { bilingual, chainRole, uuid } from '../schema.ts';
import { authenticate } from './authenticate.ts';
import { outsideChains } from './chains.ts';
import { hashSecret, makeCredential, parseCredential } from './credential.ts';
import { partiesById } from './parties.ts';
import { checkPassword, seatRole } from './people.ts';

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

async function openAt(store: Store, user: string, at: Place): Promise<string> {
  const now = store.clock.now();
  const { text, hash } = makeCredential(store.clock, {
    kind: 'session',
    chain: at.chain_id,
    party: at.party_id,
    id: user,
  });
  const expires = new Date(now.getTime() + limits.session_days * 86_400_000);
  await outsideChains(store, (db) =>
    db
      .insertInto('session')
      .values({
        token_hash: hash,
        user_id: user,
        current_chain_id: at.chain_id,
        current_party_id: at.party_id,
        created_at: now.toISOString(),
        expires_at: expires.toISOString(),
      })
      .execute(),
  );
  return text;
}

/** Opens a session at the first place where the seat is live. */
async function openFirst(store: Store, user: string, places: readonly Place[]): Promise<string> {
  for (const at of places) {
    const token = await openAt(store, user, at);
    if (await authenticate(store, token)) return token;
    await closeSession(store, token);
  }
  throw fault('identity.no_seat');
}

/** @throws kernel.wrong_password, identity.no_seat */
export async function signIn(store: Store, login: string, password: string): Promise<string> {
  const user = await checkPassword(store, login, password);
  if (!user) throw fault('kernel.wrong_password');
  return openFirst(store, user.id, await placesOf(store, user.id));
}

/** Who a session's credential stands for. @throws kernel.signed_out */
export async function readSession(store: Store, token: string | null): Promise<Session> {
  const credential = token ? parseCredential(token) : null;
  const context = token ? await authenticate(store, token) : null;
  if (credential?.kind !== 'session' || !context) throw fault('kernel.signed_out');
  const places = await placesOf(store, credential.id);
  return withTx(store, context, async (tx) => {
    const account = await tx.db
      .selectFrom('user_account')
      .select(['id', 'login', 'name'])
      .where('id', '=', credential.id)
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
      .where('user_id', '=', credential.id)
      .executeTakeFirstOrThrow();
    const party = (await partiesById(tx, [tx.actor.party])).get(tx.actor.party);
    if (!party) throw fault('kernel.signed_out');
    return {
      user: account,
      chain: {
        id: chain.id,
        slug: chain.slug,
        name: { zh: chain.name_zh, en: chain.name_en },
        zone: chain.zone,
      },
      party: { id: party.id, name: { zh: party.name_zh, en: party.name_en }, roles: party.roles },
      seat: seatRole.parse(seat.role),
      permissions: [...tx.actor.permissions],
      places,
    };
  });
}

/** Moves a person to another of their places: a new session there, and the old one ends. */
export async function switchPlace(
  store: Store,
  token: string | null,
  to: { chain_id: string; party_id: string },
): Promise<string> {
  const { user, places } = await readSession(store, token);
  const at = places.find((one) => one.chain_id === to.chain_id && one.party_id === to.party_id);
  if (!at) throw fault('identity.no_seat');
  const fresh = await openFirst(store, user.id, [at]);
  if (token) await closeSession(store, token);
  return fresh;
}

/** Ends a session; one that is over already is no fault. */
export async function closeSession(store: Store, token: string): Promise<void> {
  const credential = parseCredential(token);
  if (!credential) return;
  await outsideChains(store, (db) =>
    db.deleteFrom('session').where('token_hash', '=', hashSecret(credential.secret)).execute(),
  );
}
