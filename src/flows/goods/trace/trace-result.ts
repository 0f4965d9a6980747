import { limits } from '../../../kernel/index.ts';
import type { Endpoint, TraceEvent } from './graph.ts';
import { partyOf } from './handlings.ts';
import { byMoment, type DatedEvent, eventsOfItem, type History } from './history.ts';
import { isoOf, type Moment } from './moments.ts';
import type { EdgeKind } from './reach.ts';
import type { Node, Start, Walk } from './trace.ts';
import { isClassIn, isLeaving } from './whereabouts.ts';

export type TraceNode = {
  readonly item: string;
  /**
   * `affected`: the item itself; `holds`: it holds, or held, something affected.
   */
  readonly is: 'affected' | 'holds';
  /** Forward: affected since; backward: what became of it until then matters. Null: ever. */
  readonly at: string | null;
  /** When it held something that is meant; the end is null while it does. */
  readonly held: readonly { readonly from: string | null; readonly to: string | null }[];
  /** In how many steps it is reached from a start. */
  readonly hop: number;
  /** The event that makes it so; null for a start. */
  readonly by: string | null;
};

/** Goods went, or something could pass, from one item to another by an event. */
export type TraceEdge = {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly kind: EdgeKind;
};

/**
 * The end of what is visible: forward, an item was sent to somebody and nothing is seen behind it;
 * backward, it came from somebody and nothing is seen before. Whom to ask.
 */
export type DeadEnd = { readonly item: string; readonly event: string; readonly ask: Endpoint };

/**
 * What the answer lacks. Starting again at `go_on`, with the same options, gives what lies behind.
 */
export type Cut = {
  readonly go_on: readonly Start[];
  /**
   * Items and transformations with more events than could be read; what they lead to is unknown.
   */
  readonly unread: readonly string[];
  readonly edges_left_out: boolean;
};

export type Trace = {
  readonly direction: 'forward' | 'backward';
  readonly nodes: readonly TraceNode[];
  readonly edges: readonly TraceEdge[];
  /** The events that name a node while it is affected, or holds something that is. */
  readonly visits: readonly { readonly item: string; readonly event: string }[];
  /** All events that edges and visits name, by moment. */
  readonly events: readonly TraceEvent[];
  readonly dead_ends: readonly DeadEnd[];
  /** Null where the answer is whole. */
  readonly cut: Cut | null;
  /** How often the source was asked. */
  readonly statements: number;
};

/** Puts what a walk has found in an order that depends on nothing but the history. */
export function traceOf(walk: Walk): Trace {
  const nodes = [...walk.nodes.values()].sort(
    (one, other) => one.hop - other.hop || (one.item < other.item ? -1 : 1),
  );
  const { edges, is_cut } = edgesOf(walk, nodes);
  const { history } = walk.loading;
  const visits = nodes.flatMap((node) =>
    visitsOf(walk, node).map((event) => ({ item: node.item, event: event.id })),
  );
  const named = new Set([...edges, ...visits].map(({ event }) => event));
  const dated = [...named].flatMap((id) => history.events.get(id) ?? []).sort(byMoment);
  const events = dated.map(({ at, named: _, ...event }) => event);
  return {
    direction: walk.direction.name,
    nodes: nodes.map((node) => shown(walk, node)),
    edges,
    visits,
    events,
    dead_ends: nodes.flatMap((node) => deadEndsOf(walk, node)),
    cut: cutOf(walk, is_cut),
    statements: walk.loading.statements,
  };
}

function shown({ direction }: Walk, { item, hop, reached, by }: Node): TraceNode {
  const isOwn = reached.own !== direction.nothing;
  return {
    item,
    is: isOwn ? 'affected' : 'holds',
    at: isOwn ? isoOf(reached.own, direction.name === 'forward' ? 'begins' : 'ends') : null,
    held: reached.held.map(({ from, to }) => ({ from: isoOf(from), to: isoOf(to, 'ends') })),
    hop,
    by: by?.event ?? null,
  };
}

