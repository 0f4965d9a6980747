import { assert, limits } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { type Amount, amountsOf } from './amounts.ts';
import {
  checkVintage,
  classesOf,
  type Layout,
  type PreparedDimension,
  prepareDimension,
  type Vintage,
} from './table.ts';

/** Lists of whole numbers in one: those of `at` stand from start[at] to start[at + 1]. */
export type Lists = { readonly start: Int32Array; readonly items: Int32Array };

/** The largest contributions of a cell that rules may ask for. */
export const TOP = 5;

export type PlacedLayout = {
  readonly vintage: number;
  readonly name: string;
  readonly dimensions: readonly PreparedDimension[];
  /** Its first cell, and how many cells it has. */
  readonly first: number;
  readonly size: number;
};

/**
 * The tables of one release or of several as one system. An atom is what the same cells hold
 * throughout: contributions with the same codes in every vintage that has them. Every cell is a sum
 * of atoms, so whatever can be worked out from cells is a statement on atoms. A contribution that
 * was revised is another unknown from then on; one that was not is the same in both vintages.
 */
export type System = {
  readonly layouts: readonly PlacedLayout[];
  /** Cells of the layouts, then what is watched though no table shows it. */
  readonly cells: number;
  readonly amount: Float64Array;
  readonly atomCells: Lists;
  readonly cellAtoms: Lists;
  /** Which holdings are in an atom, and with how much. */
  readonly atomHolders: Lists;
  readonly held: Float64Array;
  readonly holders: readonly string[];
  /** Of cells: value, contributors, the largest contributions and whose the largest is. */
  readonly value: Float64Array;
  readonly count: Int32Array;
  readonly top: Float64Array;
  readonly largest: Int32Array;
  /** True of a cell that no table shows: part of the difference of two. */
  readonly isWatched: Uint8Array;
  /** Codes of an atom by variable, as numbers, and the atoms with such codes. */
  readonly codes: Int32Array;
  readonly variables: number;
  readonly codeCounts: readonly number[];
  readonly places: ReadonlyMap<number, readonly number[]>;
};

/**
 * @param vintages oldest first; the last one is the release that is being made
 * @throws publishing.data_unreadable, publishing.too_large
 */
export function systemOf(vintages: readonly Vintage[], variables: readonly string[]): System {
  for (const vintage of vintages) checkVintage(vintage, variables);
  const layouts = placeLayouts(vintages, variables);
  const { amounts, codeNames } = amountsOf(vintages, variables.length);
  const codeCounts = codeNames.map((names) => Math.max(1, names.length));
  const space = codeCounts.reduce((all, count) => all * count, 1);
  if (space > Number.MAX_SAFE_INTEGER) {
    throw fault('publishing.too_large', { what: 'codes 编码组合', limit: limits.disclosure_cells });
  }
  const atoms = atomsOf(amounts);
  const last = layouts.at(-1);
  const shown = last ? last.first + last.size : 0;
  const membership = membershipOf(atoms, layouts, codeNames, vintages.length);
  const watched = watchedCells(membership, atoms, layouts, shown, vintages.length);
  watched.of.forEach((more, at) => {
    membership[at]?.push(...more);
  });
  const atomCells = listsOf(membership);
  const cells = shown + watched.count;
  const isWatched = new Uint8Array(cells).fill(1, shown);
  for (const { first, size, dimensions } of layouts)
    markWatched(isWatched, first, size, dimensions);
  const counted = countCells(atoms, atomCells, cells);
  return {
    layouts,
    cells,
    atomCells,
    cellAtoms: transposed(atomCells, cells),
    isWatched,
    ...counted,
    ...geometryOf(atoms, codeCounts),
    variables: variables.length,
    codeCounts,
  };
}

type Atom = { readonly places: readonly (readonly number[] | null)[]; readonly of: Amount[] };

/** Amounts that stand under the same codes in every vintage. */
function atomsOf(amounts: readonly Amount[]): Atom[] {
  const found = new Map<string, Atom>();
  for (const one of amounts) {
    const key = one.places.map((place) => (place === null ? '' : place.join(','))).join('|');
    const atom = found.get(key);
    if (atom) atom.of.push(one);
    else found.set(key, { places: one.places, of: [one] });
  }
  return [...found.values()];
}

