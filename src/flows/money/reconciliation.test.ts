import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import { confirmPayment, money, openReceivable, reconcile, recordPayment } from './index.ts';

let test: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;
const openChain = () => openTestChain(test.store, { seller: 'supplier', buyer: 'core' });

beforeAll(async () => {
  test = await openTestStore([money]);
  chain = await openChain();
  const { seller, buyer } = chain.parties;
  await chain.as('seller', (tx) =>
    openReceivable(tx, {
      invoice_id: tx.newId(),
      number: 'F-1',
      seller_id: seller.id,
      buyer_id: buyer.id,
      currency: 'CNY',
      net_minor: 1_000n,
      tax_minor: 130n,
      issued_on: tx.today,
      buyer_kind: 'large',
      seller_size: 'small',
      delivered_on: tx.today,
    }),
  );
  const recorded = await chain.as('buyer', (tx) =>
    recordPayment(tx, {
      payer_id: buyer.id,
      payee_id: seller.id,
      currency: 'CNY',
      amount_minor: 500n,
      paid_on: tx.today,
      reference: null,
      remittance: [],
    }),
  );
  await chain.as('seller', (tx) => confirmPayment(tx, recorded, []));
});
afterAll(() => test.close());

/** A hand in the database, past every command: does it, looks, and takes it back. */
async function findingsAfter(change: string, undo: string): Promise<string[]> {
  await test.store.database.owner.query(change);
  const findings = await chain.as('seller', reconcile);
  await test.store.database.owner.query(undo);
  return findings.map(({ rule }) => rule);
}

describe('reconciliation', () => {
  it('finds nothing in books that commands wrote', async () => {
    expect(await chain.as('seller', reconcile)).toEqual([]);
    expect(await chain.as('buyer', reconcile)).toEqual([]);
  });

  it.each([
    ['entry_line set amount_minor = amount_minor', "account_code = '6001'", 'entries_balance'],
    ['entry_line set amount_minor = amount_minor', "account_code = '6001'", 'balances_equal_lines'],
    ['account_balance set debit_minor = debit_minor', "account_code = '1122'", 'partners_mirror'],
    ['account_balance set debit_minor = debit_minor', "account_code = '2202'", 'partners_mirror'],
    ['payment set allocated_minor = allocated_minor', 'true', 'payments_equal_allocations'],
  ])('%s …: %s', async (set, where, rule) => {
    const table = set.split(' ')[0];
    const sign = table === 'payment' ? ['-', '+'] : ['+', '-'];
    const [change, undo] = sign.map((way) => `update ${set} ${way} 1 where ${where}`);
    expect(await findingsAfter(change ?? '', undo ?? '')).toContain(rule);
  });

  it('finds a receivable that its movements do not explain', async () => {
    const move = (by: string) =>
      `update receivable set paid_minor = paid_minor ${by}, open_minor = total_minor
        - credited_minor - (paid_minor ${by})`;
    expect(await findingsAfter(move('+ 1'), move('- 1'))).toEqual([
      'receivables_equal_movements',
      'receivables_equal_movements',
    ]);
  });
});
