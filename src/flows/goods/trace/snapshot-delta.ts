import { assert } from '../../../kernel/index.ts';
import { isBond, openScratch, type Snapshot } from './snapshot.ts';
import { copyRecord, type Records, record, roleOf } from './snapshot-records.ts';
import { nobody, packStays } from './snapshot-stays.ts';

/**
 * Takes in all records of events that came behind the snapshot, whenever they happened. An event
 * comes whole: the parent with its children.
 */
export function addBehind(snapshot: Snapshot, records: Records): void {
  const { delta } = snapshot;
  const touched = new Set<number>();
  const first = delta.records.length;
  for (let at = 0; at < records.length; at++) {
    const item = records.items[at] as number;
    const event = records.events[at] as number;
    const run = records.runs[at] as number;
    const code = records.codes[at] as number;
    const place = delta.records.length;
    copyRecord(delta.records, records, at);
    const role = roleOf(code);
    if (role === record.parent) {
      const isKnown = event < snapshot.events && snapshot.parents[event] !== nobody;
      assert(!isKnown, `event ${event} has come before`);
      delta.parents.set(event, item);
    }
    if (role === record.input) push(delta.inputs, item, place);
    if (role === record.output) push(delta.outputs, run, place);
    if (isBond(code)) {
      push(delta.bonds, item, place);
      touched.add(item);
    }
  }
  growScratch(snapshot, first);
  for (const child of childrenOf(snapshot, touched)) refold(snapshot, child);
}

/**
 * Takes back an event that was declared wrong, in the snapshot or behind it.
 * @param items all that it names
 */
export function withdraw(snapshot: Snapshot, event: number, items: Iterable<number>): void {
  snapshot.delta.withdrawn.add(event);
  for (const child of childrenOf(snapshot, new Set(items))) refold(snapshot, child);
}

/** The touched, and all that were ever in one of them: it may have been emptied, or used up. */
function childrenOf(snapshot: Snapshot, touched: ReadonlySet<number>): Set<number> {
  const children = new Set(touched);
  const { stays, stays_of_parent, delta, items } = snapshot;
  for (const item of touched) {
    for (const child of delta.stays_of_parent.get(item) ?? []) children.add(child);
    if (item >= items) continue;
    const end = stays_of_parent.start[item + 1] as number;
    for (let row = stays_of_parent.start[item] as number; row < end; row++) {
      children.add(stays.child[stays_of_parent.rows[row] as number] as number);
    }
  }
  return children;
}

function refold(snapshot: Snapshot, child: number): void {
  const { delta } = snapshot;
  for (const { parent } of delta.stays_of_child.get(child) ?? []) {
    delta.stays_of_parent.get(parent)?.delete(child);
  }
  const stays = packStays(snapshot, child);
  delta.stays_of_child.set(child, stays);
  for (const { parent } of stays) {
    const within = delta.stays_of_parent.get(parent) ?? new Set();
    delta.stays_of_parent.set(parent, within.add(child));
  }
}

/** Items and events of the delta, from its record `first` on, may be new to the scratch. */
function growScratch({ delta, scratch }: Snapshot, first: number): void {
  let [items, events] = [0, 0];
  for (let at = first; at < delta.records.length; at++) {
    items = Math.max(items, (delta.records.items[at] as number) + 1);
    events = Math.max(events, (delta.records.events[at] as number) + 1);
  }
  const [had_items, had_events] = [scratch.own.length, scratch.since.length];
  if (items <= had_items && events <= had_events) return;
  // With room to spare: each of the next few would have it made anew otherwise.
  const roomFor = (now: number, had: number) => (now <= had ? had : Math.ceil(now * 1.125));
  const room = openScratch(roomFor(items, had_items), roomFor(events, had_events));
  Object.assign(scratch, room);
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
