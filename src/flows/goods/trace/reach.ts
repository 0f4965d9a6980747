import { spanOf, staysOf } from './containment.ts';
import { byMoment, type DatedEvent, type History, type Run, runsOf, type Stay } from './history.ts';
import { after, common, holds, type Moment, type Span, withSpan } from './moments.ts';

/**
 * How far something goes within a pallet, a case or a vehicle.
 * - `content`: what is bad is the goods themselves. What is in a bad container is bad; a container
 *   that holds bad goods holds them, and passes nothing on to what lies beside.
 * - `contact`: it also passes to all that is in one container with it at the same time (a leak, a
 *   pest, an allergen).
 */
export type Spread = 'content' | 'contact';

export type Ways = {
  readonly spread: Spread;
  /** Whether things that are tied together (AssociationEvent) count as one in the other. */
  readonly associations: boolean;
  /** Whether what shares a business transaction counts as connected. */
  readonly transactions: boolean;
};

/**
 * What is known of a node. Forward: `own` is the first moment at which it is affected itself, and
 * `held` the spans in which it holds something affected. Backward: what became of it before `own`
 * matters, and what it held in the spans `held`.
 */
export type Reached = { readonly own: Moment; readonly held: readonly Span[] };

export type EdgeKind = 'aggregation' | 'association' | 'transformation' | 'transaction';
/** That one node makes another one reached, by which event. */
export type Step = {
  readonly item: string;
  readonly own: Moment | null;
  readonly held: Span | null;
  readonly event: string;
  readonly kind: EdgeKind;
};
export type Take = (step: Step) => void;

/**
 * With which bound, and first by which item, a transformation or a transaction was passed. Of ten
 * thousand inputs with ten thousand outputs the first says almost all; without this each of them
 * would say it again.
 */
export type Passed = Map<string, { bound: Moment; item: string }>;

/** A direction in time: the same walk over the same history, forward or backward. */
export type Direction = {
  readonly name: 'forward' | 'backward';
  readonly nothing: Moment;
  /** Whether the first bound says more than the second. */
  readonly isMore: (one: Moment, other: Moment) => boolean;
  readonly relax: (
    history: History,
    item: string,
    reached: Reached,
    ways: Ways,
    take: Take,
    passed: Passed,
  ) => void;
};

export const forward: Direction = {
  name: 'forward',
  nothing: Number.POSITIVE_INFINITY,
  isMore: (one, other) => one < other,
  relax: (history, item, reached, ways, take, passed) => {
    for (const stay of staysIn(history, item, ways)) outwards(stay, reached, take);
    for (const stay of staysWithin(history, item, ways)) inwards(stay, reached, ways, take);
    for (const run of runsOf(history, item)) throughRun(run, item, reached, take, passed);
    if (ways.transactions) throughTransactions(history, item, reached, take, passed);
  },
};

export const backward: Direction = {
  name: 'backward',
  nothing: Number.NEGATIVE_INFINITY,
  isMore: (one, other) => one > other,
  relax: (history, item, reached, ways, take, passed) => {
    for (const stay of staysIn(history, item, ways)) fromAround(stay, reached, ways, take);
    for (const stay of staysWithin(history, item, ways)) fromWithin(stay, reached, take);
    for (const run of runsOf(history, item)) intoRun(run, item, reached, take, passed);
    if (ways.transactions) intoTransactions(history, item, reached, take, passed);
  },
};

const isFollowed = (stay: Stay, { associations }: Ways) =>
  associations || stay.binding === 'aggregation';

const staysIn = (history: History, child: string, ways: Ways): Stay[] =>
  staysOf(history, child).filter((stay) => isFollowed(stay, ways));

const staysWithin = (history: History, parent: string, ways: Ways): Stay[] =>
  [...(history.children.get(parent) ?? [])].flatMap((child) =>
    staysOf(history, child).filter((stay) => stay.parent === parent && isFollowed(stay, ways)),
  );

const step = (stay: Stay, item: string, own: Moment | null, held: Span | null): Step => {
  return { item, own, held, event: stay.opened_by, kind: stay.binding };
};

/** Forward, from what is affected to what holds it while it is in. */
function outwards(stay: Stay, { own, held }: Reached, take: Take): void {
  const span = spanOf(stay);
  if (span === undefined) return;
  for (const affected of [{ from: own, to: Number.POSITIVE_INFINITY }, ...held]) {
    const inside = common(affected, span);
    if (inside) take(step(stay, stay.parent, null, inside));
  }
}

/** Forward, from a container to what is in it from then on, or is put in later. */
function inwards(stay: Stay, { own, held }: Reached, { spread }: Ways, take: Take): void {
  const span = spanOf(stay);
  if (span === undefined) return;
  const all = [{ from: own, to: Number.POSITIVE_INFINITY }, ...(spread === 'contact' ? held : [])];
  for (const affected of all) {
    const inside = common(affected, span);
    if (inside) take(step(stay, stay.child, inside.from, null));
  }
}

const isAffectedAt = ({ own, held }: Reached, at: Moment) => own <= at || holds(held, at);

