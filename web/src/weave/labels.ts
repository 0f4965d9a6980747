import type { Point } from './curves.ts';

export type Box = { left: number; top: number; right: number; bottom: number };

/** A text that wants a place near its knot; low rank is placed first. */
export type LabelWish = { id: string; knot: Point; width: number; rank: number };

export type PlacedLabel = { x: number; baseline: number; box: Box; leader: boolean };

export type Field = {
  bounds: Box;
  /** Never covered: knots, the "today" pill. */
  obstacles: readonly Box[];
  /** Better not covered: points along ties and the "today" line. */
  soft: readonly Point[];
};

type Slot = { baseline: number; leader: boolean; cost: number };

/** Where a text may stand: just above or below its knot, or a row further with a leader line. */
const SLOTS: readonly Slot[] = [
  { baseline: -15, leader: false, cost: 0 },
  { baseline: 26, leader: false, cost: 1 },
  { baseline: -31, leader: true, cost: 5 },
  { baseline: 42, leader: true, cost: 6 },
];
const SHIFTS = [0, -0.25, 0.25, -0.42, 0.42];
const ASCENT = 11;
const DESCENT = 4;
const AIR = 3;
const SOFT_COST = 0.8;

/**
 * Places each text at its cheapest free spot, the most important first. A text without a free
 * spot is left out (the page then shows it when its knot is pointed at): texts never overlap.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  field: Field,
): ReadonlyMap<string, PlacedLabel> {
  const placed = new Map<string, PlacedLabel>();
  const taken = [...field.obstacles];
  for (const wish of [...wishes].sort((a, b) => a.rank - b.rank || a.knot.x - b.knot.x)) {
    const best = cheapest(wish, field, taken);
    if (!best) continue;
    placed.set(wish.id, best);
    taken.push(best.box);
  }
  return placed;
}

function cheapest(wish: LabelWish, field: Field, taken: readonly Box[]): PlacedLabel | undefined {
  let best: { label: PlacedLabel; cost: number } | undefined;
  for (const slot of SLOTS) {
    for (const shift of SHIFTS) {
      const label = labelAt(wish, slot, shift, field.bounds);
      if (!isWithin(label.box, field.bounds)) continue;
      if (taken.some((box) => overlaps(box, label.box))) continue;
      const covered = field.soft.filter((point) => contains(label.box, point)).length;
      const cost = slot.cost + Math.abs(label.x - wish.knot.x) / 20 + covered * SOFT_COST;
      if (!best || cost < best.cost) best = { label, cost };
    }
  }
  return best?.label;
}

function labelAt(wish: LabelWish, slot: Slot, shift: number, bounds: Box): PlacedLabel {
  const half = wish.width / 2;
  const wanted = wish.knot.x + wish.width * shift;
  const x = Math.min(bounds.right - half - AIR, Math.max(bounds.left + half + AIR, wanted));
  const baseline = wish.knot.y + slot.baseline;
  const box = {
    left: x - half - AIR,
    right: x + half + AIR,
    top: baseline - ASCENT,
    bottom: baseline + DESCENT,
  };
  return { x, baseline, box, leader: slot.leader };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function contains(box: Box, { x, y }: Point): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}

function isWithin(box: Box, bounds: Box): boolean {
  const fits = (inner: number, outer: number) => inner >= outer - 0.01;
  return (
    fits(box.left, bounds.left) &&
    fits(bounds.right, box.right) &&
    fits(box.top, bounds.top) &&
    fits(bounds.bottom, box.bottom)
  );
}
