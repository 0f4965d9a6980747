import { bareWord } from '../epcis/vocabulary.ts';
import type { Action, Mention, TraceEvent } from './graph.ts';
import { type Moment, momentOf } from './moments.ts';

/** An event with its moment, its standard values as bare words. */
export type DatedEvent = TraceEvent & { readonly at: Moment };

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

/** The inputs and outputs of all events of one transformationID, or of one event without it. */
export type Run = { readonly key: string; readonly uses: Use[] };
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
  for (const item of new Set(event.mentions.map((mention) => mention.item))) {
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
  return {
    ...event,
    at: momentOf(event.event_time),
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
  }
  if (children.length === 0 && action === 'DELETE') {
    listAt(history.emptyings, parent).push({ at, event: id, reason: 'emptied', binding });
  }
}

function addRun(history: History, event: DatedEvent): void {
  const key = runKey(event);
  let run = history.runs.get(key);
  if (run === undefined) {
    run = { key, uses: [] };
    history.runs.set(key, run);
  }
  for (const mention of event.mentions) {
    run.uses.push({ event, mention });
    setAt(history.runs_of, mention.item).add(key);
    if (mention.role === 'input') end(history, mention, event, 'consumed');
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
  listAt(history.emptyings, item).push(ending);
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