function placeLayouts(vintages: readonly Vintage[], variables: readonly string[]): PlacedLayout[] {
  const classFor = classesOf(vintages.flatMap((vintage) => vintage.layouts));
  let first = 0;
  return vintages.flatMap(({ layouts }, vintage) =>
    layouts.map((layout: Layout) => {
      const dimensions = layout.dimensions.map((one) =>
        prepareDimension(one, variables, classFor(one)),
      );
      const size = dimensions.reduce((all, { labels }) => all * labels.length, 1);
      const placed = { vintage, name: layout.name, dimensions, first, size };
      first += size;
      return placed;
    }),
  );
}

/** The cells of the layouts that each atom is part of. */
function membershipOf(
  atoms: readonly Atom[],
  layouts: readonly PlacedLayout[],
  codeNames: readonly (readonly string[])[],
  vintages: number,
): number[][] {
  const chains = layouts.map(({ dimensions }) =>
    dimensions.map(({ place, chain }) =>
      (codeNames[place] ?? []).map((name) => chain.get(name) ?? []),
    ),
  );
  const steps = layouts.map(({ dimensions }) =>
    dimensions.map((_, d) =>
      dimensions.slice(d + 1).reduce((all, { labels }) => all * labels.length, 1),
    ),
  );
  return atoms.map(({ places }) => {
    const found: number[] = [];
    for (let vintage = 0; vintage < vintages; vintage++) {
      const place = places[vintage];
      if (!place) continue;
      layouts.forEach((layout, at) => {
        if (layout.vintage !== vintage) return;
        let bases = [layout.first];
        layout.dimensions.forEach((dimension, d) => {
          const chain = chains[at]?.[d]?.[place[dimension.place] as number] ?? [];
          const step = steps[at]?.[d] as number;
          const next: number[] = [];
          for (const base of bases) for (const code of chain) next.push(base + code * step);
          bases = next;
        });
        for (const base of bases) found.push(base);
      });
    }
    return found;
  });
}

/**
 * What no table shows and two tables may show by their difference: an atom that is no cell of its
 * own, and what a cell of an earlier vintage has that the same cell of the last one has not, or the
 * other way round.
 */
function watchedCells(
  membership: readonly number[][],
  atoms: readonly Atom[],
  layouts: readonly PlacedLayout[],
  shown: number,
  vintages: number,
) {
  const sizes = new Int32Array(shown);
  for (const cells of membership) {
    for (const cell of cells) sizes[cell] = (sizes[cell] as number) + 1;
  }
  let count = 0;
  const of: number[][] = membership.map((cells) =>
    cells.some((cell) => sizes[cell] === 1) ? [] : [shown + count++],
  );
  if (vintages < 2) return { of, count };
  const keys = new Map<string, number>();
  const nameOf = cellNames(layouts);
  const watch = (key: string) => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    keys.set(key, shown + count);
    return shown + count++;
  };
  atoms.forEach(({ places }, at) => {
    const cells = (membership[at] as number[]).map((cell) => nameOf(cell));
    for (let vintage = 0; vintage < vintages - 1; vintage++) {
      if (samePlace(places[vintage], places[vintages - 1])) continue;
      const older = cells.filter((one) => one.vintage === vintage).map(({ key }) => key);
      const newer = cells.filter((one) => one.vintage === vintages - 1).map(({ key }) => key);
      const [before, after] = [new Set(older), new Set(newer)];
      for (const key of older) {
        if (!after.has(key)) of[at]?.push(watch(`-${vintage}${key}`));
      }
      for (const key of newer) {
        if (!before.has(key)) of[at]?.push(watch(`+${vintage}${key}`));
      }
    }
  });
  return { of, count };
}

function samePlace(a?: readonly number[] | null, b?: readonly number[] | null): boolean {
  return a === b || (!!a && !!b && a.every((code, at) => code === b[at]));
}

/** A cell by its vintage, and by words that are the same for the same cell in another vintage. */
function cellNames(layouts: readonly PlacedLayout[]) {
  return (cell: number) => {
    const layout = layouts.findLast(({ first }) => first <= cell);
    assert(layout, 'a cell stands in a layout');
    return {
      vintage: layout.vintage,
      key: JSON.stringify([layout.name, ...labelsOf(layout, cell)]),
    };
  };
}

/** The codes of a cell, by the dimensions of its layout. */
export function labelsOf({ dimensions, first }: PlacedLayout, cell: number): string[] {
  let rest = cell - first;
  const labels: string[] = [];
  for (const { labels: names } of dimensions.toReversed()) {
    labels.unshift(names[rest % names.length] as string);
    rest = Math.floor(rest / names.length);
  }
  return labels;
}

