import { z } from 'zod';
import { givenInstant, shortText, type Tx, uuid } from '../../kernel/index.ts';
import { canonicalIdentity } from './epcis/identity/identity.ts';
import { fault } from './faults.ts';
import { allowancesOf } from './loss-allowances.ts';
import { eventSource } from './repository/event-source.ts';
import {
  classesOf,
  type Loading,
  type Moment,
  massBalances,
  momentOf,
  type Start,
  sharesOf,
  startsAt,
  type Trace,
  trace,
  wholeRuns,
} from './trace/index.ts';

/** A thing, a lot or a place in any writing: Digital Link, EPC URN, or another URI. */
const identity = z.string().trim().min(1).max(2_000);
const amount = z.string().regex(/^\d{1,15}(\.\d{1,10})?$/);
const percent = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/);

/** Milliseconds since 1970, as far from it as a date can be. */
const MOST_MS = 8.64e15;
const moment = z.number().min(-MOST_MS).max(MOST_MS);

/** What a trace starts from: things since a moment, or whatever was at a place in a window. */
export const traceQuestion = z.object({
  direction: z.enum(['forward', 'backward']),
  items: z
    .array(z.object({ item: identity, at: givenInstant.nullish() }))
    .max(1_000)
    .default([]),
  visit: z
    .object({ places: z.array(identity).min(1).max(50), from: givenInstant, to: givenInstant })
    .optional(),
  /** Where a trace that was cut goes on; see `cut` of its answer. */
  go_on: z
    .array(
      z.object({
        item: identity,
        reached: z.object({
          own: moment.nullish(),
          held: z.array(z.object({ from: moment.nullable(), to: moment.nullable() })).max(100),
        }),
      }),
    )
    .max(50_000)
    .default([]),
  /** Only what was recorded until then: what was known at that moment. */
  known_at: givenInstant.nullable().default(null),
  /** `contact`: whatever was in one container with something affected is affected too. */
  spread: z.enum(['content', 'contact']).default('content'),
  associations: z.boolean().default(true),
  transactions: z.boolean().default(false),
  nodes: z.int().min(1).max(50_000).default(10_000),
  /** How much there was of the lot that the trace starts from: then shares are worked out. */
  quantity: z.object({ value: amount.nullable(), unit: shortText }).optional(),
  /** Loss allowed of products of which the firm has said nothing, in percent. */
  loss_percent: percent.default('5'),
});
export type TraceQuestion = z.input<typeof traceQuestion>;

const endpoint = z.object({ type: z.string(), id: z.string() });
const span = z.object({ from: z.string().nullable(), to: z.string().nullable() });
const sum = z.object({ unit: z.string(), quantity: z.string() });
const words = z.object({ zh: z.string(), en: z.string() });
const share = z.object({
  item: z.string(),
  low: z.string(),
  proportional: z.string().nullable(),
  high: z.string().nullable(),
});

export const traceEvent = z.object({
  id: uuid,
  type: z.string(),
  action: z.string().nullable(),
  event_time: z.string(),
  recorded_at: z.string(),
  biz_step: z.string().nullable(),
  disposition: z.string().nullable(),
  read_point: z.string().nullable(),
  biz_location: z.string().nullable(),
  capturer_id: uuid,
  sources: z.array(endpoint),
  destinations: z.array(endpoint),
});

/** An event that an answer rests on, and whose it is. */
export const restsOn = z.object({ id: uuid, capturer_id: uuid });

export const deadEnd = z.object({ item: z.string(), event: uuid, ask: endpoint });

export const traceAnswer = z
  .object({
    direction: z.enum(['forward', 'backward']),
    nodes: z.array(
      z.object({
        item: z.string(),
        is: z.enum(['affected', 'holds']),
        at: z.string().nullable(),
        held: z.array(span),
        hop: z.int(),
        by: uuid.nullable(),
      }),
    ),
    edges: z.array(z.object({ from: z.string(), to: z.string(), event: uuid, kind: z.string() })),
    visits: z.array(z.object({ item: z.string(), event: uuid })),
    events: z.array(traceEvent),
    /** Events beside these that were read for it: quantities and balances rest on them as well. */
    also_read: z.array(restsOn),
    /** Where nothing more is seen, and whom to ask. */
    dead_ends: z.array(deadEnd),
    cut: z
      .object({
        go_on: z.array(z.record(z.string(), z.unknown())),
        unread: z.array(z.string()),
        edges_left_out: z.boolean(),
      })
      .nullable(),
    /** How much of the lot is in what: at least, mixed evenly, and at most. */
    shares: z
      .object({
        unit: z.string(),
        shares: z.array(share),
        in_process: z.array(share),
        overdrawn: z.array(z.string()),
      })
      .nullable(),
    /** What transformations on the way took in and gave out. */
    balances: z.array(
      z.object({
        transformation: z.string(),
        from: z.string(),
        to: z.string(),
        /** The product classes that went in: how much may be lost is said of these. */
        of: z.array(z.string()),
        inputs: z.array(sum),
        outputs: z.array(sum),
        loss: sum.extend({ percent: z.string() }).nullable(),
        allowed: sum.nullable(),
        verdict: z.enum(['within', 'loss_above_allowance', 'gain', 'cannot_tell']),
        reason: words.nullable(),
      }),
    ),
    /** How often storage was asked. */
    statements: z.int(),
  })
  .meta({ id: 'TraceAnswer' });

