import type { Area, Areas, Position } from './areas.ts';

/** Pixels from the top left. */
export type Point = readonly [x: number, y: number];
export type Box = { left: number; right: number; low: number; high: number };

/** An area in pixels; `path` is for `fill-rule: evenodd`, so that holes are empty. */
export type Shape = { area: Area; rings: readonly (readonly Point[])[]; box: Box; path: string };
export type Layout = {
  width: number;
  height: number;
  shapes: readonly Shape[];
  lines: readonly string[];
};

/** Room for the frame of what is chosen at the edge. */
const MARGIN = 4;
const HIGHEST = 620;
const STEEPEST = 1.3;
/** A map of one point would have no scale. */
const LEAST_EXTENT = 1e-9;

/**
 * Lays areas out in a picture of a width in pixels: equirectangular, with the middle latitude as
 * the one at which east and north have one scale. Points
 * that fall together are one, so that a large file does not make a slow page.
 */
export function layOut({ areas, lines }: Areas, width: number): Layout {
  const { left, right, low, high } = boxOf([...areas.flatMap(({ rings }) => rings), ...lines]);
  const squeeze = Math.cos((((low + high) / 2) * Math.PI) / 180);
  const across = Math.max((right - left) * squeeze, LEAST_EXTENT);
  const down = Math.max(high - low, LEAST_EXTENT);
  const room = width - 2 * MARGIN;
  const scale = Math.min(room / across, Math.min(HIGHEST, width * STEEPEST) / down);
  const indent = MARGIN + (room - across * scale) / 2;
  const place = ([longitude, latitude]: Position): Point => [
    tenth(indent + (longitude - left) * squeeze * scale),
    tenth(MARGIN + (high - latitude) * scale),
  ];
  return {
    width,
    height: Math.ceil(down * scale + 2 * MARGIN),
    shapes: areas.map((area) => {
      const rings = area.rings.map((ring) => thinned(ring.map(place)));
      return { area, rings, box: boxOf(rings), path: `${rings.map(pathOf).join('Z')}Z` };
    }),
    lines: lines.map((line) => pathOf(thinned(line.map(place)))),
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10;

function boxOf(lines: readonly (readonly Point[])[]): Box {
  const box = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  for (const line of lines) {
    for (const [x, y] of line) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.low = Math.min(box.low, y);
      box.high = Math.max(box.high, y);
    }
  }
  return box;
}

const NEAR = 0.5;

/** Without points that nobody can tell from the one before; the two ends stay. */
function thinned(line: readonly Point[]): Point[] {
  const kept: Point[] = [];
  line.forEach(([x, y], index) => {
    const last = kept.at(-1);
    const isNear = last && Math.abs(x - last[0]) < NEAR && Math.abs(y - last[1]) < NEAR;
    if (!isNear || index === line.length - 1) kept.push([x, y]);
  });
  return kept;
}

const pathOf = (line: readonly Point[]) => `M${line.map(([x, y]) => `${x} ${y}`).join('L')}`;
