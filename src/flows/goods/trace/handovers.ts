import { Decimal } from '../../../kernel/index.ts';
import type { Endpoint } from './graph.ts';
import type { DatedEvent } from './history.ts';
import type { Amount } from './measured.ts';

/** Goods of a lot that left a place, or came to one, as one or more events tell it. */
export type Handover = {
  readonly place: string | null;
  /** Of what left where it goes; of what came where it is from. */
  ends: readonly Endpoint[];
  readonly amount: Amount;
  /** How much of what left has not arrived. */
  left: Decimal;
  /** How much of it each step has told at each place. */
  readonly told: Map<string, Decimal>;
};

/** In the order in which they began. */
export type Handovers = {
  readonly all: Handover[];
  /** Of each step how many of the first it has told wholly: they are looked at no more. */
  readonly past: Map<string, number>;
};

export const noHandovers = (): Handovers => ({ all: [], past: new Map() });

/** Stands among the steps for what has arrived: it is on its way no more. */
const ARRIVED = '';

function* beyond(
  { all, past }: Handovers,
  step: string,
  isPast: (one: Handover) => boolean,
): Generator<Handover> {
  let at = Math.max(past.get(step) ?? 0, past.get(ARRIVED) ?? 0);
  for (let one = all[at]; one !== undefined && isPast(one); one = all[at]) at++;
  past.set(step, at);
  for (; at < all.length; at++) yield all[at] as Handover;
}

/** What one event tells of a hand-over. */
export type Telling = Pick<Handover, 'place' | 'ends' | 'amount'> & { readonly event: DatedEvent };

/** CBV 2.0, 7.1: what goes through these is on its way already; the others begin at a place. */
const PASSING = new Set(['', 'departing', 'transporting']);

/**
 * Takes note of what an event tells, and gives what no other step has told: shipping 30 and
 * departing with 30 is one hand-over of 30. A step that comes again at its place tells of more.
 */
export function newlyTold(
  handovers: Handovers,
  telling: Telling,
  isSame: (one: Handover) => boolean,
): Decimal {
  const { place, ends, amount, event } = telling;
  const step = [event.biz_step, place].join(' ');
  let rest = amount.value;
  const toldOf = ({ told }: Handover) => told.get(step) ?? new Decimal(0);
  for (const one of beyond(handovers, step, (it) => toldOf(it).gte(it.amount.value))) {
    if (one.amount.measure !== amount.measure || !agree(one.ends, ends) || !isSame(one)) continue;
    const told = toldOf(one);
    const same = Decimal.min(rest, one.amount.value.minus(told));
    if (same.lte(0)) continue;
    one.told.set(step, told.plus(same));
    // A gate may know that goods left, and the office where they go.
    if (one.ends.length === 0 && same.eq(one.amount.value)) one.ends = ends;
    rest = rest.minus(same);
    if (rest.isZero()) return rest;
  }
  const fresh = { ...amount, value: rest };
  handovers.all.push({ place, ends, amount: fresh, left: rest, told: new Map([[step, rest]]) });
  return rest;
}

/** Whether what leaves by an event may be what left before: it has not arrived meanwhile. */
export function isOnItsWay(
  one: Handover,
  { place, event }: Telling,
  hasStock: (place: string) => boolean,
): boolean {
  if (one.left.lte(0)) return false;
  if (one.place === null || place === null || one.place === place) return true;
  const isEnd = one.ends.some(({ id }) => id === place);
  return PASSING.has(event.biz_step ?? '') && !isEnd && !hasStock(place);
}

/** Whether what comes to a place may have come there before: nothing arrives that was received. */
export const mayHaveCome = ({ biz_step }: DatedEvent): boolean => biz_step !== 'arriving';

/** What arrives is taken off the despatches that were on the way to there, the first first. */
export function takeOff(sent: Handovers, to: ReadonlySet<string>, amount: Amount): void {
  let arrived = amount.value;
  for (const one of beyond(sent, ARRIVED, ({ left }) => left.lte(0))) {
    if (one.amount.measure !== amount.measure || !one.ends.some(({ id }) => to.has(id))) continue;
    const taken = Decimal.min(one.left, arrived);
    one.left = one.left.minus(taken);
    arrived = arrived.minus(taken);
    if (arrived.isZero()) return;
  }
}

/** Of each kind of end that both name, one is the same. */
const agree = (one: readonly Endpoint[], other: readonly Endpoint[]): boolean =>
  other.every(({ type, id }) => {
    const alike = one.filter((end) => end.type === type);
    return alike.length === 0 || alike.some((end) => end.id === id);
  });
