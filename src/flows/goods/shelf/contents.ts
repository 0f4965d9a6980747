import { setImmediate as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Decimal, limits, type Tx } from '../../../kernel/index.ts';
import {
  type Content,
  eachContent,
  type History,
  historyOf,
  type Look,
  type Mention,
  momentOf,
  type TraceEvent,
} from '../trace/index.ts';
import { type ItemName, isContainer, nameOfItem } from './names.ts';
import type { Amount } from './rules.ts';

/**
 * A container by its canonical name, when its content is asked for: as it comes or goes, and
 * whether each thing in it is wanted.
 */
export type AskedContent = { container: string; at: string; comes: boolean; things: boolean };
export type PackedAmount = Amount & { by_class: boolean };
/** By goods and lot; the containers in it; and the things, where they are wanted. */
export type Packed = {
  amounts: readonly PackedAmount[];
  within: ReadonlySet<string>;
  things: ReadonlySet<string>;
};
/** `unknown`: the actor's own events do not tell all of it. `unread`: it is too much to read. */
export type Told = Packed | 'unknown' | 'unread';
export type Contents = {
  of(asked: AskedContent): Told;
  /** More was asked than is looked into at once: some are unread that alone would not be. */
  ran_out: boolean;
};

/** What was just taken out was in what comes: a scanner writes both down at one instant. */
const lookOf = (at: string, comes: boolean): Look => ({ at: momentOf(at), before_leaving: comes });
const keyOf = ({ container, at, comes, things }: AskedContent) =>
  `${container} ${at} ${comes} ${things}`;

/** Looks at one container before others get a turn. */
const LOOKS = 20;

/**
 * What lies in containers, as the actor's own captured events tell it: whose pallet goes out by its
 * number alone has packed it. Others' events are not asked: they may come into sight at any time,
 * and stock would change with no event of its owner's. What is told of a container depends on
 * nothing that is asked beside it, unless it `ran_out`.
 */
export async function readContents(
  tx: Tx,
  asked: readonly AskedContent[],
  isLone: boolean,
): Promise<Contents> {
  const all = new Map(asked.map((one) => [keyOf(one), one]));
  const byContainer = Map.groupBy(all.values(), ({ container }) => container);
  const wanted = [...byContainer].map(([name, those]) => wantedOf(name, those));
  wanted.sort((one, other) => (one.name < other.name ? -1 : 1));
  const reads = openReads(isLone);
  for (let at = 0; at < wanted.length; at += limits.stock_content_batch) {
    await readSome(tx, wanted.slice(at, at + limits.stock_content_batch), reads);
  }
  const found = new Map<string, Told>();
  for (const [container, those] of byContainer) {
    const read = reads.of.get(container);
    if (read === undefined) continue;
    const sorted = those
      .map((one) => ({ ...lookOf(one.at, one.comes), key: keyOf(one), things: one.things }))
      .sort((one, other) => one.at - other.at);
    for (let at = 0; at < sorted.length; at += LOOKS) {
      const some = sorted.slice(at, at + LOOKS);
      const told = lookInto(reads, read, container, some, []);
      for (const [n, { key }] of some.entries()) found.set(key, told[n] ?? 'unknown');
      await pause();
    }
  }
  return { of: (one) => found.get(keyOf(one)) ?? 'unread', ran_out: reads.ran_out };
}

/** A container, until when what happened to it matters, and whether it is asked for once alone. */
type Wanted = { name: string; until: string; once: boolean };

function wantedOf(name: string, asked: readonly AskedContent[]): Wanted {
  const times = new Set(asked.map(({ at }) => at));
  return { name, until: [...times].sort().at(-1) ?? '', once: times.size === 1 };
}

/** What packed and unpacked some containers; and how packing events wrote the things in them. */
type Read = { history: History; written: ReadonlyMap<string, string>; mentions: number };
/** What may still be read, tried and looked at, for all that is asked at once. */
type Reads = {
  of: Map<string, Read>;
  mentions: number;
  tries: number;
  looks: number;
  ran_out: boolean;
  names: Map<string, Named>;
};
type Named = ItemName & { key: string };

/** An event by itself has twice as much, so that it finds what it found among others. */
function openReads(isLone: boolean): Reads {
  const times = isLone ? 2 : 1;
  return {
    ...{ of: new Map(), names: new Map(), ran_out: false },
    mentions: times * limits.stock_content_read,
    tries: times * limits.stock_content_tries,
    looks: times * limits.stock_content_looks,
  };
}

