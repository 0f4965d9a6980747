import type { Mention, TraceEvent } from './graph.ts';
import type { Binding } from './history.ts';
import { momentOf } from './moments.ts';

/**
 * What a stream says of one item in one event, as a number. Items and events are numbered by the
 * caller, from 0 and without great gaps.
 */
export const record = {
  /** Of a transformation. */
  input: 0,
  output: 1,
  /** Of an aggregation or association: one of `parent`, and children by its action. */
  parent: 2,
  added: 3,
  observed: 4,
  removed: 5,
  /** A parent that everything was taken out of. */
  emptied: 6,
  /** An instance that was decommissioned. */
  ended: 7,
} as const;
export type RecordRole = keyof typeof record;

const ROLE = 0b111;
const ASSOCIATION = 0b1000;
const BY_CLASS = 0b1_0000;
const JOINED = 0b10_0000;
/** Codes are below this. */
export const CODES = 0b100_0000;

export type Flags = {
  readonly association?: boolean;
  readonly by_class?: boolean;
  /** Of a transformation that has a transformationID: more of its events may come. */
  readonly joined?: boolean;
};

export const roleCode = (role: RecordRole, flags: Flags = {}): number =>
  record[role] |
  (flags.association ? ASSOCIATION : 0) |
  (flags.by_class ? BY_CLASS : 0) |
  (flags.joined ? JOINED : 0);

export const roleOf = (code: number): number => code & ROLE;
export const isByClass = (code: number): boolean => (code & BY_CLASS) !== 0;
export const isJoined = (code: number): boolean => (code & JOINED) !== 0;
export const bindingOf = (code: number): Binding =>
  (code & ASSOCIATION) === 0 ? 'aggregation' : 'association';

/** How much of a lot is put in or taken out; without it the lot goes as a whole. */
export type Part = { readonly quantity: string; readonly uom: string | null };

export type Records = {
  length: number;
  items: Uint32Array;
  events: Uint32Array;
  /** The first event of the same transformation, by which all its events are one. */
  runs: Uint32Array;
  codes: Uint8Array;
  /** Milliseconds since 1970. */
  times: Float64Array;
  /** Parts of lots, by the place of their record. */
  readonly parts: Map<number, Part>;
};

export function openRecords(room = 1_024): Records {
  return {
    length: 0,
    items: new Uint32Array(room),
    events: new Uint32Array(room),
    runs: new Uint32Array(room),
    codes: new Uint8Array(room),
    times: new Float64Array(room),
    parts: new Map(),
  };
}

/** Takes in one record of the stream, in any order. */
export function addRecord(
  records: Records,
  item: number,
  event: number,
  code: number,
  time: number,
  run: number = event,
): void {
  if (records.length === records.items.length) grow(records);
  const at = records.length++;
  records.items[at] = item;
  records.events[at] = event;
  records.runs[at] = run;
  records.codes[at] = code;
  records.times[at] = time;
}

/** Takes in a record of another stream. */
export function copyRecord(to: Records, from: Records, at: number): void {
  const part = from.parts.get(at);
  if (part !== undefined) to.parts.set(to.length, part);
  const [item, event] = [from.items[at] as number, from.events[at] as number];
  const [code, run] = [from.codes[at] as number, from.runs[at] as number];
  addRecord(to, item, event, code, from.times[at] as number, run);
}

function grow(records: Records): void {
  const room = records.length * 2;
  const more = <Kind extends Uint32Array | Uint8Array | Float64Array>(made: Kind, old: Kind) => {
    made.set(old);
    return made;
  };
  records.items = more(new Uint32Array(room), records.items);
  records.events = more(new Uint32Array(room), records.events);
  records.runs = more(new Uint32Array(room), records.runs);
  records.codes = more(new Uint8Array(room), records.codes);
  records.times = more(new Float64Array(room), records.times);
}

/** What records are made of: of an event as a source gives it, or of less. */
export type RecordedEvent = Pick<
  TraceEvent,
  'type' | 'action' | 'event_time' | 'transformation_id' | 'mentions'
>;

/** All that one event says; `run` is the first event of its transformation. */
export function addEventRecords(
  records: Records,
  event: RecordedEvent,
  number: number,
  itemNumber: (item: string) => number,
  run: number = number,
): void {
  const { type, action } = event;
  const time = momentOf(event.event_time);
  const association = type === 'AssociationEvent';
  const joined = event.transformation_id !== null;
  const isBinding = association || type === 'AggregationEvent';
  const parent = event.mentions.find(({ role }) => role === 'parent')?.item;
  const add = ({ item, by_class, quantity, uom }: Mention, role: RecordRole) => {
    if (by_class && quantity !== null) records.parts.set(records.length, { quantity, uom });
    const code = roleCode(role, { association, by_class, joined });
    addRecord(records, itemNumber(item), number, code, time, run);
  };
  if (isBinding && (parent === undefined || action === null)) return;
  const isChild = ({ role, item }: Mention) => role === 'child' && item !== parent;
  const hasChildren = event.mentions.some(isChild);
  for (const mention of event.mentions) {
    const { role, by_class } = mention;
    if (type === 'TransformationEvent' && (role === 'input' || role === 'output'))
      add(mention, role);
    else if (isBinding && role === 'parent') {
      const isEmptied = action === 'DELETE' && !hasChildren;
      add(mention, isEmptied ? 'emptied' : 'parent');
    } else if (isBinding && isChild(mention)) add(mention, childRole[action ?? 'OBSERVE']);
    else if (type === 'ObjectEvent' && action === 'DELETE' && !by_class) add(mention, 'ended');
  }
}

const childRole = { ADD: 'added', OBSERVE: 'observed', DELETE: 'removed' } as const;
