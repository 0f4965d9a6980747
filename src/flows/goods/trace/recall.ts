import { readIdentity } from '../epcis/identity/identity.ts';
import { type Dispersal, dispersalOf, enderOf, type Part } from './dispersal.ts';
import type { Endpoint } from './graph.ts';
import { eventsOfItem, type History } from './history.ts';
import { productClass } from './measured.ts';
import { before, isoOf, type Moment } from './moments.ts';
import type { DeadEnd, Trace, TraceNode } from './trace-result.ts';
import {
  endingStep,
  isClassIn,
  isLeaving,
  type Whereabouts,
  whereaboutsOf,
} from './whereabouts.ts';

/** One thing, or one part of a lot, that a recall is about, and where it is. */
export type RecallRow = {
  readonly item: string;
  readonly product: string;
  /** The lot by its identifier (AI 10); null where the item names none. */
  readonly lot: string | null;
  /** `holds`: a container that holds something affected; it is how one finds it. */
  readonly is: TraceNode['is'];
  readonly since: string | null;
  readonly state: 'at' | 'in_transit' | 'ended' | 'unknown';
  /** Where it is, or where it ended. */
  readonly place: string | null;
  /** Who has it, or had it when it ended: who sold it. */
  readonly possessor: string | null;
  readonly inside: string | null;
  readonly towards: readonly Endpoint[];
  readonly disposition: string | null;
  /** How it ended: sold, dispensed, decommissioned, destroyed, used up. */
  readonly ended: string | null;
  /** When it was seen last; null for a part of a lot. */
  readonly last_seen: string | null;
  /** Null where no event says how much. */
  readonly quantity: string | null;
  readonly unit: string;
};

export type RecallGroup = {
  readonly place: string | null;
  readonly possessor: string | null;
  readonly rows: readonly RecallRow[];
};

export type Recall = {
  /** As of this moment. */
  readonly at: string;
  /** What can be taken off the shelf, by place and by who holds it. */
  readonly there: readonly RecallGroup[];
  readonly on_the_way: readonly RecallRow[];
  /** What was sold, used up or destroyed: nothing to fetch, perhaps somebody to warn. */
  readonly ended: readonly RecallRow[];
  /** Affected, and no event says where it is. */
  readonly unknown: readonly RecallRow[];
  /** Lots that events move without saying how much. */
  readonly unmeasured: readonly { item: string; events: readonly string[] }[];
  /** Whom to ask for what is not seen. */
  readonly ask: readonly DeadEnd[];
  /** Whether the trace was cut, so that this list lacks something. */
  readonly is_cut: boolean;
};

/**
 * What a recall has to fetch, and where, from a forward trace. The history must know what the nodes
 * were ever in (`loadUpwards`).
 */
export function recallOf(trace: Trace, history: History, moment: Moment, siteOf?: Site): Recall {
  const rows: RecallRow[] = [];
  const unmeasured: { item: string; events: readonly string[] }[] = [];
  for (const node of trace.nodes) {
    const isLot = (history.by_item.get(node.item) ?? []).some((one) => isClassIn(one, node.item));
    if (!isLot) rows.push(rowOfThing(history, node, moment, siteOf));
    else {
      const dispersal = dispersalOf(history, node.item, moment, siteOf);
      for (const row of rowsOfLot(history, node, dispersal, moment, siteOf)) rows.push(row);
      const events = dispersal.unmeasured;
      if (events.length > 0) unmeasured.push({ item: node.item, events });
    }
  }
  const inState = (state: RecallRow['state']) => rows.filter((row) => row.state === state);
  return {
    at: isoOf(moment) ?? '',
    there: groupsOf(inState('at')),
    on_the_way: inState('in_transit'),
    ended: inState('ended'),
    unknown: inState('unknown'),
    unmeasured,
    ask: trace.dead_ends,
    is_cut: trace.cut !== null,
  };
}

type Site = (place: string) => string;

