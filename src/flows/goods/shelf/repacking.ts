import { sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import { mentionsOf } from '../repository/mentions.ts';
import { columnTime } from '../repository/stored-events.ts';
import type { CapturedEvent, Unknown } from './deriving.ts';
import { isContainer } from './names.ts';

/** Names in events, and from when on their content may be another than was told before. */
type Since = Map<string, string>;

/** Things that an event puts into others, takes out, or ends; none in most events. */
function movedBy({ event }: CapturedEvent): string[] {
  const named = mentionsOf(event).filter(({ by_class }) => !by_class);
  const roles =
    event.type === 'AggregationEvent'
      ? ['parent', 'child']
      : event.type === 'TransformationEvent'
        ? ['input']
        : event.type === 'ObjectEvent' && event.action === 'DELETE'
          ? ['epc']
          : [];
  return named.flatMap(({ role, item }) => (roles.includes(role) ? [item] : []));
}

function note(since: Since, item: string, at: string): boolean {
  const known = since.get(item);
  if (known !== undefined && known <= at) return false;
  since.set(item, at);
  return true;
}

/** What things were ever in, by the actor's own events. */
async function parentsOf(tx: Tx, items: readonly string[]) {
  const { rows } = await sql<{ child: string; parent: string }>`
    select distinct c.item as child, p.item as parent
    from event_item c join event_item p on p.chain_id = ${tx.chain}::uuid
      and p.event_id = c.event_id and p.role = 'parent'
    where c.chain_id = ${tx.chain}::uuid and c.item = any(${items}::text[])
      and c.role = 'child' and c.capturer_id = ${tx.actor.party}::uuid
    limit ${limits.stock_content_mentions}`.execute(tx.db);
  return rows;
}

/** Containers in which something has changed, with what they are in, and so on. */
async function containersChanged(tx: Tx, captured: readonly CapturedEvent[]): Promise<Since> {
  const since: Since = new Map();
  for (const one of captured) {
    const at = columnTime(one.event.eventTime);
    for (const item of movedBy(one)) note(since, item, at);
  }
  let around = [...since.keys()];
  for (let depth = 0; depth <= limits.containment_depth && around.length > 0; depth++) {
    const parents = await parentsOf(tx, around);
    const later = parents.filter(({ child, parent }) =>
      note(since, parent, since.get(child) ?? ''),
    );
    around = [...new Set(later.map(({ parent }) => parent))];
  }
  return new Map([...since].filter(([item]) => isContainer(item)));
}

/**
 * Captured events of the actor's that name containers in which these events have changed something,
 * at that moment or later; those of the events themselves are derived with all of them in sight.
 */
export async function eventsRepacked(
  tx: Tx,
  captured: readonly CapturedEvent[],
  most: number,
): Promise<Unknown[]> {
  const since = await containersChanged(tx, captured);
  if (since.size === 0) return [];
  const { rows } = await sql<{ event_id: string; name: string; at: string }>`
    select i.event_id, i.item as name, i.event_time as at
    from unnest(${[...since.keys()]}::text[], ${[...since.values()]}::timestamptz[]) c (item, at)
      join event_item i on i.chain_id = ${tx.chain}::uuid and i.item = c.item
        and i.event_time >= c.at and i.role = 'epc'
    where i.capturer_id = ${tx.actor.party}::uuid
      and i.event_id <> all(${captured.map(({ id }) => id)}::uuid[])
    order by i.event_id limit ${most}`.execute(tx.db);
  return rows.map((row) => ({ what: 'container', ...row }));
}
