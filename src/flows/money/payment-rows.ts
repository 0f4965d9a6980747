import type { Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { type Allocation, allocations } from './schema.ts';

/** A payment as it stands in its table, for the commands that change it. */
export type PaymentRow = {
  id: string;
  payer_id: string;
  payee_id: string;
  currency: string;
  amount_minor: bigint;
  allocated_minor: bigint;
  paid_on: string;
  reference: string | null;
  remittance: readonly Allocation[];
  state: 'recorded' | 'confirmed' | 'refused';
};

/** Locks a payment for a change. @throws money.payment_unknown */
export async function lockPayment(tx: Tx, id: string): Promise<PaymentRow> {
  const row = await tx.db
    .selectFrom('payment')
    .select([
      'id',
      'payer_id',
      'payee_id',
      'currency',
      'amount_minor',
      'allocated_minor',
      'paid_on',
      'reference',
      'remittance',
      'state',
    ])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw fault('money.payment_unknown');
  const state = row.state as PaymentRow['state'];
  return { ...row, state, remittance: allocations.parse(row.remittance) };
}
