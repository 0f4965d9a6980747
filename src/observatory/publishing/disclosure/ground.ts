import { type Lists, labelsOf, type System } from './system.ts';

export function between({ start, items }: Lists, at: number): Int32Array {
  return items.subarray(start[at], start[at + 1]);
}

/** Calls with every cell that changes when atoms change by the given amounts, and by how much. */
export function netOf({ cells, atomCells }: System) {
  const sums = new Float64Array(cells);
  const stamps = new Int32Array(cells);
  let stamp = 0;
  return (
    atoms: readonly number[],
    amounts: readonly number[],
    visit: (cell: number, by: number) => void,
  ) => {
    stamp++;
    const touched: number[] = [];
    const { start, items } = atomCells;
    let largest = 0;
    for (let at = 0; at < atoms.length; at++) {
      const [atom, amount] = [atoms[at] as number, amounts[at] as number];
      largest = Math.max(largest, Math.abs(amount));
      for (let i = start[atom] as number; i < (start[atom + 1] as number); i++) {
        const cell = items[i] as number;
        if (stamps[cell] !== stamp) {
          stamps[cell] = stamp;
          sums[cell] = 0;
          touched.push(cell);
        }
        sums[cell] = (sums[cell] as number) + amount;
      }
    }
    for (const cell of touched) {
      const by = sums[cell] as number;
      if (Math.abs(by) > 1e-9 * largest) visit(cell, by);
    }
  };
}

/** The codes of each atom as one number, by the variables of a block alone. */
export function blockKeys({ codes, codeCounts, variables, amount }: System) {
  const strides = codeCounts.map((_, v) =>
    codeCounts.slice(v + 1).reduce((all, count) => all * count, 1),
  );
  const made: Float64Array[] = [];
  return (block: number): Float64Array => {
    made[block] ??= Float64Array.from(amount, (_, atom) => {
      let key = 0;
      for (let v = 0; v < variables; v++) {
        if ((block & (1 << v)) !== 0) {
          key += (codes[atom * variables + v] as number) * (strides[v] as number);
        }
      }
      return key;
    });
    return made[block];
  };
}

type Keys = ReturnType<typeof blockKeys>;

/** Atoms with the same codes but for those of a block of variables, the largest first. */
export function linesOf({ amount, variables }: System, keys: Keys) {
  const bySize = Uint32Array.from(amount, (_, atom) => atom).sort(
    (a, b) => (amount[b] as number) - (amount[a] as number),
  );
  const all = (1 << variables) - 1;
  const made = new Map<number, Map<number, number[]>>();
  return (atom: number, block: number): readonly number[] => {
    const others = keys(all ^ block);
    let lines = made.get(block);
    if (!lines) {
      lines = new Map();
      for (const one of bySize) {
        const line = lines.get(others[one] as number);
        if (line) line.push(one);
        else lines.set(others[one] as number, [one]);
      }
      made.set(block, lines);
    }
    return lines.get(others[atom] as number) ?? [];
  };
}

/** Codes are looked up in an array where there are not many more of them than that. */
const DENSE = 1 << 24;

/**
 * The atom with the block's codes of another, -1 where there is none: one that is in the same
 * releases where there are several.
 */
export function partnerFinder(system: System, keys: Keys) {
  const { variables, places, codeCounts } = system;
  const whole = keys((1 << variables) - 1);
  const space = codeCounts.reduce((product, count) => product * count, 1);
  const only = space <= DENSE ? new Int32Array(space).fill(-1) : null;
  const isAlone = [...places.values()].every((there) => there.length === 1);
  if (only) for (const [key, there] of places) only[key] = there[0] as number;
  const releases = isAlone ? [] : releasesOf(system);
  return (atom: number, block: number, other: number): number => {
    const own = keys(block);
    const key = (whole[atom] as number) - (own[atom] as number) + (own[other] as number);
    if (only && isAlone) return only[key] as number;
    const there = places.get(key);
    return there?.find((one) => releases[one] === releases[atom]) ?? there?.[0] ?? -1;
  };
}

/** Which vintages each atom is in, as words. */
function releasesOf({ layouts, atomCells, amount }: System): string[] {
  const vintageOf = (cell: number) =>
    layouts.find(({ first, size }) => cell >= first && cell < first + size)?.vintage ?? '';
  return Array.from(amount, (_, atom) =>
    [...new Set(Array.from(between(atomCells, atom), vintageOf))].join(),
  );
}

/** The cell of each atom with the fewest contributors. */
export function ownCells({ atomCells, count, amount }: System): Int32Array {
  return Int32Array.from(amount, (_, atom) => {
    let own = -1;
    for (const cell of between(atomCells, atom)) {
      if (own < 0 || (count[cell] as number) < (count[own] as number)) own = cell;
    }
    return own;
  });
}

/** Under how many shown codes an atom stands and another does not, by the variables of a block. */
export function distancesOf({ layouts, codes, variables, codeCounts, cellAtoms }: System) {
  const above = codeCounts.map((count) => Array.from({ length: count }, () => new Set<string>()));
  for (const layout of layouts) {
    for (let cell = layout.first; cell < layout.first + layout.size; cell++) {
      const members = between(cellAtoms, cell);
      if (members.length === 0) continue;
      const labels = labelsOf(layout, cell);
      layout.dimensions.forEach(({ place, labels: names }, d) => {
        // The margins alone say which codes stand under which.
        if (labels.some((label, at) => at !== d && label !== layout.dimensions[at]?.labels[0]))
          return;
        if (labels[d] === names[0]) return;
        for (const atom of members) {
          above[place]?.[codes[atom * variables + place] as number]?.add(labels[d] as string);
        }
      });
    }
  }
  const apart = above.map((names) =>
    names.map((own) => names.map((other) => [...own].filter((label) => !other.has(label)).length)),
  );
  return (a: number, b: number, block: number): number => {
    let sum = 0;
    for (let v = 0; v < variables; v++) {
      if ((block & (1 << v)) === 0) continue;
      const own = apart[v]?.[codes[a * variables + v] as number];
      sum += own?.[codes[b * variables + v] as number] ?? 0;
    }
    return sum;
  };
}

export function rotations(count: number): number[][] {
  const all = Array.from({ length: count }, (_, at) => at);
  return all.map((first) => [...all.slice(first), ...all.slice(0, first)]);
}

/** All ways to part the variables into blocks, as bits, the largest block first. */
export function partitions(count: number): number[][] {
  let all: number[][] = [[]];
  for (let v = 0; v < count; v++) {
    all = all.flatMap((blocks) => [
      ...blocks.map((_, at) => blocks.map((block, i) => (i === at ? block | (1 << v) : block))),
      [...blocks, 1 << v],
    ]);
  }
  const size = (block: number) => block.toString(2).replaceAll('0', '').length;
  return all.map((blocks) => blocks.toSorted((a, b) => size(b) - size(a)));
}
