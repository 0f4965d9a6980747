import { isJoined, type Records, record, roleOf } from './snapshot-records.ts';

/**
 * What each key leads to: rows of `key` lie side by side, from `start[key]` to `start[key + 1]`. A
 * row is another number and when, the two side by side in `pairs`, so that one look into memory
 * finds both; `by` is the event that says so, which few looks need.
 */
export type Links = {
  readonly start: Uint32Array;
  readonly pairs: Float64Array;
  readonly by: Uint32Array;
};

/** How a transformation is kept: by its own links, or straight from inputs to outputs. */
const APART = 0;
const STRAIGHT = 1;

/** Records between two pauses of what goes over all of them: some tens of milliseconds. */
export const PAUSE = 1 << 20;

/**
 * Links of all transformations, with pauses. One of a single event that has few outputs or few
 * inputs goes straight; one that has many of both, or of which more events may come, keeps its own
 * node, since there would be a link for each pair.
 */
export function* linkRuns(
  records: Records,
  items: number,
  events: number,
): Generator<void, { made: Links; used: Links; outputs: Links }> {
  const { codes, runs, items: named, times, length } = records;
  const inputs_of = new Uint32Array(events);
  const outputs = openLinks(events);
  const joined = new Uint8Array(events);
  for (let at = 0; at < length; at++) {
    if (at % PAUSE === 0) yield;
    const [code, run] = [codes[at] as number, runs[at] as number];
    const role = roleOf(code);
    if (role > record.output) continue;
    if (isJoined(code)) joined[run] = 1;
    if (role === record.input) add(inputs_of, run, 1);
    else add(outputs.start, run + 1, 1);
  }
  const ways = waysOf(inputs_of, outputs.start, joined);
  const [to_outputs, outputs_filled] = fillStart(outputs);
  const made = openLinks(items);
  const used = openLinks(items);
  for (let at = 0; at < length; at++) {
    if (at % PAUSE === 0) yield;
    const [role, run, item] = [
      roleOf(codes[at] as number),
      runs[at] as number,
      named[at] as number,
    ];
    if (role === record.output) {
      const row = take(to_outputs, run);
      put(outputs_filled, row, item, times[at] as number, records.events[at] as number);
    }
    if (role !== record.input) continue;
    const isStraight = ways[run] === STRAIGHT;
    add(
      isStraight ? made.start : used.start,
      item + 1,
      isStraight ? countOf(outputs.start, run) : 1,
    );
  }
  const [to_made, made_filled] = fillStart(made);
  const [to_used, used_filled] = fillStart(used);
  for (let at = 0; at < length; at++) {
    if (at % PAUSE === 0) yield;
    if (roleOf(codes[at] as number) !== record.input) continue;
    const [run, item, time] = [runs[at] as number, named[at] as number, times[at] as number];
    const event = records.events[at] as number;
    if (ways[run] !== STRAIGHT) {
      put(used_filled, take(to_used, item), run, time, event);
      continue;
    }
    const end = outputs.start[run + 1] as number;
    for (let row = outputs.start[run] as number; row < end; row++) {
      const output = outputs_filled.pairs[row * 2] as number;
      put(made_filled, take(to_made, item), output, time, event);
    }
  }
  return { made: made_filled, used: used_filled, outputs: outputs_filled };
}

function waysOf(inputs: Uint32Array, starts: Uint32Array, joined: Uint8Array): Uint8Array {
  const ways = new Uint8Array(inputs.length);
  for (let run = 0; run < ways.length; run++) {
    // Not summed up yet: the count of a run stands one place behind it.
    const [ins, outs] = [inputs[run] as number, starts[run + 1] as number];
    const isSmall = ins * outs <= 4 * (ins + outs);
    ways[run] = joined[run] === 0 && isSmall ? STRAIGHT : APART;
  }
  return ways;
}

const openLinks = (keys: number): { start: Uint32Array } => ({ start: new Uint32Array(keys + 1) });

/** Counts become places: where the next row of each key goes, and room for all rows. */
function fillStart({ start }: { start: Uint32Array }): [next: Uint32Array, links: Links] {
  sumUp(start);
  const count = start[start.length - 1] as number;
  const room = { pairs: new Float64Array(count * 2), by: new Uint32Array(count) };
  return [start.slice(), { start, ...room }];
}

function put({ pairs, by }: Links, row: number, number: number, at: number, event: number): void {
  pairs[row * 2] = number;
  pairs[row * 2 + 1] = at;
  by[row] = event;
}

const countOf = (start: Uint32Array, key: number): number =>
  (start[key + 1] as number) - (start[key] as number);

export function add(counts: Uint32Array, at: number, more: number): void {
  counts[at] = (counts[at] as number) + more;
}

export function sumUp(counts: Uint32Array): void {
  for (let at = 1; at < counts.length; at++) add(counts, at, counts[at - 1] as number);
}

/** The next place of a key, which is then taken. */
export function take(next: Uint32Array, key: number): number {
  const place = next[key] as number;
  next[key] = place + 1;
  return place;
}