/**
 * Starts of a question, and of which of them not all could be read.
 * @throws goods.trace_without_start, goods.trace_too_wide
 */
async function startsOf(
  tx: Tx,
  asked: z.output<typeof traceQuestion>,
): Promise<{ starts: Start[]; unread: readonly string[] }> {
  let unread: readonly string[] = [];
  const starts: Start[] = asked.items.map(({ item, at }) => ({
    item: canonicalIdentity(item),
    at: at ?? null,
  }));
  for (const { item, reached } of asked.go_on) {
    const { own, held } = reached;
    starts.push({ item, reached: own === undefined ? { held } : { own, held } });
  }
  if (asked.visit) {
    const places = asked.visit.places.map(canonicalIdentity);
    const found = await startsAt(
      eventSource(tx, asked.known_at),
      { ...asked.visit, places },
      asked,
    );
    if (found.is_cut) throw fault('goods.trace_too_wide');
    for (const start of found.starts) starts.push(start);
    unread = found.unread;
  }
  if (starts.length === 0) throw fault('goods.trace_without_start');
  return { starts, unread };
}

/** Follows goods as far as the actor may see. @throws see `startsOf` */
export async function traceGoods(
  tx: Tx,
  asked: z.output<typeof traceQuestion>,
): Promise<{ found: Trace; loading: Loading; starts: readonly Start[] }> {
  const { starts, unread } = await startsOf(tx, asked);
  const { trace: found, loading } = await trace(eventSource(tx, asked.known_at), starts, asked);
  return { found: withUnread(found, unread), loading, starts };
}

/** A trace is cut, too, where it could not be read what it starts from. */
export function withUnread(found: Trace, unread: readonly string[]): Trace {
  if (unread.length === 0) return found;
  const cut = found.cut ?? { go_on: [], unread: [], edges_left_out: false };
  return { ...found, cut: { ...cut, unread: [...new Set([...cut.unread, ...unread])].sort() } };
}

/** The trace with the quantities that go with it, as the API says it. */
export async function answerTrace(tx: Tx, asked: z.output<typeof traceQuestion>) {
  const { found, loading, starts } = await traceGoods(tx, asked);
  const [start] = starts;
  const since = start && starts.length === 1 ? affectedSince(start) : null;
  const shares =
    asked.quantity && asked.direction === 'forward' && start && since !== null
      ? sharesOf(loading.history, {
          item: start.item,
          quantity: asked.quantity.value,
          uom: asked.quantity.unit,
          since,
        })
      : null;
  const runs = [...wholeRuns(loading)];
  const by_class = await allowancesOf(tx, classesOf(runs));
  const balances = massBalances(runs, { by_class, otherwise: asked.loss_percent });
  return { ...found, also_read: readBeside(loading, found.events), shares, balances };
}

/** Since when what a trace starts from is bad; null where it only holds something that is. */
function affectedSince({ at, reached }: Start): Moment | null {
  if (reached?.own !== undefined) return reached.own ?? Number.NEGATIVE_INFINITY;
  if (reached !== undefined) return null;
  return at ? momentOf(at) : Number.NEGATIVE_INFINITY;
}

/** What was read for an answer beside the events that stand in it. */
export function readBeside(
  { history }: Loading,
  events: readonly { id: string }[],
): z.output<typeof restsOn>[] {
  const stand = new Set(events.map(({ id }) => id));
  return [...history.events.values()].flatMap(({ id, capturer_id }) =>
    stand.has(id) ? [] : [{ id, capturer_id }],
  );
}

/** Where a thing with an extension (SGLN, AI 254) belongs: to the location that it is a part of. */
export const siteOf = (place: string): string => place.replace(/\/254\/[^/]+$/, '');
