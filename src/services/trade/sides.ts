import type { TradeDocument, TradeParty } from '../../flows/data/index.ts';
import { inviterOf, type Party, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { findPartner, invitePartner, isSameParty, nameOf } from './partners.ts';

/** Who writes which document; what the other side writes has its own kind. */
const ISSUER = {
  order: 'buyer',
  order_change: 'buyer',
  order_cancellation: 'buyer',
  receipt: 'buyer',
  order_response: 'seller',
  despatch: 'seller',
  invoice: 'seller',
  credit_note: 'seller',
} as const satisfies Record<TradeDocument['kind'], 'buyer' | 'seller'>;

/**
 * How the sender stands to its document.
 * `own`: it is the sender's to issue. `theirs`: it belongs to a partner whom the sender invited and
 * who is not here yet. `muddled`: both sides are one party, so that no trade can be meant.
 */
export type Sides = {
  standing: 'own' | 'theirs' | 'muddled';
  /** The other side; null where it is not known and the sender may not invite it. */
  partner: Party | null;
  /** Null where the partner is. */
  buyer_id: string | null;
  seller_id: string | null;
  issuer: 'buyer' | 'seller';
  /** Whether the sender may act for the issuer: its own, or one that it invited itself. */
  may_act: boolean;
};

/** The two sides of the trade; a transport document may name only the ends of the transport. */
function partiesOf(document: TradeDocument): Record<'buyer' | 'seller', TradeParty | null> {
  const { buyer, seller } = document;
  if (document.kind !== 'despatch' && document.kind !== 'receipt') return { buyer, seller };
  const { consignee, shipper } = document;
  if (isSameParty(buyer, seller)) return { buyer: consignee, seller: shipper };
  return { buyer: buyer ?? consignee, seller: seller ?? shipper };
}

async function isInvitedByMe(tx: Tx, party: Party): Promise<boolean> {
  if (party.status !== 'invited' || party.verified) return false;
  return (await inviterOf(tx, party.id)) === tx.actor.party;
}

async function newPartner(tx: Tx, party: TradeParty | null, side: 'buyer' | 'seller') {
  return party && invitePartner(tx, party, side === 'buyer' ? 'dealer' : 'supplier');
}

/**
 * Whose document it is. A side that nobody in the chain is proven to be is the sender under a name
 * of its own system, as long as the other side is not the sender already; so is a side left blank.
 * @throws trade.wrong_side, trade.not_your_trade, trade.party_ambiguous
 */
export async function sidesOf(tx: Tx, document: TradeDocument): Promise<Sides> {
  const parties = partiesOf(document);
  const issuer = ISSUER[document.kind];
  const other = issuer === 'buyer' ? 'seller' : 'buyer';
  const me = tx.actor.party;
  const [mine, theirs] = [parties[issuer], parties[other]];
  if (isSameParty(mine, theirs)) return { ...muddled, issuer };
  const from = mine ? await findPartner(tx, mine) : undefined;
  const to = theirs ? await findPartner(tx, theirs) : undefined;
  const isInvited = from !== undefined && (await isInvitedByMe(tx, from));
  // Nobody has shown that an unverified party is who somebody else says it is.
  const isTaken = isInvited || from?.status === 'active' || from?.verified === true;
  const toMe = to?.id === me || (theirs === null && mine !== null);
  if (from?.id === me || (!toMe && !isTaken)) {
    const partner = to ?? (await newPartner(tx, theirs, other));
    return sidesWith(tx, { standing: 'own', issuer, partner, may_act: true });
  }
  if (from?.status === 'active') {
    throw fault(toMe ? 'trade.wrong_side' : 'trade.not_your_trade', { name: from.name_zh });
  }
  if (!toMe && to !== undefined) throw fault('trade.not_your_trade', { name: to.name_zh });
  const partner = from ?? (await newPartner(tx, mine, issuer));
  const may_act = isInvited || (from === undefined && partner !== null);
  return sidesWith(tx, { standing: 'theirs', issuer, partner, may_act });
}

const muddled = {
  standing: 'muddled',
  partner: null,
  buyer_id: null,
  seller_id: null,
  may_act: false,
} as const;

function sidesWith(tx: Tx, known: Omit<Sides, 'buyer_id' | 'seller_id'>): Sides {
  const me = tx.actor.party;
  const them = known.partner?.id ?? null;
  const isBuyer = (known.standing === 'own') === (known.issuer === 'buyer');
  return { ...known, buyer_id: isBuyer ? me : them, seller_id: isBuyer ? them : me };
}

/** The partner, where the document has no effect without one. @throws trade.partner_unknown */
export function partnerOf(sides: Sides, document: TradeDocument): Party {
  if (sides.partner) return sides.partner;
  const parties = partiesOf(document);
  const names = [parties.buyer, parties.seller].flatMap((one) => (one ? [nameOf(one)] : []));
  throw fault('trade.partner_unknown', { name: names.filter(Boolean).join(' / ') });
}
