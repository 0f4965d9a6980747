import { confirmPayment, getReceivable, recordPayment } from '../flows/money/index.ts';
import type { Lane } from './lane.ts';

const HOUR_MS = 3_600_000;

/** The buyer pays what is payable of a bill, and the seller finds it in its account. */
export async function payBill(
  lane: Lane,
  { buyer, seller }: { buyer: string; seller: string },
  invoiceId: string,
): Promise<void> {
  const id = await lane.as(buyer, async (tx) => {
    const owed = await getReceivable(tx, invoiceId);
    if (owed.payable_minor <= 0n) return null;
    return recordPayment(tx, {
      payer_id: buyer,
      payee_id: seller,
      currency: owed.currency,
      amount_minor: owed.payable_minor,
      paid_on: tx.today,
      reference: `${owed.number}-${lane.dice.between(1000, 9999)}`,
      remittance: [
        { receivable_id: invoiceId, toward: 'principal', amount_minor: owed.payable_minor },
      ],
    });
  });
  if (!id) return;
  const found = new Date(lane.now().getTime() + lane.dice.between(4, 40) * HOUR_MS);
  lane.at(found, () => lane.as(seller, (tx) => confirmPayment(tx, id, [])));
}
