import { Decimal } from '../../../kernel/index.ts';
import { isInAt, staysOf } from './containment.ts';
import type { Endpoint, Mention } from './graph.ts';
import {
  type Handovers,
  isOnItsWay,
  mayHaveCome,
  newlyTold,
  noHandovers,
  takeOff,
} from './handovers.ts';
import { byMoment, type DatedEvent, eventsOfItem, type History } from './history.ts';
import { type Amount, amountOf } from './measured.ts';
import type { Moment } from './moments.ts';
import { type EndedBy, endingStep, isLeaving, whereaboutsOf } from './whereabouts.ts';

/** A part of a lot, and where it is by the events. */
export type Part = {
  /**
   * `at` a place, `inside` a container (which is at `place`, or on the way), `in_transit` towards
   * somebody, `ended`, or `unknown`: at no place that an event names.
   */
  readonly state: 'at' | 'inside' | 'in_transit' | 'ended' | 'unknown';
  /** Of what ended: where. */
  readonly place: string | null;
  /** Of what ended: in whose hands, where the event that ended it says so. */
  readonly possessor: string | null;
  readonly inside: string | null;
  readonly towards: readonly Endpoint[];
  readonly ended: EndedBy | null;
  readonly unit: string;
  /** Below zero where the events take away more than they brought. */
  readonly quantity: string;
};

export type Dispersal = {
  readonly item: string;
  readonly parts: readonly Part[];
  /** Events that move the lot without saying how much of it. */
  readonly unmeasured: readonly string[];
};

type Where = Omit<Part, 'unit' | 'quantity'>;
type Book = {
  parts: Map<string, { where: Where; amount: Amount }>;
  sent: Handovers;
  /** By place. */
  received: Map<string | null, Handovers>;
  unmeasured: string[];
};

const NOWHERE: Where = {
  ...{ state: 'unknown', place: null, possessor: null, inside: null, towards: [], ended: null },
};
const ARRIVING = new Set(['receiving', 'arriving', 'accepting']);
const MAKING = new Set(['commissioning', 'creating_class_instance']);

/**
 * How much of a lot is where at a moment: a lot has no one place. What is made, received, unpacked
 * adds to a place; what is sent, packed, used, sold takes from it. `siteOf` gives the place that a
 * read point belongs to (the store of a dock), which master data knows and events do not.
 */
export function dispersalOf(
  history: History,
  item: string,
  at: Moment,
  siteOf: (place: string) => string = (place) => place,
): Dispersal {
  const [sent, received] = [noHandovers(), new Map<string | null, Handovers>()];
  const book: Book = { parts: new Map(), sent, received, unmeasured: [] };
  for (const { event, emptied } of stepsOf(history, item)) {
    if (event.at > at) break;
    if (emptied !== null) empty(book, history, event, emptied, siteOf);
    else {
      const mentions = event.named.get(item) ?? [];
      for (const mention of mentions) post(book, history, event, mention, siteOf);
    }
  }
  for (const { ends: towards, amount, left } of sent.all) {
    add(book, { ...NOWHERE, state: 'in_transit', towards }, { ...amount, value: left });
  }
  const parts = [...book.parts]
    .filter(([, { amount }]) => !amount.value.isZero())
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { where, amount }]): Part => {
      const found =
        where.inside === null ? where : resolved(history, where, where.inside, at, siteOf);
      return { ...found, unit: amount.unit, quantity: amount.value.toString() };
    });
  return { item, parts, unmeasured: book.unmeasured };
}

/** Of what is in a container: where the container is. */
function resolved(
  history: History,
  where: Where,
  inside: string,
  at: Moment,
  siteOf: SiteOf,
): Where {
  const { place, last_place, towards, ended, state } = whereaboutsOf(history, inside, at);
  const found = (state === 'ended' ? last_place : place)?.value ?? null;
  return {
    ...where,
    state: state === 'ended' || state === 'in_transit' ? state : 'inside',
    place: found === null ? null : siteOf(found),
    towards: towards?.value ?? [],
    ended: ended?.value ?? null,
  };
}

type Step = { event: DatedEvent; emptied: string | null };

/** The events that name the lot, and those that empty a container of it without naming it. */
function stepsOf(history: History, item: string): Step[] {
  const parents = new Set((history.moves.get(item) ?? []).map(({ parent }) => parent));
  const own: Step[] = eventsOfItem(history, item).map((event) => ({ event, emptied: null }));
  const emptyings = [...parents].flatMap((parent) =>
    (history.emptyings.get(parent) ?? []).flatMap((ending): Step[] => {
      const event = history.events.get(ending.event);
      return event === undefined ? [] : [{ event, emptied: parent }];
    }),
  );
  return [...own, ...emptyings].sort(
    ({ event: one }, { event: other }) =>
      one.at - other.at || rankOf(one) - rankOf(other) || byMoment(one, other),
  );
}

/** At one instant what arrives comes behind what left, and is received behind that. */
const rankOf = ({ biz_step }: DatedEvent): number =>
  biz_step === 'arriving' ? 1 : ARRIVING.has(biz_step ?? '') ? 2 : 0;

/** All that is in a container comes out, or is used up with it. */
function empty(
  book: Book,
  history: History,
  event: DatedEvent,
  container: string,
  siteOf: SiteOf,
): void {
  const isUsed = event.type === 'TransformationEvent';
  const out = besides(history, event, container, siteOf);
  const to = isUsed ? endedAt(event, 'used_up', out) : out;
  for (const [key, { where, amount }] of [...book.parts]) {
    if (where.inside !== container) continue;
    book.parts.delete(key);
    add(book, to, amount);
  }
}

type SiteOf = (place: string) => string;

