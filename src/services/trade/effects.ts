import type { Problem } from '../../flows/data/index.ts';
import type { Sides } from './sides.ts';

/**
 * What acting on a document did: it became something (`applied`), or there was nothing to act on
 * and its receiver gets it as it is (`kept`), with a note that says so.
 */
export type Effect = {
  state: 'applied' | 'kept';
  /** What it became, or what it is about; null when kept without any. */
  subject_id: string | null;
  receiver_id: string | null;
  /** The orders on whose weave it is a knot; `number` is what the knot says. */
  orders: { id: string; buyer_id: string; seller_id: string; number?: string }[];
  notes: Problem[];
};

/** An effect on (or the making of) an order. */
export function appliedTo(
  sides: Sides,
  order: { id: string; buyer: { id: string }; seller: { id: string } },
  subject_id: string,
  notes: Problem[] = [],
): Effect {
  return {
    state: 'applied',
    subject_id,
    receiver_id: sides.partner?.id ?? null,
    orders: [{ id: order.id, buyer_id: order.buyer.id, seller_id: order.seller.id }],
    notes,
  };
}

/** No effect: the receiver sees the document and the note why. */
export function keptFor(sides: Sides, ...notes: Problem[]): Effect {
  return {
    state: 'kept',
    subject_id: null,
    // A document that is the partner's own to send has come to its receiver by being here.
    receiver_id: sides.standing === 'own' ? (sides.partner?.id ?? null) : null,
    orders: [],
    notes,
  };
}

/** What one part of a sheet became: a row of a catalogue, the rows of an order, a counted place. */
export type SheetPart = Pick<Effect, 'subject_id' | 'orders' | 'notes'> & { rows: number };

/** One part of a sheet, and the row that its errors are shown at. */
export type SheetWork = { row: number; take(): Promise<SheetPart> };
