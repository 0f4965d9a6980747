import { FLOWS, type Flow } from '../kernel/flows.ts';
import { type Curve, type Point, sampleCurve, tieAcross } from './curves.ts';
import type { Knot, KnotTone, LateSpan, WeaveData } from './data.ts';
import { type Box, type PlacedLabel, placeLabels } from './labels.ts';
import { spread } from './spread.ts';
import { type Tick, type TimeScale, timeScale } from './time-scale.ts';

export type PlacedKnot = Point & { knot: Knot; text: string; label: PlacedLabel | undefined };

export type PlacedTie = {
  key: string;
  from: string;
  to: string;
  tone: KnotTone;
  /** The thread a tie runs along where both knots lie on it; undefined between two threads. */
  along: Flow | undefined;
  promised: boolean;
  curve: Curve;
};

export type WeaveLayout = {
  width: number;
  height: number;
  lanes: readonly { flow: Flow; y: number }[];
  threads: { start: number; end: number; nowX: number };
  ticks: readonly Tick[];
  knots: readonly PlacedKnot[];
  ties: readonly PlacedTie[];
  spans: readonly { key: string; from: number; to: number; y: number }[];
};

export type LayoutOptions = {
  width: number;
  /** Room at the left for the names of the flows. */
  gutter: number;
  zone: string;
  text: (knot: Knot) => string;
  /** Width in pixels of a label's text. */
  measure: (text: string) => number;
};

export const KNOT_RADIUS = 7.5;
export const PILL = { width: 48, height: 20 };
const END_ROOM = 20;
const FIRST_LANE = 62;
const LANE_DISTANCE = 72;
const FOOT = 60;
const LEAST_KNOT_DISTANCE = 19;
const RANKS: Readonly<Record<KnotTone, number>> = { broken: 0, late: 1, normal: 2 };

/** Where everything of a weave is drawn, for a given width. Pure: same input, same places. */
export function layoutWeave(data: WeaveData, options: LayoutOptions): WeaveLayout {
  const { width, zone } = options;
  const start = options.gutter;
  const end = width - END_ROOM;
  const scale = timeScale({ from: data.from, to: data.to, zone, start: start + 8, end });
  const nowX = Math.min(end, Math.max(start, scale.x(data.now)));
  const lanes = FLOWS.map((flow, index) => ({ flow, y: FIRST_LANE + index * LANE_DISTANCE }));
  const height = FIRST_LANE + (FLOWS.length - 1) * LANE_DISTANCE + FOOT;
  const points = placeKnots(data.knots, lanes, scale, { start: start + 10, nowX, end });
  const ties = placeTies(data, points);
  const labels = placeLabels(
    data.knots.map((knot) => ({
      id: knot.id,
      knot: points.get(knot.id) ?? { x: 0, y: 0 },
      width: options.measure(options.text(knot)),
      rank: RANKS[knot.tone] + (knot.kind === 'promise' ? 2 : 0),
    })),
    {
      bounds: { left: start - 4, top: 4, right: width - 2, bottom: height - 22 },
      obstacles: obstacles(points, nowX),
      soft: softPoints(ties, nowX, height),
    },
  );
  return {
    width,
    height,
    lanes,
    threads: { start, end, nowX },
    ticks: scale.ticks,
    knots: data.knots.map((knot) => ({
      ...(points.get(knot.id) ?? { x: 0, y: 0 }),
      knot,
      text: options.text(knot),
      label: labels.get(knot.id),
    })),
    ties,
    spans: data.spans.map((span) => placeSpan(span, data, points, lanes, scale)),
  };
}

/** Knots keep their order on a thread, do not touch, and never cross the line of now. */
function placeKnots(
  knots: readonly Knot[],
  lanes: WeaveLayout['lanes'],
  scale: TimeScale,
  room: { start: number; nowX: number; end: number },
): ReadonlyMap<string, Point> {
  const points = new Map<string, Point>();
  for (const { flow, y } of lanes) {
    const ordered = knots
      .filter((knot) => knot.flow === flow)
      .map((knot) => ({ id: knot.id, x: scale.x(knot.at) }))
      .sort((a, b) => a.x - b.x);
    const past = ordered.filter(({ x }) => x <= room.nowX);
    const ahead = ordered.filter(({ x }) => x > room.nowX);
    const put = (side: typeof ordered, lower: number, upper: number) => {
      const moved = spread(
        side.map(({ x }) => x),
        LEAST_KNOT_DISTANCE,
        lower,
        upper,
      );
      for (const [index, { id }] of side.entries()) points.set(id, { x: moved[index] ?? lower, y });
    };
    put(past, room.start, Math.max(room.start, room.nowX - KNOT_RADIUS - 3));
    put(ahead, Math.min(room.end, room.nowX + KNOT_RADIUS + 4), room.end - KNOT_RADIUS);
  }
  return points;
}

function placeTies(data: WeaveData, points: ReadonlyMap<string, Point>): PlacedTie[] {
  const knotById = new Map(data.knots.map((knot) => [knot.id, knot]));
  return data.ties.flatMap(({ from, to, tone }) => {
    const [first, second] = [knotById.get(from), knotById.get(to)];
    const [start, end] = [points.get(from), points.get(to)];
    if (!first || !second || !start || !end) return [];
    return {
      key: `${from}>${to}`,
      from,
      to,
      tone,
      along: first.flow === second.flow ? first.flow : undefined,
      promised: first.kind === 'promise' || second.kind === 'promise',
      curve: tieAcross(start, end),
    };
  });
}

/** A late stretch ends at its knots, wherever these were moved to. */
function placeSpan(
  span: LateSpan,
  data: WeaveData,
  points: ReadonlyMap<string, Point>,
  lanes: WeaveLayout['lanes'],
  scale: TimeScale,
): WeaveLayout['spans'][number] {
  const at = (instant: string) => {
    const knot = data.knots.find(({ flow, at }) => flow === span.flow && at === instant);
    return (knot && points.get(knot.id)?.x) ?? scale.x(instant);
  };
  return {
    key: `${span.flow}:${span.from}`,
    from: at(span.from),
    to: at(span.to),
    y: lanes.find(({ flow }) => flow === span.flow)?.y ?? 0,
  };
}

function obstacles(points: ReadonlyMap<string, Point>, nowX: number): Box[] {
  const reach = KNOT_RADIUS + 3;
  const knots = [...points.values()].map(({ x, y }) => ({
    left: x - reach,
    right: x + reach,
    top: y - reach,
    bottom: y + reach,
  }));
  const half = PILL.width / 2 + 2;
  return [...knots, { left: nowX - half, right: nowX + half, top: 0, bottom: PILL.height }];
}

const TIE_SAMPLES = 28;
const NOW_SAMPLE_DISTANCE = 5;

function softPoints(ties: readonly PlacedTie[], nowX: number, height: number): Point[] {
  const alongTies = ties
    .filter(({ along }) => along === undefined)
    .flatMap(({ curve }) => sampleCurve(curve, TIE_SAMPLES));
  const alongNow = Array.from({ length: Math.floor(height / NOW_SAMPLE_DISTANCE) }, (_, index) => ({
    x: nowX,
    y: index * NOW_SAMPLE_DISTANCE,
  }));
  return [...alongTies, ...alongNow];
}
