import { partiesById, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { PartyName } from './schema.ts';

/**
 * The names of a seller and a buyer, both members of the chain.
 * @throws commerce.partner_unknown, commerce.trades_with_itself
 */
export async function namesOf(
  tx: Tx,
  { seller_id, buyer_id }: { seller_id: string; buyer_id: string },
): Promise<{ seller: PartyName; buyer: PartyName }> {
  if (seller_id === buyer_id) throw fault('commerce.trades_with_itself');
  const found = await partiesById(tx, [seller_id, buyer_id]);
  const name = (id: string): PartyName => {
    const party = found.get(id);
    if (!party) throw fault('commerce.partner_unknown');
    return { id, name: { zh: party.name_zh, en: party.name_en } };
  };
  return { seller: name(seller_id), buyer: name(buyer_id) };
}

/** Both sides as a list reads them: `b` and `s` are the party rows of buyer and seller. */
export const pairColumns = [
  'b.name_zh as buyer_zh',
  'b.name_en as buyer_en',
  's.name_zh as seller_zh',
  's.name_en as seller_en',
] as const;

export type PairFound = {
  buyer_id: string;
  seller_id: string;
  buyer_zh: string;
  buyer_en: string;
  seller_zh: string;
  seller_en: string;
};

/** A row as it was found, with seller and buyer under their names. */
export function withNames<Found extends PairFound>(found: Found) {
  const { buyer_id, seller_id, buyer_zh, buyer_en, seller_zh, seller_en, ...row } = found;
  return {
    ...row,
    seller: { id: seller_id, name: { zh: seller_zh, en: seller_en } },
    buyer: { id: buyer_id, name: { zh: buyer_zh, en: buyer_en } },
  };
}
