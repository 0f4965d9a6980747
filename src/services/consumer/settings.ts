import type { z } from 'zod';
import { listStock, ownsGtin } from '../../flows/goods/index.ts';
import { recordFact, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { ownProduct } from './own-product.ts';
import type { ConsumerPage, OwnLink, PagePart, PageSettings, pageSettings } from './schema.ts';
import { shareGtin, unshareGtin } from './shared-gtins.ts';
import { standingWarnings } from './warnings.ts';

/** What a page shows as it stands, with the GTIN under which it was shared. */
export type StoredPage = PageSettings & { gtin: string; changed_at: string };

const PATH = (gtin: string) => `/01/${gtin}`;
const RECENT_LOTS = 5;

/** The settings of the actor's product, where it has said any. */
export async function findPage(tx: Tx, product_id: string): Promise<StoredPage | undefined> {
  const row = await tx.db
    .selectFrom('consumer_page')
    .select(['gtin', 'is_shared', 'parts', 'place_detail', 'links', 'changed_at'])
    .where('chain_id', '=', tx.chain)
    .where('product_id', '=', product_id)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirst();
  return (
    row && {
      ...row,
      parts: row.parts as PagePart[],
      place_detail: row.place_detail as PageSettings['place_detail'],
      links: row.links as OwnLink[],
    }
  );
}

const UNSAID: PageSettings = {
  is_shared: false,
  parts: ['lots', 'dates', 'origin', 'journey', 'storage'],
  place_detail: 'region',
  links: [],
};

/** How the actor's product is shown to consumers: not at all, until it says so. */
export async function getPage(tx: Tx, product_id: string): Promise<ConsumerPage> {
  const { gtin, name_zh, name_en } = await ownProduct(tx, product_id);
  const found = await findPage(tx, product_id);
  const { is_shared, parts, place_detail, links } = found ?? UNSAID;
  return {
    ...{ product_id, name_zh, name_en, gtin, is_shared, parts, place_detail, links },
    changed_at: found?.changed_at ?? null,
    owns_gtin: gtin !== null && (await ownsGtin(tx, gtin)),
    path: gtin === null ? null : PATH(gtin),
    address: gtin === null || tx.resolver === null ? null : `${tx.resolver}${PATH(gtin)}`,
    recent_lots: await recentLots(tx, product_id),
  };
}

async function recentLots(tx: Tx, product_id: string): Promise<string[]> {
  const { items } = await listStock(tx, { product_id, owner_id: tx.actor.party, limit: 100 });
  const lots = items
    .filter(({ lot }) => lot !== '')
    .toSorted((one, other) => (other.best_before ?? '').localeCompare(one.best_before ?? ''));
  return [...new Set(lots.map(({ lot }) => lot))].slice(0, RECENT_LOTS);
}

/**
 * Says how the actor's product is shown. It is seen by whoever scans its code from the moment this
 * commits, and by nobody from the moment it is taken back.
 * @throws commerce.product_unknown, kernel.not_found, consumer.no_gtin, consumer.gtin_not_own,
 *   consumer.gtin_shared, consumer.warning_stands
 */
export async function savePage(
  tx: Tx,
  product_id: string,
  input: z.output<typeof pageSettings>,
): Promise<ConsumerPage> {
  const { gtin, name_zh } = await ownProduct(tx, product_id);
  if (gtin === null) throw fault('consumer.no_gtin', { product: name_zh });
  if (input.is_shared && !(await ownsGtin(tx, gtin)))
    throw fault('consumer.gtin_not_own', { gtin });
  const { is_shared, place_detail } = input;
  const parts = [...new Set(input.parts)];
  const said = { gtin, is_shared, parts, place_detail, changed_at: tx.now };
  const row = { ...said, links: JSON.stringify(input.links) };
  tx.write(
    tx.db
      .insertInto('consumer_page')
      .values({ chain_id: tx.chain, product_id, owner_id: tx.actor.party, ...row })
      .onConflict((conflict) => conflict.columns(['chain_id', 'product_id']).doUpdateSet(row)),
  );
  // Under the page's row: of two who save at once, one waits for the other.
  if (!is_shared) {
    const standing = await standingWarnings(tx, product_id);
    if (standing.length > 0) throw fault('consumer.warning_stands', { count: standing.length });
    unshareGtin(tx, product_id);
  } else await shareGtin(tx, gtin, product_id);
  await recordFact(tx, {
    type: is_shared ? 'consumer.page.shared' : 'consumer.page.withheld',
    subject: product_id,
    parties: [tx.actor.party],
    body: { ...said, links: input.links },
  });
  await tx.settle();
  return getPage(tx, product_id);
}
