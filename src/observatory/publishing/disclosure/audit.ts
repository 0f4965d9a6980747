import highsModule, { type Highs, type Model } from 'highs';
import { assert, limits } from '../../../kernel/index.ts';
import { protectionOf, type RuleCode, type Rules, rulesBroken } from './rules.ts';
import type { System } from './system.ts';

/** A number that is known besides the published cells: the sum of cells times their weights. */
export type KnownSum = {
  readonly label: string;
  readonly terms: readonly { readonly cell: number; readonly weight: number }[];
};

export type AuditQuestion = {
  readonly rules: Rules;
  readonly isSuppressed: Uint8Array;
  readonly known?: readonly KnownSum[];
  /** The cells to attack; all that are to be kept where nothing is said. */
  readonly targets?: readonly number[];
  /** Contributors who attack besides outsiders, those nearest to the target first. */
  readonly attackers?: number;
};

/** What an attacker can say of a cell; a bound is null where it is far beyond what is asked. */
export type Interval = {
  readonly cell: number;
  readonly broken: readonly RuleCode[];
  /** A holding that knows its own contributions; null for somebody who has none. */
  readonly attacker: string | null;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly is_wide_enough: boolean;
};

export type Audit = {
  /** Cells that were attacked, and by how many linear programs. */
  readonly attacked: number;
  readonly programs: number;
  /** For each attacked cell the attack that came closest. */
  readonly closest: readonly Interval[];
  readonly revealed: readonly Interval[];
};

/** Beyond so many times its protection nobody asks how far an interval goes. */
const FAR = 1_000;
/** What the solver may be off, of the protection. */
const TOLERANCE = 1e-5;
/** Atoms around a target that are looked at first; the rest is held as it is. */
const NEAR = 150;

// The package describes a CommonJS module and gives an ES one: what is imported is its loader.
const loadHighs = highsModule as unknown as typeof highsModule.default;
let highs: Promise<Highs> | undefined;

/**
 * Attacks every cell that is to be kept by linear programs, as somebody would who knows all that is
 * published: the largest and the least that the cell can be, where no contribution is below zero
 * and where an attacker who contributes knows its own (Hundepool et al., 2012, on auditing
 * tables). It takes nothing from the suppression but which cells are suppressed.
 *
 * First only what is near the target may differ from the truth. An interval that is wide enough so
 * is no narrower when more may differ; one that is not is asked again over everything.
 */
export async function audit(system: System, question: AuditQuestion): Promise<Audit> {
  highs ??= loadHighs();
  const solver = await highs;
  const targets = question.targets ?? targetsOf(system, question);
  const attack = attackerOf(system, question, solver);
  const closest: Interval[] = [];
  const revealed: Interval[] = [];
  try {
    for (const target of targets) {
      const intervals = attack.on(target);
      const found = intervals.filter((one) => !one.is_wide_enough);
      revealed.push(...found.slice(0, 1));
      const nearest = found[0] ?? intervals[0];
      if (nearest) closest.push(nearest);
    }
  } finally {
    attack.end();
  }
  return { attacked: targets.length, programs: attack.programs(), closest, revealed };
}

/** Every cell that a rule keeps, in whatever vintage, published or not. */
export function targetsOf(system: System, { rules }: Pick<AuditQuestion, 'rules'>): number[] {
  const found: number[] = [];
  for (let cell = 0; cell < system.cells; cell++) {
    if (rulesBroken(system, cell, rules).length > 0) found.push(cell);
  }
  return found;
}

type Area = { readonly atoms: readonly number[]; readonly model: Model };
/** The solver's word for a proved optimum. */
const OPTIMAL = 7;

function attackerOf(system: System, question: AuditQuestion, solver: Highs) {
  const { rules } = question;
  let programs = 0;
  let whole: Area | null = null;
  const most = question.attackers ?? limits.disclosure_attackers;

  function interval(area: Area, cell: number, attacker: number | null): Interval {
    const need = protectionOf(system, cell, rules);
    const asked = attacker === system.largest[cell] ? need.first : need.others;
    const scale = Math.max(asked.up, asked.down, Number.MIN_VALUE);
    const floors = area.atoms.map((atom) => {
      const room = (system.amount[atom] as number) - heldBy(system, atom, attacker);
      return -Math.min(FAR, Math.max(0, room) / scale);
    });
    const inside = new Set(cellMembers(system, cell));
    const gains = area.atoms.map((atom) => (inside.has(atom) ? 1 : 0));
    const ceilings = floors.map(() => FAR);
    area.model.changeColsBounds(everyColumn(area), floors, ceilings);
    const [up, down] = [reach(area, gains, 1), reach(area, gains, -1)];
    programs += 2;
    const value = system.value[cell] as number;
    return {
      cell,
      broken: rulesBroken(system, cell, rules),
      attacker: attacker === null ? null : (system.holders[attacker] as string),
      value,
      low: down >= FAR ? null : value - down * scale,
      high: up >= FAR ? null : value + up * scale,
      is_wide_enough:
        up * scale >= asked.up - TOLERANCE * scale &&
        down * scale >= asked.down - TOLERANCE * scale,
    };
  }

  function on(cell: number): Interval[] {
    const near = nearOf(system, cell, NEAR);
    const isWhole = near.length === system.amount.length;
    const area = isWhole ? everything() : areaOf(system, question, near, solver);
    const sole = system.count[cell] === 1 ? system.largest[cell] : -1;
    const who = [null, ...contributorsOf(system, near).filter((one) => one !== sole)];
    const intervals: Interval[] = [];
    for (const attacker of who.slice(0, 1 + most)) {
      let found = interval(area, cell, attacker);
      if (!found.is_wide_enough && !isWhole) found = interval(everything(), cell, attacker);
      intervals.push(found);
    }
    if (!isWhole) area.model.dispose();
    return intervals;
  }

  function everything(): Area {
    whole ??= areaOf(system, question, [...system.amount.keys()], solver);
    return whole;
  }
  return { on, programs: () => programs, end: () => whole?.model.dispose() };
}

