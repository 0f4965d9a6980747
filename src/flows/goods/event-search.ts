import { sql } from 'kysely';
import { z } from 'zod';
import {
  addDays,
  decodeCursor,
  encodeCursor,
  instant,
  offsetInZone,
  type PageQuery,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { knownPrefixes } from './company-prefixes.ts';
import { emptyContext } from './epcis/context.ts';
import type { EpcisDocument } from './epcis/document.ts';
import { eventTypes } from './epcis/event.ts';
import { canonicalIdentity } from './epcis/identity/identity.ts';
import type { Condition } from './epcis/query/condition.ts';
import { queryOfUrl } from './epcis/query/parse.ts';
import { bareWord } from './epcis/vocabulary.ts';
import { writeEpcisJson } from './epcis/write-json.ts';
import { writeEpcisXml } from './epcis/write-xml.ts';
import { eventInFormat } from './epcis/writing.ts';
import { fault } from './faults.ts';
import { findEvents, getEvents, getStored, type StoredRow } from './repository/find-events.ts';
import { mentionsOf } from './repository/mentions.ts';

const thing = z.object({
  item: z.string(),
  role: z.enum(['epc', 'parent', 'child', 'input', 'output', 'transaction', 'transformation']),
  by_class: z.boolean(),
  quantity: z.string().nullable(),
  uom: z.string().nullable(),
});

/** An event as a line on a screen: standard words bare, identities as Digital Links. */
export const eventRow = z
  .object({
    id: uuid,
    event_id: z.string(),
    type: z.string(),
    action: z.string().nullable(),
    biz_step: z.string().nullable(),
    disposition: z.string().nullable(),
    read_point: z.string().nullable(),
    biz_location: z.string().nullable(),
    event_time: instant,
    zone_offset: z.string(),
    recorded_at: instant,
    capturer_id: uuid,
    /** It says that an event under the same eventID is wrong. */
    declares_error: z.boolean(),
    /** How many things it names, and the first of them. */
    thing_count: z.int(),
    things: z.array(thing),
  })
  .meta({ id: 'GoodsEvent' });
export type EventRow = z.output<typeof eventRow>;

export const eventDetail = eventRow
  .extend({
    /** Whether trade recorded it by itself, or a system captured it. */
    source: z.enum(['trade', 'captured']),
    /** What was declared of the same event, or what this declares wrong: oldest first. */
    story: z.array(
      z.object({
        id: uuid,
        recorded_at: instant,
        declares_error: z.boolean(),
        voided: z.boolean(),
      }),
    ),
    json: z.string(),
    xml: z.string(),
  })
  .meta({ id: 'GoodsEventDetail' });

/** What screens ask for most, and beside it the whole query language. */
export const eventQuery = z.object({
  /** A thing or a lot, in whatever role an event names it. */
  item: z.string().max(2_000).optional(),
  biz_step: z.string().max(200).optional(),
  type: z.enum(eventTypes).optional(),
  /** Business days in the chain's zone, both included. */
  at_from: z.iso.date().optional(),
  at_to: z.iso.date().optional(),
  /** The query language of EPCIS 2.0, as a URL has it: `EQ_disposition=damaged&…`. */
  query: z.string().max(8_000).optional(),
});

const THINGS = ['epcList', 'childEPCs', 'parentID', 'inputEPCList', 'outputEPCList'] as const;
const CLASSES = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
] as const;

/** The language asks for things and for classes apart; whoever looks for a code wants both. */
function namingAnything(written: string): Condition {
  const item = canonicalIdentity(written);
  return {
    name: 'item',
    on: 'match',
    of: [...THINGS, ...CLASSES],
    patterns: [(canonical) => canonical === item],
    places: [{ item, isWhole: true }],
  };
}

/** The parameters of the language that the fields of a screen stand for. */
export function parametersOf(
  tx: Tx,
  query: Omit<z.output<typeof eventQuery>, 'item'>,
): [string, string][] {
  const { biz_step, type, at_from, at_to } = query;
  // Behind its plus sign a time's offset stands: a form would have made a space of it.
  const written = new URLSearchParams((query.query ?? '').replaceAll('+', '%2B'));
  const startOf = (date: string) => `${date}T00:00:00${offsetInZone(`${date}T00:00:00Z`, tx.zone)}`;
  return [
    ...[...written].filter(([, value]) => value !== ''),
    ...(biz_step ? [['EQ_bizStep', biz_step] as [string, string]] : []),
    ...(type ? [['eventType', type] as [string, string]] : []),
    ...(at_from ? [['GE_eventTime', startOf(at_from)] as [string, string]] : []),
    ...(at_to ? [['LT_eventTime', startOf(addDays(at_to, 1))] as [string, string]] : []),
  ];
}