function identified({ item, is, at }: TraceNode) {
  const identity = readIdentity(item);
  const qualifiers = identity?.ok ? identity.value.qualifiers : [];
  const lot = qualifiers.find(([name]) => name === '10')?.[1] ?? null;
  return { item, product: productClass(item), lot, is, since: at };
}

function rowOfThing(
  history: History,
  node: TraceNode,
  moment: Moment,
  siteOf: Site = (place) => place,
): RecallRow {
  const found = whereaboutsOf(history, node.item, moment);
  const place = (found.state === 'ended' ? found.last_place : found.place)?.value ?? null;
  return {
    ...identified(node),
    state: found.state === 'never_seen' ? 'unknown' : found.state,
    place: place === null ? null : siteOf(place),
    possessor: holderOf(history, node.item, found),
    inside: found.inside[0] ?? null,
    towards: found.towards?.value ?? [],
    disposition: found.disposition?.value ?? null,
    ended: found.ended?.value ?? null,
    last_seen: found.last?.since ?? null,
    quantity: '1',
    unit: 'C62',
  };
}

/** Who has a thing. Of what ended who had it until then: a buyer over the counter has no name. */
function holderOf(history: History, item: string, found: Whereabouts): string | null {
  const event = found.ended && history.events.get(found.ended.event);
  if (!event) return found.possessor?.value ?? null;
  const held = whereaboutsOf(history, item, before(event.at)).possessor?.value ?? null;
  return enderOf(event, held ?? found.last_place?.value ?? null) ?? held;
}

/** A lot is in as many rows as it has parts, and in one without a quantity where it has none. */
function rowsOfLot(
  history: History,
  node: TraceNode,
  { parts }: Dispersal,
  moment: Moment,
  siteOf: Site = (place) => place,
): RecallRow[] {
  const shared = { ...identified(node), disposition: null, last_seen: null };
  const ofPart = (part: Part): RecallRow => {
    const inside = part.inside && whereaboutsOf(history, part.inside, moment);
    const possessor =
      part.inside && inside
        ? holderOf(history, part.inside, inside)
        : (part.possessor ?? receiverAt(history, node.item, part.place, moment, siteOf));
    const { place, towards, ended, quantity, unit } = part;
    const isPlaced = part.state === 'inside' ? place !== null : part.state === 'at';
    const isKept = part.state === 'ended' || part.state === 'in_transit';
    const state = isKept ? part.state : isPlaced ? 'at' : 'unknown';
    const where = { state, place, possessor, inside: part.inside, towards, ended } as const;
    // More left than came: the events of some are missing, and nobody knows how much is there.
    const isShort = state === 'at' && quantity.startsWith('-');
    return {
      ...shared,
      ...where,
      ...(isShort ? { quantity: null, unit: '' } : { quantity, unit }),
    };
  };
  if (parts.length > 0) return parts.map(ofPart);
  return [{ ...rowOfThing(history, node, moment), quantity: null, unit: '' }];
}

/** Who last took the lot over at a place: not who got what was sent or sold from there. */
function receiverAt(
  history: History,
  item: string,
  place: string | null,
  moment: Moment,
  siteOf: Site,
): string | null {
  if (place === null) return null;
  for (const event of eventsOfItem(history, item).reverse()) {
    const { at, biz_location, destinations } = event;
    if (at > moment || biz_location === null || siteOf(biz_location) !== place) continue;
    if (isLeaving(event) || endingStep(event) !== undefined) continue;
    const party = destinations.find(({ type }) => type === 'possessing_party');
    if (party !== undefined) return party.id;
  }
  return null;
}

/** By place, then by possessor; what has no possessor comes last at its place. */
function groupsOf(rows: readonly RecallRow[]): RecallGroup[] {
  const groups = new Map<
    string,
    { place: string | null; possessor: string | null; rows: RecallRow[] }
  >();
  for (const row of rows) {
    const { place, possessor } = row;
    const key = `${place ?? '~'} ${possessor ?? '~'}`;
    const group = groups.get(key) ?? { place, possessor, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, group]) => group);
}
