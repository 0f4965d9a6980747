import { z } from 'zod';
import {
  decodeCursor,
  instant,
  limits,
  type PageQuery,
  pageOf,
  parseGln,
  recordFact,
  shortText,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { settleNamed } from './shelf/settling.ts';
import { lockEventsPlaces } from './shelf/whereabouts.ts';

export const placeKind = z.enum(['factory', 'warehouse', 'cold_store', 'shop', 'farm', 'depot']);

/** Where goods are kept. Coordinates are WGS 84 degrees. */
export const place = z
  .object({
    id: uuid,
    owner_id: uuid,
    gln: z.string().nullable(),
    name_zh: z.string(),
    name_en: z.string(),
    kind: placeKind,
    lon: z.string().nullable(),
    lat: z.string().nullable(),
    address: z.string().nullable(),
    /** What moves the stock of an own place; how others keep theirs is nobody's business. */
    stock_kept_by: z.enum(['platform', 'events']).nullable(),
    stock_since: instant.nullable(),
  })
  .meta({ id: 'Place' });
export type Place = z.output<typeof place>;

export const newPlace = z.object({
  gln: z.string().max(20).optional(),
  name_zh: shortText,
  name_en: shortText.optional(),
  kind: placeKind,
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  address: shortText.optional(),
});
export type NewPlace = z.input<typeof newPlace>;

const columns = [
  'id',
  'owner_id',
  'gln',
  'name_zh',
  'name_en',
  'kind',
  'lon',
  'lat',
  'address',
  'stock_kept_by',
  'stock_since',
] as const;

type Row = Omit<Place, 'stock_kept_by'> & { stock_kept_by: string };

/** A place as the actor may know it. */
function shown(tx: Tx, row: Row): Place {
  const isOwn = row.owner_id === tx.actor.party;
  const { stock_kept_by, stock_since } = row as Place;
  return {
    ...(row as Place),
    stock_kept_by: isOwn ? stock_kept_by : null,
    stock_since: isOwn && stock_since ? new Date(stock_since).toISOString() : null,
  };
}

/** @throws goods.gln_invalid */
export async function addPlace(tx: Tx, input: NewPlace): Promise<Place> {
  const given = newPlace.parse(input);
  const gln = given.gln ? parseGln(given.gln) : null;
  if (gln && !gln.ok) throw fault('goods.gln_invalid', gln.reason);
  const row = {
    id: tx.newId(),
    owner_id: tx.actor.party,
    gln: gln ? gln.value : null,
    name_zh: given.name_zh,
    name_en: given.name_en ?? given.name_zh,
    kind: given.kind,
    lon: given.lon?.toFixed(6) ?? null,
    lat: given.lat?.toFixed(6) ?? null,
    address: given.address ?? null,
  };
  const kept = { stock_kept_by: 'platform' as const, stock_since: null };
  tx.append('place', [
    { chain_id: tx.chain, recorded_at: tx.now, ...row, ...kept, stock_stint: 0 },
  ]);
  await recordFact(tx, {
    type: 'goods.place.opened',
    subject: row.id,
    parties: [row.owner_id],
    body: row,
  });
  // Events that named it from afar are of no unknown place any more.
  if (row.gln) {
    await lockEventsPlaces(tx);
    await settleNamed(tx, [`https://id.gs1.org/414/${row.gln}`], limits.stock_settled);
  }
  return { ...row, ...kept };
}

/** The actor's own place. @throws goods.place_unknown */
export async function getOwnPlace(tx: Tx, id: string): Promise<Place> {
  return getPlaceOf(tx, tx.actor.party, id);
}

/** A place of this owner, and of no other. @throws goods.place_unknown */
export async function getPlaceOf(tx: Tx, owner: string, id: string): Promise<Place> {
  const row = await tx.db
    .selectFrom('place')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  if (!row) throw fault('goods.place_unknown');
  return shown(tx, row as Row);
}

export const placeQuery = z.object({ owner_id: uuid.optional() });

export async function listPlaces(tx: Tx, query: PageQuery & { owner_id?: string | undefined }) {
  let rows = tx.db.selectFrom('place').select(columns).where('chain_id', '=', tx.chain);
  if (query.owner_id) rows = rows.where('owner_id', '=', query.owner_id);
  if (query.after) rows = rows.where('id', '>', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id')
    .limit(query.limit + 1)
    .execute();
  return pageOf(
    found.map((row) => shown(tx, row as Row)),
    query.limit,
    (row) => [row.id],
  );
}

const PLACE_URI = /^(?:urn:uuid:([0-9a-f-]{36})|https:\/\/id\.gs1\.org\/414\/(\d{13}))$/;

/** The actor's own places among those that events name, by the URI that names them. */
export async function ownPlacesNamed(tx: Tx, uris: readonly string[]): Promise<Map<string, Place>> {
  const named = [...new Set(uris)].map((uri) => ({ uri, found: PLACE_URI.exec(uri) }));
  const of = (at: 1 | 2) => named.flatMap(({ found }) => found?.[at] ?? []);
  const [ids, glns] = [of(1), of(2)];
  if (ids.length + glns.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('place')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where((is) =>
      is.or([is('id', '=', is.fn.any(is.val(ids))), is('gln', '=', is.fn.any(is.val(glns)))]),
    )
    .orderBy('id')
    .limit(limits.page_rows)
    .execute();
  const at = (id?: string, gln?: string) =>
    (rows as Place[]).find((row) => (id ? row.id === id : row.gln === gln));
  return new Map(
    named.flatMap(({ uri, found }) => {
      const place = found === null ? undefined : at(found[1], found[2]);
      return place === undefined ? [] : [[uri, place] as const];
    }),
  );
}

/**
 * Who runs the places that events name. A location number is whatever its owner wrote: one that two
 * owners wrote names neither.
 */
export async function ownersOfPlaces(
  tx: Tx,
  uris: readonly string[],
): Promise<Map<string, string>> {
  const named = uris.map((uri) => ({ uri, found: PLACE_URI.exec(uri) }));
  const of = (at: 1 | 2) => [...new Set(named.flatMap(({ found }) => found?.[at] ?? []))];
  const [ids, glns] = [of(1), of(2)];
  if (ids.length + glns.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('place')
    .select(['id', 'gln', 'owner_id'])
    .where('chain_id', '=', tx.chain)
    .where((is) =>
      is.or([is('id', '=', is.fn.any(is.val(ids))), is('gln', '=', is.fn.any(is.val(glns)))]),
    )
    .limit(limits.trace_nodes)
    .execute();
  const owners = new Map<string, string>();
  for (const { uri, found } of named) {
    const [, id, gln] = found ?? [];
    const runs = rows.filter((row) => (id ? row.id === id : gln && row.gln === gln));
    const [owner, ...others] = new Set(runs.map(({ owner_id }) => owner_id));
    if (owner !== undefined && others.length === 0) owners.set(uri, owner);
  }
  return owners;
}
