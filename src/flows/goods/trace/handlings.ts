import { type Bilingual, Decimal } from '../../../kernel/index.ts';
import { readIdentity } from '../epcis/identity/identity.ts';
import { contentsAt } from './containment.ts';
import type { Endpoint, Mention } from './graph.ts';
import { byMoment, type DatedEvent, type History } from './history.ts';
import { type Amount, amountOf } from './measured.ts';
import { isLeaving } from './whereabouts.ts';

/** A column of a sheet that a rule asks for. */
export type Column = {
  readonly key: string;
  /** The kind of record, or the event, that it belongs to. */
  readonly of: string;
  /** The clause that asks for it. */
  readonly source: string;
  readonly name: Bilingual;
  /**
   * What a history of events gives: all of it; an identifier (a GLN, a party) in the place of the
   * names and addresses behind it, which are master data; or nothing.
   */
  readonly filled: 'whole' | 'identifier' | 'never';
};

/** Rows by column key; null where the history does not say. */
export type Sheet = {
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, string | null>>[];
};

export type HandlingKind = 'shipped' | 'received' | 'used' | 'made' | 'other';

/** What one event did with one lot or thing, by itself or within what it was packed in. */
export type Handling = {
  readonly kind: HandlingKind;
  readonly event: DatedEvent;
  readonly item: string;
  readonly amount: Amount | null;
};

const ARRIVING = new Set(['receiving', 'accepting']);

/**
 * What was done with these items, oldest first. Where a pallet is sent or received, so is what is
 * on it at that moment.
 */
export function handlingsOf(history: History, items: ReadonlySet<string>): Handling[] {
  const events = [...history.events.values()].sort(byMoment);
  return events.flatMap((event) => handlingsIn(history, event, items));
}

/**
 * Of one event: what it names of a lot in several lines, or on several pallets, is added up; what
 * cannot be added (another measure, no quantity) stands beside it.
 */
function handlingsIn(history: History, event: DatedEvent, items: ReadonlySet<string>): Handling[] {
  const handlings = new Map<string, Handling>();
  const add = (kind: HandlingKind, item: string, by_class: boolean, amount: Amount | null) => {
    const key = [item, kind, amount?.measure].join(' ');
    const known = handlings.get(key);
    // A thing is one, however often it is named.
    if (known && !by_class) return;
    const before = known?.amount?.value ?? 0;
    const sum = amount && { ...amount, value: amount.value.plus(before) };
    handlings.set(key, { kind, event, item, amount: sum });
  };
  for (const mention of event.mentions) {
    const { item, by_class } = mention;
    if (items.has(item)) add(kindOf(event, mention), item, by_class, amountOf(mention));
  }
  const named = new Set([...handlings.values()].map(({ item, kind }) => `${kind} ${item}`));
  const met = new Set<string>();
  for (const mention of event.mentions) {
    const kind = kindOf(event, mention);
    if (kind !== 'shipped' && kind !== 'received') continue;
    for (const { stay } of contentsAt(history, mention.item, event.at).levels) {
      const { child, parent, by_class } = stay;
      const key = `${kind} ${child}`;
      // The lot named beside the pallet that it is on went once, and so did the case on it.
      if (!items.has(child) || named.has(key) || met.has(`${key} ${parent}`)) continue;
      met.add(`${key} ${parent}`);
      const amount = by_class ? packedIn(history, child, parent, event) : amountOf(ONE);
      add(kind, child, by_class, amount);
    }
  }
  return [...handlings.values()];
}

const ONE: Mention = { item: '', role: 'epc', by_class: false, quantity: null, uom: null };

function kindOf(event: DatedEvent, { role }: Mention): HandlingKind {
  if (role === 'input') return 'used';
  if (role === 'output') return 'made';
  // A child that is packed and sent in one event is sent with its parent.
  if (isLeaving(event)) return 'shipped';
  if (ARRIVING.has(event.biz_step ?? '')) return 'received';
  const isMade = event.type === 'ObjectEvent' && event.action === 'ADD';
  return isMade ? 'made' : 'other';
}

/** How much of a lot a container holds at an event; null where it cannot be told. */
function packedIn(
  history: History,
  lot: string,
  container: string,
  { at }: DatedEvent,
): Amount | null {
  const moves = (history.moves.get(lot) ?? []).filter(
    (move) => move.parent === container && move.at <= at && move.action !== 'OBSERVE',
  );
  const amounts = moves.map((move) => ({ move, amount: amountOf({ ...ONE, ...move }) }));
  const [first] = amounts;
  if (!first?.amount) return null;
  let value = new Decimal(0);
  for (const { move, amount } of amounts) {
    if (amount?.measure !== first.amount.measure) return null;
    value = move.action === 'ADD' ? value.plus(amount.value) : value.minus(amount.value);
  }
  return { ...first.amount, value };
}

/** The event that made an item: an output, a commissioning; the first of several. */
export function makingOf(history: History, item: string): DatedEvent | undefined {
  const events = [...(history.by_item.get(item) ?? [])].sort(byMoment);
  return events.find((event) =>
    (event.named.get(item) ?? []).some((mention) => kindOf(event, mention) === 'made'),
  );
}

/** The lot of an item (AI 10); the item itself where it is a lot by some other identifier. */
export function lotOf(item: string): string | null {
  const identity = readIdentity(item);
  if (!identity?.ok) return item;
  return identity.value.qualifiers.find(([name]) => name === '10')?.[1] ?? null;
}

const RANK = ['possessing_party', 'owning_party', 'location'];

/** The other side of a hand-over: who holds it then, or owns it, or where it goes. */
export function partyOf(ends: readonly Endpoint[]): Endpoint | undefined {
  const rank = ({ type }: Endpoint) => {
    const at = RANK.indexOf(type);
    return at < 0 ? RANK.length : at;
  };
  return [...ends].sort((one, other) => rank(one) - rank(other) || (one.id < other.id ? -1 : 1))[0];
}
