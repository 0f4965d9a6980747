import {
  between,
  blockKeys,
  distancesOf,
  linesOf,
  netOf,
  ownCells,
  partitions,
  partnerFinder,
  rotations,
} from './ground.ts';
import type { System } from './system.ts';

/**
 * A way in which the atoms could differ from the truth while what is published stays as it is:
 * `atoms[at]` changes by `signs[at]`. It can be taken as far as `reach`, at which an atom would
 * fall below what somebody knows to be in it; `cost` is what must be suppressed for it beyond
 * what is.
 */
export type Move = {
  readonly atoms: readonly number[];
  readonly signs: readonly number[];
  readonly reach: number;
  readonly cost: number;
};

export type Wish = {
  readonly cell: number;
  readonly direction: 1 | -1;
  readonly amount: number;
  /** How much an atom may fall. */
  readonly room: (atom: number) => number;
};

const LINE = 32;
const STARTS = 3;
/** Nothing newly suppressed is the least that a move can cost. */
const CHEAP = 1;
/** Good enough not to begin from another atom. */
const FAIR = 60;
/** From here on it pays to look among moves with fewer corners, which suppress more margins. */
const DEAR = 500;
/** What a cell that is out counts for while a move is being put together. */
const FIXED = 1e6;

/** What moves are looked for on, made once for a system. */
function groundOf(system: System, costOf: (cell: number) => number) {
  const keys = blockKeys(system);
  return {
    system,
    costOf,
    lines: linesOf(system, keys),
    net: netOf(system),
    own: ownCells(system),
    distance: distancesOf(system),
    partner: partnerFinder(system, keys),
    /** For each atom the last cell asked about that it is in. */
    inside: new Int32Array(system.amount.length).fill(-1),
    orders: rotations(system.variables),
    coarser: partitions(system.variables).filter((one) => one.length < system.variables),
    isLinked: system.layouts.length > 1,
  };
}

type Ground = ReturnType<typeof groundOf>;

/** What has been gathered of a move: it begins with one atom. */
type Draft = { readonly atoms: number[]; readonly signs: number[] };

/**
 * Mirrors what has been gathered along a block of variables: all of it once more under other codes
 * of the block, with the opposite signs. False where no codes have all the images.
 */
function mirror(ground: Ground, { atoms, signs }: Draft, block: number, wish: Wish): boolean {
  const from = atoms[0] as number;
  const line = ground.lines(from, block);
  let best: number[] | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < line.length && at < LINE; at++) {
    const other = line[at] as number;
    if (other === from || ground.inside[other] === wish.cell) continue;
    const images = imagesOf(ground, atoms, block, other);
    if (!images) continue;
    let reach = Number.POSITIVE_INFINITY;
    let cost = 0.1 + ground.distance(from, other, block);
    for (let i = 0; i < images.length; i++) {
      const image = images[i] as number;
      if ((signs[i] as number) > 0) reach = Math.min(reach, wish.room(image));
      if (!ground.isLinked) cost += ground.costOf(ground.own[image] as number);
    }
    if (reach <= 0) continue;
    if (ground.isLinked) cost += spoilt(ground, [...atoms, ...images], mirrored(signs));
    const price = reach >= wish.amount ? cost : (cost * wish.amount) / reach;
    if (price < least) [best, least] = [images, price];
  }
  if (!best) return false;
  atoms.push(...best);
  signs.push(...mirrored(signs).slice(signs.length));
  return true;
}

/** What it costs as it stands, where a cell that is out may yet be left as it is by what comes. */
function spoilt(
  { net, costOf }: Ground,
  atoms: readonly number[],
  signs: readonly number[],
): number {
  let cost = 0;
  net(atoms, signs, (cell) => {
    cost += Math.min(FIXED, costOf(cell));
  });
  return cost;
}

function imagesOf(
  { partner }: Ground,
  atoms: readonly number[],
  block: number,
  other: number,
): number[] | null {
  if (block === 0) return atoms.length === 1 ? [other] : null;
  const images: number[] = [];
  for (const atom of atoms) {
    const image = partner(atom, block, other);
    if (image < 0) return null;
    images.push(image);
  }
  return images;
}

