import type { Picked } from './order-life.ts';

type Held = { place_id: string; lot: string; quantity: number; from: number };

/** What the players remember of their own shelves, so that nobody ships what it never had. */
export type Shelf = {
  put(owner: string, place: string, product: string, lot: string, quantity: number, at: Date): void;
  /** Oldest lots first; null when the shelf does not hold enough by then. */
  take(owner: string, product: string, quantity: number, at: Date): Picked | null;
  /** The same, or else as much as there is: nothing of it where the shelf is empty. */
  takeUpTo(owner: string, product: string, quantity: number, at: Date): Picked['lots'];
};

export function openShelf(): Shelf {
  const held = new Map<string, Held[]>();
  const readyOf = (owner: string, product: string, at: Date) =>
    (held.get(`${owner} ${product}`) ?? []).filter(
      (one) => one.quantity > 0 && one.from <= at.getTime(),
    );
  return {
    put(owner, place_id, product, lot, quantity, at) {
      const key = `${owner} ${product}`;
      held.set(key, [...(held.get(key) ?? []), { place_id, lot, quantity, from: at.getTime() }]);
    },
    take(owner, product, quantity, at) {
      const ready = readyOf(owner, product, at);
      const enough = ready.reduce((sum, one) => sum + one.quantity, 0) >= quantity;
      const first = ready[0];
      if (!enough || !first) return null;
      return { place_id: first.place_id, lots: drawFrom(ready, quantity) };
    },
    takeUpTo: (owner, product, quantity, at) => drawFrom(readyOf(owner, product, at), quantity),
  };
}

function drawFrom(ready: readonly Held[], quantity: number): Picked['lots'] {
  const lots = new Map<string, number>();
  let missing = quantity;
  for (const one of ready) {
    if (missing === 0) break;
    const taken = Math.min(missing, one.quantity);
    one.quantity -= taken;
    missing -= taken;
    lots.set(one.lot, (lots.get(one.lot) ?? 0) + taken);
  }
  return [...lots].map(([lot, taken]) => ({ lot, quantity: taken }));
}
