import { limits } from '../../../kernel/index.ts';
import { staysOf } from './containment.ts';
import type { Endpoint } from './graph.ts';
import { byMoment, type DatedEvent, type History } from './history.ts';
import { after, type Moment, type Span } from './moments.ts';

/** Something that an event says of an item, or of what the item was in: `of` names which. */
export type Said<Value> = {
  readonly value: Value;
  readonly since: string;
  readonly event: string;
  readonly of: string;
};

/**
 * - `at`: the last event that says where left it at a place (bizLocation).
 * - `in_transit`: that event sent it off, and it has not arrived.
 * - `unknown`: that event has a read point alone, and after it nobody can say (EPCIS 2.0, 7.4.2).
 *   An event with neither, as many packings are, says nothing about the place.
 * - `ended`: sold, dispensed, decommissioned, destroyed or used up; `ended` says how.
 * - `never_seen`: no event until that moment.
 */
export type State = 'at' | 'in_transit' | 'unknown' | 'ended' | 'never_seen';
export type EndedBy = 'sold' | 'dispensed' | 'decommissioned' | 'destroyed' | 'used_up';

export type Whereabouts = {
  readonly item: string;
  readonly state: State;
  readonly place: Said<string> | null;
  /** Where it was last, or left from. */
  readonly last_place: Said<string> | null;
  /** The places and parties that the last despatch names as its end. */
  readonly towards: Said<readonly Endpoint[]> | null;
  readonly possessor: Said<string> | null;
  readonly owner: Said<string> | null;
  readonly disposition: Said<string> | null;
  readonly ended: Said<EndedBy> | null;
  /** The last event at all that says something of it. */
  readonly last: Said<string | null> | null;
  /** What it is in, from the inside out. */
  readonly inside: readonly string[];
};

/** A thing that was seen, by itself or through what it was in. */
export type Sight = { readonly event: DatedEvent; readonly of: string; readonly depth: number };

const LEAVING = new Set(['shipping', 'departing', 'transporting', 'consigning']);
const ENDING: Readonly<Record<string, EndedBy>> = {
  retail_selling: 'sold',
  decommissioning: 'decommissioned',
  destroying: 'destroyed',
  dispensing: 'dispensed',
};

export const isLeaving = ({ biz_step, disposition }: DatedEvent): boolean =>
  biz_step === null ? disposition === 'in_transit' : LEAVING.has(biz_step);

/**
 * Where an instance is at a moment: a child goes where its parent goes. Needs the events of the
 * item and of all that it was ever in (`loadUpwards`). Of a lot this is where it was seen last;
 * where its parts are says `dispersalOf`.
 */
export function whereaboutsOf(history: History, item: string, at: Moment): Whereabouts {
  const span = { from: Number.NEGATIVE_INFINITY, to: after(at) };
  const newest = sightsOf(history, item, span).toReversed();
  const placing = newest.find(({ event }) => saysWhere(event))?.event;
  const ended = endOf(newest, item);
  const state = stateOf(newest, placing, ended);
  const party = (type: string) =>
    say(newest, ({ event }) => event.destinations.find((one) => one.type === type)?.id ?? null);
  const leaving = newest.filter(({ event }) => isLeaving(event));
  const ends = say(leaving, ({ event }) => (event.destinations.length > 0 ? event : null));
  return {
    item,
    state,
    place: state === 'at' ? say(newest, ({ event }) => event.biz_location) : null,
    last_place: say(newest, ({ event }) => event.biz_location ?? event.read_point),
    towards: state === 'in_transit' ? ends && { ...ends, value: ends.value.destinations } : null,
    possessor: party('possessing_party'),
    owner: party('owning_party'),
    disposition: say(newest, ({ event }) => event.disposition),
    ended,
    last: newest[0] ? { ...said(newest[0]), value: newest[0].event.biz_step } : null,
    inside: insideAt(history, item, at),
  };
}

const saysWhere = (event: DatedEvent): boolean =>
  event.biz_location !== null || event.read_point !== null || isLeaving(event);

function stateOf(
  newest: readonly Sight[],
  placing: DatedEvent | undefined,
  ended: Said<EndedBy> | null,
): State {
  if (newest.length === 0) return 'never_seen';
  if (ended !== null) return 'ended';
  if (placing === undefined) return 'unknown';
  if (isLeaving(placing)) return 'in_transit';
  return placing.biz_location === null ? 'unknown' : 'at';
}

/**
 * All events that say something of an item within a span, oldest first: those that name it and, for
 * as long as it was in something, those that name that.
 */
