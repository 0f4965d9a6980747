import { bareWord } from '../epcis/vocabulary.ts';
import type { Action, Mention, TraceEvent } from './graph.ts';
import { type Moment, momentOf } from './moments.ts';

/** An event with its moment, its standard values as bare words. */
export type DatedEvent = TraceEvent & {
  readonly at: Moment;
  /** Its mentions by item: one event may name tens of thousands. */
  readonly named: ReadonlyMap<string, readonly Mention[]>;
};

export type Binding = 'aggregation' | 'association';

/** An aggregation or association event, as one child has it. */
export type Move = {
  readonly at: Moment;
  readonly event: string;
  readonly parent: string;
  readonly binding: Binding;
  readonly action: Action;
  readonly by_class: boolean;
  readonly quantity: string | null;
  readonly uom: string | null;
};

/** What ends the stay of everything in a parent, or all stays of a child. */
export type Ending = {
  readonly at: Moment;
  readonly event: string;
  readonly reason: 'emptied' | 'decommissioned' | 'consumed';
  /** Which stays: those of one binding, or all. */
  readonly binding: Binding | null;
};

/**
 * One child in (aggregation) or tied to (association) one parent, in [from, to).
 *
 * How the three actions are read (EPCIS 2.0, 7.4.3 and 7.4.6):
 * - ADD opens a stay, DELETE ends it; DELETE without children ends that of all children.
 * - OBSERVE neither adds nor removes, and may be incomplete: who is not named stays in. Who is
 *   named is in at that moment; where no event said so before, the stay opens there, `observed`:
 *   since then at the latest.
 * - DELETE of a child that nobody put in says that it was in until then: a stay of no length,
 *   `removed`, that counts as the instant before.
 * At one instant, what ends comes before what begins, whatever arrived first.
 */
export type Stay = {
  readonly child: string;
  readonly parent: string;
  readonly binding: Binding;
  readonly by_class: boolean;
  readonly from: Moment;
  /** Infinity while it lasts. */
  readonly to: Moment;
  readonly opened: 'added' | 'observed' | 'removed';
  readonly opened_by: string;
  readonly ended: StayEnd | null;
  readonly ended_by: string | null;
  /**
   * `packed_elsewhere`: it was put into another parent and never taken out of this one.
   * `removed_while_elsewhere`: it was taken out of this one while in another.
   */
  readonly contradiction: 'packed_elsewhere' | 'removed_while_elsewhere' | null;
};
export type StayEnd = 'removed' | 'emptied' | 'moved' | 'decommissioned' | 'consumed';

/** The inputs and outputs of all events of one transformationID, or of one event without it. */
export type Run = {
  readonly key: string;
  readonly uses: Use[];
  /** The same by item: a transformation may have very many of them. */
  readonly inputs: Map<string, Use[]>;
  readonly outputs: Map<string, Use[]>;
};
export type Use = { readonly event: DatedEvent; readonly mention: Mention };

/** Events put in order for questions about items. Nothing is judged here. */
export type History = {
  readonly events: Map<string, DatedEvent>;
  readonly by_item: Map<string, DatedEvent[]>;
  readonly by_transaction: Map<string, DatedEvent[]>;
  readonly moves: Map<string, Move[]>;
  readonly children: Map<string, Set<string>>;
  /** Of a parent, what ends the stay of all that is in it. */
  readonly emptyings: Map<string, Ending[]>;
  /** Of an instance, its decommissioning or its use as an input. */
  readonly endings: Map<string, Ending[]>;
  readonly runs: Map<string, Run>;
  readonly runs_of: Map<string, Set<string>>;
  /** What was folded of a child, until an event says more of it. */
  readonly folded: Map<string, readonly Stay[]>;
};

export function openHistory(): History {
  return {
    events: new Map(),
    by_item: new Map(),
    by_transaction: new Map(),
    moves: new Map(),
    children: new Map(),
    emptyings: new Map(),
    endings: new Map(),
    runs: new Map(),
    runs_of: new Map(),
    folded: new Map(),
  };
}

/** A history of events in any order; only of what was recorded until `known_at`, where given. */
export function historyOf(events: Iterable<TraceEvent>, known_at: string | null = null): History {
  const history = openHistory();
  for (const event of events) addEvent(history, event, known_at);
  return history;
}

