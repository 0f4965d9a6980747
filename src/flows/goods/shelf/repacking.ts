import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { webUri } from '../epcis/vocabulary.ts';
import { mentionsOf } from '../repository/mentions.ts';
import { columnTime } from '../repository/stored-events.ts';
import type { CapturedEvent } from './deriving.ts';
import { isContainer } from './names.ts';
import { movingSteps } from './rules.ts';

/** Items, and from when on what lies in them may be something else than was told before. */
type Since = Map<string, string>;

const MOVING = movingSteps.map((step) => webUri('bizStep', step));

/** Things that an event puts into others, takes out, or ends; none in most events. */
function movedBy(event: EpcisEvent): string[] {
  const named = mentionsOf(event).filter(({ by_class }) => !by_class);
  const isMeant = (role: string) => {
    if (event.type === 'AggregationEvent') return role === 'parent' || role === 'child';
    if (event.type === 'TransformationEvent') return role === 'input';
    return event.type === 'ObjectEvent' && event.action === 'DELETE' && role === 'epc';
  };
  return named.flatMap(({ role, item }) => (isMeant(role) ? [item] : []));
}

/** What declarations say to be wrong, as it was told: they may write it otherwise. */
async function declaredWrong(tx: Tx, captured: readonly CapturedEvent[]): Promise<EpcisEvent[]> {
  const ids = captured.flatMap(({ id, event }) => (event.errorDeclaration ? [id] : []));
  if (ids.length === 0) return [];
  const { rows } = await sql<{ event: EpcisEvent }>`
    select o.body as event from event_void v
      join event o on o.chain_id = v.chain_id and o.id = v.event_id
    where v.chain_id = ${tx.chain}::uuid and v.by_event_id = any(${ids}::uuid[])
      and v.capturer_id = ${tx.actor.party}::uuid`.execute(tx.db);
  return rows.map(({ event }) => event);
}

function note(since: Since, item: string, at: string): boolean {
  const known = since.get(item);
  if (known !== undefined && known <= at) return false;
  since.set(item, at);
  return true;
}

/** What some items were ever in, by the actor's own events. */
async function parentsOf(tx: Tx, items: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ parent: string }>`
    select distinct p.item as parent from event_item p
    where p.chain_id = ${tx.chain}::uuid and p.role = 'parent'
      and p.event_id = any(array(select c.event_id from event_item c
        where c.chain_id = ${tx.chain}::uuid and c.item = any(${items}::text[])
          and c.role = 'child' and c.capturer_id = ${tx.actor.party}::uuid))
    order by parent limit ${limits.stock_containers}`.execute(tx.db);
  return rows.map(({ parent }) => parent);
}

/** Containers in which something has changed, with what they are in, and so on. */
async function containersChanged(tx: Tx, captured: readonly CapturedEvent[]): Promise<Since> {
  const told = captured.map(({ event }) => event);
  const since: Since = new Map();
  for (const event of [...told, ...(await declaredWrong(tx, captured))]) {
    for (const item of movedBy(event)) note(since, item, columnTime(event.eventTime));
  }
  let around = [...since.keys()];
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    // What they are in has changed when the first of them did, or later.
    const first = around.map((item) => since.get(item) ?? '').sort()[0] ?? '';
    const parents = await parentsOf(tx, around);
    around = parents.filter((parent) => note(since, parent, first));
  }
  return new Map([...since].filter(([item]) => isContainer(item)));
}

/** Events that other ones have changed, in the order of their ids. */
export type Repacked = {
  first(most: number): Promise<string[]>;
  /** Lists those behind an event as waiting. */
  listBehind(id: string): void;
};

/**
 * Captured events of the actor's that move stock and name containers in which these events have
 * changed something, at that moment or later. Those of the events themselves are derived with all
 * of them in sight.
 */
export async function findRepacked(tx: Tx, captured: readonly CapturedEvent[]): Promise<Repacked> {
  const since = await containersChanged(tx, captured);
  if (since.size === 0) return { first: async () => [], listBehind: () => {} };
  const [items, times] = [[...since.keys()], [...since.values()]];
  const naming = sql`
    select i.event_id, min(i.item) as name, min(i.event_time) as at
    from event_item i
      join event e on e.chain_id = ${tx.chain}::uuid and e.id = i.event_id
    where i.chain_id = ${tx.chain}::uuid and i.item = any(${items}::text[])
      and i.event_time >= (${times}::timestamptz[])[array_position(${items}::text[], i.item)]
      and i.role in ('epc', 'input', 'output') and i.capturer_id = ${tx.actor.party}::uuid
      and i.event_id <> all(${captured.map(({ id }) => id)}::uuid[])
      and e.movement is null and not e.declares_error
      and (e.type = 'TransformationEvent' or (e.type = 'ObjectEvent'
        and (e.action = 'DELETE' or e.biz_step = any(${MOVING}::text[]))))
    group by i.event_id`;
  return {
    async first(most) {
      const { rows } = await sql<{ event_id: string }>`
        select r.event_id from (${naming}) r order by r.event_id limit ${most}`.execute(tx.db);
      return rows.map(({ event_id }) => event_id);
    },
    listBehind(id) {
      tx.write(sql`
        insert into stock_unknown (chain_id, owner_id, event_id, what, name, at, recorded_at)
        select ${tx.chain}::uuid, ${tx.actor.party}::uuid, r.event_id, 'container', r.name, r.at,
          ${tx.now}::timestamptz
        from (${naming}) r where r.event_id > ${id}::uuid
        on conflict do nothing`);
    },
  };
}
