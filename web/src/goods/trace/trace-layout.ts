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

const siteOf = (place: string | null) => place?.replace(/\/254\/[^/]+$/, '') ?? null;

/**
 * A trace as a picture that stays readable however large it is: a row a place, a column a day, one
 * knot for all that was reached there then. A node stands where the event that reached it happened;
 * a start where it was seen first.
 */
export function layTrace(answer: TraceAnswer, zone: string): TraceLayout {
  const events = new Map(answer.events.map((event) => [event.id, event]));
  const seen = firstVisits(answer, events);
  const cells = new Map<string, Cell & { nodes: Node[] }>();
  const cellOf = new Map<string, Cell>();
  for (const node of answer.nodes) {
    const event = events.get(node.by ?? '') ?? seen.get(node.item);
    const place = siteOf(event?.biz_location ?? event?.read_point ?? null);
    const day = event ? dateInZone(event.event_time, zone) : '';
    const key = `${day} ${place ?? ''}`;
    const cell = cells.get(key) ?? { key, place, day, nodes: [] };
    cell.nodes.push(node);
    cells.set(key, cell);
    cellOf.set(node.item, cell);
  }
  const ordered = [...cells.values()].sort(
    (one, other) =>
      Number(one.day > other.day) - Number(one.day < other.day) ||
      Number((one.place ?? '') > (other.place ?? '')) - 1,
  );
  return {
    places: [...new Set(ordered.map(({ place }) => place))],
    days: [...new Set(ordered.map(({ day }) => day))],
    cells: ordered,
    ties: tiesOf(answer, cellOf),
  };
}

function firstVisits(answer: TraceAnswer, events: ReadonlyMap<string, Event>): Map<string, Event> {
  const first = new Map<string, Event>();
  for (const { item, event } of answer.visits) {
    const found = events.get(event);
    const known = first.get(item);
    if (found && (!known || found.event_time < known.event_time)) first.set(item, found);
  }
  return first;
}

function tiesOf(answer: TraceAnswer, cellOf: ReadonlyMap<string, Cell>): Tie[] {
  const ties = new Map<string, Tie>();
  for (const edge of answer.edges) {
    const [from, to] = [cellOf.get(edge.from), cellOf.get(edge.to)];
    if (!from || !to || from === to) continue;
    const key = `${from.key} → ${to.key}`;
    const tie = ties.get(key) ?? { from, to, count: 0 };
    tie.count += 1;
    ties.set(key, tie);
  }
  return [...ties.values()];
}