const everyColumn = ({ atoms }: Area) =>
  ({ kind: 'range', from: 0, to: atoms.length - 1 }) as const;

/** How far up (1) or down (−1) the target goes, in protections. */
function reach(area: Area, gains: readonly number[], sign: 1 | -1): number {
  area.model.changeColsCost(
    everyColumn(area),
    gains.map((gain) => (gain === 0 ? 0 : -sign)),
  );
  area.model.run();
  assert(area.model.getModelStatus() === OPTIMAL, 'the truth is feasible and amounts are bounded');
  return Math.max(0, -area.model.getObjectiveValue());
}

/** The equations on the atoms of an area, as changes from the truth: what is known stays known. */
function areaOf(
  system: System,
  { isSuppressed, known = [] }: AuditQuestion,
  atoms: readonly number[],
  solver: Highs,
): Area {
  const index = new Map(atoms.map((atom, at) => [atom, at]));
  const rows = new Map<string, [indices: number[], values: number[]]>();
  const keep = (weights: ReadonlyMap<number, number>) => {
    const indices = [...weights.keys()].sort((a, b) => a - b);
    const values = indices.map((at) => weights.get(at) as number);
    if (indices.length > 0) rows.set(JSON.stringify([indices, values]), [indices, values]);
  };
  const cells = new Set<number>();
  for (const atom of atoms) for (const cell of cellsOf(system, atom)) cells.add(cell);
  for (const cell of cells) {
    if (isSuppressed[cell] === 0) keep(weightsOf(system, [{ cell, weight: 1 }], index));
  }
  for (const { terms } of known) keep(weightsOf(system, terms, index));
  const all = [...rows.values()];
  const model = solver.createModel({
    numCols: atoms.length,
    numRows: all.length,
    colCost: new Array<number>(atoms.length).fill(0),
    colLower: new Array<number>(atoms.length).fill(0),
    colUpper: new Array<number>(atoms.length).fill(FAR),
    rowLower: new Array<number>(all.length).fill(0),
    rowUpper: new Array<number>(all.length).fill(0),
    matrix: {
      format: 'csr',
      numRows: all.length,
      numCols: atoms.length,
      starts: startsOf(all.map(([indices]) => indices.length)),
      indices: all.flatMap(([indices]) => indices),
      values: all.flatMap(([, values]) => values),
    },
  });
  model.options.set({ output_flag: false });
  return { atoms, model };
}

function weightsOf(system: System, terms: KnownSum['terms'], index: ReadonlyMap<number, number>) {
  const weights = new Map<number, number>();
  for (const { cell, weight } of terms) {
    for (const atom of cellMembers(system, cell)) {
      const at = index.get(atom);
      if (at !== undefined) weights.set(at, (weights.get(at) ?? 0) + weight);
    }
  }
  return weights;
}

function startsOf(lengths: readonly number[]): number[] {
  const starts = [0];
  for (const length of lengths) starts.push((starts.at(-1) as number) + length);
  return starts;
}

/** Atoms around a cell, by way of the smallest cells first; all of them where they are few. */
function nearOf(system: System, cell: number, most: number): number[] {
  if (system.amount.length <= most) return [...system.amount.keys()];
  const found = new Set<number>(cellMembers(system, cell));
  const size = (one: number) => cellMembers(system, one).length;
  for (const atom of found) {
    if (found.size >= most) break;
    const cells = [...cellsOf(system, atom)].sort((a, b) => size(a) - size(b));
    for (const one of cells) {
      if (size(one) > most) break;
      for (const other of cellMembers(system, one)) if (found.size < most) found.add(other);
    }
  }
  return [...found];
}

/** Whoever is in the atoms, nearest first, and within an atom the largest first. */
function contributorsOf(system: System, atoms: readonly number[]): number[] {
  const found = new Set<number>();
  const { start, items } = system.atomHolders;
  for (const atom of atoms) {
    const own = Array.from(
      { length: (start[atom + 1] as number) - (start[atom] as number) },
      (_, at) => (start[atom] as number) + at,
    ).sort((a, b) => (system.held[b] as number) - (system.held[a] as number));
    for (const at of own) found.add(items[at] as number);
  }
  return [...found];
}

function heldBy(system: System, atom: number, holder: number | null): number {
  const { start, items } = system.atomHolders;
  for (let i = start[atom] as number; i < (start[atom + 1] as number); i++) {
    if (items[i] === holder) return system.held[i] as number;
  }
  return 0;
}

const cellsOf = ({ atomCells: { start, items } }: System, atom: number) =>
  items.subarray(start[atom], start[atom + 1]);
const cellMembers = ({ cellAtoms: { start, items } }: System, cell: number) =>
  items.subarray(start[cell], start[cell + 1]);
