import { limits } from '../../../kernel/index.ts';
import type { EventSource, TraceEvent } from './graph.ts';
import { addEvent, type History, openHistory, type Run } from './history.ts';

/** A history that grows by what is asked for, each item once, within a budget of events. */
export type Loading = {
  readonly source: EventSource;
  readonly history: History;
  /** Only what was recorded until then; null for all that is known. */
  readonly known_at: string | null;
  readonly asked: Set<string>;
  /** Items of which not all events fitted. What they lead to is not known. */
  readonly unread: Set<string>;
  events_left: number;
  statements: number;
};

export function openLoading(
  source: EventSource,
  known_at: string | null,
  events: number = limits.trace_events,
): Loading {
  const [asked, unread] = [new Set<string>(), new Set<string>()];
  const history = openHistory();
  return { source, history, known_at, asked, unread, events_left: events, statements: 0 };
}

type Ask = (names: readonly string[], limit: number) => Promise<readonly TraceEvent[]>;

/** Reads all events of these items, of each at most once. */
export async function loadItems(loading: Loading, items: Iterable<string>): Promise<void> {
  const { source } = loading;
  await load(loading, [...items], '', (names, limit) => source.eventsOf(names, limit));
}

/** Reads the other events of these transformationIDs. */
export async function loadRuns(loading: Loading, ids: Iterable<string>): Promise<void> {
  const ask: Ask = (names, limit) => loading.source.eventsOfTransformation(names, limit);
  await load(loading, [...ids], 'run ', ask);
}

export async function loadTransactions(loading: Loading, ids: Iterable<string>): Promise<void> {
  const ask: Ask = (names, limit) => loading.source.eventsOfTransaction(names, limit);
  await load(loading, [...ids], 'transaction ', ask);
}

/** The transformations of which all events were read. */
export function wholeRuns({ history, asked, unread }: Loading): Run[] {
  const isWhole = ({ key }: Run) =>
    key.startsWith('event ') || (asked.has(key) && !unread.has(key));
  return [...history.runs.values()].filter(isWhole);
}

async function load(loading: Loading, names: string[], kind: string, ask: Ask): Promise<void> {
  const fresh = [...new Set(names)].filter((name) => !loading.asked.has(kind + name)).sort();
  for (const name of fresh) loading.asked.add(kind + name);
  for (let at = 0; at < fresh.length; at += limits.trace_batch_items) {
    await loadBatch(loading, fresh.slice(at, at + limits.trace_batch_items), kind, ask);
  }
}

/**
 * Takes an answer whole or not at all: of an item half of whose events are read nobody can say
 * where it is. A batch that does not fit is halved, so that one item with very many events hides
 * no others.
 */
async function loadBatch(
  loading: Loading,
  names: readonly string[],
  kind: string,
  ask: Ask,
): Promise<void> {
  if (names.length === 0) return;
  if (loading.events_left > 0) {
    loading.statements++;
    const limit = loading.events_left + 1;
    const events = await ask(names, limit);
    if (events.length < limit) {
      const known = loading.history.events.size;
      for (const event of events) addEvent(loading.history, event, loading.known_at);
      loading.events_left -= loading.history.events.size - known;
      return;
    }
    if (names.length > 1) {
      const half = Math.ceil(names.length / 2);
      await loadBatch(loading, names.slice(0, half), kind, ask);
      await loadBatch(loading, names.slice(half), kind, ask);
      return;
    }
  }
  for (const name of names) loading.unread.add(kind + name);
}

/** Reads items, what they were ever in, what that was in, …: all that says where they are. */
export async function loadUpwards(loading: Loading, items: readonly string[]): Promise<void> {
  let around: readonly string[] = items;
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    await loadItems(loading, around);
    const parents = around.flatMap((item) =>
      (loading.history.moves.get(item) ?? []).map(({ parent }) => parent),
    );
    around = [...new Set(parents)].filter((parent) => !loading.asked.has(parent));
  }
}

/** Reads items, what was ever in them, what was in that, …, with what says when it left. */
export async function loadDownwards(loading: Loading, items: readonly string[]): Promise<void> {
  let around: readonly string[] = items;
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    await loadItems(loading, around);
    const children = around.flatMap((item) => [...(loading.history.children.get(item) ?? [])]);
    around = [...new Set(children)].filter((child) => !loading.asked.has(child));
  }
}
