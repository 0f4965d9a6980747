import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import { canonicalIdentity, readIdentity } from '../epcis/identity/identity.ts';
import { membersNamed } from '../repository/audience.ts';

/** A place of the actor's whose stock its captured events move. */
export type EventsPlace = { id: string; gln: string | null; stint: number; since: string };

const eventsPlaces = (tx: Tx) => sql`
  select id, gln, stock_stint as stint, stock_since as since from place
  where chain_id = ${tx.chain}::uuid and owner_id = ${tx.actor.party}::uuid
    and stock_kept_by = 'events'
  order by id limit ${limits.stock_places}`;

/** The actor's places whose stock moves by captured events. */
export async function findEventsPlaces(tx: Tx): Promise<EventsPlace[]> {
  return (await sql<EventsPlace>`${eventsPlaces(tx)}`.execute(tx.db)).rows;
}

/**
 * The same, held as they are until the end of the transaction: whoever changes what moves a place's
 * stock waits for it.
 */
export async function holdEventsPlaces(tx: Tx): Promise<EventsPlace[]> {
  return (await sql<EventsPlace>`${eventsPlaces(tx)} for key share`.execute(tx.db)).rows;
}

/**
 * The same, while nobody else captures: whoever says what names stand for must neither miss an
 * event that is being captured under the old meaning nor be missed by it.
 */
export async function lockEventsPlaces(tx: Tx): Promise<EventsPlace[]> {
  return (await sql<EventsPlace>`${eventsPlaces(tx)} for update`.execute(tx.db)).rows;
}

/**
 * Where a location in an event is: at one of these places, `part` of it (an SGLN with extension);
 * somewhere that moves nothing here; or unknown, under its canonical name.
 */
export type Whereabouts =
  | { is: 'here'; place: EventsPlace; part: boolean }
  | { is: 'elsewhere' }
  | { is: 'unknown'; name: string };

type Location = { uri: string; gln: string | null; part: boolean; id: string | null };

const PLACE_UUID = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function locationOf(uri: string): Location {
  const identity = readIdentity(uri);
  if (identity?.ok && (identity.value.key === '414' || identity.value.key === '417')) {
    const extension = identity.value.qualifiers.find(([one]) => one === '254')?.[1];
    const part = extension !== undefined && extension !== '0';
    return { uri, gln: identity.value.value, part, id: null };
  }
  const id = PLACE_UUID.exec(uri)?.[1]?.toLowerCase() ?? null;
  return { uri, gln: null, part: false, id };
}

type KnownPlace = { id: string; gln: string | null; owner_id: string };

async function placesNamed(tx: Tx, locations: readonly Location[]): Promise<KnownPlace[]> {
  const glns = [...new Set(locations.flatMap(({ gln }) => gln ?? []))];
  const ids = [...new Set(locations.flatMap(({ id }) => id ?? []))];
  if (glns.length + ids.length === 0) return [];
  return tx.db
    .selectFrom('place')
    .select(['id', 'gln', 'owner_id'])
    .where('chain_id', '=', tx.chain)
    .where(sql<boolean>`(id = any(${ids}::uuid[]) or gln = any(${glns}::text[]))`)
    .limit(limits.trace_nodes)
    .execute();
}

const nameOfLocation = ({ uri, gln }: Location) =>
  gln === null ? canonicalIdentity(uri) : `https://id.gs1.org/414/${gln}`;

/**
 * Where the locations of events are. Of the actor's places with one number at most one is kept by
 * events (see `changeKeeping`), and that is where its events are. A number that is only somebody
 * else's is elsewhere.
 */
export async function whereaboutsIn(
  tx: Tx,
  places: readonly EventsPlace[],
  uris: readonly string[],
): Promise<Map<string, Whereabouts>> {
  const locations = [...new Set(uris)].map(locationOf);
  const known = await placesNamed(tx, locations);
  const strange = locations.filter(({ gln, id }) =>
    known.every((one) => one.id !== id && (gln === null || one.gln !== gln)),
  );
  const members = await membersNamed(
    tx,
    strange.map(({ uri }) => uri),
  );
  return new Map(
    locations.map((location): [string, Whereabouts] => {
      const { uri, gln, part, id } = location;
      const named = known.filter((one) => one.id === id || (gln !== null && one.gln === gln));
      const place = places.find((one) => named.some(({ id: found }) => found === one.id));
      if (place) return [uri, { is: 'here', place, part }];
      const member = members.get(uri);
      const isMember = member !== undefined && member !== tx.actor.party;
      if (named.length > 0 || isMember) return [uri, { is: 'elsewhere' }];
      return [uri, { is: 'unknown', name: nameOfLocation(location) }];
    }),
  );
}
