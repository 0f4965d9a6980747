import { z } from 'zod';
import { tradeBetween } from '../../flows/commerce/index.ts';
import { exchangedBetween } from '../../flows/data/index.ts';
import { listPlaces, place } from '../../flows/goods/index.ts';
import { paidBetween } from '../../flows/money/index.ts';
import {
  dateInZone,
  limits,
  minorUnits,
  partiesById,
  party,
  type Tx,
  uuid,
} from '../../kernel/index.ts';

/** What went from one party to another in each of the four flows, over the days asked for. */
export const link = z.object({
  seller_id: uuid,
  buyer_id: uuid,
  orders: z.int(),
  ordered_minor: minorUnits,
  despatches: z.int(),
  invoiced_minor: minorUnits,
  paid_minor: minorUnits,
  documents: z.int(),
});

/** The part of the chain that the actor may see: parties it trades with, links, and places. */
export const chainView = z
  .object({
    since: z.iso.datetime(),
    parties: z.array(party),
    links: z.array(link),
    places: z.array(place),
  })
  .meta({ id: 'ChainView' });
export type ChainView = z.output<typeof chainView>;

const day = 86_400_000;

/** @param days how far to look back, from now. */
export async function chainMap(tx: Tx, days: number): Promise<ChainView> {
  const since = new Date(new Date(tx.now).getTime() - days * day).toISOString();
  const traded = await tradeBetween(tx, since);
  const paid = await paidBetween(tx, dateInZone(since, tx.zone));
  const exchanged = await exchangedBetween(tx, since);
  const links = traded.map((one) => ({
    ...one,
    paid_minor:
      paid.find((two) => two.payer_id === one.buyer_id && two.payee_id === one.seller_id)
        ?.paid_minor ?? 0n,
    documents: exchanged
      .filter((two) => {
        const ends = [two.owner_id, two.receiver_id];
        return ends.includes(one.seller_id) && ends.includes(one.buyer_id);
      })
      .reduce((sum, two) => sum + two.documents, 0),
  }));
  const ids = links.flatMap((one) => [one.seller_id, one.buyer_id]);
  const parties = await partiesById(tx, [tx.actor.party, ...ids]);
  const { items } = await listPlaces(tx, { limit: limits.page_rows });
  return {
    since,
    parties: [...parties.values()],
    links,
    places: items.filter((one) => parties.has(one.owner_id)),
  };
}
