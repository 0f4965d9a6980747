import { sql } from 'kysely';
import { present, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { eventHash } from '../epcis/event-hash.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { inMilliseconds } from '../epcis/instant.ts';
import { webUri } from '../epcis/vocabulary.ts';
import { mentionsOf } from './mentions.ts';

/** An event on its way into the repository. */
export type NewEvent = {
  /** Where its recorder has one: a new one is made for an event that somebody sends. */
  id?: string;
  event: EpcisEvent;
  /** Who may see it, its capturer included. */
  parties: readonly string[];
  /** The namespaces of its document, by prefix: those of its extensions are kept. */
  prefixes: Readonly<Record<string, string>>;
  capture_id: string | null;
  /** What it moves in trade's stock, where trade itself records it. */
  movement: unknown;
};

/**
 * What became of an event: stored now, or known already. `taken`: the actor has used its eventID
 * for something else. `moves_stock`: it declares an event wrong by which trade has moved stock;
 * that is taken back by a return or a count, which say what is on the shelf now, or where trade
 * itself declares it.
 */
export type StoringOutcome = 'stored' | 'known' | 'taken' | 'moves_stock';
export type StoredEvent = { id: string; eventID: string; hash: string; outcome: StoringOutcome };

type Row = Omit<NewEvent, 'prefixes'> & {
  id: string;
  uri: string;
  hash: string;
  body: string;
  declares_error: boolean;
  prefixes: Record<string, string> | null;
};

/** The event under its own name: the hash of what it says, where the sender gave none. */
function rowOf(tx: Tx, one: NewEvent): Row {
  const hash = eventHash(one.event);
  const eventID = one.event.eventID?.trim() ?? hash;
  // When it was recorded is ours to say, whatever the document has.
  const { recordTime: _, ...rest } = one.event;
  const event = { ...rest, eventID };
  const body = JSON.stringify(event);
  return {
    ...one,
    event,
    body,
    hash,
    id: one.id ?? tx.newId(),
    uri: canonicalIdentity(eventID),
    declares_error: event.errorDeclaration !== undefined,
    prefixes: usedIn(body, one.prefixes),
  };
}

/** A name in the stored form is `{namespace}local`. */
function usedIn(body: string, prefixes: NewEvent['prefixes']): Row['prefixes'] {
  const used = Object.entries(prefixes).filter(([, uri]) => body.includes(`{${uri}}`));
  return used.length === 0 ? null : Object.fromEntries(used);
}

const canonical = (uri: string | undefined) =>
  uri === undefined ? null : canonicalIdentity(uri.trim());
const word = (vocabulary: 'bizStep' | 'disposition', value: string | undefined) =>
  value === undefined ? null : webUri(vocabulary, value.trim());

/** To the millisecond: the digits behind are in the event itself. */
export function columnTime(text: string): string {
  return present(inMilliseconds(text.trim()), 'an event that was checked has its time');
}

const uuids = (ids: readonly string[]) => `{${ids.join(',')}}`;

/**
 * One statement for any number of rows: an array a column costs the planner nothing, where a
 * parameter a value did, and more than 65,535 of them have no place. Those that are there already
 * stay out, and are not answered.
 */
function insertEvents(tx: Tx, rows: readonly Row[]) {
  const list = <T>(value: (row: Row) => T) => rows.map(value);
  return sql<{ id: string }>`
    insert into event (chain_id, id, capturer_id, parties, event_time, recorded_at, type, biz_step,
      disposition, body, capture_id, event_uri, event_hash, action, read_point, biz_location,
      declares_error, prefixes, movement, body_bytes)
    select ${tx.chain}::uuid, u.id, ${tx.actor.party}::uuid, u.parties::uuid[], u.event_time,
      ${tx.now}::timestamptz, u.type, u.biz_step, u.disposition, u.body::jsonb, u.capture_id,
      u.event_uri, u.event_hash, u.action, u.read_point, u.biz_location, u.declares_error,
      u.prefixes::jsonb, u.movement::jsonb, octet_length(u.body)
    from unnest(${list(({ id }) => id)}::uuid[], ${list(({ parties }) => uuids(parties))}::text[],
      ${list(({ event }) => columnTime(event.eventTime))}::timestamptz[],
      ${list(({ event }) => event.type)}::text[],
      ${list(({ event }) => word('bizStep', event.bizStep))}::text[],
      ${list(({ event }) => word('disposition', event.disposition))}::text[],
      ${list(({ body }) => body)}::text[],
      ${list(({ capture_id }) => capture_id)}::uuid[], ${list(({ uri }) => uri)}::text[],
      ${list(({ hash }) => hash)}::text[], ${list(({ event }) => event.action ?? null)}::text[],
      ${list(({ event }) => canonical(event.readPoint?.id))}::text[],
      ${list(({ event }) => canonical(event.bizLocation?.id))}::text[],
      ${list(({ declares_error }) => declares_error)}::boolean[],
      ${list(({ prefixes }) => (prefixes === null ? null : JSON.stringify(prefixes)))}::text[],
      ${list(({ movement }) => (movement === null ? null : JSON.stringify(movement)))}::text[]
    ) as u(id, parties, event_time, type, biz_step, disposition, body, capture_id, event_uri,
      event_hash, action, read_point, biz_location, declares_error, prefixes, movement)
    on conflict do nothing
    returning id`;
}

function insertItems(tx: Tx, rows: readonly Row[]): void {
  const items = rows.flatMap((row) => {
    const event_time = columnTime(row.event.eventTime);
    const parties = uuids(row.parties);
    return mentionsOf(row.event).map((one, place) => ({
      ...one,
      place,
      event_id: row.id,
      event_time,
      parties,
    }));
  });
  if (items.length === 0) return;
  const list = <T>(value: (one: (typeof items)[number]) => T) => items.map(value);
  tx.write(sql`
    insert into event_item (chain_id, item, event_time, event_id, place, role, by_class, quantity,
      uom, capturer_id, parties)
    select ${tx.chain}::uuid, u.item, u.event_time, u.event_id, u.place, u.role, u.by_class,
      u.quantity, u.uom, ${tx.actor.party}::uuid, u.parties::uuid[]
    from unnest(${list(({ item }) => item)}::text[],
      ${list(({ event_time }) => event_time)}::timestamptz[],
      ${list(({ event_id }) => event_id)}::uuid[], ${list(({ place }) => place)}::integer[],
      ${list(({ role }) => role)}::text[], ${list(({ by_class }) => by_class)}::boolean[],
      ${list(({ quantity }) => quantity)}::numeric[], ${list(({ uom }) => uom)}::text[],
      ${list(({ parties }) => parties)}::text[]
    ) as u(item, event_time, event_id, place, role, by_class, quantity, uom, parties)
    on conflict do nothing`);
}

/**
 * An event and the declaration that it is wrong, sent at once, would each not see the other. So the
 * captures of a firm look for them one after the other, each until it is done, at the firm's row
 * among the members: whoever comes second sees the first. What is slow of a capture comes before.
 * What trade records is nobody else's to declare wrong, and trade declares what is there already.
 */
function takeTurn(tx: Tx): void {
  tx.write(
    tx.db
      .selectFrom('member')
      .select('party_id')
      .where('chain_id', '=', tx.chain)
      .where('party_id', '=', tx.actor.party)
      .forUpdate(),
  );
}

/**
 * Events that their own capturer has declared to be wrong (EPCIS 2.0, 7.4.1.2) count no more, in
 * whichever order the two came. Nobody can declare another's event wrong.
 */
function insertVoids(tx: Tx, uris: readonly string[]): void {
  if (uris.length === 0) return;
  tx.write(sql`
    insert into event_void (chain_id, event_id, by_event_id, capturer_id, parties, recorded_at)
    select o.chain_id, o.id, d.id, o.capturer_id, o.parties, ${tx.now}::timestamptz
    from event d
    join event o on o.chain_id = d.chain_id and o.event_uri = d.event_uri
      and o.capturer_id = d.capturer_id and not o.declares_error
    where d.chain_id = ${tx.chain}::uuid and d.capturer_id = ${tx.actor.party}::uuid
      and d.declares_error and d.event_uri = any(${uris}::text[])
    on conflict do nothing`);
}

async function findKnown(tx: Tx, rows: readonly Row[]) {
  if (rows.length === 0) return [];
  return tx.db
    .selectFrom('event')
    .select(['event_uri', 'event_hash', 'declares_error', 'movement'])
    .where('chain_id', '=', tx.chain)
    .where('capturer_id', '=', tx.actor.party)
    .where(sql<boolean>`event_uri = any(${rows.map(({ uri }) => uri)}::text[])`)
    .execute();
}

/** Stores events of the actor's, and what they name. @returns what became of each, in order */
export async function storeEvents(tx: Tx, events: readonly NewEvent[]): Promise<StoredEvent[]> {
  if (events.length === 0) return [];
  const rows = events.map((one) => rowOf(tx, one));
  const declaring = rows.filter((row) => row.declares_error && row.movement === null);
  const ofTrade = new Set(
    (await findKnown(tx, declaring)).flatMap(({ movement, event_uri }) =>
      movement === null ? [] : [event_uri],
    ),
  );
  const movesStock = (row: Row) =>
    row.declares_error && row.movement === null && ofTrade.has(row.uri);
  const allowed = rows.filter((row) => !movesStock(row));
  const stored = new Set(await insertedIds(tx, allowed));
  const kept = allowed.filter(({ id }) => stored.has(id));
  insertItems(tx, kept);
  if (kept.some(({ movement }) => movement === null)) takeTurn(tx);
  insertVoids(
    tx,
    kept.flatMap((row) => (row.movement === null || row.declares_error ? [row.uri] : [])),
  );
  const known = await findKnown(
    tx,
    allowed.filter(({ id }) => !stored.has(id)),
  );
  const keyOf = (uri: string, declares: boolean) => `${declares} ${uri}`;
  const hashes = new Map(
    known.map((one) => [keyOf(one.event_uri, one.declares_error), one.event_hash]),
  );
  const outcomeOf = (row: Row): StoringOutcome => {
    if (stored.has(row.id)) return 'stored';
    if (movesStock(row)) return 'moves_stock';
    return hashes.get(keyOf(row.uri, row.declares_error)) === row.hash ? 'known' : 'taken';
  };
  return rows.map((row) => ({
    id: row.id,
    eventID: row.event.eventID ?? row.hash,
    hash: row.hash,
    outcome: outcomeOf(row),
  }));
}

/** By the key of an event (`event_uri_key`), those of one key as they came. */
function byName(one: Row, other: Row): number {
  if (one.uri !== other.uri) return one.uri < other.uri ? -1 : 1;
  return Number(one.declares_error) - Number(other.declares_error);
}

/** In one order too: names that are known hold nobody back, and two may tell of them at once. */
async function insertedIds(tx: Tx, rows: readonly Row[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const inserted = await insertEvents(tx, rows.toSorted(byName)).execute(tx.db);
  return inserted.rows.map(({ id }) => id);
}