/** Forward, from an input that was affected when it went in to all outputs that came out later. */
function throughRun(
  { key, uses, inputs }: Run,
  item: string,
  reached: Reached,
  take: Take,
  passed: Passed,
): void {
  let since = Number.POSITIVE_INFINITY;
  for (const { event } of inputs.get(item) ?? []) {
    if (isAffectedAt(reached, event.at)) since = Math.min(since, event.at);
  }
  const known = passed.get(key);
  if (since === Number.POSITIVE_INFINITY || (known && known.bound <= since)) return;
  passed.set(key, { bound: since, item });
  for (const { event, mention } of uses) {
    if (mention.role !== 'output' || event.at < since) continue;
    const { item: made } = mention;
    take({ item: made, own: event.at, held: null, event: event.id, kind: 'transformation' });
  }
}

/** Backward, from an output to all inputs that had gone in by then, and what they held. */
function intoRun(
  { key, uses, outputs }: Run,
  item: string,
  { own }: Reached,
  take: Take,
  passed: Passed,
): void {
  let last: DatedEvent | undefined;
  for (const { event } of outputs.get(item) ?? []) {
    if (event.at < own && (last === undefined || byMoment(event, last) > 0)) last = event;
  }
  const known = passed.get(key);
  if (last === undefined || (known && known.bound >= last.at)) return;
  passed.set(key, { bound: last.at, item });
  for (const { event, mention } of uses) {
    if (mention.role !== 'input' || event.at > last.at) continue;
    const held = { from: event.at, to: after(event.at) };
    const { item: used } = mention;
    take({ item: used, own: held.to, held, event: last.id, kind: 'transformation' });
  }
}

/** Backward, from what was in something to that, and by contact to all that was in it too. */
function fromAround(stay: Stay, { own }: Reached, { spread }: Ways, take: Take): void {
  const span = spanOf(stay);
  if (span === undefined) return;
  const inside = common(span, { from: Number.NEGATIVE_INFINITY, to: own });
  if (inside) take(step(stay, stay.parent, inside.to, spread === 'contact' ? inside : null));
}

/** Backward, from what something held in a span to the things that were in it then. */
function fromWithin(stay: Stay, { held }: Reached, take: Take): void {
  const span = spanOf(stay);
  if (span === undefined) return;
  for (const window of held) {
    const inside = common(span, window);
    if (inside) take(step(stay, stay.child, inside.to, inside));
  }
}

const isTie = ({ type, action }: DatedEvent) => type !== 'TransactionEvent' || action !== 'DELETE';

/**
 * All that is named with a transaction beside an item, each with the event that names it. Where the
 * transaction was passed with as good a bound, only the item that did it has not heard of it.
 */
function* namedWith(
  history: History,
  id: string,
  item: string,
  known: { item: string } | undefined,
): Generator<[DatedEvent, string]> {
  const events = known ? history.by_item.get(known.item) : history.by_transaction.get(id);
  for (const event of events ?? []) {
    if (!isTie(event) || !event.transactions.includes(id)) continue;
    for (const other of known ? [known.item] : event.named.keys()) {
      if (other !== item) yield [event, other];
    }
  }
}

/** Forward, from what was affected when it was tied to a transaction to all that is tied to it. */
function throughTransactions(
  history: History,
  item: string,
  reached: Reached,
  take: Take,
  passed: Passed,
): void {
  const since = new Map<string, Moment>();
  for (const event of history.by_item.get(item) ?? []) {
    if (!isTie(event) || !isAffectedAt(reached, event.at)) continue;
    for (const id of event.transactions) {
      since.set(id, Math.min(event.at, since.get(id) ?? Number.POSITIVE_INFINITY));
    }
  }
  for (const [id, bound] of since) {
    const key = `transaction ${id}`;
    const known = passed.get(key);
    const isPassed = known !== undefined && known.bound <= bound;
    if (!isPassed) passed.set(key, { bound, item });
    for (const [event, other] of namedWith(history, id, item, isPassed ? known : undefined)) {
      const own = Math.max(bound, event.at);
      take({ item: other, own, held: null, event: event.id, kind: 'transaction' });
    }
  }
}

/** Backward, to all that was tied to the same transaction before what matters. */
function intoTransactions(
  history: History,
  item: string,
  { own }: Reached,
  take: Take,
  passed: Passed,
): void {
  const ties = (history.by_item.get(item) ?? []).filter((event) => isTie(event) && event.at < own);
  for (const id of new Set(ties.flatMap((event) => event.transactions))) {
    const key = `transaction ${id}`;
    const known = passed.get(key);
    const isPassed = known !== undefined && known.bound >= own;
    if (!isPassed) passed.set(key, { bound: own, item });
    for (const [event, other] of namedWith(history, id, item, isPassed ? known : undefined)) {
      if (event.at >= own) continue;
      const held = { from: event.at, to: after(event.at) };
      take({ item: other, own: held.to, held, event: event.id, kind: 'transaction' });
    }
  }
}

/** What is known of a node after a step; the same object where the step says nothing new. */
export function merged(reached: Reached, { own, held }: Step, { isMore }: Direction): Reached {
  const next = own !== null && isMore(own, reached.own) ? own : reached.own;
  const spans = held === null ? reached.held : withSpan(reached.held, held);
  return next === reached.own && spans === reached.held ? reached : { own: next, held: spans };
}
