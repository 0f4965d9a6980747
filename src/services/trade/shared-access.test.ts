import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addProduct,
  placeOrder,
  proposeAgreement,
  takeUpAgreement,
} from '../../flows/commerce/index.ts';
import { postEntry } from '../../flows/money/index.ts';
import { addDays, shareWith } from '../../kernel/index.ts';
import { openTradeServer, type TradeServer } from './testing.ts';

let chain: TradeServer;
beforeAll(async () => {
  chain = await openTradeServer();
});
afterAll(() => chain.close());

type Line = { reader_id: string; by: string; operation: string; record_count: number };
const logOf = async (who: 'buyer' | 'seller' | 'other') =>
  (await chain.get(who, '/api/v1/sharing-accesses')).json().items as Line[];

test('who shares its orders reads who looked at them, and nobody else does', async () => {
  const { parties } = chain;
  const { id } = await chain.as('seller', (tx) =>
    shareWith(tx, { reader_id: parties.other.id, scope: 'orders', purpose: '授信' }),
  );
  expect((await chain.get('other', '/api/v1/orders')).json().items).toEqual([]);
  expect(await logOf('seller')).toEqual([]);
  const orders = [await order(), await order()];
  await chain.get('other', '/api/v1/orders');
  await chain.get('other', `/api/v1/orders/${orders[0]}`);
  await chain.get('other', '/api/v1/exports/orders?format=csv&language=zh', 'text/csv');
  // The buyer's own business with the seller is no look at what the seller shares.
  await chain.get('buyer', '/api/v1/orders');
  const reader_id = parties.other.id;
  expect(await logOf('seller')).toMatchObject([
    { reader_id, by: 'key', operation: 'export.get', record_count: 2 },
    { reader_id, by: 'key', operation: 'order.get', record_count: 1 },
    { reader_id, by: 'key', operation: 'order.list', record_count: 2 },
  ]);
  expect(await logOf('other')).toEqual([]);
  expect(await logOf('buyer')).toEqual([]);
  await chain.end('seller', `/api/v1/sharing-agreements/${id}`);
  await chain.get('other', `/api/v1/orders/${orders[0]}`);
  expect(await logOf('seller')).toHaveLength(3);
});

test('an answer that names nobody leaves its line too', async () => {
  const { parties } = chain;
  const seller = parties.seller.id;
  for (const scope of ['orders', 'ledger'] as const) {
    await chain.as('seller', (tx) =>
      shareWith(tx, { reader_id: parties.other.id, scope, purpose: '授信' }),
    );
  }
  const before = (await logOf('seller')).length;
  await chain.as('seller', (tx) =>
    postEntry(tx, {
      booked_on: tx.today,
      memo: '开账',
      lines: [
        { account_code: '1002', currency: 'CNY', amount_minor: 100n },
        { account_code: '4001', currency: 'CNY', amount_minor: -100n },
      ],
    }),
  );
  const answers = [
    `/api/v1/ledger/balances?party_id=${seller}`,
    `/api/v1/ledger/entries?party_id=${seller}`,
    `/api/v1/orders/${await order()}/weave`,
  ];
  for (const url of answers) expect((await chain.get('other', url)).statusCode).toBe(200);
  expect((await logOf('seller')).slice(0, -before).map(({ operation }) => operation)).toEqual([
    'order.weave',
    'entry.list',
    'balance.list',
  ]);
});

let product: string | undefined;

/** The buyer orders from the seller what they agreed on. */
async function order(): Promise<string> {
  product ??= await agree();
  const lines = [{ product_id: product, quantity: '2', unit: 'CT' }];
  const seller_id = chain.parties.seller.id;
  const placed = await chain.as('buyer', (tx) =>
    placeOrder(tx, { seller_id, requested_on: addDays(tx.today, 9), lines }),
  );
  return placed.id;
}

async function agree(): Promise<string> {
  const { buyer, seller } = chain.parties;
  const agreed = await chain.as('seller', async (tx) => {
    const { id } = await addProduct(tx, { code: 'ZG-10', name_zh: '猪骨', unit: 'CT' });
    const valid_from = addDays(tx.today, -30);
    const price = { product_id: id, unit: 'CT', price: '130.00', tax_rate: '0.09', valid_from };
    const agreement = await proposeAgreement(tx, {
      seller_id: seller.id,
      buyer_id: buyer.id,
      valid_from,
      payment_days: 30,
      buyer_kind: 'large',
      seller_size: 'small',
      prices: [price],
    });
    return { product: id, agreement: agreement.id };
  });
  await chain.as('buyer', (tx) => takeUpAgreement(tx, agreed.agreement));
  return agreed.product;
}
