import { between, netOf } from './ground.ts';
import { type Move, moveFinder, type Wish } from './moves.ts';
import {
  checkRules,
  type Protection,
  protectionOf,
  type RuleCode,
  type Rules,
  rulesBroken,
} from './rules.ts';
import type { System } from './system.ts';

/** What an earlier release did with its cells: it cannot be taken back. */
export type Decided = { readonly cells: number; readonly isSuppressed: Uint8Array };

export type Suppression = {
  /** 1 where a cell is not published. */
  readonly isSuppressed: Uint8Array;
  /** The rules that keep a cell; a suppressed cell without one protects others. */
  readonly broken: ReadonlyMap<number, readonly RuleCode[]>;
  /**
   * Cells for which no witness was found: what came out earlier leaves little room, or none. Of a
   * first release there is no such cell. The audit says which of them are given away.
   */
  readonly unwitnessed: readonly number[];
};

type Witness = { readonly atoms: number[]; readonly amounts: number[] };
type Draft = Witness & { readonly marked: readonly number[]; readonly cost: number };
/** Attackers against whom nothing stands yet; null before anything stands against anybody. */
type Open = Set<number> | null;
type Need = {
  readonly cell: number;
  readonly first: Protection;
  readonly others: Protection;
  readonly open: { up: Open; down: Open };
};

const OUTSIDER = -1;
const ROUNDS = 60;
/** So little newly suppressed that no cheaper witness is looked for. */
const FAIR = 60;
const NEARLY = 1 - 1e-9;

/**
 * Suppresses what the rules keep and as much besides as it takes. For every cell to be kept it
 * looks for witnesses: other amounts under which everything published is the same and the cell is
 * further from the truth than its protection asks, once above and once below, and possible in the
 * eyes of every single contributor, who knows what is its own. Whoever works with sums, equations
 * or linear programs cannot tell a witness from the truth.
 *
 * A witness is made of moves in opposite corners (the hypercube method of R. D. Repsilber, as
 * Hundepool et al. 2012 describe it), over the finest cells, so that hierarchies and linked tables
 * need nothing of their own; where a corner is empty, the move runs up to a total instead.
 * @throws publishing.rules_missing
 */
export function suppress(system: System, rules: Rules, decided: Decided): Suppression {
  checkRules(rules);
  const { broken, hidden } = primary(system, rules, decided);
  const isFixed = (cell: number) => cell < decided.cells;
  const costOf = (cell: number) => {
    if (hidden[cell] === 1) return 0;
    return isFixed(cell) ? Number.POSITIVE_INFINITY : 1 + (system.count[cell] as number);
  };
  const needs = new Map([...broken.keys()].map((cell) => [cell, needOf(system, cell, rules)]));
  const unwitnessed: number[] = [];
  const workshop = witnessMaker(system, hidden, moveFinder(system, costOf));
  const record = recorder(system, needs);
  const order = [...needs.values()].sort((a, b) => b.others.up - a.others.up || a.cell - b.cell);
  for (const need of order) {
    for (const direction of ['up', 'down'] as const) {
      while (!isCovered(system, need, direction)) {
        const witness = workshop(need, direction);
        if (!witness || !record(witness, need, direction)) {
          unwitnessed.push(need.cell);
          break;
        }
      }
    }
  }
  return { isSuppressed: hidden, broken, unwitnessed: [...new Set(unwitnessed)] };
}

/** What the rules keep in the release being made and among what is watched. */
function primary(system: System, rules: Rules, decided: Decided) {
  const hidden = Uint8Array.from({ length: system.cells }, (_, cell) =>
    cell < decided.cells
      ? (decided.isSuppressed[cell] as number)
      : (system.isWatched[cell] as number),
  );
  const broken = new Map<number, RuleCode[]>();
  for (let cell = 0; cell < system.cells; cell++) {
    if (cell < decided.cells && hidden[cell] === 0) continue;
    const own = rulesBroken(system, cell, rules);
    if (own.length === 0) continue;
    broken.set(cell, own);
    hidden[cell] = 1;
  }
  return { broken, hidden };
}

function needOf(system: System, cell: number, rules: Rules): Need {
  return { cell, ...protectionOf(system, cell, rules), open: { up: null, down: null } };
}

/** Whoever is alone in a cell knows it; everybody else must be left in doubt. */
function isCovered(system: System, need: Need, direction: 'up' | 'down'): boolean {
  if (need.others[direction] === 0) return true;
  const open = need.open[direction];
  if (open === null) return false;
  if (open.size === 0) return true;
  const sole = soleOf(system, need.cell);
  return open.size === 1 && sole !== null && open.has(sole);
}

function soleOf(system: System, cell: number): number | null {
  return system.count[cell] === 1 ? (system.largest[cell] as number) : null;
}

/** What one holding has in an atom. */
function heldBy({ atomHolders, held }: System, atom: number, holder: number): number {
  for (
    let i = atomHolders.start[atom] as number;
    i < (atomHolders.start[atom + 1] as number);
    i++
  ) {
    if (atomHolders.items[i] === holder) return held[i] as number;
  }
  return 0;
}