export function sightsOf(history: History, item: string, span: Span): Sight[] {
  const sights = new Map<string, Sight>();
  gather(history, item, span, 0, new Set(), sights);
  return [...sights.values()].sort((one, other) => byMoment(one.event, other.event));
}

function gather(
  history: History,
  item: string,
  span: Span,
  depth: number,
  inside: ReadonlySet<string>,
  sights: Map<string, Sight>,
): void {
  if (depth > limits.containment_depth || inside.has(item)) return;
  for (const event of history.by_item.get(item) ?? []) {
    const isIn = span.from <= event.at && event.at < span.to;
    const known = sights.get(event.id);
    if (isIn && (known === undefined || known.depth > depth)) {
      sights.set(event.id, { event, of: item, depth });
    }
  }
  const around = new Set([...inside, item]);
  for (const stay of staysOf(history, item)) {
    const [from, to] = [Math.max(span.from, stay.from), Math.min(span.to, stay.to)];
    if (from < to) gather(history, stay.parent, { from, to }, depth + 1, around, sights);
  }
}

function say<Value>(
  newest: readonly Sight[],
  read: (sight: Sight) => Value | null,
): Said<Value> | null {
  for (const sight of newest) {
    const value = read(sight);
    if (value !== null) return { ...said(sight), value };
  }
  return null;
}

const said = ({ event, of }: Sight) => ({ since: event.event_time, event: event.id, of });

/** The end of a thing, unless an event names the thing itself later: who is seen again is there. */
function endOf(newest: readonly Sight[], item: string): Said<EndedBy> | null {
  const end = say(newest, (sight) => endBy(sight, item));
  const own = newest.find(({ of }) => of === item);
  return end !== null && own !== undefined && own.event.event_time > end.since ? null : end;
}

export const endingStep = ({ biz_step, disposition }: DatedEvent): EndedBy | undefined =>
  disposition === 'partially_dispensed' ? undefined : ENDING[biz_step ?? ''];

/**
 * What a sight says of an item's end. Whoever sells or destroys a pallet does it with what is on
 * it; its number may be given up without that. A lot never ends as a whole by one event.
 */
function endBy({ event, of }: Sight, item: string): EndedBy | null {
  const own = event.named.get(of) ?? [];
  if (own.some(({ by_class }) => by_class)) return null;
  const step = endingStep(event);
  if (step !== undefined && (of === item || step !== 'decommissioned')) return step;
  if (of !== item) return null;
  if (event.type === 'ObjectEvent' && event.action === 'DELETE') return 'decommissioned';
  const isUsed = own.some(({ role }) => role === 'input');
  return isUsed && !own.some(({ role }) => role === 'output') ? 'used_up' : null;
}

function insideAt(history: History, item: string, at: Moment): string[] {
  const inside: string[] = [];
  let child = item;
  while (inside.length < limits.containment_depth) {
    const now = staysOf(history, child).filter(({ from, to }) => from <= at && at < to);
    const stay = now.find(({ binding }) => binding === 'aggregation') ?? now[0];
    if (stay === undefined || stay.parent === item || inside.includes(stay.parent)) break;
    inside.push(stay.parent);
    child = stay.parent;
  }
  return inside;
}

/**
 * The spans in which an item was at one of the places, in the order of time, until `to`. A part of
 * a lot may leave and the rest stay: a lot counts as there from its first arrival on.
 */
export function presenceOf(
  history: History,
  item: string,
  places: ReadonlySet<string>,
  to: Moment,
): Span[] {
  const spans: Span[] = [];
  const isLot = (history.by_item.get(item) ?? []).some((event) => isClassIn(event, item));
  let since: Moment | undefined;
  for (const sight of sightsOf(history, item, { from: Number.NEGATIVE_INFINITY, to })) {
    const { at, read_point, biz_location } = sight.event;
    const isRead = places.has(read_point ?? '');
    const stays = places.has(biz_location ?? '') && !isLeaving(sight.event);
    if (isRead || stays) since ??= at;
    const isGone = endBy(sight, item) !== null;
    if (since === undefined || isLot || (!isGone && (stays || !saysWhere(sight.event)))) continue;
    spans.push({ from: since, to: isRead || isGone ? after(at) : at });
    since = undefined;
  }
  if (since !== undefined) spans.push({ from: since, to });
  return spans;
}

export const isClassIn = ({ named }: DatedEvent, item: string): boolean =>
  (named.get(item) ?? []).some(({ by_class }) => by_class);
