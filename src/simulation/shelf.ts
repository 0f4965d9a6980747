import type { Picked } from './order-life.ts';

type Held = { place_id: string; lot: string; quantity: number; from: number };

/** What the players remember of their own shelves, so that nobody ships what it never had. */
export type Shelf = {
  put(owner: string, place: string, product: string, lot: string, quantity: number, at: Date): void;
  /** Oldest lots first; null when the shelf does not hold enough by then. */
  take(owner: string, product: string, quantity: number, at: Date): Picked | null;
};

export function openShelf(): Shelf {
  const held = new Map<string, Held[]>();
  return {
    put(owner, place_id, product, lot, quantity, at) {
      const key = `${owner} ${product}`;
      held.set(key, [...(held.get(key) ?? []), { place_id, lot, quantity, from: at.getTime() }]);
    },
    take(owner, product, quantity, at) {
      const all = held.get(`${owner} ${product}`) ?? [];
      const ready = all.filter((one) => one.quantity > 0 && one.from <= at.getTime());
      const enough = ready.reduce((sum, one) => sum + one.quantity, 0) >= quantity;
      const first = ready[0];
      if (!enough || !first) return null;
      const lots: Picked['lots'] = [];
      let missing = quantity;
      for (const one of ready) {
        if (missing === 0) break;
        const taken = Math.min(missing, one.quantity);
        one.quantity -= taken;
        missing -= taken;
        lots.push({ lot: one.lot, quantity: taken });
      }
      return { place_id: first.place_id, lots };
    },
  };
}