const THINGS_OF_LINE = 3;

function lineOf(row: StoredRow, most: number): EventRow {
  const { event, id, capturer_id } = row;
  const named = mentionsOf(event);
  return {
    id,
    event_id: event.eventID ?? '',
    type: event.type,
    action: event.action ?? null,
    biz_step: event.bizStep ? (bareWord('bizStep', event.bizStep) ?? event.bizStep) : null,
    disposition: event.disposition
      ? (bareWord('disposition', event.disposition) ?? event.disposition)
      : null,
    read_point: event.readPoint?.id ?? null,
    biz_location: event.bizLocation?.id ?? null,
    event_time: row.event_time,
    zone_offset: event.eventTimeZoneOffset,
    recorded_at: row.recorded_at,
    capturer_id,
    declares_error: event.errorDeclaration !== undefined,
    thing_count: named.length,
    things: named.slice(0, most),
  };
}

const cursor = z.tuple([
  z.union([z.literal(''), z.iso.datetime()]),
  uuid,
  z.int().nullable(),
  z.int().nullable(),
]);

/**
 * Events that the actor may see, by the query language of the standard; newest first.
 * @throws goods.query_invalid, goods.query_too_large, goods.query_too_complex
 */
export async function searchEvents(tx: Tx, query: PageQuery & z.output<typeof eventQuery>) {
  const { query: language, problems } = queryOfUrl(parametersOf(tx, query));
  if (!language) throw fault('goods.query_invalid', { count: problems.length }, problems);
  const things = query.item ? [namingAnything(query.item)] : [];
  const asked = { ...language, conditions: [...things, ...language.conditions] };
  const [at, id, left, before] = query.after ? decodeCursor(query.after, cursor) : [];
  const after =
    at === undefined || id === undefined
      ? null
      : { at, id, left: left ?? null, ...(before == null ? {} : { before }) };
  const { events, next } = await findEvents(tx, asked, { limit: query.limit, after });
  return {
    items: events.map((row) => lineOf(row, THINGS_OF_LINE)),
    next: next && encodeCursor([next.at, next.id, next.left, next.before ?? null] as never),
  };
}

/** One event with everything in it, in both bindings. @throws goods.event_unknown */
export async function describeEvent(tx: Tx, id: string) {
  const row = await getStored(tx, id);
  const prefixLength = await knownPrefixes(tx);
  const document: EpcisDocument = {
    kind: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: tx.now,
    context: { ...emptyContext(), prefixes: row.prefixes ?? {} },
    header: [],
    masterData: [],
    events: [
      {
        ...eventInFormat(row.event, 'Always_GS1_Digital_Link', prefixLength),
        recordTime: row.recorded_at,
      },
    ],
    extensions: [],
  };
  const story = (await getEvents(tx, row.event_uri)).filter(
    (one) => one.capturer_id === row.capturer_id,
  );
  const isDeclared = story.some(({ event }) => event.errorDeclaration !== undefined);
  return {
    ...lineOf(row, THINGS_OF_EVENT),
    source: row.is_trade ? ('trade' as const) : ('captured' as const),
    story: story.map(({ id: one, recorded_at, event }) => {
      const declares_error = event.errorDeclaration !== undefined;
      return { id: one, recorded_at, declares_error, voided: isDeclared && !declares_error };
    }),
    json: writeEpcisJson(document),
    xml: writeEpcisXml(document).xml,
  };
}

/** More of one event are in its JSON. */
const THINGS_OF_EVENT = 1_000;

/** Whose events an answer shows to somebody who is no party to them. */
export async function eventsShown(tx: Tx, rows: readonly { id: string; capturer_id: string }[]) {
  const ids = rows.map(({ id }) => id);
  const own = await tx.db
    .selectFrom('event')
    .select('id')
    .where('chain_id', '=', tx.chain)
    // One parameter: a trace may rest on more events than a statement has parameters for.
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where(({ val, eb, ref }) => eb(val(tx.actor.party), '=', ({ fn }) => fn.any(ref('parties'))))
    .execute();
  const isOwn = new Set(own.map(({ id }) => id));
  return rows.filter(({ id }) => !isOwn.has(id)).map(({ capturer_id }) => ({ capturer_id }));
}
