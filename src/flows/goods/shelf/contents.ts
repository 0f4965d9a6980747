import { sql } from 'kysely';
import { Decimal, limits, type Tx } from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import {
  addEvent,
  before,
  contentAt,
  type History,
  type Mention,
  type Moment,
  momentOf,
  openHistory,
  type TraceEvent,
} from '../trace/index.ts';
import { isContainer, nameOfItem } from './names.ts';
import type { Amount } from './rules.ts';

/** A container by its canonical name, when its content is asked for. */
export type AskedContent = { container: string; at: string };
/** Null where the actor's own events do not tell all of it. */
export type Contents = (asked: AskedContent) => readonly Amount[] | null;

/**
 * What lies in containers, as the actor's own captured events tell it: whose pallet goes out by its
 * number alone has packed it. Others' events are not asked: they may come into sight at any time,
 * and stock would change with no event of its owner's.
 */
export async function readContents(tx: Tx, asked: readonly AskedContent[]): Promise<Contents> {
  const containers = [...new Set(asked.map(({ container }) => container))].sort();
  const read = new Map<string, Read>();
  for (let at = 0; at < containers.length; at += limits.stock_containers) {
    await readSome(tx, containers.slice(at, at + limits.stock_containers), read);
  }
  const budget = { left: limits.stock_content_looks };
  return ({ container, at }) => {
    const found = read.get(container);
    return found === undefined ? null : amountsIn(found, container, momentOf(at), budget);
  };
}

/** What packed and unpacked some containers; and things whose lot stands in what was written. */
type Read = { history: History; written: ReadonlyMap<string, string> };

/** Halved where there is too much, so that one crate with very many things hides no pallet. */
async function readSome(
  tx: Tx,
  containers: readonly string[],
  all: Map<string, Read>,
): Promise<void> {
  const history = await readDown(tx, containers);
  if (history !== null) {
    const read = { history, written: await readWritten(tx, history) };
    for (const container of containers) all.set(container, read);
  } else if (containers.length > 1) {
    const half = Math.ceil(containers.length / 2);
    await readSome(tx, containers.slice(0, half), all);
    await readSome(tx, containers.slice(half), all);
  }
}

/** Containers, the things in them, what is in those, …; null where that is too much. */
async function readDown(tx: Tx, containers: readonly string[]): Promise<History | null> {
  const history = openHistory();
  const asked = new Set<string>();
  let left: number = limits.stock_content_mentions;
  let around = containers;
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    for (const item of around) asked.add(item);
    const rows = await readMentions(tx, around, [...history.events.keys()], left + 1);
    left -= rows.length;
    if (left < 0) return null;
    for (const event of eventsIn(rows)) addEvent(history, event, null);
    around = [...new Set(around.flatMap((item) => [...thingsEverIn(history, item)]))].filter(
      (item) => !asked.has(item),
    );
  }
  return history;
}

/** A lot lies in many containers, each of which tells of its own part. */
const thingsEverIn = (history: History, container: string): string[] =>
  [...(history.children.get(container) ?? [])].filter((item) =>
    (history.moves.get(item) ?? []).some(({ by_class }) => !by_class),
  );

type Row = Mention & {
  event_id: string;
  type: string;
  action: TraceEvent['action'];
  event_time: string;
};

/** What the events that pack, take out or end these items name; none of the events known before. */
async function readMentions(
  tx: Tx,
  items: readonly string[],
  known: readonly string[],
  limit: number,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select e.id as event_id, e.type, e.action, e.event_time, i.item, i.role, i.by_class,
      i.quantity::text as quantity, i.uom
    from (select distinct n.event_id from event_item n
        where n.chain_id = ${tx.chain}::uuid and n.item = any(${items}::text[])
          and n.capturer_id = ${tx.actor.party}::uuid
          and n.role in ('epc', 'parent', 'child', 'input')) n
      join event e on e.chain_id = ${tx.chain}::uuid and e.id = n.event_id
      join event_item i on i.chain_id = ${tx.chain}::uuid and i.event_id = e.id
        and i.role in ('epc', 'parent', 'child', 'input')
    where (e.type in ('AggregationEvent', 'TransformationEvent')
        or (e.type = 'ObjectEvent' and e.action = 'DELETE'))
      and not e.declares_error and e.id <> all(${known}::uuid[])
      and not exists (select 1 from event_void v
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

/**
 * A thing is its GTIN and serial number; in which lot it is, of which there is stock, stands in the
 * Digital Link that the packing event wrote.
 */
async function readWritten(tx: Tx, history: History): Promise<Map<string, string>> {
  const things = [...history.moves.values()].flat().filter(({ by_class }) => !by_class);
  const events = [...new Set(things.map(({ event }) => event))];
  if (events.length === 0) return new Map();
  const { rows } = await sql<{ text: string }>`
    select c.text from event e, jsonb_array_elements_text(e.body -> 'childEPCs') c (text)
    where e.chain_id = ${tx.chain}::uuid and e.id = any(${events}::uuid[])
      and e.type = 'AggregationEvent' and c.text like '%/10/%'
    limit ${limits.stock_content_mentions}`.execute(tx.db);
  return new Map(rows.map(({ text }) => [canonicalIdentity(text.trim()), text.trim()]));
}

/** So many things are looked at for all that is asked: one pallet may be named very often. */
type Budget = { left: number };

/**
 * All that lies in a container, and in what lies in it, by goods and lot; null where some of it
 * cannot be told. What was just taken out was in it: a scanner writes both down at one instant.
 */
function amountsIn(
  read: Read,
  container: string,
  at: Moment,
  budget: Budget,
  depth = 0,
): Amount[] | null {
  const { history, written } = read;
  budget.left -= history.children.get(container)?.size ?? 0;
  if (budget.left < 0 || depth > limits.containment_depth) return null;
  const now = contentAt(history, container, at);
  const inside = now.length > 0 ? now : contentAt(history, container, before(at));
  if (inside.length === 0) return null;
  const amounts: Amount[] = [];
  for (const one of inside) {
    const within = isContainer(one.item)
      ? amountsIn(read, one.item, at, budget, depth + 1)
      : [{ ...one, item: written.get(one.item) ?? one.item }];
    if (within === null || one.quantity === null) return null;
    amounts.push(...within);
  }
  return addedUp(amounts);
}

function addedUp(amounts: readonly Amount[]): Amount[] {
  const sums = new Map<string, Amount>();
  for (const amount of amounts) {
    const { name, lot } = nameOfItem(amount.item);
    const key = JSON.stringify([name, lot, amount.uom]);
    const quantity = new Decimal(sums.get(key)?.quantity ?? 0).plus(amount.quantity ?? 0);
    sums.set(key, { ...amount, quantity: quantity.toFixed() });
  }
  return [...sums.values()];
}
