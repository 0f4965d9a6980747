import { z } from 'zod';
import { givenInstant, type Tx } from '../../kernel/index.ts';
import { canonicalIdentity, readIdentity } from './epcis/identity/identity.ts';
import { fault } from './faults.ts';
import { eventSource } from './repository/event-source.ts';
import {
  containmentsOf,
  contentsAt,
  dispersalOf,
  loadDownwards,
  loadUpwards,
  momentOf,
  openLoading,
  parentsAt,
  whereaboutsOf,
} from './trace/index.ts';
import { readBeside, restsOn, siteOf, traceEvent } from './tracing.ts';

export const thingQuery = z.object({
  /** A Digital Link, an EPC URN, or any other URI under which events name it. */
  item: z.string().trim().min(1).max(2_000),
  /** Where it was at that moment; now, if absent. */
  at: givenInstant.optional(),
  /** By what was recorded until then: what was known. */
  known_at: givenInstant.optional(),
});

const said = <Value extends z.ZodType>(value: Value) =>
  z.object({ value, since: z.string(), event: z.string(), of: z.string() }).nullable();
const endpoint = z.object({ type: z.string(), id: z.string() });
const stay = z.object({
  parent: z.string(),
  child: z.string(),
  from: z.string(),
  to: z.string().nullable(),
});
const level = z.object({ item: z.string(), depth: z.int(), since: z.string().nullable() });

/** One thing or lot: where it is, what it is in and holds, and what happened to it. */
export const thing = z
  .object({
    item: z.string(),
    gtin: z.string().nullable(),
    lot: z.string().nullable(),
    serial: z.string().nullable(),
    sscc: z.string().nullable(),
    at: z.string(),
    /** Whether it is a class or a lot, which is in many places at once. */
    is_class: z.boolean(),
    state: z.enum(['at', 'in_transit', 'unknown', 'ended', 'never_seen']),
    place: said(z.string()),
    last_place: said(z.string()),
    towards: said(z.array(endpoint)),
    possessor: said(z.string()),
    owner: said(z.string()),
    disposition: said(z.string()),
    ended: said(z.string()),
    /** What it is in, from the inside out, and what is in it. */
    inside: z.array(level),
    contents: z.array(level),
    content_count: z.int(),
    stays: z.array(stay),
    /** Of a lot: how much of it is where. */
    parts: z.array(
      z.object({
        state: z.enum(['at', 'inside', 'in_transit', 'ended', 'unknown']),
        place: z.string().nullable(),
        inside: z.string().nullable(),
        towards: z.array(endpoint),
        ended: z.string().nullable(),
        quantity: z.string(),
        unit: z.string(),
      }),
    ),
    /** Events that name it, newest first. */
    events: z.array(traceEvent),
    event_count: z.int(),
    /** Older events, and those of what it is in and holds. */
    also_read: z.array(restsOn),
    /** More events than could be read: then nothing of this is certain. */
    is_cut: z.boolean(),
  })
  .meta({ id: 'Thing' });

const MOST_LEVELS = 200;
const MOST_STAYS = 100;
const MOST_EVENTS = 100;

/** @throws goods.value_unknown where no event that the actor may see names it */
export async function describeThing(tx: Tx, query: z.output<typeof thingQuery>) {
  const item = canonicalIdentity(query.item);
  const at = query.at ?? tx.now;
  const known_at = query.known_at ?? null;
  const loading = openLoading(eventSource(tx, known_at), known_at);
  await loadUpwards(loading, [item]);
  const { history } = loading;
  const named = (history.by_item.get(item) ?? []).toSorted((one, other) => other.at - one.at);
  if (named.length === 0 && loading.unread.size === 0) throw fault('goods.value_unknown');
  await loadDownwards(loading, [item]);
  const moment = momentOf(at);
  const { item: _, last: __, inside: ___, ...where } = whereaboutsOf(history, item, moment);
  const mentions = named.flatMap(({ mentions: all }) => all.filter((one) => one.item === item));
  const is_class = mentions.length > 0 && mentions.every(({ by_class }) => by_class);
  const contents = contentsAt(history, item, moment).levels;
  const events = named.slice(0, MOST_EVENTS);
  return {
    ...partsOfName(item),
    ...where,
    item,
    at,
    is_class,
    inside: parentsAt(history, item, moment).levels.map((one) => levelOf(one, 'parent')),
    contents: contents.slice(0, MOST_LEVELS).map((one) => levelOf(one, 'child')),
    content_count: contents.length,
    stays: containmentsOf(history, item).slice(-MOST_STAYS),
    parts: is_class ? dispersalOf(history, item, moment, siteOf).parts : [],
    events,
    event_count: named.length,
    also_read: readBeside(loading, events),
    is_cut: loading.unread.size > 0,
  };
}

type Level = ReturnType<typeof contentsAt>['levels'][number];

function levelOf({ stay: { from, ...rest }, depth }: Level, end: 'parent' | 'child') {
  const since = Number.isFinite(from) ? new Date(Math.ceil(from)).toISOString() : null;
  return { item: rest[end], depth, since };
}

function partsOfName(item: string) {
  const identity = readIdentity(item);
  const found = identity?.ok ? identity.value : null;
  const qualifier = (name: string) =>
    found?.qualifiers.find(([given]) => given === name)?.[1] ?? null;
  return {
    gtin: found?.key === '01' ? found.value : null,
    sscc: found?.key === '00' ? found.value : null,
    lot: qualifier('10'),
    serial: qualifier('21'),
  };
}
