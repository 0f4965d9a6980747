import { convertQuantity, Decimal, limits } from '../../../kernel/index.ts';
import type { Ending, History, Move, Stay, StayEnd } from './history.ts';
import { before, isoOf, type Moment, type Span } from './moments.ts';

type Open = {
  stay: Stay;
  /** What is in of a lot by the events, in the unit of the first; null where it cannot be told. */
  amount: Decimal | null;
  /** Null counts pieces. */
  uom: string | null;
};
type Step = { at: Moment; event: string; rank: number; move?: Move; ending?: Ending; of?: string };

/** At one instant; the end of the child or of the parent comes last. */
const rankOf = { DELETE: 0, OBSERVE: 1, ADD: 2 } as const;
const ENDS = 3;

/** The stays of one child, by moment; needs all events of the child and of its parents. */
export function staysOf(history: History, child: string): readonly Stay[] {
  const moves = history.moves.get(child);
  if (moves === undefined) return NO_STAYS;
  const known = history.folded.get(child);
  if (known !== undefined) return known;
  const emptyingsOf = (parent: string) => history.emptyings.get(parent) ?? [];
  const stays = foldStays(child, moves, history.endings.get(child) ?? [], emptyingsOf);
  history.folded.set(child, stays);
  return stays;
}

const NO_STAYS: readonly Stay[] = [];

/** The one rule of containment, from what happened to a child and to its parents. */
export function foldStays(
  child: string,
  moves: readonly Move[],
  endings: readonly Ending[],
  emptyingsOf: (parent: string) => readonly Ending[],
): Stay[] {
  const { open, closed } = fold(child, stepsOf(moves, endings, emptyingsOf));
  return [...closed, ...open.map(({ stay }) => stay)].sort(
    (one, other) => one.from - other.from || (one.parent < other.parent ? -1 : 1),
  );
}

function stepsOf(
  moves: readonly Move[],
  endings: readonly Ending[],
  emptyingsOf: (parent: string) => readonly Ending[],
): Step[] {
  const steps: Step[] = [
    ...moves.map((move) => ({ at: move.at, event: move.event, rank: rankOf[move.action], move })),
    ...endings.map((ending) => stepOf(ending)),
  ];
  for (const parent of new Set(moves.map((move) => move.parent))) {
    for (const ending of emptyingsOf(parent)) steps.push(stepOf(ending, parent));
  }
  return steps;
}

function fold(child: string, steps: readonly Step[]): { open: Open[]; closed: Stay[] } {
  const open: Open[] = [];
  const closed: Stay[] = [];
  for (const step of steps.toSorted(byStep)) take(child, step, open, closed);
  return { open, closed };
}

function take(child: string, step: Step, open: Open[], closed: Stay[]): void {
  if (step.move) takeMove(child, step.move, open, closed);
  else if (step.ending) takeEnding(step.ending, step.of, open, closed);
}

/**
 * A moment at which something is looked into. `before_leaving`: what is taken out at that very
 * instant is still in.
 */
export type Look = { readonly at: Moment; readonly before_leaving: boolean };

/** One thing or lot that lies in a container itself, and how much of it. */
export type Content = {
  item: string;
  by_class: boolean;
  /** `1` of a thing; null where events do not tell how much of a lot there is. */
  quantity: string | null;
  uom: string | null;
  /** The event that put it in, or first saw it there. */
  opened_by: string;
};

/**
 * What lies in a container itself at some moments, child by child: what is consumed or destroyed
 * with it is in it at that instant. Needs all events of the container and of the things in it.
 * @param looks in the order of their moments
 */
export function eachContent(
  history: History,
  container: string,
  looks: readonly Look[],
  visit: (look: number, content: Content) => void,
): void {
  for (const item of [...(history.children.get(container) ?? [])].sort()) {
    let last: Content | undefined;
    for (const [look, open] of opensAt(history, item, looks)) {
      const inside = open.find(
        ({ stay }) => stay.parent === container && stay.binding === 'aggregation',
      );
      if (inside === undefined) continue;
      const content = contentOf(item, inside, last);
      visit(look, content);
      last = content;
    }
  }
}

