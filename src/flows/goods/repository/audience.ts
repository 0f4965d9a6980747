import { sql } from 'kysely';
import type { Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { readIdentity } from '../epcis/identity/identity.ts';

/** Members of the chain by the URIs under which events name them. */
export type Members = ReadonlyMap<string, string>;

const PARTY_UUID = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

const sidesOf = ({ sourceList = [], destinationList = [] }: EpcisEvent) =>
  [...sourceList, ...destinationList].map(({ id }) => id.trim());

/** The location number in a party's or a place's identity; the party itself by our own id. */
function nameIn(uri: string): { gln: string } | { id: string } | null {
  const [, id] = PARTY_UUID.exec(uri) ?? [];
  if (id !== undefined) return { id: id.toLowerCase() };
  const identity = readIdentity(uri);
  if (!identity?.ok) return null;
  const { key, value } = identity.value;
  return key === '414' || key === '417' ? { gln: value } : null;
}

/** Who among the sources and destinations of some events is a member of the chain. */
export const findMembers = (tx: Tx, events: readonly EpcisEvent[]): Promise<Members> =>
  membersNamed(tx, events.flatMap(sidesOf));

/**
 * Members of the chain by the URIs under which events name parties. A party is known
 * by its own location number alone: those of places are whatever their owners wrote, and would open
 * to one what was sent to another. And a number that nobody has checked is what its inviter wrote:
 * it opens the inviter's own events and nobody else's.
 */
export async function membersNamed(tx: Tx, uris: readonly string[]): Promise<Members> {
  const named = [...new Set(uris)].flatMap((uri) => {
    const name = nameIn(uri);
    return name ? [{ uri, ...name }] : [];
  });
  if (named.length === 0) return new Map();
  const glns = named.flatMap((one) => ('gln' in one ? [one.gln] : []));
  const ids = named.flatMap((one) => ('id' in one ? [one.id] : []));
  const vouched = sql<boolean>`(p.verified_at is not null
    or coalesce(m.invited_by = ${tx.actor.party}::uuid, false))`;
  const rows = await tx.db
    .selectFrom('member as m')
    .innerJoin('party as p', 'p.id', 'm.party_id')
    .select(['p.id', 'p.gln', vouched.as('vouched')])
    .where('m.chain_id', '=', tx.chain)
    .where('m.status', '=', 'active')
    .where(sql<boolean>`(p.id = any(${ids}::uuid[]) or (p.gln = any(${glns}::text[])
      and ${vouched}))`)
    .execute();
  const byId = new Set(rows.map(({ id }) => id));
  const byGln = new Map(
    rows.flatMap(({ id, gln, vouched }) => (vouched ? [[gln, id] as const] : [])),
  );
  return new Map(
    named.flatMap((one) => {
      const id = 'gln' in one ? byGln.get(one.gln) : byId.has(one.id) ? one.id : undefined;
      return id === undefined ? [] : [[one.uri, id] as const];
    }),
  );
}

/** The parties in an event: who captured it, whom the goods come from and whom they go to. */
export function partiesIn(event: EpcisEvent, capturer: string, members: Members): string[] {
  const sides = sidesOf(event).flatMap((uri) => members.get(uri) ?? []);
  return [...new Set([capturer, ...sides])];
}