function markWatched(
  isWatched: Uint8Array,
  first: number,
  size: number,
  dimensions: readonly PreparedDimension[],
): void {
  for (let at = 0; at < size; at++) {
    let rest = at;
    for (let d = dimensions.length - 1; d >= 0; d--) {
      const { labels, shown } = dimensions[d] as PreparedDimension;
      if (rest % labels.length >= shown) isWatched[first + at] = 1;
      rest = Math.floor(rest / labels.length);
    }
  }
}

export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const start = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => {
    start[at + 1] = (start[at] as number) + list.length;
  });
  const items = new Int32Array(start[lists.length] as number);
  lists.forEach((list, at) => {
    items.set(list, start[at]);
  });
  return { start, items };
}

function transposed({ start, items }: Lists, count: number): Lists {
  const starts = new Int32Array(count + 1);
  for (const item of items) starts[item + 1] = (starts[item + 1] as number) + 1;
  for (let at = 0; at < count; at++) {
    starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  }
  const next = starts.slice();
  const made = new Int32Array(items.length);
  for (let at = 0; at + 1 < start.length; at++) {
    for (let i = start[at] as number; i < (start[at + 1] as number); i++) {
      const item = items[i] as number;
      made[next[item] as number] = at;
      next[item] = (next[item] as number) + 1;
    }
  }
  return { start: starts, items: made };
}

/** Sums and largest contributions, holding by holding: what one holding has in a cell is one. */
function countCells(atoms: readonly Atom[], { start, items }: Lists, cells: number) {
  const [names, byHolder] = holdersOf(atoms);
  const value = new Float64Array(cells);
  const count = new Int32Array(cells);
  const top = new Float64Array(cells * TOP);
  const largest = new Int32Array(cells).fill(-1);
  const owned = new Float64Array(cells);
  const stamp = new Int32Array(cells).fill(-1);
  const held: [holder: number, amount: number][][] = atoms.map(() => []);
  byHolder.forEach((parts, holder) => {
    const touched: number[] = [];
    for (const [atom, amount] of parts) {
      held[atom]?.push([holder, amount]);
      for (let i = start[atom] as number; i < (start[atom + 1] as number); i++) {
        const cell = items[i] as number;
        if (stamp[cell] !== holder) {
          stamp[cell] = holder;
          owned[cell] = 0;
          touched.push(cell);
        }
        owned[cell] = (owned[cell] as number) + amount;
      }
    }
    for (const cell of touched) {
      const amount = owned[cell] as number;
      value[cell] = (value[cell] as number) + amount;
      count[cell] = (count[cell] as number) + 1;
      if (rankIn(top, cell * TOP, amount) || count[cell] === 1) largest[cell] = holder;
    }
  });
  const amount = Float64Array.from(held, (list) => list.reduce((sum, [, one]) => sum + one, 0));
  const atomHolders = listsOf(held.map((list) => list.map(([holder]) => holder)));
  const flat = Float64Array.from(held.flat(), ([, one]) => one);
  return { value, count, top, largest, amount, atomHolders, held: flat, holders: names };
}

/** Puts an amount among the largest; true where it became the first. */
function rankIn(top: Float64Array, from: number, amount: number): boolean {
  let at = TOP - 1;
  if (amount <= (top[from + at] as number)) return false;
  while (at > 0 && (top[from + at - 1] as number) < amount) {
    top[from + at] = top[from + at - 1] as number;
    at--;
  }
  top[from + at] = amount;
  return at === 0;
}

function holdersOf(atoms: readonly Atom[]): [string[], [atom: number, amount: number][][]] {
  const index = new Map<string, number>();
  const names: string[] = [];
  const parts: [number, number][][] = [];
  atoms.forEach(({ of }, atom) => {
    for (const { holder, value } of of) {
      let at = index.get(holder);
      if (at === undefined) {
        at = names.push(holder) - 1;
        index.set(holder, at);
        parts.push([]);
      }
      const own = parts[at] as [number, number][];
      const last = own.at(-1);
      if (last && last[0] === atom) last[1] += value;
      else own.push([atom, value]);
    }
  });
  return [names, parts];
}

/** Where atoms stand: by the codes of the last vintage that has them. */
function geometryOf(atoms: readonly Atom[], codeCounts: readonly number[]) {
  const variables = codeCounts.length;
  const codes = new Int32Array(atoms.length * variables);
  const places = new Map<number, number[]>();
  atoms.forEach(({ places: own }, atom) => {
    const place = own.findLast((one) => one !== null) as readonly number[];
    codes.set(place, atom * variables);
    const key = place.reduce((sum, code, v) => sum * (codeCounts[v] as number) + code, 0);
    const there = places.get(key);
    if (there) there.push(atom);
    else places.set(key, [atom]);
  });
  return { codes, places };
}