/** Adds an event once, whatever the order in which events come. */
export function addEvent(history: History, given: TraceEvent, known_at: string | null): void {
  if (history.events.has(given.id)) return;
  if (known_at !== null && given.recorded_at > known_at) return;
  const event = dated(given);
  history.events.set(event.id, event);
  for (const item of event.named.keys()) {
    listAt(history.by_item, item).push(event);
  }
  for (const transaction of new Set(event.transactions)) {
    listAt(history.by_transaction, transaction).push(event);
  }
  if (event.type === 'AggregationEvent') addMoves(history, event, 'aggregation');
  else if (event.type === 'AssociationEvent') addMoves(history, event, 'association');
  else if (event.type === 'TransformationEvent') addRun(history, event);
  else if (event.type === 'ObjectEvent' && event.action === 'DELETE') {
    for (const mention of event.mentions) end(history, mention, event, 'decommissioned');
  }
}

function dated(event: TraceEvent): DatedEvent {
  const { biz_step, disposition } = event;
  const ends = (list: TraceEvent['sources']) =>
    list.map(({ type, id }) => ({ type: bareWord('sourceDestination', type) ?? type, id }));
  const named = new Map<string, Mention[]>();
  for (const mention of event.mentions) listAt(named, mention.item).push(mention);
  return {
    ...event,
    at: momentOf(event.event_time),
    named,
    biz_step: biz_step && (bareWord('bizStep', biz_step) ?? biz_step),
    disposition: disposition && (bareWord('disposition', disposition) ?? disposition),
    sources: ends(event.sources),
    destinations: ends(event.destinations),
  };
}

function addMoves(history: History, event: DatedEvent, binding: Binding): void {
  const parent = event.mentions.find(({ role }) => role === 'parent')?.item;
  if (parent === undefined || event.action === null) return;
  const isChild = ({ role, item }: Mention) => role === 'child' && item !== parent;
  const children = event.mentions.filter(isChild);
  const { at, id, action } = event;
  for (const { item, by_class, quantity, uom } of children) {
    const move: Move = { at, event: id, parent, binding, action, by_class, quantity, uom };
    listAt(history.moves, item).push(move);
    setAt(history.children, parent).add(item);
    history.folded.delete(item);
  }
  if (children.length === 0 && action === 'DELETE') {
    empty(history, parent, { at, event: id, reason: 'emptied', binding });
  }
}

function addRun(history: History, event: DatedEvent): void {
  const key = runKey(event);
  let run = history.runs.get(key);
  if (run === undefined) {
    run = { key, uses: [], inputs: new Map(), outputs: new Map() };
    history.runs.set(key, run);
  }
  for (const mention of event.mentions) {
    const { role, item } = mention;
    const use = { event, mention };
    run.uses.push(use);
    if (role === 'input') listAt(run.inputs, item).push(use);
    if (role === 'output') listAt(run.outputs, item).push(use);
    setAt(history.runs_of, item).add(key);
    if (role === 'input') end(history, mention, event, 'consumed');
  }
}

const runKey = ({ transformation_id, id }: TraceEvent): string =>
  transformation_id === null ? `event ${id}` : `run ${transformation_id}`;

/** An instance that ends is in nothing any more, and nothing is in it; a part of a lot may be. */
function end(
  history: History,
  { item, by_class }: Mention,
  { at, id }: DatedEvent,
  reason: Ending['reason'],
): void {
  if (by_class) return;
  const ending: Ending = { at, event: id, reason, binding: null };
  listAt(history.endings, item).push(ending);
  history.folded.delete(item);
  empty(history, item, ending);
}

function empty(history: History, parent: string, ending: Ending): void {
  listAt(history.emptyings, parent).push(ending);
  for (const child of history.children.get(parent) ?? []) history.folded.delete(child);
}

/** Events that name the item, in the order of their moments. */
export function eventsOfItem(history: History, item: string): DatedEvent[] {
  return [...(history.by_item.get(item) ?? [])].sort(byMoment);
}

/** By moment, then by id: never by the order of arrival. */
export function byMoment(one: { at: Moment; id: string }, other: { at: Moment; id: string }) {
  return one.at - other.at || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** The runs in which an item is used or made. */
export function runsOf(history: History, item: string): Run[] {
  return [...(history.runs_of.get(item) ?? [])].flatMap((key) => history.runs.get(key) ?? []);
}

export function listAt<Value>(map: Map<string, Value[]>, key: string): Value[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const list: Value[] = [];
  map.set(key, list);
  return list;
}

function setAt(map: Map<string, Set<string>>, key: string): Set<string> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const set = new Set<string>();
  map.set(key, set);
  return set;
}