/** Halved where there is too much, so that one crate with very many things hides no pallet. */
async function readSome(tx: Tx, wanted: readonly Wanted[], reads: Reads): Promise<void> {
  if (reads.ran_out) return;
  const read = await readDown(tx, wanted);
  if (read !== null) {
    reads.mentions -= read.mentions;
    if (reads.mentions < 0) reads.ran_out = true;
    else for (const { name } of wanted) reads.of.set(name, read);
    return;
  }
  reads.tries -= 1;
  const [one] = wanted;
  // By itself an event asks for one moment, and for less of what happened.
  if (reads.tries < 0 || (wanted.length === 1 && one?.once === false)) reads.ran_out = true;
  if (wanted.length < 2) return;
  const half = Math.ceil(wanted.length / 2);
  await readSome(tx, wanted.slice(0, half), reads);
  await readSome(tx, wanted.slice(half), reads);
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

/**
 * Containers, the things in them, what is in those, …; null where that is too much. Nothing that
 * happened later says what lay there.
 */
async function readDown(tx: Tx, wanted: readonly Wanted[]): Promise<Read | null> {
  const most = limits.stock_content_mentions;
  const until =
    wanted
      .map((one) => one.until)
      .sort()
      .at(-1) ?? '';
  const rows = new Map<string, Row>();
  const asked = new Set<string>();
  let around = wanted.map(({ name }) => name);
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    for (const item of around) asked.add(item);
    const found = await readMentions(tx, around, until, most + 1);
    if (found.length > most) return null;
    for (const row of found) {
      const key = `${row.event_id} ${row.place}`;
      const as_parent = row.as_parent || (rows.get(key)?.as_parent ?? false);
      rows.set(key, { ...row, as_parent });
    }
    if (rows.size > most) return null;
    around = [...new Set(thingsPacked(found).map(({ item }) => item))].filter(
      (item) => !asked.has(item),
    );
  }
  const all = [...rows.values()];
  const written = await readWritten(tx, thingsPacked(all));
  return { history: historyOf(eventsIn(all)), written, mentions: rows.size };
}

/** A lot lies in many containers, each of which tells of its own part. */
const thingsPacked = (rows: readonly Row[]): Row[] =>
  rows.filter(({ as_parent, role, by_class }) => as_parent && role === 'child' && !by_class);

/**
 * What the events that pack, take out or end these items name of them: of a parent all that is in
 * it, of a child its parent. Nothing of what lies beside it: a truck has very many pallets.
 */