/** The move that has been gathered, where it moves the cell by one and can be taken at all. */
function weigh({ net, costOf }: Ground, { atoms, signs }: Draft, wish: Wish): Move | null {
  let reach = Number.POSITIVE_INFINITY;
  atoms.forEach((atom, at) => {
    if ((signs[at] as number) < 0) reach = Math.min(reach, wish.room(atom));
  });
  if (reach <= 0) return null;
  let cost = 0;
  let change = 0;
  net(atoms, signs, (cell, by) => {
    if (cell === wish.cell) change = by;
    cost += costOf(cell);
  });
  if (change !== wish.direction || cost === Number.POSITIVE_INFINITY) return null;
  return { atoms: [...atoms], signs: [...signs], reach, cost };
}

/** Finds moves over one system; `costOf` a cell is 0 where it is suppressed already. */
export function moveFinder(system: System, costOf: (cell: number) => number) {
  const ground = groundOf(system, costOf);
  return (wish: Wish): Move | null => {
    const members = between(system.cellAtoms, wish.cell);
    for (const atom of members) ground.inside[atom] = wish.cell;
    const size = (atom: number) =>
      (wish.direction > 0 ? system.amount[atom] : wish.room(atom)) ?? 0;
    const starts = largestOf(members, size, wish.direction > 0 ? -1 : 0);
    const best = cheapestOf(wish);
    for (const start of starts) {
      if (best.price <= FAIR) break;
      for (const order of ground.orders) {
        follow(ground, start, order, best);
        if (best.price <= CHEAP) return best.move;
      }
    }
    if (best.price <= DEAR || starts.length === 0) return best.move;
    for (const blocks of ground.coarser) {
      const draft = { atoms: [starts[0] as number], signs: [wish.direction] };
      for (const block of blocks) {
        if (mirror(ground, draft, block, wish)) best.offer(weigh(ground, draft, wish));
      }
    }
    return best.move;
  };
}

/** Mirrors along one variable after the other, and along those that did not work as one block. */
function follow(ground: Ground, start: number, order: readonly number[], best: Cheapest): void {
  const { wish } = best;
  const draft: Draft = { atoms: [start], signs: [wish.direction] };
  const offer = () => best.offer(weigh(ground, draft, wish));
  // Atoms under the same codes differ by the releases that they are in.
  if (ground.isLinked && mirror(ground, draft, 0, wish)) offer();
  let missed = 0;
  for (const variable of order) {
    if (!mirror(ground, draft, 1 << variable, wish)) missed |= 1 << variable;
    else if (ground.isLinked) offer();
  }
  offer();
  if ((missed & (missed - 1)) !== 0 && mirror(ground, draft, missed, wish)) offer();
}

type Cheapest = ReturnType<typeof cheapestOf>;

/** The best of the moves offered: what it costs for the whole amount that is asked. */
function cheapestOf(wish: Wish) {
  const best = {
    wish,
    move: null as Move | null,
    price: Number.POSITIVE_INFINITY,
    offer(move: Move | null) {
      if (!move) return;
      const price = (1 + move.cost) * Math.max(1, wish.amount / move.reach);
      if (price < best.price) [best.move, best.price] = [move, price];
    },
  };
  return best;
}

const mirrored = (signs: readonly number[]) => [...signs, ...signs.map((sign) => -sign)];

/** The few members with the largest size, none of a size at or below `floor`. */
function largestOf(members: Int32Array, size: (atom: number) => number, floor: number): number[] {
  const best: [atom: number, size: number][] = [];
  for (const atom of members) {
    const own = size(atom);
    if (own <= floor) continue;
    if (best.length === STARTS && own <= (best.at(-1)?.[1] ?? 0)) continue;
    best.push([atom, own]);
    best.sort((a, b) => b[1] - a[1]);
    if (best.length > STARTS) best.pop();
  }
  return best.map(([atom]) => atom);
}