/** All steps that hold by what is known at the end. */
function edgesOf({ direction, loading, ways, nodes }: Walk, sorted: readonly Node[]) {
  const edges = new Map<string, TraceEdge>();
  let is_cut = false;
  for (const { item, reached } of sorted) {
    if (loading.unread.has(item)) continue;
    // What is left out is not looked at either: a large transformation has a pair for each two.
    if (is_cut) break;
    direction.relax(
      loading.history,
      item,
      reached,
      ways,
      (step) => {
        if (!nodes.has(step.item) || step.item === item) return;
        const [from, to] = direction.name === 'forward' ? [item, step.item] : [step.item, item];
        const key = [from, to, step.event, step.kind].join(' ');
        const { event, kind } = step;
        if (edges.size < limits.trace_edges) edges.set(key, { from, to, event, kind });
        else is_cut ||= !edges.has(key);
      },
      new Map(),
    );
  }
  const inOrder = [...edges].sort(([one], [other]) => (one < other ? -1 : 1));
  return { edges: inOrder.map(([, edge]) => edge), is_cut };
}

function visitsOf({ direction, loading }: Walk, { item, reached }: Node): DatedEvent[] {
  const isForward = direction.name === 'forward';
  const isMeant = ({ at }: DatedEvent) =>
    (isForward ? at >= reached.own : at < reached.own) ||
    reached.held.some(({ from, to }) => from <= at && at <= to);
  return eventsOfItem(loading.history, item).filter(isMeant);
}

/** Where what was cut can be gone on with. */
function cutOf({ direction, loading, next, nodes, beyond }: Walk, is_cut: boolean): Cut | null {
  const unread = [...loading.unread].sort();
  const waiting = [...next].flatMap((item) => nodes.get(item) ?? []);
  const stuck = unread.flatMap((item) => nodes.get(item) ?? []);
  const open = new Map([...waiting, ...stuck, ...beyond.values()].map((node) => [node.item, node]));
  if (open.size === 0 && unread.length === 0 && !is_cut) return null;
  const starts = [...open.values()].map(({ item, reached: { own, held } }): Start => {
    const spans = held.map(({ from, to }) => ({ from: orEndless(from), to: orEndless(to) }));
    const bound = own === direction.nothing ? {} : { own: orEndless(own) };
    return { item, reached: { ...bound, held: spans } };
  });
  starts.sort((one, other) => (one.item < other.item ? -1 : 1));
  return { go_on: starts, unread, edges_left_out: is_cut };
}

const orEndless = (at: Moment): number | null => (Number.isFinite(at) ? at : null);

const ARRIVING = new Set(['receiving', 'arriving', 'accepting']);

function deadEndsOf(walk: Walk, node: Node): DeadEnd[] {
  const { history, unread } = walk.loading;
  if (unread.has(node.item)) return [];
  const isForward = walk.direction.name === 'forward';
  const visits = visitsOf(walk, node);
  const sent = isForward ? unanswered(visits, node.item) : unfounded(history, node.item, visits);
  return sent.flatMap((event) => {
    const ask = partyOf(isForward ? event.destinations : event.sources);
    return ask === undefined ? [] : [{ item: node.item, event: event.id, ask }];
  });
}

/** Steps of CBV 2.0, 7.1, that say nothing of an arrival, though they are seen after a despatch. */
const PASSING = new Set(['staging_outbound', 'loading', 'sensor_reporting']);

/**
 * Despatches that nobody answers. Of an instance the newest that says where to counts, unless it
 * was seen after it other than on its way; of a lot each despatch whose destination is named by no
 * later event, since its parts go different ways.
 */
function unanswered(visits: readonly DatedEvent[], item: string): DatedEvent[] {
  if (visits.some((event) => isClassIn(event, item))) {
    const isOpen = (event: DatedEvent, at: number) =>
      isLeaving(event) && !visits.slice(at + 1).some((one) => meets(event, one));
    return visits.filter(isOpen);
  }
  const isPassing = (event: DatedEvent) =>
    PASSING.has(event.biz_step ?? '') || (isLeaving(event) && event.destinations.length === 0);
  const newest = visits.findLast((event) => !isPassing(event));
  return newest !== undefined && isLeaving(newest) ? [newest] : [];
}

function meets(despatch: DatedEvent, later: DatedEvent): boolean {
  if (isLeaving(later)) return false;
  const ends = new Set(despatch.destinations.map(({ id }) => id));
  const named = [later.biz_location, later.read_point, ...later.destinations.map(({ id }) => id)];
  return named.some((id) => id !== null && ends.has(id));
}

/** Arrivals before which nothing is seen of the item. */
function unfounded(
  history: History,
  item: string,
  visits: readonly DatedEvent[],
): readonly DatedEvent[] {
  const [first] = eventsOfItem(history, item);
  const isArrival = first !== undefined && ARRIVING.has(first.biz_step ?? '');
  return isArrival && visits.includes(first) ? [first] : [];
}
