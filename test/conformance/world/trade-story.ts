import type { Operations } from '../../../web/src/generated/api.ts';
import { ask, type Given, type Operation } from './client.ts';
import type { World } from './world.ts';

export const cast = {
  maker: 'core',
  dealer: 'dealer',
  carrier: 'carrier',
  stranger: 'supplier',
  bureau: 'statistician',
} as const;
export type Player = keyof typeof cast;

type Reply<Name extends Operation> = Operations[Name]['reply'];

export type Story = {
  order: Reply<'order.place'>;
  despatch: Reply<'despatch.send'>['despatch'];
  receipt: Reply<'receipt.record'>['receipt'];
  photo: Reply<'file.create'>;
  invoice: Reply<'invoice.issue'>;
  credit: Reply<'credit_note.issue'>;
  payment: Reply<'payment.record'>;
  agreement: Reply<'agreement.propose'>;
  places: Record<'maker' | 'dealer', string>;
  products: string[];
};

/** The first bytes of a PNG: what the platform knows a photo by. */
export const photoBytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

/** One call on behalf of a player that has to succeed. */
export type By = <Name extends Operation>(
  who: Player,
  name: Name,
  given?: Given<Name>,
) => Promise<Reply<Name>>;

async function open(by: By, ids: Record<Player, string>, today: string) {
  const places = {
    maker: (await by('maker', 'place.create', { body: { name_zh: '一号库', kind: 'cold_store' } }))
      .id,
    dealer: (await by('dealer', 'place.create', { body: { name_zh: '城东库', kind: 'warehouse' } }))
      .id,
  };
  const product = async (code: string, name_zh: string) =>
    (
      await by('maker', 'product.create', {
        body: {
          code,
          name_zh,
          unit: 'KGM',
          units: [{ unit: 'CT', base_quantity: '12' }],
        },
      })
    ).id;
  const products = [await product('DUMPLING', '三鲜水饺'), await product('TANGYUAN', '黑芝麻汤圆')];
  const agreement = await by('maker', 'agreement.propose', {
    body: {
      seller_id: ids.maker,
      buyer_id: ids.dealer,
      valid_from: today,
      payment_days: 30,
      inspection_days: 3,
      buyer_kind: 'sme',
      seller_size: 'medium',
      prices: products.map((product_id) => ({
        product_id,
        unit: 'CT',
        price: '150.00',
        tax_rate: '0.13',
        valid_from: today,
      })),
    },
  });
  await by('dealer', 'agreement.take_up', { params: { id: agreement.id } });
  await by('maker', 'stock.count', {
    body: {
      place_id: places.maker,
      reason: '期初盘点',
      lines: products.map((product_id, at) => ({
        product_id,
        product_name: `产品${at}`,
        lot: `L${at}`,
        unit: 'KGM',
        best_before: '2026-12-31',
        counted: '1200',
      })),
    },
  });
  return { places, products, agreement };
}

/** The dealer orders two products; the maker counters one line, and the dealer agrees. */
async function agree(by: By, ids: Record<Player, string>, place_id: string, products: string[]) {
  const placed = await by('dealer', 'order.place', {
    body: {
      seller_id: ids.maker,
      requested_on: '2026-03-06',
      place_id,
      lines: products.map((product_id) => ({ product_id, quantity: '20', unit: 'CT' })),
    },
  });
  const params = { id: placed.id };
  await by('maker', 'order.respond', {
    params,
    body: {
      lines: [
        { line_no: 1, answer: 'accept' },
        {
          line_no: 2,
          answer: 'counter',
          schedule: [{ quantity: '18', on: '2026-03-07' }],
          price: '148.00',
          reason: '库存不足',
        },
      ],
    },
  });
  await by('maker', 'message.write', { params, body: { text: '两箱下周补' } });
  return by('dealer', 'order.answer_counter', {
    params,
    body: { lines: [{ line_no: 2, agree: true }] },
  });
}

/** Both lines leave from stock with a carrier; two cartons never arrive, one is broken. */
async function deliver(
  by: By,
  ids: Record<Player, string>,
  order_id: string,
  places: Story['places'],
) {
  const { despatch } = await by('maker', 'despatch.send', {
    body: {
      order_id,
      carrier_id: ids.carrier,
      from_place_id: places.maker,
      expected_on: '2026-03-06',
      vehicle: '豫A·D1234',
      lines: [
        { order_line_no: 1, quantity: '20', lot: 'L0', best_before: '2026-12-31' },
        { order_line_no: 2, quantity: '18', lot: 'L1', best_before: '2026-12-31' },
      ],
    },
  });
  const photo = await by('dealer', 'file.create', {
    query: { share_with: ids.maker },
    bytes: photoBytes,
    headers: { 'content-type': 'image/png', 'x-file-name': 'damage.png' },
  });
  const { receipt } = await by('dealer', 'receipt.record', {
    body: {
      despatch_id: despatch.id,
      lines: [
        {
          despatch_line_no: 1,
          accepted: '17',
          short: '2',
          damaged: '1',
          reason: '少两箱,破一箱',
          photo_ids: [photo.id],
        },
        { despatch_line_no: 2, accepted: '18' },
      ],
    },
  });
  return { despatch, photo, receipt };
}

/** The maker bills what it sent; the dealer contests what did not come, and gets it credited. */
async function settle(by: By, ids: Record<Player, string>, order_id: string, today: string) {
  const invoice = await by('maker', 'invoice.issue', {
    body: {
      buyer_id: ids.dealer,
      order_id,
      lines: [
        { order_line_no: 1, quantity: '20' },
        { order_line_no: 2, quantity: '18' },
      ],
    },
  });
  const params = { id: invoice.id };
  // Three cartons at 150.00 with 13 % tax.
  await by('dealer', 'dispute.open', {
    params,
    body: { amount_minor: '50850', reason: '少两箱,破一箱' },
  });
  const credit = await by('maker', 'credit_note.issue', {
    body: {
      invoice_id: invoice.id,
      reason: '短少与破损',
      lines: [{ order_line_no: 1, quantity: '3', price: '150.00' }],
    },
  });
  const { payable_minor } = await by('dealer', 'receivable.get', { params });
  const payment = await by('dealer', 'payment.record', {
    body: {
      payer_id: ids.dealer,
      payee_id: ids.maker,
      currency: 'CNY',
      amount_minor: payable_minor,
      paid_on: today,
      reference: 'T-0001',
      remittance: [{ receivable_id: invoice.id, amount_minor: payable_minor }],
    },
  });
  await by('maker', 'payment.confirm', { params: { id: payment.id }, body: {} });
  return { invoice, credit, payment };
}

/** As it comes: asked once. */
export const plainly =
  ({ server, keys }: World<Player>): By =>
  (who, name, given) =>
    ask(server, keys[who], name, given);

/** One order from its placing to its payment, by HTTP, each step by whoever takes it. */
export async function tellStory(world: World<Player>, by = plainly(world)): Promise<Story> {
  const { parties, test } = world;
  const ids = Object.fromEntries(
    Object.entries(parties).map(([name, { id }]) => [name, id]),
  ) as Record<Player, string>;
  const today = test.clock.now().toISOString().slice(0, 10);
  const { places, products, agreement } = await open(by, ids, today);
  const order = await agree(by, ids, places.dealer, products);
  const delivered = await deliver(by, ids, order.id, places);
  const settled = await settle(by, ids, order.id, today);
  return { order, places, products, agreement, ...delivered, ...settled };
}
