import fc from 'fast-check';
import type { EventSource, Mention, Role, TraceEvent } from './graph.ts';

type Given = Partial<Omit<TraceEvent, 'mentions'>> & { type: string };
type Named = { [role in Role]?: readonly (string | Mention)[] };

let made = 0;

/** An event of a story. A name that begins with `lot` is a class; times are 2026-03-02 hh:mm. */
export function event(time: string, given: Given, named: Named): TraceEvent {
  const event_time = `2026-03-02T${time}:00.000Z`;
  const mentions = Object.entries(named).flatMap(([role, items]) =>
    items.map((item) => (typeof item === 'string' ? mention(role as Role, item) : item)),
  );
  return {
    id: `e${String(++made).padStart(6, '0')}`,
    action: null,
    event_time,
    recorded_at: event_time,
    biz_step: null,
    disposition: null,
    read_point: null,
    biz_location: null,
    transformation_id: null,
    transactions: [],
    sources: [],
    destinations: [],
    capturer_id: 'us',
    ...given,
    mentions,
  };
}

export function mention(
  role: Role,
  item: string,
  quantity: string | null = null,
  uom: string | null = null,
): Mention {
  return { item, role, by_class: item.startsWith('lot'), quantity, uom };
}

export const pack = (time: string, parent: string, ...child: (string | Mention)[]) =>
  event(time, { type: 'AggregationEvent', action: 'ADD' }, { parent: [parent], child });
export const unpack = (time: string, parent: string, ...child: (string | Mention)[]) =>
  event(time, { type: 'AggregationEvent', action: 'DELETE' }, { parent: [parent], child });
export const seeIn = (time: string, parent: string, ...child: (string | Mention)[]) =>
  event(time, { type: 'AggregationEvent', action: 'OBSERVE' }, { parent: [parent], child });
export const observe = (time: string, given: Partial<Given>, ...epc: (string | Mention)[]) =>
  event(time, { type: 'ObjectEvent', action: 'OBSERVE', ...given }, { epc });
export const transform = (
  time: string,
  input: (string | Mention)[],
  output: (string | Mention)[],
  given: Partial<Given> = {},
) => event(time, { type: 'TransformationEvent', ...given }, { input, output });

/** A source over a list, which counts what it was asked. */
export function memorySource(events: readonly TraceEvent[]): EventSource & { asked: string[] } {
  const asked: string[] = [];
  const pick = async (word: string, limit: number, fits: (event: TraceEvent) => boolean) => {
    asked.push(word);
    return events.filter(fits).slice(0, limit);
  };
  return {
    asked,
    eventsOf: (items, limit) => {
      const wanted = new Set(items);
      const names = ({ mentions }: TraceEvent) => mentions.some(({ item }) => wanted.has(item));
      return pick('items', limit, names);
    },
    eventsOfTransformation: (ids, limit) =>
      pick('runs', limit, (one) => ids.includes(one.transformation_id ?? '')),
    eventsOfTransaction: (ids, limit) =>
      pick('transactions', limit, (one) => one.transactions.some((id) => ids.includes(id))),
    eventsAt: (places, from, to, limit) =>
      pick('places', limit, (one) => {
        const isThere = [one.read_point, one.biz_location].some((id) => places.includes(id ?? ''));
        const { event_time: at } = one;
        return isThere && (from === null || at >= from) && (to === null || at < to);
      }),
  };
}

const hour = fc.integer({ min: 0, max: 11 }).map((at) => `${String(at).padStart(2, '0')}:00`);
const items = ['a', 'b', 'c', 'd', 'p', 'q', 'r', 'lot1', 'lot2'] as const;
export const smallItems: readonly string[] = items;
const anyItem = fc.constantFrom(...items);
const some = fc.uniqueArray(anyItem, { minLength: 1, maxLength: 3 });

const packing = fc
  .tuple(
    hour,
    fc.constantFrom('p', 'q', 'r', 'd'),
    fc.uniqueArray(anyItem, { maxLength: 3 }),
    fc.constantFrom('ADD', 'ADD', 'OBSERVE', 'DELETE'),
    fc.constantFrom('AggregationEvent', 'AggregationEvent', 'AssociationEvent'),
  )
  .map(([time, parent, children, action, type]) => {
    const child = children.filter((one) => one !== parent);
    return event(time, { type, action: action as 'ADD' }, { parent: [parent], child });
  });

const transformation = fc
  .tuple(hour, some, some, fc.constantFrom(null, null, 'run1', 'run2'))
  .map(([time, input, output, transformation_id]) =>
    transform(time, input, output, { transformation_id }),
  );

const object = fc
  .tuple(hour, some, fc.constantFrom('ADD', 'OBSERVE', 'OBSERVE', 'DELETE'))
  .map(([time, epc, action]) =>
    event(time, { type: 'ObjectEvent', action: action as 'ADD' }, { epc }),
  );

/** Small histories of a few items on a few instants, in any order, with every kind of surprise. */
export const smallHistory: fc.Arbitrary<TraceEvent[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: packing },
    { weight: 3, arbitrary: transformation },
    { weight: 1, arbitrary: object },
  ),
  { minLength: 1, maxLength: 14 },
);
