export type Point = { x: number; y: number };

/** A cubic Bézier curve: two ends and their two handles. */
export type Curve = { from: Point; out: Point; into: Point; to: Point };

/** A tie between threads that run to the right: it leaves and meets its threads along them. */
export function tieAcross(from: Point, to: Point): Curve {
  const middle = (from.x + to.x) / 2;
  // A tie of knots that lie close above each other needs some room, or it looks like a scratch.
  const lean = Math.max(10, (26 - Math.abs(to.x - from.x)) / 2);
  return {
    from,
    out: { x: middle + lean, y: from.y },
    into: { x: middle - lean, y: to.y },
    to,
  };
}

/** A tie between threads that run downwards. */
export function tieDown(from: Point, to: Point): Curve {
  const pull = Math.max(14, Math.min(46, Math.abs(to.y - from.y) * 0.55));
  return {
    from,
    out: { x: from.x, y: from.y + pull },
    into: { x: to.x, y: to.y - pull },
    to,
  };
}

export function curvePath({ from, out, into, to }: Curve): string {
  return `M${pair(from)}C${pair(out)} ${pair(into)} ${pair(to)}`;
}

/** Points along a curve, ends included. */
export function sampleCurve(curve: Curve, count: number): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const t = index / (count - 1);
    const s = 1 - t;
    const weights = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t] as const;
    const at = (axis: 'x' | 'y') =>
      weights[0] * curve.from[axis] +
      weights[1] * curve.out[axis] +
      weights[2] * curve.into[axis] +
      weights[3] * curve.to[axis];
    return { x: at('x'), y: at('y') };
  });
}

function pair({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
