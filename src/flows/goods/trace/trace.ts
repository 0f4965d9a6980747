import { limits } from '../../../kernel/index.ts';
import type { EventSource } from './graph.ts';
import type { History } from './history.ts';
import { type Loading, loadItems, loadRuns, loadTransactions, openLoading } from './loading.ts';
import { after, type Moment, momentOf, type Span } from './moments.ts';
import {
  backward,
  type Direction,
  forward,
  merged,
  type Passed,
  type Reached,
  type Step,
  type Ways,
} from './reach.ts';
import { type Trace, traceOf } from './trace-result.ts';

/**
 * Where a trace begins. `at`, forward: the moment since which the item is affected; backward: the
 * moment until which what became of it matters. Null or absent: ever. `reached` stands in the place
 * of `at` where a trace that was cut is gone on with (see `Cut`).
 */
export type Start = {
  readonly item: string;
  readonly at?: string | null;
  readonly reached?: ReachedBounds;
};

/**
 * Exactly what is known of a node: milliseconds since 1970, a half lying between two instants.
 * `own` is absent where only what it holds is meant; null is endless.
 */
export type ReachedBounds = {
  readonly own?: number | null;
  readonly held: readonly { readonly from: number | null; readonly to: number | null }[];
};

export type TraceOptions = Ways & {
  readonly direction: 'forward' | 'backward';
  /** Only what was recorded until then; null for all that is known. */
  readonly known_at: string | null;
  /** Bounds below those of `kernel/limits`. */
  readonly nodes?: number;
  readonly events?: number;
  readonly hops?: number;
};

/** A node while the walk goes on; `hop` and `by` are of the best that is known of it. */
export type Node = {
  readonly item: string;
  readonly hop: number;
  reached: Reached;
  by: { event: string; bound: Moment } | null;
};

export type Walk = {
  readonly direction: Direction;
  readonly ways: Ways;
  readonly loading: Loading;
  readonly nodes: Map<string, Node>;
  /** What was reached and had no room. */
  readonly beyond: Map<string, Node>;
  readonly nodes_most: number;
  /** Nodes to be looked at in the next round. */
  next: Set<string>;
  readonly passed: Passed;
  hop: number;
};

/**
 * Follows goods forward or backward in time. A node is looked at again whenever more becomes known
 * of it (an earlier exposure, another span), so that the answer is the same in whatever order
 * events come, and complete within what was read. Each round asks the source a few times for all
 * its nodes.
 */
export async function trace(
  source: EventSource,
  starts: readonly Start[],
  options: TraceOptions,
): Promise<{ trace: Trace; loading: Loading }> {
  const done = await walk(source, starts, options);
  return { trace: traceOf(done), loading: done.loading };
}

/** The walk alone, with its exact bounds. */
export async function walk(
  source: EventSource,
  starts: readonly Start[],
  options: TraceOptions,
): Promise<Walk> {
  const going = openWalk(source, options);
  for (const start of starts) begin(going, start);
  const hops = Math.min(options.hops ?? limits.trace_hops, limits.trace_hops);
  while (going.next.size > 0 && going.hop < hops) await takeRound(going);
  return going;
}

function openWalk(source: EventSource, options: TraceOptions): Walk {
  const { spread, associations, transactions, known_at } = options;
  const events = Math.min(options.events ?? limits.trace_events, limits.trace_events);
  return {
    direction: options.direction === 'forward' ? forward : backward,
    ways: { spread, associations, transactions },
    loading: openLoading(source, known_at, events),
    nodes: new Map(),
    beyond: new Map(),
    nodes_most: Math.min(options.nodes ?? limits.trace_nodes, limits.trace_nodes),
    next: new Set(),
    passed: new Map(),
    hop: 0,
  };
}

