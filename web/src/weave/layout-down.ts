import { FLOWS, type Flow } from '../kernel/flows.ts';
import { curvePath, type Point, tieDown } from './curves.ts';
import type { Knot, KnotTone, WeaveData } from './data.ts';

export type DownRow = { kind: 'knot'; knot: Knot; at: Point } | { kind: 'now'; y: number };

export type DownLayout = {
  width: number;
  height: number;
  rows: readonly DownRow[];
  threads: readonly { flow: Flow; x: number; nowY: number }[];
  ties: readonly { key: string; path: string; tone: KnotTone; promised: boolean }[];
  spans: readonly { key: string; x: number; from: number; to: number }[];
};

export const ROW_HEIGHT = 52;
export const NOW_HEIGHT = 36;
const FIRST_THREAD = 14;
const THREAD_DISTANCE = 24;

/**
 * The weave for a narrow screen: one row for each knot in the order of time, with the line of
 * today between what happened and what was promised. Pure, as its sibling that runs to the right.
 */
export function layoutDown(data: WeaveData): DownLayout {
  const threadX = (flow: Flow) => FIRST_THREAD + FLOWS.indexOf(flow) * THREAD_DISTANCE;
  const ordered = [...data.knots].sort((a, b) => a.at.localeCompare(b.at));
  const pastCount = ordered.filter(({ at }) => at <= data.now).length;
  const nowY = pastCount * ROW_HEIGHT + NOW_HEIGHT / 2;
  const points = new Map<string, Point>();
  const knots = ordered.map((knot, index): DownRow => {
    const offset = index < pastCount ? 0 : NOW_HEIGHT;
    const at = { x: threadX(knot.flow), y: (index + 0.5) * ROW_HEIGHT + offset };
    points.set(knot.id, at);
    return { kind: 'knot', knot, at };
  });
  return {
    width: FIRST_THREAD * 2 + THREAD_DISTANCE * (FLOWS.length - 1),
    height: ordered.length * ROW_HEIGHT + NOW_HEIGHT,
    rows: [...knots.slice(0, pastCount), { kind: 'now', y: nowY }, ...knots.slice(pastCount)],
    threads: FLOWS.map((flow) => ({ flow, x: threadX(flow), nowY })),
    ties: placeTies(data, points),
    spans: data.spans.flatMap((span) => {
      const end = (instant: string) => {
        const knot = ordered.find(({ flow, at }) => flow === span.flow && at === instant);
        return knot && points.get(knot.id)?.y;
      };
      const [from, to] = [end(span.from), end(span.to)];
      if (from === undefined || to === undefined) return [];
      return [{ key: `${span.flow}:${span.from}`, x: threadX(span.flow), from, to }];
    }),
  };
}

function placeTies(data: WeaveData, points: ReadonlyMap<string, Point>): DownLayout['ties'] {
  const knotById = new Map(data.knots.map((knot) => [knot.id, knot]));
  return data.ties.flatMap(({ from, to, tone }) => {
    const [start, end] = [points.get(from), points.get(to)];
    if (!start || !end || start.x === end.x) return [];
    const promised = [from, to].some((id) => knotById.get(id)?.kind === 'promise');
    return [{ key: `${from}>${to}`, path: curvePath(tieDown(start, end)), tone, promised }];
  });
}
