import { gs1CheckDigit } from '../../kernel/index.ts';
import type { TradeServer } from '../trade/testing.ts';

let serial = 0;
/** A GTIN that no product has yet. */
export function newGtin(): string {
  serial += 1;
  const digits = `0690123400${String(serial).padStart(3, '0')}`;
  return digits + gs1CheckDigit(digits);
}
export const link = (gtin: string, lot: string) => `https://id.gs1.org/01/${gtin}/10/${lot}`;

/** A maker of dumplings that has received 40 kg of meat, lot M1, of a kind made for it alone. */
export async function openKitchen(trade: TradeServer) {
  const done: TradeServer['done'] = (...given) => trade.done(...given);
  const [meatGtin, gtin] = [newGtin(), newGtin()];
  const meat = await done('seller', 'products', {
    ...{ code: meatGtin, gtin: meatGtin, name_zh: '猪肉馅', unit: 'KGM' },
  });
  const dumplings = await done('buyer', 'products', {
    ...{ code: gtin, gtin, name_zh: '水饺', unit: 'CT', shelf_life_days: 365 },
  });
  const yard = await done('seller', 'places', { name_zh: '肉联厂', kind: 'factory' });
  const kitchen = await done('buyer', 'places', { name_zh: '水饺车间', kind: 'factory' });
  const stocked = { product_id: meat.id, product_name: '猪肉馅', lot: 'M1', unit: 'KGM' };
  const counted = [{ ...stocked, counted: '100' }];
  await done('seller', 'stock/counts', { place_id: yard.id, reason: '期初', lines: counted });
  const line = { product_id: meat.id, name: '猪肉馅', unit: 'KGM', price: '30', quantity: '40' };
  const order = await done('buyer', 'orders', {
    seller_id: trade.parties.seller.id,
    requested_on: '2026-03-05',
    place_id: kitchen.id,
    lines: [line],
  });
  const accept = { lines: [{ line_no: 1, answer: 'accept' }] };
  await done('seller', `orders/${order.id}/responses`, accept);
  const { despatch } = await done('seller', 'despatches', {
    ...{ order_id: order.id, from_place_id: yard.id, expected_on: '2026-03-05' },
    lines: [{ order_line_no: 1, quantity: '40', lot: 'M1' }],
  });
  await done('buyer', 'receipts', {
    despatch_id: despatch.id,
    lines: [{ despatch_line_no: 1, accepted: '40' }],
  });
  const used = (quantity: string, lot = 'M1') => [
    { product_id: meat.id, lot, unit: 'KGM', quantity },
  ];
  const made = (quantity: string, lot = 'D1') => [{ product_id: dumplings.id, lot, quantity }];
  return { meat, dumplings, meatGtin, gtin, kitchen, used, made };
}