/** @param last what it was at the look before: most looks find the same */
function contentOf(item: string, { stay, amount, uom }: Open, last: Content | undefined): Content {
  const { by_class, opened_by } = stay;
  const quantity = by_class ? (amount?.toFixed() ?? null) : '1';
  if (last?.opened_by === opened_by && last.quantity === quantity) return last;
  return { item, by_class, quantity, uom: by_class ? uom : null, opened_by };
}

/** What a child is in at each look; its steps are gone through once. */
function* opensAt(history: History, child: string, looks: readonly Look[]) {
  const emptyingsOf = (parent: string) => history.emptyings.get(parent) ?? [];
  const moves = history.moves.get(child) ?? [];
  const steps = stepsOf(moves, history.endings.get(child) ?? [], emptyingsOf).sort(byStep);
  const open: Open[] = [];
  let next = 0;
  for (const [look, { at, before_leaving }] of looks.entries()) {
    for (let step = steps[next]; step !== undefined && step.at < at; step = steps[next]) {
      take(child, step, open, []);
      next++;
    }
    if (steps[next]?.at !== at) {
      yield [look, open] as const;
      continue;
    }
    const now = open.map((one) => ({ ...one }));
    const least = before_leaving ? rankOf.OBSERVE : rankOf.DELETE;
    for (let n = next, step = steps[n]; step !== undefined && step.at === at; step = steps[++n]) {
      if (step.rank >= least && step.rank < ENDS) take(child, step, now, []);
    }
    yield [look, now] as const;
  }
}

function stepOf(ending: Ending, of?: string): Step {
  const rank = ending.reason === 'emptied' ? rankOf.DELETE : ENDS;
  return { at: ending.at, event: ending.event, rank, ending, ...(of === undefined ? {} : { of }) };
}

function byStep(one: Step, other: Step): number {
  if (one.at !== other.at) return one.at - other.at;
  if (one.rank !== other.rank) return one.rank - other.rank;
  return one.event < other.event ? -1 : one.event > other.event ? 1 : 0;
}

function takeMove(child: string, move: Move, open: Open[], closed: Stay[]): void {
  const { parent, binding, by_class, action, at, event } = move;
  const here = open.find(({ stay }) => stay.parent === parent && stay.binding === binding);
  // A lot may be in many parents, and a thing be tied to several; but it is in one at a time.
  const elsewhere = open.find(
    ({ stay }) => stay !== here?.stay && stay.binding === 'aggregation' && !stay.by_class,
  );
  const isCrossed = elsewhere !== undefined && binding === 'aggregation' && !by_class;
  if (action === 'DELETE') {
    if (here !== undefined) {
      takeOut(here, move, open, closed);
      return;
    }
    const contradiction = isCrossed ? 'removed_while_elsewhere' : null;
    const evidence = { ...newStay(child, move, 'removed'), to: at, contradiction } as const;
    closed.push({ ...evidence, ended: 'removed', ended_by: event });
    return;
  }
  if (here !== undefined) {
    if (action === 'ADD' && by_class) here.amount = sumOf(here, move, 1);
    return;
  }
  if (isCrossed) close(elsewhere, at, 'moved', event, open, closed, 'packed_elsewhere');
  open.push({
    stay: newStay(child, move, action === 'ADD' ? 'added' : 'observed'),
    // Of what was only seen nobody knows how much there is.
    amount: action === 'ADD' && move.quantity !== null ? new Decimal(move.quantity) : null,
    uom: move.uom,
  });
}

function newStay(child: string, move: Move, opened: Stay['opened']): Stay {
  const { parent, binding, by_class, at, event } = move;
  const ends = { to: Number.POSITIVE_INFINITY, ended: null, ended_by: null, contradiction: null };
  return { child, parent, binding, by_class, from: at, opened, opened_by: event, ...ends };
}