/** The most that a holding other than `but` has in each atom. */
function largestHeld(system: System) {
  const { atomHolders, held, amount } = system;
  const [first, second] = [new Float64Array(amount.length), new Float64Array(amount.length)];
  const whose = new Int32Array(amount.length).fill(-1);
  for (let atom = 0; atom < amount.length; atom++) {
    for (
      let i = atomHolders.start[atom] as number;
      i < (atomHolders.start[atom + 1] as number);
      i++
    ) {
      const own = held[i] as number;
      if (own > (first[atom] as number)) {
        second[atom] = first[atom] as number;
        first[atom] = own;
        whose[atom] = atomHolders.items[i] as number;
      } else if (own > (second[atom] as number)) second[atom] = own;
    }
  }
  return (atom: number, but: number) =>
    (whose[atom] === but ? second[atom] : first[atom]) as number;
}

function witnessMaker(system: System, hidden: Uint8Array, findMove: (wish: Wish) => Move | null) {
  const most = largestHeld(system);
  const net = netOf(system);
  const { amount } = system;

  function gather(
    need: Need,
    direction: 'up' | 'down',
    asked: number,
    room: Wish['room'],
  ): Draft | null {
    const changes = new Map<number, number>();
    const marked: number[] = [];
    let cost = 0;
    let left = asked;
    const rounds = ROUNDS + between(system.cellAtoms, need.cell).length;
    for (let round = 0; left > 0 && round < rounds; round++) {
      const move = findMove({
        cell: need.cell,
        direction: direction === 'up' ? 1 : -1,
        amount: left,
        room: (atom) => room(atom) + (changes.get(atom) ?? 0),
      });
      if (!move) break;
      const by = Math.min(move.reach, left);
      move.atoms.forEach((atom, at) => {
        changes.set(atom, (changes.get(atom) ?? 0) + by * (move.signs[at] as number));
      });
      net(move.atoms, move.signs, (cell) => {
        if (hidden[cell] === 1) return;
        hidden[cell] = 1;
        marked.push(cell);
      });
      left = by >= left ? 0 : left - by;
      cost += move.cost;
    }
    for (const cell of marked) hidden[cell] = 0;
    if (left > 0) return null;
    return { atoms: [...changes.keys()], amounts: [...changes.values()], marked, cost };
  }

  function commit(draft: Draft | null): Witness | null {
    for (const cell of draft?.marked ?? []) hidden[cell] = 1;
    return draft;
  }

  return (need: Need, direction: 'up' | 'down'): Witness | null => {
    const open = need.open[direction];
    const sole = soleOf(system, need.cell) ?? OUTSIDER;
    const first = system.largest[need.cell] as number;
    const others = need.others[direction];
    if (open === null) {
      // The first holds against everybody at once, the last against those who own nothing in it:
      // cheaper, and then others are looked for one by one.
      let best: Draft | null = null;
      for (const but of [sole, first, null]) {
        const room = (atom: number) =>
          (amount[atom] as number) - (but === null ? 0 : most(atom, but));
        const draft = gather(need, direction, others, room);
        if (draft && (best === null || 2 * draft.cost < best.cost)) best = draft;
        if (best && best.cost <= FAIR) break;
      }
      return commit(best);
    }
    const attacker = [...open].find((holder) => holder !== sole) as number;
    const asked = attacker === first ? need.first[direction] : others;
    const room = (atom: number) => (amount[atom] as number) - heldBy(system, atom, attacker);
    return commit(gather(need, direction, asked, room));
  };
}

/** Writes down for all cells what a witness and its mirror image are good for. */
function recorder(system: System, needs: ReadonlyMap<number, Need>) {
  const net = netOf(system);
  const most = largestHeld(system);

  /** Who can tell that this is not the truth; null where everybody can. */
  function blindTo({ atoms, amounts }: Witness, sign: 1 | -1): Set<number> | null {
    const found = new Set<number>();
    for (let at = 0; at < atoms.length; at++) {
      const [atom, change] = [atoms[at] as number, sign * (amounts[at] as number)];
      if (change >= 0) continue;
      const total = system.amount[atom] as number;
      const left = total + change;
      const slack = 1e-9 * total;
      if (left < -slack) return null;
      if (most(atom, OUTSIDER) <= left + slack) continue;
      const { start, items } = system.atomHolders;
      for (let i = start[atom] as number; i < (start[atom + 1] as number); i++) {
        if ((system.held[i] as number) > left + slack) found.add(items[i] as number);
      }
    }
    return found;
  }

  function note(need: Need, direction: 'up' | 'down', by: number, blind: Set<number>): boolean {
    const open = need.open[direction];
    const first = system.largest[need.cell] as number;
    const [forOthers, forFirst] = [need.others[direction], need.first[direction]];
    if (by >= forOthers * NEARLY) {
      const left = new Set([...(open ?? blind)].filter((one) => blind.has(one)));
      // Whoever is left with nothing to find out needs no witness.
      if (forFirst === 0) left.delete(first);
      need.open[direction] = left;
      return open === null || left.size < open.size;
    }
    if (by < forFirst * NEARLY || !open?.has(first) || blind.has(first)) return false;
    return open.delete(first);
  }

  return (witness: Witness, target: Need, direction: 'up' | 'down'): boolean => {
    const [plain, mirrored] = [blindTo(witness, 1), blindTo(witness, -1)];
    let isProgress = false;
    net(witness.atoms, witness.amounts, (cell, by) => {
      const need = needs.get(cell);
      if (!need) return;
      const [ahead, back] = by > 0 ? (['up', 'down'] as const) : (['down', 'up'] as const);
      const size = Math.abs(by);
      const isNew = plain !== null && note(need, ahead, size, plain);
      if (mirrored !== null) note(need, back, size, mirrored);
      if (need === target && ahead === direction) isProgress = isNew;
    });
    return isProgress;
  };
}
