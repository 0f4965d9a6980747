import { limits } from '../../../kernel/index.ts';
import type { EventSource } from './graph.ts';
import { addEvent } from './history.ts';
import { loadUpwards, openLoading } from './loading.ts';
import { isoOf, momentOf } from './moments.ts';
import type { Start, TraceOptions } from './trace.ts';
import { presenceOf } from './whereabouts.ts';

/** A place, or several that are meant together (a store with its docks), in [from, to). */
export type Visit = {
  readonly places: readonly string[];
  readonly from: string;
  readonly to: string;
};

export type Presence = {
  readonly starts: readonly Start[];
  /** More events at the place than may be read: nothing is given rather than a part. */
  readonly is_cut: boolean;
  /** Things, and what they were in, of which not all is read: they may have left before. */
  readonly unread: readonly string[];
};

/**
 * Where a trace begins that asks what was at a place in a window of time: all that arrived in it,
 * and all that had come before and not left, with its pallet or alone. Forward each counts from the
 * first moment there within the window, backward until the last. Of what could not be read the
 * events at the place count: it may be named though it had left, and is in `unread`.
 */
export async function startsAt(
  source: EventSource,
  { places, from, to }: Visit,
  { direction, known_at, events: most }: Pick<TraceOptions, 'direction' | 'known_at' | 'events'>,
): Promise<Presence> {
  const loading = openLoading(source, known_at, most);
  const events = await source.eventsAt(places, null, to, limits.trace_events);
  if (events.length >= limits.trace_events) return { starts: [], is_cut: true, unread: [] };
  for (const event of events) addEvent(loading.history, event, known_at);
  const items = [...loading.history.by_item.keys()].sort();
  await loadUpwards(loading, items);
  const wanted = new Set(places);
  const [begins, ends] = [momentOf(from), momentOf(to)];
  const starts = items.flatMap((item): Start[] => {
    const spans = presenceOf(loading.history, item, wanted, ends).filter(
      (span) => span.to > begins,
    );
    const [first, last] = [spans[0], spans.at(-1)];
    if (first === undefined || last === undefined) return [];
    const at =
      direction === 'forward'
        ? isoOf(Math.max(first.from, begins))
        : isoOf(Math.min(last.to, ends), 'ends');
    return [{ item, at }];
  });
  return { starts, is_cut: false, unread: [...loading.unread].sort() };
}
