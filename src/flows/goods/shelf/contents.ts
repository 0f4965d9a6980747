import { sql } from 'kysely';
import { Decimal, limits, type Tx } from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import {
  type Content,
  containersOf,
  eachContent,
  type History,
  historyOf,
  type Look,
  type Mention,
  momentOf,
  type TraceEvent,
} from '../trace/index.ts';
import { isContainer, nameOfItem } from './names.ts';
import type { Amount } from './rules.ts';

/** A container by its canonical name, when its content is asked for: as it comes or goes. */
export type AskedContent = { container: string; at: string; comes: boolean };
export type PackedAmount = Amount & { by_class: boolean };
/** By goods and lot; and the containers in it. */
export type Packed = { amounts: readonly PackedAmount[]; within: ReadonlySet<string> };
export type Contents = {
  /** Null where the actor's own events do not tell all of it. */
  of(asked: AskedContent): Packed | null;
  /** All that a thing lies in. */
  around(thing: string, at: string, comes: boolean): ReadonlySet<string>;
};

/** What was just taken out was in what comes: a scanner writes both down at one instant. */
const lookOf = (at: string, comes: boolean): Look => ({ at: momentOf(at), before_leaving: comes });

/**
 * What lies in containers, as the actor's own captured events tell it: whose pallet goes out by its
 * number alone has packed it. Others' events are not asked: they may come into sight at any time,
 * and stock would change with no event of its owner's. What is told of one container depends on
 * nothing that is asked beside it.
 */
export async function readContents(tx: Tx, asked: readonly AskedContent[]): Promise<Contents> {
  const byContainer = Map.groupBy(asked, ({ container }) => container);
  const containers = [...byContainer.keys()].sort();
  const reads: Reads = { of: new Map(), left: limits.stock_content_read };
  for (let at = 0; at < containers.length; at += limits.stock_content_batch) {
    await readSome(tx, containers.slice(at, at + limits.stock_content_batch), reads);
  }
  const keyOf = ({ container, at, comes }: AskedContent) => `${container} ${at} ${comes}`;
  const found = new Map<string, Packed | null>();
  for (const [container, all] of byContainer) {
    const read = reads.of.get(container);
    if (read === undefined) continue;
    const looks = all.map((one) => ({ key: keyOf(one), ...lookOf(one.at, one.comes) }));
    looks.sort((one, other) => one.at - other.at);
    const told = lookInto(read, container, looks, []);
    for (const [at, { key }] of looks.entries()) found.set(key, told[at] ?? null);
  }
  return {
    of: (one) => found.get(keyOf(one)) ?? null,
    around: rememberAround(reads),
  };
}

function rememberAround({ of }: Reads): Contents['around'] {
  const histories = [...new Set([...of.values()].map(({ history }) => history))];
  const known = new Map<string, ReadonlySet<string>>();
  return (thing, at, comes) => {
    const key = `${thing} ${at} ${comes}`;
    const look = lookOf(at, comes);
    const around =
      known.get(key) ?? new Set(histories.flatMap((one) => containersOf(one, thing, look)));
    known.set(key, around);
    return around;
  };
}

/** What packed and unpacked some containers; and what packing events wrote of things with a lot. */
type Read = { history: History; written: ReadonlyMap<string, string> };
/** `left`: mentions that may still be read. */
type Reads = { of: Map<string, Read>; left: number };

/** Halved where there is too much, so that one crate with very many things hides no pallet. */
async function readSome(tx: Tx, containers: readonly string[], reads: Reads): Promise<void> {
  if (reads.left <= 0) return;
  const read = await readDown(tx, containers, reads);
  if (read !== null) {
    for (const container of containers) reads.of.set(container, read);
  } else if (containers.length > 1) {
    const half = Math.ceil(containers.length / 2);
    await readSome(tx, containers.slice(0, half), reads);
    await readSome(tx, containers.slice(half), reads);
  }
}

type Row = Mention & {
  event_id: string;
  /** In the event. */
  place: number;
  type: string;
  action: TraceEvent['action'];
  event_time: string;
  /** One of the items that were asked for is the parent: then all children are there. */
  as_parent: boolean;
};