async function readMentions(
  tx: Tx,
  items: readonly string[],
  until: string,
  limit: number,
): Promise<Row[]> {
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
      and e.event_time <= ${until}::timestamptz
      and not e.declares_error and not exists (select 1 from event_void v
        where v.chain_id = ${tx.chain}::uuid and v.event_id = e.id)
    order by e.id, i.place limit ${limit}`.execute(tx.db);
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
 * Digital Link that the event wrote by which it was packed. Of an event its first mention is the
 * parent, and then come the things in their order.
 */
async function readWritten(tx: Tx, packed: readonly Row[]): Promise<Map<string, string>> {
  const events = [...new Set(packed.map(({ event_id }) => event_id))];
  if (events.length === 0) return new Map();
  const { rows } = await sql<{ id: string; place: number; text: string }>`
    select e.id, c.n::integer as place, c.text
    from event e, jsonb_array_elements_text(e.body -> 'childEPCs') with ordinality c (text, n)
    where e.chain_id = ${tx.chain}::uuid and e.id = any(${events}::uuid[])`.execute(tx.db);
  const texts = new Map(rows.map(({ id, place, text }) => [writtenKey(id, `${place}`), text]));
  return new Map(
    packed.flatMap(({ event_id, place, item }) => {
      const text = texts.get(writtenKey(event_id, `${place}`));
      return text === undefined ? [] : [[writtenKey(event_id, item), text.trim()] as const];
    }),
  );
}

type Sum = {
  amounts: Map<string, PackedAmount & { count: Decimal }>;
  within: Set<string>;
  things: Set<string>;
};
type ThingsLook = Look & { things: boolean };
type Looked = Sum | 'unknown' | 'unread';

const isSum = (looked: Looked | undefined): looked is Sum => typeof looked === 'object';

/** All that lies in a container, and in what lies in it, at some moments in their order. */
function lookInto(
  reads: Reads,
  read: Read,
  container: string,
  looks: readonly ThingsLook[],
  path: readonly string[],
): Told[] {
  const { children, emptyings } = read.history;
  const things = children.get(container)?.size ?? 0;
  // Each thing is held against each time at which all was taken out.
  const folds = things * (emptyings.get(container)?.length ?? 0);
  if (folds > limits.stock_content_looks) return looks.map(() => 'unread');
  reads.looks -= (things + 1) * looks.length + folds;
  if (reads.looks < 0) reads.ran_out = true;
  if (reads.ran_out) return looks.map(() => 'unread');
  if (path.includes(container) || path.length >= limits.containment_depth) {
    return looks.map(() => 'unknown');
  }
  const sums = looks.map(
    (): Looked => ({
      ...{ amounts: new Map(), within: new Set(), things: new Set() },
    }),
  );
  const inner = new Map<string, number[]>();
  eachContent(read.history, container, looks, (look, content) => {
    const sum = sums[look];
    if (!isSum(sum)) return;
    if (isContainer(content.item) && !content.by_class) {
      const all = inner.get(content.item) ?? [];
      all.push(look);
      inner.set(content.item, all);
      if (!addWithin(sum, content.item)) sums[look] = 'unread';
    } else {
      if (looks[look]?.things && !content.by_class) sum.things.add(content.item);
      sums[look] = addContent(reads, read, sum, content);
    }
  });
  for (const [one, all] of inner)
    addInner(reads, read, one, all, looks, sums, [...path, container]);
  return withLenient(reads, read, container, looks, sums, path);
}

/** What goes, and is empty by then, takes with it what was taken out at that very instant. */
function withLenient(
  reads: Reads,
  read: Read,
  container: string,
  looks: readonly ThingsLook[],
  sums: readonly Looked[],
  path: readonly string[],
): Told[] {
  const isEmpty = (sum: Looked | undefined) => isSum(sum) && sum.amounts.size === 0;
  const empty = looks.flatMap((look, place) =>
    isEmpty(sums[place]) && !look.before_leaving ? [{ ...look, place }] : [],
  );
  const lenient = empty.map(({ at, things }) => ({ at, things, before_leaving: true }));
  const again = empty.length === 0 ? [] : lookInto(reads, read, container, lenient, path);
  const found = new Map(empty.map(({ place }, n) => [place, again[n]]));
  return sums.map((sum, place) => {
    if (!isSum(sum)) return sum;
    return isEmpty(sum) ? (found.get(place) ?? 'unknown') : packedOf(sum);
  });
}

const packedOf = ({ amounts, within, things }: Sum): Packed => ({
  amounts: [...amounts.values()].map(({ count, ...one }) => ({
    ...one,
    quantity: count.toFixed(),
  })),
  within,
  things,
});

/** Adds what lies in a container in the one that is looked into. */
function addInner(
  reads: Reads,
  read: Read,
  inner: string,
  looked: readonly number[],
  looks: readonly ThingsLook[],
  sums: Looked[],
  path: readonly string[],
): void {
  const live = looked.filter((look) => isSum(sums[look]));
  const asked = live.map((look) => looks[look] as ThingsLook);
  const inside = lookInto(reads, read, inner, asked, path);
  for (const [at, look] of live.entries()) {
    const [sum, told] = [sums[look], inside[at] ?? 'unknown'];
    if (!isSum(sum)) continue;
    if (typeof told === 'string') {
      sums[look] = told;
      continue;
    }
    for (const thing of told.things) sum.things.add(thing);
    const fits =
      told.amounts.every((amount) => addAmount(reads, sum, amount)) &&
      [...told.within].every((one) => addWithin(sum, one));
    if (!fits) sums[look] = 'unread';
  }
}

/** A lot by its quantity, a thing by its serial number; what is named as both is not told. */
function addContent(reads: Reads, { written }: Read, sum: Sum, content: Content): Looked {
  const { by_class, quantity, uom, opened_by } = content;
  const item = by_class ? content.item : written.get(writtenKey(opened_by, content.item));
  const { kind, thing } = nameIn(reads, item ?? content.item);
  const isOdd = by_class && (kind === 'container' || thing === true);
  if (quantity === null || isOdd) return 'unknown';
  const amount = { item: item ?? content.item, quantity, uom, by_class };
  return addAmount(reads, sum, amount) ? sum : 'unread';
}

function addWithin({ within }: Sum, container: string): boolean {
  return within.add(container).size <= limits.stock_containers_of_event;
}

function addAmount(reads: Reads, { amounts }: Sum, amount: PackedAmount): boolean {
  const key = `${nameIn(reads, amount.item).key} ${amount.uom} ${amount.by_class}`;
  const count = (amounts.get(key)?.count ?? new Decimal(0)).plus(amount.quantity ?? 0);
  amounts.set(key, { ...amount, count });
  return amounts.size <= limits.stock_content_amounts;
}

/** Read once: it is met at each look. */
function nameIn({ names }: Reads, item: string): Named {
  const known = names.get(item);
  if (known !== undefined) return known;
  const name = nameOfItem(item);
  const named = { ...name, key: JSON.stringify([name.name, name.lot]) };
  names.set(item, named);
  return named;
}
