import { makeCredential } from '../../src/kernel/identity/credential.ts';
import {
  type Chain,
  createApiKey,
  hashPassword,
  onBehalfOf,
  type Store,
  seatPerson,
} from '../../src/kernel/index.ts';
import type { Actor } from './part.ts';

export type Player = Actor & { party: string; key: string; user: string | null };

/** One password of everybody's, hashed once: that takes as long as fifty statements. */
let hashed: Promise<string> | undefined;

/** Beyond any clock that is played: a session that is idle for weeks would end. */
const someday = '2126-01-01T00:00:00.000Z';

/** Signs a person in as if they had shown their password: how people sign in is tried elsewhere. */
async function signIn(store: Store, chain: Chain, party: string, user: string): Promise<string> {
  const claims = { kind: 'session', chain: chain.id, party, id: user } as const;
  const { text, hash } = makeCredential(store.clock, claims);
  const now = store.clock.now().toISOString();
  await store.database.owner.query(
    `insert into session (token_hash, id, user_id, current_chain_id, current_party_id, agent,
       address, created_at, proved_at, used_at, expires_at)
     values ($1, $2, $3, $4, $5, 'simulation', '', $6, $6, $7, $7)`,
    [hash, store.newId(), user, chain.id, party, now, someday],
  );
  return text;
}

/** Gives actors what they show at the door: a key of their party's, or a session of their own. */
export function openSeats(store: Store, chain: Chain) {
  const people = new Map<string, string>();

  async function admit(actor: Actor, party: string, user: string | null): Promise<string> {
    if (user !== null && actor.is_person) return signIn(store, chain, party, user);
    const scopes = [...actor.scopes];
    const maker = actor.key_of === undefined ? null : (people.get(actor.key_of) ?? null);
    const { key } = await onBehalfOf(store, chain, party, (tx) =>
      createApiKey({ ...tx, actor: { ...tx.actor, user: maker } }, { name: actor.name, scopes }),
    );
    return key;
  }

  return {
    async seat(actor: Actor, party: string): Promise<Player> {
      let user: string | null = null;
      if (actor.is_person) {
        hashed ??= hashPassword('a password of the simulation');
        const account = { login: actor.name, name: actor.name, password_hash: await hashed };
        const person = await onBehalfOf(store, chain, party, (tx) =>
          seatPerson(tx, { ...account, role: 'admin' }),
        );
        user = person.id;
        people.set(actor.name, user);
      }
      return { ...actor, party, user, key: await admit(actor, party, user) };
    },
    /** Lets a player in again, where somebody has revoked what it showed. */
    async renew(player: Player): Promise<void> {
      player.key = await admit(player, player.party, player.user);
    },
  };
}