/** Containers, the things in them, what is in those, …; null where that is too much. */
async function readDown(tx: Tx, containers: readonly string[], reads: Reads): Promise<Read | null> {
  const rows = new Map<string, Row>();
  const asked = new Set<string>();
  let left: number = limits.stock_content_mentions;
  let around = containers;
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    for (const item of around) asked.add(item);
    const found = await readMentions(tx, around, left + 1);
    left -= found.length;
    reads.left -= found.length;
    if (left < 0) return null;
    for (const row of found) rows.set(`${row.event_id} ${row.place}`, row);
    // A lot lies in many containers, each of which tells of its own part.
    const things = found.filter(({ as_parent, role, by_class }) => {
      return as_parent && role === 'child' && !by_class;
    });
    around = [...new Set(things.map(({ item }) => item))].filter((item) => !asked.has(item));
  }
  const all = [...rows.values()];
  const packing = all.filter(({ role, by_class }) => role === 'child' && !by_class);
  return { history: historyOf(eventsIn(all)), written: await readWritten(tx, packing) };
}

/**
 * What the events that pack, take out or end these items name of them: of a parent all that is in
 * it, of a child its parent. Nothing of what lies beside it: a truck has very many pallets.
 */
async function readMentions(tx: Tx, items: readonly string[], limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select e.id as event_id, e.type, e.action, e.event_time, n.as_parent, i.place, i.item, i.role,
      i.by_class, i.quantity::text as quantity, i.uom
    from (select m.event_id, bool_or(m.role = 'parent') as as_parent from event_item m
        where m.chain_id = ${tx.chain}::uuid and m.item = any(${items}::text[])
          and m.capturer_id = ${tx.actor.party}::uuid
          and m.role in ('epc', 'parent', 'child', 'input')
        group by m.event_id) n
      join event e on e.chain_id = ${tx.chain}::uuid and e.id = n.event_id
      join event_item i on i.chain_id = ${tx.chain}::uuid and i.event_id = e.id
        and i.role in ('epc', 'parent', 'child', 'input')
        and (n.as_parent or i.role = 'parent' or i.item = any(${items}::text[]))
    where (e.type in ('AggregationEvent', 'TransformationEvent')
        or (e.type = 'ObjectEvent' and e.action = 'DELETE'))
      and not e.declares_error and not exists (select 1 from event_void v
        where v.chain_id = ${tx.chain}::uuid and v.event_id = e.id)
    limit ${limit}`.execute(tx.db);
  return rows;
}

function eventsIn(rows: readonly Row[]): TraceEvent[] {
  return [...Map.groupBy(rows, ({ event_id }) => event_id)].flatMap(([id, mentions]) => {
    const [first] = mentions;
    if (first === undefined) return [];
    return {
      ...{ id, type: first.type, action: first.action, recorded_at: '', capturer_id: '' },
      event_time: new Date(first.event_time).toISOString(),
      ...{ biz_step: null, disposition: null, read_point: null, biz_location: null },
      ...{ transformation_id: null, transactions: [], sources: [], destinations: [] },
      mentions: mentions.map(({ item, role, by_class, quantity, uom }) => ({
        ...{ item, role, by_class, quantity, uom },
      })),
    };
  });
}

const writtenKey = (event: string, item: string) => `${event} ${item}`;

/**
 * A thing is its GTIN and serial number; in which lot it is, of which there is stock, stands in the
 * Digital Link that the event wrote by which it was packed.
 */
async function readWritten(tx: Tx, packing: readonly Row[]): Promise<Map<string, string>> {
  const events = [...new Set(packing.map(({ event_id }) => event_id))];
  if (events.length === 0) return new Map();
  const things = new Set(packing.map((row) => writtenKey(row.event_id, row.item)));
  const { rows } = await sql<{ id: string; text: string }>`
    select e.id, c.text from event e, jsonb_array_elements_text(e.body -> 'childEPCs') c (text)
    where e.chain_id = ${tx.chain}::uuid and e.id = any(${events}::uuid[])
      and e.type = 'AggregationEvent' and c.text like '%/10/%'`.execute(tx.db);
  const written = rows.map(({ id, text }) => {
    return [writtenKey(id, canonicalIdentity(text.trim())), text.trim()] as const;
  });
  return new Map(written.filter(([key]) => things.has(key)));
}

type Sum = { amounts: Map<string, PackedAmount>; within: Set<string> };

/**
 * All that lies in a container, and in what lies in it, at some moments in their order; null where
 * some of it cannot be told, or nothing is in it.
 */
function lookInto(
  read: Read,
  container: string,
  looks: readonly Look[],
  path: readonly string[],
): (Packed | null)[] {
  if (path.includes(container) || path.length > limits.containment_depth) {
    return looks.map(() => null);
  }
  const sums = looks.map((): Sum | null => ({ amounts: new Map(), within: new Set() }));
  const inner = new Map<string, number[]>();
  eachContent(read.history, container, looks, (look, content) => {
    const sum = sums[look];
    if (!sum) return;
    const isTold = isContainer(content.item)
      ? addWithin(sum, content.item)
      : addContent(sum, read, content);
    if (!isTold) sums[look] = null;
    else if (sum.within.has(content.item)) {
      const all = inner.get(content.item) ?? [];
      all.push(look);
      inner.set(content.item, all);
    }
  });
  for (const [one, all] of inner) addInner(read, one, all, looks, sums, [...path, container]);
  return withLenient(read, container, looks, sums, path);
}

/** What goes, and is empty by then, takes with it what was taken out at that very instant. */
function withLenient(
  read: Read,
  container: string,
  looks: readonly Look[],
  sums: readonly (Sum | null)[],
  path: readonly string[],
): (Packed | null)[] {
  const isEmpty = (sum: Sum | null) => sum !== null && sum.amounts.size === 0;
  const empty = looks.flatMap((look, at) =>
    isEmpty(sums[at] ?? null) && !look.before_leaving ? [{ at: look.at, place: at }] : [],
  );
  const lenient = empty.map(({ at }) => ({ at, before_leaving: true }));
  const again = empty.length === 0 ? [] : lookInto(read, container, lenient, path);
  const found = new Map(empty.map(({ place }, n) => [place, again[n] ?? null]));
  return sums.map((sum, at) => {
    if (sum === null || !isEmpty(sum)) return sum && packedOf(sum);
    return found.get(at) ?? null;
  });
}

const packedOf = ({ amounts, within }: Sum): Packed => ({ amounts: [...amounts.values()], within });

/** Adds what lies in a container in the one that is looked into. */
function addInner(
  read: Read,
  inner: string,
  looked: readonly number[],
  looks: readonly Look[],
  sums: (Sum | null)[],
  path: readonly string[],
): void {
  const live = looked.filter((look) => sums[look]);
  const inside = lookInto(
    read,
    inner,
    live.map((look) => looks[look] as Look),
    path,
  );
  for (const [at, look] of live.entries()) {
    const [sum, packed] = [sums[look], inside[at]];
    if (!sum) continue;
    const isWhole =
      packed?.amounts.every((amount) => addAmount(sum, amount)) &&
      [...packed.within].every((one) => addWithin(sum, one));
    if (!isWhole) sums[look] = null;
  }
}

/** @returns false where it cannot be told, or is more than one event may move */
function addContent(sum: Sum, { written }: Read, content: Content): boolean {
  const { by_class, quantity, uom, opened_by } = content;
  if (quantity === null) return false;
  const item = written.get(writtenKey(opened_by, content.item)) ?? content.item;
  return addAmount(sum, { item, quantity, uom, by_class });
}

function addWithin({ within }: Sum, container: string): boolean {
  return within.add(container).size <= limits.stock_containers_of_event;
}

function addAmount({ amounts }: Sum, amount: PackedAmount): boolean {
  const { name, lot } = nameOfItem(amount.item);
  const key = JSON.stringify([name, lot, amount.uom, amount.by_class]);
  const known = amounts.get(key);
  const quantity = new Decimal(known?.quantity ?? 0).plus(amount.quantity ?? 0).toFixed();
  amounts.set(key, { ...amount, quantity });
  return amounts.size <= limits.stock_content_amounts;
}