function begin(walk: Walk, { item, at, reached }: Start): void {
  const { direction } = walk;
  const ever = -direction.nothing;
  if (reached !== undefined) {
    const own = reached.own === undefined ? null : (reached.own ?? ever);
    const spans = reached.held.map(({ from, to }) => ({
      from: from ?? -ENDLESS,
      to: to ?? ENDLESS,
    }));
    for (const held of [null, ...spans]) reach(walk, { item, own, held }, null);
    return;
  }
  const isEver = at === undefined || at === null;
  if (direction === forward) {
    reach(walk, { item, own: isEver ? ever : momentOf(at), held: null }, null);
    return;
  }
  // Of a pallet whose past is asked for, the past of all that it carried is meant.
  const own = isEver ? ever : after(momentOf(at));
  reach(walk, { item, own, held: { from: -ENDLESS, to: own } }, null);
}

const ENDLESS = Number.POSITIVE_INFINITY;

type Found = { item: string; own: Moment | null; held: Span | null };

/** Takes in what is now known of a node, and marks it for the next round where that is news. */
function reach(walk: Walk, found: Found, event: string | null): void {
  const { direction, nodes, beyond } = walk;
  const { item } = found;
  let node = nodes.get(item) ?? beyond.get(item);
  const isNew = node === undefined;
  if (node === undefined) {
    const reached = { own: direction.nothing, held: [] };
    node = { item, hop: walk.hop, reached, by: null };
    (nodes.size < walk.nodes_most ? nodes : beyond).set(item, node);
  }
  const step = { ...found, event: '', kind: 'aggregation' } as const;
  const next = merged(node.reached, step, direction);
  const isNews = next !== node.reached;
  node.reached = next;
  if (event !== null) credit(direction, node, found, event);
  if ((isNew || isNews) && nodes.has(item)) walk.next.add(item);
}

/** Which event made it so: of those that give the best bound the one with the first id. */
function credit({ isMore }: Direction, node: Node, { own, held }: Found, event: string): void {
  const bound = own ?? held?.from;
  if (bound === undefined) return;
  const known = node.by;
  const isFirst = known !== null && bound === known.bound && event < known.event;
  if (known === null || isMore(bound, known.bound) || isFirst) node.by = { event, bound };
}

async function takeRound(walk: Walk): Promise<void> {
  const items = [...walk.next].sort();
  walk.next = new Set();
  walk.hop++;
  await loadAround(walk, items);
  const { direction, ways, loading, nodes } = walk;
  // By what was known when its surroundings were read: what this round adds may lead to things
  // of which not all is read, and is looked at in the next one.
  const bounds = items.flatMap((item) => {
    const reached = nodes.get(item)?.reached;
    return reached === undefined || loading.unread.has(item) ? [] : [{ item, reached }];
  });
  const take = (step: Step) => reach(walk, step, step.event);
  for (const { item, reached } of bounds) {
    direction.relax(loading.history, item, reached, ways, take, walk.passed);
  }
}

/**
 * Reads what must be known before steps from these items can be judged: their events; those of what
 * they were in, which may have been emptied; those of what was in them, which may have gone
 * elsewhere.
 */
async function loadAround(walk: Walk, items: readonly string[]): Promise<void> {
  const { loading, ways, direction } = walk;
  const { history } = loading;
  await loadItems(loading, items);
  const runs = items.flatMap((item) => transformationsOf(history, item));
  if (runs.length > 0) await loadRuns(loading, runs);
  if (ways.transactions) {
    const events = items.flatMap((item) => history.by_item.get(item) ?? []);
    const ids = events.flatMap((event) => event.transactions);
    if (ids.length > 0) await loadTransactions(loading, ids);
  }
  const around = new Set<string>();
  const passed: Passed = new Map();
  for (const item of items) {
    for (const { parent } of history.moves.get(item) ?? []) around.add(parent);
    // A child whose stay cannot matter by what is known cannot matter by more, which only ends it.
    const take = (step: { item: string }) => around.add(step.item);
    const reached = walk.nodes.get(item)?.reached;
    if (reached)
      direction.relax(history, item, reached, { ...ways, transactions: false }, take, passed);
  }
  await loadItems(loading, around);
}

function transformationsOf(history: History, item: string): string[] {
  const events = history.by_item.get(item) ?? [];
  return events.flatMap(({ transformation_id: id }) => (id === null ? [] : [id]));
}