function post(
  book: Book,
  history: History,
  event: DatedEvent,
  mention: Mention,
  siteOf: SiteOf,
): void {
  const [from, to] = legsOf(history, event, mention, siteOf);
  if (from === null && to === null) return;
  const amount = amountOf(mention);
  if (amount === null) {
    book.unmeasured.push(event.id);
    return;
  }
  const value = movedBy(book, event, amount, from, to);
  if (to !== null && to.state !== 'in_transit') add(book, to, { ...amount, value });
  if (from !== null && from.state !== 'in_transit') {
    add(book, from, { ...amount, value: value.neg() });
  }
}

/** How much an event moves: of a hand-over what no step before has told. */
function movedBy(
  book: Book,
  event: DatedEvent,
  amount: Amount,
  from: Where | null,
  to: Where | null,
): Decimal {
  const telling = { event, amount, ends: event.destinations };
  if (to?.state === 'in_transit') {
    const place = from?.place ?? null;
    const left = { ...telling, place };
    const hasStock = (at: string) => {
      const key = keyOf({ ...NOWHERE, state: 'at', place: at }, amount.measure);
      return book.parts.get(key)?.amount.value.gt(0) ?? false;
    };
    return newlyTold(book.sent, left, (one) => isOnItsWay(one, left, hasStock));
  }
  if (from?.state !== 'in_transit') return amount.value;
  const came = { ...telling, ends: event.sources, place: to?.place ?? null };
  const known = book.received.get(came.place) ?? noHandovers();
  book.received.set(came.place, known);
  const value = newlyTold(known, came, () => mayHaveCome(event));
  const ends = from.towards.map(({ id }) => id);
  takeOff(book.sent, new Set(from.place === null ? ends : [from.place, ...ends]), {
    ...amount,
    value,
  });
  return value;
}

function add(book: Book, where: Where, amount: Amount): void {
  const key = keyOf(where, amount.measure);
  const known = book.parts.get(key)?.amount.value ?? new Decimal(0);
  book.parts.set(key, { where, amount: { ...amount, value: known.plus(amount.value) } });
}

function keyOf(
  { state, place, possessor, inside, towards, ended }: Where,
  measure: string,
): string {
  const ends = towards.map(({ type, id }) => `${type} ${id}`).join(' ');
  return [state, place, possessor, inside, ends, ended, measure].join('|');
}

/** What an event does to a part of a lot: from where to where. Null, null: nothing. */
function legsOf(
  history: History,
  event: DatedEvent,
  { role, item }: Mention,
  siteOf: SiteOf,
): [from: Where | null, to: Where | null] {
  const here = whereOf(event.biz_location ?? event.read_point, siteOf);
  const step = event.biz_step ?? '';
  if (role === 'output') return [null, here];
  if (role === 'input') return [here, endedAt(event, 'used_up', here)];
  if (role === 'child') return packed(history, event, siteOf);
  if (role !== 'epc' || goesInside(history, event, item)) return [null, null];
  const end = endingStep(event);
  if (end !== undefined) return [here, endedAt(event, end, here)];
  if (event.type !== 'ObjectEvent') return [null, null];
  if (event.action === 'DELETE') return [here, endedAt(event, 'decommissioned', here)];
  if (event.action === 'ADD' || MAKING.has(step)) return [null, here];
  if (isLeaving(event)) {
    const left = whereOf(event.read_point ?? event.biz_location, siteOf);
    return [left, { ...NOWHERE, state: 'in_transit', towards: event.destinations }];
  }
  if (!ARRIVING.has(step)) return [null, null];
  const came = { place: event.biz_location, towards: event.destinations };
  return [{ ...NOWHERE, state: 'in_transit', ...came }, here];
}

/** Whether an event names a container too that the lot is in: then the container is what moves. */
function goesInside(history: History, event: DatedEvent, item: string): boolean {
  const { named, at } = event;
  return staysOf(history, item).some((stay) => named.has(stay.parent) && isInAt(stay, at));
}

/** What ends is kept apart by where and by whom: who sold how much is asked in a recall. */
function endedAt(event: DatedEvent, by: EndedBy, { place }: Where): Where {
  return { ...NOWHERE, state: 'ended', place, possessor: enderOf(event, place), ended: by };
}

/**
 * In whose hands an event ended goods, where it says so. Where nothing else is known of that, not
 * even a place, who owned them, or who recorded it.
 */
export function enderOf({ sources, capturer_id }: DatedEvent, known: string | null): string | null {
  const source = (type: string) => sources.find((one) => one.type === type)?.id ?? null;
  const holder = source('possessing_party');
  if (holder !== null || known !== null) return holder;
  return source('owning_party') ?? `urn:uuid:${capturer_id}`;
}

const whereOf = (place: string | null, siteOf: SiteOf): Where =>
  place === null ? NOWHERE : { ...NOWHERE, state: 'at', place: siteOf(place) };

/** Where a container is packed or unpacked. The event seldom says; then it is where it is. */
function besides(history: History, event: DatedEvent, container: string, siteOf: SiteOf): Where {
  const said = event.biz_location ?? event.read_point;
  return whereOf(said ?? whereaboutsOf(history, container, event.at).place?.value ?? null, siteOf);
}

/** Into a container and out of it. */
function packed(history: History, event: DatedEvent, siteOf: SiteOf): [Where | null, Where | null] {
  const parent = event.mentions.find(({ role }) => role === 'parent')?.item;
  if (parent === undefined || event.action === 'OBSERVE' || event.action === null) {
    return [null, null];
  }
  const place = besides(history, event, parent, siteOf);
  const inside: Where = { ...NOWHERE, state: 'inside', inside: parent };
  return event.action === 'ADD' ? [place, inside] : [inside, place];
}
