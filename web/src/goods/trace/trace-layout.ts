import { dateInZone } from '../../../../src/kernel/dates.ts';
import type { TraceAnswer } from '../../generated/api.ts';

type Node = TraceAnswer['nodes'][number];
type Event = TraceAnswer['events'][number];

/** What was reached at one place on one day: a knot, however many things it stands for. */
export type Cell = {
  key: string;
  place: string | null;
  day: string;
  nodes: readonly Node[];
};

/** Goods that went from one cell to another: one line, however many they are. */
export type Tie = { from: Cell; to: Cell; count: number };

export type TraceLayout = {
  /** Places in the order in which the goods came there. */
  places: readonly (string | null)[];
  days: readonly string[];
  cells: readonly Cell[];
  ties: readonly Tie[];
};

const siteOf = (place: string) => place.replace(/\/254\/[^/]+$/, '');

/** Where an event was; where it does not say, with whoever recorded it. */
const placeOf = ({ biz_location, read_point, capturer_id }: Event) =>
  siteOf(biz_location ?? read_point ?? `urn:uuid:${capturer_id}`);

type Grown = Cell & { items: Map<string, Node> };

/**
 * A trace as a picture that stays readable however large it is: a row a place, a column a day, one
 * knot for all that was there then. Lines are the ways that goods went, from each place where they
 * were seen to the next.
 */
export function layTrace(answer: TraceAnswer, zone: string): TraceLayout {
  const events = new Map(answer.events.map((event) => [event.id, event]));
  const stops = stopsOf(answer, events);
  const cells = new Map<string, Grown>();
  const ties = new Map<string, Tie>();
  for (const node of answer.nodes) {
    let last: Grown | undefined;
    for (const event of stops.get(node.item) ?? [undefined]) {
      const cell = cellAt(cells, event, zone);
      cell.items.set(node.item, node);
      if (last !== undefined && last !== cell) addTie(ties, last, cell);
      last = cell;
    }
  }
  const ordered = [...cells.values()].sort(
    (one, other) =>
      Number(one.day > other.day) - Number(one.day < other.day) ||
      Number((one.place ?? '') > (other.place ?? '')) -
        Number((one.place ?? '') < (other.place ?? '')),
  );
  for (const cell of ordered) cell.nodes = [...cell.items.values()];
  return {
    places: [...new Set(ordered.map(({ place }) => place))],
    days: [...new Set(ordered.map(({ day }) => day))],
    cells: ordered,
    ties: [...ties.values()],
  };
}

/** The events of each node in the order of time: what reached it, and where it was seen since. */
function stopsOf(answer: TraceAnswer, events: ReadonlyMap<string, Event>): Map<string, Event[]> {
  const stops = new Map<string, Event[]>();
  const add = (item: string, id: string | null) => {
    const event = events.get(id ?? '');
    if (event) stops.set(item, [...(stops.get(item) ?? []), event]);
  };
  for (const { item, by } of answer.nodes) add(item, by);
  for (const { item, event } of answer.visits) add(item, event);
  for (const list of stops.values()) {
    list.sort((one, other) => (one.event_time < other.event_time ? -1 : 1));
  }
  return stops;
}

function cellAt(cells: Map<string, Grown>, event: Event | undefined, zone: string): Grown {
  const place = event ? placeOf(event) : null;
  const day = event ? dateInZone(event.event_time, zone) : '';
  const key = `${day} ${place ?? ''}`;
  const cell = cells.get(key) ?? { key, place, day, nodes: [], items: new Map() };
  cells.set(key, cell);
  return cell;
}

function addTie(ties: Map<string, Tie>, from: Cell, to: Cell): void {
  const key = `${from.key} → ${to.key}`;
  const tie = ties.get(key) ?? { from, to, count: 0 };
  tie.count += 1;
  ties.set(key, tie);
}
