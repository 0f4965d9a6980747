import { sql } from 'kysely';
import type { Tx } from '../../../kernel/index.ts';
import type { MasterData } from '../epcis/document.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { fault } from '../faults.ts';
import { patiently } from './patience.ts';

/**
 * Keeps the master data of a document, each element as its owner sent it last (EPCIS 2.0, 6.5).
 * Within one document the last one of an id counts.
 */
export function keepMasterData(
  tx: Tx,
  capture_id: string,
  vocabularies: readonly MasterData[],
): void {
  const elements = new Map(
    vocabularies.flatMap(({ type, elements: all }) =>
      all.map((element) => {
        const item = canonicalIdentity(element.id.trim());
        return [`${type} ${item}`, { type, item, element }] as const;
      }),
    ),
  );
  // In one order, so that two documents never wait for each other's elements.
  const rows = [...elements.values()].sort((one, other) =>
    one.item < other.item || (one.item === other.item && one.type < other.type) ? -1 : 1,
  );
  for (let at = 0; at < rows.length; at += ROWS_OF_STATEMENT) {
    const values = rows.slice(at, at + ROWS_OF_STATEMENT).map(({ type, item, element }) => ({
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      type,
      item,
      children: (element.children ?? []).map((child) => canonicalIdentity(child.trim())),
      element: JSON.stringify(element),
      capture_id,
      recorded_at: tx.now,
    }));
    tx.write(
      tx.db
        .insertInto('master_data')
        .values(values)
        .onConflict((conflict) =>
          conflict.columns(['chain_id', 'item', 'type', 'owner_id']).doUpdateSet(({ ref }) => ({
            children: ref('excluded.children'),
            element: ref('excluded.element'),
            capture_id: ref('excluded.capture_id'),
            recorded_at: ref('excluded.recorded_at'),
          })),
        ),
    );
  }
}

const ROWS_OF_STATEMENT = 1_000;

/** Places within places are a few levels: site, hall, aisle, shelf (SGLN extensions). */
const MOST_LEVELS = 12;
const MOST_PLACES = 10_000;

/**
 * The places themselves and all that lie within them, by the master data that the actor may see:
 * what `WD_readPoint` and `WD_bizLocation` look for (EPCIS 2.0, 8.2.7.1).
 */
export async function placesWithin(tx: Tx, places: readonly string[]): Promise<Set<string>> {
  const found = new Set(places);
  let frontier = [...found];
  for (let level = 0; level < MOST_LEVELS && frontier.length > 0; level++) {
    const rows = await tx.db
      .selectFrom('master_data')
      .select('children')
      .where('chain_id', '=', tx.chain)
      .where(sql<boolean>`item = any(${frontier}::text[])`)
      .limit(MOST_PLACES)
      .execute();
    frontier = [...new Set(rows.flatMap(({ children }) => children))].filter(
      (one) => !found.has(one),
    );
    for (const one of frontier) if (found.size < MOST_PLACES) found.add(one);
  }
  return found;
}

/**
 * Vocabulary elements that have an attribute of one of these names, with a value that fits, by the
 * master data that the actor may see. Attributes have URIs for names, of which a query has the end.
 * @throws goods.query_too_complex, goods.query_too_slow
 */
export async function elementsHaving(
  tx: Tx,
  attributes: readonly string[],
  fits: (value: string) => boolean,
): Promise<string[]> {
  const { rows } = await patiently(
    sql<{ item: string; value: string | null }>`
      select m.item, a.one ->> 'text' as value
      from master_data m cross join jsonb_array_elements(m.element -> 'attributes') as a (one)
      where m.chain_id = ${tx.chain}::uuid
        and substring(a.one ->> 'name' from '[^#/:}]*$') = any(${attributes}::text[])
      limit ${MOST_PLACES + 1}`.execute(tx.db),
  );
  if (rows.length > MOST_PLACES) throw fault('goods.query_too_complex', { most: MOST_PLACES });
  const found = rows.filter(({ value }) => fits(value ?? ''));
  return [...new Set(found.map(({ item }) => item))];
}