/** A part of a lot that is taken out leaves the rest in. */
function takeOut(here: Open, move: Move, open: Open[], closed: Stay[]): void {
  if (here.stay.by_class && move.quantity !== null) {
    here.amount = sumOf(here, move, -1);
    if (here.amount === null || here.amount.gt(0)) return;
  }
  close(here, move.at, 'removed', move.event, open, closed);
}

function sumOf(here: Open, { quantity, uom }: Move, sign: 1 | -1): Decimal | null {
  if (here.amount === null || quantity === null) return null;
  const amount = convertQuantity(quantity, uom ?? 'C62', here.uom ?? 'C62');
  return amount === undefined ? null : here.amount.plus(new Decimal(amount).times(sign));
}

function takeEnding(ending: Ending, of: string | undefined, open: Open[], closed: Stay[]): void {
  for (const one of [...open]) {
    // The end of a thing is none of a class that is written like it.
    const isMeant = of === undefined ? !one.stay.by_class : one.stay.parent === of;
    const isBound = ending.binding === null || ending.binding === one.stay.binding;
    if (isMeant && isBound) close(one, ending.at, ending.reason, ending.event, open, closed);
  }
}

function close(
  one: Open,
  at: Moment,
  ended: StayEnd,
  event: string,
  open: Open[],
  closed: Stay[],
  contradiction: Stay['contradiction'] = null,
): void {
  open.splice(open.indexOf(one), 1);
  closed.push({ ...one.stay, to: at, ended, ended_by: event, contradiction });
}

/**
 * When a stay may pass something on. What is consumed or destroyed with its parent was in it at
 * that instant; what was only seen leaving was in it just before; what never lasted passes nothing
 * on.
 */
export function spanOf({ from, to, opened, ended }: Stay): Span | undefined {
  const isLast = ended === 'consumed' || ended === 'decommissioned';
  const span = { from: opened === 'removed' ? before(from) : from, to: isLast ? to + 0.5 : to };
  return span.from < span.to ? span : undefined;
}

export const isInAt = ({ from, to }: Stay, at: Moment): boolean => from <= at && at < to;

/** A stay as it is shown: instants as text, null while it lasts. */
export type Containment = Omit<Stay, 'from' | 'to'> & { from: string; to: string | null };

export function containmentsOf(history: History, child: string): Containment[] {
  return staysOf(history, child).map((stay) => ({
    ...stay,
    from: isoOf(stay.from) ?? '',
    to: isoOf(stay.to),
  }));
}

export type Level = { readonly stay: Stay; readonly depth: number };
export type Nesting = {
  readonly levels: readonly Level[];
  /** Deeper than `containment_depth`, or more than `trace_nodes`. */
  readonly is_cut: boolean;
};

/** What an item is in at a moment: its parent, the parent's parent, … ; a lot may be in several. */
export function parentsAt(history: History, item: string, at: Moment): Nesting {
  return nest(
    item,
    (child) => staysOf(history, child),
    (stay) => stay.parent,
    at,
  );
}

/** What is in an item at a moment, to any depth: unit in case in pallet in vehicle. */
export function contentsAt(history: History, item: string, at: Moment): Nesting {
  const staysIn = (parent: string) =>
    [...(history.children.get(parent) ?? [])]
      .sort()
      .flatMap((child) => staysOf(history, child).filter((stay) => stay.parent === parent));
  return nest(item, staysIn, (stay) => stay.child, at);
}

/** Level by level. An item is met once, so that things said to be in each other end. */
function nest(
  item: string,
  staysAround: (item: string) => readonly Stay[],
  next: (stay: Stay) => string,
  at: Moment,
): Nesting {
  const met = new Set([item]);
  const levels: Level[] = [];
  let around = [item];
  for (let depth = 1; around.length > 0; depth++) {
    if (depth > limits.containment_depth) return { levels, is_cut: true };
    const further: string[] = [];
    for (const stay of around.flatMap(staysAround).filter((one) => isInAt(one, at))) {
      if (met.has(next(stay))) continue;
      if (met.size > limits.trace_nodes) return { levels, is_cut: true };
      met.add(next(stay));
      levels.push({ stay, depth });
      further.push(next(stay));
    }
    around = further;
  }
  return { levels, is_cut: false };
}
