import type { Point, Shape } from './layout.ts';

/** Texts one under the other, about a point in the middle of the room that was found. */
export type Label = { x: number; y: number; texts: readonly string[] };

export const LINE_HEIGHT = 15;
const SPACE = 2;
/** Heights of an area at which room for a text is looked for. */
const LOOKS = 17;

/** The first of the texts, each of some lines, that an area has room for; none where it has not. */
export function labelIn(
  shape: Shape,
  offered: readonly (readonly string[])[],
  widthOf: (text: string) => number,
): Label | undefined {
  for (const texts of offered) {
    const room = widestRoom(shape, (texts.length * LINE_HEIGHT) / 2);
    const needed = Math.max(...texts.map(widthOf)) + SPACE;
    if (room && room.width >= needed) return { x: room.x, y: room.y, texts };
  }
  return undefined;
}

/** The middle of the widest stretch that lies inside over a height of twice `half`. */
function widestRoom({ rings, box }: Shape, half: number) {
  let best: { x: number; y: number; width: number } | undefined;
  const from = box.low + half;
  const step = (box.high - half - from) / (LOOKS - 1);
  if (step <= 0) return undefined;
  for (let look = 0; look < LOOKS; look++) {
    // From the middle outwards: of rooms of one width the one in the middle is taken.
    const away = Math.ceil(look / 2) * (look % 2 === 0 ? 1 : -1);
    const y = from + step * ((LOOKS - 1) / 2 + away);
    const [top, middle, bottom] = [y - half, y, y + half].map((at) => insideAt(rings, at));
    for (const [left, right] of shared(shared(top ?? [], middle ?? []), bottom ?? [])) {
      if (right - left <= (best?.width ?? 0) + 1) continue;
      best = { x: (left + right) / 2, y, width: right - left };
    }
  }
  return best;
}

type Stretch = readonly [left: number, right: number];

/** Stretches of a height that lie inside the rings, by the even-odd rule. */
function insideAt(rings: readonly (readonly Point[])[], y: number): Stretch[] {
  const crossings: number[] = [];
  for (const ring of rings) {
    for (let at = 1; at < ring.length; at++) {
      const [[x0, y0], [x1, y1]] = [ring[at - 1] as Point, ring[at] as Point];
      if (y0 <= y === y1 <= y) continue;
      crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  crossings.sort((one, other) => one - other);
  return crossings.flatMap((left, at) =>
    at % 2 === 0 ? [[left, crossings[at + 1] ?? left] as const] : [],
  );
}

function shared(ones: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  return ones.flatMap(([left, right]) =>
    others.flatMap(([from, to]): Stretch[] => {
      const stretch = [Math.max(left, from), Math.min(right, to)] as const;
      return stretch[0] < stretch[1] ? [stretch] : [];
    }),
  );
}
